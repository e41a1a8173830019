"""Hot reads in the whole shop: the same bytes as without the layer, and nothing older than the shop promises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.modules.catalog.samples import draft
from tests.whole import ASHA, Whole, place_order, stock_shelves, whole_shop

from xpressbuy.asgi import create_api, hot_key
from xpressbuy.http.parameters import read_pairs
from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.money import Money
from xpressbuy.local.emulator import Emulator

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
TEE = "PLAIN-TEE-S0"
PATHS = [
    "/",
    "/c/clothing",
    "/c/clothing?sort=price_asc&brand=Tiller",
    "/p/plain-tee",
    "/search",
    "/search?q=tee",
    "/api/home",
    "/api/categories",
    "/api/products",
    "/api/products?q=tee&facets=true&limit=1",
    "/api/suggest?q=te",
    "/api/products/plain-tee",
    "/api/products/plain-tee/reviews?limit=6",
]


class Leap(SystemClock):
    """The machine's clock, set forward by a test."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> Any:
        return super().now() + self.ahead


@asynccontextmanager
async def open_shop(cloud: Emulator, folder: Path) -> AsyncIterator[Whole]:
    """Two products; the feed is read only when a test says so."""
    async with whole_shop(cloud.url, folder, feed_poll_seconds=600) as whole:
        await stock_shelves(whole)
        yield whole


@pytest.fixture(scope="module")
async def whole(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Whole]:
    async with open_shop(cloud, tmp_path_factory.mktemp("hot")) as opened:
        yield opened


async def body_of(whole: Whole, path: str) -> str:
    async with whole.stranger() as one:
        answer = await one.get(path, headers={"accept-encoding": "identity"})
        assert answer.status_code == 200, answer.text
        return answer.text


async def fresh_of(whole: Whole, path: str) -> str:
    """What the framework answers now, without the layers around it."""
    inside = httpx.ASGITransport(create_api(whole.shop))
    async with httpx.AsyncClient(transport=inside, base_url=whole.settings.public_url) as one:
        return (await one.get(path)).text


@pytest.mark.parametrize("path", PATHS)
async def test_hot_is_what_the_app_says(whole: Whole, path: str) -> None:
    filled, hot = await body_of(whole, path), await body_of(whole, path)
    assert filled == hot == await fresh_of(whole, path)


@pytest.mark.parametrize("path", PATHS)
async def test_every_hot_address_has_a_key_and_a_strong_tag(whole: Whole, path: str) -> None:
    bare, _, query = path.partition("?")
    assert hot_key(bare, read_pairs(query.encode())) is not None
    async with whole.stranger() as one:
        first = await one.get(path, headers={"accept-encoding": "br"})
        again = await one.get(path, headers={"accept-encoding": "br", "if-none-match": first.headers["etag"]})
    assert re.fullmatch(r'"[0-9a-f]{32}(-br)?"', first.headers["etag"])
    assert first.headers["vary"] == "accept-encoding"
    assert (again.status_code, again.content) == (304, b"")


async def test_no_hot_answer_depends_on_who_asks(whole: Whole) -> None:
    signed_in = await whole.cookies_of(ASHA)
    for path in PATHS:
        async with whole.browser(signed_in) as asha, whole.stranger() as one:
            whole.shop.catalog._memory._changes += 1  # so that hers is the answer which is kept
            hers, theirs = await asha.get(path), await one.get(path)
        assert hers.text == theirs.text
        assert ASHA.name not in hers.text
        assert "set-cookie" not in hers.headers


@pytest.mark.parametrize("path", ["/cart", "/account", "/api/cart", "/api/session", "/api/orders", "/auth/login"])
def test_nothing_personal_has_a_key(path: str) -> None:
    assert hot_key(path, ()) is None


@pytest.mark.parametrize(
    ("path", "others"),
    [
        ("/", ["/?utm_source=letter", "/?q=1"]),
        ("/p/plain-tee", ["/p/plain-tee?utm_source=letter&fbclid=1"]),
        ("/c/clothing?brand=A&in_stock=true", ["/c/clothing?utm_source=x&in_stock=true&brand=A&sort=newest&page=3"]),
        ("/search?q=tee", ["/search?gclid=3&q=+tee+", "/search?q=tee&sort=relevance"]),
        ("/api/products?sort=newest&limit=3", ["/api/products?limit=3&sort=newest"]),
        ("/api/products/plain-tee", ["/api/products/plain-tee?x=1"]),
    ],
)
async def test_what_is_not_read_makes_no_other_key(whole: Whole, path: str, others: list[str]) -> None:
    def key(address: str) -> str | None:
        bare, _, query = address.partition("?")
        return hot_key(bare, read_pairs(query.encode()))

    shown = await fresh_of(whole, path)
    for other in others:
        assert key(other) == key(path)
        assert await fresh_of(whole, other) == shown
    assert await fresh_of(whole, "/api/products?limit=1") != await fresh_of(whole, "/api/products?limit=2")
    assert key("/api/products?limit=1") != key("/api/products?limit=2")


