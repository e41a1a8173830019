"""Items <-> model. Numbers are ints, times RFC 3339, what is empty is left out: a document is kept and copied often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xpressbuy.catalog.model import Category, Option, OptionValue, Product, Rating, Stock, Variant
from xpressbuy.kit.clock import from_rfc3339, to_rfc3339
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.media.model import ImageId, ImageRecord
from xpressbuy.table import keys
from xpressbuy.table.schema import GSI1PK, GSI1SK, GSI2PK, GSI2SK, PK, SK

_PRODUCT_PREFIX = "PRODUCT#"
_KEPT_BY_OTHERS = frozenset({PK, SK, "created_at", "histogram", "sold_count"})
"""What an edit of a product never writes: reviews and sales move these at any time, without a version."""
_REMOVABLE = (
    *("brand", "description", "details", "categories", "tags", "options", "variants", "images"),
    *("seo_title", "seo_description", "external_id", "extra"),
)


def product_item(product: Product) -> dict[str, Any]:
    """The whole document, keys included."""
    where = keys.product(product.id)
    updated_at = to_rfc3339(product.updated_at)
    index = keys.gsi1_catalog(product.id, updated_at)
    return {
        PK: where.pk,
        SK: where.sk,
        GSI1PK: index.pk,
        GSI1SK: index.sk,
        "slug": product.slug,
        "name": product.name,
        "version": product.version,
        "created_at": to_rfc3339(product.created_at),
        "updated_at": updated_at,
        "status": product.status,
        "histogram": list(product.rating.histogram),
        "sold_count": product.sold_count,
        **_filled(
            brand=product.brand,
            description=product.description,
            details=list(product.details),
            categories=list(product.categories),
            tags=list(product.tags),
            options=[_option_value(option) for option in product.options],
            variants=[_variant_value(variant) for variant in product.variants],
            images=[image_value(image) for image in product.images],
            seo_title=product.seo_title,
            seo_description=product.seo_description,
            external_id=product.external_id,
            extra=dict(product.extra),
        ),
    }


def edited_attributes(product: Product) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What an edit sets and what it removes."""
    item = product_item(product)
    changed = {name: value for name, value in item.items() if name not in _KEPT_BY_OTHERS}
    return changed, tuple(name for name in _REMOVABLE if name not in changed)


def read_product(item: Mapping[str, Any]) -> Product:
    """A document as the model has it. KeyError, TypeError or ValueError if it is none."""
    ones, twos, threes, fours, fives = item["histogram"]
    return Product(
        id=product_id_of(item),
        slug=item["slug"],
        name=item["name"],
        version=item["version"],
        created_at=from_rfc3339(item["created_at"]),
        updated_at=from_rfc3339(item["updated_at"]),
        status=item["status"],
        brand=item.get("brand", ""),
        description=item.get("description", ""),
        details=tuple(item.get("details", ())),
        categories=tuple(item.get("categories", ())),
        tags=tuple(item.get("tags", ())),
        options=tuple(_read_option(value) for value in item.get("options", ())),
        variants=tuple(_read_variant(value) for value in item.get("variants", ())),
        images=tuple(read_image(value) for value in item.get("images", ())),
        rating=Rating((ones, twos, threes, fours, fives)),
        sold_count=item["sold_count"],
        seo_title=item.get("seo_title", ""),
        seo_description=item.get("seo_description", ""),
        external_id=item.get("external_id", ""),
        extra=item.get("extra", {}),
    )


def product_id_of(item: Mapping[str, Any]) -> ProductId:
    """Whose document or SKU this item is."""
    return ProductId(str(item[PK]).removeprefix(_PRODUCT_PREFIX))


