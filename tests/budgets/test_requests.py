"""What each request costs at the table, measured through the whole app, at 60 and at 1,000 products.

`docs/access-patterns.md` says the same in words. A route without a row here fails.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from tests.budgets.conftest import Cost, Measured
from tests.contract.routes import route_table
from tests.whole import ADDRESS, ASHA, MEERA, OMAR, place_order

pytestmark = pytest.mark.anyio
Shops = tuple[Measured, Measured]
Ask = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]
SKU, OTHER_SKU, SLUG = "TEE-0001-S0", "TEE-0002-S1", "tee-0001"


@dataclass(frozen=True)
class Row:
    """A request, who asks it, and its bounds: calls exactly, units at most."""

    route: str
    who: str
    ask: Ask
    calls: dict[str, int]
    reads: float = 0
    writes: float = 0
    before: Ask | None = None
    statuses: tuple[int, ...] = (200, 201, 204)

    @property
    def name(self) -> str:
        return f"{self.route}, {self.who}"


def get(path: str) -> Ask:
    return lambda browser: browser.get(path)


def put_line(sku: str, quantity: int) -> Ask:
    return lambda browser: browser.put(f"/api/cart/lines/{sku}", json={"quantity": quantity})


async def empty(browser: httpx.AsyncClient) -> httpx.Response:
    cart = await browser.get("/api/cart")
    for line in cart.json()["lines"]:
        await browser.delete(f"/api/cart/lines/{line['sku']}")
    return cart


async def fill_two(browser: httpx.AsyncClient) -> httpx.Response:
    """As shoppers do it, who have seen what they take: nobody's stock is unknown."""
    for slug in (SLUG, "tee-0002"):
        await browser.get(f"/api/products/{slug}")
    await put_line(SKU, 1)(browser)
    return await put_line(OTHER_SKU, 2)(browser)


async def keep_address(browser: httpx.AsyncClient) -> httpx.Response:
    return await browser.post("/api/me/addresses", json={**ADDRESS, "is_default": False})


async def first_address(browser: httpx.AsyncClient) -> str:
    return str((await browser.get("/api/me/addresses")).json()["items"][0]["id"])


NOTHING: dict[str, int] = {}
PUBLIC = [
    Row(f"GET {route}", who, get(path), NOTHING)
    for who in ("visitor", "asha")
    for route, path in (
        ("/api/products", "/api/products?limit=100&facets=true"),
        ("/api/products", "/api/products?q=tee&category=clothing&sort=price_asc&in_stock=true"),
        ("/api/suggest", "/api/suggest?q=te"),
        ("/api/home", "/api/home"),
        ("/api/categories", "/api/categories"),
        ("/", "/"),
        ("/c/{slug}", "/c/clothing"),
        ("/search", "/search?q=tee"),
        ("/sitemap.xml", "/sitemap.xml"),
        ("/cart", "/cart"),
        ("/healthz", "/healthz"),
        ("/readyz", "/readyz"),
    )
]
ROWS = [
    *PUBLIC,
    Row("GET /api/products/{slug}", "visitor", get("/api/products/tee-0003"), {"Query": 1}, reads=0.5),
    Row(
        "GET /api/products/{slug}",
        "visitor again",
        get("/api/products/tee-0004"),
        NOTHING,
        before=get("/api/products/tee-0004"),
    ),
    Row("GET /p/{slug}", "visitor", get("/p/tee-0005"), {"Query": 1}, reads=0.5),
    Row("GET /api/products/{slug}/reviews", "visitor", get(f"/api/products/{SLUG}/reviews"), {"Query": 1}, reads=1),
    Row("GET /api/session", "visitor", get("/api/session"), NOTHING),
    Row("GET /api/session", "guest", get("/api/session"), {"GetItem": 1}, reads=0.5, before=fill_two),
    Row("GET /api/session", "asha", get("/api/session"), {"GetItem": 1}, reads=0.5),
    Row("GET /api/cart", "visitor", get("/api/cart"), NOTHING),
    Row("PUT /api/cart/lines/{sku}", "new guest", put_line(SKU, 1), {"PutItem": 1}, writes=1),
    Row("PUT /api/cart/lines/{sku}", "guest", put_line(SKU, 1), {"UpdateItem": 1}, writes=1, before=fill_two),
    Row("PUT /api/cart/lines/{sku}", "asha", put_line(SKU, 2), {"UpdateItem": 1}, writes=1, before=fill_two),
    Row(
        "DELETE /api/cart/lines/{sku}",
        "asha",
        lambda browser: browser.delete(f"/api/cart/lines/{SKU}"),
        {"UpdateItem": 1},
        writes=1,
        before=fill_two,
    ),
    Row("DELETE /api/cart/coupon", "visitor", lambda browser: browser.delete("/api/cart/coupon"), NOTHING),
    Row(
        "PUT /api/cart/coupon",
        "asha",
        lambda browser: browser.put("/api/cart/coupon", json={"code": "TEN"}),
        NOTHING,
        statuses=(409,),
    ),
    Row("GET /api/orders", "asha", get("/api/orders"), {"Query": 1}, reads=1),
    Row("GET /api/me", "asha", get("/api/me"), {"GetItem": 1}, reads=1),
    Row("GET /api/me/addresses", "asha", get("/api/me/addresses"), {"Query": 1}, reads=1),
    Row(
        "PATCH /api/me",
        "asha",
        lambda browser: browser.patch("/api/me", json={"name": "Asha Rao"}),
        {"GetItem": 1, "UpdateItem": 1},
        reads=1,
        writes=1,
    ),
]
BESIDE = {
    "GET /api/cart",
    "POST /api/checkout/quote",
    "POST /api/orders",
    "GET /api/orders/{order_id}",
    "POST /api/me/addresses",
    "PUT /api/me/addresses/{address_id}",
    "DELETE /api/me/addresses/{address_id}",
    "POST /api/products/{slug}/reviews",
    "POST /api/auth/sign-out-everywhere",
}
"""Measured below, since they need more than one row can say."""


