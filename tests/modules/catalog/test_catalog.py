"""The catalogue in memory: its start, its feed from process to process, stock read seldom, markers put right."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiodynamo.http.types import Request, RequestFailed, Response
from tests.conftest import another_table
from tests.modules.catalog.samples import Calls, catalog_of, draft, editor_of

from xpressbuy.catalog.model import Category, StockLine
from xpressbuy.catalog.model.changes import SkuChange
from xpressbuy.catalog.service.follower import SAVE_SOLD_EVERY
from xpressbuy.catalog.store import CatalogStore, change_sku, move_stock
from xpressbuy.kit.clock import FixedClock, SystemClock
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.transport import Transport, make_client
from xpressbuy.table.unit import Unit, UnitRefused, Update

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
SKU = Sku("PLAIN-TEE-S0")


@pytest.fixture
async def elsewhere(table: Table, cloud: Emulator) -> AsyncIterator[Table]:
    """The same table, as another process has it."""
    async with another_table(cloud.url, table.name) as other:
        yield other


@pytest.mark.parametrize("products", [60, 1000])
async def test_the_calls_do_not_grow_with_the_catalogue(table: Table, products: int) -> None:
    editor = editor_of(table)
    turns = asyncio.Semaphore(16)

    async def one(number: int) -> None:
        async with turns:
            await editor.create(draft(f"tee-{number}", sizes=1), actor="op")

    await asyncio.gather(*(one(number) for number in range(products)))
    catalog = catalog_of(table)
    with Calls(table) as calls:
        await catalog.start()
    assert calls.by_action == {"Query": 13}  # ten buckets, categories, low stock, the feed of the last minutes
    assert len(catalog.products()) == products
    product = catalog.products()[0]
    with Calls(table) as calls:
        await asyncio.gather(*(catalog.stock_of_product(product.id) for _ in range(50)))
    assert calls.by_action == {"Query": 1}
    with Calls(table) as calls:
        skus = [each.variants[0].sku for each in catalog.products()[:50]]
        found = await catalog.stock_of(skus)
        assert list(await catalog.stock_of(skus)) == list(skus)
    assert calls.by_action == {"BatchGetItem": 1}
    assert len(found) == 50
    await catalog.stop()


async def test_stock_is_read_again_after_two_seconds(table: Table) -> None:
    clock = FixedClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    made = await editor_of(table, clock).create(draft(sizes=1), actor="op")
    catalog = catalog_of(table, clock)
    await catalog.start()
    await catalog.stock_of_product(made.id)
    clock.advance(timedelta(seconds=1.9))
    with Calls(table) as calls:
        await catalog.stock_of_product(made.id)
        await catalog.stock_of([SKU])
    assert calls.total == 0
    clock.advance(timedelta(seconds=0.1))
    with Calls(table) as calls:
        await catalog.stock_of_product(made.id)
    assert calls.total == 1
    await catalog.stop()


async def test_what_another_process_changes_is_seen_within_two_seconds(table: Table, elsewhere: Table) -> None:
    catalog = catalog_of(table, poll_seconds=1)
    heard: list[Sequence[ProductId]] = []
    catalog.subscribe(heard.append)
    await catalog.start()
    made = await editor_of(elsewhere).create(draft(), actor="op")
    await editor_of(elsewhere).put_categories([Category("clothing", "Clothing")], actor="op")
    await asyncio.sleep(2)
    assert catalog.by_slug("plain-tee") == made
    assert catalog.category("clothing") == Category("clothing", "Clothing")
    assert [made.id] in [list(ids) for ids in heard]
    unit = Unit()
    other = catalog_of(elsewhere)
    other.take(unit, [StockLine(SKU, made.id, 10, 1)])
    other.announce(unit, [made.id])
    await elsewhere.commit(unit)
    await asyncio.sleep(2)
    known = catalog.known_stock(SKU)
    assert known is not None
    assert (known.available, known.sold) == (0, 10)
    assert catalog.in_stock(made)  # the other size
    await catalog.stop()


async def test_hiding_and_renaming_reach_memory(table: Table) -> None:
    editor, catalog = editor_of(table), catalog_of(table)
    made = await editor.create(draft(), actor="op")
    await catalog.start()
    await editor.update(made.id, replace(draft(), slug="finer-tee"), version=1, actor="op")
    await catalog.follow()
    assert catalog.by_slug("plain-tee") is None
    assert catalog.by_slug("finer-tee") is not None
    await editor.update(made.id, replace(draft(status="draft"), slug="finer-tee"), version=2, actor="op")
    await catalog.follow()
    assert catalog.by_slug("finer-tee") is None
    assert catalog.find_variant(SKU) is None
    assert catalog.products() == ()
    hidden = catalog.product(made.id)
    assert hidden is not None
    assert hidden.status == "draft"
    await catalog.stop()


async def test_polls_that_failed_are_made_up_for(table: Table, cloud: Emulator, faulty: Faulty) -> None:
    catalog = catalog_of(_over(faulty, cloud, table), poll_seconds=0.05)
    await catalog.start()
    faulty.cut = frozenset({"Query"})
    made = await editor_of(table).create(draft(), actor="op")
    await asyncio.sleep(4)  # long enough for a poll to have used up its tries
    assert catalog.by_slug("plain-tee") is None
    faulty.cut = frozenset()
    for _ in range(50):
        await asyncio.sleep(0.1)
        if catalog.by_slug("plain-tee") is not None:
            break
    assert catalog.by_slug("plain-tee") == made
    await catalog.stop()


async def test_a_feed_read_halfway_is_read_again(table: Table, cloud: Emulator, faulty: Faulty) -> None:
    mine = _over(faulty, cloud, table)
    catalog = catalog_of(mine)
    await catalog.start()
    made = await editor_of(table).create(draft(), actor="op")
    faulty.cut = frozenset({"BatchGetItem"})
    with pytest.raises(Unavailable):
        await catalog.follow()
    faulty.cut = frozenset()
    await catalog.follow()
    assert catalog.by_slug("plain-tee") == made
    with Calls(mine) as calls:
        await catalog.follow()
    assert calls.by_action == {"Query": 1}  # seen ids are not followed again
    await catalog.stop()


async def test_an_entry_behind_the_last_one_is_still_heard(table: Table) -> None:
    """Another clock, nine seconds late, announces behind what was read already."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    clock, late = FixedClock(now), FixedClock(now - timedelta(seconds=9))
    catalog = catalog_of(table, clock)
    await catalog.start()
    await catalog.follow()
    await editor_of(table, late).create(draft(), actor="op")
    clock.advance(timedelta(milliseconds=900))
    await catalog.follow()
    assert catalog.by_slug("plain-tee") is not None
    await catalog.stop()


