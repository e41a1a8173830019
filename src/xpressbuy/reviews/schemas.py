"""Reviews on the wire."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainSerializer

from xpressbuy.http.parameters import Pairs, Parameters
from xpressbuy.http.strict import AnswerModel, StrictModel
from xpressbuy.kit.clock import to_rfc3339
from xpressbuy.kit.page import LIMIT_DEFAULT, LIMIT_MAX, Page
from xpressbuy.reviews import model
from xpressbuy.reviews.model import BODY_MAX, STARS_MAX, TITLE_MAX
from xpressbuy.table.cursor import CURSOR_LENGTH_MAX

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LINES = re.compile(r"\r\n?")

Instant = Annotated[datetime, PlainSerializer(to_rfc3339, return_type=str)]


def _plain(text: str) -> str:
    cleaned = _LINES.sub("\n", text).strip()
    if not cleaned or _CONTROL.search(cleaned):
        raise ValueError("This text is empty or has signs that are not possible.")
    return cleaned


def _one_line(text: str) -> str:
    cleaned = _plain(text)
    if "\n" in cleaned:
        raise ValueError("This is one line.")
    return cleaned


class ReviewInput(StrictModel):
    """A review as it is sent."""

    rating: int = Field(ge=1, le=STARS_MAX)
    title: Annotated[str, Field(min_length=1, max_length=TITLE_MAX), AfterValidator(_one_line)]
    body: Annotated[str, Field(min_length=1, max_length=BODY_MAX), AfterValidator(_plain)]


class Review(AnswerModel):
    """A review as everyone sees it."""

    id: str
    rating: int
    title: str
    body: str
    author: str
    verified_purchase: bool
    created_at: Instant

    @classmethod
    def of(cls, review: model.Review) -> Review:
        """Leaves out who wrote it."""
        return cls(
            id=review.id,
            rating=review.rating,
            title=review.title,
            body=review.body,
            author=review.author,
            verified_purchase=review.verified_purchase,
            created_at=review.created_at,
        )


class ReviewList(AnswerModel):
    """One page, newest first."""

    items: list[Review]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[model.Review]) -> ReviewList:
        """From the service's page."""
        return cls(items=[Review.of(review) for review in page.items], next_cursor=page.next_cursor)


class ReviewSort(StrEnum):
    """The orders of reviews."""

    NEWEST = "newest"


def page_query(pairs: Pairs) -> tuple[int, str | None]:
    """Limit and cursor of a page. Invalid for anything unknown, repeated or out of bounds."""
    reading = Parameters(pairs)
    limit = reading.whole("limit", 1, LIMIT_MAX)
    cursor = reading.text("cursor", CURSOR_LENGTH_MAX)
    reading.one_of("sort", ReviewSort)
    reading.finish()
    return LIMIT_DEFAULT if limit is None else limit, cursor


PAGE_PARAMETERS: Sequence[Mapping[str, Any]] = (
    {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT},
    },
    {"name": "cursor", "in": "query", "schema": {"type": "string", "maxLength": CURSOR_LENGTH_MAX}},
    {"name": "sort", "in": "query", "schema": {"type": "string", "enum": [sort.value for sort in ReviewSort]}},
)
