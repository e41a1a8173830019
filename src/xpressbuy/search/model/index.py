"""The engine: every visible product in memory, by filter, by order, by word. A full-text engine may take its place.

`change` keeps it up one product at a time; `find` answers one page. Pure: no catalogue, no clock, no cursor's seal.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import chain

from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model.entry import STATIC_SORTS, Entry, OptionValue, SortKey
from xpressbuy.search.model.lexicon import Lexicon
from xpressbuy.search.model.query import Bucket, Counted, Facets, Filters, PriceRange, Sort

BULK_MIN = 32
"""From so many changes on, sorting once is cheaper than inserting one by one."""
FACET_VALUES_MAX = 100
BUCKETS_MAX = 6
_ROUND_STEPS = (1, 2, 5)

Tree = Mapping[str, Collection[str]]
"""A category's slug to the slugs of its whole subtree, itself included."""
_Ids = set[ProductId]


@dataclass(frozen=True, slots=True)
class Found:
    """One page's ids, how many the whole list has, and where the next page begins (after this key)."""

    ids: Sequence[ProductId]
    total: int
    last: SortKey | None
    facets: Facets | None


class Index:
    """See the module. `generation` grows with every real change: what was derived from it can be kept until then."""

    def __init__(self) -> None:
        self._entries: dict[ProductId, Entry] = {}
        self._orders: dict[Sort, list[SortKey]] = {sort: [] for sort in STATIC_SORTS}
        self._by: defaultdict[tuple[str, str], _Ids] = defaultdict(set)
        self._lexicon = Lexicon()
        self.generation = 0

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, product_id: ProductId) -> Entry | None:
        """What is kept of a product, None if it is not visible."""
        return self._entries.get(product_id)

    def change(self, entries: Iterable[Entry], gone: Iterable[ProductId] = ()) -> None:
        """Take products in or over, and take those that are gone out. Equal entries cost nothing."""
        fresh = [entry for entry in entries if self._entries.get(entry.id) != entry]
        stale = [old for key in (*(entry.id for entry in fresh), *gone) if (old := self._entries.get(key)) is not None]
        if not fresh and not stale:
            return
        self.generation += 1
        for old in stale:
            self._forget(old)
        for entry in fresh:
            self._learn(entry)
        self._reorder(fresh, stale)

    def find(self, filters: Filters, sort: Sort, tree: Tree, *, limit: int, after: SortKey | None = None) -> Found:
        """One page after a key. `limit` ids at most; `last` is None when there is no more."""
        scores = self._lexicon.scores(filters.q) if filters.q else None
        matching = self._matching(filters, tree, scores)
        if scores is not None and sort is Sort.RELEVANCE:
            keys = (self._entries[key].sort_key(sort, scores[key]) for key in matching)
            page = nsmallest(limit + 1, (key for key in keys if after is None or key > after))
        else:
            page = self._page(self._orders[sort], matching, limit + 1, after)
        last = page[limit - 1] if len(page) > limit else None
        return Found([ProductId(str(key[-1])) for key in page[:limit]], len(matching), last, None)

    def facets(self, filters: Filters, tree: Tree) -> Facets:
        """What the list could be narrowed to; each part counted without its own filter."""
        scores = self._lexicon.scores(filters.q) if filters.q else None

        def without(**own: object) -> list[Entry]:
            kept = replace(filters, **own)  # type: ignore[arg-type]
            return [self._entries[key] for key in self._matching(kept, tree, scores)]

        base = [self._entries[key] for key in self._matching(filters, tree, scores)]
        options = _count_options(base)
        for name in filters.options:
            others = {key: values for key, values in filters.options.items() if key != name}
            options[name] = _count_options(without(options=others)).get(name, [])
        return Facets(
            categories=_count_categories(without(category=None) if filters.category else base, tree),
            options=options,
            brands=_counted(Counter(entry.brand for entry in (without(brands=()) if filters.brands else base))),
            price=price_range(
                [entry.price for entry in without(price_min=None, price_max=None)]
                if filters.price_min is not None or filters.price_max is not None
                else [entry.price for entry in base]
            ),
            ratings=_count_ratings(without(rating_min_tenths=None) if filters.rating_min_tenths else base),
        )

    def in_category(self, slugs: Iterable[str]) -> _Ids:
        """Products of any of these categories."""
        return self._any_of("category", slugs)

    def first(self, sort: Sort, ids: Collection[ProductId], limit: int) -> list[ProductId]:
        """The first of some products in an order."""
        return [ProductId(str(key[-1])) for key in self._page(self._orders[sort], ids, limit, None)]

    def tagged(self, tag: str) -> _Ids:
        """Products that carry a tag."""
        return self._any_of("tag", [tag])

    def alike(self, product_id: ProductId, limit: int) -> list[ProductId]:
        """Products that share most categories and tags with one: what can be bought first, then what sells."""
        own = self._entries.get(product_id)
        if own is None:
            return []
        shared: Counter[ProductId] = Counter()
        for slug in own.categories:
            shared.update(dict.fromkeys(self._by["category", slug], 2))
        for tag in own.tags:
            shared.update(dict.fromkeys(self._by["tag", tag], 1))
        del shared[product_id]
        ranked = (
            (not self._entries[key].in_stock, -count, -self._entries[key].sold, key) for key, count in shared.items()
        )
        return [key for *_, key in nsmallest(limit, ranked)]

    def scores(self, query: str) -> dict[ProductId, int]:
        """Products that hold every word of a query, mistyped words included."""
        return self._lexicon.scores(query)

    def correction(self, term: str) -> str | None:
        """A known word for a mistyped one."""
        return self._lexicon.correction(term)

    def _learn(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        for place in _places(entry):
            self._by[place].add(entry.id)
        self._lexicon.add(entry.id, entry.weights)

    def _forget(self, entry: Entry) -> None:
        del self._entries[entry.id]
        for place in _places(entry):
            self._by[place].discard(entry.id)
            if not self._by[place]:
                del self._by[place]
        self._lexicon.remove(entry.id, entry.weights)

    def _reorder(self, fresh: Sequence[Entry], stale: Sequence[Entry]) -> None:
        bulk = len(fresh) + len(stale) >= BULK_MIN
        for sort, order in self._orders.items():
            if bulk:
                order[:] = sorted(entry.sort_key(sort) for entry in self._entries.values())
                continue
            for entry in stale:
                del order[bisect_left(order, entry.sort_key(sort))]
            for entry in fresh:
                insort(order, entry.sort_key(sort))

    def _any_of(self, kind: str, values: Iterable[str]) -> _Ids:
        return set().union(*(self._by[kind, value] for value in values if (kind, value) in self._by))

    def _matching(self, filters: Filters, tree: Tree, scores: Mapping[ProductId, int] | None) -> Collection[ProductId]:
        """All ids that pass. Sets narrow first, the facts of each remaining product decide after."""
        sets: list[Collection[ProductId]] = [] if scores is None else [scores.keys()]
        if filters.category is not None:
            sets.append(self._any_of("category", tree.get(filters.category, (filters.category,))))
        if filters.brands:
            sets.append(self._any_of("brand", filters.brands))
        if filters.tags:
            sets.append(self._any_of("tag", filters.tags))
        if filters.in_stock:
            sets.append(self._any_of("stock", ["in"]))
        sets += [self._any_of(f"option {name}", values) for name, values in filters.options.items()]
        ids: Collection[ProductId] = self._entries.keys()
        for found in sorted(sets, key=len):
            ids = set(found) if ids is self._entries.keys() else set(ids).intersection(found)
        if not _needs_a_look(filters):
            return ids
        wanted = [[(name, value) for value in values] for name, values in filters.options.items()]
        return [key for key in ids if _passes(self._entries[key], filters, wanted)]

    @staticmethod
    def _page(order: Sequence[SortKey], ids: Collection[ProductId], limit: int, after: SortKey | None) -> list[SortKey]:
        start = 0 if after is None else bisect_right(order, after)
        if len(ids) == len(order):
            return list(order[start : start + limit])
        wanted = ids if isinstance(ids, (set, dict)) else set(ids)
        page = []
        for at in range(start, len(order)):
            if order[at][-1] in wanted:
                page.append(order[at])
                if len(page) == limit:
                    break
        return page


def price_range(prices: Collection[int]) -> PriceRange | None:
    """Least, greatest, and at most six buckets with round edges; None without prices."""
    if not prices:
        return None
    low, high = min(prices), max(prices)
    step = _round_step(high - low)
    counts = Counter(price // step for price in prices)
    buckets = [Bucket(at * step, at * step + step - 1, counts[at]) for at in range(low // step, high // step + 1)]
    return PriceRange(low, high, buckets)


def _round_step(span: int) -> int:
    """The least of 100, 200, 500, 1,000, … minor units that needs at most six buckets, wherever the first begins."""
    scale = 100
    while True:
        for factor in _ROUND_STEPS:
            if span // (factor * scale) + 2 <= BUCKETS_MAX:
                return factor * scale
        scale *= 10


def _places(entry: Entry) -> list[tuple[str, str]]:
    places = [("brand", entry.brand)]
    places += [("category", slug) for slug in entry.categories]
    places += [("tag", tag) for tag in entry.tags]
    places += [(f"option {name}", value) for name, value in entry.masks]
    if entry.in_stock:
        places.append(("stock", "in"))
    return places


def _needs_a_look(filters: Filters) -> bool:
    prices = filters.price_min is not None or filters.price_max is not None
    together = len(filters.options) + filters.in_stock > 1 and bool(filters.options)
    return prices or together or filters.rating_min_tenths is not None


def _passes(entry: Entry, filters: Filters, wanted: Sequence[Sequence[OptionValue]]) -> bool:
    if filters.price_min is not None and entry.price < filters.price_min:
        return False
    if filters.price_max is not None and entry.price > filters.price_max:
        return False
    if filters.rating_min_tenths is not None and not entry.rated_at_least(filters.rating_min_tenths):
        return False
    return not wanted or entry.offers(wanted, in_stock=filters.in_stock)


def _counted(counts: Mapping[str, int]) -> list[Counted]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Counted(value, count) for value, count in ranked if value][:FACET_VALUES_MAX]


def _count_options(entries: Iterable[Entry]) -> dict[str, Sequence[Counted]]:
    flat = Counter(chain.from_iterable(entry.masks for entry in entries))
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (name, value), count in flat.items():
        counts[name][value] = count
    return {name: _counted(values) for name, values in sorted(counts.items())}


def _count_categories(entries: Iterable[Entry], tree: Tree) -> list[Counted]:
    above: defaultdict[str, set[str]] = defaultdict(set)
    for slug, subtree in tree.items():
        for below in subtree:
            above[below].add(slug)
    counts: Counter[str] = Counter()
    # Many products share the same categories, so each set of them is spread over its ancestors once.
    for slugs, count in Counter(entry.categories for entry in entries).items():
        for slug in set().union(*(above[slug] for slug in slugs if slug in above)):
            counts[slug] += count
    return _counted(counts)


def _count_ratings(entries: Iterable[Entry]) -> list[Counted]:
    whole = Counter(entry.rating_sum // entry.rating_count for entry in entries if entry.rating_count)
    return [
        Counted(str(stars), sum(count for least, count in whole.items() if least >= stars)) for stars in (4, 3, 2, 1)
    ]
