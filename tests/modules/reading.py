"""The read side of a shop on a test table: services wired as in production, answered in this process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.modules.catalog.samples import catalog_of, editor_of

from xpressbuy.catalog import api as catalog_api
from xpressbuy.catalog.model import Option, OptionValue, Product, ProductDraft, StockLine, VariantDraft
from xpressbuy.catalog.service import Catalog, CatalogEditor
from xpressbuy.http import problems
from xpressbuy.http.middleware import EdgeMiddleware
from xpressbuy.http.request import SESSION_STATE, RequestSession
from xpressbuy.kit.actor import NOBODY, Actor
from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.ids import CustomerId, Ids, ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.media.model import ImageId, ImageRecord
from xpressbuy.reviews import api as reviews_api
from xpressbuy.reviews.service import Reviews
from xpressbuy.reviews.store import ReviewStore
from xpressbuy.search import api as search_api
from xpressbuy.search.service import Search
from xpressbuy.settings import Settings
from xpressbuy.storefront import api as storefront_api
from xpressbuy.storefront.pictures import ReadPicture
from xpressbuy.table.client import Table
from xpressbuy.table.cursor import Cursors
from xpressbuy.table.unit import Unit

HEXES = {"Red": "#cc2211", "Blue": "#1133cc", "Green": "#118833"}
MANIFEST = {
    "src/main.tsx": {
        "file": "main-AbCd1234.js",
        "src": "src/main.tsx",
        "isEntry": True,
        "imports": ["_vendor-Ef567890.js"],
        "css": ["main-Gh123456.css"],
        "assets": ["inter-Ij789012.woff2"],
        "dynamicImports": ["src/app/routes/product.tsx"],
    },
    "src/theme-start.ts": {"file": "theme-Kl345678.js", "src": "src/theme-start.ts", "isEntry": True},
    "_vendor-Ef567890.js": {"file": "vendor-Ef567890.js"},
    "src/app/routes/product.tsx": {
        "file": "product-Mn901234.js",
        "imports": ["_vendor-Ef567890.js", "_gallery-Op567890.js"],
        "css": ["product-Qr123456.css"],
        "isDynamicEntry": True,
    },
    "_gallery-Op567890.js": {"file": "gallery-Op567890.js"},
}


def write_build(dist: Path) -> Path:
    """A build as Vite leaves it, with small files."""
    (dist / ".vite").mkdir(parents=True)
    (dist / ".vite" / "manifest.json").write_text(json.dumps(MANIFEST))
    (dist / "main-AbCd1234.js").write_text("export const shop = 'x';\n" * 200)
    (dist / "main-Gh123456.css").write_text("body{color:red}")
    (dist / "inter-Ij789012.woff2").write_bytes(b"wOF2" + bytes(64))
    (dist / "theme-Kl345678.js").write_text("try{}catch{}")
    (dist / "favicon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    return dist


def picture(number: int, **more: Any) -> ImageRecord:
    """A stored picture's record."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    name = ImageId("img_" + "".join(letters[(number >> (5 * at)) & 31] for at in range(26)))
    facts: dict[str, Any] = {
        "alt": f"Picture {number}",
        "width": 1200,
        "height": 1500,
        "placeholder": "#dddddd",
        "widths": (320, 640, 1200),
    }
    return ImageRecord(id=name, **{**facts, **more})


def product_draft(
    slug: str,
    *,
    colours: tuple[str, ...] = (),
    sizes: tuple[str, ...] = (),
    price: int = 1000,
    stock: int | Mapping[str, int] = 10,
    **more: Any,
) -> ProductDraft:
    """A product with colours x sizes. `stock` may name a number by SKU, such as `TEE-RED-S`."""
    choices = [
        {**({"Colour": colour} if colour else {}), **({"Size": size} if size else {})}
        for colour in colours or ("",)
        for size in sizes or ("",)
    ]
    options = tuple(
        Option(name, tuple(OptionValue(value, HEXES.get(value)) for value in values))
        for name, values in (("Colour", colours), ("Size", sizes))
        if values
    )
    variants = []
    for choice in choices:
        sku = Sku("-".join((slug, *choice.values())).upper())
        left = stock if isinstance(stock, int) else stock.get(sku, 10)
        variants.append(VariantDraft(sku=sku, options=choice, price=Money(price, "USD"), stock=left, low_stock_at=3))
    return ProductDraft(slug=slug, variants=tuple(variants), options=options, **{"name": slug.title(), **more})


