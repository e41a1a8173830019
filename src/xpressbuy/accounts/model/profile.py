"""A customer's profile: what the shop keeps of a person beside the identity provider."""

from __future__ import annotations

from dataclasses import dataclass

from xpressbuy.kit.ids import CustomerId


@dataclass(frozen=True, slots=True)
class Profile:
    """`version` is 0 for somebody who never had one stored."""

    customer_id: CustomerId
    email: str
    name: str
    phone: str = ""
    created_at: str = ""
    version: int = 0
    addresses_version: int = 0
