"""Addresses as items. Which writes belong together is decided by the service; each carries its own condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from xpressbuy.accounts.model.address import ADDRESSES_MAX, Address, PostalAddress
from xpressbuy.kit.ids import AddressId, CustomerId
from xpressbuy.table import keys
from xpressbuy.table.client import Query, Table
from xpressbuy.table.keys import Key
from xpressbuy.table.schema import PK, SK
from xpressbuy.table.unit import ABSENT, PRESENT, Delete, Put, Unit, Update

BOOK = "book"
"""Label of the write that lets one change of the book as a whole happen at a time."""


def address_key(customer_id: CustomerId, address_id: AddressId) -> Key:
    """For whoever reads an address together with other items in one call."""
    return keys.address(customer_id, address_id)


def address_from_item(item: Mapping[str, Any]) -> Address:
    """The address that an item holds."""
    texts = {name: str(item.get(name, "")) for name in PostalAddress.__dataclass_fields__}
    return Address(
        AddressId(str(item["id"])), PostalAddress(**texts), bool(item.get("is_default")), int(item["version"])
    )


class Addresses:
    """All by customer."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def of(self, customer_id: CustomerId, *, consistent: bool = False) -> list[Address]:
        """The whole book; it is at most twenty small items."""
        pk, prefix = keys.address(customer_id, "")
        query = Query(pk, begins_with=prefix, consistent=consistent)
        rows = await self._table.query(query, limit=ADDRESSES_MAX)
        return [address_from_item(item) for item in rows.items]

    async def find(self, customer_id: CustomerId, address_id: AddressId) -> Address | None:
        item = await self._table.get(keys.address(customer_id, address_id))
        return address_from_item(item) if item is not None else None

    async def commit(self, unit: Unit) -> None:
        await self._table.commit(unit)


def label(address_id: AddressId) -> str:
    """How a refused write to this address is named."""
    return f"address:{address_id}"


def add_turn(unit: Unit, customer_id: CustomerId, seen: int) -> None:
    """One change of default or count at a time: the profile counts them."""
    condition = "#addresses_version = :seen" if seen else "attribute_not_exists(#addresses_version)"
    values = {"next": seen + 1, "seen": seen} if seen else {"next": 1}
    unit.add(BOOK, Update(keys.profile(customer_id), "SET #addresses_version = :next", condition, values))


def add_new(unit: Unit, customer_id: CustomerId, address: Address) -> None:
    key = keys.address(customer_id, address.id)
    item = {PK: key.pk, SK: key.sk, "id": address.id, **asdict(address.postal)}
    item |= {"is_default": address.is_default, "version": address.version}
    unit.add(label(address.id), Put(item, ABSENT))


def add_change(unit: Unit, customer_id: CustomerId, seen: Address, postal: PostalAddress, *, default: bool) -> None:
    """New postal part, and the flag if it becomes the default; only if it is as it was seen."""
    values: dict[str, Any] = {**asdict(postal), "seen": seen.version, "next": seen.version + 1}
    assignments = ", ".join(f"#{name} = :{name}" for name in asdict(postal))
    if default:
        assignments, values = f"{assignments}, #is_default = :true", {**values, "true": True}
    update = Update(
        keys.address(customer_id, seen.id), f"SET {assignments}, #version = :next", "#version = :seen", values
    )
    unit.add(label(seen.id), update)


def add_flag(unit: Unit, customer_id: CustomerId, address_id: AddressId, *, default: bool) -> None:
    key = keys.address(customer_id, address_id)
    unit.add(label(address_id), Update(key, "SET #is_default = :default", PRESENT, {"default": default}))


def add_removal(unit: Unit, customer_id: CustomerId, address_id: AddressId) -> None:
    unit.add(label(address_id), Delete(keys.address(customer_id, address_id), PRESENT))
