"""What the catalogue can do: be read from memory, be sold from, be changed, be filled from files."""

from xpressbuy.catalog.service.catalog import Catalog
from xpressbuy.catalog.service.editor import CatalogEditor
from xpressbuy.catalog.service.importer import Importer, ImportResult

__all__ = ["Catalog", "CatalogEditor", "ImportResult", "Importer"]
