"""What the outermost layer lets through, over a small app of its own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from pydantic import Field

from xpressbuy.http import problems
from xpressbuy.http.middleware import BODY_BYTES_MAX, EdgeMiddleware
from xpressbuy.http.strict import StrictModel, StrictRoute

pytestmark = pytest.mark.anyio
ORIGIN = "https://shop.test"
JSON = {"content-type": "application/json", "origin": ORIGIN}


class Line(StrictModel):
    quantity: int = Field(ge=0, le=999)
    note: str = Field("", max_length=50)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    problems.install(app)
    router = APIRouter(route_class=StrictRoute)

    @router.put("/api/lines")
    async def put_line(line: Line) -> dict[str, int]:
        return {"quantity": line.quantity}

    @router.get("/api/lines")
    async def get_lines() -> dict[str, int]:
        return {"quantity": 0}

    @router.get("/api/broken")
    async def broken() -> None:
        raise RuntimeError("secret text")

    app.include_router(router)
    edge = EdgeMiddleware(app, public_url=ORIGIN, new_request_id=lambda: "req_1")
    transport = httpx.ASGITransport(edge, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as http:
        yield http


def assert_problem(response: httpx.Response, status: int, code: str | None = None) -> None:
    """Every refusal has this one shape, and is small."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert len(response.content) <= problems.PROBLEM_BYTES_MAX
    body = response.json()
    assert body["status"] == status
    assert body["type"] == f"/problems/{body['code']}"
    assert body["title"]
    if code:
        assert body["code"] == code


async def test_good_json_goes_through(client: httpx.AsyncClient) -> None:
    response = await client.put("/api/lines", content=b'{"quantity": 3}', headers=JSON)
    assert (response.status_code, response.json()) == (200, {"quantity": 3})


BAD_JSON = [
    b"",
    b"{",
    b'{"quantity": NaN}',
    b'{"quantity": Infinity}',
    b'{"quantity": 1e999}',
    b'{"quantity": 1, "quantity": 50}',
    b'{"quantity": ' + b"9" * 5000 + b"}",
    b'\xef\xbb\xbf{"quantity": 1}',
    '{"quantity": 1}'.encode("utf-16"),
    '{"quantity": 1}'.encode("utf-32"),
    b'{"note": "\\ud800", "quantity": 1}',
    b'{"note": "\xff", "quantity": 1}',
    b"[" * 30_000,
    b'{"a":' * 900 + b"1" + b"}" * 900,
]


