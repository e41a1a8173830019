"""Cookies: reading them by one fixed rule, writing them with every protection, and sealing their values.

Names begin with `__Host-`, so a browser takes them only over a secure origin, for this host alone, for every path.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

COOKIE_BYTES_MAX = 4096
"""Name and value together; browsers drop what is longer."""
COOKIES_READ_MAX = 100
_NONCE = 12
SameSite = Literal["Strict", "Lax"]


def parse(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """The cookies of a request. Of two with one name the first counts; browsers send the more specific one first."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name != b"cookie":
            continue
        for pair in value.decode("latin-1").split(";")[:COOKIES_READ_MAX]:
            key, _, text = pair.strip().partition("=")
            found.setdefault(key, text)
    return found


def build(name: str, value: str, *, max_age_seconds: int, same_site: SameSite = "Strict") -> str:
    """One Set-Cookie line. ValueError if a browser would drop it."""
    if len(name) + len(value) > COOKIE_BYTES_MAX:
        raise ValueError(f"{name} is too long for a cookie")
    return f"{name}={value}; Path=/; Max-Age={max_age_seconds}; Secure; HttpOnly; SameSite={same_site}"


def expire(name: str, *, same_site: SameSite = "Strict") -> str:
    """The Set-Cookie line that removes a cookie."""
    return build(name, "", max_age_seconds=0, same_site=same_site)


class CookieBox:
    """AES-256-GCM over a value, bound to the cookie's name: a value moved to another cookie does not open.

    Seals with the first key and opens with any, so that keys can be changed without signing anybody out.
    """

    def __init__(self, keys: Sequence[bytes], random_bytes: Callable[[int], bytes]) -> None:
        self._boxes = [AESGCM(key) for key in keys]
        self._random_bytes = random_bytes

    def seal(self, name: str, value: bytes) -> str:
        nonce = self._random_bytes(_NONCE)
        sealed = nonce + self._boxes[0].encrypt(nonce, value, b"cookie|" + name.encode())
        return _written(sealed)

    def open(self, name: str, text: str) -> bytes | None:
        """The value, or None for anything that `seal` did not make for this name."""
        if not text or len(text) > COOKIE_BYTES_MAX:
            return None
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        if _written(sealed) != text:
            return None
        for box in self._boxes:
            try:
                return box.decrypt(sealed[:_NONCE], sealed[_NONCE:], b"cookie|" + name.encode())
            except (InvalidTag, ValueError):
                continue
        return None


def _written(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()
