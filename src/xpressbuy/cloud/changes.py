"""What a change set would do, in words, and what must never be done. Pure: it reads CloudFormation's answer only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

STATEFUL = frozenset(
    {
        "AWS::DynamoDB::Table",
        "AWS::S3::Bucket",
        "AWS::Cognito::UserPool",
        "AWS::Cognito::UserPoolDomain",
        "AWS::SecretsManager::Secret",
    }
)
"""What holds orders, pictures, accounts and keys. A deploy that would replace or remove one is refused."""


class Kind(StrEnum):
    """What happens to one resource."""

    ADDED = "added"
    CHANGED = "changed"
    REPLACED = "replaced"
    PERHAPS_REPLACED = "perhaps replaced"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One resource of a stack and what happens to it."""

    kind: Kind
    name: str
    type: str


def read_change(described: Mapping[str, Any]) -> Change:
    """A member of DescribeChangeSet's `Changes`."""
    facts = described["ResourceChange"]
    action, replacement = facts["Action"], facts.get("Replacement", "False")
    if action in ("Add", "Import"):
        kind = Kind.ADDED
    elif action == "Remove":
        kind = Kind.REMOVED
    elif replacement == "True":
        kind = Kind.REPLACED
    else:
        kind = Kind.PERHAPS_REPLACED if replacement == "Conditional" else Kind.CHANGED
    return Change(kind, facts["LogicalResourceId"], facts.get("ResourceType", ""))


def forbidden(changes: Iterable[Change]) -> list[Change]:
    """Those that would lose what a shop keeps."""
    losing = (Kind.REPLACED, Kind.PERHAPS_REPLACED, Kind.REMOVED)
    return [change for change in changes if change.type in STATEFUL and change.kind in losing]


def summary(changes: Iterable[Change]) -> str:
    """For example `3 added, 1 changed`; `nothing to do` if there is none."""
    counts = Counter(change.kind for change in changes)
    return ", ".join(f"{counts[kind]} {kind}" for kind in Kind if counts[kind]) or "nothing to do"
