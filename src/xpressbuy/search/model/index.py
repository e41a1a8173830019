"""The engine: every visible product in memory. tantivy tells who holds which words, columns tell everything else.

`change` keeps it up, `find` answers one page. Pure: no catalogue, no clock, no cursor's seal.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model.bits import add_up
from xpressbuy.search.model.columns import IN_STOCK, Columns
from xpressbuy.search.model.entry import Entry, SortKey, Texts
from xpressbuy.search.model.facets import count_facets, subtree_bits
from xpressbuy.search.model.query import Facets, Filters, Sort
from xpressbuy.search.model.synonyms import SynonymTable
from xpressbuy.search.model.text import Scored, TextIndex

PART = 2_000
"""So many products' texts are held at a time; more are taken in parts, sorted and committed once."""
KEPT_TEXTS_MAX = 64
"""Texts whose products are kept until a change, for the next pages, their facets and who else types the same."""
CATEGORY_SHARE, TAG_SHARE = 2, 1
"""How much a category and a tag in common make two products alike."""
Tree = Mapping[str, Collection[str]]
"""A category's slug to the slugs of its whole subtree, itself included."""


class Document(NamedTuple):
    """A product for the index: what is kept of it and what is only read."""

    entry: Entry
    texts: Texts


@dataclass(frozen=True, slots=True)
class Found:
    """One page's ids, how many the whole list has, and where the next page begins (after this key)."""

    ids: Sequence[ProductId]
    total: int
    last: SortKey | None


