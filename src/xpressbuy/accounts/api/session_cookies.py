"""The five cookies of a person: which there are, what is sealed in them, how long they live.

Each of a session's three says whose it is and when the session began, so none of them can be used with another's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from datetime import UTC, datetime, timedelta

import structlog

from xpressbuy.accounts.model.session import Session, is_session_id
from xpressbuy.accounts.service import Attempt
from xpressbuy.accounts.service.sign_in import ATTEMPT_LASTS
from xpressbuy.http import cookies
from xpressbuy.http.cookies import CookieBox
from xpressbuy.kit.clock import Clock, to_epoch
from xpressbuy.kit.ids import CustomerId

ACCESS = "__Host-at"
IDENTITY = "__Host-it"
REFRESH = "__Host-rt"
ATTEMPT = "__Host-tx"
GUEST = "__Host-guest"
GUEST_LASTS = timedelta(days=90)
ALARM_BYTES = 3500
"""Browsers drop a cookie of more than 4,096 bytes; somebody should hear of it before."""
_log = structlog.get_logger("xpressbuy.accounts")


class MixedSession(Exception):
    """The cookies are of two sessions."""


class SessionCookies:
    """Reads and writes them. A cookie that does not open is as good as none."""

    def __init__(self, box: CookieBox, clock: Clock) -> None:
        self._box = box
        self._clock = clock

    def session(self, jar: Mapping[str, str]) -> Session | None:
        """What the three hold together, None if none of them opens. MixedSession if they do not belong together."""
        found: dict[str, str] = {}
        heads: set[tuple[str, str, int]] = set()
        for name in (ACCESS, IDENTITY, REFRESH):
            match self._opened(name, jar):
                case [str(session_id), str(customer_id), int(began_at), str(token)] if is_session_id(session_id):
                    heads.add((session_id, customer_id, began_at))
                    found[name] = token
        if not heads:
            return None
        if len(heads) > 1:
            raise MixedSession
        session_id, customer_id, began_at = heads.pop()
        return Session(
            session_id,
            CustomerId(customer_id),
            datetime.fromtimestamp(began_at, UTC),
            access_token=found.get(ACCESS, ""),
            id_token=found.get(IDENTITY, ""),
            refresh_token=found.get(REFRESH, ""),
        )

    def keep(self, session: Session) -> list[str]:
        """Set-Cookie lines for a session. ValueError if a browser would drop one of them."""
        head = [session.session_id, session.customer_id, to_epoch(session.began_at)]
        seconds = session.seconds_left(self._clock.now())
        lines = []
        for name, token in zip(
            (ACCESS, IDENTITY, REFRESH), (session.access_token, session.id_token, session.refresh_token), strict=True
        ):
            sealed = self._box.seal(name, json.dumps([*head, token], separators=(",", ":")).encode())
            if len(sealed) > ALARM_BYTES:
                _log.warning("cookie_grows", cookie=name, bytes=len(sealed))
            lines.append(cookies.build(name, sealed, max_age_seconds=seconds))
        return lines

    @staticmethod
    def drop() -> list[str]:
        """Set-Cookie lines that end the session in the browser."""
        return [cookies.expire(name) for name in (ACCESS, IDENTITY, REFRESH)]

    def attempt(self, jar: Mapping[str, str]) -> Attempt | None:
        """The sign-in that this browser began."""
        match self._opened(ATTEMPT, jar):
            case [str(state), str(nonce), str(verifier), str(destination), int(began_at)]:
                return Attempt(state, nonce, verifier, destination, datetime.fromtimestamp(began_at, UTC))
        return None

    def keep_attempt(self, attempt: Attempt) -> str:
        """Lax, since the way back from the provider is a navigation from another site."""
        *texts, began_at = astuple(attempt)
        sealed = self._box.seal(ATTEMPT, json.dumps([*texts, to_epoch(began_at)]).encode())
        seconds = int(ATTEMPT_LASTS.total_seconds())
        return cookies.build(ATTEMPT, sealed, max_age_seconds=seconds, same_site="Lax")

    @staticmethod
    def drop_attempt() -> str:
        return cookies.expire(ATTEMPT, same_site="Lax")

    def _opened(self, name: str, jar: Mapping[str, str]) -> object:
        """What we sealed, perhaps in a version of this program that wrote another shape."""
        opened = self._box.open(name, jar.get(name, ""))
        return json.loads(opened) if opened is not None else None


def keep_guest(secret: str) -> str:
    """Lax, so that the guest's cart is known when its browser comes back from the provider."""
    return cookies.build(GUEST, secret, max_age_seconds=int(GUEST_LASTS.total_seconds()), same_site="Lax")


def drop_guest() -> str:
    return cookies.expire(GUEST, same_site="Lax")
