"""The catalogue as one object: what a process has in memory, packed, so that the next one need not read it all again.

JSON in gzip, with the documents as the table has them. Names that are not known here are left alone, so that more can
be put beside them; a change of what is here needs another `FORMAT`.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from xpressbuy.catalog.model import Category, Product, Stock
from xpressbuy.catalog.store import items
from xpressbuy.kit.clock import from_rfc3339, to_rfc3339
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.table.schema import GSI1PK, GSI1SK, PK, SK

FORMAT = 1
KEY = f"snapshots/catalog.v{FORMAT}.json.gz"
"""Another format has another key, so that two versions of the shop side by side do not take each other's away."""
CONTENT_TYPE = "application/gzip"
UNPACKED_BYTES_MAX = 256 * 1024 * 1024
"""Some 50,000 products. Whoever has more reads the table."""
PACKING_LEVEL = 4
"""Of 1,000 products: 4 takes a third of 9's time for a tenth more bytes."""
_WHOLE_GZIP = 31
_NOT_KEPT = frozenset({SK, GSI1PK, GSI1SK})


class Unusable(Exception):
    """It is damaged, of another format or of another shop."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A catalogue as of `heard_at`, the last time its feed was read; all of it was read from the table at `loaded_at`.

    `stocks` are those that were seen by then, each with its own time.
    """

    shop: str
    heard_at: datetime
    loaded_at: datetime
    products: tuple[Product, ...]
    categories: tuple[Category, ...]
    stocks: tuple[Stock, ...]


def pack(snapshot: Snapshot) -> bytes:
    """The object's bytes."""
    document = {
        "format": FORMAT,
        "shop": snapshot.shop,
        "heard_at": to_rfc3339(snapshot.heard_at),
        "loaded_at": to_rfc3339(snapshot.loaded_at),
        "categories": [_category_value(category) for category in snapshot.categories],
        "products": [_product_value(product) for product in snapshot.products],
        "stocks": [_stock_value(stock) for stock in snapshot.stocks],
    }
    return gzip.compress(orjson.dumps(document), compresslevel=PACKING_LEVEL, mtime=0)


def unpack(body: bytes, shop: str) -> Snapshot:
    """What `pack` made for this shop. Unusable for anything else."""
    try:
        unpacker = zlib.decompressobj(wbits=_WHOLE_GZIP)
        text = unpacker.decompress(body, UNPACKED_BYTES_MAX)
        if not unpacker.eof:
            raise Unusable("too large or cut off")
        document = orjson.loads(text)
        if document["format"] != FORMAT or document["shop"] != shop:
            raise Unusable("of another format or shop")
        return Snapshot(
            shop=shop,
            heard_at=from_rfc3339(document["heard_at"]),
            loaded_at=from_rfc3339(document["loaded_at"]),
            products=tuple(map(items.read_product, document["products"])),
            categories=tuple(map(items.read_category, document["categories"])),
            stocks=tuple(map(_read_stock, document["stocks"])),
        )
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unusable(type(error).__name__) from None


def _product_value(product: Product) -> dict[str, Any]:
    return {name: value for name, value in items.product_item(product).items() if name not in _NOT_KEPT}


def _category_value(category: Category) -> dict[str, Any]:
    return {name: value for name, value in items.category_item(category).items() if name != PK}


def _stock_value(stock: Stock) -> dict[str, Any]:
    old = stock.compare_at_price
    value = {
        "sku": stock.sku,
        "product_id": stock.product_id,
        "available": stock.available,
        "price": stock.price.amount,
        "currency": stock.price.currency,
        "compare_at_price": old.amount if old else None,
        "price_version": stock.price_version,
        "sellable": stock.sellable,
        "seen_at": to_rfc3339(stock.seen_at),
        "reserved": stock.reserved,
        "sold": stock.sold,
        "low_stock_at": stock.low_stock_at,
        "counted": stock.counted,
        "tracked": stock.tracked,
        "marked_low": stock.marked_low,
        "marked_at": stock.marked_at,
    }
    return {name: given for name, given in value.items() if given is not None}


def _read_stock(value: Mapping[str, Any]) -> Stock:
    currency, old = value["currency"], value.get("compare_at_price")
    return Stock(
        sku=Sku(value["sku"]),
        product_id=ProductId(value["product_id"]),
        available=value["available"],
        price=Money(value["price"], currency),
        compare_at_price=None if old is None else Money(old, currency),
        price_version=value["price_version"],
        sellable=value["sellable"],
        seen_at=from_rfc3339(value["seen_at"]),
        reserved=value["reserved"],
        sold=value["sold"],
        low_stock_at=value["low_stock_at"],
        counted=value.get("counted"),
        tracked=value["tracked"],
        marked_low=value["marked_low"],
        marked_at=value.get("marked_at"),
    )
