"""Files of products as values: our own format, Shopify's and WooCommerce's exports. Nothing is fetched."""

from xpressbuy.catalog.model.imports.detect import Parsed, parse
from xpressbuy.catalog.model.imports.draft import to_draft
from xpressbuy.catalog.model.imports.result import (
    Findings,
    ImportedImage,
    ImportedPrice,
    ImportedProduct,
    ImportedVariant,
    ImportRefused,
    RowError,
)
from xpressbuy.catalog.model.imports.write import OWN_COLUMNS, to_rows

__all__ = [
    "OWN_COLUMNS",
    "Findings",
    "ImportRefused",
    "ImportedImage",
    "ImportedPrice",
    "ImportedProduct",
    "ImportedVariant",
    "Parsed",
    "RowError",
    "parse",
    "to_draft",
    "to_rows",
]
