"""Turns the sample range into rows of the CSV import format, and picture addresses back into what to draw.

The texts are in the `range_` rooms; nothing here is random, so the files come out the same every time.
"""

from collections.abc import Iterator, Sequence
from zlib import crc32

from xpressbuy.local.sample.categories import PATHS
from xpressbuy.local.sample.item import PALETTE, Item
from xpressbuy.local.sample.pictures import TEMPLATES, PictureSpec, View
from xpressbuy.local.sample.range import ITEMS

COLUMNS = (
    "slug", "name", "brand", "description", "details", "categories", "tags", "status", "sku",
    "option1_name", "option1_value", "option1_hex", "option2_name", "option2_value", "option2_hex",
    "option3_name", "option3_value", "option3_hex", "price", "compare_at_price", "currency", "stock", "low_stock_at",
    "weight_grams", "barcode", "image_src", "image_alt", "seo_title", "seo_description",
)  # fmt: skip

SCHEME = "sample:"
LOW_STOCK_AT = 5
VIEW_WORDS: dict[View, str] = {
    "front": "seen from the front",
    "back": "seen from the back",
    "side": "seen from the side",
    "detail": "close up",
}


def find_item(slug: str) -> Item | None:
    """The product of a slug."""
    return next((item for item in ITEMS if item.slug == slug), None)


def picture_source(item: Item, view: View, colour: str) -> str:
    """The address of one picture, as it stands in the CSV."""
    named = f"/{colour}" if item.shows_colour else ""
    return f"{SCHEME}{item.slug}/{view}{named}"


def pictures_of(item: Item) -> Iterator[tuple[View, str]]:
    """The views and colours a product has pictures of: all views of the first colour, the front of the others."""
    for view in TEMPLATES[item.kind].views:
        yield view, item.first_colour
    for colour in list(item.colours)[1:]:
        yield "front", colour


def picture_sources() -> Iterator[str]:
    """The addresses of all pictures of the range."""
    for item in ITEMS:
        for view, colour in pictures_of(item):
            yield picture_source(item, view, colour)


def picture_options(source: str) -> dict[str, str]:
    """The option values a picture shows: {"Colour": "Indigo"}, or nothing for a thing of one colour."""
    parts = source.removeprefix(SCHEME).split("/")
    return {"Colour": parts[2]} if len(parts) > 2 else {}


def picture_asked(source: str) -> tuple[PictureSpec, View]:
    """What to draw for an address; raises KeyError for one that names nothing."""
    parts = source.removeprefix(SCHEME).split("/")
    item = find_item(parts[0])
    if item is None or not source.startswith(SCHEME):
        raise KeyError(source)
    colour = parts[2] if len(parts) > 2 else item.first_colour
    for view in TEMPLATES[item.kind].views:
        if view == parts[1]:
            return item.spec(colour), view
    raise KeyError(source)


def _alt(item: Item, view: View, colour: str) -> str:
    shade = f" in {colour.lower()}" if item.shows_colour else ""
    scale = TEMPLATES[item.kind].scale
    words = scale.words if view == "scale" and scale else VIEW_WORDS[view]
    return f"{item.name}{shade}, {words}"


def _stock(item: Item, colour: str, size: str, sku: str) -> int:
    for key in (f"{colour}/{size}", colour, size, "*"):
        if key in item.stock:
            return item.stock[key]
    return 8 + crc32(sku.encode()) % 47


def _barcode(number: int) -> str:
    """An EAN-13 of the range 200, which is kept for numbers a shop gives itself."""
    digits = f"200{number:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def variant_sku(item: Item, colour: str, size: str) -> str:
    """Letters a picker can read: product, colour, size."""
    parts = [item.code]
    if item.shows_colour:
        parts.append(colour[:3].upper())
    if size:
        parts.append(size.replace(" ", "").replace("/", "-").replace("\N{EN DASH}", "-").upper())
    return "-".join(parts)


def _seo(description: str) -> str:
    """The first sentences that fit into a search result."""
    limit = 155
    if len(description) <= limit:
        return description
    cut = description[:limit].rfind(". ")
    return description[: cut + 1] if cut > 60 else description[: description[:limit].rfind(" ")] + "…"


def _product_columns(item: Item) -> dict[str, str]:
    shown = list(pictures_of(item))
    return {
        "name": item.name,
        "brand": item.brand,
        "description": item.description,
        "details": "|".join(item.details),
        "categories": "|".join(PATHS[slug] for slug in (item.category, *item.also)),
        "tags": ",".join(item.tags),
        "status": "active",
        "image_src": "|".join(picture_source(item, view, colour) for view, colour in shown),
        "image_alt": "|".join(_alt(item, view, colour) for view, colour in shown),
        "seo_title": f"{item.name} by {item.brand}",
        "seo_description": _seo(item.description),
    }


def _options(item: Item, colour: str, size: str) -> dict[str, str]:
    options = []
    if item.shows_colour:
        options.append(("Colour", colour, PALETTE[colour]))
    if size:
        options.append((item.size_name, size, ""))
    columns: dict[str, str] = {}
    for place, (name, value, swatch) in enumerate(options, start=1):
        columns |= {f"option{place}_name": name, f"option{place}_value": value, f"option{place}_hex": swatch}
    return columns


def catalogue_rows(items: Sequence[Item] = ITEMS) -> Iterator[dict[str, str]]:
    """The whole range, a row a variant; what belongs to the product stands on its first row only."""
    number = 0
    for item in items:
        first = True
        for colour in item.colours:
            for size in item.sizes or ("",):
                number += 1
                sku = variant_sku(item, colour, size)
                row = dict.fromkeys(COLUMNS, "") | {"slug": item.slug, "sku": sku}
                if first:
                    row |= _product_columns(item)
                    first = False
                yield (
                    row
                    | _options(item, colour, size)
                    | {
                        "price": item.size_prices.get(size, item.price),
                        "compare_at_price": item.compare_at,
                        "currency": "USD",
                        "stock": str(_stock(item, colour, size, sku)),
                        "low_stock_at": str(LOW_STOCK_AT),
                        "weight_grams": str(item.weight),
                        "barcode": _barcode(number),
                    }
                )
