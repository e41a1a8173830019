from __future__ import annotations

from typing import Any

import pytest
from tests.modules.checkout.harness import (
    CURRENCY,
    STANDARD_FEE,
    Calls,
    Shopkeeper,
    fill,
    guest_of,
    nothing_happened,
    open_shop,
    order_body,
    place,
)

from xpressbuy.accounts.model import PostalAddress
from xpressbuy.cart.model import LINES_MAX
from xpressbuy.checkout.model import ORDER_WRITES_BESIDE_LINES
from xpressbuy.checkout.service import Limits
from xpressbuy.kit.ids import Sku
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.unit import UNIT_WRITES_MAX, Put

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
PRICE = 1999


async def test_a_cart_becomes_an_order(keeper: Shopkeeper) -> None:
    small, large = await keeper.sell()
    async with keeper.client() as guest:
        version = await fill(guest, {small: 2, large: 1})
        with Calls(keeper.table) as calls:
            placed = await place(guest, order_body(total=3 * PRICE + STANDARD_FEE, cart_version=version))
        assert calls == {"BatchGetItem": 1, "TransactWriteItems": 1}
        cart = (await guest.get("/api/cart")).json()
        customer = guest_of(guest)
    assert placed.status_code == 201
    order = placed.json()
    assert order["totals"]["total"] == {"amount": 3 * PRICE + STANDARD_FEE, "currency": CURRENCY}
    assert order["totals"]["shipping"]["amount"] == STANDARD_FEE
    assert {line["sku"]: line["quantity"] for line in order["lines"]} == {small: 2, large: 1}
    assert order["shipping_address"]["city"] == "Springfield"
    assert order["contact"] == {"email": "asha@example.com", "name": "Asha Rao", "phone": None}
    assert (cart["lines"], cart["version"]) == ([], version + 1)
    assert await keeper.stock(small) == {"available": 8, "reserved": 0, "sold": 2}
    assert [item["id"] for item in await keeper.orders_of(customer)] == [order["id"]]
    mails = await keeper.mails_due()
    assert [(mail["PK"], mail["state"], mail["to"]) for mail in mails] == [
        (f"MAIL#{order['id']}", "PENDING", "asha@example.com")
    ]
    # The sort key's prefix is what the mail function listens to.
    assert (await keeper.orders_of(customer))[0]["SK"] == f"ORDER#{order['id']}"


async def test_buy_now_leaves_the_cart_alone(keeper: Shopkeeper) -> None:
    small, large = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        await fill(shopper, {small: 2})
        before = (await shopper.get("/api/cart")).json()
        placed = await place(shopper, order_body({large: 1}, total=PRICE + STANDARD_FEE))
        after = (await shopper.get("/api/cart")).json()
    assert placed.status_code == 201
    assert [line["sku"] for line in placed.json()["lines"]] == [large]
    assert (after["lines"][0]["quantity"], after["version"]) == (2, before["version"])


async def test_the_order_is_announced_so_that_other_processes_see_the_stock(table: Table) -> None:
    async with open_shop(table) as mine, open_shop(table) as other:
        small, _ = await mine.sell()
        await other.catalog.follow()
        async with mine.client("sub-1") as shopper:
            await place(shopper, order_body({small: 4}, total=4 * PRICE))
        await other.catalog.follow()
        known = other.catalog.known_stock(small)
        assert known is not None
        assert known.available == 6


