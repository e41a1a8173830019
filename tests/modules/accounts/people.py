"""A shop of people only: the real middleware, routes and services over a fake provider and a real table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Annotated, Any

import httpx
from fastapi import Depends, FastAPI, Response
from tests.modules.accounts.fake_cognito import CLIENT, ISSUER, SECRET, FakeCognito, Person

from xpressbuy.accounts import api
from xpressbuy.accounts.api.session_cookies import SessionCookies
from xpressbuy.accounts.model.session import Session
from xpressbuy.accounts.service import Accounts, Limits
from xpressbuy.accounts.store import AccountStore
from xpressbuy.aws.identity import Identity, IdentityConfig
from xpressbuy.http import problems
from xpressbuy.http.cookies import CookieBox
from xpressbuy.http.middleware import EdgeMiddleware
from xpressbuy.http.request import ShopperActor, SignedInActor, VisitorActor, has_role
from xpressbuy.kit.actor import OPERATORS, Actor
from xpressbuy.kit.ids import CustomerId, Ids
from xpressbuy.table.client import Table

ORIGIN = "https://shop.test"
COOKIE_KEY = b"k" * 32
Operator = Annotated[Actor, Depends(has_role(OPERATORS))]
_requests = count()


class MovableClock:
    """Runs with the machine's clock, and can be moved ahead or back."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset  # noqa: TID251 - a clock

    def advance(self, seconds: float) -> None:
        self.offset += timedelta(seconds=seconds)


@dataclass
class Merges:
    """What the rest of the shop hears of sign-ins."""

    heard: list[tuple[CustomerId | None, CustomerId]] = field(default_factory=list)
    fails: bool = False

    async def __call__(self, guest_id: CustomerId | None, customer_id: CustomerId) -> None:
        self.heard.append((guest_id, customer_id))
        if self.fails:
            raise RuntimeError("the cart is away")


class Instance:
    """One process of the shop."""

    def __init__(self, fake: FakeCognito, table: Table, clock: MovableClock, *, limits: Limits | None = None) -> None:
        self.fake = fake
        self.clock = clock
        self.ids = Ids(clock)
        self.box = CookieBox([COOKIE_KEY], self.ids.random)
        self.cookies = SessionCookies(self.box, clock)
        self.merges = Merges()
        self.store = AccountStore(table)
        self.handled = 0
        self.pool = ""
        config = IdentityConfig(
            region="us-east-1",
            endpoint_url=fake.url,
            domain_url=fake.url,
            jwks_url=f"{fake.url}/jwks.json",
            client_id=CLIENT,
            client_secret=SECRET,
            public_url=ORIGIN,
        )
        self.accounts = Accounts.build(
            identity=Identity(config),
            store=self.store,
            issuer=ISSUER,
            client_id=CLIENT,
            clock=clock,
            ids=self.ids,
            on_sign_in=self.merges,
            limits=limits,
            even_seconds=0.01,
        )
        self.app = self._app()

    def _app(self) -> EdgeMiddleware:
        app = FastAPI()
        problems.install(app)

        async def cart_count(_: CustomerId) -> int:
            return 3

        app.include_router(api.router(accounts=self.accounts, box=self.box, clock=self.clock, cart_count=cart_count))

        @app.post("/api/test/shop")
        async def shop(actor: ShopperActor, body: dict[str, Any]) -> dict[str, Any]:
            self.handled += 1
            return {"customer": actor.customer_id, "signed_in": actor.signed_in, "body": body}

        @app.get("/api/test/mine")
        async def mine(actor: SignedInActor) -> dict[str, Any]:
            return {"customer": actor.customer_id, "name": actor.name, "email": actor.email}

        @app.get("/api/test/admin")
        async def admin(actor: Operator) -> dict[str, Any]:
            return {"roles": sorted(actor.roles)}

        @app.get("/api/test/kept")
        async def kept() -> Response:
            return Response("same for all", headers={"cache-control": "public, max-age=600"})

        @app.get("/api/products")
        async def products(actor: VisitorActor) -> dict[str, Any]:
            return {"items": [], "customer": actor.customer_id}

        sessions = api.SessionMiddleware(app, accounts=self.accounts, box=self.box, ids=self.ids, clock=self.clock)
        return EdgeMiddleware(sessions, public_url=ORIGIN, new_request_id=lambda: f"req_{next(_requests)}")

    def browser(self, cookies: dict[str, str] | None = None) -> httpx.AsyncClient:
        jar = httpx.Cookies()
        for name, value in (cookies or {}).items():
            jar.set(name, value, domain="shop.test", path="/")
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url=ORIGIN,
            cookies=jar,
            headers={"origin": ORIGIN, "sec-fetch-site": "same-origin", "content-type": "application/json"},
        )

    def session(self, person: Person | None = None, **parts: Any) -> Session:
        """A session as a sign-in would have made it; parts may be replaced."""
        person = person or Person()
        fake = self.fake
        parts.setdefault("access_token", fake.access_key.sign(fake.access_claims(person)))
        parts.setdefault("id_token", fake.id_key.sign(fake.id_claims(person)))
        parts.setdefault("refresh_token", fake.new_refresh(person))
        parts.setdefault("began_at", self.clock.now())
        return Session(self.ids.new("ses"), CustomerId(person.sub), **parts)

    def sealed(self, session: Session) -> dict[str, str]:
        return cookies_of(self.cookies.keep(session))

    def signed_in(self, person: Person | None = None, **parts: Any) -> httpx.AsyncClient:
        return self.browser(self.sealed(self.session(person, **parts)))


def cookies_of(lines: list[str]) -> dict[str, str]:
    """Name and value of Set-Cookie lines; removed ones with an empty value."""
    return dict(line.split(";", 1)[0].split("=", 1) for line in lines)


def set_cookies(answer: httpx.Response) -> dict[str, str]:
    return cookies_of(answer.headers.get_list("set-cookie"))


def cleared(answer: httpx.Response) -> set[str]:
    return {name for name, value in set_cookies(answer).items() if not value}


@asynccontextmanager
async def running(instance: Instance) -> AsyncIterator[Instance]:
    await instance.accounts.start()
    try:
        yield instance
    finally:
        await instance.accounts.stop()