@dataclass
class ReadSide:
    """A running read side."""

    table: Table
    catalog: Catalog
    editor: CatalogEditor
    search: Search
    reviews: Reviews
    client: httpx.AsyncClient
    settings: Settings
    app: FastAPI
    session: RequestSession = field(default_factory=RequestSession)
    bought: set[tuple[CustomerId, ProductId]] = field(default_factory=set)

    async def add(self, draft: ProductDraft) -> Product:
        """Through the editor, the table and the feed into this process's memory."""
        made = await self.editor.create(draft, actor="op_test")
        await self.catalog.follow()
        return made

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.client.get(path, **more)

    async def json(self, path: str) -> Any:
        answer = await self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def slugs(self, path: str) -> list[str]:
        return [item["slug"] for item in (await self.json(path))["items"]]

    async def sell(self, sku: Sku, quantity: int) -> None:
        """As an order does it: takes stock and announces it."""
        found = self.catalog.find_variant(sku)
        assert found is not None
        unit = Unit()
        self.catalog.take(unit, [StockLine(sku, found[0].id, quantity, found[1].price_version)])
        self.catalog.announce(unit, [found[0].id])
        await self.table.commit(unit)

    def sign_in(self, customer: str, name: str = "Asha Rao") -> CustomerId:
        customer_id = CustomerId(customer)
        self.session.actor = Actor(customer_id, signed_in=True, email=f"{customer}@example.com", name=name)
        return customer_id

    def sign_out(self) -> None:
        self.session.actor = NOBODY


class _AsSession:
    """Stands where the session middleware stands."""

    def __init__(self, app: ASGIApp, session: RequestSession) -> None:
        self._app = app
        self._session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})[SESSION_STATE] = replace(self._session, set_cookies=[])
        await self._app(scope, receive, send)


@asynccontextmanager
async def read_side(
    table: Table, settings: Settings, *, read_picture: ReadPicture | None = None
) -> AsyncIterator[ReadSide]:
    """Services, routers and the edge over one table."""
    clock = SystemClock()
    ids = Ids(clock)
    cursors = Cursors(settings.secret_keys())
    catalog = catalog_of(table, clock)
    session = RequestSession()
    bought: set[tuple[CustomerId, ProductId]] = set()

    async def has_bought(customer_id: CustomerId, product_id: ProductId) -> bool:
        return (customer_id, product_id) in bought

    search = Search(catalog, cursors)
    reviews = Reviews(
        catalog,
        ReviewStore(table),
        commit=table.commit,
        cursors=cursors,
        clock=clock,
        ids=ids,
        has_bought=has_bought,
    )
    await catalog.start()
    search.start()
    app = FastAPI(redirect_slashes=False)
    problems.install(app)
    app.include_router(search_api.router(search, images_url=settings.images_url))
    app.include_router(reviews_api.router(reviews, catalog))
    app.include_router(
        catalog_api.router(
            catalog, related=search.related, counts=search.category_counts, images_url=settings.images_url
        )
    )
    app.include_router(
        storefront_api.router(settings, catalog=catalog, search=search, reviews=reviews, read_picture=read_picture)
    )
    edge = EdgeMiddleware(
        _AsSession(app, session), public_url=settings.public_url, new_request_id=lambda: ids.new("req")
    )
    headers = {"origin": settings.public_url}
    transport = httpx.ASGITransport(app=edge)
    async with httpx.AsyncClient(transport=transport, base_url=settings.public_url, headers=headers) as client:
        yield ReadSide(table, catalog, editor_of(table, clock), search, reviews, client, settings, app, session, bought)
    await catalog.stop()
