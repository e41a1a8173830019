from __future__ import annotations

import asyncio
import random  # noqa: TID251 - a seeded storm

import pytest
from tests.modules.checkout.bad_inputs import BAD_QUANTITIES, EXTRA_FIELDS, REFUSED, SMALL
from tests.modules.checkout.harness import GUEST_COOKIE, Calls, Shopkeeper, codes, guest_of, open_shop

from xpressbuy.cart.model import LINES_MAX
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Update

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]


async def test_looking_makes_no_guest(keeper: Shopkeeper) -> None:
    async with keeper.client() as visitor:
        with Calls(keeper.table) as calls:
            seen = await visitor.get("/api/cart")
            gone = await visitor.delete("/api/cart/lines/X")
    assert seen.status_code == gone.status_code == 200
    assert (seen.json()["version"], seen.json()["lines"], seen.json()["id"]) == (0, [], "")
    assert not calls
    assert not visitor.cookies


async def test_the_first_line_makes_a_guest_whose_cart_is_kept(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client() as guest:
        put = await guest.put(f"/api/cart/lines/{small}", json={"quantity": 2})
        assert GUEST_COOKIE in guest.cookies
        line = put.json()["lines"][0]
        assert (line["sku"], line["quantity"], line["available"]) == (small, 2, 10)
        assert line["line_total"] == {"amount": 3998, "currency": "USD"}
        assert put.json()["totals"]["total"]["amount"] == 3998
        assert put.json()["id"].startswith("crt_")
        again = await guest.get("/api/cart")
    assert again.json() == put.json()


async def test_the_quantity_is_absolute_and_zero_takes_out(keeper: Shopkeeper) -> None:
    small, large = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 2})
        await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 3})
        two = await shopper.put(f"/api/cart/lines/{large}", json={"quantity": 1})
        assert {line["sku"]: line["quantity"] for line in two.json()["lines"]} == {small: 3, large: 1}
        one = await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 0})
        assert [line["sku"] for line in one.json()["lines"]] == [large]
        none = await shopper.delete(f"/api/cart/lines/{large}")
        twice = await shopper.delete(f"/api/cart/lines/{large}")
    assert none.json()["lines"] == []
    assert twice.json() == none.json()


async def test_every_change_raises_the_version(keeper: Shopkeeper) -> None:
    small, large = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        versions = [
            (await shopper.put(f"/api/cart/lines/{sku}", json={"quantity": quantity})).json()["version"]
            for sku, quantity in ((small, 1), (large, 1), (small, 2), (small, 0))
        ]
    assert versions == [1, 2, 3, 4]


async def test_more_than_there_is_changes_nothing_and_says_what_there_is(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell(stock=4)
    async with keeper.client("sub-1") as shopper:
        await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 4})
        refused = await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 5})
        assert refused.status_code == 409
        assert refused.json()["code"] == "insufficient_stock"
        error = refused.json()["errors"][0]
        assert error["pointer"] == f"/lines/{small}"
        assert error["available"] == 4
        assert (await shopper.get("/api/cart")).json()["lines"][0]["quantity"] == 4


async def test_stock_that_this_process_has_never_seen_is_looked_up_before_more_than_one_is_taken(table: Table) -> None:
    async with open_shop(table) as mine:
        small, large = await mine.sell(stock=50)
    async with open_shop(table) as fresh, fresh.client("sub-1") as shopper:
        assert fresh.catalog.known_stock(small) is None
        with Calls(table) as calls:
            one = await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 1})
        assert calls == {"PutItem": 1}
        too_many = await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 51})
        enough = await shopper.put(f"/api/cart/lines/{large}", json={"quantity": 50})
    assert one.json()["lines"][0]["available"] is None
    assert codes(too_many) == ["insufficient_stock"]
    assert enough.status_code == 200


async def test_before_refusing_it_looks_again(table: Table) -> None:
    async with open_shop(table) as mine:
        small, _ = await mine.sell(stock=2)
        assert mine.catalog.known_stock(small) is not None
        await asyncio.sleep(2.1)  # what memory has is no longer fresh, though nothing was announced
        where = keys.sku(mine.products["plain-tee"].id, small)
        await table.write(Update(where, "SET #available = :more", None, {"more": 9}))
        async with mine.client("sub-1") as shopper:
            assert (await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 5})).status_code == 200


