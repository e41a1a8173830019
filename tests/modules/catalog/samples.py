"""Products for tests: drafts with as many variants as asked for, and a catalogue on a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Self

from xpressbuy.catalog.model import Option, OptionValue, ProductDraft, VariantDraft
from xpressbuy.catalog.service import Catalog, CatalogEditor
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.kit.clock import Clock, SystemClock
from xpressbuy.kit.ids import Ids, Sku
from xpressbuy.kit.money import Money
from xpressbuy.table.client import Table

CURRENCY = "USD"


def draft(slug: str = "plain-tee", *, sizes: int = 2, stock: int = 10, price: int = 1999, **more: Any) -> ProductDraft:
    """A product with one option of `sizes` values."""
    values = [f"S{number}" for number in range(sizes)]
    variants = tuple(
        VariantDraft(
            sku=Sku(f"{slug.upper()}-{value}"),
            options={"Size": value},
            price=Money(price, CURRENCY),
            compare_at_price=Money(price * 2, CURRENCY),
            stock=stock,
            low_stock_at=3,
            weight_grams=180,
        )
        for value in values
    )
    options = (Option("Size", tuple(OptionValue(value) for value in values)),)
    return ProductDraft(slug=slug, name="Plain tee", variants=variants, options=options, **more)


def editor_of(table: Table, clock: Clock | None = None) -> CatalogEditor:
    clock = clock or SystemClock()
    return CatalogEditor(CatalogStore(table), table.commit, clock, Ids(clock), currency=CURRENCY)


def catalog_of(table: Table, clock: Clock | None = None, *, poll_seconds: float = 60) -> Catalog:
    """A process's catalogue; by default it follows only when told to."""
    clock = clock or SystemClock()
    return Catalog(CatalogStore(table), clock, Ids(clock), poll_seconds=poll_seconds)


class Calls:
    """Counts the calls of a table: `with Calls(table) as calls`."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.by_action: Counter[str] = Counter()

    def __enter__(self) -> Self:
        self._table.observe(self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        self._table.observe(None)

    def _hear(self, action: str, answer: Mapping[str, Any]) -> None:
        self.by_action[action] += 1

    @property
    def total(self) -> int:
        return self.by_action.total()

    @property
    def writes(self) -> int:
        return sum(
            self.by_action[action]
            for action in ("TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")
        )
