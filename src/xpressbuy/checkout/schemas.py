"""Quotes and orders as they are asked for. No price, no state, no owner is taken from a body but what the total was."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from xpressbuy.accounts.schemas import AddressInput, Country
from xpressbuy.cart.model import LINES_MAX, QUANTITY_MAX
from xpressbuy.cart.schemas import CartLine, SkuText, Totals
from xpressbuy.checkout import model
from xpressbuy.http.money import Money
from xpressbuy.http.strict import AnswerModel, StrictModel
from xpressbuy.kit.ids import AddressId, Sku
from xpressbuy.kit.text import one_line
from xpressbuy.orders.model import Contact
from xpressbuy.shipping.schemas import ShippingMethod

VERSION_MAX = 10**9
EMAIL_LENGTH_MAX = 254
TEXT_LENGTH_MAX = 200


def _email(text: str) -> str:
    try:
        checked = validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError("This is not an e-mail address.") from error
    return checked.normalized


def _text(text: str) -> str:
    line = one_line(text)
    if not line:
        raise ValueError("This field is needed.")
    return line


Text = Annotated[str, StringConstraints(max_length=TEXT_LENGTH_MAX), AfterValidator(_text)]
Email = Annotated[str, StringConstraints(max_length=EMAIL_LENGTH_MAX), AfterValidator(_email)]
Phone = Annotated[str, StringConstraints(max_length=30, pattern=r"^[0-9+() ./-]*$"), AfterValidator(one_line)]
MethodId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$")]
AddressIdText = Annotated[str, StringConstraints(pattern=r"^adr_[0-9a-z]{26}$")]
OptionalText = Annotated[str, StringConstraints(max_length=TEXT_LENGTH_MAX), AfterValidator(one_line)]


class LineInput(StrictModel):
    """So many of a SKU."""

    sku: SkuText
    quantity: int = Field(ge=1, le=QUANTITY_MAX)


Lines = Annotated[list[LineInput], Field(min_length=1, max_length=LINES_MAX)]


class QuoteAddress(StrictModel):
    """Where to: the country decides, the rest may still be missing while it is typed."""

    country: Country
    name: OptionalText | None = None
    line1: OptionalText | None = None
    line2: OptionalText | None = None
    city: OptionalText | None = None
    region: OptionalText | None = None
    postal_code: OptionalText | None = None
    phone: OptionalText | None = None


class QuoteRequest(StrictModel):
    """What would the cart, or these lines, come to?"""

    shipping_address: QuoteAddress
    shipping_method: MethodId | None = None
    lines: Lines | None = None

    @model_validator(mode="after")
    def _bounded(self) -> QuoteRequest:
        merged(self.lines or [])
        return self


class Quote(AnswerModel):
    """Ways to deliver and what everything comes to with the chosen one, the first if none was named."""

    shipping_methods: list[ShippingMethod]
    shipping_method: str | None
    totals: Totals
    cart_version: int | None
    lines: list[CartLine]

    @classmethod
    def of(cls, quote: model.Quote, images_url: str) -> Quote:
        """From the service's answer."""
        return cls(
            shipping_methods=[ShippingMethod.of(method) for method in quote.methods],
            shipping_method=quote.chosen.id if quote.chosen is not None else None,
            totals=Totals.of(quote.priced.totals),
            cart_version=quote.cart_version,
            lines=[CartLine.of(line, images_url) for line in quote.priced.lines],
        )


class ContactInput(StrictModel):
    """Whom the mails go to."""

    email: Email
    name: Text
    phone: Phone | None = None


class PaymentInput(StrictModel):
    """How it shall be paid."""

    method: Literal["cod", "card"]


class OrderRequest(StrictModel):
    """An order of the cart as of `cart_version`, or of `lines` alone (buy now)."""

    contact: ContactInput
    shipping_address: AddressInput | None = None
    address_id: AddressIdText | None = None
    billing_address: AddressInput | None = None
    shipping_method: MethodId
    payment: PaymentInput
    cart_version: int | None = Field(None, ge=0, le=VERSION_MAX)
    lines: Lines | None = None
    expected_total: Money

    @model_validator(mode="after")
    def _whole(self) -> OrderRequest:
        if (self.shipping_address is None) == (self.address_id is None):
            raise ValueError("Give either shipping_address or address_id.")
        if (self.cart_version is None) == (self.lines is None):
            raise ValueError("Give either cart_version or lines.")
        merged(self.lines or [])
        return self

    def to_command(self) -> model.PlaceOrder:
        """As the service takes it."""
        address, billing = self.shipping_address, self.billing_address
        return model.PlaceOrder(
            contact=Contact(self.contact.email, self.contact.name, self.contact.phone or ""),
            address=address.to_postal() if address is not None else None,
            address_id=AddressId(self.address_id) if self.address_id is not None else None,
            billing_address=billing.to_postal() if billing is not None else None,
            shipping_method=self.shipping_method,
            payment_method=self.payment.method,
            cart_version=self.cart_version,
            lines=merged(self.lines or []),
            expected_total=self.expected_total.to_kit(),
        )

    def canonical(self) -> bytes:
        """The same bytes for the same order, however its JSON was spaced and sorted."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":")).encode()


def merged(lines: list[LineInput]) -> dict[Sku, int]:
    """Equal SKUs as one line, since a transaction takes one write an item. ValueError over the bound."""
    sums: dict[Sku, int] = {}
    for line in lines:
        sums[Sku(line.sku)] = sums.get(Sku(line.sku), 0) + line.quantity
    if any(quantity > QUANTITY_MAX for quantity in sums.values()):
        raise ValueError(f"An order takes at most {QUANTITY_MAX} of one thing.")
    return sums
