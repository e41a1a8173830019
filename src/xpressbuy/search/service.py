"""The search: lists, suggestions, related products and the home page's rows, all from memory, fed by the catalogue.

`ListQuery -> ListPage` is the interface; the engine behind it is `model.index`. It never calls the table.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from xpressbuy.catalog.model import Category, Product
from xpressbuy.catalog.service import Catalog
from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model import words
from xpressbuy.search.model.entry import Entry, SortKey, Texts, shape_of
from xpressbuy.search.model.index import Document, Index
from xpressbuy.search.model.query import Facets, Filters, ListQuery, Sort
from xpressbuy.search.model.synonyms import SynonymTable
from xpressbuy.table.cursor import Cursors, Position

EDIT_TAG = "edit"
EDIT_PRODUCTS = 3
ROW_PRODUCTS = 12
RELATED_PRODUCTS = 8
NEAR_PRODUCTS = 8
SUGGESTED_PRODUCTS = 6
SUGGESTED_CATEGORIES = 4
SUGGESTED_QUERIES = 6
DERIVED_MAX = 5_000
"""Derived answers kept until the index changes; one per product page and a few more."""
T = TypeVar("T")


class Listed(NamedTuple):
    """A product of a list and whether any of it can be bought now."""

    product: Product
    in_stock: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page. `total` counts the whole list; `facets` only where they were asked for.

    `near` is what comes near the words of a list that has nothing: its words without its filters, else some of them.
    """

    items: Sequence[Listed]
    total: int
    next_cursor: str | None
    facets: Facets | None = None
    near: Sequence[Listed] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a few typed letters may become."""

    products: Sequence[Product]
    categories: Sequence[Category]
    queries: Sequence[str]


@dataclass(frozen=True, slots=True)
class EditWords:
    """The opening of the home page: a short title and a sentence."""

    title: str = "The edit"
    text: str = "Three things we would pick first right now."


@dataclass(frozen=True, slots=True)
class HomeRows:
    """The home page's rows. `edit` are the products that the shop puts first, `words` what it says of them."""

    words: EditWords
    edit: Sequence[Listed]
    categories: Sequence[Category]
    newest: Sequence[Listed]
    best_selling: Sequence[Listed]