class Index:
    """See the module. `generation` grows with every real change: what was derived from it can be kept until then."""

    def __init__(self, synonyms: SynonymTable | None = None) -> None:
        self._columns = Columns()
        self._text = TextIndex()
        self._synonyms = synonyms or SynonymTable()
        self._scored: OrderedDict[tuple[str, bool], Scored] = OrderedDict()
        self._below: tuple[int, Tree, dict[str, int]] = (-1, {}, {})
        self.generation = 0

    def __len__(self) -> int:
        return len(self._columns)

    def entry(self, product_id: ProductId) -> Entry | None:
        """What is kept of a product, None if it is not visible."""
        slot = self._columns.slots.get(product_id)
        return None if slot is None else self._columns.entry(slot)

    def follow_on(self, former: Index) -> None:
        """Take another's place: what was derived from that one is not taken for this one's."""
        self.generation += former.generation

    def use_synonyms(self, synonyms: SynonymTable) -> None:
        """Other words for words from now on."""
        self._synonyms = synonyms
        self._scored.clear()
        self.generation += 1

    def change(self, documents: Iterable[Document], gone: Iterable[ProductId] = ()) -> None:
        """Take products in or over, and take those that are gone out. Seen at once and whole; equal ones cost nothing.

        Words go to tantivy only where they differ, so that a price, a sale or a rating needs no commit.
        """
        given = iter(documents)
        part = list(islice(given, PART))
        if len(part) < PART:
            if self._change(part, gone):
                self._text.commit()
            return
        try:
            while part:
                self._change(part, (), unsorted=True)
                part = list(islice(given, PART))
            self._change((), gone, unsorted=True)
        finally:
            self._columns.sort()
            self._text.commit()

    def _change(self, documents: Iterable[Document], gone: Iterable[ProductId], *, unsorted: bool = False) -> bool:
        """Whether words changed, which are seen after a commit only."""
        fresh: dict[ProductId, Entry] = {}
        reworded: dict[ProductId, Texts] = {}
        for document in documents:
            entry, former = document.entry, self.entry(document.entry.id)
            if entry != former:
                fresh[entry.id] = entry
                if former is None or former.digest != entry.digest:
                    reworded[entry.id] = document.texts
        rewritten = [slot for key in reworded if (slot := self._columns.slots.get(key)) is not None]
        leaving = {key: slot for key in gone if (slot := self._columns.slots.get(key)) is not None and key not in fresh}
        if not fresh and not leaving:
            return False
        self.generation += 1
        self._columns.change(fresh, leaving, unsorted=unsorted)
        for slot in (*leaving.values(), *rewritten):
            self._text.remove(slot)
        for key, texts in reworded.items():
            self._text.add(self._columns.slots[key], texts)
        if leaving or reworded:
            self._scored.clear()
        return bool(leaving or reworded)

    def find(self, filters: Filters, sort: Sort, tree: Tree, *, limit: int, after: SortKey | None = None) -> Found:
        """One page after a key. `limit` ids at most; `last` is None when there is no more."""
        scored = self._search(filters.q) if filters.q else None
        bits = self._matching(filters, tree, scored)
        if scored is not None and sort is Sort.RELEVANCE:
            page = self._best(scored, bits, limit + 1, after)
        else:
            page = [(slot, 0) for slot in self._columns.first(sort, bits, limit + 1, after)]
        entries = [(self._columns.entry(slot), score) for slot, score in page[:limit]]
        last = entries[-1][0].sort_key(sort, entries[-1][1]) if len(page) > limit else None
        return Found([entry.id for entry, _ in entries], bits.bit_count(), last)

    def find_near(self, query: str, limit: int) -> list[ProductId]:
        """Products that hold some of the words, or nearly: for a text that finds nothing."""
        scored = self._search(query, near=True)
        return self._ids(slot for slot, _ in self._best(scored, scored.bits, limit, None))

    def facets(self, filters: Filters, tree: Tree) -> Facets:
        """What the list could be narrowed to; each part counted without its own filter."""
        scored = self._search(filters.q) if filters.q else None

        def without(name: str) -> int:
            return self._matching(filters, tree, scored, without=name)

        return count_facets(self._columns, filters, self._subtrees(tree), without)

    def category_counts(self, tree: Tree) -> dict[str, int]:
        """How many products each category's whole subtree has."""
        return {slug: bits.bit_count() for slug, bits in self._subtrees(tree).items()}

    def first(self, sort: Sort, limit: int, *, tag: str | None = None) -> list[ProductId]:
        """The first in an order, of all products or of those with a tag."""
        bits = self._columns.all if tag is None else self._columns.has(("tag", tag))
        return self._ids(self._columns.first(sort, bits, limit))

    def alike(self, product_id: ProductId, limit: int) -> list[ProductId]:
        """Products that share most categories and tags with one: what can be bought first, then what sells."""
        columns = self._columns
        slot = columns.slots.get(product_id)
        if slot is None:
            return []
        own = columns.entry(slot)
        shares = [(columns.has(("category", slug)), CATEGORY_SHARE) for slug in own.categories]
        shares += [(columns.has(("tag", tag)), TAG_SHARE) for tag in own.tags]
        levels = add_up((bits & ~(1 << slot), share) for bits, share in shares)
        in_stock = columns.has(IN_STOCK)
        found: list[int] = []
        for part in (in_stock, columns.all & ~in_stock):
            for _, bits in levels:
                if len(found) < limit:
                    found += columns.first(Sort.BEST_SELLING, bits & part, limit - len(found))
        return self._ids(found)

    def _ids(self, slots: Iterable[int]) -> list[ProductId]:
        return [self._columns.entry(slot).id for slot in slots]

    def _search(self, query: str, *, near: bool = False) -> Scored:
        known = self._scored.get((query, near))
        if known is None:
            find = self._text.find_near if near else self._text.find
            known = self._scored[query, near] = find(query, self._synonyms.of)
            if len(self._scored) > KEPT_TEXTS_MAX:
                self._scored.popitem(last=False)
        self._scored.move_to_end((query, near))
        return known

    def _subtrees(self, tree: Tree) -> dict[str, int]:
        if self._below[0] != self.generation or self._below[1] is not tree:
            self._below = (self.generation, tree, subtree_bits(self._columns, tree))
        return self._below[2]

    def _matching(self, filters: Filters, tree: Tree, scored: Scored | None, *, without: str = "") -> int:
        """All that pass, but for the filter of one name."""
        columns = self._columns
        bits = columns.all if scored is None else scored.bits
        if filters.category is not None and without != "category":
            below = self._subtrees(tree)
            known = below.get(filters.category)
            bits &= columns.has(("category", filters.category)) if known is None else known
        if filters.brands and without != "brand":
            bits &= columns.any_of("brand", filters.brands)
        if filters.tags:
            bits &= columns.any_of("tag", filters.tags)
        if filters.rating_min_tenths is not None and without != "rating":
            bits &= columns.rated_at_least(filters.rating_min_tenths)
        if without != "price":
            if filters.price_max is not None:
                bits = columns.prices.below(bits, filters.price_max + 1)
            if filters.price_min is not None:
                bits &= ~columns.prices.below(bits, filters.price_min)
        options = {name: values for name, values in filters.options.items() if f"option {name}" != without}
        if filters.in_stock:
            bits &= columns.has(IN_STOCK)
        if options:
            bits = columns.offering(options, within=bits, in_stock=filters.in_stock)
        return bits

    def _best(self, scored: Scored, bits: int, limit: int, after: SortKey | None) -> list[tuple[int, int]]:
        """The first slots by score with their scores; a name that is nothing but the words typed leads its equals."""
        page: list[tuple[int, int]] = []
        for sunk, score, part in self._ranks(scored, bits):
            if after is not None and (sunk, -score) < after[:2]:
                continue
            begin = (sunk, 0, *after[2:]) if after is not None and (sunk, -score) == after[:2] else None
            found = self._columns.first(Sort.RELEVANCE, part, limit - len(page), begin)
            page += [(slot, score) for slot in found]
            if len(page) == limit:
                break
        return page

    def _ranks(self, scored: Scored, bits: int) -> Iterator[tuple[int, int, int]]:
        in_stock = self._columns.has(IN_STOCK)
        exact = self._columns.has(("words", str(scored.terms)))
        for sunk, part in enumerate((bits & in_stock, bits & ~in_stock)):
            for score, group in scored.groups:
                held = part & group
                if held & exact:
                    yield sunk, 2 * score + 1, held & exact
                if held & ~exact:
                    yield sunk, 2 * score, held & ~exact
