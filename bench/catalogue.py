"""A catalogue of any size from one seed: words as shops use them, and products asked for as people do (Zipf)."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate

from xpressbuy.catalog.model import Category, Option, OptionValue, ProductDraft, VariantDraft
from xpressbuy.kit.ids import Sku
from xpressbuy.kit.money import Money

SEED = 20_260_901
BRANDS = (
    "Tiller", "Morrow", "Fennel & Co", "Northlight", "Aster", "Kiln House", "Ostra", "Brookmade", "Harrow", "Linden",
    "Paloma", "Quarry", "Saltmarsh", "Thimble", "Umber", "Wickett", "Yarrow", "Zephyr Goods", "Cobble", "Dovetail",
)  # fmt: skip
MATERIALS = (
    "cotton", "linen", "merino", "oak", "walnut", "stoneware", "glass", "steel", "copper", "leather", "canvas", "cork",
    "bamboo", "felt", "wool", "brass", "ceramic", "recycled nylon", "organic cotton", "enamel",
)  # fmt: skip
MANNERS = (
    "striped", "ribbed", "hand-thrown", "quilted", "brushed", "fluted", "waxed", "woven", "pleated", "folding", "slim",
    "heavy", "light", "everyday", "weekend", "travel", "garden", "studio", "classic", "double-walled",
)  # fmt: skip
COLOURS = ("Sand", "Ink", "Moss", "Clay", "Chalk", "Plum", "Rust", "Sky", "Slate", "Honey", "Fern", "Coral")
SHELVES = {
    "Clothing": ("Tee", "Shirt", "Jumper", "Scarf", "Cap", "Jacket", "Socks", "Trousers", "Cardigan", "Apron"),
    "Kitchen": ("Mug", "Bowl", "Plate", "Kettle", "Teapot", "Pan", "Chopping board", "Carafe", "Jug", "Knife"),
    "Home": ("Lamp", "Vase", "Cushion", "Blanket", "Candle", "Clock", "Mirror", "Basket", "Rug", "Stool"),
    "Desk": ("Notebook", "Pen", "Tray", "Pencil case", "Diary", "Organiser", "Bookend", "Ruler", "Folder", "Stand"),
    "Outdoors": (
        "Tote",
        "Backpack",
        "Bottle",
        "Lantern",
        "Hammock",
        "Umbrella",
        "Picnic rug",
        "Flask",
        "Trowel",
        "Tent",
    ),
}
SIZES = ("S", "M", "L", "XL")
TAGS = ("gift", "new", "handmade", "vegan", "organic", "limited", "bestseller", "travel")
STEADY = ("wears well", "keeps its shape", "ages kindly", "feels right in the hand", "comes in a plain box")
ZIPF_EXPONENT = 1.0
SOLD_OUT = 0.03


def slug_of(number: int) -> str:
    """The address of the product with this rank; 0 is the one asked for most."""
    return f"item-{number}"


def categories() -> list[Category]:
    """The shelves."""
    return [Category(name.lower(), name) for name in SHELVES]


def drafts(products: int) -> Iterator[ProductDraft]:
    """The products in their rank. The same for the same size."""
    choice = random.Random(SEED)
    for number in range(products):
        yield _draft(number, choice)


def popular(products: int, count: int, seed: int = SEED) -> list[int]:
    """Ranks as `count` visitors ask for them: the nth product as often as 1/n."""
    weights = list(accumulate(1 / (rank + 1) ** ZIPF_EXPONENT for rank in range(products)))
    choice = random.Random(seed)
    return [bisect(weights, choice.random() * weights[-1]) for _ in range(count)]


def queries(count: int, seed: int = SEED) -> list[str]:
    """Lists and searches with facets that differ from each other, as addresses of the API."""
    choice = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        shelf = choice.choice(list(SHELVES))
        noun = choice.choice(SHELVES[shelf]).replace(" ", "+")
        words = choice.choice((noun, f"{choice.choice(MATERIALS)}+{noun}", f"{choice.choice(COLOURS)}+{noun}"))
        start = f"q={words}" if choice.random() < 0.6 else f"category={shelf.lower()}"
        low = choice.randrange(500, 5_000)
        sort = choice.choice(("relevance", "newest", "price_asc", "best_selling"))
        query = f"{start}&price_min={low}&price_max={low + 6_000}&sort={sort}&facets=true&limit=24"
        made[f"/api/products?{query.replace(' ', '+')}"] = None
    return list(made)


def _draft(number: int, choice: random.Random) -> ProductDraft:
    shelf = choice.choice(list(SHELVES))
    noun = choice.choice(SHELVES[shelf])
    material, manner, brand = choice.choice(MATERIALS), choice.choice(MANNERS), choice.choice(BRANDS)
    colours = choice.sample(COLOURS, 2)
    sizes: Sequence[str] = SIZES[:2] if shelf == "Clothing" else ("One size",)
    price = choice.randrange(600, 14_000)
    variants = tuple(
        VariantDraft(
            sku=Sku(f"B{number}-{at}"),
            options={"Colour": colour, "Size": size},
            price=Money(price, "USD"),
            stock=0 if choice.random() < SOLD_OUT else choice.randrange(5, 400),
        )
        for at, (colour, size) in enumerate((colour, size) for colour in colours for size in sizes)
    )
    return ProductDraft(
        slug=slug_of(number),
        name=f"{manner.capitalize()} {material} {noun.lower()} No. {number}",
        brand=brand,
        description=f"A {manner} {noun.lower()} of {material}. It {choice.choice(STEADY)} and {choice.choice(STEADY)}.",
        categories=(shelf.lower(),),
        tags=tuple(choice.sample(TAGS, 2)),
        options=(
            Option("Colour", tuple(OptionValue(colour) for colour in colours)),
            Option("Size", tuple(OptionValue(size) for size in sizes)),
        ),
        variants=variants,
    )
