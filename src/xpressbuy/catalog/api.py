"""What everyone may read of the catalogue: categories and one product. Lists belong to the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from xpressbuy.catalog.schemas import CatalogAnswers, CategoryList, ProductDetail, Seen
from xpressbuy.catalog.service import Catalog
from xpressbuy.http.shared import answer_json
from xpressbuy.http.strict import StrictRoute
from xpressbuy.kit.errors import NotFound
from xpressbuy.kit.ids import ProductId

CATEGORIES_SHARED_SECONDS = 30
PRODUCT_SHARED_SECONDS = 2
"""As old as stock may be on a product page."""
SLUG_LENGTH_MAX = 120

Slug = Annotated[str, Path(min_length=1, max_length=SLUG_LENGTH_MAX)]


def router(
    catalog: Catalog,
    *,
    related: Callable[[ProductId], Sequence[Seen]],
    counts: Callable[[], Mapping[str, int]],
    images_url: str,
) -> APIRouter:
    """`/api/categories` and `/api/products/{slug}`."""
    routes = APIRouter(route_class=StrictRoute, tags=["catalogue"])
    answers = CatalogAnswers(catalog, related=related, counts=counts, images_url=images_url)

    @routes.get("/api/categories", response_model=CategoryList)
    async def list_categories(request: Request) -> Response:
        return answer_json(request, answers.categories(), shared_seconds=CATEGORIES_SHARED_SECONDS)

    @routes.get("/api/products/{slug}", response_model=ProductDetail)
    async def get_product(request: Request, slug: Slug) -> Response:
        product = catalog.by_slug(slug)
        if product is None:
            raise NotFound("product_not_found", "This product is not sold here.")
        detail = await answers.product(product)
        fresh_until = catalog.stock_fresh_until(product.id)
        return answer_json(request, detail, shared_seconds=PRODUCT_SHARED_SECONDS, fresh_until=fresh_until)

    return routes
