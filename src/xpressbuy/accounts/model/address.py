"""Addresses: at most twenty a customer, exactly one of them the default as soon as there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xpressbuy.kit.ids import AddressId

ADDRESSES_MAX = 20

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()  # noqa: SIM905 - 249 lines of one code each would read worse
)
"""ISO 3166-1 alpha-2: 249 officially assigned codes."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a parcel goes. Texts are empty where there is nothing to say; this is what an order keeps."""

    name: str
    line1: str
    city: str
    country: str
    line2: str = ""
    region: str = ""
    postal_code: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a customer's book. `version` grows when its postal part changes."""

    id: AddressId
    postal: PostalAddress
    is_default: bool = False
    version: int = 1


def in_order(addresses: Sequence[Address]) -> list[Address]:
    """The default first, then as they were added."""
    return sorted(addresses, key=lambda address: (not address.is_default, address.id))


def default_of(addresses: Sequence[Address]) -> Address | None:
    """The default address, None of an empty book."""
    return next((address for address in addresses if address.is_default), None)


def heir_of(addresses: Sequence[Address], gone: AddressId) -> Address | None:
    """Who becomes the default when the default goes: the oldest that stays."""
    left = [address for address in addresses if address.id != gone]
    return replace(min(left, key=lambda address: address.id), is_default=True) if left else None
