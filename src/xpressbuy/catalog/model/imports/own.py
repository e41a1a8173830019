"""Our own format, and its superset as Spree exports it.

One row a variant; what belongs to the product stands in the first row of its slug. Rows of one slug need not be
together. A row without option values that names a SKU of before is that SKU's price in another currency.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xpressbuy.catalog.model.imports import cells
from xpressbuy.catalog.model.imports.result import (
    Findings,
    ImportedImage,
    ImportedPrice,
    ImportedProduct,
    ImportedVariant,
)
from xpressbuy.catalog.model.imports.table import Row
from xpressbuy.catalog.model.names import is_slug, slugify
from xpressbuy.catalog.model.product import OPTIONS_MAX, STATUSES, Option, OptionValue, ProductStatus

_IMAGE_COLUMN = re.compile(r"image\d{1,2}_src")
_CATEGORY_COLUMN = re.compile(r"category\d{1,2}")
_DETAIL_PREFIX = "custom_field."
_PRODUCT_COLUMNS = frozenset(
    (
        "slug",
        "name",
        "brand",
        "description",
        "details",
        "categories",
        "tags",
        "status",
        "seo_title",
        "seo_description",
        "meta_title",
        "meta_description",
    )
)
_VARIANT_COLUMNS = frozenset(
    (
        "sku",
        "price",
        "compare_at_price",
        "currency",
        "stock",
        "low_stock_at",
        "weight_grams",
        "barcode",
        "image_src",
        "image_alt",
        "weight",
        "weight_unit",
        "width",
        "height",
        "depth",
        "dimensions_unit",
        "inventory_count",
        "inventory_backorderable",
        "track_inventory",
    )
) | {f"option{number}_{part}" for number in range(1, OPTIONS_MAX + 1) for part in ("name", "value", "hex")}


def key(row: Row) -> str:
    """What rows of one product share."""
    return row.text("slug")


@dataclass(slots=True)
class _Gathered:
    """A product's options, pictures and variants while its rows are read."""

    names: dict[int, str] = field(default_factory=dict)
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)
    images: dict[str, ImportedImage] = field(default_factory=dict)
    variants: dict[str, ImportedVariant] = field(default_factory=dict)

    def options(self) -> tuple[Option, ...]:
        return tuple(
            Option(name, tuple(OptionValue(value, shade) for value, shade in self.values.get(name, {}).items()))
            for _, name in sorted(self.names.items())
        )


def read(rows: Sequence[Row], findings: Findings) -> ImportedProduct:
    """One product of its rows."""
    head = rows[0]
    gathered = _Gathered()
    with_options = any(_has_options(row) for row in rows)
    of_product = _images(head, gathered, findings)
    for row in rows:
        if with_options and not _has_options(row):
            if row is not head:
                _other_price(row, gathered, findings)
            continue
        _variant(row, gathered, findings)
    if not any(set(variant.images) - set(of_product) for variant in gathered.variants.values()):
        _pictures_of_all(gathered, head)
    slug = head.text("slug")
    return ImportedProduct(
        row=head.number,
        slug=slug if is_slug(slug) else slugify(slug),
        name=head.text("name"),
        variants=tuple(gathered.variants.values()),
        options=gathered.options(),
        status=_status(head, findings),
        brand=head.text("brand"),
        description=head.text("description"),
        details=(*cells.listed(head.text("details"), "|"), *_custom_fields(head)),
        categories=_categories(head),
        tags=cells.tags(head.text("tags"), head, findings),
        images=tuple(gathered.images.values()),
        seo_title=head.text("seo_title", "meta_title"),
        seo_description=head.text("seo_description", "meta_description"),
        external_id=_external_id(head, slug, own_row=with_options and not _has_options(head)),
        extra=cells.extras(_unknown(head), head, findings),
    )


def _pictures_of_all(gathered: _Gathered, head: Row) -> None:
    """Where only the first row lists pictures, they are the product's and not just of the variant in that row."""
    for identity, variant in gathered.variants.items():
        if variant.row == head.number:
            gathered.variants[identity] = replace(variant, images=())


def _has_options(row: Row) -> bool:
    return any(row.text(f"option{number}_value") for number in range(1, OPTIONS_MAX + 1))


def _external_id(head: Row, slug: str, *, own_row: bool) -> str:
    """A slug that was no slug; else the SKU of a row that only describes the product and is not sold."""
    if not is_slug(slug):
        return slug
    return head.text("sku") if own_row else ""


