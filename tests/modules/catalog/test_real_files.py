"""Catalogues that other projects ship, read beside a plain reading of the same file: nothing may be missing.

What "without loss" means for the odd things in them:

- Shopify `Title: Default Title` is no option; the product has one variant without options.
- No SKU at all (both Shopify files): each variant gets a stable one of ours.
- `Variant Inventory Tracker` is empty though there is a quantity: the quantity counts, and a note says so.
- `Variant Grams` 0 means that nobody weighed it: no weight.
- Spree repeats each product's variants further down in another currency, without stock: the price in the shop's
  currency counts, the other one is kept beside it (with its old price among the variant's extras).
- Spree's first row of a product (price 0, no stock) describes the product and is not sold; its SKU is kept as the
  product's external id. One such SKU stands on two products, which is no clash, as neither is sold.
- Compare-at price 0 means none.
- A space that may not be broken, in a description, is a space.
- Pounds become grams, custom fields become details, inches stay as they are among the variant's extras.
- Every picture is there by its address, pending.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from xpressbuy.catalog.model import ProductDraft
from xpressbuy.catalog.model.imports import Findings, parse, to_draft
from xpressbuy.catalog.service.pictures import pending
from xpressbuy.kit.money import Money, from_major

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data"
Rows = list[dict[str, str]]


def load(name: str, currency: str = "USD") -> tuple[Rows, dict[str, ProductDraft], Findings]:
    path = FOLDER / name
    if not path.exists():
        pytest.skip("the other projects' files are not beside this repository")
    parsed = parse([path.read_bytes()])
    drafts: dict[str, ProductDraft] = {}
    for product in parsed.products:
        images = {image.src: pending(image.src) for image in product.images}
        draft = to_draft(product, currency=currency, rate=None, images=images, findings=parsed.findings)
        assert draft is not None
        drafts[draft.slug] = draft
    assert parsed.failed == 0
    assert parsed.findings.errors == []
    with path.open(newline="") as file:
        return list(csv.DictReader(file)), drafts, parsed.findings


@pytest.mark.parametrize("name", ["shopify-apparel.csv", "shopify-home-and-garden.csv"])
def test_shopify(name: str) -> None:
    rows, drafts, findings = load(name)
    grouped: dict[str, Rows] = defaultdict(list)
    for row in rows:
        grouped[row["Handle"]].append(row)
    assert list(drafts) == list(grouped)
    assert {note.code for note in findings.notes} <= {"stock_untracked"}
    for handle, group in grouped.items():
        draft, head = drafts[handle], group[0]
        assert (draft.name, draft.brand, draft.status) == (head["Title"], head["Vendor"], "active")
        assert (
            draft.description == head["Body (HTML)"].replace("<p>", "").replace("</p>", "").replace("\xa0", " ").strip()
        )
        assert draft.tags == tuple(tag.strip() for tag in head["Tags"].split(","))
        assert draft.categories == ((head["Type"].lower(),) if head["Type"] else ())
        assert {image.source_url for image in draft.images} == {row["Image Src"] for row in group if row["Image Src"]}
        assert {image.state for image in draft.images} == {"pending"}
        assert len(draft.variants) == len(group)
        for variant, row in zip(draft.variants, group, strict=True):
            assert variant.price == from_major(row["Variant Price"], "USD")
            old = row["Variant Compare At Price"]
            assert variant.compare_at_price == (from_major(old, "USD") if old else None)
            assert (variant.stock, variant.tracked) == (int(row["Variant Inventory Qty"]), True)
            named = {} if row["Option1 Value"] == "Default Title" else {"Size": row["Option1 Value"]}
            assert variant.options == named
    every = [variant.sku for draft in drafts.values() for variant in draft.variants]
    assert len(set(every)) == len(rows)


@pytest.mark.parametrize(("currency", "other"), [("USD", "EUR"), ("EUR", "USD")])
def test_spree(currency: str, other: str) -> None:
    rows, drafts, _ = load("spree-products.csv", currency)
    heads = {row["slug"]: row for row in rows if row["name"]}
    sold = [row for row in rows if row["option1_value"]]
    prices = {(row["sku"], row["currency"]): row for row in rows if not row["name"]}
    assert len(rows) == len(heads) + len(prices)
    assert list(drafts) == list(heads)
    assert sum(len(draft.variants) for draft in drafts.values()) == len(sold)
    for slug, head in heads.items():
        draft = drafts[slug]
        assert (draft.name, draft.description, draft.external_id) == (head["name"], head["description"], head["sku"])
        assert (draft.seo_title, draft.seo_description) == (head["meta_title"], head["meta_description"])
        assert draft.tags == tuple(tag.strip() for tag in head["tags"].split(","))
        custom = [value for name, value in head.items() if name.startswith("custom_field.") and value]
        assert [detail.partition(": ")[2] for detail in draft.details] == custom
        for column in ("meta_keywords", "tax_category", "product_type"):
            assert draft.extra[column] == head[column]
        own = [row for row in sold if row["slug"] == slug]
        assert {image.source_url for image in draft.images} == {row["image1_src"] for row in (head, *own)}
        assert [option.name for option in draft.options] == ["Color"]
        for variant, row in zip(draft.variants, own, strict=True):
            mine, theirs = prices[row["sku"], currency], prices[row["sku"], other]
            assert variant.sku == row["sku"]
            assert variant.options == {"Color": row["option1_value"]}
            assert variant.price == from_major(mine["price"], currency)
            assert variant.other_prices == (from_major(theirs["price"], other),)
            old = mine["compare_at_price"]
            assert variant.compare_at_price == (from_major(old, currency) if old not in {"", "0"} else None)
            kept = theirs["compare_at_price"] if theirs["compare_at_price"] not in {"", "0"} else None
            assert variant.extra.get(f"compare_at_price {other}") == kept
            assert (variant.stock, variant.tracked) == (5000, True)
            assert variant.weight_grams == round(Decimal(row["weight"]) * Decimal("453.59237"))
            assert variant.extra["dimensions"] == f"{row['width']} x {row['height']} x {row['depth']} in"
            named = [image for image in draft.images if image.id in variant.image_ids]
            assert [(image.source_url, dict(image.options)) for image in named] == [
                (row["image1_src"], {"Color": row["option1_value"]})
            ]


def test_a_shop_in_a_third_currency_needs_a_rate() -> None:
    path = FOLDER / "spree-products.csv"
    if not path.exists():
        pytest.skip("the other projects' files are not beside this repository")
    parsed = parse([path.read_bytes()])
    product, findings = parsed.products[0], Findings()
    assert to_draft(product, currency="INR", rate=None, images={}, findings=findings) is None
    assert {error.code for error in findings.errors} == {"currency_other"}
    draft = to_draft(product, currency="INR", rate=Decimal("83.21"), images={}, findings=findings)
    assert draft is not None
    assert draft.variants[0].price == Money(7322397, "INR")  # 879.99 * 83.21 = 73,223.9679 rupees
    assert draft.variants[0].other_prices == (Money(87999, "USD"), Money(81999, "EUR"))
