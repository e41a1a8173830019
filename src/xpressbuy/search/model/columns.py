"""The facts of every visible product in columns: who has a value, who lies in a range, who comes first. No texts.

A product has a slot, a set of products is an integer (`model.bits`). Every answer is exact at any moment.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import combinations, compress, islice, product

from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model.bits import Members, Numbers, flags_of, mask_of, slots_of
from xpressbuy.search.model.entry import Entry, OptionValue, SortKey
from xpressbuy.search.model.query import RATING_TENTHS_MAX, Sort

BULK_MIN = 32
BULK_SHARE = 50
"""From so many changes on, and a fiftieth of all, sorting anew is cheaper than inserting one by one."""
SCAN_MAX = 1_000
"""Up to so many products are sorted by their keys; among more, the first are met soon on a walk through the order."""
Place = tuple[str, str]
"""A kind of filter and a value of it."""
IN_STOCK: Place = ("state", "in stock")
WHOLE: Place = ("state", "every combination")
WHOLE_IN_STOCK: Place = ("state", "every combination of what is in stock")
MEET, MEET_IN_STOCK = "meet", "meet in stock"
"""Two option values that one variant has, of products that have not every combination."""


class Columns:
    """See the module. `entries` are kept by slot."""

    def __init__(self) -> None:
        self.entries: list[Entry | None] = []
        self.slots: dict[ProductId, int] = {}
        self.prices = Numbers()
        self.all = 0
        self._free: list[int] = []
        self._values: dict[str, dict[str, Members]] = {}
        self._orders: dict[Sort, array[int]] = {sort: array("I") for sort in Sort}

    def __len__(self) -> int:
        return len(self.slots)

    def entry(self, slot: int) -> Entry:
        """What is kept of the product in a slot that is taken."""
        entry = self.entries[slot]
        assert entry is not None
        return entry

    def change(self, fresh: Mapping[ProductId, Entry], gone: Iterable[ProductId], *, unsorted: bool = False) -> None:
        """Take these in or over, and those out. `unsorted` leaves the orders to `sort`, after many parts."""
        stale = {slot: self.entry(slot) for key in (*fresh, *gone) if (slot := self.slots.get(key)) is not None}
        freed = [slot for slot, entry in stale.items() if entry.id not in fresh]
        taken = {self._slot(key): entry for key, entry in fresh.items()}
        bulk = unsorted or len(taken) + len(freed) > max(BULK_MIN, len(self.slots) // BULK_SHARE)
        if not bulk:
            self._unorder(stale, taken)
        self._count(stale, taken)
        self.prices.discard((slot, entry.price) for slot, entry in stale.items())
        self.prices.add((slot, entry.price) for slot, entry in taken.items())
        moved = [slot for slot in taken if slot not in stale]
        for slot, entry in taken.items():
            self.entries[slot] = entry
        for slot in freed:
            del self.slots[stale[slot].id]
            self.entries[slot] = None
            self.all &= ~(1 << slot)
        self._free += freed
        self.all |= mask_of(moved)
        if not bulk:
            self._order(stale, taken)
        elif not unsorted:
            self.sort()

    def has(self, place: Place) -> int:
        """The products of a place."""
        members = self.values(place[0]).get(place[1])
        return members.bits if members else 0

    def any_of(self, kind: str, values: Iterable[str]) -> int:
        """The products of any of these values."""
        bits = 0
        for value in values:
            bits |= self.has((kind, value))
        return bits

    def values(self, kind: str) -> Mapping[str, Members]:
        """Every value of a kind with its products."""
        return self._values.get(kind, {})

    def kinds(self, prefix: str) -> list[str]:
        """The kinds that begin so."""
        return sorted(kind for kind in self._values if kind.startswith(prefix))

    def rated_at_least(self, tenths: int) -> int:
        """The products whose average reaches a bound. One without reviews reaches none but zero."""
        if tenths <= 0:
            return self.all
        return self.any_of("tenths", map(str, range(tenths, RATING_TENTHS_MAX + 1)))

    def offering(self, options: Mapping[str, Sequence[str]], *, within: int, in_stock: bool) -> int:
        """Those of a set of which one single variant has a value of each name, and is in stock where that is asked."""
        kind = "stocked" if in_stock else "option"
        bits = within
        for name, values in options.items():
            bits &= self.any_of(f"{kind} {name}", values)
        if len(options) < 2:
            return bits
        # Where every combination exists, values that exist meet somewhere. Of the others each two must meet in one
        # variant; only where more than two are asked for does that not settle it.
        sure = bits & self.has(WHOLE_IN_STOCK if in_stock else WHOLE)
        rows: list[list[OptionValue]] = [[(name, value) for value in values] for name, values in options.items()]
        unsure = bits & ~sure
        for one, other in combinations(rows, 2):
            pairs = (_pair(left, right) for left, right in product(one, other))
            unsure &= self.any_of(MEET_IN_STOCK if in_stock else MEET, pairs)
        if len(rows) > 2:
            fitting = [slot for slot in slots_of(unsure) if self.entry(slot).offers(rows, in_stock=in_stock)]
            unsure = mask_of(fitting)
        return sure | unsure

    def first(self, sort: Sort, bits: int, limit: int, after: SortKey | None = None) -> list[int]:
        """The first slots of a set in an order, after a key of it."""
        if bits.bit_count() <= SCAN_MAX:
            keyed = ((self.entry(slot).sort_key(sort), slot) for slot in slots_of(bits))
            return [slot for _, slot in nsmallest(limit, (one for one in keyed if after is None or one[0] > after))]
        order = self._orders[sort]
        start = 0 if after is None else bisect_right(order, after, key=lambda slot: self.entry(slot).sort_key(sort))
        rest = order[start:]
        if bits == self.all:
            return list(rest[:limit])
        flags = flags_of(bits).ljust(len(self.entries), b"\0")
        return list(islice(compress(rest, map(flags.__getitem__, rest)), limit))

    def _slot(self, product_id: ProductId) -> int:
        slot = self.slots.get(product_id)
        if slot is None:
            if self._free:
                slot = self._free.pop()
            else:
                slot = len(self.entries)
                self.entries.append(None)
            self.slots[product_id] = slot
        return slot

    def _count(self, stale: Mapping[int, Entry], taken: Mapping[int, Entry]) -> None:
        gained: defaultdict[Place, list[int]] = defaultdict(list)
        lost: defaultdict[Place, list[int]] = defaultdict(list)
        for slot in {**stale, **taken}:
            now = set(_places(taken[slot])) if slot in taken else set()
            before = set(_places(stale[slot])) if slot in stale else set()
            for place in now - before:
                gained[place].append(slot)
            for place in before - now:
                lost[place].append(slot)
        for (kind, value), slots in lost.items():
            self._values[kind][value].discard(slots)
        for (kind, value), slots in gained.items():
            self._values.setdefault(kind, {}).setdefault(value, Members()).add(slots)
        for kind, value in lost:
            if not self._values[kind][value]:
                del self._values[kind][value]
                if not self._values[kind]:
                    del self._values[kind]

    def _unorder(self, stale: Mapping[int, Entry], taken: Mapping[int, Entry]) -> None:
        for sort, order in self._orders.items():
            for slot, entry in stale.items():
                key = entry.sort_key(sort)
                if slot not in taken or taken[slot].sort_key(sort) != key:
                    del order[bisect_left(order, key, key=lambda at: self.entry(at).sort_key(sort))]

    def _order(self, stale: Mapping[int, Entry], taken: Mapping[int, Entry]) -> None:
        for sort, order in self._orders.items():
            for slot, entry in taken.items():
                key = entry.sort_key(sort)
                if slot not in stale or stale[slot].sort_key(sort) != key:
                    order.insert(bisect_left(order, key, key=lambda at: self.entry(at).sort_key(sort)), slot)

    def sort(self) -> None:
        """Every order anew."""
        for sort in self._orders:
            slots = sorted(self.slots.values(), key=lambda slot: self.entry(slot).sort_key(sort))
            self._orders[sort] = array("I", slots)


def _places(entry: Entry) -> Iterator[Place]:
    yield "brand", entry.brand
    yield "words", str(entry.name_words)
    for slug in entry.categories:
        yield "category", slug
    for tag in entry.tags:
        yield "tag", tag
    if entry.rating_tenths is not None:
        yield "tenths", str(entry.rating_tenths)
    shape, stock = entry.shape, entry.stock
    for (name, value), mask in shape.masks.items():
        yield f"option {name}", value
        if mask & stock:
            yield f"stocked {name}", value
    if shape.whole(-1):
        yield WHOLE
    else:
        yield from _meeting(MEET, shape.variants)
    if stock:
        yield IN_STOCK
        if shape.whole(stock):
            yield WHOLE_IN_STOCK
        else:
            yield from _meeting(MEET_IN_STOCK, compress(shape.variants, flags_of(stock)))


def _meeting(kind: str, variants: Iterable[frozenset[OptionValue]]) -> Iterator[Place]:
    for variant in variants:
        for one, other in combinations(variant, 2):
            yield kind, _pair(one, other)


def _pair(one: OptionValue, other: OptionValue) -> str:
    return repr((one, other) if one < other else (other, one))
