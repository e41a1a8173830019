"""What the index keeps of one product, and what it reads of it once: facts to filter and sort by, texts to search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod
from typing import NamedTuple

from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model.query import Sort

OptionValue = tuple[str, str]
"""Name and value as they are written."""
SortKey = tuple[int | str, ...]
"""Sorts ascending; the last part is the product's id, so no two are equal."""

SHAPES_MAX = 50_000
_RATING_SCALE = 10_000


class Texts(NamedTuple):
    """What a product is searched by, from the weightiest place to the least. Read once and not kept."""

    name: str
    brand: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """The options of a product's variants in order. Many products have the same, so they share one.

    `masks` has a bit per variant for each option value: what must meet in one variant is an `and` of integers.
    """

    variants: tuple[frozenset[OptionValue], ...]
    masks: Mapping[OptionValue, int] = field(init=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        masks: dict[OptionValue, int] = {}
        for at, variant in enumerate(self.variants):
            for value in variant:
                masks[value] = masks.get(value, 0) | 1 << at
        object.__setattr__(self, "masks", masks)

    def whole(self, among: int) -> bool:
        """Whether the variants of a mask come in every combination of their values, so that any of them meet in one."""
        chosen = [variant for at, variant in enumerate(self.variants) if among >> at & 1]
        values: dict[str, set[str]] = {}
        for variant in chosen:
            for name, value in variant:
                values.setdefault(name, set()).add(value)
        return len({*chosen}) == prod(map(len, values.values())) and all(len(one) == len(values) for one in chosen)


@lru_cache(maxsize=SHAPES_MAX)
def shape_of(variants: tuple[frozenset[OptionValue], ...]) -> Shape:
    """The shape of these variants, one for all products that have them."""
    return Shape(variants)


@dataclass(frozen=True, slots=True)
class Entry:
    """One visible product. `price` is the one on its card, `stock` has a bit for each variant that can be bought.

    `digest` stands for the texts: equal ones have equal digests within a process. `name_words` counts the name's.
    """

    id: ProductId
    price: int
    created_ms: int
    rating_sum: int
    rating_count: int
    sold: int
    brand: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    shape: Shape
    stock: int
    digest: int = 0
    name_words: int = 0

    @property
    def in_stock(self) -> bool:
        """Whether any variant can be bought now."""
        return self.stock != 0

    @property
    def rating_tenths(self) -> int | None:
        """The average in tenths of a star, rounded down, so that bounds are exact; None without reviews."""
        return self.rating_sum * 10 // self.rating_count if self.rating_count else None

    def offers(self, wanted: Sequence[Sequence[OptionValue]], *, in_stock: bool) -> bool:
        """Whether one single variant has one of the values of each row, and is in stock where that is asked.

        Red in M is not offered by a product that has red in S and blue in M.
        """
        left = self.stock if in_stock else -1
        masks = self.shape.masks
        for values in wanted:
            some = 0
            for value in values:
                some |= masks.get(value, 0)
            left &= some
        return left != 0

    def sort_key(self, sort: Sort, score: int = 0) -> SortKey:
        """Where the product stands in an order. What is sold out sinks where the shop recommends, not where facts sort.

        The rating's average is taken to four digits, so that equal averages of different sums are equal here.
        """
        if sort is Sort.NEWEST:
            return (-self.created_ms, self.id)
        if sort is Sort.PRICE_ASC:
            return (self.price, self.id)
        if sort is Sort.PRICE_DESC:
            return (-self.price, self.id)
        if sort is Sort.RATING:
            average = self.rating_sum * _RATING_SCALE // self.rating_count if self.rating_count else 0
            return (-average, -self.rating_count, self.id)
        sunk = 0 if self.stock else 1
        if sort is Sort.BEST_SELLING:
            return (sunk, -self.sold, self.id)
        return (sunk, -score, -self.sold, -self.created_ms, self.id)
