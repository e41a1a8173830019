"""The sample shop's two levels of categories with their texts, and the picture each one borrows.

Only texts; which product is where stands with the product.
"""

# ruff: noqa: E501 - a category is one line, as in the file it becomes.

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

COLUMNS = ("slug", "name", "parent", "position", "description", "image_src")


@dataclass(frozen=True, slots=True)
class Category:
    """A category; `parent` is empty for the five at the top."""

    slug: str
    name: str
    parent: str
    description: str
    image_src: str


# fmt: off
CATEGORIES: tuple[Category, ...] = (
    Category("clothing", "Clothing", "", "Everyday clothes in good cloth, cut to be worn for years rather than seasons.", "sample:harbour-cable-sweater/front/Oat"),
    Category("t-shirts", "T-shirts", "clothing", "Midweight cotton that keeps its shape. Crew necks, pockets, stripes.", "sample:breton-pocket-tee/front/Chalk"),
    Category("shirts", "Shirts", "clothing", "Oxford, camp collar, brushed check. Soft from the first wear.", "sample:pinstripe-oxford-shirt/front/Sky"),
    Category("knitwear", "Sweatshirts & knitwear", "clothing", "Lambswool, merino and loopback cotton for the cooler half of the year.", "sample:loopback-hoodie/front/Sage"),
    Category("jackets-coats", "Jackets & coats", "clothing", "From a chore jacket to a proper coat. Layers that work together.", "sample:yard-chore-jacket/front/Denim"),
    Category("trousers-jeans", "Trousers & jeans", "clothing", "Chinos, denim and wide legs, with pockets that hold things.", "sample:straight-washed-jean/front/Indigo"),
    Category("dresses-skirts", "Dresses & skirts", "clothing", "Wraps, slips and pleats that move when you do.", "sample:juniper-wrap-dress/front/Plum"),
    Category("shoes", "Shoes", "", "Shoes that are sewn, not only glued, and can be cleaned, waxed or resoled.", "sample:pier-high-top/front/Navy"),
    Category("sneakers", "Sneakers", "shoes", "Court shoes, canvas and easy runners.", "sample:court-low-sneaker/front/Chalk"),
    Category("boots", "Boots", "shoes", "Leather and rubber for wet pavements and dry paths.", "sample:fell-chelsea-boot/front/Cocoa"),
    Category("loafers-clogs", "Loafers & clogs", "shoes", "Slip on, buckle, go.", "sample:cork-clog/front/Tan"),
    Category("accessories", "Bags & accessories", "", "What you carry and what you wear with it.", "sample:ridge-rucksack/front/Olive"),
    Category("bags", "Bags & backpacks", "accessories", "Totes, rucksacks and one good satchel.", "sample:clasp-satchel/front/Tan"),
    Category("wallets-belts", "Wallets & belts", "accessories", "Small leather that darkens with use.", "sample:fold-wallet/front/Walnut"),
    Category("hats-scarves", "Hats, scarves & socks", "accessories", "Warm ends, top to toe.", "sample:dock-beanie/front/Mustard"),
    Category("watches-sunglasses", "Watches & sunglasses", "accessories", "Time and shade, plainly made.", "sample:meridian-watch/front/Cocoa"),
    Category("home", "Home", "", "Clay, linen, wool and light for the rooms you live in.", "sample:morel-lamp/front/Vermilion"),
    Category("tableware", "Mugs & tableware", "home", "Stoneware for every day, thrown and glazed in small batches.", "sample:speckle-mug/front/Sea"),
    Category("lighting", "Lighting", "home", "Lamps that make one corner worth sitting in.", "sample:linen-table-lamp/front/Sea"),
    Category("vases-candles", "Vases, pots & candles", "home", "For stems, plants and slow evenings.", "sample:gourd-vase/front/Clay"),
    Category("cushions-throws", "Cushions, throws & towels", "home", "Soft things that wash well.", "sample:windowpane-cushion/front/Sage"),
    Category("desk", "Desk", "", "Paper, pens, bottles and sound for the hours at work.", "sample:daily-notebook/front/Pine"),
    Category("stationery", "Notebooks & pens", "desk", "Paper that takes ink, pens that like paper.", "sample:spiral-field-pad/front/Mustard"),
    Category("bottles", "Bottles & tumblers", "desk", "Cold for a day, hot for half of one.", "sample:trail-bottle/front/Pine"),
    Category("audio", "Audio", "desk", "Headphones and speakers you can repair.", "sample:soft-headphones/front/Oat"),
)
# fmt: on

PATHS: Mapping[str, str] = {
    category.slug: next(
        (f"{parent.name} > {category.name}" for parent in CATEGORIES if parent.slug == category.parent), category.name
    )
    for category in CATEGORIES
}


def category_rows() -> Iterator[dict[str, str]]:
    """The categories as CSV rows, parents before their children."""
    positions: dict[str, int] = {}
    for category in CATEGORIES:
        positions[category.parent] = positions.get(category.parent, 0) + 1
        yield {
            "slug": category.slug,
            "name": category.name,
            "parent": category.parent,
            "position": str(positions[category.parent]),
            "description": category.description,
            "image_src": category.image_src,
        }
