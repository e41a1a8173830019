"""Orders on the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from xpressbuy.accounts.schemas import Address
from xpressbuy.cart.schemas import Totals
from xpressbuy.catalog.schemas import Image
from xpressbuy.http.money import Money
from xpressbuy.http.parameters import Pairs, Parameters
from xpressbuy.http.strict import AnswerModel
from xpressbuy.kit.page import LIMIT_DEFAULT, LIMIT_MAX, Page
from xpressbuy.orders import model
from xpressbuy.orders.model import OrderState, PaymentMethod, PaymentState, can
from xpressbuy.shipping.schemas import ShippingMethod
from xpressbuy.table.cursor import CURSOR_LENGTH_MAX


class OrderLine(AnswerModel):
    """A line as it was bought."""

    sku: str
    product_id: str
    slug: str
    name: str
    options: dict[str, str]
    image: Image
    quantity: int
    unit_price: Money
    line_total: Money

    @classmethod
    def of(cls, line: model.OrderLine, images_url: str) -> OrderLine:
        """From the snapshot."""
        return cls(
            sku=line.sku,
            product_id=line.product_id,
            slug=line.slug,
            name=line.name,
            options=dict(line.options),
            image=Image.of(line.image, images_url, line.name),
            quantity=line.quantity,
            unit_price=Money.of(line.unit_price),
            line_total=Money.of(line.line_total),
        )


class OrderContact(AnswerModel):
    """Whom the mails go to."""

    email: str
    name: str
    phone: str | None = None


class OrderPayment(AnswerModel):
    """How it is paid, and whether it has been."""

    method: PaymentMethod
    state: PaymentState


class OrderEvent(AnswerModel):
    """What happened, oldest first."""

    at: datetime
    state: OrderState
    note: str


class OrderCan(AnswerModel):
    """What may be done with the order now."""

    cancel: bool
    return_: bool = Field(serialization_alias="return", validation_alias="return")
    review: bool


class Shipment(AnswerModel):
    """A parcel on its way."""

    id: str
    shipped_at: datetime
    tracking_url: str | None = None


class Order(AnswerModel):
    """An order as its customer sees it."""

    id: str
    number: str
    state: OrderState
    placed_at: datetime
    lines: list[OrderLine]
    totals: Totals
    contact: OrderContact
    shipping_address: Address
    billing_address: Address | None = None
    shipping_method: ShippingMethod
    shipments: list[Shipment]
    payment: OrderPayment
    history: list[OrderEvent]
    can: OrderCan

    @classmethod
    def of(cls, order: model.Order, images_url: str) -> Order:
        """From the snapshot."""
        billing, allowed = order.billing_address, can(order)
        return cls(
            id=order.id,
            number=order.number,
            state=order.state,
            placed_at=order.placed_at,
            lines=[OrderLine.of(line, images_url) for line in order.lines],
            totals=Totals.of(order.totals),
            contact=OrderContact(email=order.contact.email, name=order.contact.name, phone=order.contact.phone or None),
            shipping_address=Address.of_postal(order.shipping_address),
            billing_address=Address.of_postal(billing) if billing is not None else None,
            shipping_method=ShippingMethod.of(order.shipping_method),
            shipments=[],
            payment=OrderPayment(method=order.payment.method, state=order.payment.state),
            history=[OrderEvent(at=entry.at, state=entry.state, note=entry.note) for entry in order.history],
            can=OrderCan.model_validate(
                {"cancel": allowed.cancel, "return": allowed.give_back, "review": allowed.review}
            ),
        )


class OrderList(AnswerModel):
    """One page of a customer's orders, newest first."""

    items: list[Order]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[model.Order], images_url: str) -> OrderList:
        """From a page."""
        return cls(items=[Order.of(order, images_url) for order in page.items], next_cursor=page.next_cursor)


def page_query(pairs: Pairs) -> tuple[int, str | None]:
    """Limit and cursor of a page. Invalid for anything unknown, repeated or out of bounds."""
    reading = Parameters(pairs)
    limit = reading.whole("limit", 1, LIMIT_MAX)
    cursor = reading.text("cursor", CURSOR_LENGTH_MAX)
    reading.finish()
    return LIMIT_DEFAULT if limit is None else limit, cursor


PAGE_PARAMETERS: Sequence[Mapping[str, Any]] = (
    {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT},
    },
    {"name": "cursor", "in": "query", "schema": {"type": "string", "maxLength": CURSOR_LENGTH_MAX}},
)