def _variant(row: Row, gathered: _Gathered, findings: Findings) -> None:
    choice = _choice(row, gathered, findings)
    given = row.text("sku")
    identity = given or "\x1f".join(choice.values())
    if identity in gathered.variants:
        _other_price(row, gathered, findings, identity)
        return
    untracked = cells.flag(row, "inventory_backorderable", findings, default=False)
    tracked = cells.flag(row, "track_inventory", findings, default=True)
    stock_column = "stock" if row.text("stock") else "inventory_count"
    grams = cells.weight(row, "weight_grams", "g", findings)
    if grams is None:
        grams = cells.weight(row, "weight", row.text("weight_unit"), findings)
    gathered.variants[identity] = ImportedVariant(
        row=row.number,
        sku=given,
        options=choice,
        prices=(_price(row, findings),),
        stock=cells.quantity(row, stock_column, findings),
        tracked=tracked and not untracked,
        low_stock_at=cells.quantity(row, "low_stock_at", findings),
        weight_grams=grams,
        barcode=row.text("barcode"),
        images=_images(row, gathered, findings),
        extra=_dimensions(row),
    )


def _choice(row: Row, gathered: _Gathered, findings: Findings) -> dict[str, str]:
    choice: dict[str, str] = {}
    for number in range(1, OPTIONS_MAX + 1):
        value = row.text(f"option{number}_value")
        name = row.text(f"option{number}_name") or gathered.names.get(number, "")
        if not value:
            continue
        if not name:
            findings.error(row.number, f"option{number}_name", "option_unnamed", "This option has a value but no name.")
            continue
        gathered.names.setdefault(number, name)
        shade = cells.colour(row, f"option{number}_hex", findings)
        known = gathered.values.setdefault(name, {})
        known[value] = known.get(value) or shade
        choice[name] = value
    return choice


def _other_price(row: Row, gathered: _Gathered, findings: Findings, identity: str = "") -> None:
    identity = identity or row.text("sku")
    known = gathered.variants.get(identity)
    if known is None:
        findings.error(row.number, "sku", "options_missing", "This row names no option values and no SKU of before.")
        return
    price = _price(row, findings)
    if not price.currency or price.currency in {one.currency for one in known.prices}:
        findings.error(row.number, "sku", "sku_repeated", "This SKU stands in the file before, in the same currency.")
        return
    gathered.variants[identity] = replace(known, prices=(*known.prices, price))


def _price(row: Row, findings: Findings) -> ImportedPrice:
    return ImportedPrice(
        cells.amount(row, "price", findings),
        cells.amount(row, "compare_at_price", findings),
        row.text("currency").upper(),
    )


def _images(row: Row, gathered: _Gathered, findings: Findings) -> tuple[str, ...]:
    sources = [*cells.listed(row.text("image_src"), "|")]
    sources += [value for name, value in row.cells.items() if _IMAGE_COLUMN.fullmatch(name)]
    alts = row.text("image_alt").split("|")
    found: list[str] = []
    for index, src in enumerate(sources):
        alt = alts[index].strip() if index < len(alts) else ""
        image = cells.image(src, alt, row, "image_src", findings)
        if image is not None:
            gathered.images.setdefault(src, image)
            found.append(src)
    return tuple(dict.fromkeys(found))


def _categories(head: Row) -> tuple[tuple[str, ...], ...]:
    texts = [*cells.listed(head.text("categories"), "|")]
    texts += [value for name, value in head.cells.items() if _CATEGORY_COLUMN.fullmatch(name)]
    return tuple(dict.fromkeys(found for text in texts if (found := cells.path(text))))


def _custom_fields(head: Row) -> tuple[str, ...]:
    """`custom_field.custom.noise_level` = `30dB` reads `Noise level: 30dB`."""
    return tuple(
        f"{name.rpartition('.')[2].replace('_', ' ').capitalize()}: {value}"
        for name, value in head.cells.items()
        if name.startswith(_DETAIL_PREFIX)
    )


def _dimensions(row: Row) -> dict[str, str]:
    sides = [row.text(name) for name in ("width", "height", "depth")]
    if not all(sides):
        return {}
    return {"dimensions": f"{' x '.join(sides)} {row.text('dimensions_unit')}".strip()}


def _status(head: Row, findings: Findings) -> ProductStatus:
    text = head.text("status").lower() or "active"
    for status in STATUSES:
        if text == status:
            return status
    findings.error(head.number, "status", "bad_status", "The status is active, draft or archived.")
    return "draft"


def _unknown(head: Row) -> dict[str, str]:
    known = _PRODUCT_COLUMNS | _VARIANT_COLUMNS
    return {
        name: value
        for name, value in head.cells.items()
        if name not in known
        and not name.startswith(_DETAIL_PREFIX)
        and not _IMAGE_COLUMN.fullmatch(name)
        and not _CATEGORY_COLUMN.fullmatch(name)
    }
