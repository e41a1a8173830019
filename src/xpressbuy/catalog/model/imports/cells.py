"""Reading single cells: numbers, prices, flags, weights, lists, paths, colours."""

from __future__ import annotations

import re
from decimal import Decimal

from xpressbuy.catalog.model import product as bounds
from xpressbuy.catalog.model.imports.result import Findings, ImportedImage
from xpressbuy.catalog.model.imports.table import Row
from xpressbuy.kit.money import round_half_even

_DECIMAL = re.compile(r"\d{1,12}([.,]\d{1,6})?")
_WHOLE = re.compile(r"(-?\d{1,9})(\.0+)?")
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_ADDRESS = re.compile(r"(https?://|sample:)[^\s<>\"]+", re.IGNORECASE)
ADDRESS_MAX = 2_000
_ARROW = re.compile(r"\s*-?>\s*")
_YES = frozenset({"true", "yes", "1", "y", "t"})
_NO = frozenset({"false", "no", "0", "n", "f"})
_GRAMS = {
    "g": Decimal(1),
    "kg": Decimal(1000),
    "lb": Decimal("453.59237"),
    "lbs": Decimal("453.59237"),
    "oz": Decimal("28.349523125"),
}


def whole(row: Row, column: str, findings: Findings) -> int | None:
    """A whole number; None if the cell is empty or wrong, which is then found."""
    cell = row.text(column)
    match = _WHOLE.fullmatch(cell)
    if cell and match is None:
        findings.error(row.number, column, "bad_number", "This is not a whole number.")
    return int(match[1]) if match else None


def quantity(row: Row, column: str, findings: Findings) -> int | None:
    """A stock. Below zero (sold beyond the stock) is taken as 0."""
    number = whole(row, column, findings)
    if number is not None and number < 0:
        findings.note(row.number, column, "stock_negative", "A stock below zero was taken as 0.")
        return 0
    return number


def amount(row: Row, column: str, findings: Findings) -> Decimal | None:
    """A price in major units, `1299.90` or `1299,90`. `1,299.90` is refused: it could mean two things."""
    cell = row.text(column)
    if not cell:
        return None
    match = _DECIMAL.fullmatch(cell)
    if match is None or (match[1] and match[1].startswith(",") and len(match[1]) == 4):
        findings.error(row.number, column, "bad_price", "This is not a price. Write it as 1299.90, without a sign.")
        return None
    return Decimal(cell.replace(",", "."))


def flag(row: Row, column: str, findings: Findings, *, default: bool) -> bool:
    """Yes or no."""
    cell = row.text(column).lower()
    if cell and cell not in _YES | _NO:
        findings.error(row.number, column, "bad_flag", "This is neither true nor false.")
    return cell in _YES if cell in _YES | _NO else default


def weight(row: Row, column: str, unit: str, findings: Findings) -> int | None:
    """Whole grams. Zero says nothing and is None."""
    cell = row.text(column)
    if not cell:
        return None
    match = _DECIMAL.fullmatch(cell) or re.fullmatch(r"(\.\d{1,6})", cell)
    factor = _GRAMS.get(unit.lower() or "g")
    if match is None or factor is None:
        findings.error(row.number, column, "bad_weight", "This is not a weight in g, kg, lb or oz.")
        return None
    return round_half_even(Decimal(cell.replace(",", ".")) * factor) or None


def colour(row: Row, column: str, findings: Findings) -> str | None:
    """`#rrggbb` of `#RGB`, `RRGGBB` and their like."""
    cell = row.text(column)
    if not cell:
        return None
    match = _HEX.fullmatch(cell)
    if match is None:
        findings.error(row.number, column, "bad_colour", "A colour is written as #rrggbb.")
        return None
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def listed(text: str, separator: str) -> tuple[str, ...]:
    """A list in one cell, each entry once. A separator that belongs to an entry has a backslash before it."""
    parts = re.split(rf"(?<!\\){re.escape(separator)}", text)
    entries = (" ".join(part.replace("\\" + separator, separator).split()) for part in parts)
    return tuple(dict.fromkeys(entry for entry in entries if entry))


def path(text: str) -> tuple[str, ...]:
    """A category as `Clothing > T-shirts` or `Clothing -> T-shirts`."""
    return tuple(" ".join(part.split()) for part in _ARROW.split(text) if part.strip())


def tags(text: str, row: Row, findings: Findings) -> tuple[str, ...]:
    """Tags by comma, shortened to what fits."""
    found = listed(text, ",")
    if len(found) > bounds.TAGS_MAX or any(len(tag) > bounds.TAG_MAX for tag in found):
        findings.note(row.number, "tags", "tags_shortened", f"At most {bounds.TAGS_MAX} short tags are kept.")
    return tuple(dict.fromkeys(tag[: bounds.TAG_MAX] for tag in found))[: bounds.TAGS_MAX]


def image(src: str, alt: str, row: Row, column: str, findings: Findings) -> ImportedImage | None:
    """A picture by its address; None and a note for what is none (a file's name, a script)."""
    if len(src) <= ADDRESS_MAX and _ADDRESS.fullmatch(src):
        return ImportedImage(src, alt[: bounds.NAME_MAX])
    findings.note(row.number, column, "bad_image_address", "This picture has no address on the web and was left out.")
    return None


def extras(found: dict[str, str], row: Row, findings: Findings) -> dict[str, str]:
    """What the shop has no field for, as far as it fits."""
    kept = {name[: bounds.OPTION_VALUE_MAX]: value[: bounds.EXTRA_VALUE_MAX] for name, value in found.items() if value}
    if len(kept) > bounds.EXTRA_MAX or any(len(value) > bounds.EXTRA_VALUE_MAX for value in found.values()):
        findings.note(row.number, "", "extra_shortened", "This row says more than fits into a product; some was cut.")
    return dict(list(kept.items())[: bounds.EXTRA_MAX])
