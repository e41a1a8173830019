"""Signing up, confirming, forgotten passwords. No answer, and no answer's time, tells whether an address is known."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from math import ceil

import structlog

from xpressbuy.accounts.service.limits import Buckets, Limits
from xpressbuy.accounts.service.standing import Standings
from xpressbuy.accounts.store import People
from xpressbuy.aws.identity import Identity, IdentityRefused, IdentityUnavailable
from xpressbuy.kit.errors import Conflict, ErrorItem, Invalid, Unavailable

EVEN_SECONDS = 0.5
"""Answers leave on multiples of this, so that a mail more or less behind them cannot be timed."""
_log = structlog.get_logger("xpressbuy.accounts")


class Enrolment:
    """One instance a process. `client` is where a request comes from, for the limits only."""

    def __init__(
        self,
        identity: Identity,
        people: People,
        standings: Standings,
        limits: Limits,
        *,
        even_seconds: float = EVEN_SECONDS,
    ) -> None:
        self._identity = identity
        self._people = people
        self._standings = standings
        self._by_client = Buckets(limits.by_client)
        self._mails = Buckets(limits.by_email_mail)
        self._codes = Buckets(limits.by_email_code)
        self._even_seconds = even_seconds

    async def sign_up(self, client: str, email: str, password: str, name: str) -> None:
        """A new account with a code on its way; for a known address nothing but perhaps another code."""
        self._by_client.take(client)
        self._mails.take(email)
        await self._evenly(self._sign_up(email, password, name))

    async def confirm(self, client: str, email: str, code: str) -> None:
        """Conflict (`bad_code`) for a code that does not fit, is too old, or belongs to nobody."""
        self._by_client.take(client)
        self._codes.take(email)
        await self._evenly(self._with_code(self._identity.confirm_sign_up(email, code)))

    async def resend(self, client: str, email: str) -> None:
        self._by_client.take(client)
        self._mails.take(email)
        await self._evenly(_whatever(self._identity.resend_code(email)))

    async def forgot_password(self, client: str, email: str) -> None:
        self._by_client.take(client)
        self._mails.take(email)
        await self._evenly(_whatever(self._identity.forgot_password(email)))

    async def reset_password(self, client: str, email: str, code: str, password: str) -> None:
        """A new password by code. Every session that began with the old one ends."""
        self._by_client.take(client)
        self._codes.take(email)
        await self._evenly(self._reset(email, code, password))

    async def _sign_up(self, email: str, password: str, name: str) -> None:
        try:
            await self._identity.sign_up(email, password, name)
        except IdentityRefused as refused:
            if refused.code == "exists":
                # Signed up before and never confirmed: the code may be lost. To a confirmed one nothing is sent.
                await _whatever(self._identity.resend_code(email))
            elif refused.code == "weak_password":
                raise _weak() from None
            else:
                _log.warning("sign_up_refused", reason=refused.code)

    async def _reset(self, email: str, code: str, password: str) -> None:
        await self._with_code(self._identity.reset_password(email, code, password))
        customer_id = await self._people.find_by_email(email)
        if customer_id is not None:
            await self._standings.end_all(customer_id)

    async def _with_code(self, call: Awaitable[None]) -> None:
        try:
            await call
        except IdentityRefused as refused:
            if refused.code == "weak_password":
                raise _weak() from None
            raise Conflict("bad_code", "That code doesn't fit, or it is too old. Ask for a new one.") from None

    async def _evenly(self, work: Awaitable[None]) -> None:
        started = time.monotonic()
        try:
            await work
        except IdentityUnavailable:
            raise Unavailable(
                "sign_in_unavailable", "We can't do that right now. Try again in a moment.", retry_after_seconds=5
            ) from None
        finally:
            taken = time.monotonic() - started
            await asyncio.sleep(ceil(taken / self._even_seconds) * self._even_seconds - taken)


async def _whatever(call: Awaitable[None]) -> None:
    try:
        await call
    except IdentityRefused as refused:
        _log.info("mail_not_sent", reason=refused.code)


def _weak() -> Invalid:
    detail = "This password is not taken. Choose another one, of at least 8 characters."
    return Invalid("weak_password", detail, errors=[ErrorItem("/password", "weak_password", detail)])
