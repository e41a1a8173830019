"""What a checkout reads in one call, and the record that makes a repeated order the same order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xpressbuy.accounts.model import Address
from xpressbuy.accounts.store import address_from_item, address_key
from xpressbuy.kit.ids import AddressId, CustomerId, OrderId
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.idempotency import Replay, completed, record_key, replay_of
from xpressbuy.table.unit import Failure, Put, Unit

RECORD_LABEL = "idempotency"
TOKEN_LENGTH = 36
"""DynamoDB's bound on a ClientRequestToken."""


@dataclass(frozen=True, slots=True)
class Before:
    """The state of things before an order."""

    replay: Replay | None
    cart: dict[str, Any] | None
    address: Address | None


@dataclass(frozen=True, slots=True)
class Checkouts:
    """Consistent reads only: an order is decided by them."""

    table: Table

    async def read(
        self,
        scope: str,
        key: str,
        customer_id: CustomerId,
        *,
        with_cart: bool,
        address_id: AddressId | None,
        now: datetime,
    ) -> Before:
        """The record, the cart and the address, as far as they are needed: 1 BatchGetItem."""
        record, cart = record_key(scope, key), keys.cart(customer_id)
        wanted = [record, *([cart] if with_cart else [])]
        if address_id is not None:
            wanted.append(address_key(customer_id, address_id))
        items = await self.table.get_many(wanted, consistent=True)
        address = items.get(address_key(customer_id, address_id)) if address_id is not None else None
        replay = replay_of(items.get(record), now)
        return Before(replay, items.get(cart), address_from_item(address) if address is not None else None)

    async def replay(self, scope: str, key: str, now: datetime) -> Replay | None:
        """The record as it is now: 1 GetItem. It decides what became of a write nobody answered."""
        return replay_of(await self.table.get(record_key(scope, key), consistent=True), now)


def record(unit: Unit, scope: str, key: str, replay: Replay, now: datetime) -> None:
    """Adds the record to the order's unit; it fails if a live one is there."""
    put: Put = completed(scope, key, replay, now)
    unit.add(RECORD_LABEL, put)


def replay_in(failure: Failure, now: datetime) -> Replay | None:
    """The record that stood in the way."""
    return replay_of(failure.item, now)


def request_token(customer_id: CustomerId, key: str, order_id: OrderId) -> str:
    """The same for every repeat of one write, so that DynamoDB knows it again for ten minutes.

    The order's id is in it because a second request with the key makes another order: under the same token DynamoDB
    would refuse it as a mismatch instead of showing which condition failed.
    """
    return hashlib.sha256(f"tx1|{customer_id}|{key}|{order_id}".encode()).hexdigest()[:TOKEN_LENGTH]
