from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.modules.checkout.harness import Shopkeeper, open_shop

from xpressbuy.table.client import Table


@pytest.fixture
async def keeper(table: Table) -> AsyncIterator[Shopkeeper]:
    async with open_shop(table) as shop:
        yield shop
