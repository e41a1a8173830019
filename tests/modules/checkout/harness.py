"""A shop of carts, orders and checkouts on a real table, behind HTTP. Only the session layer is the tests' own.

It reads the guest cookie as accounts does, and takes whom a request is signed in as from a header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from tests.conftest import ORIGIN
from tests.modules.catalog.samples import catalog_of, draft, editor_of

from xpressbuy.accounts.model import guest_id_of
from xpressbuy.cart import api as cart_api
from xpressbuy.cart.service import CartService
from xpressbuy.cart.store import Carts
from xpressbuy.catalog.model import Product
from xpressbuy.catalog.service import Catalog, CatalogEditor
from xpressbuy.checkout import api as checkout_api
from xpressbuy.checkout.service import Checkout, Limits
from xpressbuy.checkout.store import Checkouts
from xpressbuy.http import cookies, problems
from xpressbuy.http.middleware import EdgeMiddleware
from xpressbuy.http.request import SESSION_STATE, RequestSession
from xpressbuy.kit.actor import Actor
from xpressbuy.kit.clock import Clock, SystemClock
from xpressbuy.kit.ids import CustomerId, Ids, ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.orders import api as orders_api
from xpressbuy.orders.service import OrderService
from xpressbuy.orders.store import Orders
from xpressbuy.shipping.service import Shipping
from xpressbuy.table import keys
from xpressbuy.table.client import Query, Table
from xpressbuy.table.cursor import Cursors
from xpressbuy.table.unit import Commit

CURRENCY = "USD"
GUEST_COOKIE = "__Host-guest"
ACTOR_HEADER = b"x-test-customer"
KEY = b"k" * 32
STANDARD_FEE = 500
ADDRESS = {
    "name": "Asha Rao",
    "line1": "12 Long Street",
    "city": "Springfield",
    "region": "IL",
    "postal_code": "62701",
    "country": "US",
}


class Sessions:
    """The tests' session layer: a guest by cookie, a signed-in customer by header."""

    def __init__(self, app: ASGIApp, ids: Ids) -> None:
        self._app = app
        self._ids = ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        session = RequestSession(self._actor(scope))
        session.issue_guest = lambda: self._issue(session)
        scope.setdefault("state", {})[SESSION_STATE] = session

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    *((b"set-cookie", cookie.encode()) for cookie in session.set_cookies),
                ]
            await send(message)

        await self._app(scope, receive, with_cookies)

    def _actor(self, scope: Scope) -> Actor:
        headers = dict(scope["headers"])
        if ACTOR_HEADER in headers:
            name = headers[ACTOR_HEADER].decode()
            return Actor(CustomerId(name), signed_in=True, email=f"{name}@example.com", name=name)
        secret = cookies.parse(scope["headers"]).get(GUEST_COOKIE, "")
        guest = guest_id_of(secret)
        return Actor(guest)

    def _issue(self, session: RequestSession) -> Actor:
        secret = self._ids.secret()
        session.set_cookies.append(cookies.build(GUEST_COOKIE, secret, max_age_seconds=3600))
        return Actor(guest_id_of(secret))


@dataclass
class Shopkeeper:
    """The wired rooms, and a look behind the counter."""

    table: Table
    clock: Clock
    ids: Ids
    catalog: Catalog
    editor: CatalogEditor
    carts: CartService
    orders: OrderService
    checkout: Checkout
    api: FastAPI
    app: ASGIApp
    products: dict[str, Product] = field(default_factory=dict)

    async def sell(self, slug: str = "plain-tee", *, stock: int = 10, price: int = 1999, sizes: int = 2) -> list[Sku]:
        """Puts a product on sale; gives its SKUs."""
        product = await self.editor.create(draft(slug, sizes=sizes, stock=stock, price=price), actor="test")
        self.products[slug] = product
        await self.catalog.follow()
        return [variant.sku for variant in product.variants]

    async def reprice(self, slug: str, price: int, *, heard: bool = False) -> None:
        """A new price for a product; `heard` says whether this process has noticed."""
        await self._change(slug, heard=heard, price=Money(price, CURRENCY), compare_at_price=None)

    async def withdraw(self, slug: str, *, heard: bool = False) -> None:
        """Takes every variant of a product off sale."""
        await self._change(slug, heard=heard, sellable=False)

    async def _change(self, slug: str, *, heard: bool, **changes: Any) -> None:
        product = self.products[slug]
        wanted = draft(slug, sizes=len(product.variants))
        variants = tuple(
            replace(
                variant,
                **{"price": known.price, "compare_at_price": known.compare_at_price, "stock": None, **changes},
            )
            for variant, known in zip(wanted.variants, product.variants, strict=True)
        )
        wanted = replace(wanted, variants=variants)
        self.products[slug] = await self.editor.update(product.id, wanted, version=product.version, actor="test")
        if heard:
            await self.catalog.follow()

    async def stock(self, sku: Sku) -> dict[str, int]:
        """What the table says of a SKU."""
        found = self.catalog.find_variant(sku)
        assert found is not None
        item = await self.table.get(keys.sku(found[0].id, sku), consistent=True)
        assert item is not None
        return {name: int(item[name]) for name in ("available", "reserved", "sold")}

    async def orders_of(self, customer_id: str) -> list[dict[str, Any]]:
        """The order items of a customer."""
        pk, prefix = keys.order(customer_id, "")
        rows = await self.table.query(Query(pk, begins_with=prefix, consistent=True))
        return rows.items

    async def mails_due(self) -> list[dict[str, Any]]:
        """Every mail item that waits to be sent."""
        return [item async for item in self.table.query_all(Query(keys.gsi2_mails_open("").pk, index="GSI2"))]

    async def cart_item(self, customer_id: str) -> dict[str, Any] | None:
        return await self.table.get(keys.cart(customer_id), consistent=True)

    def client(self, customer: str | None = None) -> httpx.AsyncClient:
        """A browser with a cookie jar of its own, signed in as `customer` or not at all."""
        headers = {"origin": ORIGIN, "content-type": "application/json"}
        if customer is not None:
            headers[ACTOR_HEADER.decode()] = customer
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=ORIGIN, headers=headers)


