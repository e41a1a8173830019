"""Access tokens that must be refused, each named by its number in the list of cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, utils
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC
from tests.modules.accounts.fake_cognito import (
    ABSENT,
    ACCESS_KEY,
    ATTACKER_KEY,
    CLIENT,
    ID_KEY,
    ISSUER,
    FakeCognito,
    SigningKey,
    b64,
)

Make = Callable[[FakeCognito], str]
PUBLIC = ACCESS_KEY.private.public_key()
PEM = PUBLIC.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
DER = PUBLIC.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
FOREIGN_KEY = SigningKey.new("foreign-key")


def compact(header: object, payload: object, signature: bytes = b"") -> str:
    return f"{b64(json.dumps(header).encode())}.{b64(json.dumps(payload).encode())}.{b64(signature)}"


def hs256(key: bytes) -> Make:
    def make(fake: FakeCognito) -> str:
        text = compact({"alg": "HS256", "kid": "access-key"}, fake.access_claims()).rstrip(".")
        mac = HMAC(key, SHA256()) if key else HMAC(b"\0" * 32, SHA256())
        mac.update(text.encode())
        return f"{text}.{b64(mac.finalize())}"

    return make


def rsa_other(algorithm: str, digest: HashAlgorithm, *, pss: bool = False) -> Make:
    """Signed with our own key, so that nothing but the algorithm is wrong."""

    def make(fake: FakeCognito) -> str:
        text = compact({"alg": algorithm, "kid": "access-key"}, fake.access_claims()).rstrip(".")
        scheme = padding.PSS(padding.MGF1(digest), digest.digest_size) if pss else padding.PKCS1v15()
        return f"{text}.{b64(ACCESS_KEY.private.sign(text.encode(), scheme, digest))}"

    return make


def curve(algorithm: str) -> Make:
    def make(fake: FakeCognito) -> str:
        text = compact({"alg": algorithm, "kid": "access-key"}, fake.access_claims()).rstrip(".")
        if algorithm == "EdDSA":
            return f"{text}.{b64(ed25519.Ed25519PrivateKey.generate().sign(text.encode()))}"
        der = ec.generate_private_key(ec.SECP256R1()).sign(text.encode(), ec.ECDSA(SHA256()))
        r, s = utils.decode_dss_signature(der)
        return f"{text}.{b64(r.to_bytes(32) + s.to_bytes(32))}"

    return make


def header(**changes: Any) -> Make:
    """Everything good but the header, which is signed as it stands."""

    def make(fake: FakeCognito) -> str:
        head = {"kid": "access-key", "alg": "RS256", **changes}
        return ACCESS_KEY.sign(
            fake.access_claims(), {name: value for name, value in head.items() if value is not ABSENT}
        )

    return make


def claims(**changes: Any) -> Make:
    return lambda fake: ACCESS_KEY.sign(fake.access_claims(**changes))


def at(name: str, seconds: float) -> Make:
    """A time claim so many seconds from now."""
    return lambda fake: ACCESS_KEY.sign(fake.access_claims(None, **{name: fake.now + seconds}))


def payload(raw: bytes) -> Make:
    return lambda _: ACCESS_KEY.sign_bytes(b'{"kid":"access-key","alg":"RS256"}', raw)


def raw_header(raw: bytes) -> Make:
    return lambda fake: ACCESS_KEY.sign_bytes(raw, json.dumps(fake.access_claims()).encode())


def good(fake: FakeCognito) -> str:
    return ACCESS_KEY.sign(fake.access_claims())


def unsigned(algorithm: str) -> Make:
    return lambda fake: compact({"alg": algorithm, "kid": "access-key"}, fake.access_claims())


def with_extra(text: str) -> Make:
    """Good claims with a piece of raw JSON put in, for what `json.dumps` will not write."""

    def make(fake: FakeCognito) -> str:
        plain = json.dumps(fake.access_claims())
        return ACCESS_KEY.sign_bytes(b'{"kid":"access-key","alg":"RS256"}', f"{plain[:-1]},{text}}}".encode())

    return make


ATTACKER_JWK = ATTACKER_KEY.jwk
BAD_TIMES: list[object] = ["9999999999", 1e20, -5, True, 2**63, [9999999999], None, 9999999999.5, {}]
PARTS = ("protected", "payload", "signature")

REFUSED: list[tuple[str, Make]] = [
    *((f"1-{name}", unsigned(name)) for name in ("none", "None", "nOnE", "NONE ")),
    ("2-none-with-old-signature", lambda f: compact({"alg": "none", "kid": "access-key"}, {}) + good(f).split(".")[2]),
    ("3-signature-empty", lambda f: good(f).rpartition(".")[0] + "."),
    ("4-hs256-pem", hs256(PEM)),
    ("4-hs256-pem-stripped", hs256(PEM.strip())),
    ("4-hs256-der", hs256(DER)),
    ("4-hs256-jwk", hs256(json.dumps(ACCESS_KEY.jwk).encode())),
    ("5-hs256-empty", hs256(b"")),
    ("5-hs256-kid", hs256(b"access-key")),
    ("6-rs384", rsa_other("RS384", SHA384())),
    ("6-rs512", rsa_other("RS512", SHA512())),
    ("6-ps256", rsa_other("PS256", SHA256(), pss=True)),
    ("6-es256", curve("ES256")),
    ("6-eddsa", curve("EdDSA")),
    ("7-attacker-key-our-kid", lambda f: ATTACKER_KEY.sign(f.access_claims())),
    ("8-kid-unknown", header(kid="nobody")),
    ("9-kid-missing", header(kid=ABSENT)),
    *(
        (f"9-kid-{i}", header(kid=kid))
        for i, kid in enumerate(
            [None, 7, ["access-key"], "x" * 10_000, "../../dev/null", "' OR 1=1", "access-key\0", ""]
        )
    ),
    (
        "11-embedded-jwk",
        lambda f: ATTACKER_KEY.sign(f.access_claims(), {"alg": "RS256", "kid": "access-key", "jwk": ATTACKER_JWK}),
    ),
    (
        "11-embedded-jwk-without-kid",
        lambda f: ATTACKER_KEY.sign(f.access_claims(), {"alg": "RS256", "jwk": ATTACKER_JWK}),
    ),
    ("12-jku", lambda f: ATTACKER_KEY.sign(f.access_claims(), {"alg": "RS256", "kid": "x", "jku": f"{f.url}/canary"})),
    ("13-x5u", lambda f: ATTACKER_KEY.sign(f.access_claims(), {"alg": "RS256", "kid": "x", "x5u": f"{f.url}/canary"})),
    ("13-x5c", header(x5c=["MIIB"])),
    ("13-x5t", header(x5t="abc")),
    ("14-crit-exp", header(crit=["exp"])),
    ("14-crit-b64", header(crit=["b64"], b64=False)),
    ("14-crit-empty", header(crit=[])),
    ("14-crit-text", header(crit="exp")),
    ("15-typ-logout", header(typ="logout+jwt")),
    ("15-typ-jwe", header(typ="JWE")),
    ("16-five-parts", lambda f: good(f) + ".AAAA.BBBB"),
    ("16-json", lambda f: json.dumps(dict(zip(PARTS, good(f).split("."), strict=True)))),
    ("16-detached", lambda f: "..".join(good(f).split(".")[::2])),
    ("17-one-part", lambda f: good(f).split(".")[0]),
    ("17-two-parts", lambda f: good(f).rpartition(".")[0]),
    ("17-four-parts", lambda f: good(f) + ".AAAA"),
    ("17-leading-dot", lambda f: "." + good(f)),
    ("17-trailing-dot", lambda f: good(f) + "."),
    ("17-only-dots", lambda _: ".."),
    *(
        (f"19-payload-{i}", payload(raw))
        for i, raw in enumerate(
            [b"hello", b"[]", b'"text"', b"7", b"null", b"\xef\xbb\xbf{}", '{"a":1}'.encode("utf-16"), b"\xff\xfe"]
        )
    ),
    *((f"19-header-{i}", raw_header(raw)) for i, raw in enumerate([b"hello", b"[]", b"null", b"\xef\xbb\xbf{}"])),
    ("19-header-repeats-alg", raw_header(b'{"alg":"none","alg":"RS256","kid":"access-key"}')),
    ("19-payload-repeats-sub", with_extra('"sub":"someone-else"')),
    ("21-exp-missing", claims(exp=ABSENT)),
    ("22-exp-1-ago", at("exp", -1)),
    ("22-exp-6-ago", at("exp", -6)),
    *((f"23-exp-{i}", claims(exp=value)) for i, value in enumerate(BAD_TIMES)),
    ("23-exp-nan", with_extra('"exp":NaN')),
    ("23-exp-infinity", with_extra('"exp":Infinity')),
    ("23-iat-missing", claims(iat=ABSENT)),
    ("23-iat-bool", claims(iat=True)),
    ("23-auth-time-text", claims(auth_time="now")),
    ("23-auth-time-bool", claims(auth_time=True)),
    ("24-nbf-later", at("nbf", 30)),
    ("24-nbf-text", claims(nbf="now")),
    *(
        (f"27-iss-{i}", claims(iss=value))
        for i, value in enumerate(
            [
                ISSUER.replace("TestPool1", "TestPool2"),
                ISSUER.replace("us-east-1.", "eu-west-1."),
                ISSUER + "/",
                ISSUER.upper(),
                ISSUER.replace("https", "http"),
                [ISSUER],
                ISSUER[:-1],
                ISSUER + "x",
                "",
                None,
            ]
        )
    ),
    ("28-iss-multi-region", claims(iss=ISSUER.replace("https://", "https://issuer."))),
    ("29-other-pool", lambda f: FOREIGN_KEY.sign(f.access_claims(iss=ISSUER.replace("Pool1", "Pool2")))),
    ("30-other-client", claims(client_id="another")),
    ("30-client-missing", claims(client_id=ABSENT)),
    ("31-id-token", lambda f: ID_KEY.sign(f.id_claims())),
    ("31-id-token-with-client", lambda f: ID_KEY.sign(f.id_claims(client_id=CLIENT, username="x"))),
    ("31-use-missing", claims(token_use=ABSENT)),
    ("33-opaque", lambda f: f.new_refresh()),
    ("35-client-credentials", claims(username=ABSENT, sub=CLIENT, scope="shop/read")),
    ("35-no-username", claims(username=ABSENT)),
    ("36-foreign-audience", claims(aud="https://elsewhere.example")),
    ("37-scope-list", claims(scope=["openid"])),
    ("37-scope-of-another-flow", claims(scope="aws.cognito.signin.user.admin")),
    ("42-8193-bytes", lambda f: good(f) + "A" * (8193 - len(good(f)))),
    ("43-deep-header", raw_header(b'{"kid":' + b"[" * 2500 + b"]" * 2500 + b',"alg":"RS256"}')),
    ("43-long-number", with_extra('"n":' + "9" * 4000)),
    ("45-iat-6-ahead", at("iat", 7)),
    ("45-iat-300-ahead", at("iat", 300)),
    ("sub-missing", claims(sub=ABSENT)),
    ("sub-with-hash", claims(sub="a#ORDER")),
    ("jti-missing", claims(jti=ABSENT)),
]
