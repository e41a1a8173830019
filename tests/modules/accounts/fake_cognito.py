"""A Cognito of our own over real HTTP, with the faults and the refresh rotation that no emulator shows.

It keeps the provider's rules strictly: client secret by HTTP basic, codes once, PKCE, rotation with a grace period.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from xpressbuy.kit.clock import Clock

CLIENT = "shopclient1234567890"
SECRET = "s3cret/+with=signs+and+more+letters"
ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_TestPool1"
SUB = "11111111-2222-4333-8444-555555555555"
OTHER_SUB = "99999999-2222-4333-8444-555555555555"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True)
class SigningKey:
    kid: str
    private: rsa.RSAPrivateKey

    @classmethod
    def new(cls, kid: str, bits: int = 2048) -> SigningKey:
        return cls(kid, rsa.generate_private_key(65537, bits))

    @property
    def jwk(self) -> dict[str, Any]:
        numbers = self.private.public_key().public_numbers()
        n, e = (number.to_bytes((number.bit_length() + 7) // 8) for number in (numbers.n, numbers.e))
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": b64(n), "e": b64(e)}

    def sign(self, claims: object, header: object = None) -> str:
        head = {"kid": self.kid, "alg": "RS256"} if header is None else header
        return self.sign_bytes(json.dumps(head).encode(), json.dumps(claims).encode())

    def sign_bytes(self, header: bytes, payload: bytes) -> str:
        signed = f"{b64(header)}.{b64(payload)}"
        return f"{signed}.{b64(self.private.sign(signed.encode(), padding.PKCS1v15(), SHA256()))}"


ACCESS_KEY = SigningKey.new("access-key")
ID_KEY = SigningKey.new("id-key")
ATTACKER_KEY = SigningKey.new("access-key")


@dataclass
class Person:
    sub: str = SUB
    email: str = "asha@example.com"
    name: str = "Asha Rao"
    groups: list[str] = field(default_factory=list)


@dataclass
class Refresh:
    person: Person
    auth_time: int
    alive: bool = True
    followed_at: float | None = None


@dataclass
class Code:
    person: Person
    nonce: str
    challenge: str
    redirect_uri: str


class FakeCognito:
    """`faults` are taken one a token call: a status, `hang`, `garbage`, or `lost` (done, but the answer never sent)."""

    def __init__(self, clock: Clock, *, rotate: bool = False, grace: float = 60) -> None:
        self.clock = clock
        self.rotate = rotate
        self.grace = grace
        self.lifetime = 300
        self.keys = [ACCESS_KEY, ID_KEY]
        self.access_key, self.id_key = ACCESS_KEY, ID_KEY
        self.refreshes: dict[str, Refresh] = {}
        self.codes: dict[str, Code] = {}
        self.calls: Counter[str] = Counter()
        self.faults: deque[str] = deque()
        self.keys_fault = ""
        self.api_error = ""
        self.api_calls: list[tuple[str, dict[str, Any]]] = []
        self.delay = 0.0
        self.asked = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.id_person: Person | None = None
        self.runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/jwks.json", self._jwks)
        app.router.add_post("/oauth2/token", self._token)
        app.router.add_post("/", self._api)
        app.router.add_route("*", "/canary", self._canary)
        self.runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self.runner is not None:
            await self.runner.cleanup()
            self.runner = None

    @property
    def now(self) -> int:
        return int(self.clock.now().timestamp())

    def access_claims(self, person: Person | None = None, **changes: Any) -> dict[str, Any]:
        person = person or Person()
        claims: dict[str, Any] = {
            "sub": person.sub,
            "iss": ISSUER,
            "client_id": CLIENT,
            "origin_jti": secrets.token_hex(8),
            "token_use": "access",
            "scope": "openid profile email",
            "auth_time": self.now,
            "exp": self.now + self.lifetime,
            "iat": self.now,
            "jti": secrets.token_hex(8),
            "username": person.sub,
        }
        if person.groups:
            claims["cognito:groups"] = person.groups
        return _changed(claims, changes)

    def id_claims(self, person: Person | None = None, **changes: Any) -> dict[str, Any]:
        person = person or Person()
        claims: dict[str, Any] = {
            "sub": person.sub,
            "iss": ISSUER,
            "aud": CLIENT,
            "token_use": "id",
            "auth_time": self.now,
            "exp": self.now + self.lifetime,
            "iat": self.now,
            "jti": secrets.token_hex(8),
            "email": person.email,
            "email_verified": True,
            "name": person.name,
            "cognito:username": person.sub,
        }
        return _changed(claims, changes)

    def new_refresh(self, person: Person | None = None) -> str:
        token = "rt-" + secrets.token_urlsafe(200)
        self.refreshes[token] = Refresh(person or Person(), self.now)
        return token

    def grant(self, person: Person, auth_time: int, nonce: str = "") -> dict[str, Any]:
        whose = self.id_person or person
        extra = {"nonce": nonce} if nonce else {}
        return {
            "access_token": self.access_key.sign(self.access_claims(person, auth_time=auth_time)),
            "id_token": self.id_key.sign(self.id_claims(whose, auth_time=auth_time, **extra)),
            "token_type": "Bearer",
            "expires_in": self.lifetime,
        }

    def authorize(self, url: str, person: Person | None = None) -> dict[str, str]:
        """What the provider's login page does: a code and the state, for the callback."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_hex(16)
        self.codes[code] = Code(
            person or Person(), query.get("nonce", ""), query["code_challenge"], query["redirect_uri"]
        )
        return {"code": code, "state": query["state"]}

    async def _jwks(self, _: web.Request) -> web.StreamResponse:
        self.calls["jwks"] += 1
        if self.keys_fault == "hang":
            await asyncio.sleep(30)
        if self.keys_fault.isdigit():
            return web.Response(status=int(self.keys_fault), text="no")
        if self.keys_fault:
            return web.Response(text=self.keys_fault, content_type="application/json")
        return web.json_response({"keys": [key.jwk for key in self.keys]})

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.calls[form.get("grant_type", "?")] += 1
        self.asked.set()
        await self.may_answer.wait()
        if self.delay:
            await asyncio.sleep(self.delay)
        fault = self.faults.popleft() if self.faults else ""
        if fault == "hang":
            await asyncio.sleep(30)
        if fault.isdigit():
            return web.json_response({"error": "busy"}, status=int(fault))
        if fault == "garbage":
            return web.Response(text="<html>oops</html>")
        answer = self._granted(request.headers.get("Authorization", ""), form)
        if fault == "lost":
            assert request.transport is not None
            request.transport.close()
        elif fault:
            answer = ({"error": fault.partition(":")[2]}, 400)
        body, status = answer
        return web.json_response(body, status=status)

    def _granted(self, authorization: str, form: dict[str, str]) -> tuple[dict[str, Any], int]:
        user, _, password = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if (unquote(user), unquote(password)) != (CLIENT, SECRET):
            return {"error": "invalid_client"}, 400
        if form["grant_type"] == "authorization_code":
            return self._by_code(form)
        return self._by_refresh(form["refresh_token"])

    def _by_code(self, form: dict[str, str]) -> tuple[dict[str, Any], int]:
        code = self.codes.pop(form["code"], None)
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if code is None or code.challenge != challenge or code.redirect_uri != form["redirect_uri"]:
            return {"error": "invalid_grant"}, 400
        grant = self.grant(code.person, self.now, code.nonce)
        return {**grant, "refresh_token": self.new_refresh(code.person)}, 200

    def _by_refresh(self, token: str) -> tuple[dict[str, Any], int]:
        known = self.refreshes.get(token)
        now = self.clock.now().timestamp()
        if known is None or not known.alive:
            return {"error": "invalid_grant"}, 400
        if known.followed_at is not None and now - known.followed_at > self.grace:
            return {"error": "invalid_grant"}, 400
        grant = self.grant(known.person, known.auth_time)
        if self.rotate:
            known.followed_at = known.followed_at or now
            fresh = self.new_refresh(known.person)
            self.refreshes[fresh].auth_time = known.auth_time
            grant["refresh_token"] = fresh
        return grant, 200

    async def _canary(self, _: web.Request) -> web.StreamResponse:
        self.calls["canary"] += 1
        return web.json_response({"keys": [ATTACKER_KEY.jwk]})

    async def _api(self, request: web.Request) -> web.StreamResponse:
        operation = request.headers["X-Amz-Target"].rpartition(".")[2]
        arguments = json.loads(await request.read())
        self.api_calls.append((operation, arguments))
        error = self.api_error
        if error == "hang":
            await asyncio.sleep(30)
        if error.isdigit():
            return web.Response(status=int(error), text="{}")
        if error:
            return web.Response(status=400, text=json.dumps({"__type": error, "message": "no"}))
        if operation == "RevokeToken" and arguments["Token"] in self.refreshes:
            self.refreshes[arguments["Token"]].alive = False
        return web.Response(text="{}", content_type="application/x-amz-json-1.1")


ABSENT = object()


def _changed(claims: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    merged = {**claims, **changes}
    return {name: value for name, value in merged.items() if value is not ABSENT}
