"""The pool's keys: loaded, renewed, rotated, and kept through everything that a provider can answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.modules.accounts.fake_cognito import (
    ACCESS_KEY,
    ATTACKER_KEY,
    CLIENT,
    ID_KEY,
    SECRET,
    FakeCognito,
    SigningKey,
)
from tests.modules.accounts.people import Instance, set_cookies

from xpressbuy.accounts.model.keys import KeysUnreadable, parse_keys
from xpressbuy.accounts.service.keyring import RENEW_SECONDS, REST_SECONDS, STALE_SECONDS_MAX, KeyRing, KeysUnavailable
from xpressbuy.aws.identity import Identity, IdentityConfig

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
NEW_KEY = SigningKey.new("new-key")
SMALL_KEY = SigningKey.new("small", bits=1024)


class Timer:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
async def ring(fake: FakeCognito, timer: Timer) -> AsyncIterator[KeyRing]:
    """Not started: each test says what the provider answers at the start."""
    config = IdentityConfig("us-east-1", None, fake.url, f"{fake.url}/jwks.json", CLIENT, SECRET, "https://shop.test")
    identity = Identity(config)
    await identity.start()
    keys = KeyRing(identity.fetch_keys, timer)
    yield keys
    await keys.stop()
    await identity.close()


async def test_46_a_new_key_is_found_by_one_fetch(ring: KeyRing, fake: FakeCognito, timer: Timer) -> None:
    await ring.start()
    assert await ring.find("access-key") is not None
    fake.keys.append(NEW_KEY)
    timer.seconds += 10
    assert await ring.find("new-key") is not None
    assert await ring.find("access-key") is not None
    assert fake.calls["jwks"] == 2
    fake.keys.remove(ACCESS_KEY)
    timer.seconds += 10
    assert await ring.find("nobody") is None
    assert await ring.find("access-key") is None, "a key that the pool has removed is no key any more"


async def test_a_process_that_sleeps_renews_when_a_token_comes(ring: KeyRing, fake: FakeCognito, timer: Timer) -> None:
    """Nothing runs between its requests, and a key that the pool has removed must not live on for it."""
    await ring.start(follow=False)
    assert fake.calls["jwks"] == 0
    assert await ring.find("access-key") is not None
    timer.seconds += RENEW_SECONDS - 1
    assert await ring.find("access-key") is not None
    assert fake.calls["jwks"] == 1
    fake.keys.remove(ACCESS_KEY)
    timer.seconds += 1
    assert await ring.find("access-key") is None
    assert fake.calls["jwks"] == 2
    # With the pool away it goes on with what it has, and does not ask again for each token.
    fake.keys_fault = "500"
    timer.seconds += RENEW_SECONDS
    for _ in range(5):
        assert await ring.find("id-key") is not None
    asked = fake.calls["jwks"]
    timer.seconds += REST_SECONDS
    assert await ring.find("id-key") is not None
    assert fake.calls["jwks"] == asked + 1


async def test_47_without_keys_a_process_lives_but_is_not_ready(ring: KeyRing, fake: FakeCognito, timer: Timer) -> None:
    fake.keys_fault = "500"
    await ring.start()
    assert not ring.ready
    for _ in range(20):
        with pytest.raises(KeysUnavailable):
            await ring.find("access-key")
    assert fake.calls["jwks"] == 1
    fake.keys_fault = ""
    timer.seconds += 10
    assert await ring.find("access-key") is not None
    assert ring.ready


async def test_47_whoever_is_signed_in_is_told_to_wait(people: Instance) -> None:
    people.accounts.keys._keys = {}
    people.accounts.keys._loaded_at = None
    people.fake.keys_fault = "500"
    async with people.signed_in() as browser:
        answer = await browser.get("/api/test/mine")
        assert answer.status_code == 503
        assert set_cookies(answer) == {}
        assert (await browser.get("/api/session")).status_code == 200


async def test_48_a_flood_of_unknown_keys_while_the_provider_is_away(
    ring: KeyRing, fake: FakeCognito, timer: Timer
) -> None:
    await ring.start()
    fake.keys_fault = "500"
    unavailable = 0
    for number in range(10_000):
        timer.seconds += 0.003
        try:
            assert await ring.find(f"random-{number}") is None
        except KeysUnavailable:
            unavailable += 1
        if number % 100 == 0:
            assert await ring.find("access-key") is not None
    assert fake.calls["jwks"] <= 4, "30 s of flood: the first load and one fetch in ten seconds"
    assert unavailable > 0
    assert ring.ready


async def test_48_keys_are_kept_for_a_day_without_the_provider(ring: KeyRing, fake: FakeCognito, timer: Timer) -> None:
    await ring.start()
    fake.keys_fault = "500"
    timer.seconds += STALE_SECONDS_MAX - 1
    assert await ring.find("access-key") is not None
    timer.seconds += 2
    assert not ring.ready
    with pytest.raises(KeysUnavailable):
        await ring.find("access-key")


async def test_50_a_hundred_questions_are_one_fetch(ring: KeyRing, fake: FakeCognito, timer: Timer) -> None:
    await ring.start()
    fake.keys.append(NEW_KEY)
    timer.seconds += 10
    found = await asyncio.gather(*(ring.find("new-key") for _ in range(100)))
    assert all(key is not None for key in found)
    assert fake.calls["jwks"] == 2


BAD_ANSWERS = [
    "404", "500", "hang", "<html>", "[]", "null", '{"keys":[]}', '{"keys":{}}', '{"keys":"x"}', "{}",
    json.dumps({"keys": [{**ACCESS_KEY.jwk, "kid": None}]}), '{"keys":[NaN]}', '{"keys":[],"keys":[]}',
    json.dumps({"keys": [], "pad": "x" * 10_000_000}), json.dumps({"keys": [SMALL_KEY.jwk]}),
]  # fmt: skip


@pytest.mark.parametrize("answer", BAD_ANSWERS, ids=[text[:24] for text in BAD_ANSWERS])
async def test_49_a_bad_answer_leaves_the_old_keys(answer: str, ring: KeyRing, fake: FakeCognito, timer: Timer) -> None:
    await ring.start()
    fake.keys_fault = answer
    timer.seconds += 10
    with pytest.raises(KeysUnavailable):
        await ring.find("unknown")
    assert await ring.find("access-key") is not None


async def test_49_a_dead_provider_leaves_the_old_keys(ring: KeyRing, fake: FakeCognito, timer: Timer) -> None:
    await ring.start()
    await fake.stop()
    timer.seconds += 10
    with pytest.raises(KeysUnavailable):
        await ring.find("unknown")
    assert await ring.find("access-key") is not None


def changed(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**ACCESS_KEY.jwk, **changes}.items() if value is not ...}


@pytest.mark.parametrize(
    "bad",
    [
        changed(kid=...), changed(kid=7), changed(kid=""), changed(kid="k" * 300), changed(use="enc"),
        changed(alg="RS512"), changed(alg="none"), changed(kty="EC"), changed(kty="oct", k="c2VjcmV0"),
        changed(n=...), changed(e=...), changed(n=""), changed(n="****"), changed(e="AQ"), changed(e="Ag"),
        changed(n=7), changed(n=SMALL_KEY.jwk["n"]), changed(d="AQAB"),
        {"kty": "EC", "kid": "access-key", "crv": "P-256"},
        None, 7, "key", [],
    ],
)  # fmt: skip
def test_49_bad_keys_are_left_out_singly(bad: Any) -> None:
    document = json.dumps({"keys": [bad, ID_KEY.jwk]}).encode()
    assert set(parse_keys(document)) == {"id-key"}


def test_49_two_keys_under_one_name_are_both_left_out() -> None:
    document = json.dumps({"keys": [ACCESS_KEY.jwk, ATTACKER_KEY.jwk, ID_KEY.jwk]}).encode()
    assert set(parse_keys(document)) == {"id-key"}
    twice = json.dumps({"keys": [ACCESS_KEY.jwk, ACCESS_KEY.jwk]}).encode()
    assert set(parse_keys(twice)) == {"access-key"}


def test_a_document_of_many_keys_is_not_read() -> None:
    with pytest.raises(KeysUnreadable):
        parse_keys(json.dumps({"keys": [ACCESS_KEY.jwk] * 21}).encode())


async def test_a_rotation_at_the_provider_is_not_felt(people: Instance) -> None:
    fake = people.fake
    fake.keys, fake.access_key = [ACCESS_KEY, ID_KEY, NEW_KEY], NEW_KEY
    people.accounts.keys._tried_at = (people.accounts.keys._tried_at or 0) - 10
    async with people.signed_in() as browser:
        assert (await browser.get("/api/test/mine")).status_code == 200
