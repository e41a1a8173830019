"""Which format a file is in, by its header, and all of its products."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from xpressbuy.catalog.model.imports import own, shopify, woocommerce
from xpressbuy.catalog.model.imports.result import Findings, ImportedProduct, ImportRefused
from xpressbuy.catalog.model.imports.table import Row, Sheet, read_sheet

Format = Literal["own", "shopify", "woocommerce"]
_MARKS: tuple[tuple[Format, frozenset[str]], ...] = (
    ("shopify", frozenset({"handle", "title"})),
    ("woocommerce", frozenset({"type", "name", "regular price"})),
    ("own", frozenset({"slug", "name", "price"})),
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds. `failed` counts products that have errors and are therefore not among `products`."""

    format: Format
    products: tuple[ImportedProduct, ...]
    failed: int
    findings: Findings


def parse(chunks: Iterable[bytes]) -> Parsed:
    """Reads a whole file. ImportRefused if it cannot be read; errors of single products are in the findings.

    Rows of a product may lie apart, so all of them are read before the first product is whole; the bounds of the sheet
    bound this.
    """
    sheet = read_sheet(chunks)
    kind = _format(sheet)
    findings = Findings()
    rows = list(sheet.rows)
    if kind == "woocommerce":
        products, failed = _woocommerce(rows, findings)
    elif kind == "shopify":
        products, failed = _grouped(rows, "Handle", shopify.key, shopify.read, findings)
    else:
        products, failed = _grouped(rows, "slug", own.key, own.read, findings)
    unique, repeated = _unique(products, findings)
    return Parsed(kind, tuple(unique), failed + repeated, findings)


def _format(sheet: Sheet) -> Format:
    for kind, columns in _MARKS:
        if columns <= sheet.columns:
            return kind
    raise ImportRefused(
        "format_unknown",
        "The first row names neither our columns nor those of a Shopify or WooCommerce product export.",
    )


def _grouped(
    rows: Sequence[Row],
    column: str,
    key: Callable[[Row], str],
    read: Callable[[Sequence[Row], Findings], ImportedProduct],
    findings: Findings,
) -> tuple[list[ImportedProduct], int]:
    groups: dict[str, list[Row]] = {}
    failed = 0
    for row in rows:
        name = key(row)
        if name:
            groups.setdefault(name, []).append(row)
        else:
            failed += 1
            findings.error(row.number, column, "slug_missing", f"Every row needs a {column}.")
    products: list[ImportedProduct] = []
    for group in groups.values():
        before = len(findings.errors)
        product = read(group, findings)
        if len(findings.errors) == before:
            products.append(product)
        else:
            failed += 1
    return products, failed


def _woocommerce(rows: Sequence[Row], findings: Findings) -> tuple[list[ImportedProduct], int]:
    families = woocommerce.families(rows, findings)
    failed = len(findings.errors)
    products: list[ImportedProduct] = []
    for family in families:
        before = len(findings.errors)
        product = woocommerce.read(family, findings)
        if product is not None and len(findings.errors) == before:
            products.append(product)
        else:
            failed += 1
    return products, failed


def _unique(products: Sequence[ImportedProduct], findings: Findings) -> tuple[list[ImportedProduct], int]:
    """Two handles may become one slug, and two products may claim one SKU: the first keeps it."""
    slugs: set[str] = set()
    skus: set[str] = set()
    kept: list[ImportedProduct] = []
    for product in products:
        given = {variant.sku for variant in product.variants if variant.sku}
        if product.slug in slugs:
            findings.error(product.row, "", "slug_repeated", "Another product of the file has the same address.")
        elif given & skus:
            findings.error(product.row, "", "sku_repeated", "Another product of the file has one of its SKUs.")
        else:
            kept.append(product)
            slugs.add(product.slug)
            skus |= given
    return kept, len(products) - len(kept)
