"""Filling the catalogue from a file: what differs is written, product by product; what is wrong is told, row by row."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from xpressbuy.catalog.model import Category, Product, ProductDraft, Stock
from xpressbuy.catalog.model.category import path_categories
from xpressbuy.catalog.model.changes import Changes, plan_changes
from xpressbuy.catalog.model.imports import Findings, ImportedProduct, ImportRefused, RowError, parse, to_draft
from xpressbuy.catalog.model.names import settled_sku
from xpressbuy.catalog.model.product import IMAGES_MAX
from xpressbuy.catalog.service.editor import CatalogEditor
from xpressbuy.catalog.service.pictures import Pictures, PictureSource, PictureStore, waiting
from xpressbuy.catalog.store import CatalogStore, Guarded
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Conflict, Invalid
from xpressbuy.kit.ids import Ids, ProductId, Sku

PRODUCTS_AT_ONCE = 20
"""Read together: 20 slugs and their SKUs are 2 or 3 calls instead of 40. Written side by side, a unit a product."""
WRITES_AT_ONCE = 8
ERRORS_KEPT = 1_000
RATE_MAX = Decimal(1_000_000)
ACTOR = "import"

Outcome = Literal["created", "changed", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` products."""

    done: int
    total: int


ProgressHook = Callable[[Progress], None]


@dataclass(slots=True)
class ImportResult:
    """What became of a file. Of errors and notes the first 1,000 are kept; the counts are whole."""

    format: str
    dry_run: bool
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    categories: int = 0
    pictures_pending: int = 0
    errors_total: int = 0
    notes_total: int = 0
    errors: list[RowError] = field(default_factory=list)
    notes: list[RowError] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """One product more."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def take(self, findings: Findings) -> None:
        """What was found, as far as it fits."""
        self.errors_total += len(findings.errors)
        self.notes_total += len(findings.notes)
        self.errors += findings.errors[: ERRORS_KEPT - len(self.errors)]
        self.notes += findings.notes[: ERRORS_KEPT - len(self.notes)]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the table has of some products of a file."""

    guards: Guarded
    documents: Mapping[ProductId, Product]
    stocks: Mapping[Sku, Stock]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A product of the file with what has to be written for it."""

    product: ImportedProduct
    product_id: ProductId
    existing: Product | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run carries from product to product."""

    result: ImportResult
    pictures: Pictures
    rate: Decimal | None
    categories: dict[str, Category]
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(WRITES_AT_ONCE))


