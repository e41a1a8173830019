"""The catalogue as values: what a product is, what may be said of it, what a change writes. No I/O, no clock."""

from xpressbuy.catalog.model.category import Category
from xpressbuy.catalog.model.draft import ProductDraft, VariantDraft, check_draft
from xpressbuy.catalog.model.product import (
    Option,
    OptionValue,
    Product,
    ProductStatus,
    Rating,
    Variant,
)
from xpressbuy.catalog.model.stock import Stock, StockLine

__all__ = [
    "Category",
    "Option",
    "OptionValue",
    "Product",
    "ProductDraft",
    "ProductStatus",
    "Rating",
    "Stock",
    "StockLine",
    "Variant",
    "VariantDraft",
    "check_draft",
]
