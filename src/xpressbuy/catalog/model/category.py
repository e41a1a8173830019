"""Categories: two levels as the shop shows them, any depth as a file may bring them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xpressbuy.catalog.model.names import is_slug, slugify
from xpressbuy.kit.errors import ErrorItem
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


def path_categories(path: tuple[str, ...], known: Mapping[str, Category] | None = None) -> tuple[Category, ...]:
    """`("Clothing", "T-shirts")` as categories from the top down.

    A category of that name below that parent is taken as it is, whatever its slug. A new slug is made of the whole
    path, so that "Men > Shoes" and "Women > Shoes" stay two.
    """
    by_name = {(category.parent, category.name.casefold()): category for category in (known or {}).values()}
    made: list[Category] = []
    for depth, name in enumerate(path):
        parent = made[-1].slug if made else None
        found = by_name.get((parent, name.casefold()))
        made.append(found or Category(slugify("-".join(path[: depth + 1])), name, parent))
    return tuple(made)


def check_categories(wanted: Sequence[Category], known: Mapping[str, Category]) -> tuple[ErrorItem, ...]:
    """What is wrong with adding these: names, bounds, a parent that is missing or that leads back."""
    parents = {slug: category.parent for slug, category in known.items()}
    parents |= {category.slug: category.parent for category in wanted}
    errors: list[ErrorItem] = []
    if len(parents) > CATEGORIES_TOTAL_MAX:
        errors.append(ErrorItem("", "too_many", f"A shop has at most {CATEGORIES_TOTAL_MAX} categories."))
    for index, category in enumerate(wanted):
        if not is_slug(category.slug):
            errors.append(
                ErrorItem(f"/{index}/slug", "bad_slug", "The address is lower-case letters, digits, hyphens.")
            )
        if not 1 <= len(category.name) <= CATEGORY_NAME_MAX:
            errors.append(ErrorItem(f"/{index}/name", "bad_name", f"A name has 1 to {CATEGORY_NAME_MAX} letters."))
        if _depth(category.slug, parents) is None:
            errors.append(ErrorItem(f"/{index}/parent", "bad_parent", "Its parent is missing, or leads back to it."))
    return tuple(errors)


def _depth(slug: str, parents: Mapping[str, str | None]) -> int | None:
    """How far below the top; None if the way up does not end there."""
    at: str | None = slug
    for depth in range(CATEGORY_DEPTH_MAX + 1):
        if at is None:
            return depth
        if at not in parents:
            return None
        at = parents[at]
    return None
