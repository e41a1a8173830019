"""What the catalogue can do: be read from memory, be sold from, be changed, be filled from files."""

from xpressbuy.catalog.service.catalog import Catalog

__all__ = ["Catalog"]
