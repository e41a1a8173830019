"""The outermost layer: request ids, hosts, bounds on bodies and time, cross-site defence, headers, one log line.

Plain ASGI, so that it also wraps what answers outside the framework.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xpressbuy.http import csrf, problems
from xpressbuy.kit.errors import Denied, Malformed, ShopError, TooLarge, Unavailable, Unsupported

BODY_BYTES_MAX = 64 * 1024
REQUEST_SECONDS_MAX = 10.0
HEADER_BYTES_MAX = 32 * 1024
SINGLE = frozenset({"content-type", "content-length", "content-encoding", "origin", "sec-fetch-site"})
"""Headers that are decided by. Of two, another layer might believe the other one."""
PROBES = frozenset({"/healthz", "/readyz"})
"""Load balancers ask for these by address, so neither the host nor the front is checked there."""
ORIGIN_HEADER = b"x-origin-verify"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: {images}; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_log = structlog.get_logger("xpressbuy.http")


class EdgeMiddleware:
    """See the module. `csrf_exempt` are paths whose callers prove themselves otherwise (signed webhooks).

    With an `origin_secret` only CloudFront is answered, which adds it to each request. It answers for the shop's names
    alone and may have to name its origin in `Host`, so the host is not looked at then.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        public_url: str,
        new_request_id: Callable[[], str],
        images_url: str = "",
        csrf_exempt: frozenset[str] = frozenset(),
        origin_secret: str = "",
    ) -> None:
        self._app = app
        self._origin = public_url
        self.proof = _proof_of(public_url, origin_secret)
        """The header that shows which way a request came, and its only right value."""
        self._new_request_id = new_request_id
        self._exempt = csrf_exempt
        self._headers = _security_headers(public_url, images_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._new_request_id()
        scope.setdefault("state", {})["request_id"] = request_id
        exchange = _Exchange(send, self._headers, scope["path"], request_id)
        started = perf_counter()
        try:
            headers = self._check(scope)
            bounded = _bounded(receive, headers)
            async with asyncio.timeout(REQUEST_SECONDS_MAX):
                await self._app(scope, bounded, exchange.send)
        except ShopError as error:
            await exchange.refuse(error)
        except TimeoutError:
            await exchange.refuse(Unavailable("timeout", "That took too long. Try again.", retry_after_seconds=1))
        _log.info(
            "request",
            id=request_id,
            method=scope["method"],
            path=scope["path"][:200],
            status=exchange.status,
            ms=round((perf_counter() - started) * 1000, 1),
        )

    def _check(self, scope: Scope) -> dict[str, str]:
        pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        headers = dict(reversed(pairs))
        if scope["path"] not in PROBES:
            self._check_way(scope)
        if sum(len(name) + len(value) for name, value in pairs) > HEADER_BYTES_MAX:
            raise Malformed("headers_too_large", "The headers are too large.")
        single = [name for name, _ in pairs if name in SINGLE]
        if len(single) != len(set(single)):
            raise Malformed("repeated_header", "A header that has one value came twice.")
        if headers.get("content-encoding", "identity") != "identity":
            raise Unsupported("content_encoding", "Send the body without compression.")
        if scope["path"] not in self._exempt:
            csrf.check(scope["method"], headers, self._origin)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or len(length) > 12:
            raise Malformed("bad_length", "The length of the body is not a number.")
        if int(length) > BODY_BYTES_MAX:
            raise TooLarge("body_too_large", "The body is over 64 KB.")
        return headers

    def _check_way(self, scope: Scope) -> None:
        """Whether the request came through the shop's front, or, where there is none, to the shop's name."""
        name, wanted = self.proof
        given = [value for header, value in scope["headers"] if header == name]
        if len(given) == 1 and hmac.compare_digest(given[0], wanted):
            return
        if name == ORIGIN_HEADER:
            raise Denied("origin_refused", "The shop answers at its own address only.")
        raise Malformed("bad_host", "This shop does not answer under that name.")


def _proof_of(public_url: str, origin_secret: str) -> tuple[bytes, bytes]:
    if origin_secret:
        return ORIGIN_HEADER, origin_secret.encode()
    return b"host", urlsplit(public_url).netloc.encode()


class _Exchange:
    """Adds our headers to whatever starts the answer, and can refuse as long as nothing has started."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]], path: str, request_id: str) -> None:
        self._send = send
        self._headers = headers
        self._path = path
        self._request_id = request_id
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._with_ours(list(message.get("headers", [])))}
        await self._send(message)

    async def refuse(self, error: ShopError) -> None:
        if self.status:
            raise error
        response = problems.answer(error, self._request_id)
        await self.send(
            {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
        )
        await self.send({"type": "http.response.body", "body": response.body})

    def _with_ours(self, headers: list[Any]) -> list[Any]:
        present = {name.lower() for name, _ in headers}
        headers += [(name, value) for name, value in self._headers if name not in present]
        headers.append((b"x-request-id", self._request_id.encode()))
        if b"cache-control" not in present and self._path.startswith(("/api", "/auth")):
            headers.append((b"cache-control", b"no-store"))
        return headers


def _bounded(receive: Receive, headers: dict[str, str]) -> Receive:
    seen = 0
    chunked = "content-length" not in headers

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        if chunked and message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > BODY_BYTES_MAX:
                raise TooLarge("body_too_large", "The body is over 64 KB.")
        return message

    return bounded


def _security_headers(public_url: str, images_url: str) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-security-policy", CSP.format(images=images_url).replace(" ;", ";").encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    ]
    if public_url.startswith("https://"):
        headers.append((b"strict-transport-security", b"max-age=63072000; includeSubDomains"))
    return headers
