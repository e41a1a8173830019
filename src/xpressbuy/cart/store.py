"""Carts as items: one a customer, its lines a map of SKU to quantity, its version raised by every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from xpressbuy.cart.model import LINES_MAX, Cart
from xpressbuy.kit.clock import to_epoch, to_rfc3339
from xpressbuy.kit.ids import CustomerId, Sku
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.schema import EXPIRES_AT, PK, SK
from xpressbuy.table.unit import ABSENT, ConditionFailed, Put, Unit, Update

GUEST_PREFIX = "gst_"
GUEST_CART_KEPT = timedelta(days=90)
"""From its last change. The table may delete it later; nobody is harmed by a guest's cart that lives on."""
ATTEMPTS_MAX = 3
"""Update, put, update: a third is needed only if another tab made the cart in between."""
OWN_LABEL = "cart"
GUEST_LABEL = "guest_cart"

_CHANGE = "#version = #version + :one, #updated_at = :now"
_ROOM = "attribute_exists(#lines) AND (attribute_exists(#lines.#sku) OR size(#lines) < :max)"


class CartFull(Exception):
    """The cart has as many lines as it may have, and the SKU is in none of them."""


@dataclass(frozen=True, slots=True)
class Carts:
    """Reads and changes carts, one call each."""

    table: Table

    async def get(self, customer_id: CustomerId, *, consistent: bool = False) -> Cart:
        """The cart; an empty one of version 0 if it was never written."""
        return read_cart(customer_id, await self.table.get(keys.cart(customer_id), consistent=consistent))

    async def get_both(self, one: CustomerId, other: CustomerId) -> tuple[Cart, Cart]:
        """Two customers' carts as they are now: 1 BatchGetItem."""
        items = await self.table.get_many([keys.cart(one), keys.cart(other)], consistent=True)
        return read_cart(one, items.get(keys.cart(one))), read_cart(other, items.get(keys.cart(other)))

    async def set_line(self, customer_id: CustomerId, sku: Sku, quantity: int, *, new_id: str, now: datetime) -> Cart:
        """Gives a line its quantity. CartFull if there is no room for it. 1 call, 2 for a cart's first line."""
        update = Update(
            keys.cart(customer_id),
            f"SET #lines.#sku = :quantity, {_CHANGE}{_expiry(customer_id)}",
            _ROOM,
            {"quantity": quantity, "max": LINES_MAX, **_values(customer_id, now)},
            {"#sku": sku},
        )
        item = _new_item(customer_id, new_id, {sku: quantity}, now)
        for _ in range(ATTEMPTS_MAX):
            try:
                # The quantity is absolute, so an unknown outcome may be sent again.
                written = await self.table.write(update, returned="ALL_NEW", repeatable=True)
            except ConditionFailed as failed:
                if failed.item is not None:
                    raise CartFull from failed
            else:
                return read_cart(customer_id, written)
            if made := await self._make(customer_id, item):
                return made
        raise CartFull

    async def first_line(
        self, customer_id: CustomerId, sku: Sku, quantity: int, *, new_id: str, now: datetime
    ) -> Cart | None:
        """A new cart with one line: 1 call. None if there is a cart already."""
        return await self._make(customer_id, _new_item(customer_id, new_id, {sku: quantity}, now))

    async def _make(self, customer_id: CustomerId, item: dict[str, Any]) -> Cart | None:
        try:
            await self.table.write(Put(item, ABSENT), repeatable=True)
        except ConditionFailed:
            return None
        return read_cart(customer_id, item)

    async def remove_line(self, customer_id: CustomerId, sku: Sku, *, now: datetime) -> Cart:
        """Takes a line out; a cart without it stays as it is. 1 call."""
        values = _values(customer_id, now)
        update = Update(
            keys.cart(customer_id),
            f"REMOVE #lines.#sku SET {_CHANGE}{_expiry(customer_id)}",
            "attribute_exists(#lines.#sku)",
            values,
            {"#sku": sku},
        )
        try:
            return read_cart(customer_id, await self.table.write(update, returned="ALL_NEW", repeatable=True))
        except ConditionFailed as failed:
            return read_cart(customer_id, failed.item)


def read_cart(customer_id: CustomerId, item: Mapping[str, Any] | None) -> Cart:
    """The cart in an item, or an empty one."""
    if item is None:
        return Cart(customer_id)
    lines = {Sku(sku): int(quantity) for sku, quantity in item["lines"].items()}
    return Cart(customer_id, str(item["id"]), int(item["version"]), lines)


def replace_lines(unit: Unit, label: str, cart: Cart, lines: Mapping[Sku, int], *, new_id: str, now: datetime) -> None:
    """Adds to a unit: these lines instead, if nobody has changed the cart since it was read."""
    assert cart.customer_id is not None
    if cart.version == 0:
        unit.add(label, Put(_new_item(cart.customer_id, new_id, lines, now), ABSENT))
        return
    update = Update(
        keys.cart(cart.customer_id),
        f"SET #lines = :lines, {_CHANGE}{_expiry(cart.customer_id)}",
        "#version = :version",
        {"lines": dict(lines), "version": cart.version, **_values(cart.customer_id, now)},
    )
    unit.add(label, update)


def _new_item(customer_id: CustomerId, new_id: str, lines: Mapping[Sku, int], now: datetime) -> dict[str, Any]:
    where = keys.cart(customer_id)
    item = {PK: where.pk, SK: where.sk, "id": new_id, "version": 1, "lines": dict(lines), "updated_at": to_rfc3339(now)}
    return item | ({EXPIRES_AT: to_epoch(now + GUEST_CART_KEPT)} if _is_guest(customer_id) else {})


def _values(customer_id: CustomerId, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {"one": 1, "now": to_rfc3339(now)}
    return values | ({"expires_at": to_epoch(now + GUEST_CART_KEPT)} if _is_guest(customer_id) else {})


def _expiry(customer_id: CustomerId) -> str:
    return f", #{EXPIRES_AT} = :expires_at" if _is_guest(customer_id) else ""


def _is_guest(customer_id: CustomerId) -> bool:
    return customer_id.startswith(GUEST_PREFIX)
