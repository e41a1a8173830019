"""The search: lists, suggestions, related products and the home page's rows, all from memory, fed by the catalogue.

`ListQuery -> ListPage` is the interface; the engine behind it is `model.index` and may be replaced. It never calls the
table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from xpressbuy.catalog.model import Category, Product
from xpressbuy.catalog.service import Catalog
from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model import words
from xpressbuy.search.model.entry import (
    BRAND_WEIGHT,
    CATEGORY_WEIGHT,
    DESCRIPTION_WEIGHT,
    NAME_WEIGHT,
    OPTION_WEIGHT,
    TAG_WEIGHT,
    Entry,
    EntryVariant,
    SortKey,
)
from xpressbuy.search.model.index import Index
from xpressbuy.search.model.query import Facets, Filters, ListQuery, Sort
from xpressbuy.table.cursor import Cursors, Position

EDIT_TAG = "edit"
EDIT_PRODUCTS = 3
ROW_PRODUCTS = 12
RELATED_PRODUCTS = 8
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
    """One page. `total` counts the whole list; `facets` only where they were asked for."""

    items: Sequence[Listed]
    total: int
    next_cursor: str | None
    facets: Facets | None = None


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

    def __init__(self, catalog: Catalog, cursors: Cursors, words: EditWords | None = None) -> None:
        self._words = words or EditWords()
        self._catalog = catalog
        self._cursors = cursors
        self._index = Index()
        self._category_names: Mapping[str, str] = {}
        self._derived: dict[object, object] = {}
        self._derived_at: tuple[int, Sequence[Category]] = (-1, ())

    def start(self) -> None:
        """Follow the catalogue from now on; it tells at once of what it holds already."""
        self._catalog.subscribe(self._follow)

    def list_products(self, query: ListQuery) -> ListPage:
        """One page of a list. Malformed (`bad_cursor`) if the cursor belongs to another list."""
        after = self._opened(query)
        tree = self._tree()
        found = self._index.find(query.filters, query.sort, tree, limit=query.limit, after=after)
        facets = self._index.facets(query.filters, tree) if query.facets else None
        next_cursor = None if found.last is None else self._cursors.seal(_position(found.last), query.scope)
        return ListPage(self._listed(found.ids), found.total, next_cursor, facets)

    def suggest(self, text: str) -> Suggestions:
        """Products, categories and whole queries for what is typed so far; one typing error in a word is forgiven."""
        scores = self._index.scores(text)
        ranked = sorted(scores, key=lambda key: self._rank(key, scores[key]))[:SUGGESTED_PRODUCTS]
        products = [listed.product for listed in self._listed(ranked)]
        terms = words.terms(text)
        categories = [one for one in self._catalog.categories() if terms and _names(one.name, terms, self._index)]
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
        chosen = self._index.first(Sort.NEWEST, self._index.tagged(EDIT_TAG), EDIT_PRODUCTS)
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
        return self._derive(
            "counts",
            lambda: {slug: len(self._index.in_category(subtree)) for slug, subtree in self._tree().items()},
        )

    def _row(self, sort: Sort) -> list[Listed]:
        found = self._index.find(Filters(), sort, {}, limit=ROW_PRODUCTS)
        return self._listed(found.ids)

    def _follow(self, product_ids: Sequence[ProductId]) -> None:
        names = {one.slug: one.name for one in self._catalog.categories()}
        changed = dict.fromkeys(product_ids)
        if names != self._category_names:
            # A product is found by its categories' names, so a renamed one touches all of its products.
            self._category_names = names
            changed |= dict.fromkeys(product.id for product in self._catalog.products())
        products = {key: self._catalog.product(key) for key in changed}
        shown = {key: product for key, product in products.items() if product is not None and product.visible}
        entries = [entry_of(product, names, self._sold_out(product)) for product in shown.values()]
        self._index.change(entries, [key for key in products if key not in shown])

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

    def _rank(self, product_id: ProductId, score: int) -> SortKey:
        entry = self._index.entry(product_id)
        assert entry is not None
        return entry.sort_key(Sort.RELEVANCE, score)

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


def entry_of(product: Product, category_names: Mapping[str, str], sold_out: Collection[str]) -> Entry:
    """What the index keeps of a product. SKUs in `sold_out` cannot be bought; of the others there is enough."""
    rating = product.rating
    return Entry(
        id=product.id,
        name=product.name,
        price=product.cheapest.price.amount,
        created_ms=int(product.created_at.timestamp() * 1000),
        rating_sum=sum(stars * many for stars, many in enumerate(rating.histogram, 1)),
        rating_count=rating.count,
        sold=product.sold_count,
        brand=product.brand,
        categories=frozenset(product.categories),
        tags=frozenset(product.tags),
        variants=tuple(
            EntryVariant(frozenset(variant.options.items()), variant.sellable and variant.sku not in sold_out)
            for variant in product.variants
        ),
        weights=_weights(product, category_names),
    )


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


def _weights(product: Product, category_names: Mapping[str, str]) -> dict[str, int]:
    """Each word with the weight of the best place where it stands."""
    values = [value for variant in product.variants for value in variant.options.values()]
    categories = [category_names.get(slug, "") for slug in product.categories]
    places = (
        (DESCRIPTION_WEIGHT, [product.description, *product.details]),
        (OPTION_WEIGHT, values),
        (TAG_WEIGHT, [tag for tag in product.tags if tag != EDIT_TAG]),
        (CATEGORY_WEIGHT, categories),
        (BRAND_WEIGHT, [product.brand]),
        (NAME_WEIGHT, [product.name]),
    )
    weights: dict[str, int] = {}
    for weight, texts in places:
        for text in dict.fromkeys(texts):
            weights.update(dict.fromkeys(words.words(text), weight))
    return weights


def _names(name: str, terms: Sequence[str], index: Index) -> bool:
    known = words.words(name)
    return all(any(word.startswith(term) or word == index.correction(term) for word in known) for term in terms)


def _position(key: SortKey) -> Position:
    return {str(at): part for at, part in enumerate(key)}
