"""Reviews in the table: beside their product, newest last. Knows keys and expressions, decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from xpressbuy.kit.clock import from_rfc3339, to_rfc3339
from xpressbuy.kit.ids import CustomerId, ProductId, ReviewId
from xpressbuy.reviews.model import Review, ReviewStatus
from xpressbuy.table import keys
from xpressbuy.table.client import BATCH_GET_MAX, Query, Table
from xpressbuy.table.schema import GSI1PK, GSI1SK, GSI2PK, GSI2SK, PK, SK
from xpressbuy.table.unit import ABSENT, Put, Unit

REVIEW_LABEL = "review"
GUARD_LABEL = "review_guard"


class ReviewStore:
    """Items to reviews and back."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def newest(self, product_id: ProductId, limit: int, before: ReviewId | None) -> list[Review]:
        """At most `limit` reviews of a product in any status, newest first, older than `before`.

        Read consistently, since the first page is kept by the rating that was known when it was asked for.
        """
        start = None if before is None else keys.review(product_id, before)
        rows = await self._table.query(
            Query(keys.product(product_id).pk, begins_with=keys.REVIEW_PREFIX, forward=False, consistent=True),
            limit=limit,
            start=None if start is None else {PK: start.pk, SK: start.sk},
        )
        return [_from_item(item) for item in rows.items]

    async def present(self, reviews: Sequence[Review]) -> Collection[ReviewId]:
        """Which of these are in the table."""
        found: set[ReviewId] = set()
        for begin in range(0, len(reviews), BATCH_GET_MAX):
            wanted = [keys.review(review.product_id, review.id) for review in reviews[begin : begin + BATCH_GET_MAX]]
            items = await self._table.get_many(wanted, consistent=True)
            found.update(ReviewId(str(item["id"])) for item in items.values())
        return found


def add(unit: Unit, review: Review) -> None:
    """A new review; of a customer only if there is none of theirs for this product."""
    unit.add(REVIEW_LABEL if review.customer_id else f"{REVIEW_LABEL}:{review.id}", Put(_to_item(review), ABSENT))
    if review.customer_id is not None:
        guard = keys.review_guard(review.customer_id, review.product_id)
        item = {PK: guard.pk, SK: guard.sk, "review_id": review.id, "created_at": to_rfc3339(review.created_at)}
        unit.add(GUARD_LABEL, Put(item, ABSENT))


def _to_item(review: Review) -> dict[str, Any]:
    where = keys.review(review.product_id, review.id)
    item: dict[str, Any] = {
        PK: where.pk,
        SK: where.sk,
        "id": review.id,
        "product_id": review.product_id,
        "rating": review.rating,
        "title": review.title,
        "body": review.body,
        "author": review.author,
        "verified_purchase": review.verified_purchase,
        "status": review.status,
        "created_at": to_rfc3339(review.created_at),
    }
    if review.customer_id is not None:
        mine = keys.gsi1_review(review.customer_id, review.product_id)
        item |= {"customer_id": review.customer_id, GSI1PK: mine.pk, GSI1SK: mine.sk}
    if review.status == "pending":
        waiting = keys.gsi2_reviews_pending(item["created_at"])
        item |= {GSI2PK: waiting.pk, GSI2SK: waiting.sk}
    return item


def _from_item(item: Mapping[str, Any]) -> Review:
    customer_id = item.get("customer_id")
    return Review(
        id=ReviewId(str(item["id"])),
        product_id=ProductId(str(item["product_id"])),
        rating=int(item["rating"]),
        title=str(item["title"]),
        body=str(item["body"]),
        author=str(item["author"]),
        verified_purchase=bool(item["verified_purchase"]),
        status=cast("ReviewStatus", item["status"]),
        created_at=from_rfc3339(str(item["created_at"])),
        customer_id=None if customer_id is None else CustomerId(str(customer_id)),
    )
