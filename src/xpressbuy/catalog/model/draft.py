"""What somebody wants a product to be, and whether it may be: bounds, names, the option matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xpressbuy.catalog.model import product as bounds
from xpressbuy.catalog.model.names import is_sku, is_slug
from xpressbuy.catalog.model.product import STATUSES, Option, ProductStatus
from xpressbuy.catalog.model.stock import STOCK_MAX
from xpressbuy.kit.errors import ErrorItem
from xpressbuy.kit.ids import Sku
from xpressbuy.kit.money import Money
from xpressbuy.media.model import ImageRecord

_HEX = re.compile(r"#[0-9a-f]{6}")
WEIGHT_MAX = 10_000_000
"""Ten tonnes in grams."""


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """A variant as wanted. `stock` and `low_stock_at` are None where they shall stay as they are."""

    sku: Sku
    options: Mapping[str, str]
    price: Money
    compare_at_price: Money | None = None
    sellable: bool = True
    tracked: bool = True
    stock: int | None = None
    low_stock_at: int | None = None
    weight_grams: int | None = None
    barcode: str = ""
    image_ids: tuple[str, ...] = ()
    external_sku: str = ""
    other_prices: tuple[Money, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product as wanted: all of it, not a difference."""

    slug: str
    name: str
    variants: tuple[VariantDraft, ...]
    options: tuple[Option, ...] = ()
    status: ProductStatus = "active"
    brand: str = ""
    description: str = ""
    details: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[ImageRecord, ...] = ()
    seo_title: str = ""
    seo_description: str = ""
    external_id: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


def check_draft(draft: ProductDraft, currency: str) -> tuple[ErrorItem, ...]:
    """Everything that is wrong, with pointers into the draft. Empty when it may be saved."""
    return (*_texts(draft), *_lists(draft), *_options(draft), *_variants(draft, currency))


def _texts(draft: ProductDraft) -> Iterator[ErrorItem]:
    if not is_slug(draft.slug):
        yield ErrorItem("/slug", "bad_slug", "The address is lower-case letters, digits and single hyphens.")
    if not draft.name.strip():
        yield ErrorItem("/name", "name_missing", "A product needs a name.")
    if draft.status not in STATUSES:
        yield ErrorItem("/status", "bad_status", "The status is active, draft or archived.")
    for pointer, text, most in (
        ("/name", draft.name, bounds.NAME_MAX),
        ("/brand", draft.brand, bounds.BRAND_MAX),
        ("/description", draft.description, bounds.DESCRIPTION_MAX),
        ("/seo_title", draft.seo_title, bounds.SEO_TITLE_MAX),
        ("/seo_description", draft.seo_description, bounds.SEO_DESCRIPTION_MAX),
        ("/external_id", draft.external_id, bounds.NAME_MAX),
    ):
        if len(text) > most:
            yield ErrorItem(pointer, "too_long", f"This text is longer than {most} letters.")


def _lists(draft: ProductDraft) -> Iterator[ErrorItem]:
    for pointer, many, most in (
        ("/details", len(draft.details), bounds.DETAILS_MAX),
        ("/categories", len(draft.categories), bounds.CATEGORIES_MAX),
        ("/tags", len(draft.tags), bounds.TAGS_MAX),
        ("/options", len(draft.options), bounds.OPTIONS_MAX),
        ("/variants", len(draft.variants), bounds.VARIANTS_MAX),
        ("/images", len(draft.images), bounds.IMAGES_MAX),
        ("/extra", len(draft.extra), bounds.EXTRA_MAX),
    ):
        if many > most:
            yield ErrorItem(pointer, "too_many", f"At most {most} of these fit into one product.")
    if any(len(detail) > bounds.DETAIL_MAX for detail in draft.details):
        yield ErrorItem("/details", "too_long", f"A detail is longer than {bounds.DETAIL_MAX} letters.")
    if any(len(tag) > bounds.TAG_MAX for tag in draft.tags):
        yield ErrorItem("/tags", "too_long", f"A tag is longer than {bounds.TAG_MAX} letters.")
    if any(not is_slug(slug) for slug in draft.categories):
        yield ErrorItem("/categories", "bad_slug", "A category is named by its address.")
    image_ids = [image.id for image in draft.images]
    if len(set(image_ids)) != len(image_ids):
        yield ErrorItem("/images", "image_repeated", "A picture is listed twice.")


