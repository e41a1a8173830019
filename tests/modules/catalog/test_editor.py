"""Changing products and stock, against a real table."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from tests.conftest import another_table
from tests.modules.catalog.samples import Calls, catalog_of, draft, editor_of

from xpressbuy.catalog.model import Category, StockLine
from xpressbuy.catalog.model.changes import plan_changes
from xpressbuy.catalog.service import CatalogEditor
from xpressbuy.catalog.store import CatalogStore, change_product
from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.errors import Conflict, Invalid, NotFound, Unavailable
from xpressbuy.kit.ids import Ids, ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.local.emulator import Emulator
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Unit, UnitRefused

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]


async def test_a_product_is_created_whole_in_one_call(table: Table) -> None:
    with Calls(table) as calls:
        made = await editor_of(table).create(draft(sizes=3), actor="op_1")
    assert calls.by_action == {"TransactWriteItems": 1}
    catalog = catalog_of(table)
    await catalog.start()
    assert catalog.by_slug("plain-tee") == made
    assert {sku: stock.available for sku, stock in (await catalog.stock_of_product(made.id)).items()} == {
        "PLAIN-TEE-S0": 10,
        "PLAIN-TEE-S1": 10,
        "PLAIN-TEE-S2": 10,
    }
    await catalog.stop()


async def test_a_hundred_variants_take_three_units_and_the_same_wish_again_none(table: Table) -> None:
    editor = editor_of(table)
    with Calls(table) as calls:
        made = await editor.create(draft(sizes=100), actor="op_1")
    assert calls.by_action == {"TransactWriteItems": 3}
    with Calls(table) as calls:
        same = await editor.update(made.id, draft(sizes=100), version=1, actor="op_1")
    assert calls.writes == 0
    assert same.version == 1
    stocks = await CatalogStore(table).stocks_of_product(made.id, SystemClock().now())
    assert len(stocks) == 100


async def test_a_stale_version_is_a_conflict_and_changes_nothing(table: Table) -> None:
    editor = editor_of(table)
    made = await editor.create(draft(sizes=60), actor="op_1")
    await editor.update(made.id, draft(sizes=60, brand="North"), version=1, actor="op_1")
    with pytest.raises(Conflict) as refused:
        await editor.update(made.id, draft(sizes=60, price=1), version=1, actor="op_2")
    assert refused.value.code == "product_changed"
    stocks = await CatalogStore(table).stocks_of_product(made.id, SystemClock().now())
    assert {stock.price.amount for stock in stocks.values()} == {1999}


async def test_two_writers_at_once_one_wins_whole(table: Table) -> None:
    editor = editor_of(table)
    made = await editor.create(draft(sizes=60), actor="op_1")
    outcomes = await asyncio.gather(
        *(
            editor.update(made.id, draft(sizes=60, price=price), version=1, actor="op")
            for price in (100, 200, 300, 400)
        ),
        return_exceptions=True,
    )
    won = [one for one in outcomes if not isinstance(one, BaseException)]
    assert all(isinstance(one, Conflict) for one in outcomes if isinstance(one, BaseException))
    assert len(won) <= 1
    document = (await CatalogStore(table).documents([made.id]))[made.id]
    assert document.version == 1 + len(won)


async def test_a_large_change_made_from_an_old_reading_does_not_begin(table: Table) -> None:
    editor, store = editor_of(table), CatalogStore(table)
    made = await editor.create(draft(sizes=60), actor="op_1")
    now = SystemClock().now()
    stocks = await store.stocks_of_product(made.id, now, consistent=True)
    plan = plan_changes(made, stocks, draft(sizes=60, price=1), product_id=made.id, now=now)
    await editor.update(made.id, draft(sizes=60, brand="North"), version=1, actor="op_2")
    with pytest.raises(Conflict) as refused:
        await editor.save(plan, made.id, made, actor="op_1")
    assert refused.value.code == "product_changed"
    stocks = await store.stocks_of_product(made.id, now, consistent=True)
    assert {stock.price.amount for stock in stocks.values()} == {1999}


async def test_one_price_version_never_means_two_prices(table: Table) -> None:
    """One editor dies after the first of two units; another, who read before that, comes after."""
    editor, store = editor_of(table), CatalogStore(table)
    made = await editor.create(draft(sizes=60), actor="op_1")
    now = SystemClock().now()
    stocks = await store.stocks_of_product(made.id, now, consistent=True)
    first, second = (
        plan_changes(made, stocks, draft(sizes=60, price=price), product_id=made.id, now=now) for price in (100, 200)
    )
    commits = 0

    async def die_after_one(unit: Unit, token: str | None) -> None:
        nonlocal commits
        commits += 1
        if commits > 1:
            raise Unavailable("outcome_unknown")
        await table.commit(unit, token)

    clock = SystemClock()
    with pytest.raises(Unavailable):
        await CatalogEditor(store, die_after_one, clock, Ids(clock), currency="USD").save(
            first, made.id, made, actor="op_1"
        )
    with pytest.raises(Conflict):
        await editor.save(second, made.id, made, actor="op_2")
    ended = await editor.update(made.id, draft(sizes=60, price=200), version=1, actor="op_2")
    stocks = await store.stocks_of_product(made.id, now, consistent=True)
    assert {stock.price.amount for stock in stocks.values()} == {200}
    assert sorted(stock.price_version for stock in stocks.values()) == [2] * 13 + [3] * 47
    assert all(stocks[variant.sku].price_version == variant.price_version for variant in ended.variants)


async def test_names_are_held_by_one_product(table: Table) -> None:
    editor = editor_of(table)
    await editor.create(draft(), actor="op_1")
    with pytest.raises(Conflict) as slug:
        await editor.create(draft(), actor="op_1")
    assert slug.value.code == "slug_taken"
    other = draft("other-tee")
    stolen = replace(other, variants=(replace(other.variants[0], sku=Sku("PLAIN-TEE-S0")), other.variants[1]))
    with pytest.raises(Conflict) as sku:
        await editor.create(stolen, actor="op_1")
    assert sku.value.code == "sku_taken"
    assert len(await CatalogStore(table).products()) == 1


async def test_a_renamed_product_frees_its_slug(table: Table) -> None:
    editor = editor_of(table)
    made = await editor.create(draft(), actor="op_1")
    moved = replace(draft(), slug="finer-tee")
    await editor.update(made.id, moved, version=1, actor="op_1")
    guards = await CatalogStore(table).guards(["plain-tee", "finer-tee"], [])
    assert dict(guards.slugs) == {"finer-tee": made.id}


async def test_an_edit_keeps_what_reviews_and_sales_wrote(table: Table) -> None:
    editor, catalog, store = editor_of(table), catalog_of(table), CatalogStore(table)
    made = await editor.create(draft(), actor="op_1")
    unit = Unit()
    catalog.rate(unit, made.id, 5, 3)
    catalog.announce(unit, [made.id], "product")
    await table.commit(unit)
    await store.save_sold_count(made.id, 12)
    # From what was read before the reviews and the sales.
    plan = plan_changes(made, {}, draft(brand="North"), product_id=made.id, now=SystemClock().now())
    assert plan.product is not None
    unit = Unit()
    unit.add("product", change_product(plan.product, made.version))
    await table.commit(unit)
    document = (await store.documents([made.id]))[made.id]
    assert (document.rating.count, document.rating.average, document.sold_count, document.brand) == (
        3,
        5.0,
        12,
        "North",
    )


async def test_a_variant_taken_away_keeps_its_stock_and_cannot_be_bought(table: Table) -> None:
    editor, catalog = editor_of(table), catalog_of(table)
    made = await editor.create(draft(sizes=2), actor="op_1")
    await editor.update(made.id, draft(sizes=1), version=1, actor="op_1")
    unit = Unit()
    catalog.take(unit, [StockLine(Sku("PLAIN-TEE-S1"), made.id, 1, 1)])
    with pytest.raises(UnitRefused) as refused:
        await table.commit(unit)
    left = catalog.stock_in(refused.value.failures[0])
    assert left is not None
    assert (left.available, left.sellable) == (10, False)
    again = await editor.update(made.id, draft(sizes=2), version=2, actor="op_1")
    stocks = await CatalogStore(table).stocks_of_product(made.id, SystemClock().now())
    assert stocks[Sku("PLAIN-TEE-S1")].sellable
    assert len(again.variants) == 2


@pytest.mark.parametrize("status", ["draft", "archived"])
async def test_nothing_of_a_hidden_product_can_be_bought(table: Table, status: str) -> None:
    editor, catalog = editor_of(table), catalog_of(table)
    made = await editor.create(draft(), actor="op_1")
    await editor.update(made.id, draft(status=status), version=1, actor="op_1")
    unit = Unit()
    catalog.take(unit, [StockLine(Sku("PLAIN-TEE-S0"), made.id, 1, 1)])
    with pytest.raises(UnitRefused):
        await table.commit(unit)


async def test_a_new_price_raises_its_version_and_refuses_the_old(table: Table) -> None:
    editor, catalog = editor_of(table), catalog_of(table)
    made = await editor.create(draft(), actor="op_1")
    changed = await editor.update(made.id, draft(price=2100), version=1, actor="op_1")
    assert [variant.price_version for variant in changed.variants] == [2, 2]
    unit = Unit()
    catalog.take(unit, [StockLine(Sku("PLAIN-TEE-S0"), made.id, 1, 1)])
    with pytest.raises(UnitRefused) as refused:
        await table.commit(unit)
    met = catalog.stock_in(refused.value.failures[0])
    assert refused.value.labels() == {"sku:PLAIN-TEE-S0"}
    assert met is not None
    assert (met.price, met.price_version, met.available) == (Money(2100, "USD"), 2, 10)


async def test_stock_is_conserved_while_many_take_and_an_operator_adds(table: Table, cloud: Emulator) -> None:
    editor, catalog = editor_of(table), catalog_of(table)
    made = await editor.create(draft(sizes=1, stock=10), actor="op_1")
    sku = Sku("PLAIN-TEE-S0")

    async def buy() -> bool:
        unit = Unit()
        catalog.take(unit, [StockLine(sku, made.id, 1, 1)])
        try:
            await table.commit(unit)
        except UnitRefused:
            return False
        return True

    await asyncio.gather(
        asyncio.gather(*(buy() for _ in range(40))),
        editor.set_stock(sku, delta=5, reason="delivery", actor="op_1"),
        editor.set_stock(sku, delta=-2, reason="broken", actor="op_1"),
        return_exceptions=True,
    )
    await asyncio.gather(*(buy() for _ in range(10)))
    async with another_table(cloud.url, table.name) as elsewhere:
        stock = (await CatalogStore(elsewhere).stocks_of_product(made.id, SystemClock().now(), consistent=True))[sku]
    assert stock.available == 0
    assert stock.sold in {13, 15}  # 15 when the broken two were sold before anybody could take them away


async def test_setting_stock(table: Table) -> None:
    editor = editor_of(table)
    await editor.create(draft(sizes=1), actor="op_1")
    sku = Sku("PLAIN-TEE-S0")
    assert (await editor.set_stock(sku, available=2, reason="count", actor="op_1")).available == 2
    low = await CatalogStore(table).low_stock(SystemClock().now())
    assert [(stock.sku, stock.marked_at) for stock in low] == [(sku, 2)]
    assert (await editor.set_stock(sku, delta=20, reason="delivery", actor="op_1")).available == 22
    assert await CatalogStore(table).low_stock(SystemClock().now()) == []
    with pytest.raises(Conflict) as refused:
        await editor.set_stock(sku, delta=-23, reason="typo", actor="op_1")
    assert refused.value.errors[0].extra == {"available": 22}
    with pytest.raises(NotFound):
        await editor.set_stock(Sku("NOBODY"), delta=1, reason="typo", actor="op_1")


async def test_refused_drafts(table: Table) -> None:
    editor = editor_of(table)
    with pytest.raises(Invalid):
        await editor.create(draft("Not A Slug"), actor="op_1")
    with pytest.raises(NotFound):
        await editor.update(ProductId("prd_none"), draft(), version=1, actor="op_1")


async def test_categories_are_written_once(table: Table) -> None:
    editor = editor_of(table)
    wanted = [Category("clothing", "Clothing"), Category("tees", "Tees", "clothing")]
    assert await editor.put_categories(wanted, actor="op_1") == 2
    assert await editor.put_categories(wanted, actor="op_1") == 0
    with pytest.raises(Invalid):
        await editor.put_categories([Category("clothing", "Clothing", "tees")], actor="op_1")
