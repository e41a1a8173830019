"""Reading stock: seldom, once for all who ask at the same time, and with an eye for wrong low-stock markers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from xpressbuy.catalog.model import Stock
from xpressbuy.catalog.service.memory import Memory
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.ids import ProductId, Sku

FRESH = timedelta(seconds=2)
SKUS_MAX = 100
"""One BatchGetItem. A cart has at most 50 lines."""
REPAIRS_MAX = 1_000
"""Markers waiting to be put right. One that does not fit is seen again."""


class StockReader:
    """`of_product` and `of` for requests; `learn` for whoever has seen stock anyway."""

    def __init__(self, store: CatalogStore, memory: Memory, clock: Clock) -> None:
        self._store = store
        self._memory = memory
        self._clock = clock
        self._read_at: dict[ProductId, datetime] = {}
        self._flights: dict[ProductId, asyncio.Task[None]] = {}
        self._wrong: dict[Sku, Stock] = {}

    async def of_product(self, product_id: ProductId) -> Mapping[Sku, Stock]:
        """Every listed SKU of a product."""
        product = self._memory.product(product_id)
        if product is None:
            return {}
        read_at = self._read_at.get(product_id)
        if read_at is None or self._clock.now() - read_at >= FRESH:
            await self._fly(product_id)
        return {
            variant.sku: stock for variant in product.variants if (stock := self._memory.stock(variant.sku)) is not None
        }

    def fresh_until(self, product_id: ProductId) -> datetime | None:
        """When what is known of a product's stock is too old to be shown. None if it was never read."""
        read_at = self._read_at.get(product_id)
        return read_at and read_at + FRESH

    async def of(self, skus: Sequence[Sku]) -> Mapping[Sku, Stock]:
        """These SKUs, from memory where it is fresh, the rest in one call."""
        if len(skus) > SKUS_MAX:
            raise ValueError("at most 100 SKUs in one read")
        now = self._clock.now()
        found: dict[Sku, Stock] = {}
        missing: list[tuple[ProductId, Sku]] = []
        for sku in dict.fromkeys(skus):
            known = self._memory.stock_since(sku, now, FRESH)
            owner = self._memory.find_variant(sku)
            if known is not None:
                found[sku] = known
            elif owner is not None:
                missing.append((owner[0].id, sku))
        if missing:
            read = await self._store.stocks(missing, now)
            self.learn(read.values())
            found |= read
        return found

    def learn(self, stocks: Iterable[Stock]) -> None:
        """Remembers what was seen, and which markers do not fit it."""
        seen = list(stocks)
        self._memory.remember(seen)
        for stock in seen:
            if stock.marker_wrong and len(self._wrong) < REPAIRS_MAX:
                self._wrong[stock.sku] = stock
            else:
                self._wrong.pop(stock.sku, None)

    async def repair(self, at_most: int = REPAIRS_MAX) -> None:
        """Puts the markers right that were seen to be wrong. Each is a write that gives way to any change meanwhile."""
        for sku, stock in list(self._wrong.items())[:at_most]:
            await self._store.mark_low(stock)
            marked = replace(stock, marked_low=stock.low, marked_at=stock.available if stock.low else None)
            self._memory.remember([marked])
            self._wrong.pop(sku, None)

    async def close(self) -> None:
        """Waits for reads under way."""
        await asyncio.gather(*self._flights.values(), return_exceptions=True)

    async def _fly(self, product_id: ProductId) -> None:
        flight = self._flights.get(product_id)
        if flight is None:
            flight = asyncio.create_task(self._read(product_id))
            self._flights[product_id] = flight
            flight.add_done_callback(lambda done: self._landed(product_id, done))
        await asyncio.shield(flight)

    def _landed(self, product_id: ProductId, flight: asyncio.Task[None]) -> None:
        self._flights.pop(product_id, None)
        if not flight.cancelled():
            flight.exception()  # everybody who waited has it; nobody waiting is no reason for a warning

    async def _read(self, product_id: ProductId) -> None:
        # The time before the read: what it finds is at least as young.
        asked_at = self._clock.now()
        read = await self._store.stocks_of_product(product_id, asked_at)
        self.learn(read.values())
        self._read_at[product_id] = asked_at
