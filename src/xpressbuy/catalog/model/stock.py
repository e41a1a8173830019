"""What is left of a SKU and what an order takes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.kit.money import Money

STOCK_MAX = 99_999_999
"""Eight digits, as the low-stock index pads them."""
UNTRACKED_STOCK = 10_000_000
"""What a SKU that never runs out is given. A conditional take needs a number; this one is not reached."""
LOW_STOCK_DEFAULT = 5
LINE_QUANTITY_MAX = 999


@dataclass(frozen=True, slots=True)
class Stock:
    """The small hot item of a SKU, as seen at `seen_at`. Price and `price_version` here are the ones that count."""

    sku: Sku
    available: int
    price: Money
    compare_at_price: Money | None
    price_version: int
    sellable: bool
    seen_at: datetime
    product_id: ProductId
    reserved: int = 0
    sold: int = 0
    low_stock_at: int = LOW_STOCK_DEFAULT
    counted: int | None = None
    """The count that the last import gave, so that the same file again does not undo what was sold since."""
    tracked: bool = True
    marked_low: bool = False
    """Whether the item stands in the low-stock list."""
    marked_at: int | None = None
    """The number that its place in that list was made from."""

    @property
    def in_stock(self) -> bool:
        """Whether one can be bought."""
        return self.sellable and self.available > 0

    @property
    def low(self) -> bool:
        """Whether it belongs into the low-stock list."""
        return self.tracked and self.available <= self.low_stock_at

    @property
    def marker_wrong(self) -> bool:
        """Whether it stands in that list and should not, or should and does not, or at another place."""
        return self.low != self.marked_low or (self.low and self.marked_at != self.available)


@dataclass(frozen=True, slots=True)
class StockLine:
    """So many of a SKU, at the price version that the buyer saw."""

    sku: Sku
    product_id: ProductId
    quantity: int
    price_version: int

    def __post_init__(self) -> None:
        if not 1 <= self.quantity <= LINE_QUANTITY_MAX:
            raise ValueError("quantity out of bounds")
