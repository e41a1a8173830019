"""A review as a value: what it says, who may see it, under which name it stands. No I/O, clock or new ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from xpressbuy.kit.ids import CustomerId, ProductId, ReviewId

ReviewStatus = Literal["approved", "pending", "rejected"]
STATUSES: tuple[ReviewStatus, ...] = get_args(ReviewStatus)
STARS_MAX = 5
TITLE_MAX = 120
BODY_MAX = 4_000
AUTHOR_MAX = 60
NAMELESS = "A customer"


@dataclass(frozen=True, slots=True)
class Review:
    """One customer's word on one product. `customer_id` is None for what an import or a sample brought."""

    id: ReviewId
    product_id: ProductId
    rating: int
    title: str
    body: str
    author: str
    verified_purchase: bool
    status: ReviewStatus
    created_at: datetime
    customer_id: CustomerId | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.rating <= STARS_MAX:
            raise ValueError("a rating is 1 to 5 stars")


@dataclass(frozen=True, slots=True)
class SampleReview:
    """A review from outside: sample data or another shop's export."""

    product_slug: str
    rating: int
    title: str
    body: str
    author: str
    created_at: datetime
    verified_purchase: bool = True


def first_status(*, verified_purchase: bool) -> ReviewStatus:
    """A buyer's word stands at once; anybody else's waits for an operator."""
    return "approved" if verified_purchase else "pending"


def public_name(name: str) -> str:
    """The name under a review: first name and the last one's initial, so that a person is not found by it."""
    words = name.split()
    if not words:
        return NAMELESS
    first = words[0][: AUTHOR_MAX - 3]
    return f"{first} {words[-1][0].upper()}." if len(words) > 1 else first
