"""Renewing a session's tokens once, however many requests, processes and tabs ask for it at the same moment.

One flight a process, one lease in the table between processes. Whoever comes second takes the first one's result.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Literal, NamedTuple

import structlog

from xpressbuy.accounts.model import successor
from xpressbuy.accounts.service.flight import SingleFlight
from xpressbuy.accounts.store import Claim, Sessions
from xpressbuy.aws.identity import Identity, IdentityRefused, IdentityUnavailable, TokenSet
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import Ids
from xpressbuy.table.unit import ConditionFailed

WAIT_SECONDS_MAX = 4.0
"""A little longer than the provider may take to answer the one who asks."""
POLL_SECONDS = 0.1
REST_SECONDS = 1.0
"""After the provider failed, this process leaves it alone for so long."""
_log = structlog.get_logger("xpressbuy.accounts")


class Renewal(NamedTuple):
    """`ended`: the provider refused it for good, and told us so. `unavailable`: nobody knows.

    `lost`: it was refused, but somebody else heard that, or the token had been followed by another a moment ago.
    """

    kind: Literal["renewed", "ended", "lost", "unavailable"]
    tokens: TokenSet | None = None


UNAVAILABLE = Renewal("unavailable")


class Renewals:
    """One instance a process."""

    def __init__(
        self,
        identity: Identity,
        store: Sessions,
        clock: Clock,
        ids: Ids,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._identity = identity
        self._store = store
        self._clock = clock
        self._ids = ids
        self._monotonic = monotonic
        self._flights = SingleFlight[Renewal]()
        self._resting_until = 0.0

    async def renew(self, refresh_token: str) -> Renewal:
        """Never raises for what the provider or the table do."""
        name = successor.token_hash(refresh_token)
        renewal, led = await self._flights.run(name, lambda: self._renew(name, refresh_token))
        if renewal.kind == "ended" and not led:
            return Renewal("lost")
        return renewal

    async def _renew(self, name: str, refresh_token: str) -> Renewal:
        nonce = self._ids.secret()
        try:
            claim = await self._store.claim(name, nonce, self._clock.now())
            if not claim.mine:
                return await self._wait(name, refresh_token, claim)
            return await self._ask(name, nonce, refresh_token, claim)
        except Unavailable:
            return UNAVAILABLE

    async def _wait(self, name: str, refresh_token: str, claim: Claim | None) -> Renewal:
        deadline = self._monotonic() + WAIT_SECONDS_MAX
        while claim is not None and claim.state == "leased" and self._monotonic() < deadline:
            await asyncio.sleep(POLL_SECONDS)
            claim = await self._store.outcome(name, self._clock.now())
        if claim is None or claim.state == "leased":
            return UNAVAILABLE
        if claim.state == "refused":
            return Renewal("lost")
        tokens = successor.unseal(refresh_token, claim.sealed)
        return Renewal("renewed", TokenSet(*tokens)) if tokens is not None else UNAVAILABLE

    async def _ask(self, name: str, nonce: str, refresh_token: str, claim: Claim) -> Renewal:
        if self._monotonic() < self._resting_until:
            await self._quietly(self._store.release(name, nonce))
            return UNAVAILABLE
        try:
            fresh = await self._identity.refresh(refresh_token)
        except IdentityUnavailable as error:
            self._resting_until = self._monotonic() + REST_SECONDS
            _log.warning("session_not_renewed", reason=str(error)[:80])
            await self._quietly(self._store.release(name, nonce))
            return UNAVAILABLE
        except IdentityRefused:
            await self._quietly(self._store.refused(name, nonce, self._clock.now()))
            # Renewed a moment ago, so this request carries what its browser has already replaced.
            return Renewal("lost") if claim.followed else Renewal("ended")
        tokens = TokenSet(fresh.access_token, fresh.id_token, fresh.refresh_token or refresh_token)
        random = self._ids.random(successor.NONCE_BYTES)
        sealed = successor.seal(refresh_token, (tokens.access_token, tokens.id_token, tokens.refresh_token), random)
        await self._quietly(self._store.done(name, nonce, sealed, self._clock.now()))
        return Renewal("renewed", tokens)

    async def _quietly(self, write: Awaitable[None]) -> None:
        """What we have heard is so, whether or not it can be told to those who wait."""
        try:
            await write
        except (ConditionFailed, Unavailable) as error:
            _log.warning("renewal_not_noted", reason=type(error).__name__)
