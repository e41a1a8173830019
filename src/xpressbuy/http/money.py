"""Money on the wire: integer minor units with a currency, `{"amount": 129900, "currency": "INR"}`."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from xpressbuy.http.strict import StrictModel
from xpressbuy.kit.money import AMOUNT_MAX, Money

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class MoneyModel(StrictModel):
    """Shown as `Money` in the API description."""

    model_config = ConfigDict(title="Money")

    amount: int = Field(ge=-AMOUNT_MAX, le=AMOUNT_MAX)
    currency: Currency

    @classmethod
    def of(cls, money: Money) -> MoneyModel:
        return cls(amount=money.amount, currency=money.currency)

    def to_money(self) -> Money:
        return Money(self.amount, self.currency)