@asynccontextmanager
async def open_shop(
    table: Table, *, clock: Clock | None = None, limits: Limits | None = None, commit: Commit | None = None
) -> AsyncIterator[Shopkeeper]:
    """One process of the shop on a table."""
    clock = clock or SystemClock()
    ids, cursors = Ids(clock), Cursors([KEY])
    commit = commit or table.commit
    catalog = catalog_of(table, clock)
    shipping = Shipping(clock, currency=CURRENCY, home="US")
    carts = CartService(Carts(table), catalog, commit, clock, ids, CURRENCY)
    orders = OrderService(Orders(table), cursors)
    checkout = Checkout(
        Checkouts(table),
        catalog=catalog,
        carts=carts,
        orders=orders,
        shipping=shipping,
        commit=commit,
        clock=clock,
        ids=ids,
        currency=CURRENCY,
        locale="en_US",
        limits=limits or Limits(),
    )
    app = FastAPI()
    problems.install(app)
    app.include_router(cart_api.router(carts, shipping, images_url=""))
    app.include_router(orders_api.router(orders, images_url=""))
    app.include_router(checkout_api.router(checkout, images_url=""))
    edge = EdgeMiddleware(Sessions(app, ids), public_url=ORIGIN, new_request_id=lambda: ids.new("req"))
    await catalog.start()
    try:
        yield Shopkeeper(table, clock, ids, catalog, editor_of(table, clock), carts, orders, checkout, app, edge)
    finally:
        await catalog.stop()


def order_body(
    wish: Mapping[Sku, int] | Mapping[str, int] | None = None, /, *, total: int, **changes: Any
) -> dict[str, Any]:
    """An order: buy now of a wish, or of the cart if `cart_version` is given. `None` takes a field away."""
    body: dict[str, Any] = {
        "contact": {"email": "asha@example.com", "name": "Asha Rao"},
        "shipping_address": ADDRESS,
        "shipping_method": "standard",
        "payment": {"method": "cod"},
        "expected_total": {"amount": total, "currency": CURRENCY},
    }
    if wish is not None:
        body["lines"] = [{"sku": sku, "quantity": quantity} for sku, quantity in wish.items()]
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


async def place(client: httpx.AsyncClient, body: Mapping[str, Any], key: str = "key-00000001") -> httpx.Response:
    return await client.post("/api/orders", json=body, headers={"idempotency-key": key})


def guest_of(client: httpx.AsyncClient) -> CustomerId:
    """The customer id behind a client's guest cookie."""
    guest = guest_id_of(client.cookies[GUEST_COOKIE])
    assert guest is not None
    return guest


def codes(response: httpx.Response) -> list[str]:
    return [error["code"] for error in response.json().get("errors", [])]


class Calls:
    """Counts the calls of a table by action while it is open."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.by_action: Counter[str] = Counter()

    def __enter__(self) -> Counter[str]:
        self._table.observe(lambda action, _: self.by_action.update([action]))
        return self.by_action

    def __exit__(self, *_: object) -> None:
        self._table.observe(None)


def product_id(shop: Shopkeeper, slug: str) -> ProductId:
    return shop.products[slug].id


async def fill(client: httpx.AsyncClient, lines: Mapping[Sku, int]) -> int:
    """Puts lines into a client's cart; gives the cart's version."""
    version = 0
    for sku, quantity in lines.items():
        version = (await client.put(f"/api/cart/lines/{sku}", json={"quantity": quantity})).json()["version"]
    return version


async def nothing_happened(keeper: Shopkeeper, customer: str, sku: Sku, stock: int = 10) -> None:
    """No order, no mail, and the stock as it was."""
    assert await keeper.orders_of(customer) == []
    assert await keeper.mails_due() == []
    assert await keeper.stock(sku) == {"available": stock, "reserved": 0, "sold": 0}
