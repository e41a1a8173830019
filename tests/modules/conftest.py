"""Fixtures of the modules' tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.modules.reading import ReadSide, read_side, write_build

from xpressbuy.settings import Settings
from xpressbuy.table.client import Table


@pytest.fixture
async def reading(table: Table, settings: Settings, tmp_path: Path) -> AsyncIterator[ReadSide]:
    """The read side of an empty shop, with a small build of the web app."""
    built = settings.model_copy(update={"web_dist": write_build(tmp_path / "dist")})
    async with read_side(table, built) as side:
        yield side