async def test_an_address_from_the_book_is_copied(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    address_id = "adr_" + "1" * 26
    await keeper.table.write(Put(_address_item("sub-1", address_id, PostalAddress("A", "Road 1", "Pune", "IN"))))
    body = order_body({small: 1}, total=PRICE + 200, shipping_address=None, address_id=address_id)
    async with keeper.client("sub-1") as owner, keeper.client("sub-2") as other, keeper.client() as guest:
        with Calls(keeper.table) as calls:
            placed = await place(owner, body)
        assert calls == {"BatchGetItem": 1, "TransactWriteItems": 1}
        assert placed.json()["shipping_address"]["city"] == "Pune"
        assert (await place(other, body)).status_code == 404
        assert (await place(guest, body)).status_code == 404


def _address_item(customer: str, address_id: str, postal: PostalAddress) -> dict[str, Any]:
    where = keys.address(customer, address_id)
    return {
        "PK": where.pk,
        "SK": where.sk,
        "id": address_id,
        "version": 1,
        "name": postal.name,
        "line1": postal.line1,
        "city": postal.city,
        "country": postal.country,
    }


async def test_equal_skus_are_one_line(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    body = order_body({small: 1}, total=3 * PRICE + STANDARD_FEE)
    body["lines"] = [{"sku": small, "quantity": 1}, {"sku": small, "quantity": 2}]
    async with keeper.client("sub-1") as shopper:
        placed = await place(shopper, body)
    assert [line["quantity"] for line in placed.json()["lines"]] == [3]
    assert (await keeper.stock(small))["sold"] == 3


async def test_fifty_lines_fit_into_one_transaction(keeper: Shopkeeper) -> None:
    assert LINES_MAX + ORDER_WRITES_BESIDE_LINES <= UNIT_WRITES_MAX
    skus = await keeper.sell(sizes=LINES_MAX)
    async with keeper.client("sub-1") as shopper:
        version = await fill(shopper, dict.fromkeys(skus, 1))
        with Calls(keeper.table) as calls:
            placed = await place(shopper, order_body(total=LINES_MAX * PRICE, cart_version=version))
    assert placed.status_code == 201
    assert calls == {"BatchGetItem": 1, "TransactWriteItems": 1}
    assert len(placed.json()["lines"]) == LINES_MAX


async def test_a_card_is_refused_until_cards_are_taken(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        body = order_body({small: 1}, total=PRICE + STANDARD_FEE, payment={"method": "card"})
        refused = await place(shopper, body)
    assert (refused.status_code, refused.json()["code"]) == (409, "payment_method_unavailable")
    await nothing_happened(keeper, "sub-1", small)


async def test_more_than_there_is_names_every_line_with_what_is_left(keeper: Shopkeeper) -> None:
    (a, b), (c, _) = await keeper.sell("tee", stock=2), await keeper.sell("mug", stock=0)
    async with keeper.client("sub-1") as shopper:
        refused = await place(shopper, order_body({a: 1, b: 3, c: 1}, total=5 * PRICE))
    assert refused.status_code == 409
    assert refused.json()["code"] == "insufficient_stock"
    assert {error["pointer"]: error["available"] for error in refused.json()["errors"]} == {
        f"/lines/{b}": 2,
        f"/lines/{c}": 0,
    }
    assert await keeper.orders_of("sub-1") == []
    assert (await keeper.stock(a))["available"] == 2


async def test_stock_that_went_between_cart_and_order(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        version = await fill(shopper, {small: 4})
        await keeper.editor.set_stock(small, actor="test", reason="test", available=3)
        refused = await place(shopper, order_body(total=4 * PRICE, cart_version=version))
        kept = (await shopper.get("/api/cart")).json()
    assert refused.json()["errors"][0]["available"] == 3
    assert kept["lines"][0]["problem"] == "insufficient_stock"
    await nothing_happened(keeper, "sub-1", small, 3)


async def test_what_was_taken_off_sale_is_not_sold(keeper: Shopkeeper) -> None:
    (a, _), (b, _) = await keeper.sell("tee"), await keeper.sell("mug")
    await keeper.withdraw("mug", heard=True)
    await keeper.withdraw("tee")
    async with keeper.client("sub-1") as shopper:
        for sku in (a, b, Sku("NEVER-WAS")):
            refused = await place(shopper, order_body({sku: 1}, total=PRICE + STANDARD_FEE))
            assert (refused.status_code, refused.json()["code"]) == (409, "insufficient_stock")
            assert refused.json()["errors"][0]["available"] == 0
    await nothing_happened(keeper, "sub-1", a)


async def test_a_cart_that_changed_in_another_tab(keeper: Shopkeeper) -> None:
    small, large = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        version = await fill(shopper, {small: 1})
        await fill(shopper, {large: 1})
        refused = await place(shopper, order_body(total=PRICE + STANDARD_FEE, cart_version=version))
        assert (refused.status_code, refused.json()["code"]) == (409, "cart_changed")
        assert len((await shopper.get("/api/cart")).json()["lines"]) == 2
    await nothing_happened(keeper, "sub-1", small)


async def test_a_cart_that_changes_between_the_read_and_the_write(table: Table) -> None:
    async with open_shop(table) as plain:
        small, large = await plain.sell()

        async def commit(unit: Any, token: str | None) -> None:
            await plain.carts.set_line(_customer("sub-1"), large, 5)
            await table.commit(unit, token)

        async with open_shop(table, commit=commit) as keeper, keeper.client("sub-1") as shopper:
            version = await fill(shopper, {small: 1})
            refused = await place(shopper, order_body(total=PRICE + STANDARD_FEE, cart_version=version))
        assert (refused.status_code, refused.json()["code"]) == (409, "cart_changed")
        await nothing_happened(plain, "sub-1", small)
        assert dict((await plain.carts.get(_customer("sub-1"))).lines) == {small: 1, large: 5}


def _customer(name: str) -> Any:
    return name


async def test_an_empty_an_ordered_and_a_foreign_cart(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper, keeper.client("sub-2") as other:
        never = await place(shopper, order_body(total=STANDARD_FEE, cart_version=0))
        version = await fill(shopper, {small: 1})
        body = order_body(total=PRICE + STANDARD_FEE, cart_version=version)
        foreign = await place(other, body)
        first = await place(shopper, body, "first-key")
        second = await place(shopper, body, "second-key")
    assert [answer.json().get("code") for answer in (never, foreign, second)] == ["cart_empty"] * 3
    assert first.status_code == 201
    assert len(await keeper.orders_of("sub-1")) == 1


async def test_an_order_keeps_its_snapshot(keeper: Shopkeeper) -> None:
    small, large = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        version = await fill(shopper, {small: 1})
        placed = (await place(shopper, order_body(total=PRICE + STANDARD_FEE, cart_version=version))).json()
        await fill(shopper, {large: 3})
        await keeper.reprice("plain-tee", 9900, heard=True)
        assert (await shopper.get(f"/api/orders/{placed['id']}")).json() == placed


async def test_a_strangers_mailbox_is_not_filled(table: Table) -> None:
    async with open_shop(table, limits=Limits(per_guest=50, per_email=2, per_address=4)) as keeper:
        small, _ = await keeper.sell(stock=100)

        async def order(email: str, key: str, customer: str | None = None) -> tuple[int, str]:
            contact = {"email": email, "name": "A"}
            async with keeper.client(customer) as client:
                answer = await place(client, order_body({small: 1}, total=PRICE + STANDARD_FEE, contact=contact), key)
            return answer.status_code, answer.headers.get("retry-after", "")

        assert [(await order("v@example.com", f"key-{n:08d}"))[0] for n in range(3)] == [201, 201, 429]
        status, wait = await order("V@example.com", "key-in-capitals")
        assert (status, 3590 <= int(wait) <= 3602) == (429, True)
        assert [(await order(f"w{n}@example.com", f"key-w{n:07d}"))[0] for n in range(3)] == [201, 201, 429]
        # Whoever is signed in may order for himself, not for a stranger.
        assert [(await order("sub-1@example.com", f"key-s{n:07d}", "sub-1"))[0] for n in range(4)] == [201] * 4
        assert (await order("v@example.com", "key-stranger", "sub-1"))[0] == 429
        # What was placed is answered again, limit or not.
        assert (await order("v@example.com", "key-00000000"))[0] == 201


async def test_fifty_short_lines_fill_one_small_answer(keeper: Shopkeeper) -> None:
    skus = await keeper.sell(sizes=LINES_MAX, stock=0)
    async with keeper.client("sub-1") as shopper:
        refused = await place(shopper, order_body(dict.fromkeys(skus, 1), total=LINES_MAX * PRICE))
    assert refused.json()["code"] == "insufficient_stock"
    assert len(refused.content) <= 4096
    assert len(refused.json()["errors"]) > 0.8 * LINES_MAX


async def test_the_description_names_things_as_clients_expect(keeper: Shopkeeper) -> None:
    names = set(keeper.api.openapi()["components"]["schemas"])
    expected = {"Money", "Image", "Cart", "CartLine", "Totals", "ShippingMethod", "Quote", "Order", "OrderLine"}
    assert expected | {"Address", "Problem"} <= names
    assert not [name for name in names if "__" in name]
