"""Reads orders for whoever owns them. A new one is added to the unit of the checkout that places it."""

from __future__ import annotations

from dataclasses import dataclass

from xpressbuy.kit.errors import Malformed, NotFound
from xpressbuy.kit.ids import CustomerId, OrderId, ProductId, is_id
from xpressbuy.kit.page import Page
from xpressbuy.orders import store
from xpressbuy.orders.model import Order, OrderState
from xpressbuy.orders.store import Orders
from xpressbuy.table.cursor import Cursors
from xpressbuy.table.unit import Unit

BOUGHT_PAGE = 100
BOUGHT_PAGES_MAX = 2
"""A review needs an order among the customer's last 200: at most two calls."""


@dataclass(frozen=True, slots=True)
class OrderService:
    """Everything is asked for by the customer, so nobody finds another's."""

    orders: Orders
    cursors: Cursors

    async def get(self, customer_id: CustomerId, order_id: str) -> Order:
        """NotFound alike for an order of somebody else, one that is not there and what is no id: at most 1 call."""
        order = await self.orders.get(customer_id, OrderId(order_id)) if is_id(order_id, "ord") else None
        if order is None:
            raise NotFound("not_found", "There is no such order.")
        return order

    async def page(self, customer_id: CustomerId, *, limit: int, cursor: str | None) -> Page[Order]:
        """Newest first: 1 call."""
        scope = f"orders|{customer_id}"
        before = self._position(cursor, scope) if cursor is not None else None
        found, last = await self.orders.page_of_customer(customer_id, limit=limit, before=before)
        return Page(found, self.cursors.seal({"before": last}, scope) if last else None)

    async def has_bought(self, customer_id: CustomerId, product_id: ProductId) -> bool:
        """Whether one of the last 200 orders holds the product and was not cancelled: at most 2 calls."""
        before: OrderId | None = None
        for _ in range(BOUGHT_PAGES_MAX):
            found, before = await self.orders.page_of_customer(customer_id, limit=BOUGHT_PAGE, before=before)
            kept = (order for order in found if order.state is not OrderState.CANCELLED)
            if any(line.product_id == product_id for order in kept for line in order.lines):
                return True
            if before is None:
                return False
        return False

    def place(self, unit: Unit, order: Order) -> None:
        """Adds a new order and the mail that it owes; labels `order` and `mail`."""
        store.place(unit, order)

    def _position(self, cursor: str, scope: str) -> OrderId:
        before = self.cursors.open(cursor, scope).get("before")
        if not isinstance(before, str):
            raise Malformed("bad_cursor", "This cursor belongs to no list that you asked for. Start again without it.")
        return OrderId(before)
