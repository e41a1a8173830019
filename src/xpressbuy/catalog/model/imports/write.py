"""Products in our own format, so that what a shop exports can be imported again as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xpressbuy.catalog.model.category import Category
from xpressbuy.catalog.model.product import Product, Variant
from xpressbuy.catalog.model.stock import Stock
from xpressbuy.kit.ids import Sku
from xpressbuy.kit.money import to_major
from xpressbuy.media.model import ImageRecord

OWN_COLUMNS = (
    *("slug", "name", "brand", "description", "details", "categories", "tags", "status", "sku"),
    *("option1_name", "option1_value", "option1_hex", "option2_name", "option2_value", "option2_hex"),
    *("option3_name", "option3_value", "option3_hex", "price", "compare_at_price", "currency", "stock"),
    *("low_stock_at", "track_inventory", "weight_grams", "barcode", "image_src", "image_alt"),
    *("seo_title", "seo_description"),
)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def to_rows(
    product: Product, stocks: Mapping[Sku, Stock], categories: Mapping[str, Category]
) -> Iterator[dict[str, str]]:
    """A product's rows: one for itself where it has options, and one a variant.

    Pictures are given by the address that they came from; others stay in the shop.
    """
    head = {
        "name": product.name,
        "brand": product.brand,
        "description": product.description,
        "details": _joined(product.details, "|"),
        "categories": _joined((_path(slug, categories) for slug in product.categories), "|"),
        "tags": _joined(product.tags, ","),
        "status": product.status,
        "seo_title": product.seo_title,
        "seo_description": product.seo_description,
    }
    shown = [image for image in product.images if image.source_url]
    head |= {"image_src": _sources(shown), "image_alt": "|".join(image.alt for image in shown)}
    rows = [_variant_cells(product, variant, stocks.get(variant.sku)) for variant in product.variants]
    for row in [head, *rows] if product.options else [{**row, **head} for row in rows]:
        row["slug"] = product.slug
        yield {name: _guarded(row.get(name, "")) for name in OWN_COLUMNS}


def _sources(images: Sequence[ImageRecord]) -> str:
    return "|".join(image.source_url or "" for image in images)


def _variant_cells(product: Product, variant: Variant, stock: Stock | None) -> dict[str, str]:
    old = variant.compare_at_price
    named = [image for image in product.images if image.source_url and image.id in variant.image_ids]
    cells = {
        "sku": variant.external_sku or variant.sku,
        "price": to_major(variant.price),
        "compare_at_price": to_major(old) if old else "",
        "currency": variant.price.currency,
        "stock": str(stock.available) if stock and variant.tracked else "",
        "low_stock_at": str(stock.low_stock_at) if stock else "",
        "track_inventory": "" if variant.tracked else "false",
        "weight_grams": str(variant.weight_grams) if variant.weight_grams is not None else "",
        "barcode": variant.barcode,
        "image_src": _sources(named),
    }
    for number, option in enumerate(product.options, 1):
        value = variant.options[option.name]
        cells[f"option{number}_name"] = option.name
        cells[f"option{number}_value"] = value
        cells[f"option{number}_hex"] = option.hex_of(value) or ""
    return cells


def _path(slug: str, categories: Mapping[str, Category]) -> str:
    names: list[str] = []
    at = categories.get(slug)
    while at is not None and len(names) < len(categories):
        names.append(at.name)
        at = categories.get(at.parent) if at.parent else None
    return " > ".join(reversed(names)) or slug


def _joined(entries: Iterator[str] | tuple[str, ...], separator: str) -> str:
    return separator.join(entry.replace(separator, "\\" + separator) for entry in entries)


def _guarded(text: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return "'" + text if _FORMULA.match(text) else text
