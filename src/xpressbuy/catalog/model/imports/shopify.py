"""Shopify's product export: rows of one handle, the product in the first, a variant or a picture in each."""

from __future__ import annotations

from collections.abc import Sequence

from xpressbuy.catalog.model.imports import cells
from xpressbuy.catalog.model.imports.result import (
    Findings,
    ImportedImage,
    ImportedPrice,
    ImportedProduct,
    ImportedVariant,
)
from xpressbuy.catalog.model.imports.table import Row
from xpressbuy.catalog.model.imports.text import plain_text
from xpressbuy.catalog.model.names import is_slug, slugify
from xpressbuy.catalog.model.product import Option, OptionValue, ProductStatus

_NO_OPTION = ("Title", "Default Title")
_READ = frozenset(
    {
        *("handle", "title", "body (html)", "vendor", "type", "custom product type", "tags", "published", "status"),
        *("option1 name", "option1 value", "option2 name", "option2 value", "option3 name", "option3 value"),
        *("variant sku", "variant grams", "variant inventory tracker", "variant inventory qty"),
        *("variant inventory policy", "variant price", "variant compare at price", "variant barcode"),
        *("image src", "image position", "image alt text", "seo title", "seo description", "variant image"),
        "variant weight unit",
    }
)
_SAYS_NOTHING = {
    "variant fulfillment service": "manual",
    "variant requires shipping": "true",
    "variant taxable": "true",
    "gift card": "false",
    "google shopping / custom product": "false",
}
"""Columns whose usual value is no news."""


def key(row: Row) -> str:
    """What rows of one product share."""
    return row.text("handle")


def read(rows: Sequence[Row], findings: Findings) -> ImportedProduct:
    """One product of its rows."""
    head = rows[0]
    names = _option_names(rows)
    pictures = _pictures(rows, findings)
    sold = [row for row in rows if row is head or _is_variant(row)]
    variants = tuple(_variant(row, names, findings) for row in sold)
    handle = head.text("handle")
    slug = handle if is_slug(handle) else slugify(handle)
    if _said(sold, "variant inventory tracker") == {""} and any(variant.tracked for variant in variants):
        findings.note(
            head.number,
            "Variant Inventory Tracker",
            "stock_untracked",
            "The file gives a stock that Shopify did not keep count of. It is counted from here on.",
        )
    kind = head.text("type", "custom product type") or ""
    return ImportedProduct(
        row=head.number,
        slug=slug,
        name=head.text("title"),
        variants=variants,
        options=_options(names, variants),
        status=_status(head, findings),
        brand=head.text("vendor"),
        description=plain_text(head.text("body (html)")),
        categories=(cells.path(kind),) if cells.path(kind) else (),
        tags=cells.tags(head.text("tags"), head, findings),
        images=pictures,
        seo_title=head.text("seo title"),
        seo_description=head.text("seo description"),
        external_id="" if slug == handle else handle,
        extra=cells.extras(_unknown(head, variant=False), head, findings),
    )


def _is_variant(row: Row) -> bool:
    """A row with nothing but a picture is none."""
    return bool(row.text("option1 value", "option2 value", "option3 value", "variant sku", "variant price"))


def _option_names(rows: Sequence[Row]) -> dict[int, str]:
    """Option names by number; they stand in the first row. `Title: Default Title` is how Shopify says "none"."""
    names = {
        number: name
        for number in (1, 2, 3)
        if (name := next((text for row in rows if (text := row.text(f"option{number} name"))), ""))
    }
    values = {row.text("option1 value") for row in rows if row.text("option1 value")}
    if names.get(1) == _NO_OPTION[0] and values <= {_NO_OPTION[1]} and len(names) == 1:
        return {}
    return names


def _options(names: dict[int, str], variants: Sequence[ImportedVariant]) -> tuple[Option, ...]:
    return tuple(
        Option(name, tuple(OptionValue(value) for value in dict.fromkeys(v.options[name] for v in variants)))
        for name in names.values()
        if all(name in variant.options for variant in variants)
    )


def _variant(row: Row, names: dict[int, str], findings: Findings) -> ImportedVariant:
    choice: dict[str, str] = {}
    for number, name in names.items():
        value = row.text(f"option{number} value")
        if value:
            choice[name] = value
        else:
            findings.error(row.number, f"Option{number} Value", "option_missing", f"This variant has no {name}.")
    stock = cells.quantity(row, "variant inventory qty", findings)
    endless = row.text("variant inventory policy").lower() == "continue"
    untracked = not row.text("variant inventory tracker") and stock is None
    picture = row.text("variant image")
    return ImportedVariant(
        row=row.number,
        sku=row.text("variant sku"),
        options=choice,
        prices=(
            ImportedPrice(
                cells.amount(row, "variant price", findings), cells.amount(row, "variant compare at price", findings)
            ),
        ),
        stock=stock,
        tracked=not endless and not untracked,
        weight_grams=cells.weight(row, "variant grams", "g", findings),
        barcode=row.text("variant barcode").lstrip("'"),
        images=(picture,) if picture and cells.image(picture, "", row, "Variant Image", Findings()) else (),
        extra=cells.extras(_unknown(row, variant=True), row, findings),
    )


def _pictures(rows: Sequence[Row], findings: Findings) -> tuple[ImportedImage, ...]:
    """By their position where it is given; those of variants that are listed nowhere else come last."""
    placed: list[tuple[int, ImportedImage]] = []
    for index, row in enumerate(rows):
        src = row.text("image src")
        position = cells.whole(row, "image position", findings)
        if src and (image := cells.image(src, row.text("image alt text"), row, "Image Src", findings)):
            placed.append((position if position is not None else index + 1, image))
    placed.sort(key=lambda pair: pair[0])
    found = {image.src: image for _, image in reversed(placed)}
    ordered = {image.src: found[image.src] for _, image in placed}
    for row in rows:
        src = row.text("variant image")
        if src and src not in ordered and (image := cells.image(src, "", row, "Variant Image", findings)):
            ordered[src] = image
    return tuple(ordered.values())


def _status(head: Row, findings: Findings) -> ProductStatus:
    """`Status` where there is one; an active product that is published nowhere is a draft."""
    text = head.text("status").lower()
    if text == "archived":
        return "archived"
    if text not in {"", "active", "draft", "unlisted"}:
        findings.error(head.number, "Status", "bad_status", "The status is active, draft or archived.")
    published = cells.flag(head, "published", findings, default=True)
    return "active" if published and text in {"", "active"} else "draft"


def _said(rows: Sequence[Row], column: str) -> set[str]:
    return {row.text(column) for row in rows}


def _unknown(row: Row, *, variant: bool) -> dict[str, str]:
    """Columns that we have no field for: a variant's own, or those of the product, which stand in its first row."""
    return {
        name: value
        for name, value in row.cells.items()
        if name not in _READ
        and _SAYS_NOTHING.get(name) != value.lower()
        and name.startswith(("variant ", "cost per item", "price /", "compare at price /", "compare-at price /"))
        == variant
    }
