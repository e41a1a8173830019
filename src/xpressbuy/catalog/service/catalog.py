"""The catalogue as the rest of the shop sees it: answers from memory, two reads of stock, and what an order takes.

Changing products is the editor's; lists, search and pages are built on top of this elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from xpressbuy.catalog.model import Category, Product, Stock, StockLine, Variant
from xpressbuy.catalog.service.follower import Follower
from xpressbuy.catalog.service.keeper import SAVE_EVERY, Keeper
from xpressbuy.catalog.service.memory import Memory
from xpressbuy.catalog.service.stock import StockReader
from xpressbuy.catalog.store import CatalogStore, FeedKind, announcement, count_rating, take_stock
from xpressbuy.catalog.store.reads import stock_of_failure
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.ids import Ids, ProductId, Sku
from xpressbuy.table.unit import Failure, Unit

Listener = Callable[[Sequence[ProductId]], None]
POLL_SECONDS = 1.0
NEVER = datetime.min.replace(tzinfo=UTC)


class Catalog:
    """One instance a process. `start` before anything else; without it everything is empty."""

    def __init__(
        self,
        store: CatalogStore,
        clock: Clock,
        ids: Ids,
        *,
        poll_seconds: float = POLL_SECONDS,
        keeper: Keeper | None = None,
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._memory = Memory()
        self._stock = StockReader(store, self._memory, clock)
        self._follower = Follower(store, self._memory, self._stock, clock, poll_seconds=poll_seconds, keeper=keeper)
        self._loop: asyncio.Task[None] | None = None

    async def start(self, *, follow: bool = True) -> None:
        """Reads the catalogue and begins to follow it. Raises if the table cannot be read; may then be called again.

        With `follow=False` no task is begun: the process sleeps between requests, and calls `catch_up` before each.
        """
        if self._loop is not None:
            return
        if not (self.ready and not follow):
            await self._follower.load()
        if follow:
            self._loop = asyncio.create_task(self._follower.run(), name="catalogue feed")

    async def stop(self) -> None:
        """Ends following. What is in memory stays."""
        loop, self._loop = self._loop, None
        if loop is not None:
            loop.cancel()
            await asyncio.gather(loop, return_exceptions=True)
        await self._stock.close()

    async def follow(self) -> None:
        """Reads the feed once, now, and raises what goes wrong. The loop does this once a second."""
        await self._follower.poll()

    async def catch_up(self) -> None:
        """Reads the feed if the last time is `poll_seconds` ago. Does not raise when the table is away."""
        await self._follower.catch_up()

    async def save_snapshot(self, *, every: timedelta = SAVE_EVERY) -> bool:
        """Writes a snapshot for the next start if one is due: 1 PUT. Does not raise. Whether it was written."""
        return await self._follower.save_snapshot(every=every)

    @property
    def ready(self) -> bool:
        """Whether the catalogue was read."""
        return self._follower.loaded

    def subscribe(self, listener: Listener) -> None:
        """`listener` hears the ids after products or their stock have changed in memory, and all of them at a start."""
        self._follower.subscribe(listener)

    @property
    def generation(self) -> int:
        """Rises with each change of products, categories or of what is sold out, here and in what listeners made of it.

        Two answers from memory under one generation are the same. How many are left of a SKU is beside it: that is as
        old as `stock_fresh_until` says.
        """
        return self._memory.changes + self._follower.told

    def product(self, product_id: ProductId) -> Product | None:
        """A product, whatever its status."""
        return self._memory.product(product_id)

    def by_slug(self, slug: str) -> Product | None:
        """A product that shoppers see."""
        product = self._memory.by_slug(slug)
        return product if product is not None and product.visible else None

    def find_variant(self, sku: str) -> tuple[Product, Variant] | None:
        """A variant that shoppers see, with its product."""
        found = self._memory.find_variant(sku)
        return found if found is not None and found[0].visible else None

    def products(self) -> Sequence[Product]:
        """Every product that shoppers see, newest first. The same tuple until something changes."""
        return self._memory.visible()

    def categories(self) -> Sequence[Category]:
        """All of them, by position and name."""
        return self._memory.categories()

    def category(self, slug: str) -> Category | None:
        """A category by its address."""
        return self._memory.category(slug)

    def known_stock(self, sku: str) -> Stock | None:
        """What memory has. None means never seen here: at the start that is everything above its low-stock level."""
        return self._memory.stock(sku)

    def in_stock(self, product: Product) -> bool:
        """From memory: whether any variant on sale is not known to be sold out."""
        return any(
            variant.sellable and (stock is None or stock.in_stock)
            for variant in product.variants
            for stock in (self._memory.stock(variant.sku),)
        )

    async def stock_of_product(self, product_id: ProductId) -> Mapping[Sku, Stock]:
        """Every listed SKU of a product, at most 2 s old: one Query a product per 2 s, however many ask."""
        return await self._stock.of_product(product_id)

    def stock_fresh_until(self, product_id: ProductId) -> datetime:
        """The instant at which what memory holds of a product's stock is 2 s old; long past if it was never read."""
        return self._stock.fresh_until(product_id) or NEVER

    async def stock_of(self, skus: Sequence[Sku]) -> Mapping[Sku, Stock]:
        """These SKUs, at most 2 s old: at most one BatchGetItem. Unknown ones are left out; ValueError over 100."""
        return await self._stock.of(skus)

    def take(self, unit: Unit, lines: Sequence[StockLine]) -> None:
        """Adds the sale of these lines to a unit, labelled `sku:<sku>`. ValueError if a SKU comes twice."""
        for line in lines:
            unit.add(f"sku:{line.sku}", take_stock(line))

    def stock_in(self, failure: Failure) -> Stock | None:
        """What a refused `sku:` write met, to say exactly why; memory learns it too. None if there is no such SKU."""
        stock = stock_of_failure(failure, self._clock.now())
        if stock is not None:
            self._stock.learn([stock])
        return stock

    def announce(self, unit: Unit, product_ids: Sequence[ProductId], kind: FeedKind = "stock") -> None:
        """Adds the feed entry that tells every process, this one too, labelled `feed`."""
        unit.add("feed", announcement(self._ids.new("evt"), kind, tuple(dict.fromkeys(product_ids)), self._clock.now()))

    def rate(self, unit: Unit, product_id: ProductId, stars: int, count: int = 1) -> None:
        """Adds `count` reviews of so many stars to the product's document (negative takes away), labelled `rating`."""
        if not 1 <= stars <= 5:
            raise ValueError("stars out of bounds")
        unit.add("rating", count_rating(product_id, stars, count))
