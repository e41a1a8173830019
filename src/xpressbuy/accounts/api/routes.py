"""All the routes of this module, built from what they need."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from fastapi import APIRouter, Request

from xpressbuy.accounts.api.auth import auth_router
from xpressbuy.accounts.api.enrolment import ClientAddress, enrolment_router, peer
from xpressbuy.accounts.api.me import me_router
from xpressbuy.accounts.api.session_cookies import SessionCookies
from xpressbuy.accounts.schemas import Session
from xpressbuy.accounts.service import Accounts
from xpressbuy.http.cookies import CookieBox
from xpressbuy.http.request import session_of
from xpressbuy.http.strict import StrictRoute
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import ShopError
from xpressbuy.kit.ids import CustomerId

CartCount = Callable[[CustomerId], Awaitable[int]]
COUNT_SECONDS_MAX = 1.0
_log = structlog.get_logger("xpressbuy.accounts")


def router(
    *,
    accounts: Accounts,
    box: CookieBox,
    clock: Clock,
    cart_count: CartCount,
    client_address: ClientAddress = peer,
) -> APIRouter:
    """`cart_count` says how many pieces somebody's cart holds; without it the session is still answered."""
    session_cookies = SessionCookies(box, clock)
    routes = APIRouter(route_class=StrictRoute)

    @routes.get("/api/session", tags=["session"])
    async def session(request: Request) -> Session:
        """Who is signed in, if anybody. Always answered."""
        kept = session_of(request)
        customer_id = kept.actor.customer_id
        count = await _count(cart_count, customer_id) if customer_id is not None else 0
        return Session.of(kept.actor, count, kept.refusal.code if kept.refusal is not None else None)

    routes.include_router(auth_router(accounts, session_cookies))
    routes.include_router(enrolment_router(accounts, client_address))
    routes.include_router(me_router(accounts, session_cookies))
    return routes


async def _count(cart_count: CartCount, customer_id: CustomerId) -> int:
    try:
        async with asyncio.timeout(COUNT_SECONDS_MAX):
            return await cart_count(customer_id)
    except (ShopError, TimeoutError) as error:
        _log.warning("cart_not_counted", reason=type(error).__name__)
        return 0
