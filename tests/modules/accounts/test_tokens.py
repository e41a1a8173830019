"""The cases of token verification, named by their numbers: by the reader alone, and through a protected route."""

from __future__ import annotations

import base64
import json
from time import perf_counter
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from tests.modules.accounts.bad_tokens import REFUSED, Make, at, claims, compact, good, header
from tests.modules.accounts.fake_cognito import (
    ABSENT,
    ACCESS_KEY,
    CLIENT,
    ID_KEY,
    ISSUER,
    OTHER_SUB,
    FakeCognito,
    Person,
    b64,
)
from tests.modules.accounts.people import Instance, MovableClock, cleared, set_cookies

from xpressbuy.accounts.model import token
from xpressbuy.accounts.model.keys import parse_keys
from xpressbuy.accounts.model.token import TokenRefused, TokenRules

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
RULES = TokenRules((ISSUER,), CLIENT)
MAKERS = [pytest.param(make, id=name) for name, make in REFUSED]
PARSED = parse_keys(json.dumps({"keys": [ACCESS_KEY.jwk, ID_KEY.jwk]}).encode())
NO_COOKIE = {"9-kid-3", "42-8193-bytes", "43-deep-header", "43-long-number"}
"""Longer than any cookie that a browser brings."""


def read(text: str, fake: FakeCognito) -> token.AccessToken:
    kid = token.kid_of(text)
    if kid not in PARSED:
        raise TokenRefused("unknown_key")
    return token.read_access(text, PARSED[kid], RULES, fake.clock.now().timestamp())


@pytest.fixture
def offline() -> FakeCognito:
    """Makes tokens; serves nothing."""
    return FakeCognito(MovableClock())


@pytest.mark.parametrize("make", MAKERS)
def test_the_reader_refuses(make: Make, offline: FakeCognito) -> None:
    text = make(offline)
    with pytest.raises(TokenRefused) as refused:
        read(text, offline)
    assert refused.value.reason not in text


async def ask(people: Instance, text: str, **parts: Any) -> Any:
    """A protected request with this access token and everything else in order."""
    session = people.session(access_token=text, **parts)
    async with people.browser(people.sealed(session)) as browser:
        return await browser.get("/api/test/mine")


@pytest.mark.parametrize("make", [maker for maker in MAKERS if maker.id not in NO_COOKIE])
async def test_a_protected_route_refuses(make: Make, shared: Instance) -> None:
    fake = shared.fake
    text = make(fake)
    parts = {"refresh_token": ""} if refusal(text, fake) in {"expired", "unknown_key"} else {}
    fake.calls.clear()
    answer = await ask(shared, text, **parts)
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthenticated"
    assert len(answer.content) < 1024
    assert not text[10:30] or text[10:30] not in answer.text
    assert set_cookies(answer) == {}
    assert fake.calls == {}, "no outbound call for a token that is not good"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(good, id="plain"),
        pytest.param(header(typ="JWT"), id="15-typ-jwt"),
        pytest.param(at("exp", 1), id="22-exp-in-1"),
        pytest.param(at("nbf", 4), id="24-nbf-within-leeway"),
        pytest.param(at("iat", 4), id="45-iat-within-leeway"),
        pytest.param(claims(aud=CLIENT), id="36-own-audience"),
        pytest.param(claims(scope="  openid   email "), id="37-scope-with-spaces"),
    ],
)
def test_the_reader_takes(make: Make, offline: FakeCognito) -> None:
    assert read(make(offline), offline).customer_id == Person().sub


@pytest.mark.parametrize(("skew", "taken"), [(-1, True), (1, True), (-5, True), (5, True), (30, True), (300, False)])
def test_45_our_clock_is_off(skew: int, taken: bool, offline: FakeCognito) -> None:
    text = good(offline)
    assert isinstance(offline.clock, MovableClock)
    offline.clock.advance(skew)
    if taken:
        read(text, offline)
    else:
        with pytest.raises(TokenRefused, match="expired"):
            read(text, offline)


@pytest.mark.parametrize("skew", [-30, -300])
def test_45_our_clock_is_far_behind(skew: int, offline: FakeCognito) -> None:
    text = good(offline)
    assert isinstance(offline.clock, MovableClock)
    offline.clock.advance(skew)
    with pytest.raises(TokenRefused, match="issued_in_future"):
        read(text, offline)


