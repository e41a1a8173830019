"""Leaving for the identity provider, coming back from it, and signing out. No token ever stands in a URL or a page."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from xpressbuy.accounts.api.session_cookies import GUEST, MixedSession, SessionCookies, drop_guest
from xpressbuy.accounts.model.session import guest_id_of, local_destination
from xpressbuy.accounts.service import Accounts, SignedIn, SignInFailed
from xpressbuy.http import cookies
from xpressbuy.http.request import session_of
from xpressbuy.http.strict import StrictRoute

_NO_STORE = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0;url={url}">
<title>Signed in</title>
</head>
<body style="font: 1rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 30rem; padding: 0 1rem">
<main>
<h1 style="font-size: 1.25rem">You are signed in</h1>
<p><a href="{url}">Go on to the shop</a></p>
</main>
</body>
</html>
"""
"""The session's cookies are SameSite=Strict: they travel only with a navigation that begins on a page of ours. A
redirect would still belong to the provider's navigation, so this page starts a new one."""


def auth_router(accounts: Accounts, session_cookies: SessionCookies) -> APIRouter:
    """`/auth`: for browsers' navigations, not for scripts, except for signing out."""
    router = APIRouter(prefix="/auth", tags=["auth"], route_class=StrictRoute)

    @router.get("/login", status_code=302, response_class=RedirectResponse)
    async def login(request: Request) -> Response:
        """Leads to the identity provider. `next` is where to go afterwards, a path of this shop."""
        attempt, url = accounts.sign_in.begin(local_destination(request.query_params.getlist("next")))
        session_of(request).set_cookies.append(session_cookies.keep_attempt(attempt))
        return RedirectResponse(url, status_code=302, headers=_NO_STORE)

    @router.get(
        "/callback",
        response_class=HTMLResponse,
        responses={302: {"description": "The sign-in did not succeed: back to the sign-in page, or once more."}},
    )
    async def callback(request: Request) -> Response:
        """Where the identity provider sends the browser back to."""
        set_cookies = session_of(request).set_cookies
        jar = cookies.parse(request.scope["headers"])
        attempt = session_cookies.attempt(jar)
        guest_id = guest_id_of(jar.get(GUEST, ""))
        try:
            attempt = accounts.sign_in.check(attempt, _one(request, "state"))
            set_cookies.append(session_cookies.drop_attempt())
            code = "" if "error" in request.query_params else _one(request, "code")
            signed = await accounts.sign_in.finish(attempt, code, guest_id)
            set_cookies.extend(_keep(session_cookies, signed))
        except SignInFailed as failed:
            return _failed(accounts, failed.code, attempt.destination if attempt else "/")
        if guest_id is not None and signed.merged:
            set_cookies.append(drop_guest())
        return HTMLResponse(_PAGE.format(url=escape(signed.destination)), headers=_NO_STORE)

    @router.post("/logout", status_code=204)
    async def logout(request: Request) -> Response:
        """Ends this browser's session, here and at the identity provider's end of it."""
        jar = cookies.parse(request.scope["headers"])
        session_of(request).set_cookies.extend(session_cookies.drop())
        try:
            session = session_cookies.session(jar)
        except MixedSession:
            session = None
        if session is not None:
            await accounts.sessions.end(session)
        return Response(status_code=204, headers=_NO_STORE)

    @router.get("/signed-out", status_code=302, response_class=RedirectResponse)
    async def signed_out() -> Response:
        """Ends the browser's session with the identity provider itself; it comes back to the front page."""
        return RedirectResponse(accounts.identity.logout_url(), status_code=302, headers=_NO_STORE)

    return router


def _one(request: Request, name: str) -> str:
    given = request.query_params.getlist(name)
    return given[0] if len(given) == 1 else ""


def _keep(session_cookies: SessionCookies, signed: SignedIn) -> list[str]:
    try:
        return session_cookies.keep(signed.session)
    except ValueError:
        raise SignInFailed("refused") from None


def _failed(accounts: Accounts, code: str, destination: str) -> Response:
    if code == "again":
        return RedirectResponse(accounts.identity.logout_url(), status_code=302, headers=_NO_STORE)
    url = f"/sign-in?error={code}&next={quote(destination, safe='')}"
    return RedirectResponse(url, status_code=302, headers=_NO_STORE)
