"""Bad input on every route that changes something: a small refusal, never a server error, and nothing changed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from tests.architecture.error_page import PLACES
from tests.conftest import ORIGIN
from tests.contract.bad_bodies import MARK, broken, wrong_shapes
from tests.contract.conftest import Scene
from tests.contract.routes import CHANGES, WITH_BODY, Change, unsafe_routes
from tests.contract.shape import assert_problem

from xpressbuy.http.middleware import BODY_BYTES_MAX

pytestmark = pytest.mark.anyio
every_change = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
every_body = pytest.mark.parametrize("change", WITH_BODY, ids=lambda change: change.name)

FROM_ELSEWHERE: tuple[dict[str, str], ...] = (
    {},
    {"origin": "https://evil.test"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": ORIGIN + ".evil.test"},
    {"origin": ORIGIN + ":444"},
    {"origin": ORIGIN.replace("https", "http")},
    {"origin": ORIGIN.replace("https://", "https://sub.")},
    {"origin": f"{ORIGIN}, https://evil.test"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "same-origin", "origin": "https://evil.test"},
    {"sec-fetch-site": "cross-site", "origin": ORIGIN},
    {"referer": f"{ORIGIN}/cart"},
)
OTHER_TYPES = (
    "", "text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-7", "application/json; charset=utf-16", "application/json, text/plain",
    "text/json", "application/jsonx", "application/xml", "application/problem+json", "application/csp-report", "*/*",
)  # fmt: skip
OTHER_ENCODINGS = ("gzip", "br", "deflate", "zstd", "identity, gzip", "x")
ANYTHING_GOES = {"coupon_unavailable", "price_changed"}
"""A coupon may be any text and an expected total any amount; the shop says no to them, not their shape."""


def test_every_route_that_changes_something_is_tried() -> None:
    assert {(change.method, change.template) for change in CHANGES} == unsafe_routes()


@every_change
async def test_a_change_from_elsewhere_is_refused(scene: Scene, change: Change) -> None:
    before = await scene.whole.everything()
    cookies = dict(scene.asha.cookies)
    async with scene.whole.stranger() as stranger:
        stranger.cookies.update(cookies)
        for headers in FROM_ELSEWHERE:
            said = {"content-type": "application/json", **change.headers, **headers}
            answer = await stranger.request(change.method, change.path, content=change.content, headers=said)
            assert_problem(answer, 403, code="cross_site")
            assert "set-cookie" not in answer.headers
    assert await scene.whole.everything() == before


@every_change
async def test_only_json_is_taken(scene: Scene, change: Change) -> None:
    before = await scene.whole.everything()
    for kind in OTHER_TYPES:
        for content in (change.content, b"quantity=1", b"--x--"):
            headers = {**change.headers, "content-type": kind}
            answer = await scene.asha.request(change.method, change.path, content=content, headers=headers)
            assert_problem(answer, 403, code="not_json")
    assert await scene.whole.everything() == before


@every_change
async def test_what_decides_is_said_once(scene: Scene, change: Change) -> None:
    before = await scene.whole.everything()
    request = scene.asha.build_request(change.method, change.path, content=change.content, headers=change.headers)
    good = list(request.headers.raw)
    for twice in (("content-type", "text/plain"), ("origin", "https://evil.test"), ("sec-fetch-site", "cross-site"),
                  ("content-type", "application/json"), ("origin", ORIGIN)):  # fmt: skip
        for place in (0, len(good)):
            pair = (twice[0].encode(), twice[1].encode())
            request.headers = httpx.Headers([*good[:place], pair, *good[place:]])
            answer = await scene.asha.send(request)
            assert_problem(answer, 400, code="repeated_header")
    assert await scene.whole.everything() == before


@every_change
async def test_a_body_has_a_bound_and_no_encoding(scene: Scene, change: Change) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b'{"note": "'
        for _ in range(BODY_BYTES_MAX // 1024 + 1):
            yield b"x" * 1024

    before = await scene.whole.everything()
    headers = change.headers
    for size in (BODY_BYTES_MAX + 1, 8 * 1024**2):
        answer = await scene.asha.request(change.method, change.path, content=b"x" * size, headers=headers)
        assert_problem(answer, 413, code="body_too_large")
    for length in ("-1", "1e3", "9" * 13, "9" * 4000, "0x10", "+1", "1, 2", "\u00b2", "\u00d9\u00a1"):
        strange = httpx.Headers({**headers, "content-length": length}, encoding="latin-1")
        answer = await scene.asha.request(change.method, change.path, content=change.content, headers=strange)
        assert_problem(answer, 400, 413)
    for encoding in OTHER_ENCODINGS:
        said = {**headers, "content-encoding": encoding}
        answer = await scene.asha.request(change.method, change.path, content=b"\x1f\x8b" * 10, headers=said)
        assert_problem(answer, 415, code="content_encoding")
    if change.body is not None:
        answer = await scene.asha.request(change.method, change.path, content=chunks(), headers=headers)
        assert_problem(answer, 413, code="body_too_large")
    assert await scene.whole.everything() == before


@every_body
async def test_what_is_no_json_is_refused(scene: Scene, change: Change) -> None:
    assert change.body is not None
    before = await scene.whole.everything()
    for content in broken(change.body):
        answer = await scene.asha.request(change.method, change.path, content=content, headers=change.headers)
        assert_problem(answer, 400, 422)
        assert MARK not in answer.text
    assert await scene.whole.everything() == before


@every_body
async def test_a_wrong_shape_is_refused_and_not_echoed(scene: Scene, change: Change) -> None:
    assert change.body is not None
    before = await scene.whole.everything()
    for body in wrong_shapes(change.body):
        content = json.dumps(body).encode()
        answer = await scene.asha.request(change.method, change.path, content=content, headers=change.headers)
        problem = assert_problem(answer, 400, 409, 413, 422)
        assert problem["code"] in {"invalid", "bad_json", "body_too_large", *ANYTHING_GOES}, (problem, content[:200])
        assert {error["code"] for error in problem.get("errors", ())} <= PLACES, problem
        assert MARK not in answer.text
        assert "<script>" not in answer.text, "a name that the caller made up came back"
    assert await scene.whole.everything() == before


@every_change
async def test_who_is_not_signed_in_changes_nothing_of_a_person(scene: Scene, change: Change) -> None:
    if not change.template.startswith("/api/me") and "reviews" not in change.template:
        return
    before = await scene.whole.everything()
    for browser in (scene.visitor, scene.guest):
        answer = await browser.request(change.method, change.path, content=change.content, headers=change.headers)
        assert_problem(answer, 401, code="unauthenticated")
    assert await scene.whole.everything() == before
