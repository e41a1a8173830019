"""Bodies made by hand: every one is a small 4xx that changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.modules.checkout.bad_inputs import BAD_QUANTITIES, EXTRA_FIELDS, REFUSED, SMALL
from tests.modules.checkout.harness import ADDRESS, STANDARD_FEE, Shopkeeper, order_body, place

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
SKU = "PLAIN-TEE-S0"
TOTAL = 1999 + STANDARD_FEE
GOOD = order_body({SKU: 1}, total=TOTAL)


async def _refused(keeper: Shopkeeper, content: str, path: str = "/api/orders") -> None:
    await keeper.sell()
    async with keeper.client("sub-1") as shopper:
        answer = await shopper.post(path, content=content.encode(), headers={"idempotency-key": "key-00000001"})
    assert answer.status_code in REFUSED, (answer.status_code, answer.text)
    assert len(answer.content) <= SMALL
    assert await keeper.orders_of("sub-1") == []
    assert (await keeper.stock(keeper.products["plain-tee"].variants[0].sku))["sold"] == 0


@pytest.mark.parametrize("path", ["/api/orders", "/api/checkout/quote"])
@pytest.mark.parametrize("quantity", ["0", *BAD_QUANTITIES])
async def test_quantities(keeper: Shopkeeper, quantity: str, path: str) -> None:
    body = GOOD if path == "/api/orders" else {"shipping_address": ADDRESS, "lines": GOOD["lines"]}
    content = json.dumps(body).replace('"quantity": 1', f'"quantity": {quantity}')
    await _refused(keeper, content, path)


@pytest.mark.parametrize("field", EXTRA_FIELDS)
@pytest.mark.parametrize("place_in", ["", "lines", "contact", "payment", "shipping_address", "expected_total"])
async def test_fields_nobody_asked_for(keeper: Shopkeeper, field: str, place_in: str) -> None:
    if place_in == "expected_total" and field == "currency":
        return
    body = json.loads(json.dumps(GOOD))
    target = body["lines"][0] if place_in == "lines" else body[place_in] if place_in else body
    target[field] = 1
    await _refused(keeper, json.dumps(body))


@pytest.mark.parametrize(
    "change",
    [
        {"lines": []},
        {"lines": None},
        {"lines": [{"sku": f"S{n}", "quantity": 1} for n in range(51)]},
        {"lines": [{"sku": SKU, "quantity": 999}, {"sku": SKU, "quantity": 1}]},
        {"lines": [{"sku": "a b", "quantity": 1}]},
        {"lines": [{"sku": "A" * 65, "quantity": 1}]},
        {"lines": [{"sku": "A#B", "quantity": 1}]},
        {"cart_version": 1},
        {"lines": None, "cart_version": -1},
        {"lines": None, "cart_version": 10**10},
        {"lines": None, "cart_version": "1"},
        {"lines": None, "cart_version": True},
        {"address_id": "adr_" + "1" * 26},
        {"shipping_address": None},
        {"shipping_address": None, "address_id": "../../x"},
        {"shipping_address": None, "address_id": "adr_" + "1" * 26 + "#"},
        {"shipping_address": {**ADDRESS, "country": "us"}},
        {"shipping_address": {**ADDRESS, "country": "XX"}},
        {"shipping_address": {**ADDRESS, "name": ""}},
        {"shipping_address": {**ADDRESS, "line1": "x" * 5000}},
        {"shipping_address": [ADDRESS]},
        {"billing_address": {"name": "x"}},
        {"shipping_method": ""},
        {"shipping_method": "x" * 41},
        {"shipping_method": "Standard"},
        {"payment": {"method": "gold"}},
        {"payment": {}},
        {"payment": {"method": "cod", "state": "paid"}},
        {"expected_total": {"amount": 1.5, "currency": "USD"}},
        {"expected_total": {"amount": "2499", "currency": "USD"}},
        {"expected_total": {"amount": 10**13, "currency": "USD"}},
        {"expected_total": {"amount": TOTAL, "currency": "usd"}},
        {"expected_total": TOTAL},
        {"contact": {"email": "asha@example.com"}},
        {"contact": {"email": "asha@example.com", "name": " \t\u200e "}},
        {"contact": {"email": "asha@example.com", "name": "x" * 201}},
        {"contact": {"email": "asha@example.com", "name": "A", "phone": "call me"}},
    ],
)
async def test_shapes(keeper: Shopkeeper, change: dict[str, Any]) -> None:
    await _refused(keeper, json.dumps(order_body({SKU: 1}, total=TOTAL, **change)))


@pytest.mark.parametrize(
    "email",
    [
        "", "asha", "@example.com", "asha@", "a b@example.com", "asha@example", "asha@exa mple.com",
        "asha@example.com\r\nBcc: x@example.com", "asha@example.com, b@example.com", "<asha@example.com>",
        "Asha <asha@example.com>", "asha@@example.com", "asha@127.0.0.1", "asha@[127.0.0.1]",
        "a" * 250 + "@example.com", "आशा@example.com", '"a b"@example.com',
    ],
)  # fmt: skip
async def test_what_is_no_mail_address(keeper: Shopkeeper, email: str) -> None:
    await _refused(keeper, json.dumps({**GOOD, "contact": {"email": email, "name": "A"}}))


@pytest.mark.parametrize(
    "content",
    [
        "", "null", "[]", "1", '"x"', "{", "{}", "\ufeff" + json.dumps(GOOD), "[" * 10_000,
        '{"a":' * 900 + "1" + "}" * 900,
        json.dumps(GOOD)[:-1] + ', "payment": {"method": "cod"}}',
        json.dumps(GOOD).replace('"quantity": 1', '"quantity": 1, "quantity": 9'),
        json.dumps(GOOD).replace("Asha Rao", "\\ud800"),
    ],
)  # fmt: skip
async def test_what_is_no_order_at_all(keeper: Shopkeeper, content: str) -> None:
    await _refused(keeper, content)


async def test_a_body_over_its_bound(keeper: Shopkeeper) -> None:
    async with keeper.client("sub-1") as shopper:
        answer = await place(shopper, {**GOOD, "x": "y" * 70_000})
    assert answer.status_code == 413


async def test_signs_that_only_mislead_are_taken_out_of_a_name(keeper: Shopkeeper) -> None:
    await keeper.sell()
    name = "  Asha\u202e\u0000\n\tRao\u2028 "
    async with keeper.client("sub-1") as shopper:
        placed = await place(shopper, {**GOOD, "contact": {"email": "Asha@Example.COM", "name": name}})
    assert placed.status_code == 201
    assert placed.json()["contact"]["name"] == "Asha Rao"
    assert placed.json()["contact"]["email"] == "Asha@example.com"


async def test_a_sum_that_no_amount_can_hold(keeper: Shopkeeper) -> None:
    await keeper.sell("gold", price=10**9, stock=999)
    async with keeper.client("sub-1") as shopper:
        put = await shopper.put("/api/cart/lines/GOLD-S0", json={"quantity": 11})
        bought = await place(shopper, order_body({"GOLD-S0": 11}, total=1))
        shown = await shopper.post(
            "/api/checkout/quote",
            json={"shipping_address": ADDRESS, "lines": [{"sku": "GOLD-S0", "quantity": 999}]},
        )
    assert (put.status_code, put.json()["code"]) == (422, "quantity_too_large")
    assert (bought.status_code, bought.json()["code"]) == (422, "total_too_large")
    assert shown.json()["lines"][0]["problem"] == "too_much"
