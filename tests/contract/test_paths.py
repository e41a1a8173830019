"""Methods, paths, hosts, forwarded headers and query strings as nobody should send them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.conftest import ORIGIN
from tests.contract.conftest import Scene
from tests.contract.routes import CHANGES, filled, route_table
from tests.contract.shape import assert_problem
from tests.whole import ASHA

pytestmark = pytest.mark.anyio
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW")
API_READS = sorted(path for method, path in route_table() if method == "GET" and path.startswith("/api/"))
LISTS = ("/api/products", "/api/suggest", "/api/products/plain-tee/reviews", "/api/orders")


def allowed() -> Iterator[tuple[str, set[str]]]:
    paths: dict[str, set[str]] = {}
    for method, path in route_table():
        paths.setdefault(path, set()).add(method)
    yield from sorted(paths.items())


def raw(client: httpx.AsyncClient, method: str, path: str, **more: Any) -> httpx.Request:
    """A request whose path is sent as it stands, without a client's tidying."""
    url = httpx.URL(ORIGIN).copy_with(raw_path=path.encode("latin-1"))
    return client.build_request(method, url, **more)


async def test_a_method_that_is_not_there_is_refused_and_says_which_are(scene: Scene) -> None:
    before = await scene.whole.everything()
    for template, methods in allowed():
        if "path}" in template and template.startswith("/{"):
            continue
        for method in METHODS:
            if method in methods:
                continue
            answer = await scene.asha.request(method, filled(template), content=b"{}")
            said = {name.strip() for name in answer.headers.get("allow", "").split(",")}
            if method == "HEAD":
                assert answer.status_code == 405, (method, template)
                continue
            assert_problem(answer, 405, code="method_not_allowed")
            assert said == methods, (method, template, said)
    assert await scene.whole.everything() == before


async def test_another_method_in_a_header_or_a_query_is_ignored(scene: Scene) -> None:
    before = await scene.whole.everything()
    for name in ("x-http-method-override", "x-http-method", "x-method-override", "_method"):
        for change in CHANGES:
            answer = await scene.asha.get(change.path, headers={name: change.method}, params={"_method": change.method})
            assert answer.status_code < 500
    assert await scene.whole.everything() == before


