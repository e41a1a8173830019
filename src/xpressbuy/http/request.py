"""What an endpoint may ask of its request: who asks, under which id, with which cookies to set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from xpressbuy.kit.actor import NOBODY, Actor
from xpressbuy.kit.errors import Denied, ShopError, Unauthenticated

SESSION_STATE = "session"
ADDRESS_LENGTH_MAX = 45
"""An IPv6 address that holds an IPv4 one."""


@dataclass(slots=True)
class RequestSession:
    """Filled by the session middleware before any endpoint runs.

    `refusal` says why a cookie that claims a session gave none (the identity provider is out of reach, say); it is
    raised only by endpoints that need somebody signed in. `issue_guest` makes a guest and its cookie.
    """

    actor: Actor = NOBODY
    refusal: ShopError | None = None
    issue_guest: Callable[[], Actor] | None = None
    set_cookies: list[str] = field(default_factory=list)


def session_of(request: Request) -> RequestSession:
    """The session of this request; an empty one where no middleware ran."""
    session = request.scope.get("state", {}).get(SESSION_STATE)
    return session if isinstance(session, RequestSession) else RequestSession()


def visitor(request: Request) -> Actor:
    """Whoever asks, perhaps nobody known."""
    return session_of(request).actor


def shopper(request: Request) -> Actor:
    """Somebody with a customer id; a visitor without one becomes a guest and gets a cookie."""
    session = session_of(request)
    if session.refusal is not None:
        raise session.refusal
    if session.actor.customer_id is None and session.issue_guest is not None:
        session.actor = session.issue_guest()
    return session.actor


def signed_in(request: Request) -> Actor:
    """Somebody signed in, or Unauthenticated; Unavailable if that cannot be known now."""
    session = session_of(request)
    if session.actor.signed_in:
        return session.actor
    if session.refusal is not None:
        raise session.refusal
    raise Unauthenticated("unauthenticated", "Sign in to go on.")


def has_role(*roles: str) -> Callable[[Request], Actor]:
    """A dependency that lets only these roles through."""

    def check(request: Request) -> Actor:
        actor = signed_in(request)
        if not actor.roles.intersection(roles):
            raise Denied("denied", "Your account may not do this.")
        return actor

    return check


def client_address(trusted_proxies: int) -> Callable[[Request], str]:
    """Where a request comes from, for rate limits. Only what our own proxies have written is believed.

    Each proxy adds the address that it saw to the right of `X-Forwarded-For`; what stands further left is the caller's
    word. Without proxies it is the socket's other end.
    """

    def address(request: Request) -> str:
        seen = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
        if trusted_proxies and len(seen) >= trusted_proxies and seen[-trusted_proxies].strip():
            return seen[-trusted_proxies].strip()[:ADDRESS_LENGTH_MAX]
        return request.client.host if request.client is not None else ""

    return address


VisitorActor = Annotated[Actor, Depends(visitor)]
ShopperActor = Annotated[Actor, Depends(shopper)]
SignedInActor = Annotated[Actor, Depends(signed_in)]