async def test_a_process_that_slept_for_half_a_day_reads_everything(table: Table) -> None:
    clock = FixedClock(datetime(2026, 11, 22, 0, tzinfo=UTC))
    catalog = catalog_of(table, clock)
    await catalog.start()
    await editor_of(table, clock).create(draft(), actor="op")
    clock.advance(timedelta(hours=30))
    with Calls(table) as calls:
        await catalog.follow()
    assert calls.by_action["Query"] == 13
    assert catalog.by_slug("plain-tee") is not None
    await catalog.stop()


async def test_stop_and_start_again(table: Table) -> None:
    catalog = catalog_of(table, poll_seconds=0.05)
    before = following()
    assert [catalog.ready] == [False]
    await catalog.stop()
    await catalog.start()
    await catalog.start()
    assert [catalog.ready] == [True]
    await catalog.stop()
    await editor_of(table).create(draft(), actor="op")
    await catalog.start()
    assert catalog.by_slug("plain-tee") is not None
    await catalog.stop()
    assert following() <= before


def following() -> set[asyncio.Task[object]]:
    """The loops that follow the feed; another test's whole shop may have one."""
    return {task for task in asyncio.all_tasks() if task.get_name() == "catalogue feed"}


async def test_sold_out_and_low_are_known_from_the_start(table: Table) -> None:
    made = await editor_of(table).create(draft(sizes=1, stock=0), actor="op")
    catalog = catalog_of(table)
    await catalog.start()
    known = catalog.known_stock(SKU)
    assert known is not None
    assert known.available == 0
    assert not catalog.in_stock(made)
    await catalog.stop()


async def test_the_low_stock_marker_follows_what_is_seen(table: Table) -> None:
    clock = FixedClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    editor, catalog, store = editor_of(table, clock), catalog_of(table, clock), CatalogStore(table)
    made = await editor.create(draft(sizes=1, stock=5), actor="op")
    await catalog.start()
    for left, quantity in ((2, 3), (1, 1)):
        unit = Unit()
        catalog.take(unit, [StockLine(SKU, made.id, quantity, 1)])
        catalog.announce(unit, [made.id])
        await table.commit(unit)
        clock.advance(timedelta(seconds=1))
        await catalog.follow()
        low = await store.low_stock(clock.now())
        assert [(stock.sku, stock.available, stock.marked_at) for stock in low] == [(SKU, left, left)]
    unannounced = Unit()
    unannounced.add("stock", move_stock(made.id, SKU, 50))
    await table.commit(unannounced)
    clock.advance(timedelta(seconds=3))
    with Calls(table) as calls:
        await catalog.stock_of_product(made.id)
    assert calls.by_action == {"Query": 1}  # a request only notices; the loop repairs
    await catalog.follow()
    assert await store.low_stock(clock.now()) == []
    await catalog.stop()


