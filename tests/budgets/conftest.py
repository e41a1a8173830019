"""Two shops of different size, and what one request costs in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from tests.modules.catalog.samples import draft
from tests.whole import Whole, whole_shop

from xpressbuy.catalog.model import Category
from xpressbuy.catalog.service import CatalogEditor
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.local.emulator import Emulator
from xpressbuy.reviews.model import SampleReview
from xpressbuy.table.unit import Put, Unit
from xpressbuy.wiring import Shop

SMALL, LARGE = 60, 1000
REVIEWS = 30
NEEDED = ("PRODUCT#",)
"""Of what the editor writes for a product, all that shoppers' requests read."""
READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan"})


@dataclass
class Cost:
    """Calls by action, refused ones and repeats included; read units, write units."""

    calls: Counter[str] = field(default_factory=Counter)
    reads: float = 0
    writes: float = 0

    def add(self, action: str, units: float) -> None:
        if action in READS:
            self.reads += units
        else:
            self.writes += units


class Counted:
    """Stands before the client of a table and counts what is sent, whatever comes of it."""

    def __init__(self, client: Any, cost: Cost) -> None:
        self._client = client
        self._cost = cost

    async def send_request(self, *, action: str, payload: dict[str, Any]) -> dict[str, Any]:
        self._cost.calls[action] += 1
        try:
            asked = {**payload, "ReturnConsumedCapacity": "TOTAL"}
            answer: dict[str, Any] = await self._client.send_request(action=action, payload=asked)
        except Exception:
            self._cost.add(action, 1)  # a refused write costs what it looked at
            raise
        self._cost.add(action, batch_units(answer, payload) if action == "BatchGetItem" else said_units(answer))
        return answer


def said_units(answer: Mapping[str, Any]) -> float:
    """What DynamoDB says that a call cost, indexes included."""
    said = answer["ConsumedCapacity"]
    return sum(float(part["CapacityUnits"]) for part in (said if isinstance(said, list) else [said]))


def batch_units(answer: Mapping[str, Any], asked: Mapping[str, Any]) -> float:
    """The emulator says nothing of batches: a unit for each 4 KB begun, half of it if read without consistency."""
    units = 0.0
    for table, wanted in asked["RequestItems"].items():
        found = answer["Responses"].get(table, [])
        begun = sum(-(-size_of({"M": item}) // 4096) for item in found) + len(wanted["Keys"]) - len(found)
        units += begun if wanted.get("ConsistentRead") else begun / 2
    return units


def size_of(value: Mapping[str, Any]) -> int:
    """Bytes of a value by DynamoDB's rules: names and texts in UTF-8, numbers by two digits, 3 for a list or map."""
    ((kind, inner),) = value.items()
    if kind == "M":
        return 3 + sum(len(name.encode()) + size_of(part) + 1 for name, part in inner.items())
    if kind == "L":
        return 3 + sum(size_of(part) + 1 for part in inner)
    if kind == "S":
        return len(inner.encode())
    if kind == "N":
        return len(inner.strip("-0")) // 2 + 2
    return 1


@dataclass
class Measured:
    """A shop whose table is listened to."""

    whole: Whole

    async def cost(self, ask: Callable[[], Awaitable[httpx.Response]], *statuses: int) -> Cost:
        """What one request makes the table do. Background tasks are too slow to come between."""
        cost, table = Cost(), self.whole.shop.table
        client: Any = table._client
        listening: Any = Counted(client, cost)
        table._client = listening
        try:
            answer = await ask()
        finally:
            table._client = client
        assert answer.status_code in (statuses or (200,)), answer.text[:500]
        return cost


@pytest.fixture(scope="session")
async def shops(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Measured, Measured]]:
    """The same shop with 60 and with 1,000 products. Their feeds are read so seldom that nothing is counted of it."""
    async with AsyncExitStack() as stack:
        made = []
        for size in (SMALL, LARGE):
            folder = tmp_path_factory.mktemp(f"shop-{size}")
            shop = whole_shop(cloud.url, folder, fill=filler(size), feed_poll_seconds=60)
            made.append(Measured(await stack.enter_async_context(shop)))
        yield made[0], made[1]


def filler(size: int) -> Callable[[Shop], Awaitable[None]]:
    """Writes products as the editor would, but without asking whether their slugs are free."""

    async def fill(shop: Shop) -> None:
        items: list[Mapping[str, Any]] = []

        async def keep(unit: Unit, _: str | None) -> None:
            puts = [write for write in unit.writes if isinstance(write, Put)]
            items.extend(put.item for put in puts if put.key.pk.startswith(NEEDED))

        editor = CatalogEditor(CatalogStore(shop.table), keep, shop.clock, shop.ids, currency="USD")
        for number in range(size):
            wanted = replace(draft(f"tee-{number:04}", stock=500), name=f"Tee {number:04}", categories=("clothing",))
            await editor.create(wanted, actor="test")
        await shop.table.put_many(items)
        await shop.editor.put_categories([Category("clothing", "Clothing")], actor="test")
        await shop.catalog.start()
        await shop.reviews.load_reviews(reviews())
        await shop.catalog.stop()

    return fill


def reviews() -> list[SampleReview]:
    return [
        SampleReview(
            product_slug="tee-0001",
            rating=4,
            title="Good",
            body="It does what a tee should do.",
            author=f"Reader {number:02}",
            created_at=datetime(2026, 10, 1, 12, number, tzinfo=UTC),
            verified_purchase=True,
        )
        for number in range(REVIEWS)
    ]
