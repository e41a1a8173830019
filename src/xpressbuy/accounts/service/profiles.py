"""A customer's profile and address book: every change is conditional on what it was decided from."""

from __future__ import annotations

from collections.abc import Mapping

from xpressbuy.accounts.model.address import (
    ADDRESSES_MAX,
    Address,
    PostalAddress,
    default_of,
    heir_of,
    in_order,
)
from xpressbuy.accounts.model.profile import Profile
from xpressbuy.accounts.service.standing import Standings
from xpressbuy.accounts.store import AccountStore, addresses
from xpressbuy.kit.actor import Actor
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Conflict, NotFound
from xpressbuy.kit.ids import AddressId, CustomerId, Ids
from xpressbuy.table.unit import Unit, UnitRefused

TURNS_MAX = 4
"""Tries when another change of the book came first. A person has one hand."""


class Profiles:
    """One instance a process."""

    def __init__(self, store: AccountStore, standings: Standings, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._standings = standings
        self._clock = clock
        self._ids = ids

    async def profile(self, actor: Actor) -> Profile:
        """What is stored, else what the sign-in says."""
        customer_id = _customer(actor)
        stored = await self._store.people.find(customer_id)
        return stored if stored is not None and stored.version else Profile(customer_id, actor.email, actor.name)

    async def change_profile(self, actor: Actor, changes: Mapping[str, str], version: int | None) -> Profile:
        """Conflict (`profile_changed`) if it is not the version that was seen, or somebody else was faster."""
        customer_id = _customer(actor)
        stored = await self._store.people.find(customer_id, consistent=True)
        seen = stored or Profile(customer_id, actor.email, actor.name)
        changed = Conflict("profile_changed", "Your profile was changed meanwhile. Look at it again, then save.")
        if version is not None and version != seen.version:
            raise changed
        fresh = await self._store.people.change(seen, changes, self._clock.now())
        if fresh is None:
            raise changed
        self._standings.forget(customer_id)
        return fresh

    async def addresses(self, actor: Actor) -> list[Address]:
        return in_order(await self._store.addresses.of(_customer(actor)))

    async def find_address(self, customer_id: CustomerId, address_id: AddressId) -> Address | None:
        return await self._store.addresses.find(customer_id, address_id)

    async def add_address(self, actor: Actor, postal: PostalAddress, *, default: bool) -> Address:
        """Conflict (`too_many_addresses`) at the twenty-first."""
        customer_id = _customer(actor)
        address_id = AddressId(self._ids.new("adr"))
        for _ in range(TURNS_MAX):
            book, seen = await self._book(customer_id)
            if len(book) >= ADDRESSES_MAX:
                raise Conflict("too_many_addresses", f"You have {ADDRESSES_MAX} addresses. Remove one first.")
            former = default_of(book)
            address = Address(address_id, postal, is_default=default or former is None)
            unit = Unit()
            addresses.add_turn(unit, customer_id, seen)
            addresses.add_new(unit, customer_id, address)
            if address.is_default and former is not None:
                addresses.add_flag(unit, customer_id, former.id, default=False)
            if await self._committed(unit):
                return address
        raise _changed()

    async def change_address(
        self, actor: Actor, address_id: AddressId, postal: PostalAddress, *, default: bool, version: int | None
    ) -> Address:
        """The default stays the default until another becomes it. Conflict (`address_changed`), NotFound."""
        customer_id = _customer(actor)
        for _ in range(TURNS_MAX):
            book, seen = await self._book(customer_id)
            former = _of(book, address_id)
            if version is not None and version != former.version:
                raise _changed()
            becomes = default and not former.is_default
            unit = Unit()
            addresses.add_change(unit, customer_id, former, postal, default=becomes)
            if becomes:
                addresses.add_turn(unit, customer_id, seen)
                current = default_of(book)
                if current is not None:
                    addresses.add_flag(unit, customer_id, current.id, default=False)
            if await self._committed(unit, conflict=addresses.label(address_id)):
                return Address(address_id, postal, former.is_default or becomes, former.version + 1)
        raise _changed()

    async def remove_address(self, actor: Actor, address_id: AddressId) -> None:
        """The oldest that stays inherits the default. NotFound."""
        customer_id = _customer(actor)
        for _ in range(TURNS_MAX):
            book, seen = await self._book(customer_id)
            gone = _of(book, address_id)
            unit = Unit()
            addresses.add_turn(unit, customer_id, seen)
            addresses.add_removal(unit, customer_id, address_id)
            heir = heir_of(book, address_id) if gone.is_default else None
            if heir is not None:
                addresses.add_flag(unit, customer_id, heir.id, default=True)
            if await self._committed(unit):
                return
        raise _changed()

    async def _book(self, customer_id: CustomerId) -> tuple[list[Address], int]:
        # The count of changes is read first: a change between the two reads then fails the condition, never slips by.
        profile = await self._store.people.find(customer_id, consistent=True)
        book = await self._store.addresses.of(customer_id, consistent=True)
        return book, profile.addresses_version if profile is not None else 0

    async def _committed(self, unit: Unit, conflict: str = "") -> bool:
        """False if the book changed meanwhile and it is worth another look."""
        try:
            await self._store.addresses.commit(unit)
        except UnitRefused as refused:
            if conflict in refused.labels():
                raise _changed() from None
            return False
        return True


def _customer(actor: Actor) -> CustomerId:
    assert actor.customer_id is not None, "only for somebody signed in"
    return actor.customer_id


def _of(book: list[Address], address_id: AddressId) -> Address:
    found = next((address for address in book if address.id == address_id), None)
    if found is None:
        raise NotFound("address_not_found", "You have no such address.")
    return found


def _changed() -> Conflict:
    return Conflict("address_changed", "This address was changed meanwhile. Look at it again, then save.")
