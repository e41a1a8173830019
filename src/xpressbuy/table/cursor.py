"""Cursors: the place where a page ended, sealed so that nobody reads or forges it.

Bound to a scope (who asks, and what): a cursor of another list or of another person does not open.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from xpressbuy.kit.errors import Malformed

CURSOR_LENGTH_MAX = 1024
_NONCE = 12

Position = Mapping[str, str | int | float | None]


class Cursors:
    """Seals with the newest key, opens with any of them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._boxes = [AESGCM(key) for key in keys]
        self._nonce_key = hmac.digest(keys[0], b"cursor nonce", "sha256") if keys else b""

    def seal(self, position: Position, scope: str) -> str:
        """An opaque text for `next_cursor`."""
        plain = json.dumps(position, separators=(",", ":")).encode()
        bound = b"cursor|" + scope.encode()
        # Derived from all that is sealed: the same place is written the same way, so a list keeps its ETag, and a
        # nonce comes back only with what it came with before.
        nonce = hmac.digest(self._nonce_key, len(bound).to_bytes(4, "big") + bound + plain, "sha256")[:_NONCE]
        sealed = nonce + self._boxes[0].encrypt(nonce, plain, bound)
        return _written(sealed)

    def open(self, text: str, scope: str) -> dict[str, str | int | float | None]:
        """The position again. Malformed (`bad_cursor`) for anything that `seal` did not make for this scope."""
        refused = Malformed("bad_cursor", "This cursor belongs to no list that you asked for. Start again without it.")
        if len(text) > CURSOR_LENGTH_MAX:
            raise refused
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise refused from error
        if _written(sealed) != text:
            # The last letter of base64 has bits that mean nothing; there is one way to write a cursor.
            raise refused
        for box in self._boxes:
            try:
                plain = box.decrypt(sealed[:_NONCE], sealed[_NONCE:], b"cursor|" + scope.encode())
            except (InvalidTag, ValueError):
                continue
            position = json.loads(plain)
            if isinstance(position, dict):
                return position
        raise refused


def _written(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()
