"""Cursors open only where they were made."""

from __future__ import annotations

import base64
import secrets

import pytest

from xpressbuy.kit.errors import Malformed
from xpressbuy.table.cursor import Cursors

KEY = secrets.token_bytes(32)
CURSORS = Cursors([KEY])


def test_opens_what_it_sealed() -> None:
    assert CURSORS.open(CURSORS.seal({"a": 1, "b": "x"}, "orders|c1"), "orders|c1") == {"a": 1, "b": "x"}


def test_an_older_key_still_opens() -> None:
    newer = Cursors([secrets.token_bytes(32), KEY])
    assert newer.open(CURSORS.seal({"a": 1}, "s"), "s") == {"a": 1}


def test_every_flipped_bit_is_refused() -> None:
    sealed = CURSORS.seal({"a": 1}, "s")
    raw = bytearray(base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)))
    for index in range(len(raw)):
        raw[index] ^= 1
        with pytest.raises(Malformed):
            CURSORS.open(base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("="), "s")
        raw[index] ^= 1


@pytest.mark.parametrize(
    "text", ["", "a", "a" * 10_240, "é", base64.urlsafe_b64encode(b'{"PK":"CUSTOMER#x"}').decode(), "====", "\x00"]
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        CURSORS.open(text, "s")


def test_there_is_one_way_to_write_a_cursor() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for number in range(3):
        sealed = CURSORS.seal({"a": "x" * number}, "s")
        for letter in letters.replace(sealed[-1], ""):
            with pytest.raises(Malformed):
                CURSORS.open(sealed[:-1] + letter, "s")


def test_of_another_list_or_person_is_refused() -> None:
    with pytest.raises(Malformed):
        CURSORS.open(CURSORS.seal({"a": 1}, "orders|c1"), "orders|c2")
