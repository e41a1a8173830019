"""Reading the catalogue from the table, by access pattern, and the two small repairs that are writes of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog

from xpressbuy.catalog.model import Category, Product, Stock
from xpressbuy.catalog.store import items, writes
from xpressbuy.catalog.store.writes import FeedKind
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.table import keys
from xpressbuy.table.client import BATCH_GET_MAX, Query, Table
from xpressbuy.table.keys import Key
from xpressbuy.table.schema import GSI1, GSI2, PK, SK
from xpressbuy.table.unit import ConditionFailed, Failure

_log = structlog.get_logger("xpressbuy.catalog")
_T = TypeVar("_T")
_UNREADABLE = (KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One announcement: which products changed, and what of them."""

    id: str
    kind: FeedKind
    product_ids: tuple[ProductId, ...]


@dataclass(frozen=True, slots=True)
class Guarded:
    """Who holds which slug and which SKU."""

    slugs: Mapping[str, ProductId]
    skus: Mapping[Sku, ProductId]


class CatalogStore:
    """The reads. An item that cannot be read is logged and left out: one bad product must not close the shop."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def products(self) -> list[Product]:
        """Every document: ten parallel queries on GSI1, more only where a bucket is over 1 MB."""
        buckets = await asyncio.gather(*(self._bucket(number) for number in range(keys.CATALOG_BUCKETS)))
        return [product for bucket in buckets for product in bucket]

    async def documents(self, product_ids: Sequence[ProductId]) -> dict[ProductId, Product]:
        """The documents of these products, consistently: 1 BatchGetItem per 100."""
        found = await self._get_all([keys.product(product_id) for product_id in product_ids])
        products = [product for item in found if (product := _readable(items.read_product, item)) is not None]
        return {product.id: product for product in products}

    async def categories(self) -> list[Category]:
        """Every category: 1 Query."""
        found = self._table.query_all(Query(keys.CATEGORIES, begins_with=keys.CATEGORY_PREFIX))
        return [category async for item in found if (category := _readable(items.read_category, item)) is not None]

    async def low_stock(self, now: datetime) -> list[Stock]:
        """Every SKU that stands in the low-stock list, lowest first: 1 Query on GSI2."""
        return await _stocks(self._table.query_all(Query(keys.LOW_STOCK, index=GSI2)), now)

    async def stocks_of_product(
        self, product_id: ProductId, now: datetime, *, consistent: bool = False
    ) -> dict[Sku, Stock]:
        """Every SKU item of a product, the withdrawn ones too: 1 Query."""
        pk = keys.product(product_id).pk
        query = Query(pk, begins_with=keys.SKU_PREFIX, consistent=consistent)
        return {stock.sku: stock for stock in await _stocks(self._table.query_all(query), now)}

    async def stocks(
        self, wanted: Sequence[tuple[ProductId, Sku]], now: datetime, *, consistent: bool = False
    ) -> dict[Sku, Stock]:
        """These SKU items: 1 BatchGetItem per 100."""
        where = [keys.sku(product_id, sku) for product_id, sku in wanted]
        found = await self._get_all(where, consistent=consistent)
        stocks = [stock for item in found if (stock := _stock(item, now)) is not None]
        return {stock.sku: stock for stock in stocks}

    async def feed_after(self, entry_id: str) -> list[FeedEntry]:
        """The announcements after this id, oldest first."""
        found = self._table.query_all(Query(keys.CATALOG_FEED, after=entry_id))
        return [entry async for item in found if (entry := _readable(_entry, item)) is not None]

    async def guards(self, slugs: Sequence[str], skus: Sequence[Sku]) -> Guarded:
        """The holders of these names, consistently: 1 BatchGetItem per 100."""
        slug_keys = {keys.slug_guard(slug): slug for slug in slugs}
        sku_keys = {keys.sku_guard(sku): sku for sku in skus}
        found = await self._get_all([*slug_keys, *sku_keys])
        held = {Key(item[PK], item[SK]): ProductId(item["product_id"]) for item in found}
        return Guarded(
            {slug: held[where] for where, slug in slug_keys.items() if where in held},
            {sku: held[where] for where, sku in sku_keys.items() if where in held},
        )

    async def product_of_sku(self, sku: Sku) -> ProductId | None:
        """Whose SKU this is: 1 GetItem on its guard."""
        item = await self._table.get(keys.sku_guard(sku), consistent=True)
        return ProductId(item["product_id"]) if item else None

    async def mark_low(self, stock: Stock) -> None:
        """Sets or removes the low-stock marker as `stock` says, unless it has changed since."""
        try:
            await self._table.write(writes.low_stock_marker(stock), repeatable=True)
        except ConditionFailed:
            return

    async def save_sold_count(self, product_id: ProductId, sold_count: int) -> None:
        """Raises the document's count to this, if it is below."""
        try:
            await self._table.write(writes.raise_sold_count(product_id, sold_count), repeatable=True)
        except ConditionFailed:
            return

    async def _bucket(self, number: int) -> list[Product]:
        found = self._table.query_all(Query(keys.catalog_bucket(number), index=GSI1))
        return [product async for item in found if (product := _readable(items.read_product, item)) is not None]

    async def _get_all(self, wanted: Sequence[Key], *, consistent: bool = True) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for part in _parts(list(dict.fromkeys(wanted)), BATCH_GET_MAX):
            found.extend((await self._table.get_many(part, consistent=consistent)).values())
        return found


def stock_of_failure(failure: Failure, now: datetime) -> Stock | None:
    """The SKU item that a refused write met. None if there is none."""
    return None if failure.item is None else _stock(failure.item, now)


async def _stocks(found: AsyncIterator[dict[str, Any]], now: datetime) -> list[Stock]:
    return [stock async for item in found if (stock := _stock(item, now)) is not None]


def _stock(item: Mapping[str, Any], now: datetime) -> Stock | None:
    return _readable(lambda known: items.read_stock(known, now), item)


def _entry(item: Mapping[str, Any]) -> FeedEntry:
    return FeedEntry(item[SK], item["kind"], tuple(ProductId(one) for one in item["product_ids"]))


def _readable(read: Callable[[Mapping[str, Any]], _T], item: Mapping[str, Any]) -> _T | None:
    try:
        return read(item)
    except _UNREADABLE as error:
        _log.error("catalog_item_unreadable", pk=item.get(PK), sk=item.get(SK), error=type(error).__name__)
        return None


def _parts(whole: Sequence[Key], size: int) -> Iterator[Sequence[Key]]:
    for begin in range(0, len(whole), size):
        yield whole[begin : begin + size]