def test_every_route_of_the_api_has_a_budget() -> None:
    asked = {f"{method} {path}" for method, path in route_table() if path.startswith("/api/")}
    of_the_provider = {f"POST /api/auth/{name}" for name in PROVIDERS}
    described = {f"{method} {path}" for method in ("GET", "HEAD") for path in ("/api/openapi.json", "/api/docs")}
    assert asked - of_the_provider - described == {row.route for row in ROWS if "/api" in row.route} | BESIDE


PROVIDERS = ("sign-up", "confirm", "resend", "forgot-password", "reset-password")
"""Limited by the identity provider; they touch no item but a person's own."""


async def browser_of(shop: Measured, who: str) -> httpx.AsyncClient:
    return await shop.whole.signed_in(ASHA) if who == "asha" else shop.whole.browser()


async def measured(shop: Measured, row: Row) -> Cost:
    async with await browser_of(shop, row.who) as browser:
        await browser.get("/api/session")
        if row.before is not None:
            await row.before(browser)
        return await shop.cost(lambda: row.ask(browser), *row.statuses)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
async def test_a_request_keeps_its_budget_whatever_the_catalogue(shops: Shops, row: Row) -> None:
    small, large = [await measured(shop, row) for shop in shops]
    assert dict(small.calls) == row.calls
    assert small.reads <= row.reads
    assert small.writes <= row.writes
    assert (large.calls, large.reads, large.writes) == (small.calls, small.reads, small.writes)


async def test_a_cart_is_read_in_two_calls(shops: Shops) -> None:
    costs = []
    for shop in shops:
        async with shop.whole.browser() as guest:
            await fill_two(guest)
            cost = await shop.cost(lambda: guest.get("/api/cart"))
            assert set(cost.calls) <= {"GetItem", "BatchGetItem"}
            assert cost.calls.total() <= 2
            assert cost.reads <= 1.5
            costs.append(cost)
    assert costs[0] == costs[1]


@pytest.mark.parametrize("lines", [1, 5, 20])
async def test_an_order_is_one_read_and_one_transaction(shops: Shops, lines: int) -> None:
    """14 write units and 4 for each line, as the documents say, and what a long order adds to its own size."""
    costs = [await cost_of_order(shop, lines) for shop in shops]
    for cost in costs:
        assert dict(cost.calls) == {"BatchGetItem": 1, "TransactWriteItems": 1}
        assert cost.reads <= 3
        assert cost.writes <= 14 + 4 * lines + 2 * lines, cost
    assert costs[0] == costs[1]


