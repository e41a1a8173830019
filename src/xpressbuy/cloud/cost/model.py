"""From a shop to a month's estimate. Pure: an equal shop has an equal estimate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xpressbuy.cloud.cost.bill import Line
from xpressbuy.cloud.cost.journeys import journeys
from xpressbuy.cloud.cost.lines import lines_of, notes_of
from xpressbuy.cloud.cost.prices import ZERO, price_list
from xpressbuy.cloud.cost.shape import shape
from xpressbuy.cloud.cost.shop import Shop


@dataclass(frozen=True, slots=True)
class Estimate:
    """The positions that are not nothing, and what to know about them."""

    shop: Shop
    looked_up: date
    lines: tuple[Line, ...]
    notes: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """USD a month at list prices."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def total_after_free(self) -> Decimal:
        """USD a month after what AWS gives every account for good, if nothing else in the account uses it up."""
        return sum((line.amount_after_free for line in self.lines), ZERO)


def estimate(shop: Shop) -> Estimate:
    """What this shop costs in a month of 730 hours. CloudProblem for a region without prices."""
    prices, known, form = price_list(shop.region), journeys(), shape(shop.profile)
    lines = tuple(line for line in lines_of(shop, prices, known, form) if line.quantity)
    return Estimate(shop, prices.looked_up, lines, tuple(notes_of(shop, lines, known, form)))
