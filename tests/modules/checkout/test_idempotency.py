"""The same order sent again is the same order: quietly, at once, after a lost answer, and by nobody else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.modules.checkout.harness import (
    STANDARD_FEE,
    Calls,
    Shopkeeper,
    guest_of,
    open_shop,
    order_body,
    place,
)

from xpressbuy.checkout.store import TOKEN_LENGTH, request_token
from xpressbuy.kit.clock import FixedClock, SystemClock
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import CustomerId, OrderId
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Unit

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
PRICE = 1999
TOTAL = PRICE + STANDARD_FEE


async def test_sent_again_it_is_answered_with_the_same_bytes(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        first = await place(shopper, order_body({small: 1}, total=TOTAL))
        with Calls(keeper.table) as calls:
            again = await place(shopper, order_body({small: 1}, total=TOTAL))
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["content-type"] == first.headers["content-type"]
    assert calls == {"BatchGetItem": 1}
    assert (await keeper.stock(small))["sold"] == 1


async def test_a_cart_that_was_ordered_is_answered_again_though_it_is_empty_now(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        version = (await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 1})).json()["version"]
        body = order_body(total=TOTAL, cart_version=version)
        first, again = await place(shopper, body), await place(shopper, body)
    assert again.content == first.content
    assert first.status_code == 201


async def test_spaces_and_order_of_fields_make_no_other_order(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    body = order_body({small: 1}, total=TOTAL)
    backwards = json.dumps(dict(reversed(body.items())), indent=4)
    async with keeper.client("sub-1") as shopper:
        first = await place(shopper, body)
        again = await shopper.post("/api/orders", content=backwards, headers={"idempotency-key": "key-00000001"})
    assert again.content == first.content


@pytest.mark.parametrize(
    "change",
    [
        {"lines": [{"sku": "PLAIN-TEE-S0", "quantity": 2}]},
        {"expected_total": {"amount": TOTAL + 1, "currency": "USD"}},
        {"contact": {"email": "other@example.com", "name": "Asha Rao"}},
        {"shipping_method": "express"},
        {"payment": {"method": "card"}},
    ],
)
async def test_another_body_under_the_key_is_refused(keeper: Shopkeeper, change: dict[str, Any]) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        await place(shopper, order_body({small: 1}, total=TOTAL))
        refused = await place(shopper, order_body({small: 1}, total=TOTAL, **change))
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert len(await keeper.orders_of("sub-1")) == 1


@pytest.mark.parametrize(
    "key", ["", "short", "a" * 65, "has space", "hash#hash", "sla/sh/sla", "ünïcödé-key", "tab\tkey00", "a,b,c,d,e"]
)
async def test_a_key_of_another_alphabet_is_refused(keeper: Shopkeeper, key: str) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        refused = await shopper.post(
            "/api/orders",
            json=order_body({small: 1}, total=TOTAL),
            headers=[(b"idempotency-key", key.encode())],
        )
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_invalid")
    assert await keeper.orders_of("sub-1") == []


async def test_without_a_key_or_with_two_nothing_is_ordered(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    body = order_body({small: 1}, total=TOTAL)
    async with keeper.client("sub-1") as shopper:
        without = await shopper.post("/api/orders", json=body)
        twice = await shopper.post(
            "/api/orders", json=body, headers=[("idempotency-key", "a" * 8), ("idempotency-key", "a" * 8)]
        )
        # The key is asked for before the body is read.
        senseless = await shopper.post("/api/orders", json={"x": 1})
    assert (without.status_code, without.json()["code"]) == (400, "idempotency_key_missing")
    assert (twice.status_code, twice.json()["code"]) == (400, "idempotency_key_invalid")
    assert senseless.json()["code"] == "idempotency_key_missing"
    assert await keeper.orders_of("sub-1") == []


async def test_a_refusal_is_not_kept(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell(stock=0)
    body = order_body({small: 1}, total=TOTAL)
    async with keeper.client("sub-1") as shopper:
        assert (await place(shopper, body)).status_code == 409
        await keeper.editor.set_stock(small, actor="test", reason="test", available=1)
        assert (await place(shopper, body)).status_code == 201


async def test_the_same_key_of_two_people_is_two_keys(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    body = order_body({small: 1}, total=TOTAL)
    answers = []
    for customer in ("sub-1", "sub-2"):
        async with keeper.client(customer) as shopper:
            answers.append(await place(shopper, body))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] != answers[1].json()["id"]


async def _all_equal(answers: Sequence[httpx.Response]) -> None:
    assert {answer.status_code for answer in answers} == {201}, {answer.text for answer in answers}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("stock", [1, 100])
async def test_sixty_four_at_once_are_one_order(table: Table, stock: int) -> None:
    # Two processes share the work, so no lock inside one of them can be what keeps the promise.
    async with open_shop(table) as one, open_shop(table) as two:
        small, _ = await one.sell(stock=stock)
        await two.catalog.follow()
        async with one.client("sub-1") as here, two.client("sub-1") as there:
            version = (await here.put(f"/api/cart/lines/{small}", json={"quantity": 1})).json()["version"]
            body = order_body(total=TOTAL, cart_version=version)
            answers = await asyncio.gather(*(place((here, there)[n % 2], body) for n in range(64)))
        await _all_equal(answers)
        assert len(await one.orders_of("sub-1")) == 1
        assert len(await one.mails_due()) == 1
        assert await one.stock(small) == {"available": stock - 1, "reserved": 0, "sold": 1}


async def test_visitors_without_a_cookie_who_click_twice_order_once(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    body = order_body({small: 1}, total=TOTAL)

    async def click() -> httpx.Response:
        async with keeper.client() as visitor:
            return await place(visitor, body, "one-click-key")

    answers = await asyncio.gather(*(click() for _ in range(8)))
    await _all_equal(answers)
    assert (await keeper.stock(small))["sold"] == 1


async def test_the_winner_under_a_limit_does_not_shut_out_its_twins(table: Table) -> None:
    from xpressbuy.checkout.service import Limits  # noqa: PLC0415 - only here

    async with open_shop(table, limits=Limits(per_email=1)) as keeper, keeper.client("sub-1") as shopper:
        small, _ = await keeper.sell()
        body = order_body({small: 1}, total=TOTAL)
        await _all_equal(await asyncio.gather(*(place(shopper, body) for _ in range(16))))


async def test_different_bodies_at_once_under_one_key_make_one_order(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    bodies = [
        order_body({small: n + 1}, total=(n + 1) * PRICE + (STANDARD_FEE if (n + 1) * PRICE < 7500 else 0))
        for n in range(4)
    ]
    async with keeper.client("sub-1") as shopper:
        answers = await asyncio.gather(*(place(shopper, body) for body in bodies * 4))
    assert sorted({answer.status_code for answer in answers}) == [201, 422]
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert len(await keeper.orders_of("sub-1")) == 1


class Broken:
    """A `commit` that fails as the network does: before the write, after it, or both in turn."""

    def __init__(self, table: Table, *, written: bool, times: int = 1) -> None:
        self._table = table
        self._written = written
        self._left = times
        self.tokens: list[str | None] = []

    async def __call__(self, unit: Unit, token: str | None) -> None:
        self.tokens.append(token)
        broken, self._left = self._left > 0, self._left - 1
        if not broken or self._written:
            await self._table.commit(unit, token)
        if broken:
            raise Unavailable("outcome_unknown", retry_after_seconds=1)


async def test_an_order_whose_answer_was_lost_on_the_way_is_found(table: Table) -> None:
    async with open_shop(table, commit=Broken(table, written=True)) as keeper, keeper.client("sub-1") as shopper:
        small, _ = await keeper.sell()
        body = order_body({small: 1}, total=TOTAL)
        first, again = await place(shopper, body), await place(shopper, body)
        assert first.status_code == 201
        assert again.content == first.content
        assert len(await keeper.orders_of("sub-1")) == 1
        assert (await keeper.stock(small))["sold"] == 1


async def test_an_order_that_was_never_written_may_be_sent_again(table: Table) -> None:
    async with open_shop(table, commit=Broken(table, written=False)) as keeper, keeper.client("sub-1") as shopper:
        small, _ = await keeper.sell()
        body = order_body({small: 1}, total=TOTAL)
        first = await place(shopper, body)
        assert first.status_code == 503
        assert first.headers["retry-after"] == "1"
        assert (await place(shopper, body)).status_code == 201
        assert (await keeper.stock(small))["sold"] == 1


async def test_a_handler_that_dies_after_the_write_leaves_an_order_that_is_found(table: Table) -> None:
    written = asyncio.Event()

    async def commit(unit: Unit, token: str | None) -> None:
        await table.commit(unit, token)
        written.set()
        await asyncio.sleep(3600)

    async with open_shop(table) as plain:
        small, _ = await plain.sell()
        body = order_body({small: 1}, total=TOTAL)
        async with open_shop(table, commit=commit) as dying, dying.client("sub-1") as shopper:
            task = asyncio.create_task(place(shopper, body))
            await written.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        async with plain.client("sub-1") as shopper:
            again = await place(shopper, body)
        assert again.status_code == 201
        assert [item["id"] for item in await plain.orders_of("sub-1")] == [again.json()["id"]]
        assert (await plain.stock(small))["sold"] == 1


@pytest.mark.parametrize(("passed", "orders"), [("0:09:59", 1), ("0:10:01", 1), ("23:59:50", 1), ("24:00:10", 2)])
async def test_a_key_is_kept_for_a_day_by_our_own_clock(table: Table, passed: str, orders: int) -> None:
    hours, minutes, seconds = map(int, passed.split(":"))
    clock = FixedClock(SystemClock().now())
    async with open_shop(table, clock=clock) as keeper, keeper.client("sub-1") as shopper:
        small, _ = await keeper.sell()
        body = order_body({small: 1}, total=TOTAL)
        first = await place(shopper, body)
        clock.advance(timedelta(hours=hours, minutes=minutes, seconds=seconds))
        again = await place(shopper, body)
        assert again.status_code == 201
        assert (again.content == first.content) == (orders == 1)
        assert len(await keeper.orders_of("sub-1")) == orders


async def test_a_guest_who_orders_keeps_the_guests_keys(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    body = order_body({small: 1}, total=TOTAL)
    async with keeper.client() as guest:
        await guest.put(f"/api/cart/lines/{small}", json={"quantity": 1})
        first, again = await place(guest, body), await place(guest, body)
        assert again.content == first.content
        assert len(await keeper.orders_of(guest_of(guest))) == 1


def test_a_request_token_is_stable_and_fits() -> None:
    one = request_token(CustomerId("sub-1"), "key-00000001", OrderId("ord_1"))
    assert one == request_token(CustomerId("sub-1"), "key-00000001", OrderId("ord_1"))
    assert len(one) == TOKEN_LENGTH
    others = {
        request_token(CustomerId("sub-2"), "key-00000001", OrderId("ord_1")),
        request_token(CustomerId("sub-1"), "key-00000002", OrderId("ord_1")),
        request_token(CustomerId("sub-1"), "key-00000001", OrderId("ord_2")),
    }
    assert one not in others
    assert len(others) == 3
