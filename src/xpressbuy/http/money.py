"""Money on the wire: integer minor units with a currency, `{"amount": 129900, "currency": "INR"}`.

The class is called `Money` since its name is the API description's; import it as `WireMoney` beside the kit's.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from xpressbuy.http.strict import StrictModel
from xpressbuy.kit import money
from xpressbuy.kit.money import AMOUNT_MAX

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Money(StrictModel):
    """Integer minor units with an ISO 4217 currency."""

    amount: int = Field(ge=-AMOUNT_MAX, le=AMOUNT_MAX)
    currency: Currency

    @classmethod
    def of(cls, value: money.Money) -> Money:
        """From the kit's money."""
        return cls(amount=value.amount, currency=value.currency)

    def to_kit(self) -> money.Money:
        """To the kit's money."""
        return money.Money(self.amount, self.currency)
