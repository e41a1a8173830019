"""Reading bodies and models strictly: no duplicate keys, no NaN, no lone surrogates, no unknown fields, no coercion."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict

from xpressbuy.kit.errors import Malformed

DEPTH_MAX = 32
"""Deepest nesting of a JSON body; the deepest of ours is 4."""
DIGITS_MAX = 15
"""Longest integer: 10^15 is under 2^53 and over every bound of a field."""


class StrictModel(BaseModel):
    """Base of every request body: unknown fields refused, types exact."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class AnswerModel(BaseModel):
    """Base of every answer."""

    model_config = ConfigDict(frozen=True)


def loads(body: bytes) -> Any:  # noqa: ANN401 - JSON is any shape until a model has read it
    """A JSON value in UTF-8. Malformed (`bad_json`) for everything the RFC leaves open or forbids."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused() from error
    if text.startswith("\ufeff") or _too_deep(text):
        raise _refused()
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_constant=_constant, parse_int=_integer, parse_float=_decimal
        )
    except (ValueError, RecursionError) as error:
        raise _refused() from error


class StrictRequest(Request):
    """A request whose JSON is read by `loads`."""

    async def json(self) -> Any:  # noqa: ANN401
        if not hasattr(self, "_json"):
            self._json = loads(await self.body())
        return self._json


class StrictRoute(APIRoute):
    """Gives every endpoint of a router a `StrictRequest`. Use as `APIRouter(route_class=StrictRoute)`."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            return await original(StrictRequest(request.scope, request.receive))

        return handler


def _refused() -> Malformed:
    return Malformed(
        "bad_json", "The body is not JSON as this shop reads it: UTF-8, no repeated names, finite numbers."
    )


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs) or any(_surrogate(name) for name in result):
        raise ValueError("repeated or broken name")
    if any(_surrogate(value) for value in result.values() if isinstance(value, str)):
        raise ValueError("lone surrogate")
    return result


def _surrogate(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _constant(_: str) -> NoReturn:
    raise ValueError("not a finite number")


def _integer(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise ValueError("number too long")
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError("number too large")
    return value


def _too_deep(text: str) -> bool:
    depth = deepest = 0
    quoted = escaped = False
    for letter in text:
        if quoted:
            if escaped:
                escaped = False
            elif letter == "\\":
                escaped = True
            elif letter == '"':
                quoted = False
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest > DEPTH_MAX
