"""Ids sort by time and look like what they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from xpressbuy.kit.clock import FixedClock, from_rfc3339, to_rfc3339
from xpressbuy.kit.ids import Ids, is_id


def test_ids_sort_by_the_millisecond() -> None:
    clock = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))
    ids = Ids(clock)
    made = []
    for _ in range(100):
        made.append(ids.new("ord"))
        clock.advance(timedelta(milliseconds=1))
    assert made == sorted(made)
    assert len(set(made)) == 100


def test_an_id_is_a_version_7_uuid_in_base_32() -> None:
    made = Ids(FixedClock(datetime(2026, 1, 1, tzinfo=UTC)), lambda n: b"\xff" * n).new("prd")
    body = made.removeprefix("prd_")
    number = 0
    for letter in body:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    assert number >> 128 == 0
    assert (number >> 76) & 0xF == 7
    assert (number >> 62) & 0b11 == 0b10
    assert (number >> 80) == int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)


def test_the_shape_is_checked() -> None:
    good = Ids(FixedClock(datetime(2026, 1, 1, tzinfo=UTC))).new("ord")
    assert is_id(good, "ord")
    for bad in ("", "ord_", good.upper(), good + "0", good.replace("ord", "prd"), "ord_" + "u" * 26):
        assert not is_id(bad, "ord")


def test_order_numbers_have_no_letters_that_people_mix_up() -> None:
    ids = Ids(FixedClock(datetime(2026, 1, 1, tzinfo=UTC)))
    for _ in range(200):
        assert re.fullmatch(r"XB-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", ids.order_number())


def test_times_read_back_and_sort_as_text() -> None:
    first = datetime(2026, 1, 1, 12, 0, 0, 5000, tzinfo=UTC)
    assert to_rfc3339(first) == "2026-01-01T12:00:00.005Z"
    assert from_rfc3339(to_rfc3339(first)) == first
    assert to_rfc3339(first) < to_rfc3339(first + timedelta(milliseconds=1))
