"""Cognito: the pool's API through the SDK in threads of its own, and the OAuth endpoints of its domain.

Says only what happened: done, definitely refused, or not known because the provider is out of reach. What that means
for a session is decided elsewhere. Nothing here logs a token, a code or a password. The SDK is loaded by the first call
that needs it, in its thread: most processes of a function never sign anybody up.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import structlog

THREADS = 4
"""Sign-ups and resets at once; the rate limits before them let fewer through."""
CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 3.0
ANSWER_BYTES_MAX = 64 * 1024
"""Three tokens are 5 KB, a pool's keys 2 KB."""
SCOPES = "openid email profile"
_log = structlog.get_logger("xpressbuy.identity")


class IdentityRefused(Exception):
    """The provider said no, and will say no again. `code` is one of ours: see `_REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class IdentityUnavailable(Exception):
    """The provider cannot be reached, is too busy, or answers what makes no sense. Nothing is known."""


@dataclass(frozen=True, slots=True)
class IdentityConfig:
    """Where the pool is and who we are to it. `endpoint_url` is None on AWS."""

    region: str
    endpoint_url: str | None
    domain_url: str
    jwks_url: str
    client_id: str
    client_secret: str
    public_url: str


@dataclass(frozen=True, slots=True)
class TokenSet:
    """What the token endpoint handed out. `refresh_token` is empty when the old one stays."""

    access_token: str
    id_token: str
    refresh_token: str


_REFUSALS: Mapping[str, str] = {
    "UsernameExistsException": "exists",
    "AliasExistsException": "exists",
    "InvalidPasswordException": "weak_password",
    "CodeMismatchException": "bad_code",
    "ExpiredCodeException": "bad_code",
    "UserNotFoundException": "not_possible",
    "UserNotConfirmedException": "not_possible",
    "NotAuthorizedException": "not_possible",
    "InvalidParameterException": "not_possible",
    "LimitExceededException": "too_often",
    "TooManyFailedAttemptsException": "too_often",
    "CodeDeliveryFailureException": "not_possible",
    "UserLambdaValidationException": "not_possible",
}


class Identity:
    """One instance a process. `start` opens the connections, `close` ends them."""

    def __init__(self, config: IdentityConfig) -> None:
        self._config = config
        self._http: aiohttp.ClientSession | None = None
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="identity")
        self._client: asyncio.Future[Any] | None = None

    async def start(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS, connect=CONNECT_SECONDS)
        self._http = aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def redirect_uri(self) -> str:
        return f"{self._config.public_url}/auth/callback"

    def authorize_url(self, *, state: str, nonce: str, verifier: str) -> str:
        """Where a browser goes to sign in."""
        query = {
            "response_type": "code",
            "client_id": self._config.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": SCOPES,
            "state": state,
            "nonce": nonce,
            "code_challenge": _s256(verifier),
            "code_challenge_method": "S256",
            # The password is asked anew each time, so that on a shared computer nobody signs in as the one before.
            "prompt": "login",
        }
        return f"{self._config.domain_url}/oauth2/authorize?{urlencode(query, quote_via=quote)}"

    def logout_url(self) -> str:
        """Where a browser goes to end the provider's own session; it comes back to the shop's front page."""
        query = {"client_id": self._config.client_id, "logout_uri": f"{self._config.public_url}/"}
        return f"{self._config.domain_url}/logout?{urlencode(query, quote_via=quote)}"

    async def exchange(self, code: str, verifier: str) -> TokenSet:
        """A code for tokens, once. IdentityRefused (`invalid_grant`) if the code is not good."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }
        return await self._token(form)

    async def refresh(self, refresh_token: str) -> TokenSet:
        """New tokens for a refresh token. IdentityRefused (`invalid_grant`) if it is dead."""
        return await self._token({"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def fetch_keys(self) -> bytes:
        """The pool's JWKS document as it stands."""
        status, body = await self._send("GET", self._config.jwks_url, None)
        if status != 200:
            raise IdentityUnavailable(f"keys_{status}")
        return body

    async def sign_up(self, email: str, password: str, name: str) -> None:
        attributes = [{"Name": "email", "Value": email}, {"Name": "name", "Value": name}]
        await self._call("sign_up", email, Password=password, UserAttributes=attributes)

    async def confirm_sign_up(self, email: str, code: str) -> None:
        await self._call("confirm_sign_up", email, ConfirmationCode=code)

    async def resend_code(self, email: str) -> None:
        await self._call("resend_confirmation_code", email)

    async def forgot_password(self, email: str) -> None:
        await self._call("forgot_password", email)

    async def reset_password(self, email: str, code: str, password: str) -> None:
        await self._call("confirm_forgot_password", email, ConfirmationCode=code, Password=password)

    async def revoke(self, refresh_token: str) -> None:
        """Ends a refresh token and what was made from it."""
        secret = self._config.client_secret
        await self._in_thread(
            lambda client: client.revoke_token(
                Token=refresh_token, ClientId=self._config.client_id, ClientSecret=secret
            )
        )

    async def _call(self, operation: str, email: str, **arguments: Any) -> None:  # noqa: ANN401 - the SDK's own
        arguments |= {"ClientId": self._config.client_id, "Username": email, "SecretHash": self._secret_hash(email)}
        await self._in_thread(lambda client: getattr(client, operation)(**arguments))

    def _secret_hash(self, username: str) -> str:
        message = (username + self._config.client_id).encode()
        digest = hmac.new(self._config.client_secret.encode(), message, hashlib.sha256).digest()
        return base64.b64encode(digest).decode()

    def _make_client(self) -> Any:  # noqa: ANN401 - the stubs know it only by overloads
        from botocore import UNSIGNED  # noqa: PLC0415 - see the module
        from botocore.config import Config  # noqa: PLC0415
        from botocore.session import Session  # noqa: PLC0415

        config = Config(
            region_name=self._config.region,
            # The app client's calls carry its secret instead of a signature, so no AWS credentials are needed.
            signature_version=UNSIGNED,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            retries={"total_max_attempts": 1},
            max_pool_connections=THREADS,
        )
        return Session().create_client("cognito-idp", endpoint_url=self._config.endpoint_url, config=config)

    async def _in_thread(self, call: Callable[[Any], object]) -> None:
        loop = asyncio.get_running_loop()
        if self._client is None:
            # Reading the SDK's description of the service takes a while, which is not the provider's slowness.
            self._client = loop.run_in_executor(self._pool, self._make_client)
        client = await asyncio.shield(self._client)
        from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError  # noqa: PLC0415 - loaded by now

        try:
            async with asyncio.timeout(CONNECT_SECONDS + ANSWER_SECONDS):
                await loop.run_in_executor(self._pool, call, client)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _REFUSALS:
                raise IdentityRefused(_REFUSALS[code]) from None
            _log.warning("identity_error", code=code[:80])
            raise IdentityUnavailable(code) from None
        except ParamValidationError:
            # Its text repeats what was sent, so it goes nowhere.
            raise IdentityRefused("not_possible") from None
        except (BotoCoreError, TimeoutError) as error:
            raise IdentityUnavailable(type(error).__name__) from None

    async def _token(self, form: Mapping[str, str]) -> TokenSet:
        status, body = await self._send("POST", f"{self._config.domain_url}/oauth2/token", form)
        try:
            answer = json.loads(body)
        except ValueError:
            raise IdentityUnavailable(f"token_{status}_garbage") from None
        if not isinstance(answer, dict):
            raise IdentityUnavailable(f"token_{status}_shape")
        if status == 400 and answer.get("error") == "invalid_grant":
            raise IdentityRefused("invalid_grant")
        if status != 200:
            # A wrong client secret, say: our own set-up is broken, which is no reason to sign people out.
            _log.error("token_endpoint", status=status)
            raise IdentityUnavailable(f"token_{status}")
        access, identity, renewal = (answer.get(name) for name in ("access_token", "id_token", "refresh_token"))
        if not isinstance(access, str) or not isinstance(identity, str) or not isinstance(renewal or "", str):
            raise IdentityUnavailable("token_shape")
        return TokenSet(access, identity, renewal or "")

    async def _send(self, method: str, url: str, form: Mapping[str, str] | None) -> tuple[int, bytes]:
        assert self._http is not None, "start() comes first"
        # RFC 6749, 2.3.1: id and secret are form-encoded before they go into the header.
        pair = f"{quote(self._config.client_id, safe='')}:{quote(self._config.client_secret, safe='')}"
        basic = f"Basic {base64.b64encode(pair.encode()).decode()}"
        try:
            async with self._http.request(
                method, url, data=form, headers={} if form is None else {"Authorization": basic}, allow_redirects=False
            ) as answer:
                body = await _bounded(answer)
                return answer.status, body
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise IdentityUnavailable(type(error).__name__) from None


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    chunks, size = [], 0
    async for chunk in answer.content.iter_chunked(16 * 1024):
        size += len(chunk)
        if size > ANSWER_BYTES_MAX:
            raise ValueError("the answer is too large")
        chunks.append(chunk)
    return b"".join(chunks)


def _s256(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
