"""One position of a bill."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xpressbuy.cloud.cost.prices import Price


@dataclass(frozen=True, slots=True)
class Line:
    """USD a month. `quantity` is in the price's unit; `why` says in a few words where it comes from."""

    service: str
    what: str
    quantity: Decimal
    price: Price
    why: str

    @property
    def amount(self) -> Decimal:
        """At list prices."""
        return self.price.amount(self.quantity)

    @property
    def amount_after_free(self) -> Decimal:
        """After what AWS gives every account for good."""
        return self.price.amount_after_free(self.quantity)
