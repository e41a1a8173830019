"""Ids and secrets, made here only, from a source of randomness that is passed in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import NewType

from xpressbuy.kit.clock import Clock

ProductId = NewType("ProductId", str)
Sku = NewType("Sku", str)
CustomerId = NewType("CustomerId", str)
"""A verified Cognito `sub`, or `gst_…` for a guest."""
OrderId = NewType("OrderId", str)
AddressId = NewType("AddressId", str)
ReviewId = NewType("ReviewId", str)

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_BODY_LENGTH = 26
_NUMBER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 letters and digits without 0, O, 1 and I, which people mix up on the phone."""
_NUMBER_LENGTH = 8
"""32^8 = 1.1e12 numbers: among 100,000 orders two are equal with odds of 0.5 %, and the order's id still differs."""


class Ids:
    """Makes ids that sort by the millisecond (UUID version 7 in 26 letters of base 32) and secrets that do not."""

    def __init__(self, clock: Clock, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._clock = clock
        self._random_bytes = random_bytes

    def new(self, prefix: str) -> str:
        """`<prefix>_<26 letters>`, for example `ord_01k…`."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        tail = int.from_bytes(self._random_bytes(10), "big")
        rand_a, rand_b = tail >> 68, tail & ((1 << 62) - 1)
        number = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (rand_a & 0xFFF) << 64 | 0b10 << 62 | rand_b
        return f"{prefix}_{_base32(number)}"

    def secret(self) -> str:
        """256 random bits in base 32, for what must not be guessed. Store only its hash."""
        return _base32(int.from_bytes(self._random_bytes(32), "big"), length=52)

    def order_number(self) -> str:
        """A number that people can read aloud: `XB-7K4M-9QPT`."""
        letters = [_NUMBER_ALPHABET[byte % 32] for byte in self._random_bytes(_NUMBER_LENGTH)]
        return f"XB-{''.join(letters[:4])}-{''.join(letters[4:])}"

    def random(self, count: int) -> bytes:
        """`count` random bytes, for nonces and jitter."""
        return self._random_bytes(count)


def earliest_id(prefix: str, at: datetime) -> str:
    """An id that sorts before every id of this prefix made at `at` or later. For reading a list from a time on."""
    return f"{prefix}_{_base32(int(at.timestamp() * 1000) << 80)}"


def is_id(text: str, prefix: str) -> bool:
    """Whether `text` has the shape of an id with this prefix. Says nothing of its existence."""
    head, _, body = text.partition("_")
    return head == prefix and len(body) == _BODY_LENGTH and all(letter in _BASE32 for letter in body)


def _base32(number: int, length: int = _BODY_LENGTH) -> str:
    letters = []
    for _ in range(length):
        letters.append(_BASE32[number & 31])
        number >>= 5
    return "".join(reversed(letters))
