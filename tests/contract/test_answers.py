"""What answers say about themselves: who may keep them, which cookies they set, and that no secret stands in them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import structlog
from tests.contract.conftest import Scene
from tests.contract.routes import CHANGES, filled, route_table
from tests.contract.shape import assert_problem
from tests.modules.catalog.samples import draft
from tests.whole import ADDRESS, ASHA, ORIGIN_HOST, place_order, sign_in

from xpressbuy.http import problems
from xpressbuy.http.log import redact
from xpressbuy.kit import errors

pytestmark = pytest.mark.anyio
SHARED = re.compile(r"^/(api/(products|categories|suggest|home)|c/|p/|search|sitemap|robots|manifest|$)")
"""What is the same for everybody."""
FILES = ("/assets/", "/favicon", "/images/", "/api/docs", "/api/openapi.json", "/healthz", "/readyz")
TOKEN = re.compile(r"eyJ[\w-]{10,}")
MIMICRY = "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}\"'"


def reads() -> list[str]:
    return sorted(filled(path) for method, path in route_table() if method == "GET" and "/{path:page}" not in path)


@pytest.mark.parametrize("path", reads())
async def test_who_may_keep_an_answer(scene: Scene, path: str) -> None:
    """Personal answers are kept by nobody; what may be kept is the same for all and sets no cookie."""
    order = path.replace("ord_" + "0" * 26, scene.orders["asha"])
    for browser in (scene.visitor, scene.guest, scene.asha):
        answer = await browser.get(order)
        assert answer.status_code < 500
        kept = answer.headers.get("cache-control", "")
        if path.startswith(FILES):
            continue
        if SHARED.match(path) and answer.status_code in (200, 404) and "no-store" not in kept:
            assert kept.startswith("public"), (path, kept)
            assert "set-cookie" not in answer.headers
        else:
            assert kept == "no-store", (path, kept)


async def test_what_is_shared_is_the_same_for_everybody(scene: Scene) -> None:
    for path in reads():
        if not SHARED.match(path):
            continue
        answers = [await browser.get(path) for browser in (scene.visitor, scene.guest, scene.asha, scene.omar)]
        bodies = {re.sub(r"req_\w+", "", answer.text) for answer in answers}
        assert len(bodies) == 1, path
        for answer in answers:
            assert ASHA.name not in answer.text
            assert "asha@" not in answer.text


async def test_looking_around_sets_no_cookie(scene: Scene) -> None:
    async with scene.whole.stranger() as fresh:
        for path in reads():
            answer = await fresh.get(path)
            if path != "/auth/login":
                assert "set-cookie" not in answer.headers, path


async def test_cookies_are_closed_to_scripts_and_other_hosts(scene: Scene) -> None:
    async with scene.whole.browser() as fresh:
        put = await fresh.put(f"/api/cart/lines/{scene.sku}", json={"quantity": 1})
        began = await fresh.get("/auth/login")
        back = await sign_in(fresh, ASHA)
        out = await fresh.post("/auth/logout")
    lines = [line for answer in (put, began, back, out) for line in answer.headers.get_list("set-cookie")]
    names = set()
    for line in lines:
        [(name, morsel)] = SimpleCookie(line).items()
        names.add(name)
        assert name.startswith("__Host-")
        assert (morsel["path"], morsel["secure"], morsel["httponly"], morsel["domain"]) == ("/", True, True, "")
        assert morsel["samesite"] in ("Strict", "Lax")
        assert len(line) < 4096 + 200
        assert not TOKEN.search(line)
    assert names == {"__Host-guest", "__Host-tx", "__Host-at", "__Host-it", "__Host-rt"}


async def test_no_answer_and_no_log_line_holds_a_secret(scene: Scene) -> None:
    """Everything that can be asked, by somebody signed in, is asked; then all that was said is searched."""
    said: list[str] = []
    logged: list[Any] = []

    def keep(logger: Any, name: str, event: Any) -> Any:
        logged.append(redact(logger, name, dict(event)))
        return event

    before = structlog.get_config()
    structlog.configure(processors=[keep, *before["processors"]])
    try:
        async with scene.whole.browser() as fresh:
            answers = [await sign_in(fresh, ASHA)]
            session = dict(fresh.cookies)
            answers += [await fresh.get(path) for path in reads()]
            answers += [await ask(fresh, change) for change in CHANGES if "sign-out" not in change.path]
            said = [f"{answer.headers.get('location', '')} {answer.text}" for answer in answers]
    finally:
        structlog.configure(**before)
    assert len(logged) > 40, "the log was heard"
    secrets_of_session = [value for value in session.values() if len(value) > 20]
    assert len(secrets_of_session) == 3
    for text in (*said, *map(str, logged)):
        assert not TOKEN.search(text), text[:200]
        assert not any(secret in text for secret in secrets_of_session)
        assert scene.whole.settings.user_pool_client_secret.get_secret_value() not in text
        assert ASHA.password not in text


async def ask(browser: httpx.AsyncClient, change: Any) -> httpx.Response:
    return await browser.request(change.method, change.path, content=change.content, headers=change.headers)


def kinds() -> Iterator[type[errors.ShopError]]:
    yield from errors.ShopError.__subclasses__()


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.__name__)
def test_every_kind_of_error_has_a_status_and_a_title(kind: type[errors.ShopError]) -> None:
    items = [errors.ErrorItem(f"/lines/{number}", "x", "y" * 200) for number in range(100)]
    answer = problems.answer(kind("some_code", "A sentence.", errors=items, retry_after_seconds=3), "req_1")
    answer_as_client = httpx.Response(
        answer.status_code, headers={**answer.headers, "x-request-id": "req_1"}, content=bytes(answer.body),
        request=httpx.Request("GET", "https://shop.test/"),
    )  # fmt: skip
    body = assert_problem(answer_as_client, problems.STATUSES[kind][0], code="some_code")
    assert body["title"] == problems.STATUSES[kind][1]
    assert body["errors"]
    assert answer.headers["retry-after"] == "3"


async def test_text_of_people_is_text(scene: Scene) -> None:
    """Stored as typed, answered as JSON, and never markup in a page of ours."""
    bought = await place_order(scene.meera, scene.sku, contact={"email": "meera@example.com", "name": MIMICRY})
    assert bought.status_code == 201, bought.text
    kept = await scene.meera.post("/api/me/addresses", json={**ADDRESS, "name": MIMICRY, "line1": MIMICRY})
    assert kept.status_code == 201, kept.text
    assert kept.json()["line1"] == MIMICRY
    review = {"rating": 1, "title": MIMICRY, "body": MIMICRY + "</script><!--"}
    written = await scene.meera.post(f"/api/products/{scene.slug}/reviews", json=review)
    assert written.status_code == 201, written.text
    wanted = replace(draft("odd-tee"), name=MIMICRY, description=MIMICRY, details=(MIMICRY,), categories=("clothing",))
    await scene.whole.shop.editor.create(wanted, actor="test")
    await scene.whole.shop.catalog.follow()
    for path in ("/p/odd-tee", "/c/clothing", f"/search?q={quote(MIMICRY)}", f"/p/{scene.slug}", "/"):
        page = await scene.visitor.get(path)
        assert page.status_code == 200
        assert "alert(1)" in page.text or path == f"/p/{scene.slug}", path
        for sign in ("<script>alert", "<img src=x", "</script><!--", "<!--"):
            assert sign not in page.text, (path, sign)
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    listed = await scene.visitor.get(f"/api/products/{scene.slug}/reviews")
    assert listed.json()["items"][0]["title"] == MIMICRY
    assert listed.headers["content-type"] == "application/json"
    assert listed.headers["x-content-type-options"] == "nosniff"


DESTINATIONS = (
    "//evil.test", "/\\evil.test", "https:evil.test", "https://evil.test", "/%09/evil.test", "/\t/evil.test",
    "/..//evil.test", "\\\\evil.test", "javascript:alert(1)", "/@evil.test", "@evil.test", "///evil.test",
    "/\u2024\u2024/evil.test", "/\u3002evil.test", "/ok\r\nset-cookie: a=b", "/auth/login?next=/auth/login", "",
    "x" * 5000, "/" + "x" * 5000, "/a b\x00", "http:///evil.test", "/;//evil.test", "/%2f%2fevil.test", "/%5cevil.test",
)  # fmt: skip


@pytest.mark.parametrize("destination", DESTINATIONS, ids=lambda text: repr(text[:30]))
async def test_a_sign_in_ends_on_a_page_of_ours(scene: Scene, destination: str) -> None:
    async with scene.whole.browser() as fresh:
        answer = await sign_in(fresh, ASHA, destination)
    found = re.search(r'content="0;url=([^"]*)"', answer.text)
    assert found is not None, answer.text
    url = found[1].replace("&amp;", "&")
    joined = httpx.URL(f"https://{ORIGIN_HOST}/auth/callback").join(url)
    assert joined.host == ORIGIN_HOST, url
    assert url.startswith("/")
    assert not re.match(r"/[/\\\s]|/%(09|2f|5c)", url, re.IGNORECASE), url
    assert not re.search(r"[\x00-\x20\\]", url), url
    assert len(url) < 3000


async def test_a_callback_is_taken_once_and_by_whom_it_began(scene: Scene) -> None:
    async with scene.whole.browser() as fresh, scene.whole.browser() as other:
        await sign_in(fresh, ASHA)
        replay = "/auth/callback?code=used&state=old"
        for browser in (fresh, other):
            for path in (replay, "/auth/callback", "/auth/callback?error=access_denied", f"{replay}&state=other"):
                answer = await browser.get(path, headers={"sec-fetch-site": "cross-site"})
                assert answer.status_code in (302, 400), path
                assert "__Host-at=ey" not in str(answer.headers)
                location = answer.headers["location"]
                assert location.startswith(("/sign-in?error=", scene.whole.settings.identity_url)), location
        assert (await fresh.get("/api/session")).json()["signed_in"] is True
        assert (await other.get("/api/session")).json()["signed_in"] is False
        for path in ("/auth/logout", "/api/auth/sign-out-everywhere"):
            assert_problem(await fresh.get(path), 405)
        assert (await fresh.get("/api/session")).json()["signed_in"] is True, "no image tag signs anybody out"


async def test_two_changes_of_one_profile_at_once(scene: Scene) -> None:
    """Whoever says which version it saw is not overwritten in silence."""
    version = (await scene.omar.get("/api/me")).json()["version"]
    changes = [scene.omar.patch("/api/me", json={"name": f"Omar {n}", "version": version}) for n in range(8)]
    answers = await asyncio.gather(*changes)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
