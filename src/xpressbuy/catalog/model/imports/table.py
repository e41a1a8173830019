"""A CSV file as rows: encoding, separator, header and bounds. Knows no column's meaning."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xpressbuy.catalog.model.imports.result import ImportRefused

FILE_BYTES_MAX = 50 * 1024 * 1024
ROWS_MAX = 200_000
COLUMNS_MAX = 400
FIELD_MAX = 131_072
"""Letters in one cell: the csv module's own bound, which is also what stops a quote that is never closed."""
_SEPARATORS = ",;\t"
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by lower-case column name, without spaces around them. An absent column is an empty cell."""

    number: int
    cells: Mapping[str, str]

    def text(self, *columns: str) -> str:
        """The first of these cells that is not empty."""
        return next((cell for column in columns if (cell := self.cells.get(column, ""))), "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header as written, and the rows, read on demand and once."""

    header: tuple[str, ...]
    rows: Iterator[Row]

    @property
    def columns(self) -> frozenset[str]:
        """The header in lower case."""
        return frozenset(name.lower() for name in self.header)


def read_sheet(chunks: Iterable[bytes]) -> Sheet:
    """Reads the header. ImportRefused for what is no CSV file in UTF-8; the rows raise it too while they are read."""
    lines = _lines(_decoded(chunks))
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise ImportRefused("file_empty", "The file is empty.")
    separator = max(_SEPARATORS, key=first.count)
    records = csv.reader(_again(first, lines), delimiter=separator, strict=True)
    header = tuple(name.strip() for name in _next(records, 1) or ())
    while header and not header[-1]:
        header = header[:-1]
    lowered = [name.lower() for name in header]
    if len(header) > COLUMNS_MAX:
        raise ImportRefused("too_many_columns", f"The file has more than {COLUMNS_MAX} columns.")
    repeated = {name for name in lowered if name and lowered.count(name) > 1}
    if repeated:
        raise ImportRefused("column_repeated", "Two columns of the file have the same name.")
    return Sheet(header, _rows(records, lowered))


def _rows(records: Iterator[list[str]], columns: Sequence[str]) -> Iterator[Row]:
    number = 1
    while True:
        number += 1
        record = _next(records, number)
        if record is None:
            return
        if number > ROWS_MAX:
            raise ImportRefused("too_many_rows", f"The file has more than {ROWS_MAX} rows. Split it.")
        cells = [_unguarded(cell.strip()) for cell in record]
        if not any(cells):
            continue
        if any(cells[len(columns) :]):
            raise ImportRefused(
                "row_too_long", f"Row {number} has more cells than the header. A quote or a comma is likely misplaced."
            )
        yield Row(number, {name: cell for name, cell in zip(columns, cells, strict=False) if cell and name})


def _unguarded(cell: str) -> str:
    """Without the quote that exports put before a cell that a spreadsheet would take for a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _next(records: Iterator[list[str]], number: int) -> list[str] | None:
    try:
        return next(records, None)
    except csv.Error as error:
        raise ImportRefused(
            "bad_csv", f"The file cannot be read from row {number} on. A quote is likely not closed."
        ) from error


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            if size > FILE_BYTES_MAX:
                raise ImportRefused("file_too_large", f"The file is over {FILE_BYTES_MAX // 1024**2} MB. Split it.")
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ImportRefused(
            "bad_encoding",
            "The file is not UTF-8; spreadsheets often save Windows-1252. Save it as “CSV UTF-8” and try again.",
        ) from error


def _lines(parts: Iterable[str]) -> Iterator[str]:
    """Lines with their ends. A carriage return alone ends one too, as old spreadsheets write it."""
    rest = ""
    for part in parts:
        if "\0" in part:
            raise ImportRefused("bad_encoding", "The file is no text in UTF-8. Save it as “CSV UTF-8” and try again.")
        # A `\r` at the end waits for its `\n`.
        whole, rest = rest + part, ""
        if whole.endswith("\r"):
            whole, rest = whole[:-1], "\r"
        pieces = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rest = pieces.pop() + rest
        if len(rest) > FIELD_MAX * 4:
            raise ImportRefused("line_too_long", "A line of the file is too long to be one of products.")
        yield from (piece + "\n" for piece in pieces)
    if rest:
        yield rest


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines
