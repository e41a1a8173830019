from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpressbuy.accounts.model.address import COUNTRIES
from xpressbuy.kit.clock import FixedClock, from_rfc3339
from xpressbuy.kit.money import Money
from xpressbuy.shipping.model import EUROPE, IN_MAJOR_UNITS, ZONES, add_business_days, methods_for, zone_of
from xpressbuy.shipping.service import Shipping

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
MONEY = st.builds(Money, st.integers(0, 10**9), st.sampled_from(sorted(IN_MAJOR_UNITS)))


@given(st.sampled_from(sorted(COUNTRIES)), MONEY, DAYS)
def test_every_country_is_served_at_a_price_that_makes_sense(country: str, subtotal: Money, day: date) -> None:
    offers = methods_for(country, subtotal, day)
    assert {offer.id for offer in offers} == {"standard", "express"}
    for offer in offers:
        assert offer.price.currency == subtotal.currency
        assert offer.price.amount >= 0
        assert day < offer.delivery_from <= offer.delivery_to <= day + timedelta(days=25)
        assert offer.delivery_from.weekday() < 5
        assert offer.delivery_to.weekday() < 5


@given(st.sampled_from(["US", "IN", "DE", "AU"]), MONEY, MONEY, DAYS)
def test_a_larger_basket_never_pays_more_for_delivery(country: str, one: Money, other: Money, day: date) -> None:
    small, large = sorted((one.amount, other.amount))
    cheap = methods_for(country, Money(small, one.currency), day)
    dear = methods_for(country, Money(large, one.currency), day)
    assert all(after.price.amount <= before.price.amount for before, after in zip(cheap, dear, strict=True))


@pytest.mark.parametrize(("amount", "fee"), [(0, 500), (7499, 500), (7500, 0), (100_000, 0)])
def test_standard_delivery_is_free_from_its_threshold_on(amount: int, fee: int) -> None:
    assert methods_for("US", Money(amount, "USD"), FRIDAY)[0].price == Money(fee, "USD")


@pytest.mark.parametrize(
    ("currency", "fee"), [("USD", 500), ("INR", 40_000), ("JPY", 750), ("KWD", 5_000), ("EUR", 500)]
)
def test_prices_are_in_the_currencys_own_minor_units(currency: str, fee: int) -> None:
    assert methods_for("US", Money(0, currency), FRIDAY)[0].price == Money(fee, currency)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (FRIDAY, 1, date(2026, 11, 23)),
        (FRIDAY, 5, date(2026, 11, 27)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
        (FRIDAY, 0, FRIDAY),
    ],
)
def test_business_days_skip_weekends(day: date, count: int, expected: date) -> None:
    assert add_business_days(day, count) == expected


def test_no_country_lies_in_two_zones() -> None:
    named = [country for zone in ZONES for country in zone.countries]
    assert len(named) == len(set(named))
    assert set(named) <= COUNTRIES
    assert EUROPE <= COUNTRIES


def test_a_shop_without_a_zone_for_the_rest_does_not_deliver_there() -> None:
    only_us = ZONES[:1]
    assert zone_of("FR", only_us) is None
    assert methods_for("FR", Money(0, "USD"), FRIDAY, only_us) == ()


def test_a_currency_without_a_price_list_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="no delivery prices in XAU"):
        Shipping(FixedClock(from_rfc3339("2026-11-20T12:00:00Z")), currency="XAU")


def test_the_estimate_is_the_cheapest_delivery_at_home() -> None:
    shipping = Shipping(FixedClock(from_rfc3339("2026-11-20T12:00:00Z")), currency="INR", home="IN")
    assert shipping.estimate(Money(100, "INR")) == Money(16_000, "INR")
    assert shipping.estimate(Money(200_000, "INR")) == Money(0, "INR")
