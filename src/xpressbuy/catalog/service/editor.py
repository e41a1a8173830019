"""Changing the catalogue: a product with its SKUs and names in one unit, stock by adding, categories as wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from xpressbuy.catalog.model import Category, Product, ProductDraft, Stock, check_draft
from xpressbuy.catalog.model.category import check_categories
from xpressbuy.catalog.model.changes import Changes, SkuChange, plan_changes
from xpressbuy.catalog.model.stock import STOCK_MAX
from xpressbuy.catalog.store import CatalogStore, FeedKind, writes
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Conflict, ErrorItem, Invalid, NotFound
from xpressbuy.kit.ids import Ids, ProductId, Sku
from xpressbuy.table.unit import UNIT_WRITES_MAX, Commit, Unit, UnitRefused

STOCK_TRIES_MAX = 5
"""Setting a stock to a number gives way to sales in between; five in a row while one reads is a sale a millisecond."""
CATEGORIES_PER_UNIT = UNIT_WRITES_MAX - 2
"""Beside them the feed entry and the audit entry."""


class CatalogEditor:
    """Commands of operators and of imports. `actor` is who is named in the audit trail."""

    def __init__(self, store: CatalogStore, commit: Commit, clock: Clock, ids: Ids, *, currency: str) -> None:
        self._store = store
        self._commit = commit
        self._clock = clock
        self._ids = ids
        self.currency = currency

    async def create(self, draft: ProductDraft, *, actor: str) -> Product:
        """A new product. Invalid, or Conflict (`slug_taken`, `sku_taken`)."""
        self._check(draft)
        changes = plan_changes(None, {}, draft, product_id=ProductId(self._ids.new("prd")), now=self._clock.now())
        assert changes.product is not None
        await self.save(changes, changes.product.id, None, actor=actor)
        return changes.product

    async def update(self, product_id: ProductId, draft: ProductDraft, *, version: int, actor: str) -> Product:
        """The product as wanted, if it still is at `version`. NotFound, Invalid, or Conflict (`product_changed` …)."""
        self._check(draft)
        now = self._clock.now()
        existing = (await self._store.documents([product_id])).get(product_id)
        if existing is None:
            raise NotFound("product_not_found", "There is no such product.")
        if existing.version != version:
            raise _product_changed()
        stocks = await self._store.stocks_of_product(product_id, now, consistent=True)
        changes = plan_changes(existing, stocks, draft, product_id=product_id, now=now)
        if not changes.nothing:
            await self.save(changes, product_id, existing, actor=actor)
        return changes.product or existing

    async def save(self, changes: Changes, product_id: ProductId, existing: Product | None, *, actor: str) -> None:
        """Writes a plan: one unit, or several when there are more than 47 SKUs. Conflict if something is in the way.

        Several units begin with the slug's guard, so that a run that died is found again by its slug and ended; they
        end with the document, so that nobody sees a half.
        """
        parts = changes.units()
        for index, part in enumerate(parts):
            unit = Unit()
            first, last = index == 0, index == len(parts) - 1
            if first and changes.product is not None and (changes.created or changes.former_slug):
                unit.add("slug", writes.guard_slug(changes.product.slug, product_id))
            for change in part:
                _add_sku(unit, product_id, change)
            if last:
                self._end(unit, changes, product_id, existing, actor)
            elif existing is not None:
                unit.add("product", writes.still(product_id, existing.version))
            try:
                await self._commit(unit, None)
            except UnitRefused as refused:
                _explain(refused)

    async def set_stock(
        self, sku: Sku, *, actor: str, reason: str, delta: int | None = None, available: int | None = None
    ) -> Stock:
        """Adds `delta` to a SKU's stock, or makes it `available`. NotFound, or Conflict (`insufficient_stock` …)."""
        if (delta is None) == (available is None):
            raise ValueError("either delta or available")
        if abs(delta or 0) > STOCK_MAX or not 0 <= (available or 0) <= STOCK_MAX:
            raise Invalid("bad_stock", f"A stock lies between 0 and {STOCK_MAX}.")
        product_id = await self._store.product_of_sku(sku)
        for _ in range(STOCK_TRIES_MAX):
            before = await self._stock(product_id, sku)
            step = delta if delta is not None else (available or 0) - before.available
            unit = Unit()
            seen = before.available if available is not None else None
            unit.add("stock", writes.move_stock(before.product_id, sku, step, seen=seen))
            facts = {"sku": sku, "before": before.available, "delta": step, "reason": reason}
            self._note(unit, "stock", [before.product_id], actor=actor, action="stock_set", facts=facts)
            try:
                await self._commit(unit, None)
            except UnitRefused:
                if delta is not None:
                    raise await self._too_few(before.product_id, sku) from None
                continue
            after = await self._stock(product_id, sku)
            if after.marker_wrong:
                await self._store.mark_low(after)
            return after
        raise Conflict("stock_changed", "The stock keeps changing. Try again in a moment.")

    async def put_categories(self, categories: Sequence[Category], *, actor: str) -> int:
        """Adds these categories, or changes those that are there. Gives how many were written."""
        known = {category.slug: category for category in await self._store.categories()}
        errors = check_categories(categories, known)
        if errors:
            raise Invalid("categories_invalid", "These categories cannot be saved as they are.", errors=errors)
        wanted = [category for category in categories if known.get(category.slug) != category]
        for begin in range(0, len(wanted), CATEGORIES_PER_UNIT):
            unit = Unit()
            part = wanted[begin : begin + CATEGORIES_PER_UNIT]
            for category in part:
                unit.add(f"category:{category.slug}", writes.category_upsert(category))
            facts = {"slugs": [category.slug for category in part]}
            self._note(unit, "category", [], actor=actor, action="categories_put", facts=facts)
            await self._commit(unit, None)
        return len(wanted)

    def _check(self, draft: ProductDraft) -> None:
        errors = check_draft(draft, self.currency)
        if errors:
            raise Invalid("product_invalid", "This product cannot be saved as it is.", errors=errors)

    def _end(self, unit: Unit, changes: Changes, product_id: ProductId, existing: Product | None, actor: str) -> None:
        product = changes.product
        if product is not None and existing is None:
            unit.add("product", writes.create_product(product))
        elif product is not None and existing is not None:
            unit.add("product", writes.change_product(product, existing.version))
        if changes.former_slug:
            unit.add("former_slug", writes.free_slug(changes.former_slug, product_id))
        action = "product_created" if changes.created else "product_changed"
        self._note(unit, "product", [product_id], actor=actor, action=action, facts=_facts(changes, existing))

    def _note(
        self,
        unit: Unit,
        kind: FeedKind,
        product_ids: Sequence[ProductId],
        *,
        actor: str,
        action: str,
        facts: Mapping[str, Any],
    ) -> None:
        now = self._clock.now()
        subject = product_ids[0] if product_ids else "categories"
        unit.add("feed", writes.announcement(self._ids.new("evt"), kind, product_ids, now))
        unit.add(
            "audit",
            writes.audit_entry(self._ids.new("aud"), "PRODUCT", subject, now, actor=actor, action=action, facts=facts),
        )

    async def _stock(self, product_id: ProductId | None, sku: Sku) -> Stock:
        found = await self._store.stocks([(product_id, sku)], self._clock.now(), consistent=True) if product_id else {}
        if sku not in found:
            raise NotFound("sku_not_found", "There is no such SKU.")
        return found[sku]

    async def _too_few(self, product_id: ProductId, sku: Sku) -> Conflict:
        left = (await self._stock(product_id, sku)).available
        item = ErrorItem("/delta", "insufficient_stock", f"There are {left}.", {"available": left})
        return Conflict("insufficient_stock", "There is not as much in stock as you take away.", errors=[item])


