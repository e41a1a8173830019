"""Requests made from the API's own description: whatever fits it or just misses it, the answers are as described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from tests.conftest import ORIGIN
from tests.contract.routes import SKU, SLUG, described, filled
from tests.whole import ADDRESS, ASHA, BROWSER_HEADERS, MEERA, Whole, place_order, stock_shelves, whole_shop

from xpressbuy.local.emulator import Emulator

EXAMPLES = 25
SCHEMA = schemathesis.openapi.from_dict(described())
OPERATIONS: dict[str, Any] = {}
for result in SCHEMA.get_all_operations():
    made: Any = result
    OPERATIONS[made.ok().label] = made.ok()
ENDS_SESSIONS = {"POST /api/auth/sign-out-everywhere", "POST /auth/logout"}
"""Asked by somebody of whom nothing else is asked."""
load_all_checks()
HONEST = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
]
FITTING, MISSING = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
CASES = [
    pytest.param(label, mode, id=f"{label} {'fitting' if mode is FITTING else 'missing'}")
    for label, operation in OPERATIONS.items()
    for mode in (FITTING, MISSING)
    if mode is FITTING or list(operation.iter_parameters()) or operation.body
]
"""Where nothing is taken, nothing can be missed."""


class Shop:
    """A whole shop in a thread of its own, since the generator of requests does not wait for anybody."""

    def __init__(self, portal: BlockingPortal, whole: Whole) -> None:
        self._portal = portal
        self._whole = whole
        self._cookies: dict[str, dict[str, str]] = {"visitor": {}}
        for person in (ASHA, MEERA):
            self._cookies[person.email] = portal.call(whole.cookies_of, person)
        self.known = portal.call(self._settle)

    async def _settle(self) -> dict[str, str]:
        """An order, an address and a review of the shopper's, so that there is something to answer with."""
        async with await self._whole.signed_in(ASHA) as browser:
            order = await place_order(browser, SKU)
            address = await browser.post("/api/me/addresses", json=ADDRESS)
            review = {"rating": 5, "title": "Good", "body": "Very good"}
            written = await browser.post(f"/api/products/{SLUG}/reviews", json=review)
        assert (order.status_code, address.status_code, written.status_code) == (201, 201, 201)
        return {"slug": SLUG, "sku": SKU, "order_id": order.json()["id"], "address_id": address.json()["id"]}

    def send(self, who: str, prepared: requests.PreparedRequest) -> httpx.Response:
        return self._portal.call(self._send, who, prepared)

    async def _send(self, who: str, prepared: requests.PreparedRequest) -> httpx.Response:
        body = prepared.body
        content = body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else b""
        headers = httpx.Headers({name: str(value) for name, value in prepared.headers.items()}, encoding="utf-8")
        headers.update(BROWSER_HEADERS)
        headers.pop("content-length", None)
        async with self._whole.browser(self._cookies[who]) as browser:
            return await browser.request(str(prepared.method), str(prepared.url), headers=headers, content=content)


@pytest.fixture(scope="module")
def shop(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("whole")
    with (
        start_blocking_portal("asyncio") as portal,
        portal.wrap_async_context_manager(whole_shop(cloud.url, folder)) as whole,
    ):
        portal.call(stock_shelves, whole)
        yield Shop(portal, whole)


def asked_of(operation: Any, mode: GenerationMode, known: dict[str, str]) -> Any:
    """Requests of any path, and of things that are there."""
    anything = operation.as_strategy(generation_mode=mode)
    there = {name: value for name, value in known.items() if f"{{{name}}}" in operation.path}
    if not there or mode is MISSING:
        return anything
    return anything | operation.as_strategy(generation_mode=mode, path_parameters=there)


def test_the_description_holds_every_operation() -> None:
    assert len(OPERATIONS) >= 30
    assert {label.split(" ", 1)[1] for label in OPERATIONS} == set(described()["paths"])


@pytest.mark.parametrize("who", ["visitor", "shopper"])
@pytest.mark.parametrize(("label", "mode"), CASES)
def test_answers_are_as_described(shop: Shop, label: str, who: str, mode: GenerationMode) -> None:
    operation = OPERATIONS[label]
    person = "visitor" if who == "visitor" else (MEERA if label in ENDS_SESSIONS else ASHA).email
    checks = CHECKS.get_by_names(HONEST)

    def ask(case: Any) -> None:
        kwargs = case.as_transport_kwargs(base_url=ORIGIN)
        kwargs.pop("verify", None)
        prepared = requests.Request(**kwargs).prepare()
        case.validate_response(shop.send(person, prepared), checks=checks)

    tried: Any = given
    bounded: Any = settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    bounded(tried(asked_of(operation, mode, shop.known))(ask))()


def test_the_shopper_was_signed_in_all_along(shop: Shop) -> None:
    answer = shop.send(ASHA.email, requests.Request("GET", f"{ORIGIN}/api/session").prepare())
    assert answer.json()["signed_in"] is True


def test_a_lie_in_the_description_is_found(shop: Shop) -> None:
    """The checks above can fail: the same answer, held against a description that promises something else."""
    description = described()
    promised = description["paths"]["/api/session"]["get"]["responses"]["200"]
    promised["content"]["application/json"]["schema"] = {"type": "object", "required": ["never_there"]}
    case = schemathesis.openapi.from_dict(description)["/api/session"]["GET"].Case()
    answer = shop.send("visitor", requests.Request("GET", ORIGIN + filled("/api/session")).prepare())
    checks: Any = CHECKS.get_by_names(HONEST)
    with pytest.raises(FailureGroup, match="never_there"):
        case.validate_response(answer, checks=checks)
