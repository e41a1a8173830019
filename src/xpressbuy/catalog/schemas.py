"""The catalogue on the wire: pictures, cards, product pages, categories. Maps the model; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from pydantic import Field

from xpressbuy.catalog import model
from xpressbuy.catalog.service import Catalog
from xpressbuy.http.money import Money
from xpressbuy.http.strict import AnswerModel
from xpressbuy.kit import money
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.media.model import MEDIA_TYPES, Format, ImageId, ImageRecord

SOURCE_ORDER: tuple[Format, ...] = ("avif", "webp")
"""Smallest first: a browser takes the first type that it knows."""
FALLBACK_FORMAT: Format = "webp"
FALLBACK_WIDTH = 640
NO_PICTURE_SIDE = 800
NO_PICTURE_COLOUR = "#e7e2da"
NO_PICTURE = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'
    f'<path fill="{NO_PICTURE_COLOUR}" d="M0 0h8v8H0z"/></svg>'
)


class ImageSource(AnswerModel):
    """One format's candidates, for a `<source>`."""

    type: str
    srcset: str


class Image(AnswerModel):
    """A picture in every width. `src` and `srcset` are for an `<img>`, `sources` for a `<picture>` around it."""

    src: str
    srcset: str
    sources: list[ImageSource]
    width: int
    height: int
    alt: str
    placeholder: str

    @classmethod
    def of(cls, record: ImageRecord | None, images_url: str, alt: str) -> Image:
        """A stored picture; a plain panel for one that is not there or not fetched yet. `alt` fills in for none."""
        if record is None or record.state != "ready" or not record.widths or FALLBACK_FORMAT not in record.formats:
            return cls(
                src=NO_PICTURE,
                srcset="",
                sources=[],
                width=NO_PICTURE_SIDE,
                height=NO_PICTURE_SIDE,
                alt=alt,
                placeholder=NO_PICTURE_COLOUR,
            )
        width = max((one for one in record.widths if one <= FALLBACK_WIDTH), default=min(record.widths))
        return cls(
            src=_address(record, images_url, width, FALLBACK_FORMAT),
            srcset=_candidates(record, images_url, FALLBACK_FORMAT),
            sources=[
                ImageSource(type=MEDIA_TYPES[fmt], srcset=_candidates(record, images_url, fmt))
                for fmt in SOURCE_ORDER
                if fmt in record.formats
            ],
            width=record.width,
            height=record.height,
            alt=record.alt or alt,
            placeholder=record.placeholder,
        )


class Rating(AnswerModel):
    """Mean of the stars and how many gave them."""

    average: float
    count: int


class RatingSummary(Rating):
    """With how many gave 1, 2, 3, 4 and 5 stars, by the star as text."""

    histogram: dict[str, int]


class Swatch(AnswerModel):
    """A value that is shown as a colour."""

    name: str
    value: str
    hex: str | None = None


class ProductCard(AnswerModel):
    """A product in a list."""

    id: str
    slug: str
    name: str
    brand: str
    price: Money
    compare_at_price: Money | None = None
    price_varies: bool
    rating: Rating
    image: Image
    hover_image: Image | None = None
    swatches: list[Swatch]
    in_stock: bool

    @classmethod
    def of(cls, product: model.Product, images_url: str, *, in_stock: bool) -> ProductCard:
        """From a visible product."""
        shown = product.cheapest
        pictures = [picture for picture in product.images if picture.state == "ready"]
        return cls(
            id=product.id,
            slug=product.slug,
            name=product.name,
            brand=product.brand,
            price=Money.of(shown.price),
            compare_at_price=_money(shown.compare_at_price),
            price_varies=product.price_varies,
            rating=Rating(average=product.rating.average, count=product.rating.count),
            image=Image.of(pictures[0] if pictures else None, images_url, product.name),
            hover_image=_hover_image(pictures, images_url, product.name),
            swatches=_swatches(product),
            in_stock=in_stock,
        )


class ProductOptionValue(AnswerModel):
    """One value, with its colour where it has one."""

    value: str
    hex: str | None = None


class ProductOption(AnswerModel):
    """What a shopper chooses, values in their order."""

    name: str
    values: list[ProductOptionValue]


class Variant(AnswerModel):
    """One thing that can be bought: a SKU with a value of each option."""

    sku: str
    options: dict[str, str]
    price: Money
    compare_at_price: Money | None = None
    available: int
    in_stock: bool
    images: list[Image]

    @classmethod
    def of(
        cls, product: model.Product, variant: model.Variant, stock: model.Stock | None, images: Mapping[ImageId, Image]
    ) -> Variant:
        """Price and stock are the stock item's, which counts at the till; without one nothing is left."""
        return cls(
            sku=variant.sku,
            options=dict(variant.options),
            price=Money.of(stock.price if stock else variant.price),
            compare_at_price=_money(stock.compare_at_price if stock else variant.compare_at_price),
            available=max(stock.available, 0) if stock and stock.in_stock else 0,
            in_stock=stock is not None and stock.in_stock,
            images=[images[record.id] for record in product.images_of(variant) if record.id in images],
        )


