"""The pool's public keys, read from a JWKS document. A bad key is left out by itself; nothing is fetched here."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from xpressbuy.http.strict import loads
from xpressbuy.kit.errors import Malformed

KEYS_MAX = 20
"""A pool has two keys, four while they rotate."""
KID_LENGTH_MAX = 200
MODULUS_BITS_MIN = 2048
MODULUS_BITS_MAX = 8192
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_EXPONENTS = range(65537, 2**32, 2)

Keys = Mapping[str, RSAKey]


class KeysUnreadable(Exception):
    """The document holds no key that can be used."""


def parse_keys(body: bytes) -> Keys:
    """Every usable key by its `kid`. KeysUnreadable if there is none.

    Two different keys under one `kid` are both left out, since nobody can say which one is meant.
    """
    try:
        document = loads(body)
    except Malformed as error:
        raise KeysUnreadable("not JSON") from error
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list) or len(listed) > KEYS_MAX:
        raise KeysUnreadable("no list of keys")
    found: dict[str, RSAKey] = {}
    twice: set[str] = set()
    for raw in listed:
        kid, key = _usable(raw)
        if kid is None or key is None:
            continue
        if kid in found and found[kid].as_dict(private=False) != key.as_dict(private=False):
            twice.add(kid)
        found[kid] = key
    usable = {kid: key for kid, key in found.items() if kid not in twice}
    if not usable:
        raise KeysUnreadable("no usable key")
    return usable


def decode_base64url(text: str) -> bytes:
    """Strict base64url: no padding, no other letters, no stray bits at the end. ValueError otherwise."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    # The last letter may carry bits that decode to nothing; two spellings of one token must not both pass.
    if base64.urlsafe_b64encode(plain).rstrip(b"=") != text.encode():
        raise ValueError("not canonical base64url")
    return plain


def _usable(raw: Any) -> tuple[str | None, RSAKey | None]:  # noqa: ANN401 - any JSON value may stand in the list
    if not isinstance(raw, dict):
        return None, None
    kid, modulus, exponent = (raw.get(name) for name in ("kid", "n", "e"))
    if not (isinstance(kid, str) and isinstance(modulus, str) and isinstance(exponent, str)):
        return None, None
    stated = (raw.get("kty"), raw.get("use", "sig"), raw.get("alg", "RS256"))
    if stated != ("RSA", "sig", "RS256") or "d" in raw or not 0 < len(kid) <= KID_LENGTH_MAX:
        return None, None
    try:
        bits = int.from_bytes(decode_base64url(modulus)).bit_length()
        power = int.from_bytes(decode_base64url(exponent))
        if MODULUS_BITS_MIN <= bits <= MODULUS_BITS_MAX and power in _EXPONENTS:
            return kid, RSAKey.import_key({"kty": "RSA", "n": modulus, "e": exponent})
    except (ValueError, JoseError):
        pass
    return None, None
