"""Writes as values, and the unit of work: one command, one TransactWriteItems. Labels come from outside.

Expressions are written with `#attribute` for every attribute name and `:value` for every value; the names are filled
in here.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xpressbuy.table.keys import Key
from xpressbuy.table.schema import PK, SK

Item = Mapping[str, Any]
UNIT_WRITES_MAX = 100
"""DynamoDB's bound on the actions of one transaction."""
_NAME = re.compile(r"#(\w+)")


@dataclass(frozen=True, slots=True)
class Put:
    """Write a whole item; `item` holds its key."""

    item: Item
    condition: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return Key(self.item[PK], self.item[SK])


@dataclass(frozen=True, slots=True)
class Update:
    """Change attributes of one item. `names` maps placeholders that are no attribute names (map keys such as SKUs)."""

    key: Key
    expression: str
    condition: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove one item."""

    key: Key
    condition: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """Hold a condition on an item that the unit does not change."""

    key: Key
    condition: str
    values: Mapping[str, Any] = field(default_factory=dict)


Write = Put | Update | Delete | Check

ABSENT = "attribute_not_exists(#PK)"
PRESENT = "attribute_exists(#PK)"


@dataclass(frozen=True, slots=True)
class Failure:
    """A condition that did not hold: the label its write was added with, and the item as it is (None if absent)."""

    label: str
    item: Item | None


class UnitRefused(Exception):
    """At least one condition of the unit did not hold; nothing was written."""

    def __init__(self, failures: tuple[Failure, ...]) -> None:
        super().__init__(", ".join(failure.label for failure in failures))
        self.failures = failures

    def labels(self) -> frozenset[str]:
        return frozenset(failure.label for failure in self.failures)


class ConditionFailed(Exception):
    """The condition of a single write did not hold. `item` is the item as it is, None if absent."""

    def __init__(self, item: Item | None) -> None:
        super().__init__("condition failed")
        self.item = item


class Unit:
    """Collects the writes of one command. Each module adds its own; the outermost service commits once."""

    def __init__(self) -> None:
        self._writes: list[tuple[str, Write]] = []
        self._keys: set[Key] = set()

    def add(self, label: str, write: Write) -> None:
        """`label` comes back in `UnitRefused` if the condition fails. ValueError on a second write to one key."""
        if write.key in self._keys:
            raise ValueError(f"two writes to one item in a unit: {label}")
        if len(self._writes) >= UNIT_WRITES_MAX:
            raise ValueError("a unit holds at most 100 writes")
        self._keys.add(write.key)
        self._writes.append((label, write))

    @property
    def writes(self) -> tuple[Write, ...]:
        return tuple(write for _, write in self._writes)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self._writes)

    def __len__(self) -> int:
        return len(self._writes)


Commit = Callable[[Unit, str | None], Awaitable[None]]
"""Commits a unit, with a ClientRequestToken or None. Raises UnitRefused, or Unavailable on an unknown outcome."""


def attribute_names(*expressions: str | None) -> dict[str, str]:
    """`{"#available": "available"}` for every `#name` that the expressions use."""
    found = {name for expression in expressions if expression for name in _NAME.findall(expression)}
    return {f"#{name}": name for name in sorted(found)}
