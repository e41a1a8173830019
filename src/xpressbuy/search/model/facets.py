"""What a list could be narrowed to: counts by value, each part without its own filter. Reads columns, keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from heapq import heappush, heapreplace

from xpressbuy.search.model.bits import Members, Numbers, flags_of
from xpressbuy.search.model.columns import Columns
from xpressbuy.search.model.query import RATING_TENTHS_MAX, Bucket, Counted, Facets, Filters, PriceRange

FACET_VALUES_MAX = 100
BUCKETS_MAX = 6
_ROUND_STEPS = (1, 2, 5)
_OPTION = "option "
Without = Callable[[str], int]
"""The products of a list without its filter of this name; `""` keeps them all."""


def count_facets(columns: Columns, filters: Filters, below: Mapping[str, int], without: Without) -> Facets:
    """All parts. `below` has the products of each category's whole subtree."""
    base = without("")
    categories = without("category") if filters.category else base
    prices = without("price") if filters.price_min is not None or filters.price_max is not None else base
    options = {}
    base_flags = flags_of(base)
    for kind in columns.kinds(_OPTION):
        name = kind.removeprefix(_OPTION)
        if name in filters.options:
            own = without(kind)
            counted = _count(columns.values(kind), own, flags_of(own))
        else:
            counted = _count(columns.values(kind), base, base_flags)
        if counted or name in filters.options:
            options[name] = counted
    brands = without("brand") if filters.brands else base
    return Facets(
        categories=_ranked({slug: (bits & categories).bit_count() for slug, bits in below.items()}),
        options=options,
        brands=_count(columns.values("brand"), brands, flags_of(brands)),
        price=price_range(columns.prices, prices),
        ratings=_ratings(columns, without("rating") if filters.rating_min_tenths else base),
    )


def price_range(prices: Numbers, bits: int) -> PriceRange | None:
    """Least, greatest, and at most six buckets with round edges; None without products."""
    if not bits:
        return None
    low, high = prices.least(bits), prices.greatest(bits)
    step = round_step(high - low)
    buckets = []
    former = 0
    for at in range(low // step, high // step + 1):
        up_to = bits.bit_count() if at == high // step else prices.below(bits, (at + 1) * step).bit_count()
        buckets.append(Bucket(at * step, at * step + step - 1, up_to - former))
        former = up_to
    return PriceRange(low, high, buckets)


def round_step(span: int) -> int:
    """The least of 100, 200, 500, 1,000, … minor units that needs at most six buckets, wherever the first begins."""
    scale = 100
    while True:
        for factor in _ROUND_STEPS:
            if span // (factor * scale) + 2 <= BUCKETS_MAX:
                return factor * scale
        scale *= 10


def _count(values: Mapping[str, Members], bits: int, flags: bytes) -> list[Counted]:
    """The commonest values. The largest are counted first, so that what cannot be among them is not counted at all."""
    if not bits:
        return []
    counts: dict[str, int] = {}
    shown: list[int] = []
    for held, value, members in sorted(((len(one), value, one) for value, one in values.items() if value), key=_size):
        if len(shown) == FACET_VALUES_MAX and held < shown[0]:
            break
        count = members.count_in(bits, flags)
        if not count:
            continue
        counts[value] = count
        if len(shown) < FACET_VALUES_MAX:
            heappush(shown, count)
        elif count > shown[0]:
            heapreplace(shown, count)
    return _ranked(counts)


def _size(one: tuple[int, str, Members]) -> tuple[int, str]:
    return -one[0], one[1]


def _ranked(counts: Mapping[str, int]) -> list[Counted]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Counted(value, count) for value, count in ranked if value and count][:FACET_VALUES_MAX]


def _ratings(columns: Columns, bits: int) -> list[Counted]:
    tenths = {int(value): members for value, members in columns.values("tenths").items()}
    flags = flags_of(bits)
    counts = [tenths[at].count_in(bits, flags) if at in tenths else 0 for at in range(RATING_TENTHS_MAX + 1)]
    return [Counted(str(stars), sum(counts[stars * 10 :])) for stars in (4, 3, 2, 1)]


def subtree_bits(columns: Columns, tree: Mapping[str, Collection[str]]) -> dict[str, int]:
    """The products of each category's whole subtree."""
    return {slug: columns.any_of("category", below) for slug, below in tree.items()}
