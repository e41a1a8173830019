"""Many buyers at once over real sockets, served by two instances that share nothing but the table."""

from __future__ import annotations

import asyncio
import random  # noqa: TID251 - a seeded storm
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from granian.constants import Interfaces
from granian.server.embed import Server
from tests.conftest import ORIGIN
from tests.modules.checkout.harness import (
    ACTOR_HEADER,
    STANDARD_FEE,
    Shopkeeper,
    open_shop,
    order_body,
    place,
)

from xpressbuy.kit.ids import Sku
from xpressbuy.table.client import Table

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
PRICE = 1999
FREE_FROM = 7500


def _total(units: int, price: int = PRICE) -> int:
    return units * price + (0 if units * price >= FREE_FROM else STANDARD_FEE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def _served(keeper: Shopkeeper) -> AsyncIterator[httpx.AsyncClient]:
    """The shop on a socket of its own, and a client of it."""
    port = _free_port()
    server = Server(keeper.app, port=port, interface=Interfaces.ASGI, log_enabled=False)
    running = asyncio.create_task(server.serve())
    headers = {"host": ORIGIN.removeprefix("https://"), "origin": ORIGIN, "content-type": "application/json"}
    bounds = httpx.Limits(max_connections=128)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, limits=bounds) as client:
        for _ in range(100):
            try:
                await client.get("/api/cart")
                break
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
        yield client
    server.stop()  # type: ignore[no-untyped-call]
    await running


@asynccontextmanager
async def _two_instances(table: Table) -> AsyncIterator[tuple[Shopkeeper, Shopkeeper, list[httpx.AsyncClient]]]:
    async with (
        open_shop(table) as one,
        open_shop(table) as two,
        _served(one) as here,
        _served(two) as there,
    ):
        yield one, two, [here, there]


@pytest.mark.parametrize("known", ["guests", "signed in"])
async def test_a_hundred_buyers_for_ten_units(table: Table, known: str) -> None:
    async with _two_instances(table) as (keeper, other, clients):
        small, _ = await keeper.sell(stock=10)
        await other.catalog.follow()

        async def buy(number: int) -> httpx.Response:
            contact = {"email": f"buyer-{number}@example.com", "name": "Buyer"}
            headers = {"idempotency-key": f"buyer-{number:08d}"}
            if known == "signed in":
                headers[ACTOR_HEADER.decode()] = f"sub-{number}"
            body = order_body({small: 1}, total=_total(1), contact=contact)
            return await clients[number % 2].post("/api/orders", json=body, headers=headers, timeout=30)

        answers = await asyncio.gather(*(buy(number) for number in range(100)))
        assert Counter(answer.status_code for answer in answers) == {201: 10, 409: 90}
        for refused in (answer.json() for answer in answers if answer.status_code == 409):
            assert refused["code"] == "insufficient_stock"
            assert [(error["pointer"], error["available"]) for error in refused["errors"]] == [(f"/lines/{small}", 0)]
        assert await keeper.stock(small) == {"available": 0, "reserved": 0, "sold": 10}
        placed = {answer.json()["id"] for answer in answers if answer.status_code == 201}
        assert len(placed) == 10
        assert {mail["order_id"] for mail in await keeper.mails_due()} == placed


async def test_one_order_posted_sixty_four_times_at_once(table: Table) -> None:
    async with _two_instances(table) as (keeper, other, clients):
        small, _ = await keeper.sell(stock=10)
        await other.catalog.follow()
        headers = {"idempotency-key": "the-one-order", ACTOR_HEADER.decode(): "sub-1"}
        body = order_body({small: 3}, total=_total(3))
        answers = await asyncio.gather(
            *(clients[n % 2].post("/api/orders", json=body, headers=headers, timeout=30) for n in range(64))
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert len(await keeper.orders_of("sub-1")) == 1
        assert await keeper.stock(small) == {"available": 7, "reserved": 0, "sold": 3}


async def test_the_last_unit_round_after_round(table: Table) -> None:
    async with open_shop(table) as keeper:
        for number in range(20):
            small, large = await keeper.sell(f"tee-{number}", stock=1)
            # Half of them want both sizes: two SKUs taken in opposite orders must neither block nor split.
            wishes = [{small: 1}, {large: 1}, {small: 1, large: 1}, {large: 1, small: 1}] * 3

            async def buy(n: int, wish: dict[Sku, int], number: int = number) -> int:
                async with keeper.client(f"sub-{n}") as shopper:
                    body = order_body(wish, total=_total(len(wish)))
                    return (await place(shopper, body, f"round-{number:04d}-{n:04d}")).status_code

            codes = await asyncio.gather(*(buy(n, wish) for n, wish in enumerate(wishes)))
            assert set(codes) <= {201, 409}
            for sku in (small, large):
                stock = await keeper.stock(sku)
                assert stock["available"] + stock["sold"] == 1
                assert stock["available"] >= 0


async def test_no_unit_is_lost_or_made_in_a_storm(table: Table) -> None:
    dice = random.Random(20261122)
    async with open_shop(table) as one, open_shop(table) as two:
        skus = [*await one.sell("tee", stock=30, sizes=3), *await one.sell("mug", stock=30, sizes=3)]
        await two.catalog.follow()
        put_in = Counter(dict.fromkeys(skus, 30))

        async def buy(number: int) -> tuple[int, dict[Sku, int]]:
            wish = {sku: dice.randint(1, 4) for sku in dice.sample(skus, dice.randint(1, 4))}
            keeper, customer = dice.choice((one, two)), f"sub-{number % 25}"
            body = order_body(wish, total=_total(sum(wish.values())))
            async with keeper.client(customer) as shopper:
                answer = await place(shopper, body, f"storm-{number % 180:08d}")
                return answer.status_code, wish if answer.status_code == 201 else {}

        async def restock(_: int) -> tuple[int, dict[Sku, int]]:
            sku, count = dice.choice(skus), dice.randint(1, 5)
            await one.editor.set_stock(sku, actor="test", reason="storm", delta=count)
            put_in[sku] += count
            return 0, {}

        async def look(_: int) -> tuple[int, dict[Sku, int]]:
            for sku in skus:
                stock = await two.stock(sku)
                assert stock["available"] >= 0
                assert stock["reserved"] == 0
            return 0, {}

        steps = [buy] * 200 + [restock] * 15 + [look] * 15
        dice.shuffle(steps)
        outcomes = await asyncio.gather(*(step(number) for number, step in enumerate(steps)))
        assert {status for status, _ in outcomes} <= {0, 201, 409, 422}
        assert sum(status == 201 for status, _ in outcomes) > 10

        sold: Counter[str] = Counter()
        orders = 0
        for number in range(25):
            for item in await one.orders_of(f"sub-{number}"):
                orders += 1
                for line in item["lines"]:
                    sold[line["sku"]] += int(line["quantity"])
        for sku in skus:
            stock = await one.stock(sku)
            assert stock["available"] + stock["reserved"] + stock["sold"] == put_in[sku]
            assert stock["sold"] == sold[sku]
        assert len(await one.mails_due()) == orders
