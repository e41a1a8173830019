"""A product as it is kept in memory and shown: texts, options, pictures, variants with prices. Stock is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.media.model import ImageRecord

ProductStatus = Literal["active", "draft", "archived"]
STATUSES: tuple[ProductStatus, ...] = get_args(ProductStatus)

NAME_MAX = 200
BRAND_MAX = 100
DESCRIPTION_MAX = 20_000
DETAILS_MAX = 40
DETAIL_MAX = 500
CATEGORIES_MAX = 20
TAGS_MAX = 50
TAG_MAX = 60
OPTIONS_MAX = 3
OPTION_NAME_MAX = 40
OPTION_VALUE_MAX = 80
VARIANTS_MAX = 100
"""Three options of 4 or 5 values. A document of 100 variants is about 40 KB, a tenth of an item's 400 KB."""
IMAGES_MAX = 50
BARCODE_MAX = 64
EXTRA_MAX = 40
EXTRA_VALUE_MAX = 1_000
SEO_TITLE_MAX = 200
SEO_DESCRIPTION_MAX = 500
STARS = 5


@dataclass(frozen=True, slots=True)
class OptionValue:
    """One value of an option, with its colour as `#rrggbb` where it has one."""

    value: str
    hex: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """What a shopper chooses: a name and its values in the order they are offered."""

    name: str
    values: tuple[OptionValue, ...]

    def hex_of(self, value: str) -> str | None:
        """The colour of a value, if it has one."""
        return next((known.hex for known in self.values if known.value == value), None)


@dataclass(frozen=True, slots=True)
class Variant:
    """What is bought: a SKU with one value per option and its price.

    `price_version` rises with every change of price, so that an order placed at an old price is noticed.
    `tracked` is False for what never runs out. `other_prices` are kept from an import and never charged.
    """

    sku: Sku
    options: Mapping[str, str]
    price: Money
    compare_at_price: Money | None = None
    price_version: int = 1
    sellable: bool = True
    tracked: bool = True
    weight_grams: int | None = None
    barcode: str = ""
    image_ids: tuple[str, ...] = ()
    external_sku: str = ""
    other_prices: tuple[Money, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.compare_at_price is not None and not self.price < self.compare_at_price:
            raise ValueError("an old price is above the price")


@dataclass(frozen=True, slots=True)
class Rating:
    """How many reviews gave 1, 2, 3, 4 and 5 stars. Everything else follows from it."""

    histogram: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def count(self) -> int:
        """Number of reviews."""
        return sum(self.histogram)

    @property
    def average(self) -> float:
        """Mean of the stars to two decimals; 0 without reviews."""
        if not self.count:
            return 0.0
        return round(sum(stars * many for stars, many in enumerate(self.histogram, 1)) / self.count, 2)


@dataclass(frozen=True, slots=True)
class Product:
    """The product document.

    `categories` are slugs of categories. `extra` holds what an imported file says and the shop has no field for.
    """

    id: ProductId
    slug: str
    name: str
    version: int
    created_at: datetime
    updated_at: datetime
    status: ProductStatus = "active"
    brand: str = ""
    description: str = ""
    details: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    variants: tuple[Variant, ...] = ()
    images: tuple[ImageRecord, ...] = ()
    rating: Rating = field(default_factory=Rating)
    sold_count: int = 0
    seo_title: str = ""
    seo_description: str = ""
    external_id: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def visible(self) -> bool:
        """Whether shoppers see it."""
        return self.status == "active" and bool(self.variants)

    def variant(self, sku: str) -> Variant | None:
        """The variant with this SKU."""
        return next((variant for variant in self.variants if variant.sku == sku), None)

    def image(self, image_id: str) -> ImageRecord | None:
        """The picture with this id."""
        return next((image for image in self.images if image.id == image_id), None)

    def images_of(self, variant: Variant) -> tuple[ImageRecord, ...]:
        """The pictures of a variant: those it names, else those that fit its options, else all."""
        named = tuple(image for image in self.images if image.id in variant.image_ids)
        return named or tuple(image for image in self.images if image.shows(variant.options)) or self.images

    @property
    def cheapest(self) -> Variant:
        """The variant whose price a card shows: the cheapest sellable one, else the cheapest. Needs a variant."""
        offered = [variant for variant in self.variants if variant.sellable] or list(self.variants)
        return min(offered, key=lambda variant: variant.price.amount)

    @property
    def price_varies(self) -> bool:
        """Whether sellable variants differ in price."""
        return len({variant.price.amount for variant in self.variants if variant.sellable}) > 1
