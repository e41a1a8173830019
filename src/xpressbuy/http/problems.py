"""RFC 9457 answers: kinds of errors become statuses, input is never echoed, unknown errors say nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import Match

from xpressbuy.kit import errors
from xpressbuy.kit.errors import ErrorItem, ShopError

PROBLEM_BYTES_MAX = 4096
VALIDATION_ERRORS_MAX = 20
POINTER_LENGTH_MAX = 100
MEDIA_TYPE = "application/problem+json"
SERVER_ERROR = 500
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

STATUSES: Mapping[type[ShopError], tuple[int, str]] = {
    errors.Malformed: (400, "The request cannot be read"),
    errors.Invalid: (422, "The request has wrong fields"),
    errors.Unauthenticated: (401, "Sign in first"),
    errors.Denied: (403, "Not allowed"),
    errors.NotFound: (404, "Not found"),
    errors.MethodRefused: (405, "Not possible here"),
    errors.Conflict: (409, "Not possible any more"),
    errors.TooLarge: (413, "Too large"),
    errors.Unsupported: (415, "Not readable in this form"),
    errors.TooMany: (429, "Too many requests"),
    errors.Unavailable: (503, "Not available right now"),
}
_CODES = {400: "bad_request", 401: "unauthenticated", 403: "denied", 404: "not_found", 405: "method_not_allowed"}
_PROBLEM_SCHEMA = {"$ref": "#/components/schemas/Problem"}
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_log = structlog.get_logger("xpressbuy.http")


class ProblemError(BaseModel):
    """One detail of a problem."""

    pointer: str
    code: str
    detail: str
    available: int | None = None


class Problem(BaseModel):
    """The body of every refusal, media type `application/problem+json`."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    instance: str | None = None
    errors: list[ProblemError] | None = None


class DescribedApi(FastAPI):
    """The framework's app, whose description says of refusals what they are."""

    def openapi(self) -> dict[str, Any]:
        """The description. The framework itself would call a refusal `application/json`."""
        document = super().openapi()
        for operations in document["paths"].values():
            for operation in operations.values():
                for said in operation["responses"].values():
                    content = said.get("content", {})
                    if content.get("application/json", {}).get("schema") == _PROBLEM_SCHEMA:
                        content[MEDIA_TYPE] = content.pop("application/json")
        return document


def status_of(error: ShopError) -> tuple[int, str]:
    """Status and title by the error's class, or the nearest class above it."""
    for kind in type(error).__mro__:
        if kind in STATUSES:
            return STATUSES[kind]
    return SERVER_ERROR, "Something went wrong"


def body_of(error: ShopError, request_id: str) -> bytes:
    """The problem document; details are dropped from the end until it fits its bound."""
    status, title = status_of(error)
    items = [_item(item) for item in error.errors]
    while True:
        document: dict[str, Any] = {
            "type": f"/problems/{error.code}",
            "title": title,
            "status": status,
            "code": error.code,
            "instance": request_id,
        }
        if error.detail:
            document["detail"] = error.detail
        if items:
            document["errors"] = items
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        if len(body) <= PROBLEM_BYTES_MAX or not items:
            return body
        items.pop()


def headers_of(error: ShopError) -> dict[str, str]:
    """No problem is ever cached; some say when to come back."""
    headers = {"cache-control": "no-store"}
    if error.retry_after_seconds is not None:
        headers["retry-after"] = str(error.retry_after_seconds)
    return headers


def answer(error: ShopError, request_id: str = "") -> Response:
    """The error as a response."""
    status, _ = status_of(error)
    return Response(body_of(error, request_id), status, headers_of(error), MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Registers the handlers; nothing else of the shop turns errors into answers."""
    app.add_exception_handler(ShopError, _shop_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unknown_error)


def _request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


async def _shop_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ShopError)
    return answer(error, _request_id(request))


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    items = [
        ErrorItem(_pointer(item["loc"]), str(item["type"])[:60], _sentence(item))
        for item in error.errors()[:VALIDATION_ERRORS_MAX]
    ]
    invalid = errors.Invalid("invalid", "Some fields are missing or wrong.", errors=items)
    return answer(invalid, _request_id(request))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, ShopError):
        return answer(error.__cause__, _request_id(request))
    kind = next((kind for kind, (status, _) in STATUSES.items() if status == error.status_code), errors.Malformed)
    response = answer(kind(_CODES.get(error.status_code, "bad_request")), _request_id(request))
    if kind is errors.MethodRefused:
        response.headers["allow"] = ", ".join(_allowed(request))
    return response


def _allowed(request: Request) -> list[str]:
    """The methods of every route of this path; the framework names only those of the first."""
    routes = request.app.routes
    return [
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]


async def _unknown_error(request: Request, error: Exception) -> Response:
    _log.error("unhandled", request_id=_request_id(request), exc_info=error)
    return answer(ShopError("internal", "Nothing is lost. Try again in a moment."), _request_id(request))


def _item(item: ErrorItem) -> dict[str, Any]:
    return {"pointer": item.pointer, "code": item.code, "detail": item.detail, **item.extra}


def _pointer(loc: Sequence[str | int]) -> str:
    parts = [str(part) for part in loc if part != "body"]
    # A name that the caller made up may stand last; one that is unlike ours is not sent back.
    plain = list(takewhile(_PLAIN_NAME.fullmatch, parts))
    return ("/" + "/".join(plain) if plain else "")[:POINTER_LENGTH_MAX]


def _sentence(item: Mapping[str, Any]) -> str:
    kind = str(item["type"])
    if kind == "extra_forbidden":
        return "This field is not known here."
    if kind == "missing":
        return "This field is needed."
    if kind == "value_error" and isinstance(item.get("ctx", {}).get("error"), ValueError):
        return str(item["ctx"]["error"])[:200]
    if kind.startswith("string_too"):
        return f"This text is too {'long' if kind.endswith('long') else 'short'}."
    return "This value is not possible here."