async def test_a_sale_whose_process_died_is_marked_by_the_next_start(table: Table) -> None:
    made = await editor_of(table).create(draft(sizes=1, stock=5), actor="op")
    dead = catalog_of(table)
    unit = Unit()
    dead.take(unit, [StockLine(SKU, made.id, 5, 1)])
    dead.announce(unit, [made.id])
    await table.commit(unit)
    catalog = catalog_of(table)
    await catalog.start()
    assert not catalog.in_stock(made)
    await catalog.follow()
    assert len(await CatalogStore(table).low_stock(SystemClock().now())) == 1
    await catalog.stop()


async def test_best_sellers_are_counted_and_kept(table: Table) -> None:
    clock = FixedClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    made = await editor_of(table, clock).create(draft(sizes=2), actor="op")
    catalog = catalog_of(table, clock)
    await catalog.start()
    unit = Unit()
    catalog.take(unit, [StockLine(Sku(f"PLAIN-TEE-S{size}"), made.id, 2, 1) for size in (0, 1)])
    catalog.announce(unit, [made.id])
    await table.commit(unit)
    await catalog.follow()
    assert catalog.products()[0].sold_count == 4
    assert (await CatalogStore(table).documents([made.id]))[made.id].sold_count == 0
    clock.advance(SAVE_SOLD_EVERY)
    await catalog.follow()
    assert (await CatalogStore(table).documents([made.id]))[made.id].sold_count == 4
    await catalog.stop()


async def test_the_sku_has_the_last_word_about_its_price(table: Table) -> None:
    """A change in several units died before its document: the prices that were written are the ones that are shown."""
    made = await editor_of(table).create(draft(sizes=1), actor="op")
    catalog = catalog_of(table)
    await catalog.start()
    unit = Unit()
    dearer = replace(made.variants[0], price=Money(2500, "USD"), price_version=2)
    unit.add("sku", change_sku(made.id, SkuChange(dearer, sellable=True, price_changed=True, seen_price_version=1)))
    await table.commit(unit)
    await catalog.stock_of_product(made.id)
    found = catalog.find_variant(SKU)
    assert found is not None
    assert (found[1].price, found[1].price_version) == (Money(2500, "USD"), 2)
    await catalog.stop()


async def test_one_unreadable_item_does_not_close_the_shop(table: Table) -> None:
    made = await editor_of(table).create(draft(), actor="op")
    await editor_of(table).create(draft("other-tee"), actor="op")
    await table.write(Update(keys.product(made.id), "SET #variants = :what", values={"what": "nothing"}))
    catalog = catalog_of(table)
    await catalog.start()
    assert [product.slug for product in catalog.products()] == ["other-tee"]
    await catalog.stop()


async def test_a_unit_refuses_one_sku_twice(table: Table) -> None:
    unit, catalog = Unit(), catalog_of(table)
    line = StockLine(SKU, ProductId("prd_x"), 1, 1)
    with pytest.raises(ValueError, match="two writes"):
        catalog.take(unit, [line, line])
    for quantity in (0, -1, 1000):
        with pytest.raises(ValueError, match="quantity"):
            StockLine(SKU, ProductId("prd_x"), quantity, 1)


async def test_an_unknown_sku_cannot_be_taken(table: Table) -> None:
    unit, catalog = Unit(), catalog_of(table)
    catalog.take(unit, [StockLine(SKU, ProductId("prd_x"), 1, 1)])
    with pytest.raises(UnitRefused) as refused:
        await table.commit(unit)
    assert catalog.stock_in(refused.value.failures[0]) is None


class Faulty(Transport):
    """A connection that can be cut for some actions, as when the network or the region fails."""

    def __init__(self) -> None:
        super().__init__(seconds_max=10)
        self.cut: frozenset[str] = frozenset()

    async def __call__(self, request: Request) -> Response:
        action = request.headers["X-Amz-Target"].rpartition(".")[2] if request.headers else ""
        if action in self.cut:
            raise RequestFailed(ConnectionError("cut"))
        return await super().__call__(request)


@pytest.fixture
async def faulty(cloud: Emulator) -> AsyncIterator[Faulty]:
    transport = Faulty()
    yield transport
    await transport.close()


def _over(transport: Faulty, cloud: Emulator, table: Table) -> Table:
    client = make_client(transport, region=REGION, endpoint=cloud.url, access_key=(ACCESS_KEY, SECRET_KEY))
    return Table(client, table.name)
