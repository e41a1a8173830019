"""Signing in by code, PKCE, state and nonce: what a browser takes along, and what it comes back with."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from xpressbuy.accounts.model.session import Session
from xpressbuy.accounts.model.token import TokenRefused
from xpressbuy.accounts.service.keyring import KeysUnavailable
from xpressbuy.accounts.service.standing import Standings
from xpressbuy.accounts.service.tokens import Pair, TokenReader
from xpressbuy.accounts.store import People
from xpressbuy.aws.identity import Identity, IdentityRefused, IdentityUnavailable, TokenSet
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import CustomerId, Ids

ATTEMPT_LASTS = timedelta(seconds=600)
MERGE_SECONDS_MAX = 3.0
CODE_LENGTH_MAX = 2048
OnSignIn = Callable[[CustomerId | None, CustomerId], Awaitable[None]]
"""Hears the guest, if there was one, and who they turned out to be. It may be told twice of the same."""
_log = structlog.get_logger("xpressbuy.accounts")


class SignInFailed(Exception):
    """`code` says why to the page that the browser is sent to."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a browser keeps between leaving for the provider and coming back."""

    state: str
    nonce: str
    verifier: str
    destination: str
    began_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`merged` says that nothing of the guest is left to be taken over."""

    session: Session
    destination: str
    merged: bool


class SignIn:
    """One instance a process."""

    def __init__(
        self,
        *,
        identity: Identity,
        tokens: TokenReader,
        standings: Standings,
        people: People,
        clock: Clock,
        ids: Ids,
        on_sign_in: OnSignIn,
    ) -> None:
        self._identity = identity
        self._tokens = tokens
        self._standings = standings
        self._people = people
        self._clock = clock
        self._ids = ids
        self._on_sign_in = on_sign_in

    def begin(self, destination: str) -> tuple[Attempt, str]:
        """An attempt of this browser, and where it goes."""
        attempt = Attempt(self._ids.secret(), self._ids.secret(), self._ids.secret(), destination, self._clock.now())
        url = self._identity.authorize_url(state=attempt.state, nonce=attempt.nonce, verifier=attempt.verifier)
        return attempt, url

    def check(self, attempt: Attempt | None, state: str) -> Attempt:
        """The attempt that this answer belongs to. SignInFailed (`expired`, `mismatch`) otherwise."""
        if attempt is None or self._clock.now() >= attempt.began_at + ATTEMPT_LASTS:
            raise SignInFailed("expired")
        if not hmac.compare_digest(attempt.state.encode(), state.encode()):
            raise SignInFailed("mismatch")
        return attempt

    async def finish(self, attempt: Attempt, code: str, guest_id: CustomerId | None) -> SignedIn:
        """A session for the code. SignInFailed (`denied`, `refused`, `unavailable`, `again`) otherwise."""
        if not 0 < len(code) <= CODE_LENGTH_MAX:
            raise SignInFailed("denied")
        try:
            granted = await self._identity.exchange(code, attempt.verifier)
            pair = await self._tokens.pair(granted.access_token, granted.id_token)
        except (IdentityRefused, TokenRefused) as error:
            _log.warning("sign_in_refused", reason=str(error)[:80])
            raise SignInFailed("refused") from None
        except (IdentityUnavailable, KeysUnavailable) as error:
            _log.warning("sign_in_unavailable", reason=str(error)[:80])
            raise SignInFailed("unavailable") from None
        if not granted.refresh_token or not hmac.compare_digest(pair.identity.nonce.encode(), attempt.nonce.encode()):
            _log.warning("sign_in_refused", reason="nonce" if granted.refresh_token else "no_refresh_token")
            raise SignInFailed("refused")
        session = await self._session(pair, granted)
        merged = await self.take_over(guest_id, session.customer_id)
        return SignedIn(session, attempt.destination, merged)

    async def take_over(self, guest_id: CustomerId | None, customer_id: CustomerId) -> bool:
        """Tell the rest of the shop. Whatever goes wrong there does not keep anybody out."""
        try:
            async with asyncio.timeout(MERGE_SECONDS_MAX):
                await self._on_sign_in(guest_id, customer_id)
        except Exception as error:  # noqa: BLE001 - any fault of another module may fail the merge, never the sign-in
            _log.error("guest_not_merged", reason=type(error).__name__, guest=guest_id, customer=customer_id)
            return False
        return True

    async def _session(self, pair: Pair, granted: TokenSet) -> Session:
        customer_id, now = pair.access.customer_id, self._clock.now()
        try:
            standing = await self._standings.of(customer_id, fresh=True)
            email = pair.identity.email.lower() if pair.identity.email_verified else ""
            await self._people.greet(customer_id, email, pair.identity.name, now)
            self._standings.forget(customer_id)
        except Unavailable as error:
            raise SignInFailed("unavailable") from error
        session_id = self._ids.new("ses")
        authenticated_at = datetime.fromtimestamp(pair.access.authenticated_at + 1, UTC)
        if not standing.allows(session_id, authenticated_at):
            # The provider remembered a browser whose sessions have been ended meanwhile: the password is asked anew.
            raise SignInFailed("again")
        return Session(session_id, customer_id, now, granted.access_token, granted.id_token, granted.refresh_token)
