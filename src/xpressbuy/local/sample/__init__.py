"""The sample shop: a catalogue, its reviews, and its pictures drawn by our own code.

Read by a local run to fill an empty shop; nothing in production may import it.
"""

from pathlib import Path

from xpressbuy.local.sample.build import BuiltPicture, build_pictures, sample_picture
from xpressbuy.local.sample.rows import picture_options, picture_sources

__all__ = [
    "CATALOGUE_CSV", "CATEGORIES_CSV", "REVIEWS_CSV", "BuiltPicture", "build_pictures", "picture_options",
    "picture_sources", "sample_picture",
]  # fmt: skip

_FOLDER = Path(__file__).parent
CATALOGUE_CSV = _FOLDER / "catalogue.csv"
CATEGORIES_CSV = _FOLDER / "categories.csv"
REVIEWS_CSV = _FOLDER / "reviews.csv"
