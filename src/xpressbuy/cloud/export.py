"""A shop's table and pictures as files on this machine, before they are deleted.

The table's items are written as DynamoDB writes its own exports: one `{"Item": …}` with typed values a line, gzipped,
so that nothing is lost and AWS's import from S3 reads it.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xpressbuy.cloud.account import Cloud
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.stacks import Report, Steps

ITEMS_FILE = "table.jsonl.gz"
PICTURES_FOLDER = "pictures"
SCAN_PAGES_MAX = 1_000_000
"""A page is up to 1 MB: more than any table of a shop."""
OBJECTS_MAX = 5_000_000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and where."""

    folder: Path
    items: int
    pictures: int


def new_folder(cloud: Cloud, parent: Path) -> Path:
    """`SHOP-20260131-120000` in the parent. CloudProblem if it cannot be made."""
    folder = parent / f"{cloud.shop}-{cloud.clock.now():%Y%m%d-%H%M%S}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise CloudProblem(
            f"{folder} cannot be made: {error.strerror}. Name another place with --export-to."
        ) from error
    return folder


def export_table(cloud: Cloud, table: str, folder: Path, report: Report) -> int:
    """Every item of the table, read consistently. The number of items."""
    about = int(cloud.tables.describe_table(TableName=table)["Table"].get("ItemCount", 0))
    written = 0
    start: dict[str, Any] = {}
    with _writing(folder), gzip.open(folder / ITEMS_FILE, "wt", encoding="utf-8") as file:
        for _ in range(SCAN_PAGES_MAX):
            page: Any = cloud.tables.scan(TableName=table, ConsistentRead=True, **start)
            for item in page["Items"]:
                file.write(json.dumps({"Item": item}, default=_text_of, ensure_ascii=False, sort_keys=True) + "\n")
            written += len(page["Items"])
            report(Steps(written, max(about, written), "items"))
            if "LastEvaluatedKey" not in page:
                return written
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    raise CloudProblem(f"The table {table} is larger than this export can take. Export it to S3 in the console first.")


def export_pictures(cloud: Cloud, bucket: str, folder: Path, report: Report) -> int:
    """Every object of the bucket under its key. The number of objects."""
    base = (folder / PICTURES_FOLDER).resolve()
    written = 0
    pages = cloud.objects.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, PaginationConfig={"MaxItems": OBJECTS_MAX}
    )
    with _writing(folder):
        base.mkdir(exist_ok=True)
        for page in pages:
            for one in page.get("Contents", []):
                target = (base / one["Key"]).resolve()
                if not target.is_relative_to(base) or one["Key"].endswith("/"):
                    continue  # A folder's marker, or a name that would leave the export.
                target.parent.mkdir(parents=True, exist_ok=True)
                cloud.objects.download_file(bucket, one["Key"], str(target))
                written += 1
                report(Steps(written, written, "pictures"))
    return written


class _writing:  # noqa: N801 - reads as a verb after `with`
    """Turns a full or forbidden disk into a sentence."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise CloudProblem(
                f"The export to {self._folder} broke off: {error.strerror or error}. Nothing of it was deleted in AWS; "
                "make room or name another place with --export-to, and run this once more."
            ) from error


def _text_of(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} is nothing that DynamoDB keeps")


def export(cloud: Cloud, table: str, bucket: str, parent: Path, bar: Callable[[str], Any]) -> Exported:
    """Both, into a new folder."""
    folder = new_folder(cloud, parent)
    with bar("Export of the table") as report:
        items = export_table(cloud, table, folder, report)
    with bar("Export of the pictures") as report:
        pictures = export_pictures(cloud, bucket, folder, report)
    return Exported(folder, items, pictures)
