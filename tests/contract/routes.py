"""What the app answers, by its own account, and one good request for every change that can be asked of it.

A new route that changes something has to be added to `changes`, or `test_abuse` says so.
"""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from tests.whole import ADDRESS

from xpressbuy.asgi import create_api
from xpressbuy.settings import Settings
from xpressbuy.wiring import build

SAFE = {"GET", "HEAD", "OPTIONS"}
SKU = "PLAIN-TEE-S0"
SLUG = "plain-tee"
ABSENT_ADDRESS = "adr_" + "0" * 26
ABSENT_ORDER = "ord_" + "0" * 26
FILLING = {
    "sku": SKU,
    "slug": SLUG,
    "address_id": ABSENT_ADDRESS,
    "order_id": ABSENT_ORDER,
    "image_id": "img_" + "a" * 26,
    "name": "320.webp",
    "name:path": "main-AbCd1234.js",
    "number:int": "1",
    "rest:path": "anything",
    "path:page": "nothing-here",
}
"""Something possible for every placeholder of a path."""


@dataclass(frozen=True)
class Change:
    """A request that would be good if it came from our own page. `body` is None where none is read."""

    method: str
    template: str
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.method} {self.template}"

    @property
    def path(self) -> str:
        return filled(self.template)

    @property
    def content(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body).encode()


@cache
def _api() -> FastAPI:
    key = base64.b64encode(bytes(32)).decode()
    return create_api(build(Settings(environment="local", cookie_keys=(key,))))


@cache
def route_table() -> frozenset[tuple[str, str]]:
    """Method and path template of every route, those left out of the description included."""
    return frozenset(_routes(_api().routes))


def described() -> dict[str, Any]:
    """The API's description, a fresh copy each time."""
    return copy.deepcopy(_api().openapi())


def _routes(routes: Any) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(routes):
        for method in context.methods or ():
            yield method, str(context.path)


def unsafe_routes() -> set[tuple[str, str]]:
    return {(method, path) for method, path in route_table() if method not in SAFE}


def filled(template: str) -> str:
    """A path of a template."""
    path = template
    for name, value in FILLING.items():
        path = path.replace("{" + name + "}", value)
    assert "{" not in path, f"say in FILLING what stands for the placeholder of {template}"
    return path


QUOTE = {"shipping_address": {"country": "US"}, "lines": [{"sku": SKU, "quantity": 1}]}
ORDER = {
    "contact": {"email": "asha@example.com", "name": "Asha Rao", "phone": "+1 555 0100"},
    "shipping_address": ADDRESS,
    "billing_address": ADDRESS,
    "shipping_method": "standard",
    "payment": {"method": "cod"},
    "lines": [{"sku": SKU, "quantity": 1}],
    "expected_total": {"amount": 2499, "currency": "USD"},
}
CODE = {"email": "new@example.com", "code": "123456"}
SAVED = {**ADDRESS, "line2": "Flat 3", "phone": "+1 555 0100", "is_default": True, "version": 1}

CHANGES = (
    Change("PUT", "/api/cart/lines/{sku}", {"quantity": 1}),
    Change("DELETE", "/api/cart/lines/{sku}"),
    Change("PUT", "/api/cart/coupon", {"code": "TEN"}),
    Change("DELETE", "/api/cart/coupon"),
    Change("POST", "/api/checkout/quote", QUOTE),
    Change("POST", "/api/orders", ORDER, {"idempotency-key": "a-key-of-one-order"}),
    Change("POST", "/api/products/{slug}/reviews", {"rating": 5, "title": "Good", "body": "Very good"}),
    Change("PATCH", "/api/me", {"name": "Asha R", "phone": "+1 555 0101", "version": 1}),
    Change("POST", "/api/me/addresses", SAVED),
    Change("PUT", "/api/me/addresses/{address_id}", SAVED),
    Change("DELETE", "/api/me/addresses/{address_id}"),
    Change("POST", "/api/auth/sign-up", {"email": "new@example.com", "password": "long enough", "name": "New"}),
    Change("POST", "/api/auth/confirm", CODE),
    Change("POST", "/api/auth/resend", {"email": "new@example.com"}),
    Change("POST", "/api/auth/forgot-password", {"email": "asha@example.com"}),
    Change("POST", "/api/auth/reset-password", {**CODE, "password": "long enough"}),
    Change("POST", "/api/auth/sign-out-everywhere"),
    Change("POST", "/auth/logout"),
)
WITH_BODY = tuple(change for change in CHANGES if change.body is not None)
