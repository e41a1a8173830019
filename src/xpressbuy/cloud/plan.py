"""What a deploy will do, stack by stack, decided from what stands and what is wanted. Pure: it calls nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from xpressbuy.cloud.blueprints import Blueprint, Role
from xpressbuy.cloud.changes import Change, Kind, forbidden, summary
from xpressbuy.cloud.options import ADDRESS_FOLLOWS, Options, is_paused
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.stacks import FAILED_CREATE, Stack

State = Literal["running", "paused"]
Standing = Mapping[Role, Stack | None]
"""The stacks as they stand, by role."""
ROLES: tuple[Role, ...] = ("release", "data", "edge", "service")
NAMES_SHOWN_MAX = 12


@dataclass(frozen=True, slots=True)
class Goal:
    """What the shop shall be: its options, whether it shall run, and the facts that every template may ask for."""

    shop: str
    options: Options
    state: State
    facts: Mapping[str, str] = field(default_factory=dict)
    """Parameters that no stack gives: CloudFront's prefix list."""
    new_origin_secret: bool = False
    mail: Mapping[str, str] = field(default_factory=dict)
    """Parameters of the data stack alone. There DomainName means the sender's domain, elsewhere the shop's."""

    def known(self, standing: Standing, url: str) -> dict[str, str]:
        """All that is known to a template, by its parameters' names."""
        known = {"ShopName": self.shop, "State": self.state, "PublicUrl": url} | self.options.parameters()
        known["Waf"] = "on" if self.options.waf and self.state == "running" else "off"
        # An edge stack that is not wanted any more still stands while the service is told to do without it.
        edge = standing.get("edge") if self.options.wants_edge else None
        outputs = dict(edge.outputs) if edge else {}
        known["EdgeCertificateArn"] = outputs.get("EdgeCertificateArn", "") if self.options.domain else ""
        known["WebAclArn"] = outputs.get("WebAclArn", "") if known["Waf"] == "on" else ""
        for role in ("release", "data"):
            stack = standing.get(role)
            known |= dict(stack.outputs) if stack else {}
        # The options are newer than what an output says.
        return known | self.options.parameters() | dict(self.facts)


def goal_state(service: Stack | None) -> State:
    """A shop that its owner has paused stays so until it is resumed."""
    return "paused" if is_paused(service) else "running"


def url_of(goal: Goal, standing: Standing) -> str:
    """The shop's origin: its domain, else CloudFront's name for it, else that it is not known yet."""
    if goal.options.domain:
        return f"https://{goal.options.domain}"
    service = standing.get("service")
    if service is None or service.status in FAILED_CREATE:
        return ADDRESS_FOLLOWS
    name = service.outputs.get("DistributionDomain")
    return f"https://{name}" if name else ADDRESS_FOLLOWS


def parameters(blueprint: Blueprint, known: Mapping[str, str], stack: Stack | None) -> dict[str, str | None]:
    """What a template is given. None: the stack has a value and keeps it. Left out: the template's default."""
    given: dict[str, str | None] = {}
    for name in sorted(blueprint.parameters):
        if name in known:
            given[name] = known[name]
        elif stack is not None and name in stack.parameters:
            given[name] = None
    return given


@dataclass(frozen=True, slots=True)
class StackPlan:
    """What happens to one stack."""

    name: str
    region: str
    verdict: Literal["new", "again", "changed", "same", "deleted"]
    changes: tuple[Change, ...] = ()

    def lines(self) -> list[str]:
        """For reading: a headline, and what is not simply added or changed by name."""
        titles = {
            "new": f"new, {len(self.changes)} resources",
            "again": f"made anew after a first try that failed, {len(self.changes)} resources",
            "changed": summary(self.changes),
            "same": "nothing to do",
            "deleted": f"deleted, {len(self.changes)} resources",
        }
        lines = [f"{self.name} ({self.region}): {titles[self.verdict]}"]
        if self.verdict == "changed":
            shown = sorted(self.changes, key=lambda change: (list(Kind).index(change.kind), change.name))
            lines += [f"    {one.kind:<16} {one.name} ({one.type})" for one in shown[:NAMES_SHOWN_MAX]]
            if len(shown) > NAMES_SHOWN_MAX:
                lines.append(f"    and {len(shown) - NAMES_SHOWN_MAX} more")
        return lines


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole deploy."""

    stacks: tuple[StackPlan, ...]
    builds_image: bool = False

    @property
    def empty(self) -> bool:
        """Whether everything is as wanted already."""
        return not self.builds_image and all(one.verdict == "same" for one in self.stacks)

    def check(self) -> None:
        """CloudProblem if it would lose what a shop keeps."""
        for stack in self.stacks:
            if stack.verdict == "changed":
                refuse_loss(stack.name, stack.changes)


def refuse_loss(stack: str, changes: tuple[Change, ...]) -> None:
    """CloudProblem if one of the changes replaces or removes a table, a bucket, accounts or keys."""
    lost = forbidden(changes)
    if lost:
        named = ", ".join(f"{one.name} ({one.type}) {one.kind}" for one in lost)
        raise CloudProblem(
            f"This would lose what the shop keeps, so nothing was changed. Stack {stack}: {named}. "
            "Such a change needs a second shop and a move of its data; docs/operate.md says how."
        )
