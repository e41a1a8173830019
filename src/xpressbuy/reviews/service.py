"""Reviews: reading a page, writing one, loading many. The rating on the product changes in the same unit."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence

from xpressbuy.catalog.model import Product, Rating
from xpressbuy.catalog.service import Catalog
from xpressbuy.kit.actor import Actor
from xpressbuy.kit.clock import Clock, FixedClock, to_rfc3339
from xpressbuy.kit.errors import Conflict, Denied, NotFound, Unauthenticated
from xpressbuy.kit.ids import CustomerId, Ids, ProductId, ReviewId
from xpressbuy.kit.page import Page
from xpressbuy.reviews import store as writes
from xpressbuy.reviews.model import (
    BODY_MAX,
    TITLE_MAX,
    Review,
    SampleReview,
    first_status,
    public_name,
)
from xpressbuy.reviews.store import ReviewStore
from xpressbuy.table.cursor import Cursors
from xpressbuy.table.unit import Commit, Unit, UnitRefused

HasBought = Callable[[CustomerId, ProductId], Awaitable[bool]]
FIRST_PAGES_MAX = 2_000
"""First pages kept: about 10 KB each, 20 MB at worst."""
LOADED_AT_ONCE = 90
"""Reviews in one unit of a load; with the rating and the feed entry it stays under 100 writes."""


class Reviews:
    """One instance a process."""

    def __init__(
        self,
        catalog: Catalog,
        store: ReviewStore,
        *,
        commit: Commit,
        cursors: Cursors,
        clock: Clock,
        ids: Ids,
        has_bought: HasBought,
    ) -> None:
        self._catalog = catalog
        self._store = store
        self._commit = commit
        self._cursors = cursors
        self._clock = clock
        self._ids = ids
        self._has_bought = has_bought
        self._first_pages: dict[tuple[ProductId, int], tuple[Rating, Page[Review]]] = {}
        self._generation = 0

    @property
    def generation(self) -> int:
        """Rises with each review taken in this process. Those of others are heard of as changes of their products."""
        return self._generation

    async def page(self, product: Product, *, limit: int, cursor: str | None = None) -> Page[Review]:
        """Approved reviews of a product, newest first: one Query, or none for a first page that is still true."""
        known = self.known_first_page(product, limit) if cursor is None else None
        if known is not None:
            return known
        # Taken before the read: a review that arrives meanwhile changes the rating and so outdates what is kept.
        rating = product.rating
        page = await self._read(product.id, limit, cursor)
        if cursor is None:
            self._keep(product.id, limit, rating, page)
        return page

    def known_first_page(self, product: Product, limit: int) -> Page[Review] | None:
        """The first page if it is known without a call. It is true as long as the product's rating is the same."""
        kept = self._first_pages.get((product.id, limit))
        return kept[1] if kept is not None and kept[0] == product.rating else None

    async def write(self, actor: Actor, product: Product, *, rating: int, title: str, body: str) -> Review:
        """A buyer's review. Denied (`not_purchased`) for others, Conflict (`already_reviewed`) for a second one."""
        if actor.customer_id is None or not actor.signed_in:
            raise Unauthenticated("unauthenticated", "Sign in to write a review.")
        if not await self._has_bought(actor.customer_id, product.id):
            raise Denied("not_purchased", "Only people who bought this can review it.")
        review = Review(
            id=ReviewId(self._ids.new("rev")),
            product_id=product.id,
            rating=rating,
            title=title,
            body=body,
            author=public_name(actor.name),
            verified_purchase=True,
            status=first_status(verified_purchase=True),
            created_at=self._clock.now(),
            customer_id=actor.customer_id,
        )
        await self._commit_one(review)
        self._forget(product.id)
        return review

    async def load_reviews(self, rows: Iterable[SampleReview]) -> int:
        """Take reviews from outside; those that were taken before are left alone. Returns how many are new.

        KeyError if a row names a product that is not in the shop.
        """
        by_group: defaultdict[tuple[ProductId, int], list[Review]] = defaultdict(list)
        for row in rows:
            product = self._catalog.by_slug(row.product_slug)
            if product is None:
                raise KeyError(row.product_slug)
            by_group[product.id, row.rating].append(_loaded(row, product.id))
        taken = 0
        for (product_id, stars), reviews in by_group.items():
            present = await self._store.present(reviews)
            fresh = list({review.id: review for review in reviews if review.id not in present}.values())
            for begin in range(0, len(fresh), LOADED_AT_ONCE):
                await self._commit_many(product_id, stars, fresh[begin : begin + LOADED_AT_ONCE])
            taken += len(fresh)
            self._forget(product_id)
        return taken

    async def _read(self, product_id: ProductId, limit: int, cursor: str | None) -> Page[Review]:
        scope = f"reviews|{product_id}"
        position = None if cursor is None else self._cursors.open(cursor, scope)
        before = None if position is None else ReviewId(str(position["before"]))
        found = await self._store.newest(product_id, limit + 1, before)
        shown = [review for review in found[:limit] if review.status == "approved"]
        more = len(found) > limit
        return Page(shown, self._cursors.seal({"before": found[limit - 1].id}, scope) if more else None)

    async def _commit_one(self, review: Review) -> None:
        unit = Unit()
        writes.add(unit, review)
        if review.status == "approved":
            self._catalog.rate(unit, review.product_id, review.rating)
            self._catalog.announce(unit, [review.product_id], kind="product")
        try:
            await self._commit(unit, None)
        except UnitRefused as refused:
            if writes.GUARD_LABEL in {failure.label for failure in refused.failures}:
                raise Conflict("already_reviewed", "You have reviewed this already.") from refused
            raise NotFound("product_not_found", "This product is not sold here.") from refused

    async def _commit_many(self, product_id: ProductId, stars: int, reviews: Sequence[Review]) -> None:
        unit = Unit()
        for review in reviews:
            writes.add(unit, review)
        self._catalog.rate(unit, product_id, stars, count=len(reviews))
        self._catalog.announce(unit, [product_id], kind="product")
        await self._commit(unit, None)

    def _keep(self, product_id: ProductId, limit: int, rating: Rating, page: Page[Review]) -> None:
        if len(self._first_pages) >= FIRST_PAGES_MAX:
            del self._first_pages[next(iter(self._first_pages))]
        self._first_pages[product_id, limit] = (rating, page)

    def _forget(self, product_id: ProductId) -> None:
        self._generation += 1
        for key in [key for key in self._first_pages if key[0] == product_id]:
            del self._first_pages[key]


def _loaded(row: SampleReview, product_id: ProductId) -> Review:
    """The same row always gives the same id, so that a load can be repeated; it sorts by the review's own time."""
    facts = "\x1f".join((product_id, str(row.rating), row.author, row.title, row.body, to_rfc3339(row.created_at)))
    digest = hashlib.sha256(facts.encode()).digest()
    return Review(
        id=ReviewId(Ids(FixedClock(row.created_at), lambda count: digest[:count]).new("rev")),
        product_id=product_id,
        rating=row.rating,
        title=row.title[:TITLE_MAX],
        body=row.body[:BODY_MAX],
        author=row.author,
        verified_purchase=row.verified_purchase,
        status="approved",
        created_at=row.created_at,
    )
