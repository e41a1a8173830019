"""A review as a value."""

from datetime import UTC, datetime

import pytest

from xpressbuy.kit.ids import ProductId, ReviewId
from xpressbuy.reviews.model import NAMELESS, Review, first_status, public_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Asha Rao", "Asha R."),
        ("Asha", "Asha"),
        ("  asha   de  rao ", "asha R."),
        ("", NAMELESS),
        ("   ", NAMELESS),
        ("x" * 200 + " y", "x" * 57 + " Y."),
    ],
)
def test_the_name_under_a_review_finds_nobody(name: str, shown: str) -> None:
    assert public_name(name) == shown


def test_a_buyers_word_stands_at_once() -> None:
    assert first_status(verified_purchase=True) == "approved"
    assert first_status(verified_purchase=False) == "pending"


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_are_one_to_five(stars: int) -> None:
    with pytest.raises(ValueError, match="stars"):
        Review(ReviewId("r"), ProductId("p"), stars, "t", "b", "a", True, "approved", datetime.now(UTC))  # noqa: TID251 - any instant does
