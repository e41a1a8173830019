"""The catalogue in the table: what is kept where, how it is read, what a command writes. It decides nothing."""

from xpressbuy.catalog.store.reads import CatalogStore, FeedEntry, Guarded
from xpressbuy.catalog.store.writes import (
    FeedKind,
    announcement,
    audit_entry,
    category_upsert,
    change_product,
    change_sku,
    count_rating,
    create_product,
    create_sku,
    free_slug,
    guard_sku,
    guard_slug,
    move_stock,
    take_stock,
)

__all__ = [
    "CatalogStore",
    "FeedEntry",
    "FeedKind",
    "Guarded",
    "announcement",
    "audit_entry",
    "category_upsert",
    "change_product",
    "change_sku",
    "count_rating",
    "create_product",
    "create_sku",
    "free_slug",
    "guard_sku",
    "guard_slug",
    "move_stock",
    "take_stock",
]