class Importer:
    """One instance may run many files, one after another."""

    def __init__(
        self,
        store: CatalogStore,
        editor: CatalogEditor,
        clock: Clock,
        ids: Ids,
        *,
        pictures: PictureStore | None = None,
    ) -> None:
        self._store = store
        self._editor = editor
        self._clock = clock
        self._ids = ids
        self._pictures = pictures

    async def run(
        self,
        chunks: Iterable[bytes],
        *,
        dry_run: bool = False,
        rate: Decimal | None = None,
        progress: ProgressHook | None = None,
        picture_source: PictureSource | None = None,
    ) -> ImportResult:
        """Imports a file. ImportRefused if it cannot be read as a whole; then nothing was written.

        `rate` turns prices in another currency into the shop's. A dry run does everything but write and render.
        """
        if rate is not None and not 0 < rate <= RATE_MAX:
            raise ImportRefused("bad_rate", "A rate is a number above zero.")
        parsed = await asyncio.to_thread(parse, chunks)
        run = _Run(
            ImportResult(parsed.format, dry_run, failed=parsed.failed),
            Pictures(self._pictures, None if dry_run else picture_source),
            rate,
            {category.slug: category for category in await self._store.categories()},
        )
        run.result.take(parsed.findings)
        done, total = 0, len(parsed.products)
        for part in _parts(parsed.products):
            known = await self._known(part)
            prepared = await asyncio.gather(*(self._prepare(product, known, run) for product in part))
            await self._categories([one for one in prepared if one is not None], run)
            await asyncio.gather(*(self._write(one, run) for one in prepared if one is not None))
            done += len(part)
            if progress is not None:
                progress(Progress(done, total))
        return run.result

    async def _prepare(self, product: ImportedProduct, known: _Known, run: _Run) -> _Prepared | None:
        """What to write for one product; None if it has errors, which are then counted and told."""
        findings = Findings()
        product_id = known.guards.slugs.get(product.slug) or ProductId(self._ids.new("prd"))
        existing = known.documents.get(product_id)
        async with run.turns:
            images = await run.pictures.records(product.images, existing, row=product.row, findings=findings)
        draft = to_draft(
            product,
            currency=self._editor.currency,
            rate=run.rate,
            images=images,
            categories=run.categories,
            findings=findings,
        )
        if draft is not None:
            for variant, source in zip(draft.variants, product.variants, strict=True):
                if known.guards.skus.get(variant.sku, product_id) != product_id:
                    findings.error(source.row, "sku", "sku_taken", "This SKU belongs to another product of the shop.")
        run.result.take(findings)
        if draft is None or findings.errors:
            run.result.count("failed")
            return None
        draft = _with_uploaded(draft, existing)
        run.result.pictures_pending += waiting(images)
        stocks = {sku: stock for sku, stock in known.stocks.items() if stock.product_id == product_id}
        changes = plan_changes(existing, stocks, draft, product_id=product_id, now=self._clock.now())
        return _Prepared(product, product_id, existing, changes)

    async def _write(self, prepared: _Prepared, run: _Run) -> None:
        changes = prepared.changes
        outcome: Outcome = "created" if changes.created else "unchanged" if changes.nothing else "changed"
        if not changes.nothing and not run.result.dry_run:
            async with run.turns:
                try:
                    await self._editor.save(changes, prepared.product_id, prepared.existing, actor=ACTOR)
                except Conflict as conflict:
                    findings = Findings()
                    findings.error(prepared.product.row, "", conflict.code, conflict.detail)
                    run.result.take(findings)
                    outcome = "failed"
        run.result.count(outcome)

    async def _known(self, products: Sequence[ImportedProduct]) -> _Known:
        """What is there of these: their guards, then the documents, then every SKU that is listed or wanted."""
        wanted = {product.slug: _skus(product) for product in products}
        guards = await self._store.guards(list(wanted), [sku for skus in wanted.values() for sku in skus])
        documents = await self._store.documents(list(dict.fromkeys(guards.slugs.values())))
        pairs: dict[tuple[ProductId, Sku], None] = {}
        for slug, product_id in guards.slugs.items():
            document = documents.get(product_id)
            listed = [variant.sku for variant in document.variants] if document else []
            pairs |= dict.fromkeys((product_id, sku) for sku in (*listed, *wanted[slug]))
        stocks = await self._store.stocks(list(pairs), self._clock.now(), consistent=True) if pairs else {}
        return _Known(guards, documents, stocks)

    async def _categories(self, prepared: Sequence[_Prepared], run: _Run) -> None:
        """Adds the categories that are missing. Those that are there stay as an operator has made them."""
        made: list[Category] = []
        paths = (path for one in prepared for path in one.product.categories)
        for category in (category for path in paths for category in path_categories(path, run.categories)):
            if category.slug not in run.categories:
                placed = replace(category, position=len(run.categories))
                run.categories[category.slug] = placed
                made.append(placed)
        run.result.categories += len(made)
        if made and not run.result.dry_run:
            try:
                await self._editor.put_categories(made, actor=ACTOR)
            except Invalid as invalid:
                raise ImportRefused("bad_categories", invalid.errors[0].detail) from invalid


def _with_uploaded(draft: ProductDraft, existing: Product | None) -> ProductDraft:
    """Pictures that an operator uploaded stand in no file; they stay, behind those of the file."""
    listed = {image.id for image in draft.images}
    uploaded = [image for image in (existing.images if existing else ()) if not image.source_url]
    kept = [image for image in uploaded if image.id not in listed][: IMAGES_MAX - len(listed)]
    return replace(draft, images=(*draft.images, *kept)) if kept else draft


def _skus(product: ImportedProduct) -> list[Sku]:
    return [settled_sku(product.slug, tuple(one.options.values()), one.sku)[0] for one in product.variants]


def _parts(products: Sequence[ImportedProduct]) -> Iterator[Sequence[ImportedProduct]]:
    for begin in range(0, len(products), PRODUCTS_AT_ONCE):
        yield products[begin : begin + PRODUCTS_AT_ONCE]
