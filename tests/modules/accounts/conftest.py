"""People's fixtures: a fake provider with faults, and an instance of the shop's people over a real table."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

import pytest
from tests.conftest import another_table
from tests.modules.accounts.fake_cognito import FakeCognito
from tests.modules.accounts.people import Instance, MovableClock, running

from xpressbuy.local.emulator import Emulator
from xpressbuy.local.stack import create_bare_table
from xpressbuy.table.client import Table


@pytest.fixture
def movable() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def fake(movable: MovableClock) -> AsyncIterator[FakeCognito]:
    cognito = FakeCognito(movable)
    await cognito.start()
    yield cognito
    await cognito.stop()


@pytest.fixture(scope="module")
async def shared(cloud: Emulator) -> AsyncIterator[Instance]:
    """One instance for many cases that change nothing."""
    clock = MovableClock()
    cognito = FakeCognito(clock)
    await cognito.start()
    name = f"people-{secrets.token_hex(4)}"
    create_bare_table(cloud.url, name)
    async with another_table(cloud.url, name) as table, running(Instance(cognito, table, clock)) as instance:
        yield instance
    await cognito.stop()


@pytest.fixture
async def people(fake: FakeCognito, table: Table, movable: MovableClock) -> AsyncIterator[Instance]:
    async with running(Instance(fake, table, movable)) as instance:
        yield instance
