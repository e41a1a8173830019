"""Carts on the wire. `Totals` is also the quote's and the order's."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from xpressbuy.cart import model
from xpressbuy.cart.model import QUANTITY_MAX, LineProblem, Priced
from xpressbuy.catalog.schemas import Image
from xpressbuy.http.money import Money
from xpressbuy.http.strict import AnswerModel, StrictModel
from xpressbuy.kit import money

COUPON_LENGTH_MAX = 40
SKU_PATTERN = r"^[A-Za-z0-9._~-]{1,64}$"
SkuText = Annotated[str, StringConstraints(pattern=SKU_PATTERN)]


class LineQuantity(StrictModel):
    """How many there shall be of a SKU; 0 takes it out."""

    quantity: int = Field(ge=0, le=QUANTITY_MAX)


class CouponCode(StrictModel):
    """A code as it was typed."""

    code: str = Field(min_length=1, max_length=COUPON_LENGTH_MAX)


class Totals(AnswerModel):
    """What everything comes to. `shipping` and `tax` are null while they are not known."""

    subtotal: Money
    discount: Money
    shipping: Money | None = None
    tax: Money | None = None
    total: Money

    @classmethod
    def of(cls, totals: model.Totals) -> Totals:
        """From the model's sum."""
        return cls(
            subtotal=Money.of(totals.subtotal),
            discount=Money.of(totals.discount),
            shipping=Money.of(totals.shipping) if totals.shipping is not None else None,
            tax=Money.of(totals.tax) if totals.tax is not None else None,
            total=Money.of(totals.total),
        )


class CartLine(AnswerModel):
    """A line with the price of now. One that is `gone` costs nothing and keeps its SKU for a name."""

    sku: str
    slug: str
    name: str
    options: dict[str, str]
    image: Image
    quantity: int
    unit_price: Money
    line_total: Money
    available: int | None = Field(None, description="Units left, null if nobody had to look.")
    problem: LineProblem | None = None

    @classmethod
    def of(cls, line: model.CartLine, images_url: str) -> CartLine:
        """From a priced line."""
        offer = line.offer
        product, variant = (offer.product, offer.variant) if offer else (None, None)
        pictures = product.images_of(variant) if product and variant else ()
        return cls(
            sku=line.sku,
            slug=product.slug if product else "",
            name=product.name if product else line.sku,
            options=dict(variant.options) if variant else {},
            image=Image.of(pictures[0] if pictures else None, images_url, product.name if product else ""),
            quantity=line.quantity,
            unit_price=Money.of(line.unit_price),
            line_total=Money.of(line.line_total),
            available=max(offer.available, 0) if offer and offer.available is not None else None,
            problem=line.problem,
        )


class CartMessage(AnswerModel):
    """Something the shopper should know before going on."""

    code: LineProblem
    sku: str
    text: str


class Cart(AnswerModel):
    """A cart. `id` is empty and `version` 0 until something was put into it."""

    id: str
    version: int
    lines: list[CartLine]
    coupon: str | None = None
    totals: Totals
    shipping_estimate: Money | None = Field(None, description="The cheapest delivery at home; not in the totals.")
    messages: list[CartMessage]

    @classmethod
    def of(cls, cart: model.Cart, priced: Priced, estimate: money.Money | None, images_url: str) -> Cart:
        """From a cart and its prices."""
        return cls(
            id=cart.id,
            version=cart.version,
            lines=[CartLine.of(line, images_url) for line in priced.lines],
            totals=Totals.of(priced.totals),
            shipping_estimate=Money.of(estimate) if estimate is not None and priced.lines else None,
            messages=[_message(line, line.problem) for line in priced.lines if line.problem],
        )


def _message(line: model.CartLine, problem: LineProblem) -> CartMessage:
    name = line.offer.product.name if line.offer else line.sku
    left = (line.offer.available or 0) if line.offer else 0
    text = {
        LineProblem.GONE: f"{name} is no longer sold.",
        LineProblem.SOLD_OUT: f"{name} sold out while it was in your cart.",
        LineProblem.INSUFFICIENT_STOCK: f"Only {left} left of {name}.",
        LineProblem.TOO_MUCH: f"That many of {name} come to more than one order can hold.",
    }[problem]
    return CartMessage(code=problem, sku=line.sku, text=text)
