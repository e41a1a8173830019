"""What an order costs: as quoted, as it stands now, and never otherwise without asking."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.modules.checkout.harness import (
    ADDRESS,
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

from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Update

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
PRICE = 1999


async def test_the_total_is_what_the_quote_said(keeper: Shopkeeper) -> None:
    small, large = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        version = await fill(shopper, {small: 1, large: 2})
        with Calls(keeper.table) as calls:
            quote = (
                await shopper.post(
                    "/api/checkout/quote", json={"shipping_address": ADDRESS, "shipping_method": "express"}
                )
            ).json()
        assert calls.total() <= 2
        assert quote["cart_version"] == version
        assert [method["id"] for method in quote["shipping_methods"]] == ["standard", "express"]
        total = quote["totals"]["total"]["amount"]
        body = order_body(total=total, cart_version=version, shipping_method="express")
        placed = (await place(shopper, body)).json()
    assert placed["totals"] == quote["totals"]
    assert placed["shipping_method"] == quote["shipping_methods"][1]
    assert sum(line["line_total"]["amount"] for line in placed["lines"]) == placed["totals"]["subtotal"]["amount"]


async def test_a_quote_for_buy_now_makes_a_guest_and_shows_the_line(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client() as guest:
        asked = {
            "shipping_address": {"country": "IN"},
            "lines": [{"sku": small, "quantity": 1}, {"sku": small, "quantity": 1}],
        }
        quote = (await guest.post("/api/checkout/quote", json=asked)).json()
        assert guest_of(guest)
    assert quote["lines"][0]["quantity"] == 2
    assert quote["totals"]["subtotal"]["amount"] == 2 * PRICE
    assert quote["cart_version"] is None


@pytest.mark.parametrize("body", [{}, {"shipping_address": {}}, {"shipping_address": {"country": "XX"}}])
async def test_a_quote_needs_a_country(keeper: Shopkeeper, body: dict[str, Any]) -> None:
    async with keeper.client("sub-1") as shopper:
        assert (await shopper.post("/api/checkout/quote", json=body)).status_code == 422


async def test_a_quote_of_nothing_and_of_an_unknown_delivery(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        empty = await shopper.post("/api/checkout/quote", json={"shipping_address": ADDRESS})
        await fill(shopper, {small: 1})
        unknown = await shopper.post(
            "/api/checkout/quote", json={"shipping_address": ADDRESS, "shipping_method": "teleport"}
        )
    assert (empty.status_code, empty.json()["code"]) == (409, "cart_empty")
    assert (unknown.status_code, unknown.json()["code"]) == (409, "shipping_method_unavailable")


@pytest.mark.parametrize("heard", [False, True])
@pytest.mark.parametrize("price", [1500, 2500])
async def test_a_price_that_moved_is_shown_and_never_charged_unasked(
    keeper: Shopkeeper, price: int, *, heard: bool
) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        version = await fill(shopper, {small: 2})
        await keeper.reprice("plain-tee", price, heard=heard)
        refused = await place(shopper, order_body(total=2 * PRICE + STANDARD_FEE, cart_version=version))
        assert (refused.status_code, refused.json()["code"]) == (409, "price_changed")
        assert f"{(2 * price + STANDARD_FEE) / 100:.2f}" in refused.json()["detail"]
        amounts = {error["pointer"]: error["amount"] for error in refused.json()["errors"]}
        assert amounts == {"/expected_total": 2 * price + STANDARD_FEE, f"/lines/{small}": price}
        await nothing_happened(keeper, "sub-1", small)
        agreed = await place(shopper, order_body(total=2 * price + STANDARD_FEE, cart_version=version))
    assert agreed.status_code == 201
    assert agreed.json()["lines"][0]["unit_price"]["amount"] == price


async def test_a_price_that_went_and_came_back_is_no_reason_to_ask(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    await keeper.reprice("plain-tee", 2500)
    await keeper.reprice("plain-tee", PRICE)
    async with keeper.client("sub-1") as shopper:
        placed = await place(shopper, order_body({small: 1}, total=PRICE + STANDARD_FEE))
    assert placed.status_code == 201


async def test_a_process_that_is_behind_looks_before_it_contradicts(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    await keeper.reprice("plain-tee", 2500)
    item = keys.sku(keeper.products["plain-tee"].id, small)
    assert (await keeper.table.get(item)) is not None
    async with open_shop(keeper.table) as fresh, fresh.client("sub-1") as shopper:
        # The document in memory is old once more; only the SKU item has the new price.
        await keeper.table.write(
            Update(item, "SET #price = :price, #price_version = #price_version + :one", None, {"price": 2600, "one": 1})
        )
        placed = await place(shopper, order_body({small: 1}, total=2600 + STANDARD_FEE))
    assert placed.status_code == 201
    assert placed.json()["totals"]["total"]["amount"] == 2600 + STANDARD_FEE


@pytest.mark.parametrize("total", [0, 1, PRICE, PRICE + STANDARD_FEE - 1, PRICE + STANDARD_FEE + 1, -PRICE])
async def test_another_total_than_the_shops_is_refused(keeper: Shopkeeper, total: int) -> None:
    small, _ = await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        refused = await place(shopper, order_body({small: 1}, total=total))
    assert (refused.status_code, refused.json()["code"]) == (409, "price_changed")
    assert "$24.99" in refused.json()["detail"]
    await nothing_happened(keeper, "sub-1", small)


async def test_another_currency_is_another_total(keeper: Shopkeeper) -> None:
    small, _ = await keeper.sell()
    body = order_body({small: 1}, total=0, expected_total={"amount": PRICE + STANDARD_FEE, "currency": "INR"})
    async with keeper.client("sub-1") as shopper:
        assert (await place(shopper, body)).json()["code"] == "price_changed"


async def test_delivery_days_count_from_the_day_of_the_order(table: Table) -> None:
    class Friday:
        def now(self) -> datetime:
            return datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    async with open_shop(table, clock=Friday()) as keeper, keeper.client("sub-1") as shopper:
        small, _ = await keeper.sell()
        placed = (await place(shopper, order_body({small: 1}, total=PRICE + STANDARD_FEE))).json()
    method = placed["shipping_method"]
    assert (method["delivery_from"], method["delivery_to"]) == ("2026-11-25", "2026-11-27")
