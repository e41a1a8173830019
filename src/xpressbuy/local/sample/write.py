"""Writes catalogue.csv, categories.csv and reviews.csv beside this file from the range.

Run it after changing the range (`python -m xpressbuy.local.sample.write`); a test says when that was forgotten.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path

from xpressbuy.local.sample import categories, reviews, rows

FOLDER = Path(__file__).parent


def as_csv(columns: Sequence[str], records: Iterable[Mapping[str, str]]) -> str:
    """Records as CSV text with a header line."""
    out = StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()


def contents() -> dict[str, str]:
    """The text of each file as it should be."""
    return {
        "catalogue.csv": as_csv(rows.COLUMNS, rows.catalogue_rows()),
        "categories.csv": as_csv(categories.COLUMNS, categories.category_rows()),
        "reviews.csv": as_csv(reviews.COLUMNS, reviews.review_rows()),
    }


if __name__ == "__main__":
    for name, text in contents().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="")
