from __future__ import annotations

import pytest
from tests.modules.checkout.harness import (
    GUEST_COOKIE,
    STANDARD_FEE,
    Calls,
    Shopkeeper,
    order_body,
    place,
    product_id,
)
from tests.modules.orders.samples import make_order

from xpressbuy.kit.ids import CustomerId, OrderId, ProductId
from xpressbuy.orders.model import OrderState, move
from xpressbuy.orders.store import order_item
from xpressbuy.table.unit import Put

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]


async def _buy(keeper: Shopkeeper, customer: str, count: int = 1, slug: str = "plain-tee") -> list[str]:
    product = keeper.products[slug]
    sku = product.variants[0].sku
    body = order_body({sku: 1}, total=1999 + STANDARD_FEE)
    placed = []
    async with keeper.client(customer) as shopper:
        for number in range(count):
            answer = await place(shopper, body, f"{slug}-{number:08d}")
            assert answer.status_code == 201, answer.text
            placed.append(answer.json()["id"])
    return placed


async def test_own_orders_newest_first_page_by_page(keeper: Shopkeeper) -> None:
    await keeper.sell()
    placed = await _buy(keeper, "sub-1", 5)
    await _buy(keeper, "sub-2", 1)
    seen: list[str] = []
    cursor = ""
    async with keeper.client("sub-1") as shopper:
        for _ in range(4):
            with Calls(keeper.table) as calls:
                page = (await shopper.get(f"/api/orders?limit=2{cursor}")).json()
            assert calls == {"Query": 1}
            seen += [order["id"] for order in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
    assert seen == placed[::-1]


async def test_one_order_is_one_get_and_equals_what_placing_it_answered(keeper: Shopkeeper) -> None:
    (sku, _) = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        placed = await place(shopper, order_body({sku: 2}, total=2 * 1999 + STANDARD_FEE))
        with Calls(keeper.table) as calls:
            read = await shopper.get(f"/api/orders/{placed.json()['id']}")
    assert calls == {"GetItem": 1}
    assert read.json() == placed.json()
    order = read.json()
    assert order["number"].startswith("XB-")
    assert order["can"] == {"cancel": False, "return": False, "review": True}
    assert [entry["state"] for entry in order["history"]] == ["placed"]
    assert order["payment"] == {"method": "cod", "state": "due"}


async def test_a_guest_reads_an_order_by_the_cookie_it_was_placed_with(keeper: Shopkeeper) -> None:
    (sku, _) = await keeper.sell()
    async with keeper.client() as guest, keeper.client() as other:
        placed = await place(guest, order_body({sku: 1}, total=1999 + STANDARD_FEE))
        path = f"/api/orders/{placed.json()['id']}"
        assert (await guest.get(path)).status_code == 200
        assert (await other.get(path)).status_code == 401
        await other.put(f"/api/cart/lines/{sku}", json={"quantity": 1})
        assert GUEST_COOKIE in other.cookies
        assert (await other.get(path)).status_code == 404


async def test_foreign_absent_and_senseless_ids_are_alike(keeper: Shopkeeper) -> None:
    await keeper.sell()
    foreign = (await _buy(keeper, "sub-1"))[0]
    answers = []
    async with keeper.client("sub-2") as shopper:
        for order_id in (foreign, "ord_" + "0" * 26, "ord_", "nonsense", "cart", "ORDER%23x", "1"):
            answer = await shopper.get(f"/api/orders/{order_id}")
            body = answer.json()
            del body["instance"]
            answers.append((answer.status_code, body))
    assert answers[0][0] == 404
    assert all(answer == answers[0] for answer in answers)


async def test_the_list_is_for_the_signed_in(keeper: Shopkeeper) -> None:
    async with keeper.client() as visitor:
        assert (await visitor.get("/api/orders")).status_code == 401
        assert (await visitor.get("/api/orders/ord_x")).status_code == 401


async def test_cursors_open_for_their_owner_only(keeper: Shopkeeper) -> None:
    await keeper.sell()
    await _buy(keeper, "sub-1", 3)
    async with keeper.client("sub-1") as owner, keeper.client("sub-2") as thief:
        cursor = (await owner.get("/api/orders?limit=1")).json()["next_cursor"]
        assert (await owner.get(f"/api/orders?cursor={cursor}")).status_code == 200
        assert (await thief.get(f"/api/orders?cursor={cursor}")).status_code == 400
        flipped = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
        for bad in (flipped, cursor[:20], "eyJQSyI6IngifQ"):
            assert (await owner.get(f"/api/orders?cursor={bad}")).status_code == 400, bad
        for bad in ("%00", "a" * 4000, "a" * 10_000, f"{cursor}&cursor={cursor}"):
            assert (await owner.get(f"/api/orders?cursor={bad}")).status_code in {400, 422}, bad


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "1.0", "x", "1&limit=1", "99999999999999999999"])
async def test_limits_are_bounded(keeper: Shopkeeper, limit: str) -> None:
    async with keeper.client("sub-1") as shopper:
        assert (await shopper.get(f"/api/orders?limit={limit}")).status_code == 422


async def test_who_has_bought(keeper: Shopkeeper) -> None:
    await keeper.sell()
    await keeper.sell("mug")
    await _buy(keeper, "sub-1", 2)
    tee, mug = product_id(keeper, "plain-tee"), product_id(keeper, "mug")
    with Calls(keeper.table) as calls:
        assert await keeper.orders.has_bought(CustomerId("sub-1"), tee)
        assert not await keeper.orders.has_bought(CustomerId("sub-1"), mug)
        assert not await keeper.orders.has_bought(CustomerId("sub-2"), tee)
    assert calls == {"Query": 3}


async def test_a_cancelled_order_is_no_purchase(keeper: Shopkeeper) -> None:
    order = make_order(OrderId("ord_" + "1" * 26), "sub-1")
    await keeper.table.write(Put(order_item(move(order, OrderState.CANCELLED, order.placed_at))))
    assert not await keeper.orders.has_bought(CustomerId("sub-1"), ProductId(order.lines[0].product_id))


async def test_a_purchase_is_found_among_two_hundred_orders_in_two_calls(keeper: Shopkeeper) -> None:
    orders = [make_order(f"ord_{number:026d}", "sub-1") for number in range(150)]
    await keeper.table.put_many([order_item(order) for order in orders])
    with Calls(keeper.table) as calls:
        assert not await keeper.orders.has_bought(CustomerId("sub-1"), ProductId("prd_other"))
        assert await keeper.orders.has_bought(CustomerId("sub-1"), orders[0].lines[0].product_id)
    assert calls == {"Query": 3}
