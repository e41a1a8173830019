"""What a function URL's event becomes, and what becomes of an answer."""

from __future__ import annotations

import base64
import secrets
from typing import Any

import pytest
from tests.lambdas.web_function import EDGE, VIEWER, event, read

from xpressbuy.http.cookies import CookieBox
from xpressbuy.lambdas.function_url import ANSWER_BYTES_MAX, BehindCloudFront, FunctionUrl

NOTHING: Any = None


def reader(sent: dict[str, Any], kind: type[FunctionUrl] = FunctionUrl) -> FunctionUrl:
    return kind(sent, NOTHING, NOTHING)


def headers_of(sent: dict[str, Any]) -> dict[bytes, bytes]:
    return dict(reader(sent).scope["headers"])


def answer(status: int, headers: list[tuple[str, str]], body: bytes, method: str = "GET") -> dict[str, Any]:
    pairs = [[name.encode(), value.encode("latin-1")] for name, value in headers]
    return reader(event(method, "/"))({"status": status, "headers": pairs, "body": body})


def test_a_request_keeps_its_path_query_cookies_and_body() -> None:
    sent = event("POST", "/p/caf%C3%A9", query="q=a%20b&q=c", cookies={"a": "1", "b": "2"}, body=b'{"x":1}')
    scope = reader(sent).scope
    assert (scope["method"], scope["path"], scope["raw_path"]) == ("POST", "/p/café", b"/p/caf%C3%A9")
    assert scope["query_string"] == b"q=a%20b&q=c"
    assert headers_of(sent)[b"cookie"] == b"a=1; b=2"
    assert headers_of(sent)[b"content-length"] == b"7"
    assert reader(sent).body == b'{"x":1}'


def test_a_binary_body_is_unpacked() -> None:
    assert reader(event("POST", "/", body=b"\x00\xff", binary=True)).body == b"\x00\xff"
    assert reader(event("GET", "/")).body == b""


@pytest.mark.parametrize("port", ["443", "abc", "", "99999999"])
def test_forwarded_ports_are_nobodys_word(port: str) -> None:
    scope = reader(event("GET", "/", headers={"x-forwarded-port": port, "x-forwarded-proto": "http"})).scope
    assert (scope["scheme"], scope["server"][1]) == ("https", 443)


def test_a_host_of_any_form_is_read() -> None:
    assert reader(event("GET", "/", headers={"host": "a:b:c"})).scope["server"][0] == "a:b:c"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("203.0.113.7:49152", VIEWER),
        ("2001:db8::7:49152", "2001:db8::7"),
        ("203.0.113.7", EDGE),
        ("", EDGE),
        (":1", EDGE),
        ("203.0.113.7:x", EDGE),
    ],
)
def test_cloudfront_says_who_asks(said: str, seen: str) -> None:
    sent = event("GET", "/", headers={"cloudfront-viewer-address": said, "x-forwarded-for": "6.6.6.6"})
    assert reader(sent, BehindCloudFront).scope["client"] == (seen, 0)


def test_without_the_front_nobody_is_believed() -> None:
    """There is no proof of CloudFront then, so anybody may write its header."""
    assert reader(event("GET", "/")).scope["client"] == (EDGE, 0)


def test_each_cookie_is_set_for_itself_and_other_headers_are_joined() -> None:
    pairs = [("set-cookie", "a=1; Path=/, x"), ("vary", "accept"), ("Set-Cookie", "b=2"), ("Vary", "cookie")]
    said = read(answer(200, [("content-type", "text/html"), *pairs], b"x"))
    assert said.cookies == ["a=1; Path=/, x", "b=2"]
    assert said.headers == {"content-type": "text/html", "vary": "accept, cookie"}


@pytest.mark.parametrize("status", [204, 304])
def test_no_type_is_made_up(status: int) -> None:
    assert read(answer(status, [("etag", '"x"')], b"")).headers == {"etag": '"x"'}


@pytest.mark.parametrize(
    ("kind", "more", "body", "binary"),
    [
        ("text/html; charset=utf-8", [], "é".encode(), False),
        ("application/json", [], b"{}", False),
        ("application/problem+json", [], b"{}", False),
        ("image/webp", [], b"RIFF\x00\xff\xfe", True),
        ("text/javascript", [("content-encoding", "br")], b"packed", True),
        ("text/html", [], b"\xff not utf-8", True),
    ],
)
def test_bodies_arrive_byte_for_byte(kind: str, more: list[tuple[str, str]], body: bytes, binary: bool) -> None:
    said = read(answer(200, [("content-type", kind), ("content-length", "999"), *more], body))
    assert (said.body, said.binary) == (body, binary)
    assert "content-length" not in said.headers


def test_a_head_has_no_body() -> None:
    assert read(answer(200, [("etag", '"x"')], b"page", method="HEAD")).body == b""


def test_an_answer_over_the_functions_bound_is_a_small_refusal() -> None:
    whole = answer(200, [("content-type", "image/webp")], b"\xff" * ANSWER_BYTES_MAX)
    assert len(whole["body"]) < 6 * 1024 * 1024
    assert base64.b64decode(whole["body"]) == b"\xff" * ANSWER_BYTES_MAX
    over = read(answer(200, [("content-type", "image/webp")], b"\xff" * (ANSWER_BYTES_MAX + 1)))
    assert (over.status, over.json()["code"], over.headers["cache-control"]) == (500, "internal", "no-store")


@pytest.mark.parametrize(
    "other",
    [{}, {"source": "aws.events"}, {"requestContext": None}, {"Records": []}, {"requestContext": {"elb": {}}}],
)
def test_other_events_are_no_requests(other: dict[str, Any]) -> None:
    assert not FunctionUrl.infer(other, NOTHING, NOTHING)
    assert FunctionUrl.infer(event("GET", "/"), NOTHING, NOTHING)


HEADER_BYTES_MAX = 10_240
"""What a function URL takes of all headers together. Above it nobody is asked and the answer is AWS's own refusal."""
TOKENS = {"__Host-at": 1_200, "__Host-it": 1_400, "__Host-rt": 1_900, "__Host-guest": 120}
"""Cognito's tokens with two groups and a long name; the local pool's are a quarter smaller."""
BROWSER = 1_500
"""What browsers add: agent, languages, hints, the page before."""


def test_who_is_signed_in_fits_a_function_url() -> None:
    box = CookieBox((bytes(32),), secrets.token_bytes)
    cookies = {name: box.seal(name, bytes(size)) for name, size in TOKENS.items()}
    headers = event("GET", "/api/session", cookies=cookies)["headers"]
    assert sum(len(name) + len(value) + 4 for name, value in headers.items()) + BROWSER < HEADER_BYTES_MAX
