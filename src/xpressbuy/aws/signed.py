"""Signed requests to AWS without its SDK: what a process needs before it can answer, in a tenth of the SDK's start.

Signature Version 4 as AWS describes it, for its JSON services and for single objects of S3. Everything else of AWS is
asked through the SDK. Calls block, so that they can be made before there is an event loop.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

from xpressbuy.kit.clock import Clock, SystemClock

CONNECT_SECONDS_MAX = 2.0
READ_SECONDS_MAX = 5.0
ATTEMPTS_MAX = 3
PAUSE_SECONDS = 0.2
"""Before the second attempt; twice that before the third."""
ANSWER_BYTES_MAX = 32 * 1024 * 1024
_ALGORITHM = "AWS4-HMAC-SHA256"
_BUSY = 429
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Key:
    """An access key; `token` belongs to a role's."""

    id: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where AWS is for this process and how to get its access key, anew for each call since a role's expire."""

    region: str
    endpoint: str | None
    key: Callable[[], Key]
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body, and the error's name where AWS said one."""

    status: int
    body: bytes
    error: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. `url` has no query and its path is already quoted; names of headers are in lower case."""

    service: str
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Unreachable(Exception):
    """No answer after all attempts, or no access key. Its text names the reason and nothing secret."""


def role_key() -> Callable[[], Key]:
    """A source of the task's, instance's or user's own key, found and renewed by the SDK. Unreachable without one."""

    @cache
    def found() -> Any:  # noqa: ANN401 - the SDK's own
        from botocore.session import Session  # noqa: PLC0415 - half of a function's start, which never needs it

        return Session().get_credentials()

    def key() -> Key:
        credentials = found()
        if credentials is None:
            raise Unreachable("there is no access key")
        frozen = credentials.get_frozen_credentials()
        return Key(frozen.access_key, frozen.secret_key, frozen.token or "")

    return key


def call(place: Place, service: str, target: str, arguments: Mapping[str, str]) -> Answer:
    """One operation of a JSON service, such as `secretsmanager.GetSecretValue`. Unreachable if nobody answers.

    Only for operations that may be repeated.
    """
    url = place.endpoint or f"https://{service}.{place.region}.amazonaws.com"
    body = json.dumps(dict(arguments)).encode()
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
    return _send(place, Request(service, "POST", f"{url}/", headers, body))


def object_url(place: Place, bucket: str, key: str) -> str:
    """Where an object is: under the bucket's own name on AWS, below the endpoint elsewhere."""
    path = quote(key, safe="/-_.~")
    if place.endpoint:
        return f"{place.endpoint}/{bucket}/{path}"
    return f"https://{bucket}.s3.{place.region}.amazonaws.com/{path}"


def get_object(place: Place, bucket: str, key: str) -> Answer:
    """An object's bytes, or the refusal. Unreachable if nobody answers."""
    return _send(place, Request("s3", "GET", object_url(place, bucket, key)))


def put_object(place: Place, bucket: str, key: str, body: bytes, content_type: str) -> Answer:
    """Writes an object. Unreachable if nobody answers; then it may be written or not."""
    return _send(place, Request("s3", "PUT", object_url(place, bucket, key), {"content-type": content_type}, body))


def sign(request: Request, key: Key, at: datetime, region: str) -> dict[str, str]:
    """The request's headers with those of the signature."""
    parts = urlsplit(request.url)
    stamp, day = at.strftime("%Y%m%dT%H%M%SZ"), at.strftime("%Y%m%d")
    digest = hashlib.sha256(request.body).hexdigest()
    signed = {**request.headers, "host": parts.netloc, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    if key.token:
        signed["x-amz-security-token"] = key.token
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{' '.join(signed[name].split())}\n" for name in sorted(signed))
    canonical = "\n".join((request.method, parts.path or "/", "", lines, names, digest))
    scope = f"{day}/{region}/{request.service}/aws4_request"
    text = "\n".join((_ALGORITHM, stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    secret = f"AWS4{key.secret}".encode()
    for part in (day, region, request.service, "aws4_request"):
        secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
    signed["authorization"] = f"{_ALGORITHM} Credential={key.id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return signed


def _send(place: Place, request: Request) -> Answer:
    reason = ""
    for attempt in range(ATTEMPTS_MAX):
        if attempt:
            time.sleep(PAUSE_SECONDS * attempt)
        headers = sign(request, place.key(), place.clock.now(), place.region)
        try:
            answer = _ask(request, headers)
        except (OSError, HTTPException) as error:
            reason = type(error).__name__
            continue
        if answer.status < _SERVER_ERROR and answer.status != _BUSY:
            return answer
        reason = answer.error or str(answer.status)
    raise Unreachable(reason)


def _ask(request: Request, headers: dict[str, str]) -> Answer:
    parts = urlsplit(request.url)
    connection: HTTPConnection
    if parts.scheme == "https":
        connection = HTTPSConnection(parts.netloc, timeout=CONNECT_SECONDS_MAX, context=_tls())
    else:
        connection = HTTPConnection(parts.netloc, timeout=CONNECT_SECONDS_MAX)
    try:
        connection.connect()
        connection.sock.settimeout(READ_SECONDS_MAX)
        connection.request(request.method, parts.path or "/", request.body or None, headers)
        response = connection.getresponse()
        answer = response.read(ANSWER_BYTES_MAX + 1)
    finally:
        connection.close()
    if len(answer) > ANSWER_BYTES_MAX:
        raise HTTPException("the answer is too large")
    return Answer(response.status, answer, _error(response.status, answer))


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _error(status: int, body: bytes) -> str:
    """The error's name in a JSON service's refusal, without its name space."""
    if status < 400:
        return ""
    try:
        named = json.loads(body)
    except ValueError:
        return ""
    return str(named.get("__type", "")).rpartition("#")[2][:80] if isinstance(named, dict) else ""
