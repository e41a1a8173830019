"""Signing up and forgotten passwords: what is sent to the provider, and that no answer tells who has an account."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tests.modules.accounts.fake_cognito import CLIENT, SECRET, FakeCognito
from tests.modules.accounts.people import Instance, MovableClock, running

from xpressbuy.accounts.service import Limits, Rate
from xpressbuy.accounts.service.limits import Buckets
from xpressbuy.kit.errors import TooMany
from xpressbuy.table.client import Table

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
EMAIL = "asha@example.com"
SIGN_UP = {"email": EMAIL, "password": "long enough", "name": "Asha Rao"}
CONFIRM = {"email": EMAIL, "code": "123456"}
RESET = {"email": EMAIL, "code": "123456", "password": "another one"}
CALLS: list[tuple[str, dict[str, Any], str, int]] = [
    ("sign-up", SIGN_UP, "SignUp", 202),
    ("confirm", CONFIRM, "ConfirmSignUp", 204),
    ("resend", {"email": EMAIL}, "ResendConfirmationCode", 202),
    ("forgot-password", {"email": EMAIL}, "ForgotPassword", 202),
    ("reset-password", RESET, "ConfirmForgotPassword", 204),
]
MANY = Limits(Rate(1000, 0.001), Rate(1000, 0.001), Rate(1000, 0.001))


@pytest.fixture
async def people(fake: FakeCognito, table: Table, movable: MovableClock) -> AsyncIterator[Instance]:
    async with running(Instance(fake, table, movable, limits=MANY)) as instance:
        yield instance


async def post(people: Instance, path: str, body: dict[str, Any]) -> httpx.Response:
    async with people.browser() as browser:
        return await browser.post(f"/api/auth/{path}", json=body)


@pytest.mark.parametrize(("path", "body", "operation", "status"), CALLS)
async def test_each_call_reaches_the_provider(
    path: str, body: dict[str, Any], operation: str, status: int, people: Instance
) -> None:
    answer = await post(people, path, {**body, "email": "  Asha@Example.COM".strip()})
    assert answer.status_code == status
    assert answer.content == b""
    assert answer.headers["cache-control"] == "no-store"
    [(called, arguments)] = people.fake.api_calls
    assert called == operation
    assert arguments["ClientId"] == CLIENT
    assert arguments["Username"] == EMAIL
    digest = hmac.new(SECRET.encode(), (EMAIL + CLIENT).encode(), hashlib.sha256).digest()
    assert arguments["SecretHash"] == base64.b64encode(digest).decode()


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("sign-up", "UsernameExistsException"),
        ("sign-up", "InvalidParameterException"),
        ("sign-up", "UserLambdaValidationException"),
        ("resend", "UserNotFoundException"),
        ("resend", "InvalidParameterException"),
        ("resend", "LimitExceededException"),
        ("forgot-password", "UserNotFoundException"),
        ("forgot-password", "NotAuthorizedException"),
        ("forgot-password", "LimitExceededException"),
        ("forgot-password", "InvalidParameterException"),
    ],
)
async def test_42_known_and_unknown_addresses_are_answered_alike(path: str, error: str, people: Instance) -> None:
    body = next(body for name, body, _, _ in CALLS if name == path)
    fine = await post(people, path, body)
    people.fake.api_error = error
    other = await post(people, path, body)
    assert (other.status_code, other.content) == (fine.status_code, fine.content) == (202, b"")


@pytest.mark.parametrize("path", ["confirm", "reset-password"])
@pytest.mark.parametrize(
    "error",
    ["CodeMismatchException", "ExpiredCodeException", "UserNotFoundException", "NotAuthorizedException",
     "TooManyFailedAttemptsException", "LimitExceededException", "AliasExistsException"],
)  # fmt: skip
async def test_42_a_wrong_code_and_no_account_are_answered_alike(path: str, error: str, people: Instance) -> None:
    body = next(body for name, body, _, _ in CALLS if name == path)
    people.fake.api_error = error
    answer = await post(people, path, body)
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "bad_code"
    assert "account" not in problem["detail"]


@pytest.mark.parametrize(("path", "body"), [(path, body) for path, body, _, _ in CALLS])
@pytest.mark.parametrize(
    "error", ["500", "TooManyRequestsException", "InternalErrorException", "ResourceNotFoundException"]
)
async def test_an_outage_says_so(path: str, body: dict[str, Any], error: str, people: Instance) -> None:
    people.fake.api_error = error
    answer = await post(people, path, body)
    assert answer.status_code == 503
    assert answer.json()["code"] == "sign_in_unavailable"
    assert "retry-after" in answer.headers


async def test_a_known_address_that_was_never_confirmed_gets_another_code(people: Instance) -> None:
    people.fake.api_error = "UsernameExistsException"
    assert (await post(people, "sign-up", SIGN_UP)).status_code == 202
    assert [operation for operation, _ in people.fake.api_calls] == ["SignUp", "ResendConfirmationCode"]


@pytest.mark.parametrize("path", ["sign-up", "reset-password"])
async def test_a_password_that_the_provider_does_not_take(path: str, people: Instance) -> None:
    body = next(body for name, body, _, _ in CALLS if name == path)
    people.fake.api_error = "InvalidPasswordException"
    answer = await post(people, path, body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "weak_password"
    assert answer.json()["errors"][0]["pointer"] == "/password"


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("sign-up", {"email": "nobody"}), ("sign-up", {"email": "a@b"}),
        ("sign-up", {"email": f"{'a' * 250}@example.com"}),
        ("sign-up", {"email": "a@example.com\r\nbcc: x@example.com"}), ("sign-up", {"email": ["a@example.com"]}),
        ("sign-up", {"password": "short"}), ("sign-up", {"password": "x" * 257}), ("sign-up", {"password": 12345678}),
        ("sign-up", {"name": ""}), ("sign-up", {"name": "  "}), ("sign-up", {"name": "a" * 101}),
        ("sign-up", {"name": "a\u202eb"}), ("sign-up", {"name": "a\nb"}), ("sign-up", {"role": "operators"}),
        ("sign-up", {"sub": "x"}), ("confirm", {"code": "12345"}), ("confirm", {"code": "123456\n"}),
        ("confirm", {"code": "abcdef"}), ("confirm", {"code": 123456}),
        ("confirm", {"code": "\u0661\u0662\u0663\u0664\u0665\u0666"}),
        ("reset-password", {"password": "short"}), ("reset-password", {"code": None}),
    ],
)  # fmt: skip
async def test_16_wrong_fields_never_reach_the_provider(path: str, change: dict[str, Any], people: Instance) -> None:
    body = next(body for name, body, _, _ in CALLS if name == path)
    answer = await post(people, path, {**body, **change})
    assert answer.status_code == 422
    assert len(answer.content) < 1024
    for value in change.values():
        if isinstance(value, str) and len(value.strip()) > 6:
            assert value not in answer.text
    assert people.fake.api_calls == []


@pytest.mark.parametrize(
    ("path", "tries"),
    [("confirm", 10), ("reset-password", 10), ("sign-up", 5), ("resend", 5), ("forgot-password", 5)],
)
async def test_43_one_address_is_tried_a_few_times(
    path: str, tries: int, fake: FakeCognito, table: Table, movable: MovableClock
) -> None:
    async with running(Instance(fake, table, movable)) as strict:
        body = next(body for name, body, _, _ in CALLS if name == path)
        answers = [await post(strict, path, body) for _ in range(tries + 2)]
        assert [answer.status_code < 300 for answer in answers] == [True] * tries + [False] * 2
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["retry-after"]) > 0
        assert len(strict.fake.api_calls) == tries
        other = await post(strict, path, {**body, "email": "other@example.com"})
        assert other.status_code < 300


async def test_43_one_client_tries_thirty_addresses(fake: FakeCognito, table: Table, movable: MovableClock) -> None:
    limits = Limits(by_client=Rate(30, 3600))
    async with running(Instance(fake, table, movable, limits=limits)) as strict:
        statuses = [(await post(strict, "resend", {"email": f"a{i}@example.com"})).status_code for i in range(32)]
    assert statuses == [202] * 30 + [429] * 2


def test_buckets_fill_again_and_stay_few() -> None:
    now = 0.0
    buckets = Buckets(Rate(2, 10), lambda: now)
    buckets.take("a")
    buckets.take("a")
    with pytest.raises(TooMany) as refused:
        buckets.take("a")
    assert refused.value.retry_after_seconds == 10
    now = 10.0
    buckets.take("a")
    with pytest.raises(TooMany):
        buckets.take("a")
    for number in range(30_000):
        buckets.take(f"b{number}")
    assert len(buckets._full_at) <= 20_000


async def test_a_new_password_ends_every_session(people: Instance) -> None:
    async with people.browser() as browser:
        location = (await browser.get("/auth/login")).headers["location"]
        query = people.fake.authorize(location)
        assert (await browser.get("/auth/callback", params=query)).status_code == 200
        assert (await browser.get("/api/test/mine")).status_code == 200
        people.clock.advance(2)
        assert (await post(people, "reset-password", RESET)).status_code == 204
        assert (await browser.get("/api/test/mine")).status_code == 401
