"""Reviews of the sample range: written by hand, product by product; some products have none.

Only texts and the order they come in; ratings of a product are counted elsewhere.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from xpressbuy.local.sample.reviews_living import LIVING
from xpressbuy.local.sample.reviews_wear import WEAR

COLUMNS = ("slug", "author", "rating", "title", "body", "created_at", "verified")
Review = tuple[str, int, str, str]
"""Author, stars, title, text. An author ending in '?' did not buy here."""

_LATEST = datetime(2026, 10, 30, 18, 0, tzinfo=UTC)


def review_rows() -> Iterator[dict[str, str]]:
    """The reviews as CSV rows, with dates spread over the year before the sample shop opens."""
    number = 0
    for slug, reviews in (*WEAR.items(), *LIVING.items()):
        for author, rating, title, body in reviews:
            number += 1
            # Steps that share no factor with the spans: the dates look scattered and are the same every time.
            age = timedelta(days=number * 37 % 401, minutes=number * 613 % 1009)
            yield {
                "slug": slug,
                "author": author.removesuffix("?"),
                "rating": str(rating),
                "title": title,
                "body": body,
                "created_at": (_LATEST - age).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "verified": "false" if author.endswith("?") else "true",
            }
