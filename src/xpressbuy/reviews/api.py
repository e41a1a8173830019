"""Reviews over HTTP. Parses and maps; the service decides."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from xpressbuy.catalog.model import Product
from xpressbuy.catalog.service import Catalog
from xpressbuy.http.parameters import read_pairs
from xpressbuy.http.request import SignedInActor
from xpressbuy.http.shared import answer_json
from xpressbuy.http.strict import StrictRoute
from xpressbuy.kit.errors import NotFound
from xpressbuy.reviews.schemas import PAGE_PARAMETERS, Review, ReviewInput, ReviewList, page_query
from xpressbuy.reviews.service import Reviews

SHARED_SECONDS = 5
SLUG_LENGTH_MAX = 120

Slug = Annotated[str, Path(min_length=1, max_length=SLUG_LENGTH_MAX)]


def router(reviews: Reviews, catalog: Catalog) -> APIRouter:
    """`/api/products/{slug}/reviews`."""
    routes = APIRouter(route_class=StrictRoute, tags=["reviews"])

    def product_of(slug: str) -> Product:
        product = catalog.by_slug(slug)
        if product is None:
            raise NotFound("product_not_found", "This product is not sold here.")
        return product

    @routes.get(
        "/api/products/{slug}/reviews",
        response_model=ReviewList,
        openapi_extra={"parameters": list(PAGE_PARAMETERS)},
    )
    async def list_reviews(request: Request, slug: Slug) -> Response:
        limit, cursor = page_query(read_pairs(request.scope["query_string"]))
        page = await reviews.page(product_of(slug), limit=limit, cursor=cursor)
        return answer_json(request, ReviewList.of(page), shared_seconds=SHARED_SECONDS)

    @routes.post("/api/products/{slug}/reviews", status_code=201)
    async def write_review(slug: Slug, body: ReviewInput, actor: SignedInActor) -> Review:
        review = await reviews.write(actor, product_of(slug), rating=body.rating, title=body.title, body=body.body)
        return Review.of(review)

    return routes