SPELLINGS = (
    "/api/products/", "/api/cart/", "/api/orders/", "/api//products", "//api/products", "///evil.test/api/products",
    "/api/products/..%2f", "/api/products/%2e%2e%2fcart", "/API/products",
    "/api/products/%00", "/api/products/%ff", "/api/products/%", "/api/products/a%0d%0aset-cookie:x=1",
    "/api/products/" + "a" * 5000, "/api/products/%F0%9F%91%95", "/api/orders/..%2f..%2fcart", "/api/cart;a=b",
    "/api/orders/ord_%00", "/api/products\\plain-tee", "/api", "/api/", "/api/nothing",
    "/api/admin", "/api/admin/orders", "/auth", "/auth/", "/assets/..%2f..%2fpyproject.toml", "/assets/%2e%2e/x",
    "/images/..%2f/320.webp", "/images/img_x/..%2f..%2f320.webp", "/images//320.webp", "/assets/.vite/manifest.json",
    "/.env", "/.git/config", "/dev/mailbox/..%2f", "/healthz/", "/c/..%2f..", "/p/%3Cscript%3E", "/p/" + "a" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("path", SPELLINGS, ids=lambda path: path[:60])
async def test_a_strange_path_finds_nothing_and_leads_nowhere(scene: Scene, path: str) -> None:
    answer = await scene.asha.send(raw(scene.asha, "GET", path))
    assert answer.status_code in (400, 404, 422), (answer.status_code, answer.headers.get("location"))
    assert "location" not in answer.headers
    assert "set-cookie" not in answer.headers
    if answer.headers["content-type"].startswith("text/html"):
        assert "<script>" not in answer.text.lower().replace("<script>(", "")
        assert len(answer.content) < 20_000
    else:
        assert_problem(answer, 400, 404, 422)


@pytest.mark.parametrize(
    "path", ["/api/cart/lines/PLAIN-TEE-S0/", "/api/orders/", "//api/orders", "/api/me/addresses/"]
)
async def test_a_change_by_a_strange_path_changes_nothing(scene: Scene, path: str) -> None:
    before = await scene.whole.everything()
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = await scene.asha.send(raw(scene.asha, method, path, content=b'{"quantity": 5}'))
        assert answer.status_code in (404, 405)
        assert "location" not in answer.headers
    assert await scene.whole.everything() == before


@pytest.mark.parametrize(
    "hosts",
    [["evil.test"], ["shop.test:81"], [""], ["shop.test, evil.test"], ["shop.test", "evil.test"], [], ["shop.test."],
     ["SHOP.test.evil.test"], ["evil.test@shop.test"], ["127.0.0.1"], ["x" * 5000]],
    ids=lambda hosts: "+".join(hosts)[:40] or "none",
)  # fmt: skip
async def test_another_host_is_refused(scene: Scene, hosts: list[str]) -> None:
    for path in ("/", "/api/session", "/auth/login", "/sitemap.xml"):
        request = scene.asha.build_request("GET", path)
        kept = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
        request.headers = httpx.Headers([*kept, *((b"host", host.encode()) for host in hosts)])
        assert_problem(await scene.asha.send(request), 400, code="bad_host")


FORGED = {
    "x-forwarded-host": "evil.test",
    "x-forwarded-proto": "http",
    "x-forwarded-port": "81",
    "x-forwarded-for": "6.6.6.6, 127.0.0.1",
    "x-forwarded-prefix": "/evil",
    "x-original-url": "/api/me",
    "x-rewrite-url": "/api/me",
    "forwarded": "for=6.6.6.6;host=evil.test;proto=http",
    "x-host": "evil.test",
    "x-user-id": "somebody",
    "x-amzn-oidc-identity": "somebody",
    "x-amzn-oidc-data": "e30.e30.e30",
    "x-amzn-request-id": "evil",
    "x-request-id": "evil",
}


async def test_forged_headers_change_no_answer(scene: Scene) -> None:
    for path in ("/", "/api/session", "/api/products", "/auth/login", "/sitemap.xml", "/p/plain-tee"):
        plain, forged = await scene.visitor.get(path), await scene.visitor.get(path, headers=FORGED)
        assert forged.status_code == plain.status_code
        assert "evil" not in forged.text
        assert "evil" not in str(forged.headers)
        if path != "/auth/login":
            assert forged.text == plain.text
    assert_problem(await scene.visitor.get("/api/me", headers=FORGED), 401)


async def test_a_token_in_a_header_is_nobodys(scene: Scene) -> None:
    """Browsers alone ask here, by cookies: an access token that leaked opens nothing."""
    session = await scene.whole.cookies_of(ASHA)
    jar = scene.whole.shop.box
    sealed = jar.open("__Host-at", session["__Host-at"])
    assert sealed is not None
    token = re.search(rb"eyJ[\w.-]+", sealed)
    assert token is not None
    for value in (f"Bearer {token[0].decode()}", f"bearer {token[0].decode()}", "Basic YTpi", "Bearer", "x" * 9000):
        answer = await scene.visitor.get("/api/me", headers={"authorization": value})
        assert_problem(answer, 401, code="unauthenticated")
    spoken = {"authorization": "Bearer x.y.z"}
    assert (await scene.asha.get("/api/me", headers=spoken)).status_code == 200, "and does no harm beside a session"


COOKIES = (
    "a=" + "x" * 33_000,
    "; ".join(f"c{number}=1" for number in range(3000)),
    "__Host-at=" + "x" * 4096,
    "__Host-at=; __Host-it=; __Host-rt=",
    "__Host-at=%00; __Host-guest=\x01",
    "__Host-guest=" + "g" * 3000,
    "__Host-guest='; drop",
    "=; ;;;=;=x;__Host-at",
    "__Host-tx=x; __Host-rt=eyJhbGciOiJub25lIn0.e30.",
    "\u00ff\u00fe=\u00ff",
)


@pytest.mark.parametrize("cookie", COOKIES, ids=lambda cookie: cookie[:30])
async def test_strange_cookies_are_no_session_and_no_error(scene: Scene, cookie: str) -> None:
    async with scene.whole.stranger() as stranger:
        for path in ("/api/session", "/api/cart", "/api/products", "/", "/api/me"):
            headers = httpx.Headers({"cookie": cookie}, encoding="latin-1")
            answer = await stranger.get(path, headers=headers)
            if len(cookie) > 32 * 1024:
                assert_problem(answer, 400, code="headers_too_large")
            elif path == "/api/me":
                assert_problem(answer, 401, code="unauthenticated")
            else:
                assert answer.status_code == 200, answer.text
            if path == "/api/session" and answer.status_code == 200:
                assert answer.json()["signed_in"] is False


async def test_long_headers_are_bounded(scene: Scene) -> None:
    for name in ("accept-language", "user-agent", "x-anything", "referer", "if-none-match", "idempotency-key"):
        big = await scene.visitor.get("/api/products", headers={name: "a," * 17_000})
        assert_problem(big, 400, code="headers_too_large")
        assert (await scene.visitor.get("/api/products", headers={name: "a," * 10_000})).status_code == 200


LONG = "a" * 20_000
QUERIES = (
    "limit=1&limit=2", "limit=0", "limit=-1", "limit=101", "limit=1.0", "limit=true", "limit=%D9%A1",
    "limit=" + "9" * 5000,
    "limit=NaN", "limit=%00", "cursor=x", "cursor=" + "A" * 20_000, "cursor=eyJQSyI6IkNVU1RPTUVSI3gifQ", "cursor=%ff",
    "cursor[]=a", "cursor=a&cursor=b", "&".join(f"p{number}=1" for number in range(300)),
)  # fmt: skip
STRICT_QUERIES = ("no_such=1", "__proto__=1", LONG + "=1", "limit[]=1", "PK=1", "%ff=1")


@pytest.mark.parametrize("query", [*QUERIES, *STRICT_QUERIES], ids=lambda query: query[:30])
async def test_a_query_is_read_strictly(scene: Scene, query: str) -> None:
    for path in LISTS:
        answer = await scene.asha.send(raw(scene.asha, "GET", f"{path}?{query}"))
        assert answer.status_code < 500, (path, query[:50])
        assert len(answer.content) < 50_000
        assert_problem(answer, 400, 422)
        assert LONG[:200] not in answer.text


@pytest.mark.parametrize("path", API_READS)
async def test_no_read_fails_by_its_query(scene: Scene, path: str) -> None:
    for query in (*QUERIES, *STRICT_QUERIES, "%", "=", "&&&", "q=" + LONG, "q=%ff%fe", "q=%F0%9F%91%95", "q=%00"):
        answer = await scene.asha.send(raw(scene.asha, "GET", f"{filled(path)}?{query}"))
        assert answer.status_code < 500, query[:60]
        assert len(answer.content) < 50_000 or path == "/api/openapi.json"
