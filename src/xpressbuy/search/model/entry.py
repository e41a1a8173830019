"""What the index keeps of one product: only what is filtered, sorted or searched by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model.query import Sort

OptionValue = tuple[str, str]
"""Name and value as they are written."""
SortKey = tuple[int | str, ...]
"""Sorts ascending; the last part is the product's id, so no two are equal."""

NAME_WEIGHT = 60
BRAND_WEIGHT = 30
CATEGORY_WEIGHT = 30
TAG_WEIGHT = 24
OPTION_WEIGHT = 16
DESCRIPTION_WEIGHT = 4

STATIC_SORTS = tuple(Sort)
"""Every order has a list of its own; relevance's is the one for a list without words."""
_RATING_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class EntryVariant:
    """One variant's options and whether it can be bought now."""

    options: frozenset[OptionValue]
    in_stock: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One visible product. `price` is the one on its card.

    `masks` has a bit per variant for each option value: what must meet in one variant is an `and` of integers.
    """

    id: ProductId
    name: str
    price: int
    created_ms: int
    rating_sum: int
    rating_count: int
    sold: int
    brand: str
    categories: frozenset[str]
    tags: frozenset[str]
    variants: tuple[EntryVariant, ...]
    weights: Mapping[str, int]

    masks: Mapping[OptionValue, int] = field(init=False)
    stock_mask: int = field(init=False)

    def __post_init__(self) -> None:
        masks: dict[OptionValue, int] = {}
        stock = 0
        for at, variant in enumerate(self.variants):
            stock |= variant.in_stock << at
            for value in variant.options:
                masks[value] = masks.get(value, 0) | 1 << at
        object.__setattr__(self, "masks", masks)
        object.__setattr__(self, "stock_mask", stock)

    @property
    def in_stock(self) -> bool:
        """Whether any variant can be bought now."""
        return self.stock_mask != 0

    def rated_at_least(self, tenths: int) -> bool:
        """Whether the average reaches the bound, in integers. A product without reviews reaches none but zero."""
        return self.rating_sum * 10 >= tenths * self.rating_count and (self.rating_count > 0 or tenths == 0)

    def offers(self, wanted: Sequence[Sequence[OptionValue]], *, in_stock: bool) -> bool:
        """Whether one single variant has one of the values of each row, and is in stock where that is asked.

        Red in M is not offered by a product that has red in S and blue in M.
        """
        left = self.stock_mask if in_stock else -1
        for values in wanted:
            some = 0
            for value in values:
                some |= self.masks.get(value, 0)
            left &= some
        return left != 0

    def sort_key(self, sort: Sort, score: int = 0) -> SortKey:
        """Where the product stands in an order. What is sold out sinks where the shop recommends, not where facts sort.

        The rating's average is taken to four digits, so that equal averages of different sums are equal here.
        """
        sunk = 0 if self.in_stock else 1
        average = self.rating_sum * _RATING_SCALE // self.rating_count if self.rating_count else 0
        if sort is Sort.NEWEST:
            return (-self.created_ms, self.id)
        if sort is Sort.PRICE_ASC:
            return (self.price, self.id)
        if sort is Sort.PRICE_DESC:
            return (-self.price, self.id)
        if sort is Sort.RATING:
            return (-average, -self.rating_count, self.id)
        if sort is Sort.BEST_SELLING:
            return (sunk, -self.sold, self.id)
        return (sunk, -score, -self.sold, -self.created_ms, self.id)
