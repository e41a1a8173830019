"""A hundred buyers at once for ten units, over real sockets, down to the mails."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.e2e.conftest import FOLDER, ROOT, RunningShop

pytestmark = pytest.mark.e2e
BUYERS = 100
UNITS = 10
REPEATS = 64
SECONDS_MAX = 60
CSV = """slug,name,brand,categories,status,sku,price,currency,stock
{slug},Rush mug,Tiller,Home > Kitchen,active,{sku},12.50,USD,{stock}
"""


def import_product(tmp_path: Path, slug: str, sku: str, stock: int) -> None:
    """Brings a product into the running shop by its command line."""
    file = tmp_path / f"{slug}.csv"
    file.write_text(CSV.format(slug=slug, sku=sku, stock=stock))
    environment = {**os.environ, "XPRESSBUY_DATA_DIR": str(FOLDER)}  # noqa: TID251 - a child's
    command = [sys.executable, "-m", "xpressbuy.cli", "catalog", "import", str(file)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def order_body(sku: str, email: str, total: int) -> dict[str, Any]:
    return {
        "contact": {"email": email, "name": "Rush Buyer"},
        "shipping_address": {
            "name": "Rush Buyer", "line1": "1 Quay St", "city": "Salem", "region": "MA", "postal_code": "01970",
            "country": "US",
        },
        "shipping_method": "standard",
        "payment": {"method": "cod"},
        "lines": [{"sku": sku, "quantity": 1}],
        "expected_total": {"amount": total, "currency": "USD"},
    }  # fmt: skip


def client(shop: RunningShop) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=BUYERS)
    return httpx.AsyncClient(
        base_url=shop.url,
        timeout=SECONDS_MAX,
        limits=limits,
        headers={"origin": shop.url, "content-type": "application/json"},
    )


async def wait_for_product(http: httpx.AsyncClient, slug: str) -> dict[str, Any]:
    for _ in range(100):
        response = await http.get(f"/api/products/{slug}")
        if response.status_code == 200:
            return dict(response.json())
        await asyncio.sleep(0.1)
    pytest.fail("the running shop did not follow the import")


async def total_of(http: httpx.AsyncClient, sku: str) -> int:
    body = {
        "shipping_address": {"country": "US"}, "shipping_method": "standard", "lines": [{"sku": sku, "quantity": 1}],
    }  # fmt: skip
    response = await http.post("/api/checkout/quote", json=body)
    assert response.status_code == 200, response.text
    return int(response.json()["totals"]["total"]["amount"])


async def mails_to(http: httpx.AsyncClient, emails: set[str], count: int) -> list[str]:
    """The receivers of the mails so far; waits until there are `count` and a little longer, for one too many."""
    found: list[str] = []
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline and len(found) < count:
        items = (await http.get("/dev/mailbox.json")).json()["items"]
        found = [receiver for item in items for receiver in [str(item["to"])] if receiver in emails]
        await asyncio.sleep(0.2)
    await asyncio.sleep(2)
    items = (await http.get("/dev/mailbox.json")).json()["items"]
    return [str(item["to"]) for item in items if str(item["to"]) in emails]


@pytest.mark.anyio
async def test_ten_units_make_ten_orders(shop: RunningShop, tmp_path: Path) -> None:
    import_product(tmp_path, "rush-mug", "RUSH-MUG", UNITS)
    async with client(shop) as http:
        await wait_for_product(http, "rush-mug")
        total = await total_of(http, "RUSH-MUG")
        emails = [f"rush{n}@example.com" for n in range(BUYERS)]

        async def buy(email: str) -> httpx.Response:
            headers = {"idempotency-key": f"rush-{email.partition('@')[0]}"}
            return await http.post("/api/orders", json=order_body("RUSH-MUG", email, total), headers=headers)

        answers = await asyncio.gather(*(buy(email) for email in emails))
        assert Counter(answer.status_code for answer in answers) == {201: UNITS, 409: BUYERS - UNITS}
        refusals = {answer.json()["code"] for answer in answers if answer.status_code == 409}
        assert refusals == {"insufficient_stock"}
        placed = [answer.json() for answer in answers if answer.status_code == 201]
        assert len({order["id"] for order in placed}) == len({order["number"] for order in placed}) == UNITS
        await asyncio.sleep(3)
        product = (await http.get("/api/products/rush-mug")).json()
        assert product["variants"][0]["available"] == 0
        assert product["variants"][0]["in_stock"] is False
        winners = {email for email, answer in zip(emails, answers, strict=True) if answer.status_code == 201}
        assert Counter(await mails_to(http, set(emails), UNITS)) == dict.fromkeys(winners, 1)


@pytest.mark.anyio
async def test_one_order_posted_64_times_is_one_order(shop: RunningShop, tmp_path: Path) -> None:
    import_product(tmp_path, "twin-mug", "TWIN-MUG", 100)
    async with client(shop) as http:
        await wait_for_product(http, "twin-mug")
        total = await total_of(http, "TWIN-MUG")
        body = order_body("TWIN-MUG", "twin@example.com", total)
        headers = {"idempotency-key": "twin-order-key-1"}
        posts = (http.post("/api/orders", json=body, headers=headers) for _ in range(REPEATS))
        answers = await asyncio.gather(*posts)
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        await asyncio.sleep(3)
        product = (await http.get("/api/products/twin-mug")).json()
        assert product["variants"][0]["available"] == 99
        assert await mails_to(http, {"twin@example.com"}, 1) == ["twin@example.com"]
        other = {**body, "contact": {"email": "twin@example.com", "name": "Somebody Else"}}
        assert (await http.post("/api/orders", json=other, headers=headers)).status_code == 422
