"""Zones, methods, prices and days as data, and what they come to for an address, a basket and a day. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xpressbuy.kit.money import Money, exponent

SATURDAY = 5
IN_MAJOR_UNITS: Mapping[str, int] = {
    "USD": 1, "EUR": 1, "GBP": 1, "CHF": 1, "CAD": 1, "AUD": 2, "NZD": 2, "SGD": 1, "AED": 4, "BRL": 5, "CNY": 7,
    "CZK": 22, "DKK": 7, "HKD": 8, "HUF": 350, "IDR": 15_000, "ILS": 4, "INR": 80, "JPY": 150, "KRW": 1_300,
    "KWD": 1, "MXN": 18, "MYR": 4, "NOK": 10, "PHP": 55, "PLN": 4, "RON": 5, "SAR": 4, "SEK": 10, "THB": 35,
    "TRY": 35, "TWD": 32, "VND": 25_000, "ZAR": 18,
}  # fmt: skip
"""What the sample shop asks for each dollar of its price list, in whole major units of other currencies.

These are price points, not rates of exchange: a price list changes when its owner says so.
"""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to deliver. Prices are in hundredths of the price list's unit; days are business days, both included."""

    id: str
    name: str
    price_hundredths: int
    days_min: int
    days_max: int
    free_over_hundredths: int | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """Countries that are served alike. Without countries it is everywhere that no other zone names."""

    id: str
    countries: frozenset[str]
    methods: tuple[Method, ...]


_EUROPE = "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
EUROPE = frozenset(_EUROPE.split())
ZONES: tuple[Zone, ...] = (
    Zone(
        "us",
        frozenset({"US"}),
        (
            Method("standard", "Standard delivery", 500, 3, 5, free_over_hundredths=7500),
            Method("express", "Express delivery", 1500, 1, 2),
        ),
    ),
    Zone(
        "india",
        frozenset({"IN"}),
        (
            Method("standard", "Standard delivery", 200, 2, 5, free_over_hundredths=2500),
            Method("express", "Express delivery", 600, 1, 2),
        ),
    ),
    Zone(
        "europe",
        EUROPE,
        (
            Method("standard", "Standard delivery", 700, 3, 6, free_over_hundredths=10_000),
            Method("express", "Express delivery", 1900, 1, 3),
        ),
    ),
    Zone(
        "world",
        frozenset(),
        (
            Method("standard", "International delivery", 1500, 7, 14, free_over_hundredths=20_000),
            Method("express", "International express", 3500, 3, 6),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class ShippingOffer:
    """A method for one basket on one day. Both delivery days are included."""

    id: str
    name: str
    price: Money
    delivery_from: date
    delivery_to: date


def methods_for(country: str, subtotal: Money, day: date, zones: Sequence[Zone] = ZONES) -> tuple[ShippingOffer, ...]:
    """Every way to deliver there a basket of that worth, ordered on that day; empty if there is none."""
    zone = zone_of(country, zones)
    if zone is None:
        return ()
    return tuple(
        ShippingOffer(
            method.id,
            method.name,
            price_of(method, subtotal),
            add_business_days(day, method.days_min),
            add_business_days(day, method.days_max),
        )
        for method in zone.methods
    )


def zone_of(country: str, zones: Sequence[Zone] = ZONES) -> Zone | None:
    """The zone that names the country, else the one for everywhere else."""
    named = next((zone for zone in zones if country in zone.countries), None)
    return named or next((zone for zone in zones if not zone.countries), None)


def price_of(method: Method, subtotal: Money) -> Money:
    """What a method costs for a basket: nothing from its threshold on."""
    free_over = method.free_over_hundredths
    if free_over is not None and not subtotal < in_currency(free_over, subtotal.currency):
        return Money(0, subtotal.currency)
    return in_currency(method.price_hundredths, subtotal.currency)


def in_currency(hundredths: int, currency: str) -> Money:
    """A price of the list in a currency's minor units. ValueError if the list does not know the currency."""
    if currency not in IN_MAJOR_UNITS:
        raise ValueError(f"no delivery prices in {currency}")
    return Money(hundredths * IN_MAJOR_UNITS[currency] * 10 ** exponent(currency) // 100, currency)


def add_business_days(day: date, count: int) -> date:
    """The day so many business days later, Monday to Friday."""
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    return day
