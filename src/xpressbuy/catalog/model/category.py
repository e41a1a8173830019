"""Categories: two levels as the shop shows them, any depth as a file may bring them."""

from __future__ import annotations

from dataclasses import dataclass

from xpressbuy.catalog.model.names import slugify
from xpressbuy.media.model import ImageRecord

CATEGORY_NAME_MAX = 80
CATEGORY_DEPTH_MAX = 6
CATEGORIES_TOTAL_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Category:
    """`parent` is the slug of the one above, None at the top. `position` orders siblings."""

    slug: str
    name: str
    parent: str | None = None
    position: int = 0
    image: ImageRecord | None = None


def path_categories(path: tuple[str, ...]) -> tuple[Category, ...]:
    """`("Clothing", "T-shirts")` as categories from the top down.

    A slug is made of the whole path, so that "Men > Shoes" and "Women > Shoes" stay two.
    """
    made: list[Category] = []
    for depth, name in enumerate(path):
        slug = slugify("-".join(path[: depth + 1]))
        made.append(Category(slug, name, made[-1].slug if made else None))
    return tuple(made)
