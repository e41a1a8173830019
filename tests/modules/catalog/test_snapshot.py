"""A start from a snapshot: what it costs, that nothing is missed, and that a bad one is as good as none."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from tests.modules.catalog.samples import Calls, draft, editor_of

from xpressbuy.aws.signed import Key, Place
from xpressbuy.aws.snapshots import SnapshotObject
from xpressbuy.catalog.model import Category, StockLine
from xpressbuy.catalog.service import Catalog, CatalogEditor
from xpressbuy.catalog.service.keeper import HEARD_AGE_MAX, LOADED_AGE_MAX, SAVE_EVERY, Keeper
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.catalog.store.snapshot import CONTENT_TYPE, FORMAT, KEY
from xpressbuy.kit.clock import Clock, FixedClock, SystemClock
from xpressbuy.kit.ids import Ids, Sku
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator, free_port
from xpressbuy.local.stack import client
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Delete, Unit

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
TEE = Sku("PLAIN-TEE-S0")
FULL_LOAD = 13
"""Ten for the documents, one each for categories, low stock and the feed."""


class Store:
    """The object in the bucket, and how often it was asked for."""

    def __init__(self, endpoint: str) -> None:
        self.bucket = f"pictures-{secrets.token_hex(4)}"
        self.s3 = client("s3", endpoint)
        self.s3.create_bucket(Bucket=self.bucket)
        self.object = self.at(endpoint)
        self.reads = 0
        self.writes = 0

    def at(self, endpoint: str) -> SnapshotObject:
        return SnapshotObject(Place(REGION, endpoint, lambda: Key(ACCESS_KEY, SECRET_KEY)), self.bucket, KEY)

    def read(self) -> bytes | None:
        self.reads += 1
        return self.object.read()

    def write(self, body: bytes, content_type: str) -> bool:
        self.writes += 1
        return self.object.write(body, content_type)


class Shop:
    """Processes of one shop, one after the other."""

    def __init__(self, table: Table, store: Store) -> None:
        self.table = table
        self.store = store
        self.editor: CatalogEditor = editor_of(table)

    def process(self, clock: Clock | None = None, name: str | None = None) -> Catalog:
        clock = clock or SystemClock()
        keeper = Keeper(self.store, name or self.table.name, clock)
        return Catalog(CatalogStore(self.table), clock, Ids(clock), poll_seconds=60, keeper=keeper)

    async def started(self, clock: Clock | None = None, name: str | None = None) -> Catalog:
        catalog = self.process(clock, name)
        await catalog.start(follow=False)
        return catalog

    async def cost(self, clock: Clock | None = None, name: str | None = None) -> tuple[Catalog, int]:
        """A started process and the calls to the table that it took."""
        with Calls(self.table) as calls:
            catalog = await self.started(clock, name)
        return catalog, calls.total


@pytest.fixture
async def shop(cloud: Emulator, table: Table) -> Shop:
    """Three products, of which one is nearly sold out, and a snapshot of them."""
    shop = Shop(table, Store(cloud.url))
    await shop.editor.put_categories([Category("tops", "Tops")], actor="test")
    await shop.editor.create(draft("plain-tee", categories=("tops",)), actor="test")
    await shop.editor.create(draft("warm-scarf", stock=2), actor="test")
    await shop.editor.create(draft("old-hat", stock=0), actor="test")
    first, calls = await shop.cost()
    assert calls >= FULL_LOAD
    assert await first.save_snapshot()
    assert (shop.store.reads, shop.store.writes) == (1, 1)
    return shop


async def sell(shop: Shop, catalog: Catalog, sku: Sku, quantity: int) -> None:
    found = catalog.find_variant(sku)
    assert found is not None
    unit = Unit()
    catalog.take(unit, [StockLine(sku, found[0].id, quantity, found[1].price_version)])
    catalog.announce(unit, [found[0].id])
    await shop.table.commit(unit)


def same(one: Catalog, other: Catalog) -> None:
    """Two processes show the same shop."""
    assert one.products() == other.products()
    assert one.categories() == other.categories()
    for product in one.products():
        assert one.in_stock(product) == other.in_stock(product)


async def test_a_start_costs_one_object_and_one_query_of_the_feed(shop: Shop) -> None:
    # The entries of the last ten seconds are read again, as any process does; the one here is older.
    clock = FixedClock(SystemClock().now() + timedelta(minutes=1))
    writer = await shop.started(clock)
    clock.advance(SAVE_EVERY)
    await editor_of(shop.table, clock).set_stock(TEE, actor="test", reason="found", delta=1)
    clock.advance(timedelta(seconds=20))
    await writer.follow()
    assert await writer.save_snapshot()
    clock.advance(timedelta(minutes=1))
    reads = shop.store.reads
    with Calls(shop.table) as calls:
        catalog = await shop.started(clock)
    assert dict(calls.by_action) == {"Query": 1}
    assert shop.store.reads - reads == 1
    assert len(catalog.products()) == 3
    same(catalog, writer)


async def test_what_is_restored_is_what_a_full_load_finds(shop: Shop) -> None:
    restored, full = await shop.started(), await shop.started(name="another table")
    same(restored, full)
    assert [product.slug for product in restored.products() if not restored.in_stock(product)] == ["old-hat"]
    assert restored.known_stock("WARM-SCARF-S0") is not None
    assert restored.category("tops") is not None


async def test_a_marker_that_was_put_right_is_not_put_right_by_every_start(shop: Shop) -> None:
    clock = FixedClock(SystemClock().now() + timedelta(minutes=1))
    keeper = await shop.started(clock)
    await sell(shop, keeper, Sku("WARM-SCARF-S0"), 1)
    clock.advance(timedelta(seconds=20))
    with Calls(shop.table) as calls:
        await keeper.follow()
    assert calls.writes == 1
    assert await keeper.save_snapshot(every=timedelta())
    catalog = await shop.started(clock)
    with Calls(shop.table) as calls:
        await catalog.follow()
    assert calls.writes == 0


async def test_every_change_since_is_seen(shop: Shop) -> None:
    keeper = await shop.started()
    tee = keeper.by_slug("plain-tee")
    assert tee is not None
    wanted = draft("plain-tee", price=2500, categories=("tops",))
    await shop.editor.update(tee.id, replace(wanted, name="Plainer tee"), version=tee.version, actor="test")
    await shop.editor.create(draft("new-mug"), actor="test")
    await shop.editor.put_categories([Category("mugs", "Mugs")], actor="test")
    await sell(shop, keeper, Sku("WARM-SCARF-S0"), 2)
    await sell(shop, keeper, Sku("WARM-SCARF-S1"), 2)
    await shop.editor.set_stock(Sku("OLD-HAT-S0"), actor="test", reason="found", available=4)
    catalog = await shop.started()
    same(catalog, await shop.started(name="another table"))
    changed, scarf, hat = (catalog.by_slug(slug) for slug in ("plain-tee", "warm-scarf", "old-hat"))
    assert changed is not None
    assert scarf is not None
    assert hat is not None
    assert (changed.name, changed.cheapest.price.amount) == ("Plainer tee", 2500)
    assert catalog.by_slug("new-mug") is not None
    assert catalog.category("mugs") is not None
    assert (catalog.in_stock(scarf), catalog.in_stock(hat)) == (False, True)


async def test_what_was_taken_away_does_not_come_back(shop: Shop) -> None:
    keeper = await shop.started()
    tee, scarf = keeper.by_slug("plain-tee"), keeper.by_slug("warm-scarf")
    assert tee is not None
    assert scarf is not None
    await shop.editor.update(tee.id, draft("plain-tee", status="archived"), version=tee.version, actor="test")
    unit = Unit()
    unit.add("gone", Delete(keys.product(scarf.id)))
    keeper.announce(unit, [scarf.id], kind="product")
    await shop.table.commit(unit)
    catalog = await shop.started()
    assert [product.slug for product in catalog.products()] == ["old-hat"]
    assert catalog.find_variant("WARM-SCARF-S0") is None
    # And not from a snapshot that is made of this one.
    assert await catalog.save_snapshot(every=timedelta())
    assert [product.slug for product in (await shop.started()).products()] == ["old-hat"]


async def test_an_entry_that_appears_late_is_heard(shop: Shop) -> None:
    """Its id is from before the snapshot; its unit came after."""
    before = FixedClock(SystemClock().now() - timedelta(seconds=5))
    late = editor_of(shop.table, before)
    await late.create(draft("late-lamp"), actor="test")
    assert (await shop.started()).by_slug("late-lamp") is not None


def changed(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def apply(body: bytes) -> bytes:
        document = orjson.loads(gzip.decompress(body))
        change(document)
        return gzip.compress(orjson.dumps(document))

    return apply


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "no gzip": lambda _: b"plain text",
    "cut off": lambda body: body[: len(body) // 2],
    "last byte": lambda body: body[:-1],
    "one bit": lambda body: body[:100] + bytes([body[100] ^ 1]) + body[101:],
    "no json": lambda _: gzip.compress(b"{"),
    "a list": lambda _: gzip.compress(b"[]"),
    "null": lambda _: gzip.compress(b"null"),
    "another format": changed(lambda document: document.update(format=FORMAT + 1)),
    "no format": changed(lambda document: document.pop("format")),
    "another shop": changed(lambda document: document.update(shop="another")),
    "a product without a name": changed(lambda document: document["products"][0].pop("name")),
    "stock that is no number": changed(lambda document: document.update(stocks=[{"sku": 1}])),
    "a time without a zone": changed(lambda document: document.update(heard_at="2026-11-22T00:00:00")),
    "products that are none": changed(lambda document: document.update(products=3)),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_bad_snapshot_is_as_good_as_none(shop: Shop, damage: str) -> None:
    body = shop.store.object.read()
    assert body is not None
    assert shop.store.object.write(DAMAGES[damage](body), CONTENT_TYPE)
    catalog, calls = await shop.cost()
    assert calls >= FULL_LOAD
    assert len(catalog.products()) == 3
    # The next process has a good one again.
    assert await catalog.save_snapshot()
    assert (await shop.cost())[1] < FULL_LOAD


async def test_more_beside_what_is_known_does_no_harm(shop: Shop) -> None:
    body = shop.store.object.read()
    assert body is not None
    shop.store.object.write(changed(lambda document: document.update(index="later"))(body), CONTENT_TYPE)
    assert (await shop.cost())[1] < FULL_LOAD


async def _absent(shop: Shop) -> None:
    shop.store.s3.delete_object(Bucket=shop.store.bucket, Key=KEY)


async def _no_bucket(shop: Shop) -> None:
    await _absent(shop)
    shop.store.s3.delete_bucket(Bucket=shop.store.bucket)


async def _nobody_there(shop: Shop) -> None:
    shop.store.object = shop.store.at(f"http://localhost:{free_port()}")


@pytest.mark.parametrize("away", [_absent, _no_bucket, _nobody_there])
async def test_without_a_snapshot_the_table_is_read(shop: Shop, away: Callable[[Shop], Awaitable[None]]) -> None:
    await away(shop)
    catalog, calls = await shop.cost()
    assert calls >= FULL_LOAD
    assert len(catalog.products()) == 3
    assert await catalog.save_snapshot() is (away is _absent)


@pytest.mark.parametrize(
    ("later", "used"),
    [
        (timedelta(hours=1), True),
        (HEARD_AGE_MAX - timedelta(minutes=1), True),
        (HEARD_AGE_MAX + timedelta(minutes=1), False),
        (-timedelta(minutes=1), False),
    ],
)
async def test_only_a_snapshot_that_the_feed_reaches_back_to_is_used(shop: Shop, later: timedelta, used: bool) -> None:
    _, calls = await shop.cost(FixedClock(SystemClock().now() + later))
    assert (calls < FULL_LOAD) is used


async def test_once_a_day_all_is_read_from_the_table(shop: Shop) -> None:
    """Each process starts from the snapshot of the one before, eleven hours later."""
    clock = FixedClock(SystemClock().now())
    step, costs = timedelta(hours=11), []
    for _ in range(4):
        clock.advance(step)
        catalog, calls = await shop.cost(clock)
        costs.append(calls >= FULL_LOAD)
        await editor_of(shop.table, clock).set_stock(TEE, actor="test", reason="found", delta=1)
        clock.advance(timedelta(seconds=1))
        await catalog.follow()
        assert await catalog.save_snapshot(every=timedelta())
    assert step * 2 < LOADED_AGE_MAX < step * 3
    assert costs == [False, False, True, False]


async def test_a_snapshot_is_written_when_something_moved_and_not_too_often(shop: Shop) -> None:
    clock = FixedClock(SystemClock().now() + timedelta(minutes=1))
    catalog = await shop.started(clock)
    assert not await catalog.save_snapshot(every=timedelta())
    await editor_of(shop.table, clock).set_stock(TEE, actor="test", reason="found", delta=1)
    clock.advance(SAVE_EVERY - timedelta(minutes=2))
    await catalog.follow()
    assert not await catalog.save_snapshot()
    clock.advance(timedelta(minutes=2))
    await catalog.follow()
    assert await catalog.save_snapshot()
    clock.advance(SAVE_EVERY * 2)
    await catalog.follow()
    assert not await catalog.save_snapshot()
    assert shop.store.writes == 2


async def test_a_snapshot_that_cannot_be_packed_harms_nobody(shop: Shop) -> None:
    catalog = await shop.started()
    tee = catalog.by_slug("plain-tee")
    assert tee is not None
    # More than 64 bits is no number for the packer; nothing of the shop would make one.
    catalog._follower._memory.put(replace(tee, sold_count=2**70))
    catalog._follower._moved = True
    assert not await catalog.save_snapshot(every=timedelta())
    assert (await shop.cost())[1] < FULL_LOAD


async def test_a_sleeper_catches_up_before_it_answers(shop: Shop) -> None:
    clock = FixedClock(SystemClock().now())
    catalog = await shop.started(clock)
    await editor_of(shop.table, clock).create(draft("new-mug"), actor="test")
    with Calls(shop.table) as calls:
        await catalog.catch_up()
    assert (calls.total, catalog.by_slug("new-mug")) == (0, None)
    clock.advance(timedelta(seconds=61))
    with Calls(shop.table) as calls:
        await catalog.catch_up()
    assert calls.by_action["Query"] == 1
    assert catalog.by_slug("new-mug") is not None
    with Calls(shop.table) as calls:
        await catalog.catch_up()
    assert calls.total == 0


async def test_a_sleeper_of_half_a_day_takes_the_newer_snapshot(shop: Shop) -> None:
    clock = FixedClock(SystemClock().now())
    sleeper = await shop.started(clock)
    clock.advance(HEARD_AGE_MAX - timedelta(hours=1))
    await editor_of(shop.table, clock).create(draft("new-mug"), actor="test")
    clock.advance(timedelta(seconds=1))
    other = await shop.started(clock)
    assert await other.save_snapshot(every=timedelta())
    clock.advance(timedelta(hours=2))
    with Calls(shop.table) as calls:
        await sleeper.catch_up()
    assert calls.total < FULL_LOAD
    same(sleeper, other)
