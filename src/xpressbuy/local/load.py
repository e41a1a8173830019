"""Fills an empty local shop with the sample: pictures, products, categories, reviews. Once: later changes stay."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Awaitable, Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from xpressbuy.aws.objects import StoredObject
from xpressbuy.catalog.jobs import import_file
from xpressbuy.catalog.model import Category
from xpressbuy.kit.clock import from_rfc3339
from xpressbuy.local import sample
from xpressbuy.local.emulator import LocalProblem
from xpressbuy.local.sample import BuiltPicture
from xpressbuy.media.model import MEDIA_TYPES, ImageRecord, rendition_key
from xpressbuy.reviews.model import SampleReview
from xpressbuy.settings import Settings
from xpressbuy.table.keys import Key
from xpressbuy.table.unit import Put
from xpressbuy.wiring import Shop, build

LOADED = Key("LOCAL", "SAMPLE")
"""The mark that the sample is in; it lies in the table, so it comes and goes with the data."""
UPLOADS_AT_ONCE = 4
ACTOR = "sample"


async def load_sample(settings: Settings, cache: Path, console: Console) -> None:
    """Loads the sample unless it is there. Interrupted, it goes on at the next start: every step may be repeated."""
    shop = build(settings)
    try:
        if await shop.table.get(LOADED) is not None:
            return
        console.print("Loading the sample shop. Its pictures are drawn on the first run, which takes a minute or two.")
        with Progress(
            TextColumn("  {task.description:22}"), BarColumn(40), MofNCompleteColumn(), console=console
        ) as bars:
            pictures = await _draw(cache, bars)
            await _upload(shop, pictures, bars)
            records = {source: record_of(picture) for source, picture in pictures.items()}
            await shop.editor.put_categories(_categories(records), actor=ACTOR)
            await _import(shop, records, bars)
            await shop.catalog.start()
            await _review(shop, bars)
        await shop.table.write(Put({"PK": LOADED.pk, "SK": LOADED.sk}), repeatable=True)
    finally:
        await shop.catalog.stop()
        await shop.transport.close()


def record_of(picture: BuiltPicture) -> ImageRecord:
    """What a product's document says of a drawn picture."""
    return ImageRecord(
        id=picture.id,
        alt="",
        width=picture.width,
        height=picture.height,
        placeholder=picture.placeholder,
        widths=picture.widths,
        options=sample.picture_options(picture.source),
    )


async def _draw(cache: Path, bars: Progress) -> dict[str, BuiltPicture]:
    task = bars.add_task("Drawing the pictures")
    return await asyncio.to_thread(
        sample.build_pictures, cache, lambda done, total: bars.update(task, completed=done, total=total)
    )


async def _upload(shop: Shop, pictures: Mapping[str, BuiltPicture], bars: Progress) -> None:
    distinct = list({picture.id: picture for picture in pictures.values()}.values())
    task = bars.add_task("Storing the pictures", total=len(distinct))
    turns = asyncio.Semaphore(UPLOADS_AT_ONCE)

    async def upload(picture: BuiltPicture) -> None:
        async with turns:
            files = {
                rendition_key(picture.id, width, fmt): StoredObject(path.read_bytes(), MEDIA_TYPES[fmt])
                for (width, fmt), path in picture.files.items()
            }
            await shop.objects.put_all(files)
            bars.advance(task)

    await asyncio.gather(*(upload(picture) for picture in distinct))


async def _import(shop: Shop, records: Mapping[str, ImageRecord], bars: Progress) -> None:
    task = bars.add_task("Filling the catalogue", total=None)

    def stored(source: str) -> Awaitable[ImageRecord] | None:
        record = records.get(source)
        return _at_once(record) if record is not None else None

    result = await import_file(
        shop.importer,
        sample.CATALOGUE_CSV,
        report=lambda progress: bars.update(task, completed=progress.done, total=progress.total),
        picture_source=stored,
    )
    if result.errors_total:
        first = result.errors[0]
        raise LocalProblem(f"The sample catalogue cannot be loaded: row {first.row}: {first.sentence}")


async def _at_once(record: ImageRecord) -> ImageRecord:
    return record


def _categories(records: Mapping[str, ImageRecord]) -> list[Category]:
    with sample.CATEGORIES_CSV.open(newline="", encoding="utf-8") as file:
        return [
            Category(
                slug=row["slug"],
                name=row["name"],
                parent=row["parent"] or None,
                position=int(row["position"]),
                image=records.get(row["image_src"]),
            )
            for row in csv.DictReader(file)
        ]


async def _review(shop: Shop, bars: Progress) -> None:
    with sample.REVIEWS_CSV.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    task = bars.add_task("Adding the reviews", total=len(rows))
    await shop.reviews.load_reviews(
        SampleReview(
            product_slug=row["slug"],
            rating=int(row["rating"]),
            title=row["title"],
            body=row["body"],
            author=row["author"],
            created_at=from_rfc3339(row["created_at"]),
            verified_purchase=row["verified"] == "true",
        )
        for row in rows
    )
    bars.update(task, completed=len(rows))