def read_stock(item: Mapping[str, Any], seen_at: datetime) -> Stock:
    """A SKU item as seen at `seen_at`."""
    currency = item["currency"]
    place = item.get(GSI2SK)
    return Stock(
        sku=Sku(str(item[SK]).removeprefix(keys.SKU_PREFIX)),
        available=item["available"],
        price=Money(item["price"], currency),
        compare_at_price=_money(item.get("compare_at_price"), currency),
        price_version=item["price_version"],
        sellable=item["sellable"],
        seen_at=seen_at,
        product_id=product_id_of(item),
        reserved=item["reserved"],
        sold=item["sold"],
        low_stock_at=item["low_stock_at"],
        counted=item.get("counted"),
        tracked=item["tracked"],
        marked_low=item.get(GSI2PK) == keys.LOW_STOCK,
        marked_at=int(str(place).split("#", 1)[0]) if place else None,
    )


def category_item(category: Category) -> dict[str, Any]:
    """A category's item."""
    where = keys.category(category.slug)
    return {
        PK: where.pk,
        SK: where.sk,
        "name": category.name,
        "position": category.position,
        **_filled(parent=category.parent, image=image_value(category.image) if category.image else None),
    }


def read_category(item: Mapping[str, Any]) -> Category:
    """A category as the model has it."""
    image = item.get("image")
    return Category(
        slug=str(item[SK]).removeprefix(keys.CATEGORY_PREFIX),
        name=item["name"],
        parent=item.get("parent"),
        position=item["position"],
        image=read_image(image) if image else None,
    )


def image_value(image: ImageRecord) -> dict[str, Any]:
    """A picture inside a document."""
    return {
        "id": image.id,
        "width": image.width,
        "height": image.height,
        **_filled(
            alt=image.alt,
            placeholder=image.placeholder,
            widths=list(image.widths),
            formats=list(image.formats),
            options=dict(image.options),
            state=image.state if image.state != "ready" else "",
            source_url=image.source_url,
        ),
    }


def read_image(value: Mapping[str, Any]) -> ImageRecord:
    """A picture as the media module has it."""
    return ImageRecord(
        id=ImageId(value["id"]),
        alt=value.get("alt", ""),
        width=value["width"],
        height=value["height"],
        placeholder=value.get("placeholder", ""),
        widths=tuple(value.get("widths", ())),
        formats=tuple(value.get("formats", ())),
        options=value.get("options", {}),
        state=value.get("state", "ready"),
        source_url=value.get("source_url"),
    )


def _option_value(option: Option) -> dict[str, Any]:
    return {
        "name": option.name,
        "values": [{"value": known.value, **_filled(hex=known.hex)} for known in option.values],
    }


def _read_option(value: Mapping[str, Any]) -> Option:
    return Option(value["name"], tuple(OptionValue(known["value"], known.get("hex")) for known in value["values"]))


def _variant_value(variant: Variant) -> dict[str, Any]:
    old = variant.compare_at_price
    return {
        "sku": variant.sku,
        "options": dict(variant.options),
        "price": variant.price.amount,
        "currency": variant.price.currency,
        "price_version": variant.price_version,
        **_filled(
            compare_at_price=old.amount if old else None,
            withdrawn=not variant.sellable,
            untracked=not variant.tracked,
            weight_grams=variant.weight_grams,
            barcode=variant.barcode,
            image_ids=list(variant.image_ids),
            external_sku=variant.external_sku,
            other_prices=[{"amount": other.amount, "currency": other.currency} for other in variant.other_prices],
            extra=dict(variant.extra),
        ),
    }


def _read_variant(value: Mapping[str, Any]) -> Variant:
    currency = value["currency"]
    return Variant(
        sku=Sku(value["sku"]),
        options=value["options"],
        price=Money(value["price"], currency),
        compare_at_price=_money(value.get("compare_at_price"), currency),
        price_version=value["price_version"],
        sellable=not value.get("withdrawn", False),
        tracked=not value.get("untracked", False),
        weight_grams=value.get("weight_grams"),
        barcode=value.get("barcode", ""),
        image_ids=tuple(value.get("image_ids", ())),
        external_sku=value.get("external_sku", ""),
        other_prices=tuple(Money(other["amount"], other["currency"]) for other in value.get("other_prices", ())),
        extra=value.get("extra", {}),
    )


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


def _filled(**values: object) -> dict[str, Any]:
    """Those that say something. A number says something even when it is 0."""
    return {name: value for name, value in values.items() if value or (value == 0 and not isinstance(value, bool))}
