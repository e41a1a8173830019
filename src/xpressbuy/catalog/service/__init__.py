"""What the catalogue can do: be read from memory, be sold from, be changed, be filled from files."""

from xpressbuy.catalog.service.catalog import Catalog
from xpressbuy.catalog.service.editor import CatalogEditor

__all__ = ["Catalog", "CatalogEditor"]
