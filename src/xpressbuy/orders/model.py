"""An order: the snapshot of what was bought, for how much, by whom and where to, and the states it may go through.

Nothing here is looked up again later: a product may change its name or vanish, the order stays as it was placed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from xpressbuy.accounts.model import PostalAddress
from xpressbuy.cart.model import Totals
from xpressbuy.kit.ids import CustomerId, OrderId, ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.media.model import ImageRecord

HISTORY_MAX = 50
"""Entries an order keeps of itself; a parcel that goes round the world makes about ten."""


class OrderState(StrEnum):
    """Where an order stands."""

    PLACED = "placed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


TRANSITIONS: Mapping[OrderState, frozenset[OrderState]] = {
    OrderState.PLACED: frozenset({OrderState.SHIPPED, OrderState.CANCELLED}),
    OrderState.SHIPPED: frozenset({OrderState.DELIVERED}),
    OrderState.DELIVERED: frozenset(),
    OrderState.CANCELLED: frozenset(),
}


class PaymentMethod(StrEnum):
    """How an order is paid."""

    CASH_ON_DELIVERY = "cod"


class PaymentState(StrEnum):
    """Whether it has been."""

    DUE = "due"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the order's mails go to."""

    email: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A variant as it was bought. `image` is the picture shown then; its renditions stay in the bucket."""

    product_id: ProductId
    sku: Sku
    slug: str
    name: str
    options: Mapping[str, str]
    image: ImageRecord | None
    quantity: int
    unit_price: Money
    line_total: Money


@dataclass(frozen=True, slots=True)
class ChosenShipping:
    """The delivery as it was promised, both days included."""

    id: str
    name: str
    price: Money
    delivery_from: date
    delivery_to: date


@dataclass(frozen=True, slots=True)
class Payment:
    method: PaymentMethod
    state: PaymentState


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What happened to an order, oldest first in its history."""

    at: datetime
    state: OrderState
    note: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """See the module. `number` is for people, `id` for machines."""

    id: OrderId
    number: str
    customer_id: CustomerId
    state: OrderState
    placed_at: datetime
    lines: tuple[OrderLine, ...]
    totals: Totals
    contact: Contact
    shipping_address: PostalAddress
    billing_address: PostalAddress | None
    shipping_method: ChosenShipping
    payment: Payment
    history: tuple[HistoryEntry, ...]
    locale: str
    version: int = 1

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)


class ForbiddenTransition(ValueError):
    """The order's state does not lead there."""


def move(order: Order, to: OrderState, at: datetime, note: str = "") -> Order:
    """The order in its next state. ForbiddenTransition if the table has no such step."""
    if to not in TRANSITIONS[order.state]:
        raise ForbiddenTransition(f"{order.state} does not become {to}")
    history = (*order.history, HistoryEntry(at, to, note))[-HISTORY_MAX:]
    return replace(order, state=to, history=history, version=order.version + 1)


@dataclass(frozen=True, slots=True)
class Can:
    """What a shopper may do with an order now."""

    cancel: bool
    give_back: bool
    review: bool


def can(order: Order) -> Can:
    """Cancelling and returning are not offered yet; what was bought and not cancelled may be reviewed."""
    return Can(cancel=False, give_back=False, review=order.state is not OrderState.CANCELLED)
