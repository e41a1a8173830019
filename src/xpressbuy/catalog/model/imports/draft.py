"""From what a file says to what the shop wants: its currency, SKUs, pictures, and the checks of every draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from xpressbuy.catalog.model.category import CATEGORY_DEPTH_MAX, CATEGORY_NAME_MAX, Category, path_categories
from xpressbuy.catalog.model.draft import ProductDraft, VariantDraft, check_draft
from xpressbuy.catalog.model.imports.result import Findings, ImportedPrice, ImportedProduct, ImportedVariant
from xpressbuy.catalog.model.names import settled_sku
from xpressbuy.kit.money import AMOUNT_MAX, Money, exponent, known_currency, round_half_even
from xpressbuy.media.model import ImageRecord


def to_draft(
    product: ImportedProduct,
    *,
    currency: str,
    rate: Decimal | None,
    images: Mapping[str, ImageRecord],
    findings: Findings,
    categories: Mapping[str, Category] | None = None,
) -> ProductDraft | None:
    """The draft, or None with errors found.

    `images` are the records of the product's pictures by address, `categories` those that the shop has, by slug.
    """
    before = len(findings.errors)
    variants = [
        _variant(one, product.slug, _settled(one, currency, rate, findings), images, findings)
        for one in product.variants
    ]
    for path in product.categories:
        if len(path) > CATEGORY_DEPTH_MAX or any(len(name) > CATEGORY_NAME_MAX for name in path):
            findings.error(product.row, "categories", "bad_category", "A category is too deep, or its name too long.")
    ready = [variant for variant in variants if variant is not None]
    if len(findings.errors) > before:
        return None
    draft = ProductDraft(
        slug=product.slug,
        name=product.name,
        variants=tuple(ready),
        options=product.options,
        status=product.status,
        brand=product.brand,
        description=product.description,
        details=product.details,
        categories=tuple(dict.fromkeys(path_categories(path, categories)[-1].slug for path in product.categories)),
        tags=product.tags,
        images=_records(product, images),
        seo_title=product.seo_title,
        seo_description=product.seo_description,
        external_id=product.external_id,
        extra=product.extra,
    )
    for item in check_draft(draft, currency):
        findings.error(_row_of(item.pointer, product), _column_of(item.pointer), item.code, item.detail)
    return draft if len(findings.errors) == before else None


def _records(product: ImportedProduct, images: Mapping[str, ImageRecord]) -> tuple[ImageRecord, ...]:
    """Each picture once: two addresses of the same bytes are one."""
    found = [
        replace(record, alt=image.alt or product.name, options=_shown(image.src, product) or record.options)
        for image in product.images
        if (record := images.get(image.src)) is not None
    ]
    return tuple({record.id: record for record in found}.values())


def _shown(src: str, product: ImportedProduct) -> Mapping[str, str]:
    """The fewest option values that a picture stands for: all variants naming it have them, and no other variant."""
    naming = [variant for variant in product.variants if src in variant.images]
    if not naming:
        return {}
    shared = [pair for pair in naming[0].options.items() if all(pair in one.options.items() for one in naming)]
    for size in range(1, len(shared) + 1):
        for pairs in combinations(shared, size):
            fitting = sum(all(pair in one.options.items() for pair in pairs) for one in product.variants)
            if fitting == len(naming):
                return dict(pairs)
    return {}


def _variant(
    variant: ImportedVariant,
    slug: str,
    settled: tuple[ImportedPrice, Money, Money | None] | None,
    images: Mapping[str, ImageRecord],
    findings: Findings,
) -> VariantDraft | None:
    sku, external = settled_sku(slug, tuple(variant.options.values()), variant.sku)
    if settled is None:
        return None
    chosen, price, old = settled
    # The price that was converted is kept as it was given, too.
    others = [one for one in variant.prices if one.price is not None and one.currency not in {"", price.currency}]
    extra = dict(variant.extra)
    for other in others:
        if other.compare_at:
            extra[f"compare_at_price {other.currency}"] = str(other.compare_at)
    return VariantDraft(
        sku=sku,
        options=variant.options,
        price=price,
        compare_at_price=old,
        sellable=chosen.price is not None,
        tracked=variant.tracked,
        stock=variant.stock,
        low_stock_at=variant.low_stock_at,
        weight_grams=variant.weight_grams,
        barcode=variant.barcode,
        image_ids=tuple(dict.fromkeys(images[src].id for src in variant.images if src in images)),
        external_sku=external,
        other_prices=tuple(
            made for other in others if (made := _money(other.price, other.currency, variant.row, findings)) is not None
        ),
        extra=extra,
    )


def _settled(
    variant: ImportedVariant, currency: str, rate: Decimal | None, findings: Findings
) -> tuple[ImportedPrice, Money, Money | None] | None:
    """The price that counts, in the shop's currency, with the old price where there is one above it."""
    row = variant.row
    found = _chosen(variant, currency, rate)
    if found is None:
        named = variant.prices[0].currency
        findings.error(
            row, "currency", "currency_other", f"This price is in {named}, the shop's is {currency}. Give a rate."
        )
        return None
    chosen, factor = found
    if chosen.price is None:
        findings.note(row, "price", "price_missing", "Without a price this cannot be bought until you set one.")
        return chosen, Money(0, currency), None
    if chosen.price == 0:
        findings.note(row, "price", "price_zero", "This costs nothing. Set a price if that is not meant.")
    price = _money(chosen.price, currency, row, findings, factor)
    old = _money(chosen.compare_at, currency, row, findings, factor) if chosen.compare_at else None
    if price is None:
        return None
    if old is not None and old.amount <= price.amount:
        findings.note(row, "compare_at_price", "no_reduction", "An old price that is not above the price was left out.")
        old = None
    return chosen, price, old


def _chosen(
    variant: ImportedVariant, currency: str, rate: Decimal | None
) -> tuple[ImportedPrice, Decimal | None] | None:
    """A price in the shop's currency; else the first one, at the rate. Where none is named, it is the shop's."""
    named = next((one for one in variant.prices if one.currency == currency), None)
    if named is not None:
        return named, None
    first = variant.prices[0]
    if rate is not None:
        return first, rate
    return (first, None) if not first.currency else None


def _money(
    major: Decimal | None, currency: str, row: int, findings: Findings, factor: Decimal | None = None
) -> Money | None:
    if major is None:
        return None
    if not known_currency(currency):
        findings.error(row, "currency", "currency_unknown", "This is no currency of ISO 4217.")
        return None
    scaled = major.scaleb(exponent(currency))
    if factor is not None:
        scaled = Decimal(round_half_even(scaled * factor))
    if scaled != scaled.to_integral_value():
        findings.error(row, "price", "bad_price", f"{currency} has fewer digits after the point than this price.")
        return None
    if scaled > AMOUNT_MAX:
        findings.error(row, "price", "bad_price", "This price is too high to be one.")
        return None
    return Money(int(scaled), currency)


def _row_of(pointer: str, product: ImportedProduct) -> int:
    parts = pointer.split("/")
    if len(parts) > 2 and parts[1] == "variants" and parts[2].isdigit():
        return product.variants[int(parts[2])].row
    return product.row


def _column_of(pointer: str) -> str:
    return pointer.split("/")[1] if pointer.startswith("/") else ""
