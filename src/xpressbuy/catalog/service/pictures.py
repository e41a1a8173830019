"""The pictures of an import: those known stay, those whose bytes are at hand are rendered, the others wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from xpressbuy.catalog.model import Product
from xpressbuy.catalog.model.imports import Findings, ImportedImage
from xpressbuy.media.model import ImageId, ImageRecord, Renditions, image_id

PictureSource = Callable[[str], Awaitable[bytes | ImageRecord] | None]
"""Gives the bytes of an address, or the record of what is stored already, or None where it does not know it.

Never asks the web.
"""
RENDERED_AT_ONCE = 2
"""Rendering is CPU and up to 160 MB a picture."""


class PictureUnreadable(ValueError):
    """The bytes are no picture that we take."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PictureStore(Protocol):
    """Where renditions are kept."""

    async def put_renditions(self, image_id: ImageId, renditions: Renditions) -> None:
        """Writes every file of a picture; the same picture again is the same."""


class Pictures:
    """Makes records of pictures by their addresses."""

    def __init__(self, store: PictureStore | None, source: PictureSource | None) -> None:
        self._store = store
        self._source = source
        self._turns = asyncio.Semaphore(RENDERED_AT_ONCE)
        self._made: dict[str, asyncio.Task[ImageRecord | None]] = {}

    async def records(
        self, images: Sequence[ImportedImage], existing: Product | None, *, row: int, findings: Findings
    ) -> dict[str, ImageRecord]:
        """A record for each address. One that was rendered for this product before is not rendered again."""
        known = {image.source_url: image for image in (existing.images if existing else ()) if image.state == "ready"}
        found: dict[str, ImageRecord] = {}
        for image in images:
            ready = known.get(image.src)
            try:
                made = ready or await self._once(image.src)
            except PictureUnreadable as unreadable:
                findings.note(row, "image_src", unreadable.code, "This picture cannot be read and was left out.")
                continue
            found[image.src] = made or pending(image.src)
        return found

    async def _once(self, src: str) -> ImageRecord | None:
        """Two products with one picture render it once."""
        task = self._made.get(src)
        if task is None:
            task = asyncio.ensure_future(self._make(src))
            self._made[src] = task
        return await task

    async def _make(self, src: str) -> ImageRecord | None:
        asked = self._source(src) if self._source is not None else None
        if asked is None or self._store is None:
            return None
        async with self._turns:
            picture = await asked
            if isinstance(picture, ImageRecord):
                return replace(picture, source_url=src)
            renditions = await asyncio.to_thread(_rendered, picture)
            made = image_id(picture)
            await self._store.put_renditions(made, renditions)
        return ImageRecord(
            id=made,
            alt="",
            width=renditions.width,
            height=renditions.height,
            placeholder=renditions.placeholder,
            widths=renditions.widths,
            source_url=src,
        )


def pending(src: str) -> ImageRecord:
    """A picture that is known by its address only. Its id is made of that, so that it stays the same."""
    return ImageRecord(image_id(src.encode()), "", 0, 0, "", (), (), {}, "pending", src)


def waiting(records: Mapping[str, ImageRecord]) -> int:
    """How many are still to be fetched."""
    return sum(record.state == "pending" for record in records.values())


def _rendered(picture: bytes) -> Renditions:
    """In a worker thread. The image library is loaded by the first picture, not by every process of the shop."""
    from xpressbuy.media.model.renditions import PictureRefused, render_renditions  # noqa: PLC0415 - as said above

    try:
        return render_renditions(picture)
    except PictureRefused as refused:
        raise PictureUnreadable(refused.code) from refused
