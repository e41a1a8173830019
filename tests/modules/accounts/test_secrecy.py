"""No token, code, password or secret in any body, header, address or log line; and a month is a month."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import structlog
from tests.modules.accounts.fake_cognito import SECRET, Person
from tests.modules.accounts.people import Instance, set_cookies

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
PASSWORD = "a long and secret password"


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    before = structlog.get_config()
    capture = structlog.testing.LogCapture()
    structlog.configure(processors=[capture], cache_logger_on_first_use=False)
    yield capture.entries
    structlog.configure(**before)


async def test_12_nothing_secret_is_said(people: Instance, logged: list[Any]) -> None:
    fake = people.fake
    said: list[str] = []
    async with people.browser() as browser:

        async def call(method: str, path: str, **arguments: Any) -> None:
            people.accounts.sessions._renewals._resting_until = 0
            answer = await browser.request(method, path, **arguments)
            headers = [pair for pair in answer.headers.multi_items() if pair[0] != "location"]
            said.append(answer.text + str(headers))

        login = await browser.get("/auth/login?next=/cart")
        query = fake.authorize(login.headers["location"])
        await call("GET", "/auth/callback", params=query)
        tokens = set()
        for round_ in range(6):
            kept = people.cookies.session(dict(browser.cookies))
            assert kept is not None
            tokens |= {kept.access_token, kept.id_token, kept.refresh_token}
            for path in ("/api/session", "/api/me", "/api/me/addresses", "/api/test/mine", "/api/nothing"):
                await call("GET", path)
            people.clock.advance(fake.lifetime - 20)
            fake.rotate = round_ % 2 == 0
            fake.faults.extend([["500"], ["garbage"], ["lost"], []][round_ % 4])
        for path, body in (
            ("sign-up", {"email": "a@example.com", "password": PASSWORD, "name": "A"}),
            ("sign-up", {"email": "a@example.com", "password": PASSWORD, "name": "A", "x": 1}),
            ("confirm", {"email": "a@example.com", "code": "918273"}),
            ("reset-password", {"email": "a@example.com", "code": "918273", "password": PASSWORD}),
        ):
            for error in ("", "CodeMismatchException", "500", "InvalidPasswordException"):
                fake.api_error = error
                await call("POST", f"/api/auth/{path}", json=body)
        await call("POST", "/auth/logout")
    everything = "\n".join(said) + json.dumps(logged, default=str)
    assert len(logged) > 30
    assert len(tokens) > 6
    secrets = {*tokens, PASSWORD, "918273", SECRET, query["code"], query["state"], "eyJraWQ"}
    assert [secret[:12] for secret in secrets if secret[:40] in everything] == []


async def test_15_a_session_lasts_its_month_and_no_longer(people: Instance) -> None:
    """Every six hours for thirty days, with rotation, an outage now and then and a lost answer among them."""
    fake = people.fake
    fake.rotate = True
    began = people.clock.now()
    async with people.signed_in() as browser:
        visits = 0
        while people.clock.now() < began + timedelta(days=30) - timedelta(hours=6):
            people.clock.advance(6 * 3600)
            if visits % 10 == 3:
                fake.faults.append(["500", "lost", "429"][visits // 10 % 3])
                assert (await browser.get("/api/test/mine")).status_code == 503
                people.accounts.sessions._renewals._resting_until = 0
            answer = await browser.get("/api/test/mine")
            assert answer.status_code == 200, visits
            assert len(set_cookies(answer)) == 3
            visits += 1
        assert visits > 115
        people.clock.advance(7 * 3600)
        assert (await browser.get("/api/test/mine")).status_code == 401


async def test_what_an_older_version_sealed_is_nobody(people: Instance) -> None:
    for value in ([1, 2], {"a": 1}, "text", None, ["ses_x", Person().sub, 1, "t"], ["a"] * 4):
        sealed = people.box.seal("__Host-at", json.dumps(value).encode())
        attempt = people.box.seal("__Host-tx", json.dumps(value).encode())
        async with people.browser({"__Host-at": sealed, "__Host-tx": attempt}) as browser:
            assert (await browser.get("/api/session")).json()["signed_in"] is False
            assert (await browser.get("/auth/callback?code=a&state=b")).status_code == 302
