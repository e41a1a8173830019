"""The pages' routes: shell, files for robots, the web app's files, pictures. Parses the address and answers bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Request, Response
from starlette.convertors import Convertor, register_url_convertor

from xpressbuy.catalog.service import Catalog
from xpressbuy.http.encodings import best_encoding
from xpressbuy.http.parameters import Pairs, read_pairs
from xpressbuy.http.shared import answer, matches
from xpressbuy.kit.errors import Malformed, NotFound
from xpressbuy.reviews.service import Reviews
from xpressbuy.search.service import Search
from xpressbuy.settings import Settings
from xpressbuy.storefront import sitemap
from xpressbuy.storefront.build import ASSETS_PATH, File, WebBuild
from xpressbuy.storefront.pages import Page, Pages
from xpressbuy.storefront.pictures import ReadPicture, serve_picture
from xpressbuy.storefront.shell import NOT_BUILT, Shell

HTML = "text/html; charset=utf-8"
NO_STORE = {"cache-control": "no-store"}
PAGE_SHARED_SECONDS = 10
PRODUCT_SHARED_SECONDS = 2
"""As old as stock may be on a product page."""
ROBOTS_SHARED_SECONDS = 3_600
FOREVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"
READ = ["GET", "HEAD"]

PERSONAL = {
    "/cart": ("Cart", "cart"),
    "/checkout": ("Checkout", "checkout"),
    "/orders/{order_id}": ("Your order", "order"),
    "/account": ("Your account", "account/overview"),
    "/account/orders": ("Your orders", "account/orders"),
    "/account/orders/{order_id}": ("Your order", "account/order"),
    "/account/addresses": ("Addresses", "account/addresses"),
    "/account/profile": ("Profile", "account/profile"),
    "/account/{rest:path}": ("Your account", "account/overview"),
    "/sign-in": ("Sign in", "sign-in"),
    "/sign-up": ("Create an account", "sign-up"),
    "/confirm": ("Confirm your e-mail", "confirm"),
    "/forgot-password": ("Forgotten password", "forgot-password"),
    "/reset-password": ("New password", "reset-password"),
}
"""Address, title, and the file of the web app's route."""


class PageConvertor(Convertor[str]):
    """Any path that is not of the machines: those keep the problem document and their own 405."""

    regex = r"(?!(?:api|auth|assets|images|dev)(?:/|$)|healthz$|readyz$).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("page", PageConvertor())


class Storefront:
    """Answers pages; holds the build, and looks again for one as long as there is none."""

    def __init__(self, settings: Settings, pages: Pages) -> None:
        self._dist = settings.web_dist
        self._build: WebBuild | None = WebBuild.read(self._dist)
        self._shell = Shell(settings)
        self._pages = pages
        self._sitemap: tuple[object, list[sitemap.Entry]] = (None, [])

    async def build(self) -> WebBuild | None:
        """The web app's build, if it is there by now."""
        if self._build is None:
            self._build = await asyncio.to_thread(WebBuild.read, self._dist)
        return self._build

    async def show(self, request: Request, page: Page | None, *, shared_seconds: int = PAGE_SHARED_SECONDS) -> Response:
        """A page that is the same for everyone; the 404 page for none."""
        build = await self.build()
        if build is None:
            return Response(NOT_BUILT, 503, {**NO_STORE, "retry-after": "5"}, HTML)
        status = 200 if page is not None else 404
        body = self._shell.render(page or self._pages.not_found(), build)
        fresh_until = page.fresh_until if page is not None else None
        return answer(request, body, HTML, shared_seconds=shared_seconds, status=status, fresh_until=fresh_until)

    async def show_personal(self, page: Page) -> Response:
        """A page around what is personal: kept nowhere."""
        build = await self.build()
        if build is None:
            return Response(NOT_BUILT, 503, {**NO_STORE, "retry-after": "5"}, HTML)
        return Response(self._shell.render(page, build), 200, NO_STORE, HTML)

    def addresses(self, changed: object) -> list[sitemap.Entry]:
        """The sitemap's entries, made anew when the catalogue is another one."""
        if self._sitemap[0] is not changed:
            self._sitemap = (changed, self._pages.addresses())
        return self._sitemap[1]


def router(
    settings: Settings,
    *,
    catalog: Catalog,
    search: Search,
    reviews: Reviews,
    read_picture: ReadPicture | None = None,
) -> APIRouter:
    """Every page and file. Mount it last: it answers every other GET with the 404 page."""
    routes = APIRouter(include_in_schema=False)
    pages = Pages(settings, catalog=catalog, search=search, reviews=reviews)
    store = Storefront(settings, pages)
    _add_files(routes, store, read_picture)
    _add_robots(routes, store, settings, catalog)
    _add_pages(routes, store, pages)
    return routes


