"""Long work that a person starts: importing a file from disk. Says how far it is; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from xpressbuy.catalog.model.imports import ImportRefused
from xpressbuy.catalog.model.imports.table import FILE_BYTES_MAX
from xpressbuy.catalog.service import Importer, ImportResult
from xpressbuy.catalog.service.importer import ProgressHook
from xpressbuy.catalog.service.pictures import PictureSource

CHUNK_BYTES = 64 * 1024


async def import_file(
    importer: Importer,
    path: Path,
    *,
    dry_run: bool = False,
    rate: Decimal | None = None,
    report: ProgressHook | None = None,
    picture_source: PictureSource | None = None,
) -> ImportResult:
    """Imports one file. ImportRefused, with a sentence, if it cannot be read."""
    if not path.is_file():  # noqa: ASYNC240 - one stat before long work
        raise ImportRefused("file_missing", "There is no such file.")
    if path.stat().st_size > FILE_BYTES_MAX:  # noqa: ASYNC240
        raise ImportRefused("file_too_large", f"The file is over {FILE_BYTES_MAX // 1024**2} MB. Split it.")
    return await importer.run(_chunks(path), dry_run=dry_run, rate=rate, progress=report, picture_source=picture_source)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