class Search:
    """One instance a process. Everything is answered from what `start` and the catalogue's changes have put in."""

    def __init__(
        self,
        catalog: Catalog,
        cursors: Cursors,
        words: EditWords | None = None,
        synonyms: SynonymTable | None = None,
    ) -> None:
        self._words = words or EditWords()
        self._catalog = catalog
        self._cursors = cursors
        self._synonyms = synonyms or SynonymTable()
        self._index = Index(self._synonyms)
        self._paths: Mapping[str, Sequence[str]] = {}
        self._missed: dict[ProductId, None] | None = None
        self._derived: dict[object, object] = {}
        self._derived_at: tuple[int, Sequence[Category]] = (-1, ())

    def start(self) -> None:
        """Follow the catalogue from now on; it tells at once of what it holds already."""
        self._catalog.subscribe(self._follow)

    async def rebuild(self) -> None:
        """A new index from the catalogue in place of the one that answers meanwhile.

        One at a time: a second call does nothing. What changes while it is built goes into both.
        """
        if self._missed is not None:
            return
        self._missed = {}
        try:
            fresh = Index(self._synonyms)
            known = [product.id for product in self._catalog.products()]
            await asyncio.to_thread(self._put, fresh, known)
            self._put(fresh, self._missed)
            fresh.follow_on(self._index)
            self._index = fresh
        finally:
            self._missed = None

    def use_synonyms(self, groups: Iterable[Sequence[str]]) -> None:
        """The operator's groups of words that mean the same, from now on in place of those that came with the shop."""
        self._synonyms = SynonymTable(groups)
        self._index.use_synonyms(self._synonyms)

    def list_products(self, query: ListQuery) -> ListPage:
        """One page of a list. Malformed (`bad_cursor`) if the cursor belongs to another list."""
        after = self._opened(query)
        tree = self._tree()
        found = self._index.find(query.filters, query.sort, tree, limit=query.limit, after=after)
        facets = self._index.facets(query.filters, tree) if query.facets else None
        next_cursor = None if found.last is None else self._cursors.seal(_position(found.last), query.scope)
        near = () if found.total or not query.filters.q else self._near(query.filters.q)
        return ListPage(self._listed(found.ids), found.total, next_cursor, facets, near)

    def suggest(self, text: str) -> Suggestions:
        """Products, categories and whole queries for what is typed so far; one typing error in a word is forgiven."""
        terms = words.terms(text)
        if not terms:
            return Suggestions((), (), ())
        found = self._index.find(Filters(q=text), Sort.RELEVANCE, {}, limit=SUGGESTED_PRODUCTS)
        products = [listed.product for listed in self._listed(found.ids)]
        categories = [one for one in self._catalog.categories() if _names(one.name, terms)]
        counts = self.category_counts()
        shown = sorted((one for one in categories if counts.get(one.slug)), key=lambda one: -counts[one.slug])
        names = [*(one.name for one in shown), *(one.name for one in products)]
        queries = dict.fromkeys(map(words.fold, names))
        return Suggestions(products, shown[:SUGGESTED_CATEGORIES], list(queries)[:SUGGESTED_QUERIES])

    def related(self, product_id: ProductId) -> Sequence[Listed]:
        """Products like this one, those that can be bought first."""
        ids = self._derive(("related", product_id), lambda: self._index.alike(product_id, RELATED_PRODUCTS))
        return self._listed(ids)

    def home(self) -> HomeRows:
        """The rows of the home page."""
        chosen = self._index.first(Sort.NEWEST, EDIT_PRODUCTS, tag=EDIT_TAG)
        best = self._row(Sort.BEST_SELLING)
        top = [one for one in self._catalog.categories() if one.parent is None and self.category_counts().get(one.slug)]
        return HomeRows(
            words=self._words,
            edit=self._listed(chosen) or best[:EDIT_PRODUCTS],
            categories=top,
            newest=self._row(Sort.NEWEST),
            best_selling=best,
        )

    def category_counts(self) -> Mapping[str, int]:
        """Visible products of each category's whole subtree."""
        return self._derive("counts", lambda: self._index.category_counts(self._tree()))

    def _near(self, text: str) -> list[Listed]:
        unfiltered = self._index.find(Filters(q=text), Sort.RELEVANCE, {}, limit=NEAR_PRODUCTS)
        return self._listed(unfiltered.ids or self._index.find_near(text, NEAR_PRODUCTS))

    def _row(self, sort: Sort) -> list[Listed]:
        return self._listed(self._index.first(sort, ROW_PRODUCTS))

    def _follow(self, product_ids: Sequence[ProductId]) -> None:
        paths = paths_of(self._catalog.categories())
        changed = dict.fromkeys(product_ids)
        if paths != self._paths:
            # A product is found by the names of its categories and those above: a renamed one touches all of theirs.
            renamed = {slug for slug in {*paths, *self._paths} if paths.get(slug) != self._paths.get(slug)}
            self._paths = paths
            touched = (one for one in self._catalog.products() if not renamed.isdisjoint(one.categories))
            changed |= dict.fromkeys(product.id for product in touched)
        if self._missed is not None:
            self._missed |= changed
        self._put(self._index, changed)

    def _put(self, index: Index, product_ids: Collection[ProductId]) -> None:
        gone = [key for key in product_ids if not self._shown(key)]
        index.change(self._documents(product_ids), gone)

    def _documents(self, product_ids: Iterable[ProductId]) -> Iterator[Document]:
        for key in product_ids:
            product = self._catalog.product(key)
            if product is not None and product.visible:
                yield document_of(product, self._paths, self._sold_out(product))

    def _shown(self, product_id: ProductId) -> bool:
        product = self._catalog.product(product_id)
        return product is not None and product.visible

    def _sold_out(self, product: Product) -> frozenset[str]:
        stocks = ((variant.sku, self._catalog.known_stock(variant.sku)) for variant in product.variants)
        return frozenset(sku for sku, stock in stocks if stock is not None and not stock.in_stock)

    def _listed(self, ids: Sequence[ProductId]) -> list[Listed]:
        # A product may have been hidden a moment ago and not be out of the index yet; it is left out here.
        listed = []
        for key in ids:
            product, entry = self._catalog.product(key), self._index.entry(key)
            if product is not None and entry is not None and product.visible:
                listed.append(Listed(product, entry.in_stock))
        return listed

    def _opened(self, query: ListQuery) -> SortKey | None:
        if query.cursor is None:
            return None
        position = self._cursors.open(query.cursor, query.scope)
        # The seal holds: whatever opens was made by `_position` for this very list.
        return tuple(part for _, part in sorted(position.items()) if isinstance(part, (int, str)))

    def _tree(self) -> Mapping[str, Collection[str]]:
        return self._derive("tree", lambda: subtrees(self._catalog.categories()))

    def _derive(self, name: object, make: Callable[[], T]) -> T:
        """Kept until the index or the categories change."""
        now = (self._index.generation, self._catalog.categories())
        if self._derived_at != now or len(self._derived) >= DERIVED_MAX:
            self._derived, self._derived_at = {}, now
        if name not in self._derived:
            self._derived[name] = make()
        return self._derived[name]  # type: ignore[return-value]