def _add_pages(routes: APIRouter, store: Storefront, pages: Pages) -> None:
    @routes.api_route("/", methods=READ)
    async def home(request: Request) -> Response:
        return await store.show(request, pages.home())

    @routes.api_route("/c/{slug}", methods=READ)
    async def category(request: Request, slug: str) -> Response:
        return await store.show(request, pages.category(slug, _pairs(request)))

    @routes.api_route("/p/{slug}", methods=READ)
    async def product(request: Request, slug: str) -> Response:
        return await store.show(request, await pages.product(slug), shared_seconds=PRODUCT_SHARED_SECONDS)

    @routes.api_route("/search", methods=READ)
    async def found(request: Request) -> Response:
        return await store.show(request, pages.search(_pairs(request)))

    for path, (title, route) in PERSONAL.items():
        _add_personal(routes, store, path, partial(pages.personal, title, route))

    @routes.api_route("/{path:page}", methods=READ)
    async def not_found(request: Request) -> Response:
        return await store.show(request, None)


def _add_personal(routes: APIRouter, store: Storefront, path: str, make: Callable[[], Page]) -> None:
    @routes.api_route(path, methods=READ)
    async def personal() -> Response:
        return await store.show_personal(make())


def _add_files(routes: APIRouter, store: Storefront, read_picture: ReadPicture | None) -> None:
    @routes.api_route(ASSETS_PATH + "{name:path}", methods=READ)
    async def asset(request: Request, name: str) -> Response:
        return await _file(request, store, name)

    @routes.api_route("/favicon.svg", methods=READ)
    @routes.api_route("/favicon.ico", methods=READ)
    async def favicon(request: Request) -> Response:
        return await _file(request, store, "favicon.svg")

    if read_picture is not None:

        @routes.api_route("/images/{image_id}/{name}", methods=READ)
        async def picture(request: Request, image_id: str, name: str) -> Response:
            return await serve_picture(read_picture, request, image_id, name)


def _add_robots(routes: APIRouter, store: Storefront, settings: Settings, catalog: Catalog) -> None:
    origin = settings.public_url
    robots = sitemap.robots(origin)
    manifest = sitemap.web_manifest(settings.shop_name, settings.locale.replace("_", "-"))

    @routes.api_route("/sitemap.xml", methods=READ)
    async def sitemap_index(request: Request) -> Response:
        entries = store.addresses(catalog.products())
        parts = sitemap.part_count(entries)
        body = sitemap.sitemap(entries) if parts == 1 else sitemap.index(origin, parts)
        return answer(request, body, "application/xml", shared_seconds=ROBOTS_SHARED_SECONDS)

    @routes.api_route("/sitemap-{number:int}.xml", methods=READ)
    async def sitemap_part(request: Request, number: int) -> Response:
        entries = store.addresses(catalog.products())
        if not 1 <= number <= sitemap.part_count(entries):
            return await store.show(request, None)
        body = sitemap.sitemap(sitemap.part(entries, number))
        return answer(request, body, "application/xml", shared_seconds=ROBOTS_SHARED_SECONDS)

    @routes.api_route("/robots.txt", methods=READ)
    async def robots_txt(request: Request) -> Response:
        return answer(request, robots, "text/plain; charset=utf-8", shared_seconds=ROBOTS_SHARED_SECONDS)

    @routes.api_route("/manifest.webmanifest", methods=READ)
    async def web_manifest(request: Request) -> Response:
        return answer(request, manifest, "application/manifest+json", shared_seconds=ROBOTS_SHARED_SECONDS)


async def _file(request: Request, store: Storefront, name: str) -> Response:
    build = await store.build()
    found = build.file(name) if build is not None else None
    if found is None:
        raise NotFound("not_found", "There is no such file.")
    return _file_answer(request, found)


def _file_answer(request: Request, found: File) -> Response:
    encoding = best_encoding(request.headers.get("accept-encoding", ""), found.encodings)
    etag = found.etag if encoding is None else f'{found.etag[:-1]}-{encoding}"'
    headers = {
        "cache-control": FOREVER if found.hashed else AN_HOUR,
        "etag": etag,
        "vary": "accept-encoding",
        "x-content-type-options": "nosniff",
    }
    if matches(request.headers.get("if-none-match"), etag):
        return Response(None, 304, headers, found.media_type)
    if encoding is None:
        return Response(found.body, 200, headers, found.media_type)
    return Response(found.encodings[encoding], 200, {**headers, "content-encoding": encoding}, found.media_type)


def _pairs(request: Request) -> Pairs:
    """The address's parameters; none of them if they cannot be read, since a page has to come in any case."""
    try:
        return read_pairs(request.scope["query_string"])
    except Malformed:
        return ()
