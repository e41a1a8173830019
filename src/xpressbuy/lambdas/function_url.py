"""A function URL's event as an ASGI request, and the answer as the function URL takes it. Knows no shop.

The adapter's own reading of events is not used: it believes forwarded ports, and calls an answer without a type JSON,
which a cache would then believe of a style sheet that it asked about.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import structlog
from mangum.types import LambdaConfig, LambdaContext, LambdaEvent, Response, Scope

ANSWER_BYTES_MAX = 4_500_000
"""A function's answer ends at 6 MB, and base64 makes four letters of three bytes."""
VIEWER_ADDRESS = "cloudfront-viewer-address"
_TOO_LARGE = b'{"type":"/problems/internal","title":"Something went wrong","status":500,"code":"internal"}'
_log = structlog.get_logger("xpressbuy.lambdas")


class FunctionUrl:
    """One event, payload format 2.0. Fits the adapter's protocol for a handler."""

    def __init__(self, event: LambdaEvent, context: LambdaContext, config: LambdaConfig) -> None:
        self._event = event
        self._context = context
        self._config = config

    @classmethod
    def infer(cls, event: LambdaEvent, context: LambdaContext, config: LambdaConfig) -> bool:  # noqa: ARG003 - theirs
        """Whether an event is a request at all."""
        return "http" in (event.get("requestContext") or {})

    @property
    def body(self) -> bytes:
        """The request's body."""
        body = self._event.get("body") or ""
        return base64.b64decode(body) if self._event.get("isBase64Encoded") else body.encode(errors="replace")

    @property
    def scope(self) -> Scope:
        """The request as ASGI has it."""
        request = self._event["requestContext"]["http"]
        headers = {name.lower(): value for name, value in self._event.get("headers", {}).items()}
        if cookies := self._event.get("cookies"):
            headers["cookie"] = "; ".join(cookies)
        path = self._event.get("rawPath") or "/"
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "http_version": "1.1",
            "method": request["method"],
            "scheme": "https",
            "path": unquote(path),
            "raw_path": path.encode(errors="replace"),
            "root_path": "",
            "query_string": self._event.get("rawQueryString", "").encode(errors="replace"),
            "headers": [
                (name.encode(errors="replace"), value.encode(errors="replace")) for name, value in headers.items()
            ],
            "client": (self._client(headers), 0),
            "server": (headers.get("host", ""), 443),
        }

    def __call__(self, response: Response) -> dict[str, Any]:
        """The answer. Binary and compressed bodies go in base64, each cookie for itself."""
        if len(response["body"]) > ANSWER_BYTES_MAX:
            _log.error("answer_too_large", path=self._event.get("rawPath", "")[:200], bytes=len(response["body"]))
            kind = [[b"content-type", b"application/problem+json"], [b"cache-control", b"no-store"]]
            response = {"status": 500, "headers": kind, "body": _TOO_LARGE}
        headers, cookies = _split(response)
        body = b"" if self._event["requestContext"]["http"]["method"] == "HEAD" else response["body"]
        text = None if "content-encoding" in headers else _text(body)
        answer: dict[str, Any] = {
            "statusCode": response["status"],
            "headers": headers,
            "body": base64.b64encode(body).decode() if text is None else text,
            "isBase64Encoded": text is None,
        }
        return answer | ({"cookies": cookies} if cookies else {})

    def _client(self, headers: Mapping[str, str]) -> str:  # noqa: ARG002 - others look there
        """Who asks: the other end of the connection."""
        return str(self._event["requestContext"]["http"].get("sourceIp", ""))


class BehindCloudFront(FunctionUrl):
    """A request that the app takes only with the proof that CloudFront has sent it, which also says for whom.

    `X-Forwarded-For` does not: a function URL keeps the first address of it alone, and that is what the caller wrote.
    """

    def _client(self, headers: Mapping[str, str]) -> str:
        # `203.0.113.7:49152` or `2001:db8::7:49152`
        viewer, _, port = headers.get(VIEWER_ADDRESS, "").rpartition(":")
        return viewer if viewer and port.isdigit() else super()._client(headers)


def _split(response: Response) -> tuple[dict[str, str], list[str]]:
    """Headers by name, values of one name joined, and the cookies, which cannot be joined."""
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for raw_name, raw_value in response["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name == "set-cookie":
            cookies.append(value)
        elif name != "content-length":  # the function URL counts for itself
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers, cookies


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
