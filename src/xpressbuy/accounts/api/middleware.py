"""Who asks, for every request under `/api`, before any endpoint runs; and the cookies that follow from it.

Plain ASGI: the body is neither read nor buffered, so a request whose session is renewed on the way is still
processed once.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xpressbuy.accounts.api.session_cookies import GUEST, MixedSession, SessionCookies, drop_guest, keep_guest
from xpressbuy.accounts.model.session import guest_id_of
from xpressbuy.accounts.service import Accounts, Opened
from xpressbuy.http import cookies
from xpressbuy.http.cookies import CookieBox
from xpressbuy.http.request import SESSION_STATE, RequestSession
from xpressbuy.kit.actor import Actor
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.ids import CustomerId, Ids

PUBLIC_READS = ("/api/products", "/api/categories", "/api/suggest", "/api/home")
"""What is the same for everybody: read without looking at who asks, so that browsing depends on nobody."""
_READS = frozenset({"GET", "HEAD"})
_log = structlog.get_logger("xpressbuy.accounts")


class SessionMiddleware:
    """Inside the edge, outside the framework."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        accounts: Accounts,
        box: CookieBox,
        ids: Ids,
        clock: Clock,
        public_reads: tuple[str, ...] = PUBLIC_READS,
    ) -> None:
        self._app = app
        self._accounts = accounts
        self._cookies = SessionCookies(box, clock)
        self._ids = ids
        self._public_reads = public_reads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._concerns(scope["path"], scope["method"]):
            await self._app(scope, receive, send)
            return
        session = await self._session(cookies.parse(scope["headers"]), opens=_under(scope["path"], "/api"))
        scope.setdefault("state", {})[SESSION_STATE] = session

        async def send_with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start" and session.set_cookies:
                message = {**message, "headers": _with_cookies(message.get("headers", ()), session.set_cookies)}
            await send(message)

        await self._app(scope, receive, send_with_cookies)

    def _concerns(self, path: str, method: str) -> bool:
        if method in _READS and any(_under(path, prefix) for prefix in self._public_reads):
            return False
        # Signing in and out looks at its own cookies; it only needs somewhere to put new ones.
        return _under(path, "/api") or _under(path, "/auth")

    async def _session(self, jar: Mapping[str, str], *, opens: bool) -> RequestSession:
        session = RequestSession()
        session.issue_guest = lambda: self._issue_guest(session)
        guest_id = guest_id_of(jar.get(GUEST, ""))
        opened = await self._open(jar, session) if opens else Opened()
        if opened.actor.signed_in:
            session.actor = opened.actor
            if opened.renewed is not None:
                await self._take_over(guest_id, opened.renewed.customer_id, session)
        elif guest_id is not None and opened.refusal is None:
            session.actor = Actor(customer_id=guest_id)
        session.refusal = opened.refusal
        return session

    async def _open(self, jar: Mapping[str, str], session: RequestSession) -> Opened:
        try:
            kept = self._cookies.session(jar)
        except MixedSession:
            _log.error("mixed_session")
            session.set_cookies.extend(self._cookies.drop())
            return Opened()
        if kept is None:
            return Opened()
        opened = await self._accounts.sessions.open(kept)
        if opened.renewed is not None:
            try:
                session.set_cookies.extend(self._cookies.keep(opened.renewed))
            except ValueError as error:
                _log.error("cookie_too_long", reason=str(error), session=kept.session_id)
        if opened.over:
            session.set_cookies.extend(self._cookies.drop())
        return opened

    async def _take_over(self, guest_id: CustomerId | None, customer_id: CustomerId, session: RequestSession) -> None:
        """What a guest left here could not be taken over at the sign-in; try again with each renewal."""
        if guest_id is not None and await self._accounts.sign_in.take_over(guest_id, customer_id):
            session.set_cookies.append(drop_guest())

    def _issue_guest(self, session: RequestSession) -> Actor:
        secret = self._ids.secret()
        session.set_cookies.append(keep_guest(secret))
        return Actor(customer_id=guest_id_of(secret), new=True)


def _under(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")


def _with_cookies(headers: list[tuple[bytes, bytes]] | tuple[()], lines: list[str]) -> list[tuple[bytes, bytes]]:
    # An answer that sets a cookie is for one browser, whatever its endpoint says about keeping it.
    kept = [(name, value) for name, value in headers if name.lower() != b"cache-control"]
    return [*kept, (b"cache-control", b"no-store"), *((b"set-cookie", line.encode("latin-1")) for line in lines)]
