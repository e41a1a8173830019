"""A function URL's requests as CloudFront's arrive there, and a browser over whatever answers them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import ORIGIN

URL_HOST = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws"
ORIGIN_SECRET = "kept-between-cloudfront-and-the-function-0123"
VIEWER = "203.0.113.7"
EDGE = "64.252.70.9"

Answers = Callable[[dict[str, Any]], dict[str, Any]]


def event(
    method: str,
    path: str,
    *,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    cookies: Mapping[str, str] | None = None,
    body: bytes | None = None,
    binary: bool = False,
    proof: str | None = ORIGIN_SECRET,
) -> dict[str, Any]:
    """Payload format 2.0 with the headers that CloudFront and the function URL add."""
    sent = {
        "host": URL_HOST,
        "user-agent": "Amazon CloudFront",
        "via": "2.0 0a1b2c3d.cloudfront.net (CloudFront)",
        "x-amz-cf-id": "cf-id==",
        "x-amzn-trace-id": "Root=1-6921f0aa-0123456789abcdef01234567",
        "x-forwarded-for": "198.51.100.99",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
        "cloudfront-viewer-address": f"{VIEWER}:49152",
        **(headers or {}),
    }
    if proof is not None:
        sent["x-origin-verify"] = proof
    made: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": sent,
        "requestContext": {
            "accountId": "anonymous",
            "apiId": URL_HOST.split(".", 1)[0],
            "domainName": URL_HOST,
            "domainPrefix": URL_HOST.split(".", 1)[0],
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": EDGE,
                "userAgent": "Amazon CloudFront",
            },
            "requestId": "0a0b0c0d-0000-4000-8000-000000000000",
            "routeKey": "$default",
            "stage": "$default",
            "time": "22/Nov/2026:19:30:00 +0000",
            "timeEpoch": 1795375800000,
        },
        "isBase64Encoded": binary,
    }
    if cookies:
        made["cookies"] = [f"{name}={value}" for name, value in cookies.items()]
        made["headers"]["cookie"] = "; ".join(made["cookies"])
    if body is not None:
        sent["content-length"] = str(len(body))
        made["body"] = base64.b64encode(body).decode() if binary else body.decode()
    return made


@dataclass
class Answer:
    """What a browser would see of an answer."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str]
    binary: bool

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Browser:
    """Keeps cookies and says where its requests come from."""

    ask: Answers
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, content: Any = None, **more: Any) -> Answer:
        headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin", **more.pop("headers", {})}
        body = None
        if content is not None:
            headers["content-type"] = "application/json"
            body = json.dumps(content).encode()
        raw = self.ask(event(method, path, headers=headers, cookies=self.cookies, body=body, **more))
        answer = read(raw)
        for line in answer.cookies:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def get(self, path: str, **more: Any) -> Answer:
        return self.send("GET", path, **more)


def read(raw: Mapping[str, Any]) -> Answer:
    """An answer as the function URL takes it: only what the format knows, and texts throughout."""
    assert set(raw) <= {"statusCode", "headers", "body", "isBase64Encoded", "cookies"}, raw
    assert all(isinstance(value, str) for value in raw["headers"].values())
    body = base64.b64decode(raw["body"], validate=True) if raw["isBase64Encoded"] else raw["body"].encode()
    return Answer(raw["statusCode"], raw["headers"], body, raw.get("cookies", []), raw["isBase64Encoded"])
