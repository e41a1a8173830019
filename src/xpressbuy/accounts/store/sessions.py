"""What ends sessions (`SEC`), and the lease that lets one process renew a session for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from xpressbuy.accounts.model.session import ENDED_KEPT_MAX, Standing
from xpressbuy.kit.clock import from_rfc3339, to_epoch, to_rfc3339
from xpressbuy.kit.ids import CustomerId
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.schema import EXPIRES_AT
from xpressbuy.table.unit import ConditionFailed, Update

State = Literal["leased", "done", "refused"]
LEASE_LASTS = timedelta(seconds=10)
"""Longer than a call to the provider may take, shorter than a person waits twice."""
OUTCOME_LASTS = timedelta(seconds=60)
RECORD_LASTS = timedelta(minutes=2)
"""How long it is remembered that a refresh token was followed by another. A request lives 10 s at most, so by then
nothing is under way that still carries the old one because its browser had not heard of the new."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who renews: we (`mine`), or somebody whose work is at `state`.

    `followed` says that this refresh token was renewed before, within the last minutes.
    """

    mine: bool
    state: State
    sealed: bytes = b""
    followed: bool = False


class Sessions:
    """Reads and writes by customer, and by the hash of a refresh token."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def standing(self, customer_id: CustomerId, *, consistent: bool = False) -> Standing:
        """One call: what ends this customer's sessions, and the name that they chose."""
        security, profile = keys.security(customer_id), keys.profile(customer_id)
        found = await self._table.get_many([security, profile], consistent=consistent)
        item = found.get(security, {})
        valid_after = from_rfc3339(item["valid_after"]) if "valid_after" in item else None
        return Standing(valid_after, frozenset(item.get("ended", ())), str(found.get(profile, {}).get("name", "")))

    async def end_one(self, customer_id: CustomerId, session_id: str) -> None:
        """This session opens nothing any more, even while its tokens are good."""
        key = keys.security(customer_id)
        update = Update(key, "ADD #ended :one", values={"one": {session_id}})
        item = await self._table.write(update, returned="ALL_NEW", repeatable=True) or {}
        ended = sorted(item.get("ended", ()))
        if len(ended) > ENDED_KEPT_MAX:
            # The ids sort by time: the oldest sessions, whose tokens the provider has revoked, are forgotten first.
            oldest = set(ended[: len(ended) - ENDED_KEPT_MAX])
            await self._table.write(Update(key, "DELETE #ended :old", values={"old": oldest}), repeatable=True)

    async def end_all(self, customer_id: CustomerId, now: datetime) -> None:
        """Every session that began before now opens nothing any more."""
        values = {"now": to_rfc3339(now)}
        update = Update(keys.security(customer_id), "SET #valid_after = :now", values=values)
        await self._table.write(update, repeatable=True)

    async def claim(self, token_hash: str, nonce: str, now: datetime) -> Claim:
        """Take the lease of a renewal if nobody has it and no fresh outcome is there."""
        values = {
            "leased": "leased",
            "until": _milliseconds(now + LEASE_LASTS),
            "now": _milliseconds(now),
            "nonce": nonce,
            "ttl": to_epoch(now + RECORD_LASTS),
        }
        update = Update(
            keys.session_refresh(token_hash),
            f"SET #state = :leased, #until = :until, #nonce = :nonce, #{EXPIRES_AT} = :ttl",
            "attribute_not_exists(#PK) OR #until < :now",
            values,
        )
        try:
            item = await self._table.write(update, returned="ALL_NEW", repeatable=True)
        except ConditionFailed as error:
            return _claim_of(error.item or {}, nonce, now)
        return _claim_of(item or {}, nonce, now)

    async def outcome(self, token_hash: str, now: datetime) -> Claim | None:
        """How the renewal stands, None if nothing of it is known."""
        item = await self._table.get(keys.session_refresh(token_hash), consistent=True)
        return _claim_of(item, "", now) if item is not None else None

    async def done(self, token_hash: str, nonce: str, sealed: bytes, now: datetime) -> None:
        """Lay the successor down for those who wait. ConditionFailed if the lease was lost meanwhile."""
        values = {"state": "done", "sealed": sealed, "at": _milliseconds(now)}
        await self._settle(token_hash, nonce, "SET #state = :state, #sealed = :sealed, #followed_at = :at", values, now)

    async def refused(self, token_hash: str, nonce: str, now: datetime) -> None:
        """Note a definite refusal, so that those who wait need not ask again."""
        await self._settle(token_hash, nonce, "SET #state = :state", {"state": "refused"}, now)

    async def release(self, token_hash: str, nonce: str) -> None:
        """Give the lease back with nothing known, so that the next request may try."""
        update = Update(
            keys.session_refresh(token_hash), "SET #until = :zero", "#nonce = :nonce", {"zero": 0, "nonce": nonce}
        )
        await self._table.write(update, repeatable=True)

    async def _settle(
        self, token_hash: str, nonce: str, expression: str, values: Mapping[str, Any], now: datetime
    ) -> None:
        update = Update(
            keys.session_refresh(token_hash),
            f"{expression}, #until = :until, #{EXPIRES_AT} = :ttl",
            "#nonce = :nonce",
            {
                **values,
                "until": _milliseconds(now + OUTCOME_LASTS),
                "ttl": to_epoch(now + RECORD_LASTS),
                "nonce": nonce,
            },
        )
        await self._table.write(update, repeatable=True)


def _claim_of(item: Mapping[str, Any], nonce: str, now: datetime) -> Claim:
    state: State = item.get("state", "leased")
    followed = now < datetime.fromtimestamp(int(item.get("followed_at", 0)) / 1000, now.tzinfo) + RECORD_LASTS
    return Claim(
        mine=state == "leased" and item.get("nonce") == nonce,
        state=state,
        sealed=bytes(item.get("sealed", b"")) if state == "done" else b"",
        followed=followed,
    )


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
