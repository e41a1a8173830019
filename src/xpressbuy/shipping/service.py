"""Delivery in the shop's one currency, as of today."""

from __future__ import annotations

from collections.abc import Sequence

from xpressbuy.kit.clock import Clock
from xpressbuy.kit.money import Money
from xpressbuy.shipping.model import ZONES, ShippingOffer, Zone, in_currency, methods_for


class Shipping:
    """`home` is the country that estimates are made for. ValueError if the price list lacks the currency."""

    def __init__(self, clock: Clock, *, currency: str, home: str = "US", zones: Sequence[Zone] = ZONES) -> None:
        in_currency(0, currency)
        self._clock = clock
        self._home = home
        self._zones = zones

    def methods(self, country: str, subtotal: Money) -> tuple[ShippingOffer, ...]:
        """Every way to deliver a basket of that worth to a country if it is ordered now."""
        return methods_for(country, subtotal, self._clock.now().date(), self._zones)

    def estimate(self, subtotal: Money) -> Money | None:
        """The cheapest delivery at home, for a cart that has no address yet."""
        prices = [method.price for method in self.methods(self._home, subtotal)]
        return min(prices, key=lambda price: price.amount, default=None)
