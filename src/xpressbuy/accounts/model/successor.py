"""The tokens that followed a refresh token, sealed so that only who holds that refresh token can read them.

The key comes from the token itself: whoever reads the table learns nothing, and a change of the shop's own keys
changes nothing here.
"""

from __future__ import annotations

import hashlib
import json

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
_PURPOSE = b"xpressbuy session successor 1"


def token_hash(refresh_token: str) -> str:
    """Names a refresh token in the table without telling it."""
    return hashlib.sha256(refresh_token.encode()).hexdigest()


def seal(refresh_token: str, tokens: tuple[str, str, str], nonce: bytes) -> bytes:
    """`tokens` are access, ID and refresh token; `nonce` is 12 random bytes."""
    return nonce + _box(refresh_token).encrypt(nonce, json.dumps(tokens).encode(), _PURPOSE)


def unseal(refresh_token: str, sealed: bytes) -> tuple[str, str, str] | None:
    """The tokens again, or None for what `seal` did not make for this refresh token."""
    try:
        plain = _box(refresh_token).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _PURPOSE)
    except (InvalidTag, ValueError):
        return None
    access, identity, renewal = json.loads(plain)
    return access, identity, renewal


def _box(refresh_token: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, _PURPOSE).derive(refresh_token.encode()))