@pytest.mark.parametrize("body", BAD_JSON)
async def test_broken_json_is_a_small_4xx(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.put("/api/lines", content=body, headers=JSON)
    assert response.status_code in (400, 422)
    assert_problem(response, response.status_code)


WRONG_VALUES = [
    -1, -999_999, 1000, 10**9, 2**31, 2**53, 1.5, 3.0, "3", " 3 ", "1_000", True, None, [], {},
]  # fmt: skip


@pytest.mark.parametrize("value", WRONG_VALUES)
async def test_a_wrong_quantity_is_refused(client: httpx.AsyncClient, value: object) -> None:
    response = await client.put("/api/lines", content=json.dumps({"quantity": value}), headers=JSON)
    assert response.status_code in (400, 422)
    assert_problem(response, response.status_code)


@pytest.mark.parametrize("extra", ["price", "total", "PK", "SK", "gsi1pk", "role", "sub", "version", "<script>"])
async def test_an_unknown_field_is_refused_and_not_echoed(client: httpx.AsyncClient, extra: str) -> None:
    body = json.dumps({"quantity": 1, extra: "planted-value"})
    response = await client.put("/api/lines", content=body, headers=JSON)
    assert_problem(response, 422, "invalid")
    assert "planted-value" not in response.text


async def test_a_long_value_is_not_echoed(client: httpx.AsyncClient) -> None:
    body = json.dumps({"quantity": 1, "note": "x" * 60_000})
    assert_problem(await client.put("/api/lines", content=body, headers=JSON), 422)


async def test_a_long_name_is_not_echoed(client: httpx.AsyncClient) -> None:
    body = json.dumps({"quantity": 1, "n" * 60_000: 1})
    assert_problem(await client.put("/api/lines", content=body, headers=JSON), 422)


async def test_a_body_over_the_bound_is_refused_early(client: httpx.AsyncClient) -> None:
    body = b'{"note": "' + b"x" * BODY_BYTES_MAX + b'"}'
    assert_problem(await client.put("/api/lines", content=body, headers=JSON), 413, "body_too_large")


async def test_a_chunked_body_over_the_bound_is_refused(client: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b'{"note": "'
        for _ in range(100):
            yield b"x" * 1024

    response = await client.put("/api/lines", content=chunks(), headers=JSON)
    assert_problem(response, 413, "body_too_large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "",
             "application/json; charset=utf-7", "application/json, text/plain", "application/jsonx"],
)  # fmt: skip
async def test_only_json_is_taken(client: httpx.AsyncClient, kind: str) -> None:
    headers = {"origin": ORIGIN, "content-type": kind}
    assert_problem(await client.put("/api/lines", content=b'{"quantity": 1}', headers=headers), 403, "not_json")


CROSS_SITE: Iterable[dict[str, str]] = [
    {},
    {"origin": "https://evil.test"},
    {"origin": "null"},
    {"origin": "https://shop.test.evil.test"},
    {"origin": "http://shop.test"},
    {"origin": "https://sub.shop.test"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "same-origin", "origin": "https://evil.test"},
    {"sec-fetch-site": "cross-site", "origin": ORIGIN},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
async def test_a_change_from_elsewhere_is_refused(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    response = await client.put(
        "/api/lines", content=b'{"quantity": 1}', headers={"content-type": "application/json", **headers}
    )
    assert_problem(response, 403, "cross_site")


@pytest.mark.parametrize("host", ["evil.test", "shop.test:81", "", "shop.test, evil.test"])
async def test_another_host_is_refused(client: httpx.AsyncClient, host: str) -> None:
    assert_problem(await client.get("/api/lines", headers={"host": host}), 400, "bad_host")


async def test_an_encoded_body_is_refused(client: httpx.AsyncClient) -> None:
    headers = {**JSON, "content-encoding": "gzip"}
    assert_problem(await client.put("/api/lines", content=b"\x1f\x8b", headers=headers), 415)


async def test_headers_have_a_bound(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/api/lines", headers={"cookie": "a=" + "x" * 33_000}), 400, "headers_too_large")


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH", "TRACE", "BREW"])
async def test_an_unknown_method_is_405_with_allow(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/api/lines", headers=JSON)
    assert_problem(response, 405, "method_not_allowed")
    assert response.headers["allow"]


async def test_a_method_override_is_ignored(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/lines", headers={"x-http-method-override": "PUT"})
    assert response.json() == {"quantity": 0}


async def test_an_unknown_error_says_nothing(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/broken")
    assert_problem(response, 500, "internal")
    assert "secret" not in response.text


async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient) -> None:
    for path in ("/api/lines", "/api/nothing", "/api/broken"):
        headers = (await client.get(path)).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "script-src 'self';" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["strict-transport-security"]
        assert headers["x-request-id"] == "req_1"
        assert headers["cache-control"] == "no-store"


SECRET = "s" * 43


@pytest.fixture
async def hidden() -> AsyncIterator[httpx.AsyncClient]:
    """An app behind CloudFront, asked by whoever found its own address."""
    app = FastAPI()
    problems.install(app)

    @app.get("/{path:path}")
    async def anything(path: str) -> str:
        return path

    edge = EdgeMiddleware(app, public_url=ORIGIN, new_request_id=lambda: "req_1", origin_secret=SECRET)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="https://abc.on.aws") as http:
        yield http


@pytest.mark.parametrize(
    "proof",
    [[], [""], ["x"], [SECRET[:-1]], [SECRET + "s"], [SECRET, SECRET], [f"{SECRET},{SECRET}"], ["\xff" * 43], [ORIGIN]],
)
async def test_past_the_front_nobody_is_answered(hidden: httpx.AsyncClient, proof: list[str]) -> None:
    headers = [(b"x-origin-verify", value.encode("latin-1")) for value in proof]
    for path in ("/", "/api/cart", "/assets/main.js", "/healthz/", "//healthz"):
        answer = await hidden.get(path, headers=headers)
        assert_problem(answer, 403, "origin_refused")
        assert SECRET not in answer.text


async def test_through_the_front_the_origin_may_have_a_name_of_its_own(hidden: httpx.AsyncClient) -> None:
    answer = await hidden.get("/p/tee", headers={"x-origin-verify": SECRET})
    assert (answer.status_code, answer.json()) == (200, "p/tee")


@pytest.mark.parametrize("probe", ["/healthz", "/readyz"])
async def test_probes_need_no_proof(hidden: httpx.AsyncClient, probe: str) -> None:
    assert (await hidden.get(probe)).status_code == 200
