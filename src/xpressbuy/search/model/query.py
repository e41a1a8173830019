"""What a list is asked for and what it answers with. The engine behind may change, these do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from xpressbuy.kit.ids import ProductId
from xpressbuy.kit.page import LIMIT_DEFAULT

QUERY_LENGTH_MAX = 200
OPTIONS_MAX = 10
"""Option names in one query."""
RATING_TENTHS_MAX = 50


class Sort(StrEnum):
    """The orders of a list."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE_ASC = "price_asc"
    PRICE_DESC = "price_desc"
    RATING = "rating"
    BEST_SELLING = "best_selling"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which products: OR inside one filter, AND between filters. Prices in minor units of the shop's currency."""

    q: str = ""
    category: str | None = None
    price_min: int | None = None
    price_max: int | None = None
    rating_min_tenths: int | None = None
    in_stock: bool = False
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    brands: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListQuery:
    """One page of a list. `cursor` is what a former page gave as its next one."""

    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    limit: int = LIMIT_DEFAULT
    cursor: str | None = None
    facets: bool = False

    @property
    def scope(self) -> str:
        """Names the list whatever page of it is asked for; a cursor opens only in its own list."""
        filters = self.filters
        options = sorted((name, tuple(sorted(values))) for name, values in filters.options.items())
        facts = (
            filters.q,
            filters.category,
            filters.price_min,
            filters.price_max,
            filters.rating_min_tenths,
            filters.in_stock,
            options,
            sorted(filters.brands),
            sorted(filters.tags),
            self.sort.value,
        )
        return f"products|{facts!r}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a filter and how many products it would leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """Products whose price lies from `low` to `high`, both included, in minor units."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class PriceRange:
    """Least and greatest price in minor units, and round steps between them."""

    low: int
    high: int
    buckets: Sequence[Bucket]


@dataclass(frozen=True, slots=True)
class Facets:
    """What the list could be narrowed to. Each part ignores its own filter, so that a second value can be added.

    `ratings` counts the products rated at least 4, 3, 2 and 1.
    """

    categories: Sequence[Counted]
    options: Mapping[str, Sequence[Counted]]
    brands: Sequence[Counted]
    price: PriceRange | None
    ratings: Sequence[Counted]


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids of one page in order; `total` counts the whole list."""

    ids: Sequence[ProductId]
    total: int
    next_cursor: str | None
    facets: Facets | None = None
