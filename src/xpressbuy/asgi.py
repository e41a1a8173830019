"""The web door: one ASGI app in three roles. Mounts the rooms' routers and the layers around them; no rule in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from starlette.types import ASGIApp

from xpressbuy.accounts import api as accounts_api
from xpressbuy.cart import api as cart_api
from xpressbuy.catalog import api as catalog_api
from xpressbuy.checkout import api as checkout_api
from xpressbuy.http import describe, problems
from xpressbuy.http.drain import Drain, DrainMiddleware
from xpressbuy.http.hot import HotReads, KeyOf, by_parameters, path_only
from xpressbuy.http.log import configure
from xpressbuy.http.middleware import EdgeMiddleware
from xpressbuy.http.parameters import Pairs
from xpressbuy.http.request import client_address
from xpressbuy.kit.errors import Unavailable
from xpressbuy.orders import api as orders_api
from xpressbuy.reviews import api as reviews_api
from xpressbuy.search import api as search_api
from xpressbuy.settings import Settings
from xpressbuy.storefront import api as storefront_api
from xpressbuy.storefront.first_data import category_key, search_key
from xpressbuy.wiring import Shop, build, complete_settings

VERSION = "1"
PRODUCT = "/api/products/"
HOT_PATHS: Mapping[str, KeyOf] = {
    "/": path_only,
    "/search": search_key,
    "/api/home": path_only,
    "/api/categories": path_only,
    "/api/products": by_parameters,
    "/api/suggest": by_parameters,
}
HOT_FOLDERS: Mapping[str, KeyOf] = {"/c/": category_key, "/p/": path_only, PRODUCT: path_only}
"""Keys for each path in a folder. None of these endpoints looks at a cookie or at a header but `If-None-Match`."""


def create(settings: Settings | None = None, drain: Drain | None = None) -> ASGIApp:
    """What a server process runs: the shop of these settings or of the environment's, and the sign that it leaves."""
    settings = settings or Settings()
    configure(settings.log_level)
    return create_app(build(complete_settings(settings)), drain=drain)


def create_app(shop: Shop, extra: Sequence[APIRouter] = (), drain: Drain | None = None) -> ASGIApp:
    """The app over a shop that it starts and stops. `extra` routers come before the storefront's last word."""
    drain = drain or Drain()
    app: ASGIApp = create_api(shop, extra, drain)
    if shop.settings.role in ("api", "all"):
        # Requests under /api and /auth have a session. A web process answers none of them and may write none.
        app = accounts_api.SessionMiddleware(app, accounts=shop.accounts, box=shop.box, ids=shop.ids, clock=shop.clock)
    edge = EdgeMiddleware(
        app,
        public_url=shop.settings.public_url,
        new_request_id=lambda: shop.ids.new("req"),
        images_url=shop.settings.images_url,
        origin_secret=shop.settings.origin_secret.get_secret_value(),
    )
    hot = HotReads(
        edge,
        key_of=hot_key,
        generation=lambda: shop.catalog.generation + shop.reviews.generation,
        clock=shop.clock,
        new_request_id=lambda: shop.ids.new("req"),
        proof=edge.proof,
    )
    return DrainMiddleware(hot, drain)


def hot_key(path: str, pairs: Pairs) -> str | None:
    """Which reads are kept ready, each under the rule of its room for what makes another answer."""
    rule = HOT_PATHS.get(path)
    if rule is None:
        begin = path[: path.rfind("/") + 1]
        of_reviews = begin.startswith(PRODUCT) and path.endswith("/reviews")
        rule = by_parameters if of_reviews else HOT_FOLDERS.get(begin)
    return rule(path, pairs) if rule is not None else None


def create_api(shop: Shop, extra: Sequence[APIRouter] = (), drain: Drain | None = None) -> FastAPI:
    """The framework's part of the app, without the layers around it; also what describes the API."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await shop.start()
        yield
        await shop.stop()

    app = problems.DescribedApi(
        title=shop.settings.shop_name,
        version=VERSION,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        swagger_ui_oauth2_redirect_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        responses={"4XX": {"model": problems.Problem, "description": "A refusal, as application/problem+json"}},
    )
    problems.install(app)
    app.include_router(_probes(shop, drain or Drain()))
    app.include_router(describe.router(app))
    if shop.settings.role in ("api", "all"):
        for router in _api_routers(shop):
            app.include_router(router)
    for router in extra:
        app.include_router(router)
    if shop.settings.role in ("web", "all"):
        app.include_router(
            storefront_api.router(
                shop.settings,
                catalog=shop.catalog,
                search=shop.search,
                reviews=shop.reviews,
                read_picture=shop.objects.get if shop.settings.is_local else None,
            )
        )
    return app


def _api_routers(shop: Shop) -> list[APIRouter]:
    images_url = shop.settings.images_url
    address = client_address(shop.settings.trusted_proxies)
    return [
        search_api.router(shop.search, images_url=images_url),
        reviews_api.router(shop.reviews, shop.catalog),
        catalog_api.router(
            shop.catalog, related=shop.search.related, counts=shop.search.category_counts, images_url=images_url
        ),
        accounts_api.router(
            accounts=shop.accounts, box=shop.box, clock=shop.clock, cart_count=shop.carts.count, client_address=address
        ),
        cart_api.router(shop.carts, shop.shipping, images_url=images_url),
        orders_api.router(shop.orders, images_url=images_url),
        checkout_api.router(shop.checkout, images_url=images_url, client_address=address),
    ]


def _probes(shop: Shop, drain: Drain) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz(_: Request) -> dict[str, str]:
        if drain.begun:
            raise Unavailable("leaving", "This server is about to stop. Another one answers.", retry_after_seconds=1)
        if not shop.ready:
            raise Unavailable("not_ready", "The shop is still loading.", retry_after_seconds=1)
        return {"status": "ok"}

    return router
