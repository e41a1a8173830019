"""Answers that are the same for everyone: a strong ETag, 304s, and how long shared caches may keep them.

Nothing personal may ever be answered through here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request, Response
from pydantic import BaseModel

ETAGS_COMPARED_MAX = 20
JSON = "application/json"
MAKING = "xpressbuy.making"
"""Where a request's scope holds the `Making` of whoever will keep the answer."""


@dataclass(slots=True)
class Making:
    """What the maker of an answer says to a keeper in this process: at this instant it is too old."""

    fresh_until: datetime | None = None


def encode(model: BaseModel) -> bytes:
    """The model as JSON. What was never set is left out; what was set to None is null."""
    return model.model_dump_json(exclude_unset=True).encode()


def answer_json(
    request: Request, model: BaseModel, *, shared_seconds: int, fresh_until: datetime | None = None
) -> Response:
    """A model as a shared answer."""
    return answer(request, encode(model), JSON, shared_seconds=shared_seconds, fresh_until=fresh_until)


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    shared_seconds: int,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    fresh_until: datetime | None = None,
) -> Response:
    """Bytes as a shared answer: browsers ask again each time, shared caches keep it for `shared_seconds`.

    `fresh_until` is for answers that hold something read a while ago, such as stock: this process keeps it no longer.
    """
    making = request.scope.get(MAKING)
    if isinstance(making, Making):
        making.fresh_until = fresh_until
    etag = etag_of(body)
    kept = {
        "cache-control": f"public, max-age=0, s-maxage={shared_seconds}, must-revalidate",
        "etag": etag,
        "vary": "accept-encoding",
        **(headers or {}),
    }
    if status == 200 and matches(request.headers.get("if-none-match"), etag):
        return Response(None, 304, kept, media_type)  # without a type, what stands between may make one up
    return Response(body, status, kept, media_type)


def etag_of(body: bytes) -> str:
    """A strong ETag: 128 bits of the SHA-256 of the bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the caller already has this answer. Compared weakly, as RFC 9110 wants it for GET."""
    if not if_none_match:
        return False
    given = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")[:ETAGS_COMPARED_MAX]]
    return etag in given or given == ["*"]
