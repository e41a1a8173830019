"""Ways to deliver on the wire."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from xpressbuy.http.money import Money
from xpressbuy.http.strict import AnswerModel
from xpressbuy.kit import money


class Promised(Protocol):
    """A method as it is offered, or as an order keeps it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def price(self) -> money.Money: ...
    @property
    def delivery_from(self) -> date: ...
    @property
    def delivery_to(self) -> date: ...


class ShippingMethod(AnswerModel):
    """A way to deliver, with its price and the days between which the parcel comes."""

    id: str
    name: str
    price: Money
    delivery_from: date
    delivery_to: date

    @classmethod
    def of(cls, promised: Promised) -> ShippingMethod:
        """From the model."""
        return cls(
            id=promised.id,
            name=promised.name,
            price=Money.of(promised.price),
            delivery_from=promised.delivery_from,
            delivery_to=promised.delivery_to,
        )
