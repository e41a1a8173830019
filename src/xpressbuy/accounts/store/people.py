"""Profiles, and the guard that leads from an e-mail address to the customer who has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xpressbuy.accounts.model.profile import Profile
from xpressbuy.kit.clock import to_rfc3339
from xpressbuy.kit.ids import CustomerId
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.schema import PK, SK
from xpressbuy.table.unit import ConditionFailed, Delete, Put, Update


class People:
    """By customer id and by e-mail address."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def find(self, customer_id: CustomerId, *, consistent: bool = False) -> Profile | None:
        item = await self._table.get(keys.profile(customer_id), consistent=consistent)
        return _profile(customer_id, item) if item is not None else None

    async def find_by_email(self, email: str) -> CustomerId | None:
        """Who signed in with this address last. Nobody who never signed in is found."""
        item = await self._table.get(keys.email_guard(email), consistent=True)
        return CustomerId(str(item["customer_id"])) if item is not None else None

    async def greet(self, customer_id: CustomerId, email: str, name: str, now: datetime) -> None:
        """Somebody signed in: keep the profile they have, with the address that the provider vouches for."""
        update = Update(
            keys.profile(customer_id),
            "SET #email = :email, #name = if_not_exists(#name, :name), #id = :id, "
            "#created_at = if_not_exists(#created_at, :now), #version = if_not_exists(#version, :one)",
            values={"email": email, "name": name, "id": customer_id, "now": to_rfc3339(now), "one": 1},
        )
        await self._table.write(update, repeatable=True)
        if email:
            guard = keys.email_guard(email)
            item = {PK: guard.pk, SK: guard.sk, "customer_id": customer_id}
            await self._table.write(Put(item), repeatable=True)

    async def change(self, profile: Profile, changes: Mapping[str, str], now: datetime) -> Profile | None:
        """Write the changed texts if nobody else changed the profile since. None if somebody did."""
        texts = {"email": profile.email, "name": profile.name, "phone": profile.phone, **changes}
        assignments = ", ".join(f"#{name} = :{name}" for name in texts)
        seen = "#version = :seen" if profile.version else "attribute_not_exists(#version)"
        values: dict[str, Any] = {**texts, "next": profile.version + 1, "now": to_rfc3339(now)}
        if profile.version:
            values["seen"] = profile.version
        update = Update(
            keys.profile(profile.customer_id),
            f"SET {assignments}, #version = :next, #updated_at = :now, #created_at = if_not_exists(#created_at, :now)",
            seen,
            values,
        )
        try:
            item = await self._table.write(update, returned="ALL_NEW")
        except ConditionFailed:
            return None
        return _profile(profile.customer_id, item or {})

    async def forget(self, customer_id: CustomerId, email: str) -> None:
        """Remove profile and guard. What ends sessions stays: it names nobody."""
        await self._table.write(Delete(keys.profile(customer_id)), repeatable=True)
        if email:
            mine = Delete(keys.email_guard(email), "#customer_id = :mine", {"mine": customer_id})
            try:
                await self._table.write(mine, repeatable=True)
            except ConditionFailed:
                return


def _profile(customer_id: CustomerId, item: Mapping[str, Any]) -> Profile:
    return Profile(
        customer_id=customer_id,
        email=str(item.get("email", "")),
        name=str(item.get("name", "")),
        phone=str(item.get("phone", "")),
        created_at=str(item.get("created_at", "")),
        version=int(item.get("version", 0)),
        addresses_version=int(item.get("addresses_version", 0)),
    )
