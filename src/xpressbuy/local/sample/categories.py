"""The sample shop's two levels of categories with their texts, and the picture each one borrows.

Only texts; which product is where stands with the product.
"""

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


CATEGORIES: tuple[Category, ...] = (
    Category(
        "clothing",
        "Clothing",
        "",
        "Everyday clothes in good cloth, cut to be worn for years rather than seasons.",
        "sample:everyday-crew-tee/front/Indigo",
    ),
    Category(
        "t-shirts",
        "T-shirts",
        "clothing",
        "Midweight cotton that keeps its shape. Crew necks, pockets, stripes.",
        "sample:breton-pocket-tee/front/Chalk",
    ),
)

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
