"""Reading the pool's tokens: RS256 by a pinned key, exact issuer, client and purpose, every needed claim, strict JSON.

A token is refused by default: whatever the rules do not name is a TokenRefused. Which keys there are, and what time
it is, come from outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from xpressbuy.accounts.model.keys import KID_LENGTH_MAX, decode_base64url
from xpressbuy.http.strict import loads
from xpressbuy.kit.actor import OPERATORS, SUPPORT
from xpressbuy.kit.errors import Malformed
from xpressbuy.kit.ids import CustomerId

TOKEN_LENGTH_MAX = 8192
LEEWAY_SECONDS = 5
"""For `iat` and `nbf`, as clocks differ. `exp` has none: a session is renewed a minute before it."""
GROUPS_MAX = 500
ALGORITHM = "RS256"
SCOPE = "openid"
"""What only our own sign-in asks for; a token made through another flow of the same client lacks it."""
ROLES = frozenset({OPERATORS, SUPPORT})
_REFUSED_HEADERS = frozenset({"crit", "b64", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "zip", "enc", "epk", "cty"})
_SUB = re.compile(r"[A-Za-z0-9-]{1,64}")
_EPOCH_MAX = 2**53
_registry = jws.JWSRegistry(algorithms=[ALGORITHM], strict_check_header=False)


class TokenRefused(Exception):
    """`reason` is a code for the log. Never holds a piece of the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class TokenRules:
    """What this shop takes: the exact issuers and its own app client."""

    issuers: tuple[str, ...]
    client_id: str


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A verified access token."""

    text: str
    customer_id: CustomerId
    expires_at: int
    authenticated_at: int
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class IdToken:
    """A verified ID token."""

    text: str
    customer_id: CustomerId
    expires_at: int
    email: str
    email_verified: bool
    name: str
    nonce: str


def kid_of(text: str) -> str:
    """The key that the token says it is signed with. TokenRefused for every header but a plain RS256 one."""
    if len(text) > TOKEN_LENGTH_MAX:
        raise TokenRefused("too_long")
    parts = text.split(".")
    if len(parts) != 3 or not all(parts):
        raise TokenRefused("not_three_parts")
    header = _json_object(parts[0], "header")
    if header.get("alg") != ALGORITHM:
        raise TokenRefused("algorithm")
    if header.get("typ", "JWT") != "JWT":
        raise TokenRefused("type")
    if not _REFUSED_HEADERS.isdisjoint(header):
        raise TokenRefused("header")
    kid = header.get("kid")
    if not isinstance(kid, str) or not 0 < len(kid) <= KID_LENGTH_MAX:
        raise TokenRefused("kid")
    return kid


def read_access(text: str, key: RSAKey, rules: TokenRules, now: float) -> AccessToken:
    """The access token, or TokenRefused. `key` is the one that `kid_of` names."""
    claims = _signed_claims(text, key)
    _check_common(claims, rules, now, use="access")
    if claims.get("client_id") != rules.client_id:
        raise TokenRefused("client")
    # Cognito writes `aud` here only for a resource server; such a token is meant for somebody else.
    if claims.get("aud", rules.client_id) != rules.client_id:
        raise TokenRefused("audience")
    if not _text(claims, "jti") or not _text(claims, "username"):
        raise TokenRefused("claim_missing")
    scope = claims.get("scope")
    if not isinstance(scope, str) or SCOPE not in scope.split():
        raise TokenRefused("scope")
    authenticated_at = _epoch(claims, "auth_time") if "auth_time" in claims else _epoch(claims, "iat")
    return AccessToken(text, _customer(claims), _epoch(claims, "exp"), authenticated_at, _roles(claims))


def read_id(text: str, key: RSAKey, rules: TokenRules, now: float) -> IdToken:
    """The ID token, or TokenRefused. Whose access token it stands beside is for the caller to compare."""
    claims = _signed_claims(text, key)
    _check_common(claims, rules, now, use="id")
    if claims.get("aud") != rules.client_id:
        raise TokenRefused("audience")
    verified = claims.get("email_verified") in (True, "true")
    email, name, nonce = _text(claims, "email"), _text(claims, "name"), _text(claims, "nonce")
    return IdToken(text, _customer(claims), _epoch(claims, "exp"), email, verified, name, nonce)


def _signed_claims(text: str, key: RSAKey) -> dict[str, Any]:
    # Each part is read strictly before the library sees it, so that a token has exactly one spelling.
    kid_of(text)
    _, payload, signature = text.split(".")
    try:
        decode_base64url(signature)
    except ValueError as error:
        raise TokenRefused("encoding") from error
    try:
        jws.deserialize_compact(text, key, registry=_registry)
    except (JoseError, ValueError, TypeError) as error:
        raise TokenRefused("signature") from error
    return _json_object(payload, "payload")


def _check_common(claims: Mapping[str, Any], rules: TokenRules, now: float, use: str) -> None:
    if claims.get("token_use") != use:
        raise TokenRefused("purpose")
    issuer = claims.get("iss")
    if not isinstance(issuer, str) or issuer not in rules.issuers:
        raise TokenRefused("issuer")
    if now >= _epoch(claims, "exp"):
        raise TokenRefused("expired")
    if _epoch(claims, "iat") > now + LEEWAY_SECONDS:
        raise TokenRefused("issued_in_future")
    if "nbf" in claims and _epoch(claims, "nbf") > now + LEEWAY_SECONDS:
        raise TokenRefused("not_yet")


def _json_object(part: str, what: str) -> dict[str, Any]:
    try:
        value = loads(decode_base64url(part))
    except ValueError as error:
        raise TokenRefused("encoding") from error
    except Malformed as error:
        raise TokenRefused(f"{what}_json") from error
    if not isinstance(value, dict):
        raise TokenRefused(f"{what}_shape")
    return value


def _epoch(claims: Mapping[str, Any], name: str) -> int:
    value = claims.get(name)
    if type(value) is not int or not 0 < value < _EPOCH_MAX:
        raise TokenRefused(f"{name}_wrong")
    return value


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _customer(claims: Mapping[str, Any]) -> CustomerId:
    subject = _text(claims, "sub")
    # The subject stands in the table's keys, so its letters are bounded too.
    if not _SUB.fullmatch(subject):
        raise TokenRefused("subject")
    return CustomerId(subject)


def _roles(claims: Mapping[str, Any]) -> frozenset[str]:
    groups = claims.get("cognito:groups")
    if not isinstance(groups, list) or len(groups) > GROUPS_MAX:
        return frozenset()
    return ROLES & {group for group in groups if isinstance(group, str)}
