"""Keeps memory up with the table: a snapshot or a full load at the start, then the feed, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import structlog

from xpressbuy.catalog.model import Category, Product, Stock
from xpressbuy.catalog.service.keeper import SAVE_EVERY, Keeper
from xpressbuy.catalog.service.memory import Memory
from xpressbuy.catalog.service.stock import StockReader
from xpressbuy.catalog.store import CatalogStore, FeedEntry
from xpressbuy.catalog.store.snapshot import Snapshot
from xpressbuy.catalog.store.writes import FEED_KEPT
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.ids import ProductId, earliest_id

_log = structlog.get_logger("xpressbuy.catalog")

OVERLAP = timedelta(seconds=10)
"""Ids are made before their unit commits and by other clocks, so an entry may appear behind one that was seen."""
LOOKBACK = timedelta(minutes=10)
"""How far a start looks back for sales whose low-stock marker nobody lived to set."""
RELOAD_AFTER = FEED_KEPT / 2
BACKOFF_SECONDS_MAX = 30.0
PRODUCTS_AT_ONCE = 100
SAVE_SOLD_EVERY = timedelta(minutes=10)
SAVES_MAX = 200
"""Sold counts written in one turn; the rest waits for the next."""
CATCH_UP_SECONDS_MAX = 2.0
CHORES_WHILE_SOMEBODY_WAITS = 3
"""Repairs and sold counts, each a write of some milliseconds. The others wait for the next turn."""

Listener = Callable[[Sequence[ProductId]], None]


class Follower:
    """`load`, then `run` in a task of its own, or `poll` by hand."""

    def __init__(
        self,
        store: CatalogStore,
        memory: Memory,
        stock: StockReader,
        clock: Clock,
        *,
        poll_seconds: float,
        keeper: Keeper | None = None,
    ) -> None:
        self._store = store
        self._memory = memory
        self._stock = stock
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._keeper = keeper
        self._listeners: list[Listener] = []
        self._heard_at: datetime | None = None
        self._loaded_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._moved = True
        self._seen: set[str] = set()
        self._unsaved: set[ProductId] = set()
        self._saved_at = clock.now()
        self._turn = asyncio.Lock()
        self._told = 0

    @property
    def told(self) -> int:
        """How often the listeners heard of something."""
        return self._told

    @property
    def loaded(self) -> bool:
        """Whether memory holds the catalogue."""
        return self._heard_at is not None

    def subscribe(self, listener: Listener) -> None:
        """`listener` hears what changed; told at once of what is loaded already."""
        self._listeners.append(listener)
        if self.loaded:
            listener(self._memory.ids())

    async def load(self) -> None:
        """Fills memory: from a snapshot and the feed since, or from the table. Raises if the table cannot be read."""
        snapshot = await self._keeper.restore(self._heard_at) if self._keeper is not None else None
        if snapshot is not None:
            await self._restore(snapshot)
        else:
            await self._load_all()

    async def _restore(self, snapshot: Snapshot) -> None:
        """One query for the feed since, as if this process had been the one that wrote the snapshot."""
        now = self._clock.now()
        entries = await self._store.feed_after(earliest_id("evt", snapshot.heard_at - OVERLAP))
        gone = self._replace_all(snapshot.products, snapshot.categories, snapshot.stocks)
        # If following fails halfway, nothing is heard yet and all of this is done again.
        await self._follow(entries)
        self._heard_at, self._loaded_at = now, snapshot.loaded_at
        self._seen = {entry.id for entry in entries}
        self._moved = any(entry.id >= earliest_id("evt", snapshot.heard_at) for entry in entries)
        self._tell((*self._memory.ids(), *gone))

    async def _load_all(self) -> None:
        """Reads everything: ten queries for the documents, one each for categories, low stock and the feed so far."""
        started_at = self._clock.now()
        after = earliest_id("evt", started_at - LOOKBACK)
        # What changes while this is read is announced after `started_at`, and heard by the first poll.
        entries, products, categories, low = await asyncio.gather(
            self._store.feed_after(after),
            self._store.products(),
            self._store.categories(),
            self._store.low_stock(started_at),
        )
        gone = self._replace_all(products, categories, low)
        self._heard_at = self._loaded_at = started_at
        self._seen = set()
        self._moved = True
        sold = _ids_of(entry for entry in entries if entry.kind == "stock")
        await self._refresh_stock(sold)
        self._tell((*self._memory.ids(), *gone))

    def _replace_all(
        self, products: Sequence[Product], categories: Sequence[Category], stocks: Sequence[Stock]
    ) -> set[ProductId]:
        """Memory holds these and no others. Gives the products that are gone."""
        gone = set(self._memory.ids()) - {product.id for product in products}
        for product_id in gone:
            self._memory.remove(product_id)
        for product in products:
            self._memory.put(product)
        self._memory.put_categories(categories)
        self._stock.learn(stocks)
        return gone

    async def run(self) -> None:
        """Follows until cancelled. A failure is logged and waited out, longer each time; nothing ends it."""
        failures = 0
        while True:
            wait = min(self._poll_seconds * 2 ** min(failures, 10), max(BACKOFF_SECONDS_MAX, self._poll_seconds))
            await asyncio.sleep(wait)
            try:
                await self.poll()
                await self.save_snapshot()
            except Exception as error:  # noqa: BLE001 - a dead loop would show old prices for ever; the log says why
                failures += 1
                _log.warning("catalogue_feed_unread", error=type(error).__name__, failures=failures)
            else:
                failures = 0

    async def poll(self, *, chores_max: int = SAVES_MAX) -> None:
        """Reads the feed once and follows it. Then come writes that somebody has to make, so many of each kind."""
        async with self._turn:
            now = self._clock.now()
            if self._heard_at is None or now - self._heard_at > RELOAD_AFTER:
                await self.load()
                return
            after = earliest_id("evt", self._heard_at - OVERLAP)
            entries = await self._store.feed_after(after)
            fresh = [entry for entry in entries if entry.id not in self._seen]
            if fresh:
                await self._follow(fresh)
            # Only now: if following failed, the same entries are fresh again next time.
            self._heard_at = now
            self._seen = {entry.id for entry in entries}
            self._moved = self._moved or bool(fresh)
            await self._stock.repair(chores_max)
            await self._save_sold(now, chores_max)

    async def catch_up(self) -> None:
        """Reads the feed if that is due, for a process that sleeps between requests. Never raises what the table does.

        With the table away a request is answered from what was last heard, as it is by a process that polls.
        """
        now = self._clock.now()
        last = max(filter(None, (self._heard_at, self._tried_at)), default=None)
        if last is not None and timedelta() <= now - last < timedelta(seconds=self._poll_seconds):
            return
        self._tried_at = now
        try:
            async with asyncio.timeout(CATCH_UP_SECONDS_MAX):
                await self.poll(chores_max=CHORES_WHILE_SOMEBODY_WAITS)
        except Exception as error:  # noqa: BLE001 - whatever it is, the page can still be shown; the log says why
            _log.warning("catalogue_feed_unread", error=type(error).__name__)

    async def save_snapshot(self, *, every: timedelta = SAVE_EVERY) -> bool:
        """Writes a snapshot if something moved since the last and that is old enough. Whether it did."""
        if self._keeper is None or not self._moved or self._heard_at is None or self._loaded_at is None:
            return False
        if not self._keeper.due(self._heard_at, every=every):
            return False
        self._moved = False
        return await self._keeper.save(
            Snapshot(
                shop=self._keeper.shop,
                heard_at=self._heard_at,
                loaded_at=self._loaded_at,
                products=self._memory.products(),
                categories=self._memory.categories(),
                stocks=self._memory.stocks(),
            )
        )

    async def _follow(self, entries: Sequence[FeedEntry]) -> None:
        changed = _ids_of(entry for entry in entries if entry.kind == "product")
        sold = _ids_of(entry for entry in entries if entry.kind != "category")
        if any(entry.kind == "category" for entry in entries):
            self._memory.put_categories(await self._store.categories())
        for begin in range(0, len(changed), PRODUCTS_AT_ONCE):
            part = changed[begin : begin + PRODUCTS_AT_ONCE]
            found = await self._store.documents(part)
            for product_id in part:
                if product_id in found:
                    self._memory.put(found[product_id])
                else:
                    self._memory.remove(product_id)
        await self._refresh_stock(sold)
        self._tell(sold)

    async def _refresh_stock(self, product_ids: Sequence[ProductId]) -> None:
        products = [product for one in product_ids if (product := self._memory.product(one)) is not None]
        wanted = [(product.id, variant.sku) for product in products for variant in product.variants]
        for begin in range(0, len(wanted), PRODUCTS_AT_ONCE):
            part = wanted[begin : begin + PRODUCTS_AT_ONCE]
            # Consistently: an announcement is heard once, and an old copy read after it would stay.
            stocks = await self._store.stocks(part, self._clock.now(), consistent=True)
            self._stock.learn(stocks.values())
        self._unsaved.update(self._memory.count_sold(product_ids))

    async def _save_sold(self, now: datetime, at_most: int) -> None:
        """Writes counts of units sold into the documents now and then, so that the next start knows best sellers."""
        if not self._unsaved or now - self._saved_at < SAVE_SOLD_EVERY:
            return
        for product_id in list(self._unsaved)[:at_most]:
            product = self._memory.product(product_id)
            if product is not None:
                await self._store.save_sold_count(product_id, product.sold_count)
            self._unsaved.discard(product_id)
        self._saved_at = now

    def _tell(self, product_ids: Sequence[ProductId]) -> None:
        self._told += 1
        for listener in self._listeners:
            try:
                listener(product_ids)
            except Exception:  # noqa: BLE001 - a listener's fault must not hold memory back; the log says which
                _log.exception("catalogue_listener_failed")


def _ids_of(entries: Iterable[FeedEntry]) -> list[ProductId]:
    return list(dict.fromkeys(product_id for entry in entries for product_id in entry.product_ids))
