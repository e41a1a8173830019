"""Lists, suggestions and the home page's rows over HTTP. Parses and maps; the service finds."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from xpressbuy.http.parameters import read_pairs
from xpressbuy.http.shared import answer_json
from xpressbuy.http.strict import StrictRoute
from xpressbuy.search.schemas import (
    LIST_PARAMETERS,
    SUGGEST_PARAMETERS,
    Home,
    ProductList,
    SearchAnswers,
    SuggestionList,
    list_query,
    suggestion_text,
)
from xpressbuy.search.service import Search

LIST_SHARED_SECONDS = 5
SUGGEST_SHARED_SECONDS = 30
HOME_SHARED_SECONDS = 10


def router(search: Search, *, images_url: str) -> APIRouter:
    """`/api/products`, `/api/suggest` and `/api/home`."""
    routes = APIRouter(route_class=StrictRoute, tags=["search"])
    answers = SearchAnswers(search, images_url)

    @routes.get("/api/products", response_model=ProductList, openapi_extra={"parameters": list(LIST_PARAMETERS)})
    async def list_products(request: Request) -> Response:
        query = list_query(read_pairs(request.scope["query_string"]))
        return answer_json(request, answers.products(query), shared_seconds=LIST_SHARED_SECONDS)

    @routes.get("/api/suggest", response_model=SuggestionList, openapi_extra={"parameters": list(SUGGEST_PARAMETERS)})
    async def suggest(request: Request) -> Response:
        text = suggestion_text(read_pairs(request.scope["query_string"]))
        return answer_json(request, answers.suggestions(text), shared_seconds=SUGGEST_SHARED_SECONDS)

    @routes.get("/api/home", response_model=Home)
    async def home(request: Request) -> Response:
        return answer_json(request, answers.home(), shared_seconds=HOME_SHARED_SECONDS)

    return routes