async def cost_of_order(shop: Measured, lines: int) -> Cost:
    async with await shop.whole.signed_in(OMAR) as browser:
        await empty(browser)
        version = 0
        for number in range(lines):
            version = (await put_line(f"TEE-{number + 10:04}-S0", 1)(browser)).json()["version"]
        total = await quoted(browser)
        return await shop.cost(lambda: order(browser, version, total), 201)


async def quoted(browser: httpx.AsyncClient) -> Any:
    asked = {"shipping_address": {"country": "US"}, "shipping_method": "standard"}
    return (await browser.post("/api/checkout/quote", json=asked)).json()["totals"]["total"]


async def order(browser: httpx.AsyncClient, version: int, total: Any) -> httpx.Response:
    body = {
        "contact": {"email": OMAR.email, "name": OMAR.name},
        "shipping_address": ADDRESS,
        "shipping_method": "standard",
        "payment": {"method": "cod"},
        "cart_version": version,
        "expected_total": total,
    }
    return await browser.post("/api/orders", json=body, headers={"idempotency-key": secrets.token_hex(8)})


async def test_a_quote_is_two_reads(shops: Shops) -> None:
    asked = {"shipping_address": {"country": "US"}}
    small, _ = shops
    async with small.whole.browser() as guest:
        await fill_two(guest)
        cost = await small.cost(lambda: guest.post("/api/checkout/quote", json=asked))
    assert cost.calls.total() <= 2
    assert cost.writes == 0


async def test_one_order_is_one_get(shops: Shops) -> None:
    small, _ = shops
    async with await small.whole.signed_in(OMAR) as browser:
        placed = (await place_order(browser, SKU)).json()["id"]
        cost = await small.cost(lambda: browser.get(f"/api/orders/{placed}"))
    assert dict(cost.calls) == {"GetItem": 1}
    assert cost.reads <= 1


async def test_the_address_book_is_changed_in_three_calls(shops: Shops) -> None:
    small, _ = shops
    async with await small.whole.signed_in(OMAR) as browser:
        await keep_address(browser)
        path = f"/api/me/addresses/{await first_address(browser)}"
        added = await small.cost(lambda: keep_address(browser), 201)
        changed = await small.cost(lambda: browser.put(path, json=ADDRESS))
        removed = await small.cost(lambda: browser.delete(path), 204)
    for cost in (added, changed, removed):
        assert cost.calls.total() <= 3, cost
        assert cost.reads <= 2
        assert cost.writes <= 6


async def test_a_review_is_a_few_calls(shops: Shops) -> None:
    review = {"rating": 5, "title": "Good", "body": "Very good"}
    small, _ = shops
    async with await small.whole.signed_in(ASHA) as browser:
        await place_order(browser, "TEE-0030-S0")
        cost = await small.cost(lambda: browser.post("/api/products/tee-0030/reviews", json=review), 201)
    assert cost.calls.total() <= 4, cost
    assert cost.calls["Scan"] == 0


async def test_who_asks_is_looked_up_seldom_and_signed_out_in_one_write(shops: Shops) -> None:
    small, _ = shops
    async with await small.whole.signed_in(MEERA) as browser:
        first = await small.cost(lambda: browser.get("/api/session"))
        again = await small.cost(lambda: browser.get("/api/session"))
        out = await small.cost(lambda: browser.post("/api/auth/sign-out-everywhere"), 204)
    assert first.calls.total() <= 2
    assert dict(again.calls) == {"GetItem": 1}
    assert out.calls.total() == 1
    assert out.writes <= 1


async def test_nothing_is_asked_of_the_table_to_say_no(shops: Shops) -> None:
    """A flood of bad requests costs no table units."""
    small, _ = shops
    async with small.whole.browser() as browser:
        for ask, status in (
            (lambda: browser.get("/api/products/no-such-thing"), 404),
            (lambda: browser.get("/api/products?limit=0"), 422),
            (lambda: browser.get("/api/orders"), 401),
            (lambda: browser.put(f"/api/cart/lines/{SKU}", json={"quantity": "3"}), 422),
            (lambda: browser.put("/api/cart/lines/NO-SUCH", json={"quantity": 3}), 404),
            (lambda: browser.post("/api/orders", json={}), 400),
            (lambda: browser.get("/api/orders/ord_x"), 404),
        ):
            cost = await small.cost(ask, status)
            assert dict(cost.calls) == {}