def _add_sku(unit: Unit, product_id: ProductId, change: SkuChange) -> None:
    sku = change.variant.sku
    if change.new:
        unit.add(f"guard:{sku}", writes.guard_sku(sku, product_id))
        unit.add(f"sku:{sku}", writes.create_sku(product_id, change))
    else:
        unit.add(f"sku:{sku}", writes.change_sku(product_id, change))


def _facts(changes: Changes, existing: Product | None) -> dict[str, Any]:
    """Names of the attributes that differ, and of each SKU what became of price and stock: small, and enough to ask."""
    facts: dict[str, Any] = {}
    product = changes.product
    if product is not None and existing is not None:
        names = (name for name in Product.__dataclass_fields__ if name not in {"version", "updated_at"})
        facts["changed"] = [name for name in names if getattr(product, name) != getattr(existing, name)]
    facts["skus"] = {
        change.variant.sku: {
            "price": change.variant.price.amount,
            **({"was_available": change.seen_available} if change.seen_available is not None else {}),
            **({"available": change.stock} if change.stock is not None else {}),
        }
        for change in changes.skus
    }
    return facts


def _product_changed() -> Conflict:
    return Conflict("product_changed", "Somebody else changed this product meanwhile. Load it again and repeat.")


def _explain(refused: UnitRefused) -> NoReturn:
    labels = sorted(refused.labels())
    if "product" in labels:
        raise _product_changed() from refused
    if "slug" in labels:
        raise Conflict("slug_taken", "Another product already has this address.") from refused
    taken = [label.removeprefix("guard:") for label in labels if label.startswith("guard:")]
    if taken:
        errors = [ErrorItem("/variants", "sku_taken", f"{sku} belongs to another product.") for sku in taken]
        raise Conflict("sku_taken", "A SKU belongs to another product.", errors=errors) from refused
    # A SKU's own condition: its price was changed, or its stock was sold from, since the plan was made.
    raise _product_changed() from refused
