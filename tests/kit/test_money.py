"""Money: exact, in integers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpressbuy.kit import money
from xpressbuy.kit.money import Money


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_the_parts_of_a_split_sum_to_the_whole(amount: int, weights: list[int]) -> None:
    parts = money.split(amount, weights)
    assert sum(parts) == amount
    assert all(part * amount >= 0 for part in parts)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=60))
def test_no_part_is_further_than_one_unit_from_its_share(amount: int, weights: list[int]) -> None:
    whole = sum(weights)
    for part, weight in zip(money.split(amount, weights), weights, strict=True):
        assert abs(part * whole - amount * weight) < whole


@given(st.integers(-(10**11), 10**11), st.sampled_from(["USD", "JPY", "INR", "KWD", "EUR"]))
def test_major_units_read_back(amount: int, currency: str) -> None:
    value = Money(amount, currency)
    assert money.from_major(money.to_major(value), currency) == value


@pytest.mark.parametrize("text", ["", "abc", "1e3", "NaN", "1,5", "1.999", "--1", "1_000", "\u0661", "9" * 13])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        money.from_major(text, "USD")


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="two currencies"):
        _ = Money(1, "USD") + Money(1, "EUR")


@pytest.mark.parametrize(
    ("value", "locale", "text"),
    [
        (Money(129900, "USD"), "en_US", "$1,299.00"),
        (Money(129900, "JPY"), "en_US", "¥129,900"),
        (Money(12990000, "INR"), "en_IN", "₹1,29,900.00"),
        (Money(-5, "USD"), "en_US", "-$0.05"),
    ],
)
def test_is_written_as_people_do(value: Money, locale: str, text: str) -> None:
    assert money.format_money(value, locale) == text
