"""Decides what goes into a cart and shows it with prices and stock of now. Placing an order is `checkout`'s."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xpressbuy.cart import model, store
from xpressbuy.cart.model import LINES_MAX, Cart, LineProblem, Offer, Priced
from xpressbuy.cart.store import CartFull, Carts
from xpressbuy.catalog.model import Stock
from xpressbuy.catalog.service import Catalog
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Conflict, ErrorItem, Invalid, NotFound, Unavailable
from xpressbuy.kit.ids import CustomerId, Ids, Sku
from xpressbuy.table.unit import Commit, Unit, UnitRefused

MERGE_ATTEMPTS_MAX = 6
"""Two tabs that sign in at once need two; more means that somebody clicks very fast."""
MERGE_PAUSE_SECONDS = 0.02
SAFE_UNSEEN_QUANTITY = 1
"""A SKU whose stock nobody has looked at is above its low-stock threshold, so one unit is surely there."""


@dataclass(frozen=True, slots=True)
class CartService:
    """`currency` is the shop's. `commit` commits a unit, as `Table.commit` does."""

    carts: Carts
    catalog: Catalog
    commit: Commit
    clock: Clock
    ids: Ids
    currency: str

    async def get(self, customer_id: CustomerId | None) -> Cart:
        """The cart: 1 call; an empty one, without a call, for somebody who has no id yet."""
        return await self.carts.get(customer_id) if customer_id else Cart(None)

    async def count(self, customer_id: CustomerId | None) -> int:
        """Units in the cart: 1 call."""
        return (await self.get(customer_id)).units

    async def price_now(self, lines: Mapping[Sku, int]) -> Priced:
        """Lines with prices and stock at most 2 s old: no call or 1."""
        known = [sku for sku in lines if self.catalog.find_variant(sku)]
        stocks = await self.catalog.stock_of(known) if known else {}
        return model.price(lines, self.offers(lines, stocks), self.currency)

    def price_from_memory(self, lines: Mapping[Sku, int]) -> Priced:
        """Lines as this process knows them, without a call."""
        return model.price(lines, self.offers(lines), self.currency)

    def offers(self, skus: Iterable[Sku], stocks: Mapping[Sku, Stock] | None = None) -> dict[Sku, Offer]:
        """What can be bought of these SKUs; hidden and unknown ones are left out."""
        found: dict[Sku, Offer] = {}
        for sku in skus:
            if (known := self.catalog.find_variant(sku)) is not None:
                stock = (stocks or {}).get(sku) or self.catalog.known_stock(sku)
                found[sku] = model.offer(*known, stock)
        return found

    async def set_line(self, customer_id: CustomerId, sku: Sku, quantity: int, *, new: bool = False) -> Cart:
        """Gives a line its quantity; 0 takes it out. `new` says that this customer cannot have a cart yet.

        NotFound for a SKU that nobody sees, Conflict if there is not that much of it or no room for another line.
        """
        if quantity == 0:
            return await self.remove_line(customer_id, sku)
        await self._refuse_impossible(sku, quantity)
        new_id = self.ids.new("crt")
        try:
            now = self.clock.now()
            if new and (made := await self.carts.first_line(customer_id, sku, quantity, new_id=new_id, now=now)):
                return made
            return await self.carts.set_line(customer_id, sku, quantity, new_id=new_id, now=now)
        except CartFull:
            raise Conflict("cart_full", f"A cart holds {LINES_MAX} different things. Take something out.") from None

    async def remove_line(self, customer_id: CustomerId, sku: Sku) -> Cart:
        """Takes a line out. Whether it was there makes no difference."""
        return await self.carts.remove_line(customer_id, sku, now=self.clock.now())

    async def merge(self, guest_id: CustomerId, customer_id: CustomerId) -> Cart:
        """Moves a guest's cart into a customer's, once: 1 read and 1 transaction.

        The guest's cart is emptied in the same transaction, so repeating the merge finds nothing left to move. What is
        over the number of lines stays in the guest's cart rather than be lost.
        """
        for attempt in range(MERGE_ATTEMPTS_MAX):
            guest, own = await self.carts.get_both(guest_id, customer_id)
            merged = model.merge(guest.lines, own.lines, await self._left_of_both(guest, own))
            if guest_id == customer_id or merged.left == guest.lines:
                return own
            unit, now = Unit(), self.clock.now()
            new_id = self.ids.new("crt")
            store.replace_lines(unit, store.GUEST_LABEL, guest, merged.left, new_id=new_id, now=now)
            store.replace_lines(unit, store.OWN_LABEL, own, merged.moved, new_id=new_id, now=now)
            try:
                await self.commit(unit, None)
            except UnitRefused:
                await asyncio.sleep(MERGE_PAUSE_SECONDS * attempt)
                continue
            return Cart(customer_id, own.id or new_id, own.version + 1, merged.moved)
        raise Unavailable("busy", "Your cart is being changed elsewhere. Try again.", retry_after_seconds=1)

    def clear(self, unit: Unit, customer_id: CustomerId, version: int) -> None:
        """Adds to a unit: the cart is emptied if it still has this version. Its label is `cart`."""
        cart = Cart(customer_id, version=version)
        store.replace_lines(unit, store.OWN_LABEL, cart, {}, new_id="", now=self.clock.now())

    def parse(self, customer_id: CustomerId, item: Mapping[str, Any] | None) -> Cart:
        """The cart in an item that somebody else has read, or in the item of a failed `cart` write."""
        return store.read_cart(customer_id, item)

    async def _refuse_impossible(self, sku: Sku, quantity: int) -> None:
        offered = self.offers([sku]).get(sku)
        if offered is None:
            raise NotFound("not_found", "There is no such thing to buy.")
        unseen = offered.available is None and quantity > SAFE_UNSEEN_QUANTITY
        if unseen or model.problem_of(quantity, offered) is not None:
            # Before refusing, look: what this process remembers may be a moment old.
            offered = self.offers([sku], await self.catalog.stock_of([sku]))[sku]
        problem = model.problem_of(quantity, offered)
        if problem is LineProblem.TOO_MUCH:
            raise Invalid("quantity_too_large", "That comes to more than one order can hold.")
        if problem is not None:
            available = (offered.available or 0) if offered.sellable else 0
            raise Conflict("insufficient_stock", say_stock(available), errors=[stock_error(sku, available)])

    async def _left_of_both(self, guest: Cart, own: Cart) -> dict[Sku, int]:
        """Stock of what lies in both carts, from memory; a call only for what this process has never seen."""
        shared = [sku for sku in guest.lines if sku in own.lines and self.catalog.find_variant(sku)]
        known = {sku: stock for sku in shared if (stock := self.catalog.known_stock(sku)) is not None}
        unseen = [sku for sku in shared if sku not in known]
        seen = {**known, **(await self.catalog.stock_of(unseen) if unseen else {})}
        return {sku: max(stock.available, 0) for sku, stock in seen.items() if stock.sellable}


def say_stock(available: int) -> str:
    """How much is left, in a sentence."""
    return f"Only {available} left." if available > 0 else "Sold out."


def stock_error(sku: Sku, available: int) -> ErrorItem:
    """The line that cannot be had, with what is left of it."""
    left = max(available, 0)
    code = LineProblem.INSUFFICIENT_STOCK if left else LineProblem.SOLD_OUT
    return ErrorItem(line_pointer(sku), code, say_stock(left), {"available": left})


def line_pointer(sku: Sku) -> str:
    """A line by its SKU, escaped as RFC 6901 wants it."""
    return "/lines/" + sku.replace("~", "~0").replace("/", "~1")
