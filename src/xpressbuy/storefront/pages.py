"""What each page says of itself: title, description, canonical address, picture, structured data, first data.

Asks the same services as the API and carries the same answers; everything here is the same for every visitor.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel

from xpressbuy.catalog.model import Category, Product
from xpressbuy.catalog.schemas import CatalogAnswers, Image
from xpressbuy.catalog.service import Catalog
from xpressbuy.http.parameters import Pairs
from xpressbuy.http.shared import encode
from xpressbuy.kit.errors import ShopError, Unavailable
from xpressbuy.reviews.schemas import ReviewList
from xpressbuy.reviews.service import Reviews
from xpressbuy.search.schemas import SearchAnswers, list_query
from xpressbuy.search.service import Search
from xpressbuy.settings import Settings
from xpressbuy.storefront import structured
from xpressbuy.storefront.first_data import (
    CATEGORY_SORTS,
    REVIEW_PAGE_SIZE,
    SEARCH_SORTS,
    canonical_url,
    list_pairs,
    product_url,
    reviews_url,
    searched,
)
from xpressbuy.storefront.structured import Facts

EVERYTHING = "all"
"""The category page that shows everything; no category of the catalogue has this address."""
HOME_TITLE = "{shop} — clothes, shoes and things for the home"
HOME_DESCRIPTION = (
    "Clothes, shoes and things for the home. Sent within one working day, thirty days to change your mind."
)
# How wide the web app shows the first picture of a page. A test looks them up in its sources: with other words here the
# browser would fetch a second file.
GRID_SIZES = "(min-width: 80rem) 302px, (min-width: 64rem) 23vw, (min-width: 48rem) 30vw, 46vw"
EDIT_SIZES = "(min-width: 80rem) 232px, (min-width: 40rem) 30vw, 92vw"
GALLERY_SIZES = "(min-width: 80rem) 640px, (min-width: 64rem) 50vw, (min-width: 48rem) 88vw, 96vw"


@dataclass(frozen=True, slots=True)
class Picture:
    """The first picture of a page, to be fetched before the app asks for it."""

    href: str
    srcset: str
    sizes: str
    type: str

    @classmethod
    def of(cls, image: Image, sizes: str) -> Picture | None:
        """In the form that browsers take first; None for a panel without a file."""
        if not image.sources:
            return None
        first = image.sources[0]
        return cls(first.srcset.split(" ", 1)[0], first.srcset, sizes, first.type)


@dataclass(frozen=True, slots=True)
class ShareImage:
    """What a link to the page shows elsewhere: an absolute address."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `route` is the file of the web app's route; `answers` are the API's bytes by canonical address.

    A page that shows stock is too old at `fresh_until`; others hold until the catalogue changes.
    """

    title: str
    description: str
    route: str | None
    canonical: str | None = None
    indexed: bool = True
    kind: str = "website"
    share_image: ShareImage | None = None
    picture: Picture | None = None
    facts: Sequence[Facts] = ()
    answers: Mapping[str, bytes] = field(default_factory=dict)
    fresh_until: datetime | None = None

    @property
    def structured(self) -> list[str]:
        """The structured data as JSON."""
        return [json.dumps(facts, ensure_ascii=False, separators=(",", ":")) for facts in self.facts]


class Pages:
    """One instance a process."""

    def __init__(self, settings: Settings, *, catalog: Catalog, search: Search, reviews: Reviews) -> None:
        self._shop = settings.shop_name
        self._email = settings.support_email
        self._origin = settings.public_url
        self._images = settings.images_url
        self._catalog = catalog
        self._reviews = reviews
        self._lists = SearchAnswers(search, settings.images_url)
        self._products = CatalogAnswers(
            catalog, related=search.related, counts=search.category_counts, images_url=settings.images_url
        )

    def home(self) -> Page:
        """No call to the table."""
        home = self._lists.home()
        first = next((card.image for card in home.edit.products), None)
        return Page(
            title=HOME_TITLE.format(shop=self._shop),
            description=HOME_DESCRIPTION,
            route="home",
            canonical=f"{self._origin}/",
            share_image=self._share(first),
            picture=Picture.of(first, EDIT_SIZES) if first else None,
            facts=(
                structured.organization(self._shop, self._origin, self._email),
                structured.website(self._shop, self._origin),
            ),
            answers=self._with_categories({"/api/home": home}),
        )

    def category(self, slug: str, given: Pairs) -> Page | None:
        """No call to the table; None if there is no such category."""
        category = self._catalog.category(slug)
        if category is None and slug != EVERYTHING:
            return None
        own = [("category", slug)] if category else []
        answers, first = self._list(own, given, CATEGORY_SORTS)
        name = category.name if category else "Everything"
        trail = structured.trail_to(category, self._category_map())
        return Page(
            title=f"{name} · {self._shop}",
            description=f"{name} at {self._shop}. Sent within one working day, thirty days to change your mind.",
            route="category",
            canonical=f"{self._origin}/c/{slug}",
            share_image=self._share(first),
            picture=Picture.of(first, GRID_SIZES) if first else None,
            facts=(structured.breadcrumbs(self._trail(trail)),) if trail else (),
            answers=answers,
        )

    def search(self, given: Pairs) -> Page:
        """No call to the table. Lists of found things are left out of other search engines."""
        words = searched(given)
        answers, first = self._list([("q", words)], given, SEARCH_SORTS) if words else (self._with_categories({}), None)
        return Page(
            title=f"{f'Search: {words[:100]}' if words else 'Search'} · {self._shop}",
            description=HOME_DESCRIPTION,
            route="search",
            indexed=False,
            picture=Picture.of(first, GRID_SIZES) if first else None,
            answers=answers,
        )

    async def product(self, slug: str) -> Page | None:
        """One call to the table at most, for the stock; None if the product is not there or hidden.

        The reviews ride along when they are known already. If the stock cannot be read the page stands without it, and
        the web app asks again.
        """
        shown = self._catalog.by_slug(slug)
        if shown is None:
            return None
        answers: dict[str, BaseModel] = {}
        try:
            answers[product_url(slug)] = await self._products.product(shown)
            stocks = await self._catalog.stock_of_product(shown.id)
        except Unavailable:
            stocks = {}
        reviews = self._reviews.known_first_page(shown, REVIEW_PAGE_SIZE)
        if reviews is not None:
            answers[reviews_url(slug)] = ReviewList.of(reviews)
        url = f"{self._origin}/p/{slug}"
        images = [Image.of(record, self._images, shown.name) for record in shown.images if record.state == "ready"]
        pictures = [self._absolute(_largest(image)) for image in images]
        facts = structured.product(shown, stocks, url=url, pictures=pictures, seller=self._shop)
        return Page(
            title=f"{shown.seo_title or shown.name} · {self._shop}",
            description=structured.plain(shown.seo_description or shown.description) or shown.name,
            route="product",
            canonical=url,
            kind="product",
            share_image=self._share(images[0] if images else None),
            picture=Picture.of(images[0], GALLERY_SIZES) if images else None,
            facts=(*((facts,) if stocks else ()), structured.breadcrumbs(self._product_trail(shown, url))),
            answers=self._with_categories(answers),
            fresh_until=self._catalog.stock_fresh_until(shown.id),
        )

    def personal(self, title: str, route: str) -> Page:
        """Cart, checkout, account, sign-in: the app asks for what is personal, the page itself holds none of it."""
        return Page(
            title=f"{title} · {self._shop}",
            description=HOME_DESCRIPTION,
            route=route,
            indexed=False,
            answers=self._with_categories({}),
        )

    def not_found(self) -> Page:
        """For every address that leads nowhere."""
        return self.personal("This page is not here", "not-found")

    def addresses(self) -> list[tuple[str, str | None]]:
        """Every page that robots should know, with the day of its last change where there is one."""
        counts = self._products.categories().items
        shown = [(f"{self._origin}/c/{one.slug}", None) for one in counts if one.product_count]
        products = [
            (f"{self._origin}/p/{product.slug}", product.updated_at.date().isoformat())
            for product in self._catalog.products()
        ]
        return [(f"{self._origin}/", None), (f"{self._origin}/c/{EVERYTHING}", None), *shown, *products]

    def _list(self, own: Pairs, given: Pairs, sorts: Sequence[str]) -> tuple[dict[str, bytes], Image | None]:
        pairs = list_pairs(own, given, sorts)
        try:
            found = self._lists.products(list_query(pairs))
        except ShopError:
            # Filters that the API refuses; the app asks, hears why and says so.
            return self._with_categories({}), None
        first = found.items[0].image if found.items else None
        return self._with_categories({canonical_url("/api/products", pairs): found}), first

    def _with_categories(self, answers: Mapping[str, BaseModel]) -> dict[str, bytes]:
        own = {url: encode(answer) for url, answer in answers.items()}
        return {"/api/categories": encode(self._products.categories()), **own}

    def _category_map(self) -> dict[str, Category]:
        return {one.slug: one for one in self._catalog.categories()}

    def _trail(self, categories: Sequence[Category]) -> list[tuple[str, str]]:
        below = [(one.name, f"{self._origin}/c/{one.slug}") for one in categories]
        return [(self._shop, f"{self._origin}/"), *below]

    def _product_trail(self, shown: Product, url: str) -> list[tuple[str, str]]:
        way = structured.deepest_trail(shown.categories, self._category_map())
        return [*self._trail(way), (shown.name, url)]

    def _share(self, image: Image | None) -> ShareImage | None:
        if image is None or not image.srcset:
            return None
        return ShareImage(self._absolute(_largest(image)), image.alt)

    def _absolute(self, address: str) -> str:
        return f"{self._origin}{address}" if address.startswith("/") else address


def _largest(image: Image) -> str:
    return image.srcset.rsplit(", ", 1)[-1].split(" ", 1)[0]
