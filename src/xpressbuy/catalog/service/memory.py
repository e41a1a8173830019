"""The catalogue inside one process: dictionaries over products and what was last seen of their stock. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from xpressbuy.catalog.model import Category, Product, Stock, Variant
from xpressbuy.kit.ids import ProductId, Sku


class Memory:
    """Grows with the catalogue and with nothing else: one entry a product, a SKU, a category."""

    def __init__(self) -> None:
        self._products: dict[ProductId, Product] = {}
        self._ids_by_slug: dict[str, ProductId] = {}
        self._ids_by_sku: dict[Sku, ProductId] = {}
        self._stock: dict[Sku, Stock] = {}
        self._categories: dict[str, Category] = {}
        self._visible: tuple[Product, ...] | None = None
        self._ordered: tuple[Category, ...] = ()
        self._changes = 0

    @property
    def changes(self) -> int:
        """Rises with each change of what is shown. How many are left does not count, only whether any are."""
        return self._changes

    def put(self, product: Product) -> None:
        """Takes a product in, in place of what was known of it."""
        product = self._priced(product)
        former = self._products.get(product.id)
        sold_count = max(product.sold_count, former.sold_count if former else 0)
        if sold_count != product.sold_count:
            product = replace(product, sold_count=sold_count)
        if former is not None:
            self._forget_names(former)
        self._products[product.id] = product
        self._ids_by_slug[product.slug] = product.id
        for variant in product.variants:
            self._ids_by_sku[variant.sku] = product.id
        self._visible = None
        self._changes += 1

    def remove(self, product_id: ProductId) -> None:
        """Forgets a product that is no longer in the table."""
        former = self._products.pop(product_id, None)
        if former is not None:
            self._forget_names(former)
            for variant in former.variants:
                self._stock.pop(variant.sku, None)
            self._visible = None
            self._changes += 1

    def put_categories(self, categories: Iterable[Category]) -> None:
        """Takes all categories in, in place of those known."""
        self._ordered = tuple(sorted(categories, key=lambda one: (one.position, one.name.casefold(), one.slug)))
        self._categories = {category.slug: category for category in self._ordered}
        self._changes += 1

    def remember(self, stocks: Iterable[Stock]) -> None:
        """Keeps what was seen of SKUs that are listed, unless something later was seen already."""
        for stock in stocks:
            known = self._stock.get(stock.sku)
            if stock.sku in self._ids_by_sku and (known is None or known.seen_at <= stock.seen_at):
                self._stock[stock.sku] = stock
                # Never seen means in stock, so the first look at a SKU is a change only if there is none.
                self._changes += stock.in_stock != (known is None or known.in_stock)
                self._correct_price(stock)

    def product(self, product_id: ProductId) -> Product | None:
        """A product, whatever its status."""
        return self._products.get(product_id)

    def by_slug(self, slug: str) -> Product | None:
        """A product by its address, whatever its status."""
        product_id = self._ids_by_slug.get(slug)
        return None if product_id is None else self._products.get(product_id)

    def find_variant(self, sku: str) -> tuple[Product, Variant] | None:
        """A variant and its product, whatever the status."""
        product_id = self._ids_by_sku.get(Sku(sku))
        product = None if product_id is None else self._products.get(product_id)
        variant = None if product is None else product.variant(sku)
        return None if product is None or variant is None else (product, variant)

    def visible(self) -> tuple[Product, ...]:
        """What shoppers see, newest first."""
        if self._visible is None:
            shown = (product for product in self._products.values() if product.visible)
            self._visible = tuple(sorted(shown, key=lambda one: (one.created_at, one.id), reverse=True))
        return self._visible

    def ids(self) -> tuple[ProductId, ...]:
        """Every product."""
        return tuple(self._products)

    def products(self) -> tuple[Product, ...]:
        """Every product, whatever its status."""
        return tuple(self._products.values())

    def stocks(self) -> tuple[Stock, ...]:
        """All that was seen of SKUs."""
        return tuple(self._stock.values())

    def categories(self) -> tuple[Category, ...]:
        """By position, then by name."""
        return self._ordered

    def category(self, slug: str) -> Category | None:
        """A category by its address."""
        return self._categories.get(slug)

    def stock(self, sku: str) -> Stock | None:
        """What was last seen of a SKU."""
        return self._stock.get(Sku(sku))

    def stock_since(self, sku: str, now: datetime, age: timedelta) -> Stock | None:
        """What was seen of a SKU, if that is younger than `age`."""
        known = self._stock.get(Sku(sku))
        return known if known is not None and now - known.seen_at < age else None

    def count_sold(self, product_ids: Sequence[ProductId]) -> list[ProductId]:
        """Raises `sold_count` to the sum of what its SKUs have sold. Gives those that rose.

        Only where every SKU was seen; a sum over some would be too low, and then it is not below anyway.
        """
        rose: list[ProductId] = []
        for product_id in product_ids:
            product = self._products.get(product_id)
            if product is None:
                continue
            sold = sum(stock.sold for variant in product.variants if (stock := self._stock.get(variant.sku)))
            if sold > product.sold_count:
                self._products[product_id] = replace(product, sold_count=sold)
                self._visible = None
                self._changes += 1
                rose.append(product_id)
        return rose

    def _correct_price(self, stock: Stock) -> None:
        """Where the SKU's item has a later price than the document, it is right: it is what an order is held to.

        So it is for the moments between the units of a large change, and after one that did not come to its end.
        """
        found = self.find_variant(stock.sku)
        if found is not None and found[1].price_version < stock.price_version:
            self.put(found[0])

    def _priced(self, product: Product) -> Product:
        seen = {variant.sku: self._stock.get(variant.sku) for variant in product.variants}
        variants = tuple(
            replace(
                variant,
                price=stock.price,
                compare_at_price=stock.compare_at_price,
                price_version=stock.price_version,
            )
            if (stock := seen[variant.sku]) is not None and stock.price_version > variant.price_version
            else variant
            for variant in product.variants
        )
        return product if variants == product.variants else replace(product, variants=variants)

    def _forget_names(self, former: Product) -> None:
        if self._ids_by_slug.get(former.slug) == former.id:
            del self._ids_by_slug[former.slug]
        for variant in former.variants:
            if self._ids_by_sku.get(variant.sku) == former.id:
                del self._ids_by_sku[variant.sku]