def _options(draft: ProductDraft) -> Iterator[ErrorItem]:
    names = [option.name for option in draft.options]
    if len({name.casefold() for name in names}) != len(names):
        yield ErrorItem("/options", "option_repeated", "Two options have the same name.")
    for index, option in enumerate(draft.options):
        pointer = f"/options/{index}"
        if not 1 <= len(option.name) <= bounds.OPTION_NAME_MAX:
            yield ErrorItem(pointer, "bad_option", f"An option's name has 1 to {bounds.OPTION_NAME_MAX} letters.")
        values = [known.value for known in option.values]
        if len(set(values)) != len(values) or not values:
            yield ErrorItem(pointer, "bad_option", "An option's values are all different, and there is at least one.")
        if any(not 1 <= len(value) <= bounds.OPTION_VALUE_MAX for value in values):
            yield ErrorItem(pointer, "bad_option", f"An option's value has 1 to {bounds.OPTION_VALUE_MAX} letters.")
        if any(known.hex is not None and not _HEX.fullmatch(known.hex) for known in option.values):
            yield ErrorItem(pointer, "bad_colour", "A colour is written as #rrggbb.")


def _variants(draft: ProductDraft, currency: str) -> Iterator[ErrorItem]:
    if not draft.variants and draft.status == "active":
        yield ErrorItem("/variants", "variants_missing", "A product on sale needs at least one variant.")
    allowed = {option.name: {known.value for known in option.values} for option in draft.options}
    image_ids = {image.id for image in draft.images}
    seen_skus: set[str] = set()
    seen_choices: set[tuple[str, ...]] = set()
    for index, variant in enumerate(draft.variants):
        pointer = f"/variants/{index}"
        yield from _variant(variant, pointer, currency)
        if variant.sku in seen_skus:
            yield ErrorItem(pointer, "sku_repeated", "Two variants have the same SKU.")
        seen_skus.add(variant.sku)
        if set(variant.options) != set(allowed) or any(variant.options[name] not in allowed[name] for name in allowed):
            yield ErrorItem(pointer, "bad_options", "A variant has exactly one listed value for each option.")
            continue
        choice = tuple(variant.options[name] for name in allowed)
        if choice in seen_choices:
            yield ErrorItem(pointer, "variant_repeated", "Two variants have the same options.")
        seen_choices.add(choice)
        if not set(variant.image_ids) <= image_ids:
            yield ErrorItem(pointer, "image_unknown", "A variant shows a picture that the product does not have.")


def _variant(variant: VariantDraft, pointer: str, currency: str) -> Iterator[ErrorItem]:
    if not is_sku(variant.sku):
        yield ErrorItem(pointer, "bad_sku", "A SKU has 1 to 64 letters, digits and . _ ~ - only.")
    if variant.price.currency != currency:
        yield ErrorItem(pointer, "currency_other", "The price is in another currency than the shop's.")
    elif variant.price.amount < 0:
        yield ErrorItem(pointer, "bad_price", "A price is not below zero.")
    old = variant.compare_at_price
    if old is not None and (old.currency != variant.price.currency or old.amount <= variant.price.amount):
        yield ErrorItem(pointer, "bad_compare_at_price", "The old price is above the price, in the same currency.")
    for code, number, most in (
        ("bad_stock", variant.stock, STOCK_MAX),
        ("bad_low_stock_at", variant.low_stock_at, STOCK_MAX),
        ("bad_weight", variant.weight_grams, WEIGHT_MAX),
    ):
        if number is not None and not 0 <= number <= most:
            yield ErrorItem(pointer, code, f"This number lies between 0 and {most}.")
    if len(variant.barcode) > bounds.BARCODE_MAX:
        yield ErrorItem(pointer, "too_long", f"A barcode has at most {bounds.BARCODE_MAX} letters.")
    if len(variant.external_sku) > bounds.NAME_MAX or len(variant.extra) > bounds.EXTRA_MAX:
        yield ErrorItem(pointer, "too_long", "A variant holds more than fits.")
