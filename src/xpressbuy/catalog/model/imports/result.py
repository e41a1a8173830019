"""What a file says of its products, before the shop's currency and pictures come in, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xpressbuy.catalog.model.product import Option, ProductStatus


class ImportRefused(ValueError):
    """The file as a whole cannot be read; `sentence` says what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing that is wrong in a row, or worth knowing. Rows count as a spreadsheet shows them: the header is 1."""

    row: int
    column: str
    code: str
    sentence: str


@dataclass(slots=True)
class Findings:
    """Errors keep their product out; notes say what was made of something odd."""

    errors: list[RowError] = field(default_factory=list)
    notes: list[RowError] = field(default_factory=list)

    def error(self, row: int, column: str, code: str, sentence: str) -> None:
        """This product is not imported."""
        self.errors.append(RowError(row, column, code, sentence))

    def note(self, row: int, column: str, code: str, sentence: str) -> None:
        """This product is imported."""
        self.notes.append(RowError(row, column, code, sentence))


@dataclass(frozen=True, slots=True)
class ImportedImage:
    """A picture by its address."""

    src: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPrice:
    """A price in major units. `currency` is empty where the file does not say; `price` is None where it is empty."""

    price: Decimal | None
    compare_at: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ImportedVariant:
    """One variant. `sku` is as given. `images` are addresses among the product's."""

    row: int
    sku: str
    options: Mapping[str, str]
    prices: tuple[ImportedPrice, ...]
    stock: int | None = None
    tracked: bool = True
    low_stock_at: int | None = None
    weight_grams: int | None = None
    barcode: str = ""
    images: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedProduct:
    """One product. `categories` are paths of names from the top down."""

    row: int
    slug: str
    name: str
    variants: tuple[ImportedVariant, ...]
    options: tuple[Option, ...] = ()
    status: ProductStatus = "active"
    brand: str = ""
    description: str = ""
    details: tuple[str, ...] = ()
    categories: tuple[tuple[str, ...], ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[ImportedImage, ...] = ()
    seo_title: str = ""
    seo_description: str = ""
    external_id: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
