"""People on the wire: what may be sent about a person, and what is answered."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, SecretStr

from xpressbuy.accounts import model
from xpressbuy.accounts.model.address import COUNTRIES, PostalAddress
from xpressbuy.accounts.model.profile import Profile
from xpressbuy.http.strict import AnswerModel, StrictModel
from xpressbuy.kit.actor import Actor

EMAIL_LENGTH_MAX = 254
PASSWORD_LENGTH_MIN = 8
PASSWORD_LENGTH_MAX = 256
"""What the provider takes at most."""
_JOINERS = "\u200c\u200d"
"""Names in Hindi and Persian are written with these; the other invisible signs only mislead."""


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError("This is not an e-mail address.") from error


def _clean(text: str) -> str:
    stripped = text.strip()
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and sign not in _JOINERS for sign in stripped):
        raise ValueError("This text holds signs that cannot be printed.")
    return stripped


def _said(text: str) -> str:
    if not text:
        raise ValueError("This field is needed.")
    return text


def _phone(text: str) -> str:
    digits = sum(sign.isdigit() for sign in text)
    if text and not (set(text) <= set("+0123456789 ()./-") and 7 <= digits <= 15):
        raise ValueError("This is not a phone number.")
    return text


def _country(text: str) -> str:
    if text not in COUNTRIES:
        raise ValueError("This is not a country's code.")
    return text


Email = Annotated[str, Field(max_length=EMAIL_LENGTH_MAX), AfterValidator(_email)]
"""Normalised and in lower case, since the provider does not tell capitals apart."""
PersonName = Annotated[str, Field(max_length=100), AfterValidator(_clean), AfterValidator(_said)]
Line = Annotated[str, Field(max_length=120), AfterValidator(_clean), AfterValidator(_said)]
City = Annotated[str, Field(max_length=80), AfterValidator(_clean), AfterValidator(_said)]
OptionalLine = Annotated[str, Field(max_length=120), AfterValidator(_clean)]
OptionalRegion = Annotated[str, Field(max_length=80), AfterValidator(_clean)]
OptionalPostalCode = Annotated[str, Field(max_length=16), AfterValidator(_clean)]
Phone = Annotated[str, Field(max_length=30), AfterValidator(_clean), AfterValidator(_phone)]
Country = Annotated[str, Field(min_length=2, max_length=2), AfterValidator(_country)]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
NewPassword = Annotated[SecretStr, Field(min_length=PASSWORD_LENGTH_MIN, max_length=PASSWORD_LENGTH_MAX)]
"""Length is all that is asked: rules about signs and capitals make people forget."""
Version = Annotated[int, Field(ge=0, le=10**9)]


class AddressInput(StrictModel):
    """An address as it is typed. What a country has no use for may be left out, empty or null."""

    name: PersonName
    line1: Line
    line2: OptionalLine | None = None
    city: City
    region: OptionalRegion | None = None
    postal_code: OptionalPostalCode | None = None
    country: Country
    phone: Phone | None = None

    def to_postal(self) -> PostalAddress:
        """To the model."""
        return PostalAddress(
            name=self.name,
            line1=self.line1,
            line2=self.line2 or "",
            city=self.city,
            region=self.region or "",
            postal_code=self.postal_code or "",
            country=self.country,
            phone=self.phone or "",
        )


class SavedAddressInput(AddressInput):
    """An address for the book. `version` is the one that was seen, if the sender cares."""

    is_default: bool = False
    version: Version | None = None


class Address(AnswerModel):
    """An address; `id` is null where it belongs to no book, as in an order."""

    id: str | None = None
    name: str
    line1: str
    line2: str | None = None
    city: str
    region: str
    postal_code: str
    country: str
    phone: str | None = None
    is_default: bool = False
    version: int | None = None

    @classmethod
    def of(cls, address: model.Address) -> Address:
        """From a book."""
        plain = cls.of_postal(address.postal)
        extra = {"id": address.id, "is_default": address.is_default, "version": address.version}
        return plain.model_copy(update=extra)

    @classmethod
    def of_postal(cls, postal: PostalAddress) -> Address:
        """From an order."""
        return cls(
            name=postal.name,
            line1=postal.line1,
            line2=postal.line2 or None,
            city=postal.city,
            region=postal.region,
            postal_code=postal.postal_code,
            country=postal.country,
            phone=postal.phone or None,
        )


class AddressList(AnswerModel):
    """The whole book, the default first."""

    items: list[Address]
    next_cursor: str | None = None


class Me(AnswerModel):
    """The signed-in customer's profile."""

    id: str
    email: str
    name: str
    phone: str | None
    created_at: str | None
    version: int

    @classmethod
    def of(cls, profile: Profile) -> Me:
        return cls(
            id=profile.customer_id,
            email=profile.email,
            name=profile.name,
            phone=profile.phone or None,
            created_at=profile.created_at or None,
            version=profile.version,
        )


class MeChanges(StrictModel):
    """What is left out stays. An empty phone removes it."""

    name: PersonName | None = None
    phone: Phone | None = None
    version: Version | None = None


class SessionCustomer(AnswerModel):
    """Who is signed in."""

    id: str
    email: str
    name: str


class Session(AnswerModel):
    """Answered to everybody. `problem` is a code when a sign-in is there but cannot be checked at the moment."""

    signed_in: bool
    customer: SessionCustomer | None
    roles: list[str]
    cart_count: int
    problem: str | None = None

    @classmethod
    def of(cls, actor: Actor, cart_count: int, problem: str | None) -> Session:
        customer = None
        if actor.signed_in:
            customer = SessionCustomer(id=actor.customer_id or "", email=actor.email, name=actor.name)
        return cls(
            signed_in=actor.signed_in,
            customer=customer,
            roles=sorted(actor.roles),
            cart_count=cart_count,
            problem=problem,
        )


class SignUp(StrictModel):
    """A new account."""

    email: Email
    password: NewPassword
    name: PersonName


class EmailOnly(StrictModel):
    """Whom a code goes to."""

    email: Email


class Confirmation(StrictModel):
    """The code from the mail."""

    email: Email
    code: Code


class PasswordReset(StrictModel):
    """A new password with the code from the mail."""

    email: Email
    code: Code
    password: NewPassword