async def test_sold_out_is_refused(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell(stock=0)
    async with keeper.client() as guest:
        refused = await guest.put(f"/api/cart/lines/{small}", json={"quantity": 1})
    assert refused.status_code == 409
    assert codes(refused) == ["sold_out"]


@pytest.mark.parametrize("sku", ["NOPE", "nope.~-_", "A" * 64])
async def test_an_unknown_sku_is_not_found(keeper: Shopkeeper, sku: str) -> None:
    async with keeper.client() as guest:
        assert (await guest.put(f"/api/cart/lines/{sku}", json={"quantity": 1})).status_code == 404


@pytest.mark.parametrize("sku", ["A" * 65, "a%20b", "%00", "a%23b", "%F0%9F%98%80", "a%2fb"])
async def test_what_is_no_sku_is_refused(keeper: Shopkeeper, sku: str) -> None:
    async with keeper.client("sub-1") as shopper:
        refused = await shopper.put(f"/api/cart/lines/{sku}", json={"quantity": 1})
    assert refused.status_code in {404, 422}
    assert await keeper.cart_item("sub-1") is None


@pytest.mark.parametrize("quantity", BAD_QUANTITIES)
async def test_a_bad_quantity_changes_nothing(keeper: Shopkeeper, quantity: str) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        refused = await shopper.put(f"/api/cart/lines/{small}", content=f'{{"quantity": {quantity}}}')
    assert refused.status_code in REFUSED
    assert len(refused.content) <= SMALL
    assert await keeper.cart_item("sub-1") is None


@pytest.mark.parametrize("field", EXTRA_FIELDS)
async def test_a_field_that_is_not_asked_for_is_refused(keeper: Shopkeeper, field: str) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        refused = await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 1, field: 1})
    assert refused.status_code == 422
    assert await keeper.cart_item("sub-1") is None


async def test_a_quantity_given_twice_is_refused(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        refused = await shopper.put(f"/api/cart/lines/{small}", content='{"quantity": 1, "quantity": 5}')
    assert refused.status_code == 400


async def test_a_cart_holds_fifty_lines_and_no_more(keeper: Shopkeeper) -> None:
    skus = await keeper.sell(sizes=LINES_MAX + 2)
    async with keeper.client("sub-1") as shopper:
        for sku in skus[: LINES_MAX - 1]:
            await shopper.put(f"/api/cart/lines/{sku}", json={"quantity": 1})
        # The last place is fought for: one of three gets it.
        answers = await asyncio.gather(
            *(shopper.put(f"/api/cart/lines/{sku}", json={"quantity": 1}) for sku in skus[LINES_MAX - 1 :])
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"cart_full"}
        more = await shopper.put(f"/api/cart/lines/{skus[0]}", json={"quantity": 7})
        assert more.status_code == 200
        assert len(more.json()["lines"]) == LINES_MAX


async def test_parallel_first_lines_are_all_kept(keeper: Shopkeeper) -> None:
    skus = await keeper.sell(sizes=3)
    async with keeper.client("sub-1") as shopper:
        await asyncio.gather(*(shopper.put(f"/api/cart/lines/{sku}", json={"quantity": 2}) for sku in skus))
        cart = (await shopper.get("/api/cart")).json()
    assert {line["sku"]: line["quantity"] for line in cart["lines"]} == dict.fromkeys(skus, 2)
    assert cart["version"] == 3


async def test_what_became_of_lines_is_said(keeper: Shopkeeper) -> None:
    (short, sold_out), (gone, _) = await keeper.sell("tee", stock=9), await keeper.sell("mug", stock=9)
    async with keeper.client("sub-1") as shopper:
        for sku in (short, sold_out, gone):
            await shopper.put(f"/api/cart/lines/{sku}", json={"quantity": 5})
        await keeper.editor.set_stock(short, actor="test", reason="test", available=2)
        await keeper.editor.set_stock(sold_out, actor="test", reason="test", available=0)
        await keeper.withdraw("mug")
        await keeper.catalog.follow()
        cart = (await shopper.get("/api/cart")).json()
    problems = {line["sku"]: line["problem"] for line in cart["lines"]}
    assert problems == {short: "insufficient_stock", sold_out: "sold_out", gone: "gone"}
    assert {message["sku"]: message["code"] for message in cart["messages"]} == problems
    assert [line["line_total"]["amount"] for line in cart["lines"] if line["sku"] == gone] == [0]


async def test_the_price_is_the_shops_and_of_now(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell(price=1000)
    async with keeper.client("sub-1") as shopper:
        await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 2})
        await keeper.reprice("plain-tee", 1500, heard=True)
        cart = (await shopper.get("/api/cart")).json()
    assert cart["lines"][0]["unit_price"]["amount"] == 1500
    assert cart["totals"]["total"]["amount"] == 3000
    item = await keeper.cart_item("sub-1")
    assert item is not None
    assert set(item) == {"PK", "SK", "id", "version", "lines", "updated_at"}
    assert item["lines"] == {small: 2}


