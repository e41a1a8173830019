"""Money: integer minor units with an ISO 4217 currency. No float ever, no rounding outside `round_half_even`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from babel.numbers import format_currency, get_currency_precision, is_currency

AMOUNT_MAX = 10**12
"""Ten thousand million major units with two decimals; products of it with 999 still fit 2^53 for browsers' numbers."""
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in the currency's minor unit (cents, paise; yen have none)."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if abs(self.amount) > AMOUNT_MAX:
            raise ValueError("amount out of bounds")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.amount * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError("two currencies")


def total(parts: Iterable[Money], currency: str) -> Money:
    """The sum; zero of `currency` if there are none."""
    result = Money(0, currency)
    for part in parts:
        result = result + part
    return result


def exponent(currency: str) -> int:
    """Digits after the point of a currency, from ISO 4217 as CLDR has it."""
    return get_currency_precision(currency)


def known_currency(code: str) -> bool:
    """Whether ISO 4217 knows the code."""
    return is_currency(code)


def from_major(text: str, currency: str) -> Money:
    """Read a decimal in major units, `19.99`. ValueError if it is no decimal or has more digits than the currency."""
    cleaned = text.strip()
    if not _DECIMAL.fullmatch(cleaned):
        raise ValueError("not a decimal number")
    try:
        scaled = Decimal(cleaned).scaleb(exponent(currency))
    except InvalidOperation as error:
        raise ValueError("not a decimal number") from error
    if scaled != scaled.to_integral_value():
        raise ValueError("more decimals than the currency has")
    return Money(int(scaled), currency)


def to_major(money: Money) -> str:
    """The decimal in major units that `from_major` reads back."""
    places = exponent(money.currency)
    return str(Decimal(money.amount).scaleb(-places).quantize(Decimal(1).scaleb(-places)))


def round_half_even(value: Decimal) -> int:
    """The one rounding of the shop: to whole minor units, half to even."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Split over parts by largest remainder, so that the parts sum to the whole. Earlier parts win ties.

    Weights are non-negative; if all are zero the parts are equal as far as whole units allow.
    """
    if not weights:
        raise ValueError("nothing to split over")
    shares = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(shares)
    sign = -1 if amount < 0 else 1
    parts = [abs(amount) * share // whole for share in shares]
    remainders = [abs(amount) * share % whole for share in shares]
    left = abs(amount) - sum(parts)
    for index in sorted(range(len(shares)), key=lambda i: (-remainders[i], i))[:left]:
        parts[index] += 1
    return [sign * part for part in parts]


def format_money(money: Money, locale: str = "en_US") -> str:
    """As people write it: `$1,299.00`."""
    major = Decimal(money.amount).scaleb(-exponent(money.currency))
    return format_currency(major, money.currency, locale=locale)
