"""What a start costs: one object and one query of the feed from a snapshot, 13 queries without; equal at any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from pydantic import SecretStr
from tests.budgets.conftest import filler
from tests.conftest import another_table

from xpressbuy.catalog.service import Catalog
from xpressbuy.catalog.service.keeper import Keeper
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.kit.clock import FixedClock, SystemClock
from xpressbuy.kit.ids import Ids
from xpressbuy.local.emulator import ACCESS_KEY, SECRET_KEY, Emulator
from xpressbuy.settings import Settings
from xpressbuy.table.client import Table
from xpressbuy.wiring import build

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]


@dataclass
class Shelf:
    """Where the object is, in memory; every look at it is counted."""

    body: bytes | None = None
    gets: int = 0
    puts: int = 0

    def read(self) -> bytes | None:
        self.gets += 1
        return self.body

    def write(self, body: bytes, content_type: str) -> bool:
        self.puts += 1
        self.body = body
        return True


@pytest.fixture(params=[86, 1000])
async def shop(request: pytest.FixtureRequest, settings: Settings, cloud: Emulator) -> AsyncIterator[tuple[Table, int]]:
    """A table with so many products."""
    key = {
        "aws_access_key_id": ACCESS_KEY,
        "aws_secret_access_key": SecretStr(SECRET_KEY),
        "dynamodb_seconds_max": 10.0,
    }
    wired = build(settings.model_copy(update=key))
    try:
        await filler(request.param)(wired)
    finally:
        await wired.transport.close()
    async with another_table(cloud.url, settings.table_name) as table:
        yield table, request.param


async def start(table: Table, shelf: Shelf) -> tuple[Catalog, Counter[str]]:
    # A minute later: what was announced in the last ten seconds is read twice by any process.
    clock = FixedClock(SystemClock().now() + timedelta(minutes=1))
    catalog = Catalog(CatalogStore(table), clock, Ids(clock), keeper=Keeper(shelf, table.name, clock))
    calls: Counter[str] = Counter()
    table.observe(lambda action, _: calls.update([action]))
    await catalog.start(follow=False)
    table.observe(None)
    return catalog, calls


async def test_a_start_costs_the_same_at_any_size(shop: tuple[Table, int]) -> None:
    table, size = shop
    shelf = Shelf()
    first, full = await start(table, shelf)
    assert await first.save_snapshot()
    second, restored = await start(table, shelf)
    # A bucket of the index over 1 MB would take another query; a thousand products are far from it.
    assert dict(full) == {"Query": 13}
    assert dict(restored) == {"Query": 1}
    assert (shelf.gets, shelf.puts) == (2, 1)
    assert len(second.products()) == len(first.products()) == size
    assert second.products() == first.products()