def document_of(product: Product, paths: Mapping[str, Sequence[str]], sold_out: Collection[str]) -> Document:
    """What the index reads of a product. SKUs in `sold_out` cannot be bought; of the others there is enough.

    `paths` has the names of each category and of those above it, by slug.
    """
    rating = product.rating
    texts = Texts(
        name=product.name,
        brand=product.brand,
        categories=tuple(dict.fromkeys(name for slug in product.categories for name in paths.get(slug, ()))),
        tags=tuple(tag for tag in product.tags if tag != EDIT_TAG),
        options=tuple(dict.fromkeys(value for variant in product.variants for value in variant.options.values())),
        body=(product.description, *product.details),
    )
    bought = [variant.sellable and variant.sku not in sold_out for variant in product.variants]
    entry = Entry(
        id=product.id,
        price=product.cheapest.price.amount,
        created_ms=int(product.created_at.timestamp() * 1000),
        rating_sum=sum(stars * many for stars, many in enumerate(rating.histogram, 1)),
        rating_count=rating.count,
        sold=product.sold_count,
        brand=product.brand,
        categories=product.categories,
        tags=product.tags,
        shape=shape_of(tuple(frozenset(variant.options.items()) for variant in product.variants)),
        stock=sum(offered << at for at, offered in enumerate(bought)),
        digest=hash(texts),
        name_words=len(words.terms(product.name)),
    )
    return Document(entry, texts)


def paths_of(categories: Sequence[Category]) -> Mapping[str, Sequence[str]]:
    """The names of each category and of those above it, by slug. A loop in the data ends where it began."""
    known = {one.slug: one for one in categories}
    paths: dict[str, Sequence[str]] = {}
    for slug in known:
        names: dict[str, str] = {}
        at: str | None = slug
        while at is not None and at in known and at not in names:
            names[at] = known[at].name
            at = known[at].parent
        paths[slug] = tuple(names.values())
    return paths


def subtrees(categories: Sequence[Category]) -> Mapping[str, Collection[str]]:
    """Each slug with the slugs below it, itself included. A loop in the data ends where it began."""
    children: dict[str | None, list[str]] = {}
    for one in categories:
        children.setdefault(one.parent, []).append(one.slug)
    trees: dict[str, Collection[str]] = {}
    for one in categories:
        seen = {one.slug: None}
        waiting = [one.slug]
        while waiting:
            for below in children.get(waiting.pop(), ()):
                if below not in seen:
                    seen[below] = None
                    waiting.append(below)
        trees[one.slug] = tuple(seen)
    return trees


def _names(name: str, terms: Sequence[str]) -> bool:
    known = words.words(name)
    return all(any(_begins(word, term) for word in known) for term in terms)


def _begins(word: str, term: str) -> bool:
    return word.startswith(term) or (len(term) >= words.TYPO_LENGTH_MIN and words.nearly_begins(word, term))


def _position(key: SortKey) -> Position:
    return {str(at): part for at, part in enumerate(key)}
