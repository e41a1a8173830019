"""People's fixtures: a fake provider with faults, and an instance of the shop's people over a real table."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.modules.accounts.fake_cognito import FakeCognito
from tests.modules.accounts.people import Instance, MovableClock, running

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


@pytest.fixture
async def people(fake: FakeCognito, table: Table, movable: MovableClock) -> AsyncIterator[Instance]:
    async with running(Instance(fake, table, movable)) as instance:
        yield instance
