"""Lists on the wire: reading a query string into a `ListQuery`, and lists, suggestions and home rows as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from xpressbuy.catalog.schemas import Category, Image, ProductCard
from xpressbuy.http.money import Money
from xpressbuy.http.parameters import VALUE_LENGTH_MAX, VALUES_MAX, Pairs, Parameters
from xpressbuy.http.strict import AnswerModel
from xpressbuy.kit.money import AMOUNT_MAX
from xpressbuy.kit.page import LIMIT_DEFAULT, LIMIT_MAX
from xpressbuy.search.model import query as model
from xpressbuy.search.model.query import (
    OPTIONS_MAX,
    QUERY_LENGTH_MAX,
    RATING_TENTHS_MAX,
    Filters,
    ListQuery,
    Sort,
)
from xpressbuy.search.service import HomeRows, Listed, ListPage, Search, Suggestions
from xpressbuy.table.cursor import CURSOR_LENGTH_MAX

OPTION_PREFIX = "option."
OPTION_NAME_LENGTH_MAX = 60


class FacetValue(AnswerModel):
    """A value of a filter and how many products it would leave."""

    value: str
    count: int


class PriceBucket(AnswerModel):
    """Products priced from `min` to `max`, both included, in minor units as `price_min` and `price_max` take them."""

    min: int
    max: int
    count: int


class PriceFacet(AnswerModel):
    """Least and greatest price, in minor units, and round steps between."""

    min: int
    max: int
    buckets: list[PriceBucket]


class Facets(AnswerModel):
    """What the list could be narrowed to. Each part ignores its own filter. `rating` counts at least so many stars."""

    category: list[FacetValue]
    option: dict[str, list[FacetValue]]
    brand: list[FacetValue]
    price: PriceFacet | None
    rating: list[FacetValue]

    @classmethod
    def of(cls, facets: model.Facets) -> Facets:
        """From the engine's."""
        price = facets.price
        return cls(
            category=_values(facets.categories),
            option={name: _values(values) for name, values in facets.options.items()},
            brand=_values(facets.brands),
            price=price
            and PriceFacet(
                min=price.low,
                max=price.high,
                buckets=[PriceBucket(min=one.low, max=one.high, count=one.count) for one in price.buckets],
            ),
            rating=_values(facets.ratings),
        )


class ProductList(AnswerModel):
    """One page of a list; `total` counts the whole list."""

    items: list[ProductCard]
    next_cursor: str | None
    total: int
    facets: Facets | None = Field(None, description="Only where `facets=true` asked for it.")
    near: list[ProductCard] | None = Field(
        None, description="Only where words find nothing: what comes near them, without the other filters."
    )


class SuggestedProduct(AnswerModel):
    """A product while typing."""

    slug: str
    name: str
    image: Image
    price: Money


class SuggestedCategory(AnswerModel):
    """A category while typing."""

    slug: str
    name: str


class SuggestionList(AnswerModel):
    """What a few typed letters may become."""

    products: list[SuggestedProduct]
    categories: list[SuggestedCategory]
    queries: list[str]


class HomeEdit(AnswerModel):
    """What the shop puts first."""

    title: str
    text: str
    products: list[ProductCard]


class Home(AnswerModel):
    """The home page's rows."""

    edit: HomeEdit
    categories: list[Category]
    newest: list[ProductCard]
    best_selling: list[ProductCard]


class SearchAnswers:
    """Puts answers together, for the API and for the pages that carry the same answers inside."""

    def __init__(self, search: Search, images_url: str) -> None:
        self._search = search
        self._images_url = images_url

    def products(self, query: ListQuery) -> ProductList:
        """One page of a list."""
        return self._list(self._search.list_products(query))

    def suggestions(self, text: str) -> SuggestionList:
        """While typing."""
        return self._suggestions(self._search.suggest(text))

    def home(self) -> Home:
        """The home page's rows."""
        return self._home(self._search.home(), self._search.category_counts())

    def _cards(self, listed: Sequence[Listed]) -> list[ProductCard]:
        return [ProductCard.of(one.product, self._images_url, in_stock=one.in_stock) for one in listed]

    def _list(self, page: ListPage) -> ProductList:
        known = {"items": self._cards(page.items), "next_cursor": page.next_cursor, "total": page.total}
        facets = {"facets": Facets.of(page.facets)} if page.facets else {}
        near = {"near": self._cards(page.near)} if page.near else {}
        return ProductList(**known, **facets, **near)

    def _suggestions(self, found: Suggestions) -> SuggestionList:
        cards = self._cards([Listed(product, in_stock=True) for product in found.products])
        return SuggestionList(
            products=[
                SuggestedProduct(slug=card.slug, name=card.name, image=card.image, price=card.price) for card in cards
            ],
            categories=[SuggestedCategory(slug=one.slug, name=one.name) for one in found.categories],
            queries=list(found.queries),
        )

    def _home(self, rows: HomeRows, counts: Mapping[str, int]) -> Home:
        return Home(
            edit=HomeEdit(title=rows.words.title, text=rows.words.text, products=self._cards(rows.edit)),
            categories=[Category.of(one, counts.get(one.slug, 0), self._images_url) for one in rows.categories],
            newest=self._cards(rows.newest),
            best_selling=self._cards(rows.best_selling),
        )


