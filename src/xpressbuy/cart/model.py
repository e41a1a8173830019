"""Carts and the one sum of the shop: cart, quote, order and mail all show what `totals` returns.

Quantities only; a price never lies in a cart. Pure functions of their arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from xpressbuy.catalog.model import Product, Stock, Variant
from xpressbuy.kit.ids import CustomerId, Sku
from xpressbuy.kit.money import AMOUNT_MAX, Money, total

LINES_MAX = 50
"""Lines in a cart. An order's transaction holds 50 SKUs + idempotency + order + mail + cart + feed = 55 of 100."""
QUANTITY_MAX = 999
"""Units of one line."""
LINE_TOTAL_MAX = AMOUNT_MAX // (2 * LINES_MAX)
"""Minor units of one line, 10^10: fifty of them and the delivery stay under the bound of any amount."""


@dataclass(frozen=True, slots=True)
class Cart:
    """`version` counts every change, so that two tabs notice each other. 0 is a cart that was never written."""

    customer_id: CustomerId | None
    id: str = ""
    version: int = 0
    lines: Mapping[Sku, int] = field(default_factory=dict)

    @property
    def units(self) -> int:
        return sum(self.lines.values())


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant as it can be bought now. `available` None means that nobody has looked, so it is not low."""

    product: Product
    variant: Variant
    price: Money
    price_version: int
    sellable: bool
    available: int | None


def offer(product: Product, variant: Variant, stock: Stock | None) -> Offer:
    """The product document and the SKU item joined. A price that has just changed may stand in either first."""
    newer = stock is not None and stock.price_version > variant.price_version
    if stock is not None and newer:
        return Offer(product, variant, stock.price, stock.price_version, stock.sellable, stock.available)
    sellable = variant.sellable and (stock is None or stock.sellable or stock.price_version < variant.price_version)
    available = None if stock is None else stock.available
    return Offer(product, variant, variant.price, variant.price_version, sellable, available)


class LineProblem(StrEnum):
    """Why a line cannot be bought as it stands."""

    GONE = "gone"
    SOLD_OUT = "sold_out"
    INSUFFICIENT_STOCK = "insufficient_stock"
    TOO_MUCH = "too_much"


def problem_of(quantity: int, offered: Offer | None) -> LineProblem | None:
    """What stands against buying so many of an offer, or None."""
    if offered is None or not offered.sellable:
        return LineProblem.GONE
    if offered.price.amount * quantity > LINE_TOTAL_MAX:
        return LineProblem.TOO_MUCH
    if offered.available is None or quantity <= offered.available:
        return None
    return LineProblem.INSUFFICIENT_STOCK if offered.available > 0 else LineProblem.SOLD_OUT


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A quantity at a price. ValueError if it is out of bounds."""

    sku: Sku
    quantity: int
    unit_price: Money

    def __post_init__(self) -> None:
        if not 1 <= self.quantity <= QUANTITY_MAX:
            raise ValueError("quantity out of bounds")
        if not 0 <= self.unit_price.amount * self.quantity <= LINE_TOTAL_MAX:
            raise ValueError("line total out of bounds")

    @property
    def line_total(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Totals:
    """`shipping` and `tax` are None while nobody has worked them out; they then count as nothing."""

    subtotal: Money
    discount: Money
    shipping: Money | None
    tax: Money | None
    total: Money


def totals(lines: Iterable[PricedLine], currency: str, shipping: Money | None = None) -> Totals:
    """What lines and a delivery come to: total = subtotal - discount + shipping + tax, in whole minor units."""
    subtotal = total((line.line_total for line in lines), currency)
    nothing = Money(0, currency)
    return Totals(subtotal, nothing, shipping, None, subtotal + (shipping or nothing))


@dataclass(frozen=True, slots=True)
class Merged:
    """Two carts made one. `moved` lies in the customer's cart, `left` did not fit and stays in the guest's."""

    moved: Mapping[Sku, int]
    left: Mapping[Sku, int]


def merge(guest: Mapping[Sku, int], own: Mapping[Sku, int], available: Mapping[Sku, int]) -> Merged:
    """Own lines first, then the guest's. A SKU in both counts the sum, as far as bound and stock go.

    The sum loses nothing that was chosen; it doubles nothing because the guest's cart is emptied by the same
    transaction. Lines of one cart only move as they are: the view says if the stock is short. A sold-out line keeps
    the larger of the two quantities rather than vanish.
    """
    lines, left = dict(own), {}
    for sku, quantity in guest.items():
        if sku in own:
            lines[sku] = _joined(own[sku], quantity, available.get(sku))
        elif len(lines) < LINES_MAX:
            lines[sku] = quantity
        else:
            left[sku] = quantity
    return Merged(lines, left)


def _joined(one: int, other: int, available: int | None) -> int:
    both = min(one + other, QUANTITY_MAX)
    if available is None or both <= available:
        return both
    return available if available > 0 else max(one, other)


@dataclass(frozen=True, slots=True)
class CartLine:
    """A line as it is shown. What is gone has no offer and costs nothing."""

    sku: Sku
    quantity: int
    offer: Offer | None
    problem: LineProblem | None
    unit_price: Money
    line_total: Money


@dataclass(frozen=True, slots=True)
class Priced:
    """Lines with what they come to."""

    lines: Sequence[CartLine]
    totals: Totals

    @property
    def problems(self) -> Sequence[CartLine]:
        return [line for line in self.lines if line.problem is not None]


def price(
    lines: Mapping[Sku, int], offers: Mapping[Sku, Offer], currency: str, shipping: Money | None = None
) -> Priced:
    """Every line at its price now, by product name and then SKU since a map keeps no order."""
    shown = sorted(
        (_cart_line(sku, quantity, offers.get(sku), currency) for sku, quantity in lines.items()),
        key=lambda line: (line.offer is None, line.offer.product.name if line.offer else "", line.sku),
    )
    return Priced(shown, totals(counted(shown), currency, shipping))


def counted(lines: Iterable[CartLine]) -> list[PricedLine]:
    """The lines that cost something."""
    return [PricedLine(line.sku, line.quantity, line.unit_price) for line in lines if line.line_total.amount]


def _cart_line(sku: Sku, quantity: int, offered: Offer | None, currency: str) -> CartLine:
    problem = problem_of(quantity, offered)
    nothing = Money(0, currency)
    if offered is None or problem is LineProblem.GONE:
        return CartLine(sku, quantity, offered, problem, nothing, nothing)
    if problem is LineProblem.TOO_MUCH:
        return CartLine(sku, quantity, offered, problem, offered.price, nothing)
    return CartLine(sku, quantity, offered, problem, offered.price, offered.price * quantity)
