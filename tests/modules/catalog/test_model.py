"""Names, drafts, plans and the round trip through our own format, as properties where a table would be too short."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.modules.catalog.samples import CURRENCY, draft

from xpressbuy.catalog.model import (
    Category,
    Option,
    OptionValue,
    Product,
    ProductDraft,
    Stock,
    VariantDraft,
    check_draft,
)
from xpressbuy.catalog.model.category import check_categories, path_categories
from xpressbuy.catalog.model.changes import SKUS_PER_UNIT, Changes, plan_changes
from xpressbuy.catalog.model.imports import OWN_COLUMNS, Findings, parse, to_draft, to_rows
from xpressbuy.catalog.model.names import is_sku, is_slug, made_sku, settled_sku, slugify
from xpressbuy.catalog.model.product import Rating, Variant
from xpressbuy.catalog.service.pictures import pending
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.table.unit import UNIT_WRITES_MAX

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ID = ProductId("prd_1")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_every_text_has_a_slug(text: str) -> None:
    assert is_slug(slugify(text))
    assert slugify(slugify(text)) == slugify(text)


@settings(deadline=None)
@given(st.text(max_size=150), st.lists(st.text(max_size=40), max_size=3), st.text(max_size=150))
def test_every_variant_has_a_sku_and_always_the_same(slug: str, values: list[str], given_sku: str) -> None:
    sku, external = settled_sku(slug, values, given_sku)
    assert is_sku(sku)
    assert (sku, external) == settled_sku(slug, values, given_sku)
    assert external == ("" if is_sku(given_sku) else given_sku)
    assert sku == given_sku or external or not given_sku


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20)), unique=True, max_size=30)
)
def test_different_variants_have_different_skus(pairs: list[tuple[str, str]]) -> None:
    made = [made_sku("tee", pair) for pair in pairs]
    assert len(set(made)) == len(pairs)


def test_skus_that_would_read_alike() -> None:
    assert made_sku("a-b", ["c"]) != made_sku("a", ["b-c"])
    assert settled_sku("mug", [], "MUG 1/2") == (Sku("MUG-1-2-6D1DDDA8"), "MUG 1/2")
    assert settled_sku("mug", [], "..")[0] != ".."
    assert not is_sku("a/b")
    assert not is_sku("x" * 65)
    assert not is_sku("a\n")


BAD: list[tuple[dict[str, Any], str]] = [
    ({"slug": "Upper"}, "bad_slug"),
    ({"name": " "}, "name_missing"),
    ({"name": "x" * 201}, "too_long"),
    ({"status": "gone"}, "bad_status"),
    ({"variants": ()}, "variants_missing"),
    ({"tags": ("t",) * 51}, "too_many"),
    ({"categories": ("No Slug",)}, "bad_slug"),
    ({"options": ()}, "bad_options"),
    ({"options": (Option("Size", (OptionValue("S0"), OptionValue("S0"), OptionValue("S1"))),)}, "bad_option"),
    ({"options": (Option("Size", (OptionValue("S0", "red"), OptionValue("S1"))),)}, "bad_colour"),
]


@pytest.mark.parametrize(("change", "code"), BAD)
def test_drafts_that_may_not_be_saved(change: dict[str, Any], code: str) -> None:
    assert check_draft(draft(), CURRENCY) == ()
    assert code in {item.code for item in check_draft(replace(draft(), **change), CURRENCY)}


VARIANT_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"sku": Sku("a b")}, "bad_sku"),
    ({"sku": Sku("PLAIN-TEE-S1")}, "sku_repeated"),
    ({"options": {"Size": "S1"}}, "variant_repeated"),
    ({"options": {"Size": "XL"}}, "bad_options"),
    ({"options": {}}, "bad_options"),
    ({"price": Money(1, "EUR"), "compare_at_price": None}, "currency_other"),
    ({"price": Money(-1, "USD")}, "bad_price"),
    ({"compare_at_price": Money(1999, "USD")}, "bad_compare_at_price"),
    ({"compare_at_price": Money(5000, "EUR")}, "bad_compare_at_price"),
    ({"stock": -1}, "bad_stock"),
    ({"stock": 100_000_000}, "bad_stock"),
    ({"low_stock_at": -1}, "bad_low_stock_at"),
    ({"weight_grams": -1}, "bad_weight"),
    ({"image_ids": ("img_x",)}, "image_unknown"),
]


@pytest.mark.parametrize(("change", "code"), VARIANT_FAULTS)
def test_variants_that_may_not_be_saved(change: dict[str, Any], code: str) -> None:
    first, second = draft().variants
    wrong = replace(draft(), variants=(replace(first, **change), second))
    assert code in {item.code for item in check_draft(wrong, CURRENCY)}


def test_at_most_a_hundred_variants() -> None:
    assert check_draft(draft(sizes=100), CURRENCY) == ()
    assert {item.code for item in check_draft(draft(sizes=101), CURRENCY)} == {"too_many"}


def test_units_hold_what_fits() -> None:
    assert 5 + 2 * SKUS_PER_UNIT <= UNIT_WRITES_MAX < 5 + 2 * (SKUS_PER_UNIT + 1)
    changes = plan_changes(None, {}, draft(sizes=100), product_id=ID, now=NOW)
    assert [len(part) for part in changes.units()] == [47, 47, 6]


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=20
)
amounts = st.integers(0, 10**9)


@st.composite
def drafts(make: st.DrawFn) -> ProductDraft:
    """Any product that may be saved, as a file could bring it."""
    names = make(st.lists(texts, max_size=3, unique_by=str.casefold))
    values = {name: make(st.lists(texts, min_size=1, max_size=3, unique=True)) for name in names}
    choices: list[dict[str, str]] = [{}]
    for name in names:
        choices = [{**choice, name: value} for choice in choices for value in values[name]]
    picked = choices if not names else make(st.lists(st.sampled_from(choices), min_size=1, unique_by=str, max_size=6))
    # Values that no variant has do not survive a file, and their order is that of their first variant.
    used = {name: list(dict.fromkeys(choice[name] for choice in picked)) for name in names}
    shades = st.one_of(st.none(), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
    options = tuple(Option(name, tuple(OptionValue(value, make(shades)) for value in used[name])) for name in names)
    return ProductDraft(
        slug=make(st.from_regex(r"[a-z0-9]{1,10}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)),
        name=make(texts),
        brand=make(st.one_of(st.just(""), texts)),
        description=make(st.one_of(st.just(""), texts)),
        details=tuple(make(st.lists(texts.filter(lambda text: not text.endswith("\\")), max_size=3, unique=True))),
        tags=tuple(make(st.lists(texts.filter(lambda text: not text.endswith("\\")), max_size=3, unique=True))),
        status=make(st.sampled_from(["active", "draft", "archived"])),
        options=options,
        variants=tuple(_variant(make, Sku(f"SKU-{number}"), choice) for number, choice in enumerate(picked)),
        seo_title=make(st.one_of(st.just(""), texts)),
    )


def _variant(make: st.DrawFn, sku: Sku, choice: dict[str, str]) -> VariantDraft:
    price = make(amounts)
    tracked = make(st.booleans())
    return VariantDraft(
        sku=sku,
        options=choice,
        price=Money(price, CURRENCY),
        compare_at_price=make(st.one_of(st.none(), st.just(Money(price + 1, CURRENCY)))),
        tracked=tracked,
        stock=make(st.integers(0, 1000)) if tracked else None,
        low_stock_at=make(st.integers(0, 9)),
        weight_grams=make(st.one_of(st.none(), st.integers(1, 9999))),
    )


def written(changes: Changes, former: dict[Sku, Stock]) -> dict[Sku, Stock]:
    """The SKU items after a plan was written."""
    stocks = dict(former)
    for change in changes.skus:
        variant, known = change.variant, former.get(change.variant.sku)
        stocks[variant.sku] = Stock(
            sku=variant.sku,
            available=change.stock if change.stock is not None else known.available if known else 0,
            price=variant.price if change.new or change.price_changed or not known else known.price,
            compare_at_price=variant.compare_at_price,
            price_version=variant.price_version,
            sellable=change.sellable,
            seen_at=NOW,
            product_id=ID,
            low_stock_at=change.low_stock_at if change.low_stock_at is not None else known.low_stock_at if known else 0,
            counted=change.counted if change.counted is not None else known.counted if known else None,
            tracked=variant.tracked,
        )
    return stocks


@settings(deadline=None)
@given(drafts(), drafts())
def test_a_wish_fulfilled_is_no_wish(one: ProductDraft, other: ProductDraft) -> None:
    stocks: dict[Sku, Stock] = {}
    existing: Product | None = None
    for wanted in (one, other, one):
        changes = plan_changes(existing, stocks, wanted, product_id=ID, now=NOW)
        stocks = written(changes, stocks)
        existing = changes.product or existing
        assert plan_changes(existing, stocks, wanted, product_id=ID, now=NOW).nothing
    assert existing is not None
    # The document and the SKU items agree on every price and its version.
    for variant in existing.variants:
        stock = stocks[variant.sku]
        assert (stock.price, stock.compare_at_price, stock.price_version) == (
            variant.price,
            variant.compare_at_price,
            variant.price_version,
        )


def test_a_repeated_file_does_not_undo_sales_but_a_new_count_is_taken() -> None:
    first = plan_changes(None, {}, draft(sizes=1, stock=10), product_id=ID, now=NOW)
    stocks = written(first, {})
    sku = Sku("PLAIN-TEE-S0")
    sold = {sku: replace(stocks[sku], available=7, sold=3)}
    assert plan_changes(first.product, sold, draft(sizes=1, stock=10), product_id=ID, now=NOW).nothing
    counted = plan_changes(first.product, sold, draft(sizes=1, stock=12), product_id=ID, now=NOW)
    assert [(change.stock, change.seen_available, change.counted) for change in counted.skus] == [(12, 7, 12)]
    assert counted.product is None


@settings(deadline=None)
@given(drafts())
def test_what_is_written_in_our_format_is_read_as_it_was(wanted: ProductDraft) -> None:
    changes = plan_changes(None, {}, wanted, product_id=ID, now=NOW)
    assert changes.product is not None
    picture = pending("https://pictures.example/a.jpg")
    product = replace(changes.product, images=(replace(picture, alt="Front"),), categories=("clothing-tees",))
    known = {category.slug: category for category in path_categories(("Clothing", "Tees"))}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, OWN_COLUMNS)
    writer.writeheader()
    writer.writerows(to_rows(product, written(changes, {}), known))
    parsed = parse([text.getvalue().encode()])
    findings = Findings()
    assert parsed.findings.errors == []
    images = {image.src: pending(image.src) for image in parsed.products[0].images}
    read = to_draft(parsed.products[0], currency=CURRENCY, rate=None, images=images, findings=findings)
    assert findings.errors == []
    assert read is not None
    assert replace(read, images=(), categories=()) == wanted
    assert (read.images, read.categories) == (product.images, product.categories)


def test_categories() -> None:
    clothing, tees = path_categories(("Clothing", "T-shirts"))
    assert (clothing, tees) == (Category("clothing", "Clothing"), Category("clothing-t-shirts", "T-shirts", "clothing"))
    known = {"clothing": clothing}
    named = {"clothing": clothing, "tees": Category("tees", "t-Shirts", "clothing")}
    assert path_categories(("Clothing", "T-shirts"), named)[-1].slug == "tees", "an operator's slug stays"
    assert check_categories([tees], known) == ()
    for wrong in (
        Category("tees", "Tees", "nowhere"),
        Category("clothing", "Clothing", "clothing"),
        Category("Bad", "Bad"),
        Category("fine", ""),
    ):
        assert check_categories([wrong], known)


def test_rating() -> None:
    assert (Rating().count, Rating().average) == (0, 0.0)
    assert (Rating((1, 0, 0, 0, 2)).count, Rating((1, 0, 0, 0, 2)).average) == (3, 3.67)


def test_a_price_is_below_its_old_price() -> None:
    with pytest.raises(ValueError, match="old price"):
        Variant(Sku("A"), {}, Money(100, "USD"), Money(100, "USD"))