async def test_carts_of_two_people_do_not_touch(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as one, keeper.client("sub-2") as other, keeper.client() as guest:
        await one.put(f"/api/cart/lines/{small}", json={"quantity": 2})
        assert (await other.get("/api/cart")).json()["lines"] == []
        assert (await guest.get("/api/cart")).json()["lines"] == []


async def test_a_guests_cart_expires_and_a_customers_does_not(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper, keeper.client() as guest:
        await shopper.put(f"/api/cart/lines/{small}", json={"quantity": 1})
        await guest.put(f"/api/cart/lines/{small}", json={"quantity": 1})
        own, theirs = await keeper.cart_item("sub-1"), await keeper.cart_item(guest_of(guest))
    assert own is not None
    assert theirs is not None
    assert "expires_at" not in own
    assert theirs["expires_at"] > keeper.clock.now().timestamp() + 30 * 86400


async def test_no_coupon_is_valid_yet(keeper: Shopkeeper) -> None:
    async with keeper.client() as guest:
        put = await guest.put("/api/cart/coupon", json={"code": "SUMMER"})
        taken_off = await guest.delete("/api/cart/coupon")
        wrong = await guest.put("/api/cart/coupon", json={"code": "A" * 5000})
    assert (put.status_code, put.json()["code"]) == (409, "coupon_unavailable")
    assert taken_off.json()["lines"] == []
    assert wrong.status_code == 422


async def test_from_elsewhere_nothing_is_changed(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        foreign = await shopper.put(
            f"/api/cart/lines/{small}", json={"quantity": 1}, headers={"origin": "https://evil.test"}
        )
        form = await shopper.put(
            f"/api/cart/lines/{small}", content=b"quantity=1", headers={"content-type": "text/plain"}
        )
    assert foreign.status_code == form.status_code == 403
    assert await keeper.cart_item("sub-1") is None


async def test_call_budgets(keeper: Shopkeeper) -> None:
    skus = await keeper.sell(sizes=20, stock=100)
    async with keeper.client("sub-1") as shopper:
        for sku in skus:
            await shopper.put(f"/api/cart/lines/{sku}", json={"quantity": 1})
        with Calls(keeper.table) as calls:
            await shopper.put(f"/api/cart/lines/{skus[0]}", json={"quantity": 2})
        assert calls == {"UpdateItem": 1}
        with Calls(keeper.table) as calls:
            await shopper.delete(f"/api/cart/lines/{skus[0]}")
        assert calls == {"UpdateItem": 1}
    async with open_shop(keeper.table) as elsewhere, elsewhere.client("sub-1") as shopper:
        with Calls(keeper.table) as calls:
            cart = await shopper.get("/api/cart")
        assert calls == {"GetItem": 1, "BatchGetItem": 1}
        assert len(cart.json()["lines"]) == 19
        with Calls(keeper.table) as calls:
            assert await elsewhere.carts.count((await elsewhere.carts.get(None)).customer_id) == 0
        assert not calls


async def test_a_storm_of_tabs_ends_in_a_cart_that_some_order_of_them_gives(keeper: Shopkeeper) -> None:
    skus = await keeper.sell(sizes=6, stock=500)
    dice = random.Random(7)
    wishes = [(dice.choice(skus), dice.randint(0, 400)) for _ in range(80)]
    async with keeper.client("sub-1") as shopper:
        answers = await asyncio.gather(
            *(shopper.put(f"/api/cart/lines/{sku}", json={"quantity": quantity}) for sku, quantity in wishes)
        )
        assert {answer.status_code for answer in answers} == {200}
        cart = (await shopper.get("/api/cart")).json()
    for line in cart["lines"]:
        assert (line["sku"], line["quantity"]) in wishes
