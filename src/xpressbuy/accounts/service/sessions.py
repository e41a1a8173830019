"""From what a browser's cookies hold to who asks: verified, renewed in time, ended when it must be.

Only a definite refusal by the provider, or the shop's own word, ends a session. Whoever merely lost a race, or finds
the provider out of reach, changes nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from xpressbuy.accounts.model.session import RENEW_BEFORE_SECONDS, SESSION_LASTS, Session
from xpressbuy.accounts.model.token import TokenRefused
from xpressbuy.accounts.service.keyring import KeysUnavailable
from xpressbuy.accounts.service.renewal import Renewals
from xpressbuy.accounts.service.standing import Standings
from xpressbuy.accounts.service.tokens import Pair, TokenReader
from xpressbuy.aws.identity import Identity, IdentityRefused, IdentityUnavailable
from xpressbuy.kit.actor import NOBODY, Actor
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import ShopError, Unauthenticated, Unavailable

RETRY_AFTER_SECONDS = 5
_RENEWABLE = frozenset({"expired", "unknown_key", "absent"})
"""Only what time alone does to a token is mended by renewing it; any other fault is refused as it stands."""
_log = structlog.get_logger("xpressbuy.accounts")


@dataclass(frozen=True, slots=True)
class Opened:
    """Who asks. `refusal` stands where somebody is signed in but cannot be let in at this moment.

    `renewed` wants new cookies, `over` wants them removed.
    """

    actor: Actor = NOBODY
    refusal: ShopError | None = None
    renewed: Session | None = None
    over: bool = False


class Sessions:
    """One instance a process."""

    def __init__(
        self, identity: Identity, tokens: TokenReader, renewals: Renewals, standings: Standings, clock: Clock
    ) -> None:
        self._identity = identity
        self._tokens = tokens
        self._renewals = renewals
        self._standings = standings
        self._clock = clock

    async def open(self, session: Session) -> Opened:
        """Never raises: what is wrong stands in the answer."""
        now = self._clock.now()
        if session.over(now):
            return _ended()
        pair, fault = await self._read(session)
        fresh = pair is not None and pair.expires_at - now.timestamp() >= RENEW_BEFORE_SECONDS
        if not fresh and session.refresh_token and (pair is not None or fault in _RENEWABLE):
            return await self._renew(session, pair)
        if pair is not None:
            return await self._admit(session, pair)
        return _refused(fault, session)

    async def end(self, session: Session) -> None:
        """Sign-out of one browser, here and at the provider. Neither failing keeps the other from being done."""
        await asyncio.gather(self._end_here(session), self._end_there(session))

    async def _end_here(self, session: Session) -> None:
        try:
            await self._standings.end_one(session.customer_id, session.session_id)
        except Unavailable:
            _log.error("sign_out_not_noted", session=session.session_id)

    async def _end_there(self, session: Session) -> None:
        if not session.refresh_token:
            return
        try:
            await self._identity.revoke(session.refresh_token)
        except (IdentityUnavailable, IdentityRefused) as error:
            _log.warning("token_not_revoked", reason=str(error)[:80], session=session.session_id)

    async def _read(self, session: Session) -> tuple[Pair | None, str]:
        if not session.access_token or not session.id_token:
            return None, "absent"
        try:
            pair = await self._tokens.pair(session.access_token, session.id_token)
        except TokenRefused as refused:
            return None, refused.reason
        except KeysUnavailable:
            return None, "unreachable"
        if pair.access.customer_id != session.customer_id:
            return None, "two_people"
        return pair, ""

    async def _renew(self, session: Session, pair: Pair | None) -> Opened:
        renewal = await self._renewals.renew(session.refresh_token)
        if renewal.kind == "ended":
            return _ended()
        if renewal.tokens is not None:
            tokens = renewal.tokens
            renewed = session.renewed(tokens.access_token, tokens.id_token, tokens.refresh_token)
            fresh, fault = await self._read(renewed)
            if fresh is not None:
                return await self._admit(renewed, fresh, renewed=True)
            # The provider's own new tokens do not pass: our clock, our keys or its answer is wrong, not the person.
            _log.error("renewed_tokens_refused", reason=fault, session=session.session_id)
        if pair is not None:
            return await self._admit(session, pair)
        if renewal.kind == "lost":
            return Opened(refusal=Unauthenticated("unauthenticated", "Sign in to go on."))
        return _unreachable()

    async def _admit(self, session: Session, pair: Pair, *, renewed: bool = False) -> Opened:
        # A sign-out may have come while the renewal was under way; then its cookies must not be set any more.
        try:
            standing = await self._standings.of(pair.access.customer_id, fresh=renewed)
        except Unavailable as error:
            return Opened(refusal=error)
        now = self._clock.now()
        # `auth_time` is in whole seconds; the moment it names may be up to its end.
        authenticated_at = datetime.fromtimestamp(pair.access.authenticated_at + 1, UTC)
        if now >= authenticated_at + SESSION_LASTS:
            return _ended()
        if not standing.allows(session.session_id, min(session.began_at, authenticated_at)):
            return _ended()
        actor = Actor(
            customer_id=pair.access.customer_id,
            signed_in=True,
            email=pair.identity.email,
            name=standing.name or pair.identity.name,
            roles=pair.access.roles,
        )
        return Opened(actor=actor, renewed=session if renewed else None)


def _ended() -> Opened:
    return Opened(over=True)


def _refused(fault: str, session: Session) -> Opened:
    """Nobody, but the cookies stay: whoever put a bad token there shall not be able to sign its owner out."""
    if fault == "unreachable":
        return _unreachable()
    if fault == "two_people":
        _log.error("two_people_in_one_session", session=session.session_id)
        return _ended()
    _log.info("token_refused", reason=fault, session=session.session_id)
    return Opened()


def _unreachable() -> Opened:
    refusal = Unavailable(
        "sign_in_unavailable",
        "We can't check your sign-in right now. You are not signed out; try again in a moment.",
        retry_after_seconds=RETRY_AFTER_SECONDS,
    )
    return Opened(refusal=refusal)
