"""The writes of the catalogue as values, to be added to units. Each carries the condition that it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from xpressbuy.catalog.model import Category, Product, Stock, StockLine
from xpressbuy.catalog.model.changes import SkuChange
from xpressbuy.catalog.model.stock import STOCK_MAX
from xpressbuy.catalog.store import items
from xpressbuy.kit.clock import to_epoch, to_rfc3339
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.table import keys
from xpressbuy.table.schema import EXPIRES_AT, GSI1PK, GSI1SK, GSI2PK, GSI2SK, PK, SK
from xpressbuy.table.unit import ABSENT, PRESENT, Check, Delete, Put, Update

FeedKind = Literal["product", "stock", "category"]
FEED_KEPT = timedelta(hours=24)
"""How long an announcement stays. A process that heard nothing for half of it reads the catalogue anew."""
_MINE = "attribute_not_exists(#PK) OR #product_id = :product_id"


def create_product(product: Product) -> Put:
    """A new document."""
    return Put(items.product_item(product), ABSENT)


def change_product(product: Product, seen_version: int) -> Update:
    """The editable part of a document, if it still is at the version that was seen."""
    changed, removed = items.edited_attributes(product)
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changed)
    if removed:
        expression += " REMOVE " + ", ".join(f"#{name}" for name in removed)
    values = {**changed, "seen_version": seen_version}
    return Update(keys.product(product.id), expression, "#version = :seen_version", values)


def guard_slug(slug: str, product_id: ProductId) -> Put:
    """Holds a slug for a product; passes if it already does."""
    return _guard(keys.slug_guard(slug), product_id)


def free_slug(slug: str, product_id: ProductId) -> Delete:
    """Gives a former slug back."""
    return Delete(keys.slug_guard(slug), "#product_id = :product_id", {"product_id": product_id})


def guard_sku(sku: Sku, product_id: ProductId) -> Put:
    """Holds a SKU for a product; passes if it already does."""
    return _guard(keys.sku_guard(sku), product_id)


def create_sku(product_id: ProductId, change: SkuChange) -> Put:
    """A new SKU item with its stock."""
    variant = change.variant
    where, index = keys.sku(product_id, variant.sku), keys.gsi1_sku(variant.sku)
    available, low_stock_at = change.stock or 0, change.low_stock_at or 0
    item: dict[str, Any] = {
        PK: where.pk,
        SK: where.sk,
        GSI1PK: index.pk,
        GSI1SK: index.sk,
        "price": variant.price.amount,
        "currency": variant.price.currency,
        "price_version": variant.price_version,
        "sellable": change.sellable,
        "tracked": variant.tracked,
        "available": available,
        "reserved": 0,
        "sold": 0,
        "low_stock_at": low_stock_at,
    }
    if variant.compare_at_price is not None:
        item["compare_at_price"] = variant.compare_at_price.amount
    if change.counted is not None:
        item["counted"] = change.counted
    if change.low:
        item |= _marker(available, variant.sku)
    return Put(item, ABSENT)


def change_sku(product_id: ProductId, change: SkuChange) -> Update:
    """What differs of a SKU item. A stock is set only if it still is what was seen."""
    variant = change.variant
    values: dict[str, Any] = {}
    removed: list[str] = []
    if change.price_changed:
        values |= {
            "price": variant.price.amount,
            "currency": variant.price.currency,
            "price_version": variant.price_version,
            "sellable": change.sellable,
            "tracked": variant.tracked,
        }
        if variant.compare_at_price is not None:
            values["compare_at_price"] = variant.compare_at_price.amount
        else:
            removed.append("compare_at_price")
    if change.low_stock_at is not None:
        values["low_stock_at"] = change.low_stock_at
    if change.counted is not None:
        values["counted"] = change.counted
    if change.stock is not None:
        values["available"] = change.stock
        if change.low:
            values |= _marker(change.stock, variant.sku)
        else:
            removed += [GSI2PK, GSI2SK]
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
    if removed:
        expression += " REMOVE " + ", ".join(f"#{name}" for name in removed)
    condition = PRESENT
    if change.price_changed:
        # Two editors of a product in several units would else make one price version mean two prices.
        condition += " AND #price_version = :seen_price_version"
        values["seen_price_version"] = change.seen_price_version
    if change.stock is not None:
        condition += " AND #available = :seen_available"
        values["seen_available"] = change.seen_available
    return Update(keys.sku(product_id, variant.sku), expression, condition, values)


def move_stock(product_id: ProductId, sku: Sku, delta: int, *, seen: int | None = None) -> Update:
    """Adds to the stock, or takes from it what is there; with `seen` only if that is still the stock.

    An addition and not a number: what is sold meanwhile is not undone.
    """
    conditions = [PRESENT, "#available BETWEEN :least AND :most"]
    values = {"delta": delta, "least": max(-delta, 0), "most": STOCK_MAX - max(delta, 0)}
    if seen is not None:
        conditions.append("#available = :seen")
        values["seen"] = seen
    expression = "SET #available = #available + :delta"
    return Update(keys.sku(product_id, sku), expression, " AND ".join(conditions), values)


def still(product_id: ProductId, version: int) -> Check:
    """Holds that the document is at this version, without writing it."""
    return Check(keys.product(product_id), "#version = :version", {"version": version})


def take_stock(line: StockLine) -> Update:
    """Sells: the one place where a quantity leaves the stock for an order."""
    return Update(
        keys.sku(line.product_id, line.sku),
        "SET #available = #available - :quantity, #sold = #sold + :quantity",
        "#available >= :quantity AND #price_version = :price_version AND #sellable = :yes",
        {"quantity": line.quantity, "price_version": line.price_version, "yes": True},
    )


def count_rating(product_id: ProductId, stars: int, count: int) -> Update:
    """Adds reviews of so many stars to the document, or takes them away. An edit of the product does not touch it."""
    place = f"#histogram[{stars - 1}]"
    condition = f"{PRESENT} AND {place} >= :need"
    values = {"count": count, "need": max(-count, 0)}
    return Update(keys.product(product_id), f"SET {place} = {place} + :count", condition, values)


def raise_sold_count(product_id: ProductId, sold_count: int) -> Update:
    """The document's count of units sold, which only grows."""
    return Update(keys.product(product_id), "SET #sold_count = :count", "#sold_count < :count", {"count": sold_count})


