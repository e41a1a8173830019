"""Who asks. Built by the middleware from verified tokens or the guest cookie, never from a request's body."""

from __future__ import annotations

from dataclasses import dataclass, field

from xpressbuy.kit.ids import CustomerId

OPERATORS = "operators"
SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Actor:
    """A shopper, an operator, or a guest.

    `customer_id` is None for a visitor who has neither signed in nor a guest cookie yet. `new` is a guest that this
    very request has made, so nothing of theirs can be stored yet.
    """

    customer_id: CustomerId | None = None
    signed_in: bool = False
    email: str = ""
    name: str = ""
    new: bool = False
    roles: frozenset[str] = field(default_factory=frozenset)


NOBODY = Actor()
