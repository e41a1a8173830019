"""The production wiring with three things replaced: settings, clock, ids. Everything talks to a real local AWS."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.ids import Ids
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator
from xpressbuy.local.stack import create_bare_table, new_cookie_key
from xpressbuy.settings import Settings
from xpressbuy.table.client import Table
from xpressbuy.table.transport import Transport, make_client

ORIGIN = "https://shop.test"
_tables = itertools.count()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio: mark them `pytest.mark.anyio`."""
    return "asyncio"


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A local AWS for this test process, kept in memory only. Its endpoint is `cloud.url`."""
    folder: Path = tmp_path_factory.mktemp("local-aws")
    with Emulator(folder, keep=False) as emulator:
        yield emulator


@pytest.fixture
def table_name(cloud: Emulator) -> str:
    """The name of a fresh, empty table with the shop's keys and indexes."""
    name = f"shop-{next(_tables)}"
    create_bare_table(cloud.url, name)
    return name


@pytest.fixture
async def table(cloud: Emulator, table_name: str) -> AsyncIterator[Table]:
    """The client of a fresh table."""
    async with another_table(cloud.url, table_name) as fresh:
        yield fresh


@asynccontextmanager
async def another_table(endpoint: str, name: str) -> AsyncIterator[Table]:
    """Another client of the same table, as another process would have."""
    transport = Transport(seconds_max=10)
    client = make_client(transport, region=REGION, endpoint=endpoint, access_key=(ACCESS_KEY, SECRET_KEY))
    try:
        yield Table(client, name)
    finally:
        await transport.close()


@pytest.fixture
def clock() -> SystemClock:
    return SystemClock()


@pytest.fixture
def ids(clock: SystemClock) -> Ids:
    return Ids(clock)


@pytest.fixture
def settings(cloud: Emulator, table_name: str) -> Settings:
    """Settings of a shop on a fresh table, without a user pool."""
    return Settings(
        aws_region=REGION,
        aws_endpoint_url=cloud.url,
        environment="local",
        public_url=ORIGIN,
        table_name=table_name,
        cookie_keys=(new_cookie_key(),),
    )
