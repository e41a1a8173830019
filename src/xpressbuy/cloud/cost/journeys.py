"""What shoppers do and what each step uses: the figures of `journeys.json`, measured or assumed, as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("journeys.json")


@dataclass(frozen=True, slots=True)
class Use:
    """Calls to the table, and the read and write units that they take."""

    calls: Decimal = Decimal(0)
    reads: Decimal = Decimal(0)
    writes: Decimal = Decimal(0)

    def __add__(self, other: Use) -> Use:
        return Use(self.calls + other.calls, self.reads + other.reads, self.writes + other.writes)

    def __mul__(self, times: Decimal) -> Use:
        return Use(self.calls * times, self.reads * times, self.writes * times)


@dataclass(frozen=True, slots=True)
class Journeys:
    """`assumed` by name; `steps` by name; the rest as the file has it, numbers as Decimal."""

    assumed: Mapping[str, Decimal]
    reasons: Mapping[str, str]
    """Why each is assumed."""
    steps: Mapping[str, Use]
    measured: Mapping[str, Any]

    def bytes_of(self, answer: str) -> Decimal:
        """How long this answer is, as the app sends it."""
        return Decimal(self.measured["answer_bytes"][answer])

    def order(self, lines: Decimal) -> Use:
        """An order of so many lines, from the measured ones of one and of two."""
        one, two = self.steps["order of one line"], self.steps["order of two lines"]
        return one + (two + one * Decimal(-1)) * (lines - 1)


@cache
def journeys() -> Journeys:
    """The file, read once."""
    content = json.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    measured = content["measured"]
    return Journeys(
        assumed={name: facts["value"] for name, facts in content["assumed"].items()},
        reasons={name: facts["why"] for name, facts in content["assumed"].items()},
        steps={name: Use(**figures) for name, figures in measured["steps"].items()},
        measured=measured,
    )