def low_stock_marker(stock: Stock) -> Update:
    """The marker that `stock` should have, if its number still is the one that was seen."""
    where, values = keys.sku(stock.product_id, stock.sku), {"seen": stock.available}
    condition = "#available = :seen"
    if not stock.low:
        return Update(where, f"REMOVE #{GSI2PK}, #{GSI2SK}", condition, values)
    marker = _marker(stock.available, stock.sku)
    return Update(where, f"SET #{GSI2PK} = :{GSI2PK}, #{GSI2SK} = :{GSI2SK}", condition, {**values, **marker})


def announcement(entry_id: str, kind: FeedKind, product_ids: Sequence[ProductId], now: datetime) -> Put:
    """Tells every process what changed."""
    where = keys.feed(entry_id)
    item = {
        PK: where.pk,
        SK: where.sk,
        "kind": kind,
        "product_ids": list(product_ids),
        EXPIRES_AT: to_epoch(now + FEED_KEPT),
    }
    return Put(item, ABSENT)


def audit_entry(
    entry_id: str, kind: str, subject_id: str, now: datetime, *, actor: str, action: str, facts: Mapping[str, Any]
) -> Put:
    """Who changed what. `facts` are small: names of what changed, and numbers before and after."""
    at = to_rfc3339(now)
    where, index = keys.audit(at[:7], entry_id), keys.gsi1_audit(kind, subject_id, at)
    item = {
        PK: where.pk,
        SK: where.sk,
        GSI1PK: index.pk,
        GSI1SK: index.sk,
        "at": at,
        "actor": actor,
        "action": action,
        "subject": subject_id,
        "facts": dict(facts),
    }
    return Put(item, ABSENT)


def category_upsert(category: Category) -> Put:
    """A category as it shall be, whether it was there or not."""
    return Put(items.category_item(category))


def _guard(where: keys.Key, product_id: ProductId) -> Put:
    item = {PK: where.pk, SK: where.sk, "product_id": product_id}
    return Put(item, _MINE, {"product_id": product_id})


def _marker(available: int, sku: Sku) -> dict[str, str]:
    place = keys.gsi2_low_stock(available, sku)
    return {GSI2PK: place.pk, GSI2SK: place.sk}
