"""A guest's cart becomes the customer's: none lost, none doubled, whatever is repeated, raced or cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from tests.modules.checkout.harness import Calls, Shopkeeper, open_shop

from xpressbuy.cart.model import LINES_MAX, QUANTITY_MAX
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import CustomerId, Sku
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Unit

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
GUEST = CustomerId("gst_aaaaaaaaaaaaaaaaaaaaaaaaaa")
OWN = CustomerId("sub-1")


async def _fill(keeper: Shopkeeper, customer: CustomerId, lines: Mapping[Sku, int]) -> None:
    for sku, quantity in lines.items():
        await keeper.carts.carts.set_line(customer, sku, quantity, new_id="crt_x", now=keeper.clock.now())


async def _lines(keeper: Shopkeeper, customer: CustomerId) -> dict[Sku, int]:
    return dict((await keeper.carts.get(customer)).lines)


async def test_both_carts_come_together_in_one_read_and_one_transaction(keeper: Shopkeeper) -> None:
    a, b, c = await keeper.sell(sizes=3)
    await keeper.catalog.stock_of([a, b, c])
    await _fill(keeper, GUEST, {a: 2, b: 1})
    await _fill(keeper, OWN, {a: 3, c: 4})
    with Calls(keeper.table) as calls:
        merged = await keeper.carts.merge(GUEST, OWN)
    assert calls == {"BatchGetItem": 1, "TransactWriteItems": 1}
    assert dict(merged.lines) == {a: 5, b: 1, c: 4} == await _lines(keeper, OWN)
    assert await _lines(keeper, GUEST) == {}
    assert merged == await keeper.carts.get(OWN)


async def test_into_a_cart_that_was_never_there(keeper: Shopkeeper) -> None:
    a, b = await keeper.sell()
    await _fill(keeper, GUEST, {a: 2, b: 1})
    merged = await keeper.carts.merge(GUEST, OWN)
    assert merged == await keeper.carts.get(OWN)
    assert dict(merged.lines) == {a: 2, b: 1}


async def test_nothing_to_move_writes_nothing(keeper: Shopkeeper) -> None:
    a, _ = await keeper.sell()
    await _fill(keeper, OWN, {a: 2})
    with Calls(keeper.table) as calls:
        merged = await keeper.carts.merge(GUEST, OWN)
    assert calls == {"BatchGetItem": 1}
    assert dict(merged.lines) == {a: 2}


async def test_twice_is_once(keeper: Shopkeeper) -> None:
    a, _ = await keeper.sell()
    await _fill(keeper, GUEST, {a: 2})
    await _fill(keeper, OWN, {a: 3})
    await keeper.carts.merge(GUEST, OWN)
    await keeper.carts.merge(GUEST, OWN)
    assert await _lines(keeper, OWN) == {a: 5}


async def test_two_customers_never_share_one_guests_cart(keeper: Shopkeeper) -> None:
    a, _ = await keeper.sell()
    await _fill(keeper, GUEST, {a: 2})
    other = CustomerId("sub-2")
    await asyncio.gather(keeper.carts.merge(GUEST, OWN), keeper.carts.merge(GUEST, other))
    assert sorted([await _lines(keeper, OWN), await _lines(keeper, other)], key=len) == [{}, {a: 2}]


async def test_parallel_merges_are_one(keeper: Shopkeeper) -> None:
    a, b = await keeper.sell(stock=100)
    await _fill(keeper, GUEST, {a: 2, b: 7})
    await _fill(keeper, OWN, {a: 3})
    await asyncio.gather(*(keeper.carts.merge(GUEST, OWN) for _ in range(16)))
    assert await _lines(keeper, OWN) == {a: 5, b: 7}


async def test_a_change_in_between_is_not_overwritten(table: Table) -> None:
    async with open_shop(table) as plain:
        a, b = await plain.sell(stock=100)
        changed = False

        async def commit(unit: Unit, token: str | None) -> None:
            nonlocal changed
            if not changed:
                changed = True
                await _fill(plain, GUEST, {b: 9})
                await _fill(plain, OWN, {a: 4})
            await table.commit(unit, token)

        await _fill(plain, GUEST, {a: 2})
        await _fill(plain, OWN, {a: 3})
        async with open_shop(table, commit=commit) as keeper:
            await keeper.carts.merge(GUEST, OWN)
            assert await _lines(keeper, OWN) == {a: 6, b: 9}
            assert await _lines(keeper, GUEST) == {}


async def test_over_stock_it_takes_what_there_is_and_blocks_nothing(keeper: Shopkeeper) -> None:
    a, b = await keeper.sell(stock=4)
    await _fill(keeper, GUEST, {a: 3, b: 9})
    await _fill(keeper, OWN, {a: 3})
    await keeper.carts.merge(GUEST, OWN)
    assert await _lines(keeper, OWN) == {a: 4, b: 9}
    async with keeper.client(OWN) as shopper:
        shown = (await shopper.get("/api/cart")).json()["lines"]
    assert [line["problem"] for line in shown] == [None, "insufficient_stock"]


async def test_over_stock_that_this_process_has_never_seen(table: Table) -> None:
    async with open_shop(table) as first:
        a, _ = await first.sell(stock=50)
        await _fill(first, GUEST, {a: 40})
        await _fill(first, OWN, {a: 40})
    async with open_shop(table) as keeper:
        await keeper.carts.merge(GUEST, OWN)
        assert await _lines(keeper, OWN) == {a: 50}


async def test_over_the_bounds(keeper: Shopkeeper) -> None:
    skus = await keeper.sell(sizes=LINES_MAX + 10, stock=5000)
    own = dict.fromkeys(skus[:45], 600)
    guest = dict.fromkeys(skus[40:60], 700)
    await _fill(keeper, OWN, own)
    await _fill(keeper, GUEST, guest)
    await keeper.carts.merge(GUEST, OWN)
    moved, left = await _lines(keeper, OWN), await _lines(keeper, GUEST)
    assert len(moved) == LINES_MAX
    assert {moved[sku] for sku in skus[40:45]} == {QUANTITY_MAX}
    assert set(moved) | set(left) == set(skus)
    assert not set(moved) & set(left)
    await keeper.carts.merge(GUEST, OWN)
    assert (await _lines(keeper, OWN), await _lines(keeper, GUEST)) == (moved, left)


@pytest.mark.parametrize("written", [False, True])
async def test_cut_off_at_the_write_and_repeated(table: Table, *, written: bool) -> None:
    failures = 1

    async def commit(unit: Unit, token: str | None) -> None:
        nonlocal failures
        if failures == 0 or written:
            await table.commit(unit, token)
        if failures:
            failures -= 1
            raise Unavailable("busy")

    async with open_shop(table) as plain:
        a, b = await plain.sell(stock=100)
        await _fill(plain, GUEST, {a: 2, b: 5})
        await _fill(plain, OWN, {a: 3})
    async with open_shop(table, commit=commit) as keeper:
        with pytest.raises(Unavailable):
            await keeper.carts.merge(GUEST, OWN)
        total = sum((await _lines(keeper, OWN)).values()) + sum((await _lines(keeper, GUEST)).values())
        assert total == 10
        await keeper.carts.merge(GUEST, OWN)
        assert await _lines(keeper, OWN) == {a: 5, b: 5}
        assert await _lines(keeper, GUEST) == {}


async def test_a_cart_is_not_merged_with_itself(keeper: Shopkeeper) -> None:
    a, _ = await keeper.sell()
    await _fill(keeper, OWN, {a: 3})
    await keeper.carts.merge(OWN, OWN)
    assert await _lines(keeper, OWN) == {a: 3}