async def test_hot_reads_ask_the_table_for_nothing(whole: Whole) -> None:
    for path in PATHS:
        await body_of(whole, path)
    calls: Counter[str] = Counter()
    whole.shop.table.observe(lambda action, _: calls.update([action]))
    for path in PATHS:
        await body_of(whole, path)
    assert calls.total() == 0


async def test_a_change_is_seen_once_the_feed_has_told_it(cloud: Emulator, tmp_path: Path) -> None:
    async with open_shop(cloud, tmp_path) as whole:
        shop = whole.shop
        before = {path: await body_of(whole, path) for path in PATHS}
        product = shop.catalog.by_slug("plain-tee")
        assert product is not None
        changed = draft("plain-tee", stock=50, categories=("clothing",))
        variants = tuple(replace(one, price=Money(1777, "USD")) for one in changed.variants)
        changed = replace(changed, name="Plainest tee", variants=variants)
        await shop.editor.update(product.id, changed, version=product.version, actor="test")
        assert await body_of(whole, "/api/products") == before["/api/products"]
        await shop.catalog.follow()
        for path in ("/", "/c/clothing", "/p/plain-tee", "/search?q=tee", "/api/products", "/api/products/plain-tee"):
            shown = await body_of(whole, path)
            assert "Plainest tee" in shown, path
            assert "1777" in shown, path
        await shop.editor.create(draft("third-thing", stock=1, categories=("clothing",)), actor="test")
        await shop.catalog.follow()
        assert "third-thing" in await body_of(whole, "/api/products")
        assert '"product_count":3' in await body_of(whole, "/api/categories")


async def test_sold_out_and_back_is_seen(cloud: Emulator, tmp_path: Path) -> None:
    async with open_shop(cloud, tmp_path) as whole:
        shop = whole.shop
        made = await shop.editor.create(draft("last-one", sizes=1, stock=1, categories=("clothing",)), actor="test")
        await shop.catalog.follow()
        sku = made.variants[0].sku
        paths = ("/api/products/last-one", "/api/products?limit=9", "/p/last-one")
        for path in paths:
            await body_of(whole, path)
        await shop.editor.set_stock(sku, available=7, actor="test", reason="counted")
        await shop.catalog.follow()
        assert '"available":7' in await body_of(whole, paths[0])
        await shop.editor.set_stock(sku, available=1, actor="test", reason="counted")
        async with whole.browser() as buyer:
            assert (await place_order(buyer, sku)).status_code == 201
        await shop.catalog.follow()
        item, listed, page = [await body_of(whole, path) for path in paths]
        assert '"available":0,"in_stock":false' in item
        assert '"in_stock":false' in listed
        assert "OutOfStock" in page
        await shop.editor.set_stock(sku, available=5, actor="test", reason="counted")
        await shop.catalog.follow()
        item, listed, page = [await body_of(whole, path) for path in paths]
        assert '"available":5,"in_stock":true' in item
        assert '"in_stock":false' not in listed
        assert "OutOfStock" not in page


async def test_stock_is_never_older_than_two_seconds(
    cloud: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even of a change that no feed entry tells: the answer goes when the stock in it was read two seconds ago."""
    leap = Leap()
    monkeypatch.setattr("xpressbuy.wiring.SystemClock", lambda: leap)
    async with open_shop(cloud, tmp_path) as whole:
        product = whole.shop.catalog.by_slug("plain-tee")
        assert product is not None
        await whole.shop.catalog.stock_of_product(product.id)
        read_at = leap.now()
        leap.ahead += timedelta(seconds=1.5)
        for path in ("/api/products/plain-tee", "/p/plain-tee"):
            await body_of(whole, path)
        hot: Any = whole.app
        kept = [hot._app.shelf.get(path) for path in ("/api/products/plain-tee", "/p/plain-tee")]
        assert all(one is not None and one.until <= read_at + timedelta(seconds=2) for one in kept)
        calls: Counter[str] = Counter()
        whole.shop.table.observe(lambda action, _: calls.update([action]))
        leap.ahead += timedelta(seconds=0.6)
        await body_of(whole, "/api/products/plain-tee")
        assert calls == {"Query": 1}


async def test_a_review_is_seen_by_its_writer_at_once_and_by_all_after_the_feed(
    cloud: Emulator, tmp_path: Path
) -> None:
    path = "/api/products/plain-tee/reviews?limit=6"
    review = {"rating": 5, "title": "Good", "body": "Wears well after a month."}
    async with open_shop(cloud, tmp_path) as whole:
        async with await whole.signed_in(ASHA) as asha:
            assert (await place_order(asha, TEE)).status_code == 201
            assert "Wears well" not in await body_of(whole, path)
            assert (await asha.post("/api/products/plain-tee/reviews", json=review)).status_code == 201
        assert "Wears well" in await body_of(whole, path)
        await whole.shop.catalog.follow()
        assert '"count":1' in await body_of(whole, "/api/products/plain-tee")
