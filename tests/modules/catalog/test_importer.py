"""Importing files into a table: once it fills, twice it writes nothing, and what is wrong stays out alone."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from aiodynamo.http.types import Request, RequestFailed, Response
from PIL import Image
from tests.modules.catalog.samples import CURRENCY, Calls, catalog_of, draft, editor_of

from xpressbuy.catalog.jobs import import_file
from xpressbuy.catalog.model import Category, StockLine
from xpressbuy.catalog.model.imports import ImportRefused
from xpressbuy.catalog.service import CatalogEditor, Importer
from xpressbuy.catalog.service.importer import Progress
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import Ids, Sku
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator
from xpressbuy.media.model import ImageId, ImageRecord, Renditions
from xpressbuy.table.client import Table
from xpressbuy.table.transport import Transport, make_client
from xpressbuy.table.unit import Unit

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
FILES = Path(__file__).parent / "files"
REAL = Path(__file__).resolve().parents[4] / "shared" / "data"
OWN = "slug,name,price,sku,option1_name,option1_value,stock,categories\n"


class Shelf:
    """Keeps renditions in a dictionary, as a bucket would."""

    def __init__(self) -> None:
        self.kept: dict[ImageId, Renditions] = {}
        self.puts = 0

    async def put_renditions(self, image_id: ImageId, renditions: Renditions) -> None:
        self.puts += 1
        self.kept[image_id] = renditions


def importer_of(table: Table, shelf: Shelf | None = None, currency: str = CURRENCY) -> Importer:
    clock = SystemClock()
    store = CatalogStore(table)
    editor = CatalogEditor(store, table.commit, clock, Ids(clock), currency=currency)
    return Importer(store, editor, clock, Ids(clock), pictures=shelf)


def drawn(src: str) -> Awaitable[bytes] | None:
    """Bytes for `sample:` addresses: a square whose colour depends on the address."""
    if not src.startswith("sample:"):
        return None

    async def draw() -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (400, 400), (len(src) * 7 % 256, 90, 120)).save(out, "PNG")
        return out.getvalue()

    return draw()


@pytest.mark.parametrize("name", ["own.csv", "shopify.csv", "woocommerce.csv"])
async def test_importing_twice_changes_nothing(table: Table, name: str) -> None:
    shelf = Shelf()
    importer = importer_of(table, shelf)
    first = await import_file(importer, FILES / name, picture_source=drawn)
    assert first.created > 0
    assert first.changed == first.unchanged == 0
    before = await CatalogStore(table).products()
    puts = shelf.puts
    with Calls(table) as calls:
        second = await import_file(importer, FILES / name, picture_source=drawn)
    assert calls.writes == 0
    assert (second.created, second.changed, second.unchanged) == (0, 0, first.created)
    assert (second.failed, second.errors, second.notes) == (first.failed, first.errors, first.notes)
    assert second.categories == 0
    assert shelf.puts == puts
    assert sorted(before, key=lambda one: one.id) == sorted(
        await CatalogStore(table).products(), key=lambda one: one.id
    )


@pytest.mark.parametrize(
    ("name", "products", "skus"),
    [("shopify-apparel.csv", 20, 22), ("shopify-home-and-garden.csv", 20, 21), ("spree-products.csv", 37, 87)],
)
async def test_the_real_files_load_once(table: Table, name: str, products: int, skus: int) -> None:
    if not REAL.exists():
        pytest.skip("the other projects' files are not beside this repository")
    importer = importer_of(table)
    first = await import_file(importer, REAL / name)
    assert (first.created, first.failed, first.errors_total) == (products, 0, 0)
    stored = await CatalogStore(table).products()
    assert sum(len(product.variants) for product in stored) == skus
    stocks = await asyncio.gather(
        *(CatalogStore(table).stocks_of_product(product.id, SystemClock().now()) for product in stored)
    )
    assert sum(len(found) for found in stocks) == skus
    with Calls(table) as calls:
        second = await import_file(importer, REAL / name)
    assert (second.unchanged, calls.writes) == (products, 0)


async def test_pictures_are_rendered_once_or_wait(table: Table) -> None:
    shelf = Shelf()
    result = await import_file(importer_of(table, shelf), FILES / "own.csv", picture_source=drawn)
    products = {product.slug: product for product in await CatalogStore(table).products()}
    tee, lamp = products["harbour-tee"], products["hidden-lamp"]
    assert [image.state for image in tee.images] == ["ready"] * 3
    assert {image.id for image in tee.images} == set(shelf.kept)
    assert [(image.alt, dict(image.options)) for image in tee.images] == [
        ("Front", {"Colour": "Ink"}),
        ("Back", {"Colour": "Ink"}),
        ("Harbour tee", {"Colour": "Sand"}),
    ]
    assert (tee.images[0].width, tee.images[0].widths) == (400, (320, 400))
    assert [(image.state, image.source_url) for image in lamp.images] == [
        ("pending", "https://pictures.example/lamp.jpg")
    ]
    assert result.pictures_pending == 1


async def test_a_dry_run_tells_the_same_and_writes_nothing(table: Table) -> None:
    shelf = Shelf()
    importer = importer_of(table, shelf)
    with Calls(table) as calls:
        dry = await import_file(importer, FILES / "woocommerce.csv", dry_run=True, picture_source=drawn)
    assert (calls.writes, shelf.puts) == (0, 0)
    wet = await import_file(importer, FILES / "woocommerce.csv", picture_source=drawn)
    assert (dry.created, dry.failed, dry.errors, dry.categories) == (
        wet.created,
        wet.failed,
        wet.errors,
        wet.categories,
    )


async def test_what_was_sold_between_two_imports_stays_sold(table: Table) -> None:
    importer, catalog = importer_of(table), catalog_of(table)
    await import_file(importer, FILES / "own.csv")
    await catalog.start()
    tee = catalog.by_slug("harbour-tee")
    assert tee is not None
    unit = Unit()
    catalog.take(unit, [StockLine(Sku("HT-INK-S"), tee.id, 5, 1)])
    await table.commit(unit)
    assert (await import_file(importer, FILES / "own.csv")).unchanged == 3
    assert (await catalog.stock_of_product(tee.id))[Sku("HT-INK-S")].available == 7
    await catalog.stop()


async def test_only_what_differs_is_written(table: Table) -> None:
    importer = importer_of(table)
    rows = [f"p-{number},P,{number + 1},P-{number},,,5,Clothing > Tees\n" for number in range(30)]
    await importer.run([(OWN + "".join(rows)).encode()])
    rows[3] = rows[3].replace(",4,", ",9,")
    with Calls(table) as calls:
        result = await importer.run([(OWN + "".join(rows)).encode()])
    assert (result.changed, result.unchanged) == (1, 29)
    assert calls.by_action["TransactWriteItems"] == 1
    assert calls.writes == 1


async def test_errors_keep_only_their_product_out(table: Table) -> None:
    await editor_of(table).create(draft("taken", sizes=1), actor="op")
    rows = "good,Good,1,G-1,,,1,\nbad,Bad,x,B-1,,,1,\nthief,Thief,1,TAKEN-S0,,,1,\nlong," + "n" * 201 + ",1,L-1,,,1,\n"
    seen: list[Progress] = []
    result = await importer_of(table).run([(OWN + rows).encode()], progress=seen.append)
    assert (result.created, result.failed, result.errors_total) == (1, 3, 3)
    assert [(error.row, error.code) for error in result.errors] == [
        (3, "bad_price"),
        (4, "sku_taken"),
        (5, "too_long"),
    ]
    assert seen[-1] == Progress(3, 3)
    assert {product.slug for product in await CatalogStore(table).products()} == {"taken", "good"}


async def test_another_currency_is_refused_or_converted(table: Table) -> None:
    content = b"slug,name,price,sku,currency\nmug,Mug,10,MUG,EUR\n"
    refused = await importer_of(table).run([content])
    assert [error.code for error in refused.errors] == ["currency_other"]
    taken = await importer_of(table).run([content], rate=Decimal("1.085"))
    assert taken.created == 1
    (mug,) = await CatalogStore(table).products()
    assert (mug.variants[0].price.amount, mug.variants[0].price.currency) == (1085, "USD")
    assert mug.variants[0].other_prices[0].amount == 1000
    with pytest.raises(ImportRefused):
        await importer_of(table).run([content], rate=Decimal(0))


async def test_operators_pictures_and_categories_stay(table: Table) -> None:
    importer, editor, store = importer_of(table), editor_of(table), CatalogStore(table)
    content = (OWN + "tee,Tee,1,T-1,,,1,Clothing\n").encode()
    await importer.run([content])
    (tee,) = await store.products()
    await editor.put_categories([Category("clothing", "Wear", None, 9)], actor="op")
    uploaded = ImageRecord(ImageId("img_up"), "Uploaded", 10, 10, "#ffffff", (10,))
    wanted = replace(
        draft("tee", sizes=1), name="Tee", options=(), variants=(), images=(uploaded,), categories=("clothing",)
    )
    variant = replace(
        draft("tee", sizes=1).variants[0],
        sku=Sku("T-1"),
        options={},
        price=tee.variants[0].price,
        compare_at_price=None,
        stock=None,
        low_stock_at=None,
        weight_grams=None,
    )
    await editor.update(tee.id, replace(wanted, variants=(variant,)), version=1, actor="op")
    result = await importer.run([content])
    assert result.unchanged == 1
    assert await store.categories() == [Category("clothing", "Wear", None, 9)]


class CutAfter(Transport):
    """A process that dies after so many transactions."""

    def __init__(self, commits: int) -> None:
        super().__init__(seconds_max=10)
        self.left = commits

    async def __call__(self, request: Request) -> Response:
        if (request.headers or {}).get("X-Amz-Target", "").endswith("TransactWriteItems"):
            if self.left == 0:
                raise RequestFailed(ConnectionError("gone"))
            self.left -= 1
        return await super().__call__(request)


@pytest.fixture
async def dying(table: Table, cloud: Emulator) -> AsyncIterator[Table]:
    transport = CutAfter(2)
    client = make_client(transport, region=REGION, endpoint=cloud.url, access_key=(ACCESS_KEY, SECRET_KEY))
    yield Table(client, table.name)
    await transport.close()


async def test_an_import_that_died_between_units_is_ended_by_the_next(table: Table, dying: Table) -> None:
    rows = "".join(f"big,Big,{number + 1},BIG-{number},Size,{number},3,\n" for number in range(100))
    content = (OWN + rows).encode()
    with pytest.raises(Unavailable):
        await importer_of(dying).run([content])
    store = CatalogStore(table)
    assert await store.products() == []  # nobody sees a half
    result = await importer_of(table).run([content])
    assert (result.created, result.failed) == (1, 0)
    (big,) = await store.products()
    stocks = await store.stocks_of_product(big.id, SystemClock().now())
    assert {stock.available for stock in stocks.values()} == {3}
    assert len(stocks) == len(big.variants) == 100


async def test_a_file_that_is_missing_or_no_csv(table: Table, tmp_path: Path) -> None:
    importer = importer_of(table)
    with pytest.raises(ImportRefused) as missing:
        await import_file(importer, tmp_path / "none.csv")
    assert missing.value.code == "file_missing"
    strange = tmp_path / "strange.csv"
    strange.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ImportRefused) as refused:
        await import_file(importer, strange)
    assert refused.value.code == "bad_encoding"
    assert await CatalogStore(table).products() == []
