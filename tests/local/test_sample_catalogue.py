"""The sample catalogue is a believable shop: two levels, colours by sizes, sales, low and sold-out stock, reviews."""

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

from xpressbuy.local.sample import CATALOGUE_CSV, CATEGORIES_CSV, REVIEWS_CSV, picture_options, picture_sources
from xpressbuy.local.sample.pictures import TEMPLATES, draw
from xpressbuy.local.sample.range import ITEMS
from xpressbuy.local.sample.rows import picture_asked
from xpressbuy.local.sample.write import FOLDER, contents

SKU = re.compile(r"[A-Za-z0-9._~-]{1,64}")
HEX = re.compile(r"#[0-9a-f]{6}")


def rows(path: Path) -> list[dict[str, str]]:
    """The records of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CATALOGUE = rows(CATALOGUE_CSV)
HEADS = [row for row in CATALOGUE if row["name"]]
CATEGORIES = rows(CATEGORIES_CSV)
REVIEWS = rows(REVIEWS_CSV)


def stock_by_product() -> dict[str, list[int]]:
    """The stock of each product's variants."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in CATALOGUE:
        found[row["slug"]].append(int(row["stock"]))
    return found


def test_files_are_as_the_range_says() -> None:
    for name, text in contents().items():
        written = (FOLDER / name).read_text(encoding="utf-8")
        assert written == text, f"{name} is older than the range; run python -m xpressbuy.local.sample.write"


def test_enough_products_each_named_once() -> None:
    slugs = [row["slug"] for row in HEADS]
    assert len(slugs) >= 64
    assert len(set(slugs)) == len(slugs) == len({row["slug"] for row in CATALOGUE})
    assert all(row["description"] and row["details"] and row["brand"] for row in HEADS)


def test_skus_and_barcodes_are_valid_and_unique() -> None:
    for column in ("sku", "barcode"):
        assert len({row[column] for row in CATALOGUE}) == len(CATALOGUE)
    assert all(SKU.fullmatch(row["sku"]) for row in CATALOGUE)
    for row in CATALOGUE:
        digits = [int(digit) for digit in row["barcode"]]
        assert sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def test_two_levels_of_categories_none_of_them_thin() -> None:
    tops = {row["slug"] for row in CATEGORIES if not row["parent"]}
    paths = {
        f"{parent['name']} > {row['name']}"
        for row in CATEGORIES
        for parent in CATEGORIES
        if row["parent"] == parent["slug"]
    }
    assert len(tops) == 5
    assert {row["parent"] for row in CATEGORIES} - {""} == tops
    used = Counter(path for row in HEADS for path in row["categories"].split("|"))
    assert set(used) == paths
    assert min(used.values()) >= 3


def test_options_are_whole() -> None:
    seen = set()
    for row in CATALOGUE:
        chosen = [row["slug"]]
        for place in "123":
            name, value, swatch = (row[f"option{place}_{part}"] for part in ("name", "value", "hex"))
            assert bool(name) == bool(value)
            assert bool(HEX.fullmatch(swatch)) == (name == "Colour")
            chosen.append(value)
        assert tuple(chosen) not in seen
        seen.add(tuple(chosen))


def test_prices_sales_and_stock_cover_the_cases() -> None:
    for row in CATALOGUE:
        assert re.fullmatch(r"\d+\.\d\d", row["price"])
        assert row["currency"] == "USD"
        assert not row["compare_at_price"] or Decimal(row["compare_at_price"]) > Decimal(row["price"])
    stocks = stock_by_product()
    assert len({row["slug"] for row in CATALOGUE if row["compare_at_price"]}) >= 10
    assert sum(any(0 < count < 5 for count in counts) for counts in stocks.values()) >= 10
    assert sum(0 in counts and any(counts) for counts in stocks.values()) >= 10
    assert sum(not any(counts) for counts in stocks.values()) >= 3


def test_what_is_told_about_stock_names_a_real_variant() -> None:
    for item in ITEMS:
        choices = {
            "*",
            *item.colours,
            *item.sizes,
            *(f"{colour}/{size}" for colour in item.colours for size in item.sizes),
        }
        assert set(item.stock) <= choices, item.slug


def test_three_products_make_the_season() -> None:
    assert sum("edit" in row["tags"].split(",") for row in HEADS) == 3


def test_every_picture_can_be_drawn_and_has_words() -> None:
    sources = set(picture_sources())
    assert 250 <= len(sources) <= 340
    for row in HEADS:
        shown, words = row["image_src"].split("|"), row["image_alt"].split("|")
        assert len(shown) == len(words) == len(set(words))
        assert set(shown) <= sources
        colours = {
            other["option1_value"]
            for other in CATALOGUE
            if other["slug"] == row["slug"] and other["option1_name"] == "Colour"
        }
        assert {picture_options(source)["Colour"] for source in shown if picture_options(source)} == colours
    for source in sources | {row["image_src"] for row in CATEGORIES}:
        spec, view = picture_asked(source)
        assert view in TEMPLATES[spec.kind].views


def test_no_two_pictures_are_alike() -> None:
    drawn = Counter(draw(*picture_asked(source)) for source in picture_sources())
    assert drawn.most_common(1)[0][1] == 1


def test_reviews_are_many_and_varied() -> None:
    assert len(REVIEWS) >= 200
    slugs = {row["slug"] for row in HEADS}
    assert {row["slug"] for row in REVIEWS} < slugs
    stars = Counter(row["rating"] for row in REVIEWS)
    assert set(stars) == set("12345")
    assert stars["5"] > stars["4"] > stars["3"] > stars["1"]
    assert len({row["body"] for row in REVIEWS}) == len(REVIEWS)
    assert max(row["created_at"] for row in REVIEWS) < "2026-11-01"
    assert {row["verified"] for row in REVIEWS} == {"true", "false"}
