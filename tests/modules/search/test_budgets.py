"""What reading costs: the same few calls at 60 and at 1,000 products."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.modules.catalog.samples import Calls
from tests.modules.reading import picture, product_draft, read_side, write_build

from xpressbuy.catalog.model import Category
from xpressbuy.catalog.model.changes import plan_changes
from xpressbuy.catalog.store.items import category_item, product_item
from xpressbuy.catalog.store.writes import create_sku
from xpressbuy.kit.ids import ProductId
from xpressbuy.settings import Settings
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Item

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]

NOON = datetime(2025, 11, 22, 12, tzinfo=UTC)
FREE = (
    "/",
    "/c/part-1",
    "/c/all?sort=price_asc&option.Colour=Red",
    "/search?q=item",
    "/sitemap.xml",
    "/api/home",
    "/api/categories",
    "/api/products",
    "/api/products?q=item&sort=relevance",
    "/api/products?category=part-1&in_stock=true&facets=true",
    "/api/suggest?q=ite",
    "/cart",
    "/nowhere",
)


async def fill(table: Table, count: int) -> None:
    """Writes products as the editor does, 25 items a call."""
    items: list[Item] = [category_item(Category(f"part-{number}", f"Part {number}")) for number in range(10)]
    for number in range(count):
        draft = product_draft(
            f"item-{number}",
            colours=("Red", "Blue"),
            price=1000 + number,
            description="Woven close and washed twice.",
            categories=(f"part-{number % 10}",),
            images=(picture(number),),
        )
        product_id = ProductId(f"prd_{number:026d}")
        changes = plan_changes(None, {}, draft, product_id=product_id, now=NOON + timedelta(minutes=number))
        assert changes.product is not None
        items += [product_item(changes.product), *(create_sku(product_id, sku).item for sku in changes.skus)]
    await table.put_many(items)


@pytest.mark.parametrize("count", [60, 1_000])
async def test_reading_costs_the_same_few_calls_at_any_size(
    table: Table, settings: Settings, tmp_path: Path, count: int
) -> None:
    await fill(table, count)
    built = settings.model_copy(update={"web_dist": write_build(tmp_path / "dist")})
    async with read_side(table, built) as side:
        assert (await side.json("/api/products"))["total"] == count
        with Calls(table) as calls:
            for path in FREE:
                await side.get(path)
            cursor = ""
            for _ in range(3):
                found = await side.json(f"/api/products?sort=newest{cursor}")
                cursor = f"&cursor={found['next_cursor']}"
        assert calls.by_action == {}

        with Calls(table) as calls:
            assert (await side.get("/p/item-1")).status_code == 200
            assert (await side.get("/api/products/item-1")).status_code == 200
        assert calls.by_action == {"Query": 1}

        with Calls(table) as calls:
            await side.json("/api/products/item-2/reviews")
        assert calls.by_action == {"Query": 1}