class ProductDetail(AnswerModel):
    """A product's page."""

    id: str
    slug: str
    name: str
    brand: str
    description: str
    details: list[str]
    categories: list[str]
    options: list[ProductOption]
    variants: list[Variant]
    images: list[Image]
    rating: RatingSummary
    related: list[ProductCard]

    @classmethod
    def of(
        cls,
        product: model.Product,
        stocks: Mapping[Sku, model.Stock],
        related: Sequence[ProductCard],
        images_url: str,
    ) -> ProductDetail:
        """From a visible product and what is left of its SKUs."""
        images = {
            record.id: Image.of(record, images_url, product.name)
            for record in product.images
            if record.state == "ready"
        }
        rating = product.rating
        return cls(
            id=product.id,
            slug=product.slug,
            name=product.name,
            brand=product.brand,
            description=product.description,
            details=list(product.details),
            categories=list(product.categories),
            options=[
                ProductOption(
                    name=option.name,
                    values=[ProductOptionValue(value=value.value, hex=value.hex) for value in option.values],
                )
                for option in product.options
            ],
            variants=[Variant.of(product, variant, stocks.get(variant.sku), images) for variant in product.variants],
            images=list(images.values()) or [Image.of(None, images_url, product.name)],
            rating=RatingSummary(
                average=rating.average,
                count=rating.count,
                histogram={str(stars): many for stars, many in enumerate(rating.histogram, 1)},
            ),
            related=list(related),
        )


class Category(AnswerModel):
    """A part of the shop. `product_count` counts its whole subtree."""

    slug: str
    name: str
    parent: str | None
    product_count: int
    image: Image | None = None

    @classmethod
    def of(cls, category: model.Category, product_count: int, images_url: str) -> Category:
        """From a stored category."""
        picture = category.image
        return cls(
            slug=category.slug,
            name=category.name,
            parent=category.parent,
            product_count=product_count,
            image=Image.of(picture, images_url, category.name) if picture and picture.state == "ready" else None,
        )


class CategoryList(AnswerModel):
    """All categories."""

    items: list[Category] = Field(description="In the order the shop shows them.")

    @classmethod
    def of(cls, categories: Sequence[model.Category], counts: Mapping[str, int], images_url: str) -> CategoryList:
        """All categories with their counts."""
        return cls(items=[Category.of(one, counts.get(one.slug, 0), images_url) for one in categories])


Seen = tuple[model.Product, bool]
"""A visible product and whether any of it can be bought now."""


class CatalogAnswers:
    """Puts answers together, for the API and for the pages that carry the same answers inside.

    `related` and `counts` come from the search, which stands above the catalogue.
    """

    def __init__(
        self,
        catalog: Catalog,
        *,
        related: Callable[[ProductId], Sequence[Seen]],
        counts: Callable[[], Mapping[str, int]],
        images_url: str,
    ) -> None:
        self._catalog = catalog
        self._related = related
        self._counts = counts
        self._images_url = images_url

    def categories(self) -> CategoryList:
        """From memory."""
        return CategoryList.of(self._catalog.categories(), self._counts(), self._images_url)

    async def product(self, product: model.Product) -> ProductDetail:
        """A visible product with its stock: at most one call to the table."""
        stocks = await self._catalog.stock_of_product(product.id)
        related = [ProductCard.of(one, self._images_url, in_stock=seen) for one, seen in self._related(product.id)]
        return ProductDetail.of(product, stocks, related, self._images_url)


def _address(record: ImageRecord, images_url: str, width: int, fmt: Format) -> str:
    return f"{images_url}/images/{record.id}/{width}.{fmt}"


def _candidates(record: ImageRecord, images_url: str, fmt: Format) -> str:
    return ", ".join(f"{_address(record, images_url, width, fmt)} {width}w" for width in record.widths)


def _hover_image(pictures: Sequence[ImageRecord], images_url: str, alt: str) -> Image | None:
    """The next picture of what the first one shows; another colour would look like another product."""
    if not pictures:
        return None
    first, *others = pictures
    same = next((picture for picture in others if picture.options == first.options), None)
    return Image.of(same, images_url, alt) if same else None


def _swatches(product: model.Product) -> list[Swatch]:
    return [
        Swatch(name=option.name, value=value.value, hex=value.hex)
        for option in product.options
        if any(one.hex for one in option.values)
        for value in option.values
    ]


def _money(value: money.Money | None) -> Money | None:
    return Money.of(value) if value is not None else None
