"""What a checkout is asked for, what it makes of it, and in which words it refuses. No I/O, no clock, no new ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from xpressbuy.accounts.model import PostalAddress
from xpressbuy.cart.model import CartLine, Priced, Totals
from xpressbuy.catalog.model import StockLine
from xpressbuy.kit.ids import AddressId, CustomerId, OrderId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.orders.model import (
    ChosenShipping,
    Contact,
    HistoryEntry,
    Order,
    OrderLine,
    OrderState,
    Payment,
    PaymentMethod,
    PaymentState,
)
from xpressbuy.shipping.model import ShippingOffer

ORDER_WRITES_BESIDE_LINES = 5
"""Idempotency record, order, mail, cart, feed entry. With 50 lines 55 writes of the 100 that a transaction holds."""


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """The command. Either `address` or `address_id`; either `cart_version` or `lines` (buy now)."""

    contact: Contact
    address: PostalAddress | None
    address_id: AddressId | None
    billing_address: PostalAddress | None
    shipping_method: str
    payment_method: str
    cart_version: int | None
    lines: Mapping[Sku, int] = field(default_factory=dict)
    expected_total: Money = field(default_factory=lambda: Money(0, "USD"))


@dataclass(frozen=True, slots=True)
class Quote:
    """What an order would come to. `chosen` is None only where the shop does not deliver."""

    methods: Sequence[ShippingOffer]
    chosen: ShippingOffer | None
    priced: Priced
    cart_version: int | None


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What is given to an order beside its contents."""

    id: OrderId
    number: str
    customer_id: CustomerId
    at: datetime
    locale: str


def make_order(new: NewOrder, command: PlaceOrder, address: PostalAddress, quote: Quote, sums: Totals) -> Order:
    """The snapshot. Every line must have an offer and a method must be chosen."""
    assert quote.chosen is not None
    chosen = quote.chosen
    return Order(
        id=new.id,
        number=new.number,
        customer_id=new.customer_id,
        state=OrderState.PLACED,
        placed_at=new.at,
        lines=tuple(_order_line(line) for line in quote.priced.lines),
        totals=sums,
        contact=command.contact,
        shipping_address=address,
        billing_address=command.billing_address,
        shipping_method=ChosenShipping(chosen.id, chosen.name, chosen.price, chosen.delivery_from, chosen.delivery_to),
        payment=Payment(PaymentMethod(command.payment_method), PaymentState.DUE),
        history=(HistoryEntry(new.at, OrderState.PLACED),),
        locale=new.locale,
    )


def stock_lines(priced: Priced) -> list[StockLine]:
    """What the order takes, each at the price version it was shown with."""
    return [
        StockLine(line.sku, line.offer.product.id, line.quantity, line.offer.price_version)
        for line in priced.lines
        if line.offer is not None
    ]


def _order_line(line: CartLine) -> OrderLine:
    assert line.offer is not None
    product, variant = line.offer.product, line.offer.variant
    pictures = [picture for picture in product.images_of(variant) if picture.state == "ready"]
    return OrderLine(
        product_id=product.id,
        sku=line.sku,
        slug=product.slug,
        name=product.name,
        options=dict(variant.options),
        image=pictures[0] if pictures else None,
        quantity=line.quantity,
        unit_price=line.unit_price,
        line_total=line.line_total,
    )