def list_query(pairs: Pairs) -> ListQuery:
    """Reads the parameters of a list. Invalid (`invalid`) names each that is unknown, repeated or out of bounds."""
    reading = Parameters(pairs)
    filters = Filters(
        q=reading.text("q", QUERY_LENGTH_MAX) or "",
        category=reading.text("category", VALUE_LENGTH_MAX),
        price_min=reading.whole("price_min", 0, AMOUNT_MAX),
        price_max=reading.whole("price_max", 0, AMOUNT_MAX),
        rating_min_tenths=reading.tenths("rating_min", RATING_TENTHS_MAX),
        in_stock=reading.flag("in_stock"),
        options=_options(reading),
        brands=reading.several("brand"),
        tags=reading.several("tag"),
    )
    limit = reading.whole("limit", 1, LIMIT_MAX)
    query = ListQuery(
        filters=filters,
        sort=reading.one_of("sort", Sort) or Sort.RELEVANCE,
        limit=LIMIT_DEFAULT if limit is None else limit,
        cursor=reading.text("cursor", CURSOR_LENGTH_MAX),
        facets=reading.flag("facets"),
    )
    reading.finish()
    return query


def suggestion_text(pairs: Pairs) -> str:
    """What is typed so far: `q` and nothing else."""
    reading = Parameters(pairs)
    text = reading.text("q", QUERY_LENGTH_MAX) or ""
    reading.finish()
    return text


def _options(reading: Parameters) -> dict[str, tuple[str, ...]]:
    names = reading.names(OPTION_PREFIX)
    found = {name[len(OPTION_PREFIX) :]: reading.several(name, shown="option") for name in names}
    if len(names) > OPTIONS_MAX or any(not name or len(name) > OPTION_NAME_LENGTH_MAX for name in found):
        reading.refuse("option", "out_of_bounds", f"A list takes at most {OPTIONS_MAX} short option names.")
    return {name: values for name, values in found.items() if values}


def _values(counted: Sequence[model.Counted]) -> list[FacetValue]:
    return [FacetValue(value=one.value, count=one.count) for one in counted]


def _parameter(name: str, schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": dict(schema), "description": description}


_SHORT = {"type": "string", "minLength": 1, "maxLength": VALUE_LENGTH_MAX}
_SEVERAL = {"type": "array", "items": _SHORT, "maxItems": VALUES_MAX}
_PRICE = {"type": "integer", "minimum": 0, "maximum": AMOUNT_MAX}

LIST_PARAMETERS: Sequence[Mapping[str, Any]] = (
    _parameter("q", {"type": "string", "maxLength": QUERY_LENGTH_MAX}, "Words; all of them must be found."),
    _parameter("category", _SHORT, "Slug of a category; its whole subtree counts."),
    _parameter("price_min", _PRICE, "In minor units."),
    _parameter("price_max", _PRICE, "In minor units."),
    _parameter(
        "rating_min", {"type": "number", "minimum": 0, "maximum": 5, "multipleOf": 0.1}, "At least this average."
    ),
    _parameter("in_stock", {"type": "boolean"}, "True leaves out what is sold out."),
    _parameter(
        "option.Colour", _SEVERAL, "Any option's name may stand after the dot; several values mean any of them."
    ),
    _parameter("option.Size", _SEVERAL, "As above; several options must all fit one variant."),
    _parameter("brand", _SEVERAL, "Several values mean any of them."),
    _parameter("tag", _SEVERAL, "Several values mean any of them."),
    _parameter("sort", {"type": "string", "enum": [sort.value for sort in Sort]}, "`relevance` if not said."),
    _parameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT}, "Items a page."
    ),
    _parameter("cursor", {"type": "string", "maxLength": CURSOR_LENGTH_MAX}, "`next_cursor` of the page before."),
    _parameter("facets", {"type": "boolean"}, "True adds `facets`."),
)
SUGGEST_PARAMETERS: Sequence[Mapping[str, Any]] = (LIST_PARAMETERS[0],)
