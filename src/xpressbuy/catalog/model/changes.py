"""From what is and what is wanted to what must be written. Equal things are not written, so a repeat writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from xpressbuy.catalog.model.draft import ProductDraft, VariantDraft
from xpressbuy.catalog.model.product import Product, Variant
from xpressbuy.catalog.model.stock import LOW_STOCK_DEFAULT, UNTRACKED_STOCK, Stock
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.table.unit import UNIT_WRITES_MAX

UNIT_FIXED_WRITES = 5
"""Product document, its slug's guard, the guard of a former slug, feed entry, audit entry."""
SKU_WRITES_MAX = 2
"""The SKU item and its guard."""
SKUS_PER_UNIT = (UNIT_WRITES_MAX - UNIT_FIXED_WRITES) // SKU_WRITES_MAX
"""(100 - 5) // 2 = 47 SKUs. A product of 100 variants takes three units; the document is in the last."""


@dataclass(frozen=True, slots=True)
class SkuChange:
    """What happens to one SKU item.

    `new` writes it with its guard. Otherwise only what differs: the price part (`price_changed`) if it still is at
    `seen_price_version`, and the stock, which becomes `stock` if it still is `seen_available`.

    `sellable` is the item's: of a product that is not active nothing can be ordered, however old the memory is that an
    order was made from.
    """

    variant: Variant
    sellable: bool
    new: bool = False
    price_changed: bool = False
    stock: int | None = None
    seen_available: int | None = None
    seen_price_version: int = 0
    counted: int | None = None
    low_stock_at: int | None = None
    low: bool = False
    """With a new stock: whether that belongs into the low-stock list."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a command writes. `product` is None when the document stays as it is."""

    product: Product | None
    skus: tuple[SkuChange, ...]
    former_slug: str | None = None
    created: bool = False

    @property
    def nothing(self) -> bool:
        """Whether everything is already as wanted."""
        return self.product is None and not self.skus

    def units(self) -> tuple[tuple[SkuChange, ...], ...]:
        """The SKUs unit by unit. The last unit also holds the document: until it is written nobody sees the rest."""
        if not self.skus:
            return ((),)
        return tuple(self.skus[begin : begin + SKUS_PER_UNIT] for begin in range(0, len(self.skus), SKUS_PER_UNIT))


def plan_changes(
    existing: Product | None,
    stocks: Mapping[Sku, Stock],
    wanted: ProductDraft,
    *,
    product_id: ProductId,
    now: datetime,
) -> Changes:
    """What to write so that the product becomes `wanted`.

    `stocks` are the SKU items of this product as they are, including those that the document no longer lists (a variant
    that was taken away keeps its item, unsellable, so that its stock and its name are not lost).
    """
    variants: list[Variant] = []
    skus: list[SkuChange] = []
    for draft in wanted.variants:
        known = stocks.get(draft.sku)
        variant = _variant(draft, known)
        variants.append(variant)
        sellable = draft.sellable and wanted.status == "active"
        change = (
            _new_sku(draft, variant, sellable=sellable)
            if known is None
            else _changed_sku(draft, variant, known, sellable=sellable)
        )
        if change is not None:
            skus.append(change)
    listed = {variant.sku for variant in variants}
    skus.extend(
        SkuChange(_retired(gone, existing), sellable=False, price_changed=True, seen_price_version=gone.price_version)
        for gone in stocks.values()
        if gone.sku not in listed and gone.sellable
    )
    document = _document(existing, wanted, tuple(variants), product_id, now)
    changed = existing is None or not _same(document, existing)
    former = existing.slug if existing is not None and existing.slug != wanted.slug else None
    return Changes(document if changed else None, tuple(skus), former, created=existing is None)


def _variant(draft: VariantDraft, known: Stock | None) -> Variant:
    version = 1
    if known is not None:
        same = (known.price, known.compare_at_price) == (draft.price, draft.compare_at_price)
        version = known.price_version if same else known.price_version + 1
    return Variant(
        sku=draft.sku,
        options=dict(draft.options),
        price=draft.price,
        compare_at_price=draft.compare_at_price,
        price_version=version,
        sellable=draft.sellable,
        tracked=draft.tracked,
        weight_grams=draft.weight_grams,
        barcode=draft.barcode,
        image_ids=draft.image_ids,
        external_sku=draft.external_sku,
        other_prices=draft.other_prices,
        extra=dict(draft.extra),
    )


def _new_sku(draft: VariantDraft, variant: Variant, *, sellable: bool) -> SkuChange:
    counted = draft.stock if draft.stock is not None else 0
    low = draft.low_stock_at if draft.low_stock_at is not None else LOW_STOCK_DEFAULT
    stock = counted if draft.tracked else UNTRACKED_STOCK
    is_low = draft.tracked and stock <= low
    return SkuChange(variant, sellable, new=True, low=is_low, stock=stock, counted=draft.stock, low_stock_at=low)


def _changed_sku(draft: VariantDraft, variant: Variant, known: Stock, *, sellable: bool) -> SkuChange | None:
    """The difference, or None.

    A count in a file is compared with the count that the last file gave, not with what is left: what was sold in
    between is no reason to put it back.
    """
    price_changed = (variant.price_version, sellable, variant.tracked) != (
        known.price_version,
        known.sellable,
        known.tracked,
    )
    stock: int | None = None
    counted: int | None = None
    if draft.tracked and draft.stock is not None and (draft.stock != known.counted or not known.tracked):
        stock = counted = draft.stock
    elif not draft.tracked and known.tracked:
        stock = UNTRACKED_STOCK
    low = draft.low_stock_at if draft.low_stock_at not in {None, known.low_stock_at} else None
    if not price_changed and stock is None and low is None:
        return None
    seen = known.available if stock is not None else None
    threshold = known.low_stock_at if low is None else low
    return SkuChange(
        variant,
        sellable,
        low=stock is not None and draft.tracked and stock <= threshold,
        price_changed=price_changed,
        stock=stock,
        seen_available=seen,
        seen_price_version=known.price_version,
        counted=counted,
        low_stock_at=low,
    )


def _retired(gone: Stock, existing: Product | None) -> Variant:
    former = existing.variant(gone.sku) if existing is not None else None
    options = former.options if former is not None else {}
    return Variant(
        gone.sku,
        options,
        gone.price,
        gone.compare_at_price,
        price_version=gone.price_version,
        sellable=False,
        tracked=gone.tracked,
    )


def _document(
    existing: Product | None, wanted: ProductDraft, variants: tuple[Variant, ...], product_id: ProductId, now: datetime
) -> Product:
    # Items keep milliseconds; a product read back shall equal the one that was written.
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    fresh = Product(
        id=product_id,
        slug=wanted.slug,
        name=wanted.name,
        version=1,
        created_at=now,
        updated_at=now,
        status=wanted.status,
        brand=wanted.brand,
        description=wanted.description,
        details=wanted.details,
        categories=wanted.categories,
        tags=wanted.tags,
        options=wanted.options,
        variants=variants,
        images=wanted.images,
        seo_title=wanted.seo_title,
        seo_description=wanted.seo_description,
        external_id=wanted.external_id,
        extra=dict(wanted.extra),
    )
    if existing is None:
        return fresh
    return replace(
        fresh,
        version=existing.version + 1,
        created_at=existing.created_at,
        rating=existing.rating,
        sold_count=existing.sold_count,
    )


def _same(one: Product, other: Product) -> bool:
    """Equal but for the version and the time of the last change."""
    return replace(one, version=other.version, updated_at=other.updated_at) == other
