"""The dated price file as values. It knows units and steps, and nothing of shops."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from xpressbuy.cloud.problem import CloudProblem

FILE = Path(__file__).with_name("prices.json")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """A price in USD that holds up to a quantity of the month; None: however much more."""

    up_to: Decimal | None
    usd: Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """What AWS takes for one kind of use in one region."""

    unit: str
    steps: tuple[Step, ...]
    always_free: Decimal
    page: str
    as_of: date
    evidence: str
    """What exactly the price is for, and where it was read, if that needs saying."""
    is_stand_in: bool
    """The region's own price was not found; this is us-east-1's."""

    @property
    def usd(self) -> Decimal:
        """The price of the first unit."""
        return self.steps[0].usd

    def amount(self, quantity: Decimal) -> Decimal:
        """What this much of a month costs at list prices, in USD."""
        total, below = ZERO, ZERO
        for step in self.steps:
            inside = (quantity if step.up_to is None else min(quantity, step.up_to)) - below
            if inside <= 0:
                break
            total += inside * step.usd
            below += inside
        return total

    def amount_after_free(self, quantity: Decimal) -> Decimal:
        """The same without what AWS gives every account every month, for as long as it likes."""
        return self.amount(quantity) - self.amount(min(quantity, self.always_free))


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices of one region, by name."""

    region: str
    looked_up: date
    prices: Mapping[str, Price]

    def __getitem__(self, name: str) -> Price:
        return self.prices[name]


def regions() -> tuple[str, ...]:
    """The regions that there are prices for."""
    return tuple(_file()["regions"])


def origin() -> str:
    """How the prices were found, in a few sentences."""
    return str(_file()["note"])


@cache
def price_list(region: str) -> PriceList:
    """The prices of a region. CloudProblem if there are none."""
    if region not in regions():
        raise CloudProblem(f"There are no prices for {region}. Choose one of {', '.join(regions())}.")
    content = _file()
    prices = {name: _price(facts, region) for name, facts in content["items"].items()}
    return PriceList(region, date.fromisoformat(content["looked_up"]), prices)


@cache
def _file() -> Mapping[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


def _price(facts: Mapping[str, Any], region: str) -> Price:
    steps = facts["tiers"][region] if "tiers" in facts else [[None, facts["usd"][region]]]
    return Price(
        unit=facts["unit"],
        steps=tuple(Step(None if up_to is None else Decimal(up_to), Decimal(usd)) for up_to, usd in steps),
        always_free=Decimal(facts["always_free"]),
        page=facts["page"],
        as_of=date.fromisoformat(facts["as_of"]),
        evidence=facts["evidence"],
        is_stand_in=region in facts.get("stand_ins", ()),
    )
