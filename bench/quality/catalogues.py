"""The catalogues that queries are drawn from, read by the shop's importer: the sample, and files beside the code."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from xpressbuy.catalog.model import Category, Product
from xpressbuy.catalog.model.category import path_categories
from xpressbuy.catalog.model.changes import plan_changes
from xpressbuy.catalog.model.imports import Findings, ImportedProduct, parse, to_draft
from xpressbuy.kit.ids import ProductId
from xpressbuy.local.sample import CATALOGUE_CSV
from xpressbuy.search.model.index import Index
from xpressbuy.search.service import document_of, paths_of

SAMPLE = "sample"
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FILES = ("shopify-apparel", "shopify-home-and-garden", "spree-products")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
# Spree's export is not one of the importer's formats. These columns are called as our own are; the others are mapped.
SPREE_KEPT = (
    "slug", "name", "description", "tags", "option1_name", "option1_value", "option2_name", "option2_value", "currency",
)  # fmt: skip


class Catalogues:
    """Products by `catalogue/slug`, and an index of all of them."""

    def __init__(self, data: Path = DATA) -> None:
        self.products: dict[str, Product] = {}
        self.categories: dict[str, Category] = {}
        self._read(SAMPLE, parse([CATALOGUE_CSV.read_bytes()]).products)
        for name in FILES:
            file = data / f"{name}.csv"
            if file.exists():
                body = file.read_bytes()
                self._read(name, parse([own_format(body) if name.startswith("spree") else body]).products)
        paths = paths_of(list(self.categories.values()))
        self.index = Index()
        self.index.change(document_of(product, paths, ()) for product in self.products.values())
        self.keys = {product.id: key for key, product in self.products.items()}

    def _read(self, name: str, found: Iterable[ImportedProduct]) -> None:
        for imported in found:
            for path in imported.categories:
                self.categories |= {one.slug: one for one in path_categories(path, self.categories)}
            findings = Findings()
            draft = to_draft(
                imported, currency="USD", rate=None, images={}, categories=self.categories, findings=findings
            )
            if draft is None:
                raise ValueError(f"{name}: {findings.errors}")
            product_id = ProductId(f"prd_{len(self.products):026d}")
            product = plan_changes(None, {}, draft, product_id=product_id, now=NOON).product
            if product is not None and product.visible:
                self.products[f"{name}/{imported.slug}"] = product


def own_format(body: bytes) -> bytes:
    """Spree's export with the columns of our own."""
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    bare = {row["slug"] for row in rows if row["option1_value"]}
    written = io.StringIO()
    writer = csv.DictWriter(written, [*SPREE_KEPT, "sku", "categories", "stock", "price", "status"])
    writer.writeheader()
    for row in _with_heads(rows, bare):
        writer.writerow(row)
    return written.getvalue().encode()


def _with_heads(rows: Iterable[Mapping[str, str]], with_variants: set[str]) -> Iterator[dict[str, str]]:
    head: Mapping[str, str] = {}
    for row in rows:
        if row["name"]:
            head = row
            if row["slug"] in with_variants:
                continue
        shown = {**row, **{key: head[key] for key in ("name", "description", "tags", "currency", "category1")}}
        yield {
            **{key: shown[key] for key in SPREE_KEPT},
            "tags": shown["tags"].replace(", ", ","),
            "sku": row["sku"],
            "categories": shown["category1"].replace(" -> ", " > "),
            "stock": row["inventory_count"] or "1",
            "price": row["price"] or "1",
            "status": "active",
        }