def test_40_every_bit_of_a_token(offline: FakeCognito) -> None:
    """Each bit of payload and signature, and each bit of the text itself: about 10,000 broken tokens."""
    text = good(offline)
    head, payload, signature = text.split(".")
    broken = 0
    for place, part in ((1, payload), (2, signature)):
        plain = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        for bit in range(len(plain) * 8):
            flipped = bytearray(plain)
            flipped[bit // 8] ^= 1 << bit % 8
            parts = [head, payload, signature]
            parts[place] = b64(bytes(flipped))
            with pytest.raises(TokenRefused):
                read(".".join(parts), offline)
            broken += 1
    for bit in range(len(text) * 8):
        flipped = bytearray(text.encode())
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(TokenRefused):
            read(flipped.decode("latin-1"), offline)
        broken += 1
    assert broken > 10_000


def refusal(text: str, fake: FakeCognito) -> str:
    try:
        read(text, fake)
    except TokenRefused as refused:
        return refused.reason
    return ""


def paddings(digest: bytes, size: int) -> dict[str, bytes]:
    """Encoded messages that a lax check of PKCS#1 v1.5 would take, written for this test."""
    prefix = bytes.fromhex("3031300d060960864801650304020105000420")
    no_null = bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20"
    sha1 = bytes.fromhex("3021300906052b0e03021a05000414")

    def em(tail: bytes, start: bytes = b"\0\1", fill: bytes = b"\xff", separator: bytes = b"\0") -> bytes:
        room = size - len(start) - len(separator) - len(tail)
        return start + fill * room + separator + tail

    right = em(prefix + digest)
    short = b"\0\1" + b"\xff" * 8 + b"\0" + prefix + digest
    return {
        "right": right,
        "trailing-garbage": short + b"\0" * (size - len(short)),
        "garbage-after-eight-ff": short + b"\x5a" * (size - len(short)),
        "no-null": em(no_null + digest),
        "wrong-block-type": em(prefix + digest, start=b"\0\2"),
        "block-type-0": em(prefix + digest, start=b"\0\0", fill=b"\0"),
        "first-byte-1": b"\1" + right[1:],
        "fill-not-ff": em(prefix + digest, fill=b"\xfe"),
        "one-fill-wrong": right[:20] + b"\0" + right[21:],
        "no-separator": em(prefix + digest, separator=b"\xff"),
        "no-digest-info": em(digest),
        "sha1-prefix": em(sha1 + digest[:20]),
        "digest-one-short": em(prefix + digest[:-1]),
        "digest-one-long": em(prefix + digest + b"\0"),
        "long-form-length": em(b"\x30\x81\x31" + prefix[2:] + digest),
        "null-with-content": em(bytes.fromhex("3033300f0609608648016503040201050201020420") + digest),
        "null-of-one-byte": em(bytes.fromhex("3032300e06096086480165030402010501000420") + digest),
        "inner-length-off": em(prefix[:1] + b"\x30" + prefix[2:] + digest),
        "digest-flipped": em(prefix + bytes([digest[0] ^ 1]) + digest[1:]),
        "all-zero": bytes(size),
        "digest-only": bytes(size - 32) + digest,
        "minus-one": (int.from_bytes(right) - 1).to_bytes(size),
    }


def test_41_malformed_paddings(offline: FakeCognito) -> None:
    """Signed with our own key by raw RSA, so that the padding is all that is wrong."""
    signed = compact({"alg": "RS256", "kid": "access-key"}, offline.access_claims()).rstrip(".")
    hashed = Hash(SHA256())
    hashed.update(signed.encode())
    numbers = ACCESS_KEY.private.private_numbers()
    n, d, size = numbers.public_numbers.n, numbers.d, 256
    cases = paddings(hashed.finalize(), size)

    def text(message: bytes, add: int = 0, length: int = size) -> str:
        value = pow(int.from_bytes(message) % n, d, n) + add
        return f"{signed}.{b64(value.to_bytes(length))}"

    right = cases.pop("right")
    read(text(right), offline)
    for name, message in cases.items():
        assert refusal(text(message), offline) == "signature", name
    for wrong in (
        f"{signed}.{b64(bytes(size))}",
        f"{signed}.{b64((1).to_bytes(size))}",
        f"{signed}.{b64((n - 1).to_bytes(size))}",
        f"{signed}.{b64(n.to_bytes(size))}",
        text(right, add=n, length=size + 1),
        text(right, length=size + 1),
        text(right)[:-4],
    ):
        with pytest.raises(TokenRefused):
            read(wrong, offline)


def test_42_long_tokens_are_refused_unread(offline: FakeCognito) -> None:
    for length in (8_193, 65_536, 1_000_000):
        started = perf_counter()
        with pytest.raises(TokenRefused, match="too_long"):
            read("A" * length, offline)
        assert perf_counter() - started < 0.01


async def test_42_long_headers_are_refused(people: Instance) -> None:
    async with people.browser() as browser:
        answer = await browser.get("/api/test/mine", headers={"cookie": "__Host-at=" + "A" * 60_000})
        assert answer.status_code == 400
        answer = await browser.get("/api/test/mine", headers={"cookie": "__Host-at=" + "A" * 8_193})
        assert answer.status_code == 401


async def test_32_tokens_of_two_people_end_the_session(people: Instance) -> None:
    other = people.fake.id_key.sign(people.fake.id_claims(Person(sub=OTHER_SUB)))
    answer = await ask(people, good(people.fake), id_token=other)
    assert answer.status_code == 401
    assert cleared(answer) == {"__Host-at", "__Host-it", "__Host-rt"}


async def test_32_access_token_in_the_id_cookie(people: Instance) -> None:
    answer = await ask(people, good(people.fake), id_token=good(people.fake))
    assert answer.status_code == 401


async def test_26_a_login_of_more_than_30_days_ago(people: Instance) -> None:
    old = people.fake.now - 30 * 24 * 3600 - 10
    answer = await ask(people, ACCESS_KEY.sign(people.fake.access_claims(auth_time=old)))
    assert answer.status_code == 401
    assert cleared(answer) == {"__Host-at", "__Host-it", "__Host-rt"}


@pytest.mark.parametrize(
    ("groups", "status"),
    [
        (ABSENT, 403),
        ("operators", 403),
        (["OPERATORS"], 403),
        (["Operators", "operators "], 403),
        ([f"group{i}" for i in range(60)], 403),
        ({"operators": True}, 403),
        ([None, 7, ["operators"]], 403),
        (["support"], 403),
        (["support", "operators"], 200),
    ],
)
async def test_38_groups(groups: object, status: int, people: Instance) -> None:
    text = ACCESS_KEY.sign(people.fake.access_claims(None, **{"cognito:groups": groups}))
    session = people.session(access_token=text)
    async with people.browser(people.sealed(session)) as browser:
        answer = await browser.get("/api/test/admin")
    assert answer.status_code == status


async def test_52_tokens_elsewhere_are_ignored(people: Instance) -> None:
    text = good(people.fake)
    async with people.browser() as browser:
        answer = await browser.get("/api/test/mine", headers={"authorization": f"Bearer {text}"})
        assert answer.status_code == 401
        answer = await browser.get(f"/api/test/mine?access_token={text}&__Host-at={text}")
        assert answer.status_code == 401
        assert text[:30] not in answer.text


async def test_51_the_first_of_two_cookies_counts_and_bare_names_never(people: Instance) -> None:
    mine = people.sealed(people.session())
    theirs = people.sealed(people.session(Person(sub=OTHER_SUB)))
    pairs = "; ".join(f"{name}={value}" for jar in (mine, theirs) for name, value in jar.items())
    async with people.browser() as browser:
        answer = await browser.get("/api/test/mine", headers={"cookie": f"$Version=1; {pairs}"})
        assert answer.json()["customer"] == Person().sub
        bare = "; ".join(f"{name.removeprefix('__Host-')}={value}" for name, value in mine.items())
        answer = await browser.get("/api/test/mine", headers={"cookie": bare})
        assert answer.status_code == 401
        quoted = "; ".join(f'{name}="{value}"' for name, value in mine.items())
        answer = await browser.get("/api/test/mine", headers={"cookie": quoted})
        assert answer.status_code == 401


async def test_53_sealed_values_open_only_where_they_belong(people: Instance, fake: FakeCognito) -> None:
    jar = people.sealed(people.session())
    access, renewal = jar["__Host-at"], jar["__Host-rt"]
    attempts = [
        {**jar, "__Host-at": renewal, "__Host-rt": access},
        {"__Host-at": jar["__Host-it"], "__Host-it": access},
        {"__Host-at": access[:-2], "__Host-it": jar["__Host-it"]},
        {"__Host-at": ("B" if access[0] == "A" else "A") + access[1:], "__Host-it": jar["__Host-it"]},
        {"__Host-at": access + "AAAA", "__Host-it": jar["__Host-it"]},
        {"__Host-rt": access},
    ]
    for attempt in attempts:
        async with people.browser(attempt) as browser:
            assert (await browser.get("/api/test/mine")).status_code == 401
    assert fake.calls["refresh_token"] == 0, "what is no refresh token is never sent as one"


async def test_53_cookies_of_two_sessions_are_dropped(people: Instance) -> None:
    one, two = people.sealed(people.session()), people.sealed(people.session(Person(sub=OTHER_SUB)))
    async with people.browser({**one, "__Host-rt": two["__Host-rt"]}) as browser:
        answer = await browser.get("/api/test/mine")
    assert answer.status_code == 401
    assert len(cleared(answer)) == 3


async def test_verifying_is_quick(offline: FakeCognito) -> None:
    text = good(offline)
    key = PARSED["access-key"]
    now = offline.clock.now().timestamp()
    times = []
    for _ in range(500):
        started = perf_counter()
        token.read_access(text, key, RULES, now)
        times.append(perf_counter() - started)
    assert sorted(times)[250] < 0.002
