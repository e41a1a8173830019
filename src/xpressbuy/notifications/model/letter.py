"""What the confirmation of an order says, as plain lines: amounts, dates and addresses are formatted here.

Both twins of the mail are laid out from one `LetterView`, so they cannot tell different facts. Whatever a shopper or
a merchant wrote becomes one line of visible text first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton

from xpressbuy.accounts.model import PostalAddress
from xpressbuy.kit.money import Money, format_money
from xpressbuy.media.model import ImageRecord, rendition_key
from xpressbuy.orders.model import Order, OrderLine, PaymentMethod, PaymentState

LINE_LENGTH_MAX = 200
NAME_LENGTH_MAX = 40
PICTURE_WIDTH = 80
PICTURE_HEIGHT_MAX = 112
FALLBACK_LOCALE = "en_US"
GUEST_PREFIX = "gst_"
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the rest of a line around; letters that run to the left need none of them."""
_PAYMENT_NAMES = {PaymentMethod.CASH_ON_DELIVERY: "Cash on delivery"}
_LINK = re.compile(r"://|www\.|[^\s.]\.[a-z]{2,}\b|[/@<>{}]", re.IGNORECASE)
_HEX_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What a mail says of the shop itself."""

    name: str
    public_url: str
    images_url: str
    support_email: str
    locale: str = FALLBACK_LOCALE


@dataclass(frozen=True, slots=True)
class PictureView:
    """`colour` fills the place while the picture is not shown."""

    url: str
    width: int
    height: int
    colour: str


@dataclass(frozen=True, slots=True)
class LineView:
    name: str
    url: str
    options: str
    quantity: int
    unit_price: str
    line_total: str
    picture: PictureView | None


@dataclass(frozen=True, slots=True)
class TotalView:
    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class LetterView:
    """Everything that is read in the mail, in the words in which it is read."""

    shop_name: str
    mark: str
    shop_url: str
    shop_host: str
    support_email: str
    subject: str
    preview: str
    greeting: str
    number: str
    placed_on: str
    order_url: str
    guest_note: str
    lines: tuple[LineView, ...]
    sums: tuple[TotalView, ...]
    total: TotalView
    address: tuple[str, ...]
    phone: str
    delivery: str
    delivery_method: str
    payment: str
    payment_note: str


def view_of(order: Order, shop: ShopFacts) -> LetterView:
    """The confirmation of an order."""
    locale = _locale(order.locale, shop.locale)
    delivery = _days(order.shipping_method.delivery_from, order.shipping_method.delivery_to, locale)
    total = _money(order.totals.total, locale)
    shop_name = one_line(shop.name)
    number = one_line(order.number)
    things = "1 item" if order.units == 1 else f"{order.units} items"
    payment, payment_note = _payment(order, total)
    return LetterView(
        shop_name=shop_name,
        mark=shop_name.lower() if shop_name == "XpressBuy" else shop_name,
        shop_url=shop.public_url,
        shop_host=shop.public_url.partition("://")[2],
        support_email=one_line(shop.support_email),
        subject=f"Your {shop_name} order {number} is confirmed",
        preview=f"{things}, {total}. Expect it {delivery}.",
        greeting=_greeting(order.contact.name),
        number=number,
        placed_on=format_date(order.placed_at, "long", locale=locale),
        order_url=f"{shop.public_url}/orders/{quote(order.id, safe='')}",
        guest_note="Your order page opens in the browser you ordered with."
        if order.customer_id.startswith(GUEST_PREFIX)
        else "",
        lines=tuple(_line(line, shop, locale) for line in order.lines),
        sums=_sums(order, locale),
        total=TotalView("Total", total),
        address=_address(order.shipping_address, locale),
        phone=one_line(order.shipping_address.phone or order.contact.phone or ""),
        delivery=delivery,
        delivery_method=one_line(order.shipping_method.name),
        payment=payment,
        payment_note=payment_note,
    )


def one_line(text: str, length_max: int = LINE_LENGTH_MAX) -> str:
    """Text as one visible line: no control characters, no marks that turn a line around, no more than the bound."""
    visible = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in text[: length_max * 4]
        if letter not in _BIDI_CONTROLS and unicodedata.category(letter) != "Cs"
    )
    line = " ".join(visible.split())
    return line if len(line) <= length_max else line[: length_max - 1].rstrip() + "…"


def _greeting(name: str) -> str:
    """By the first name, unless the name is a message: the mail goes to an address that its writer need not own."""
    line = one_line(name)
    first = line.split(" ")[0] if line else ""
    fit = first and len(line) <= NAME_LENGTH_MAX and not _LINK.search(line) and not any(map(str.isdigit, line))
    return f"Thank you, {first}." if fit else "Thank you."


def _locale(*wanted: str) -> Locale:
    for name in (*wanted, FALLBACK_LOCALE):
        try:
            return Locale.parse(name.replace("-", "_"))
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    raise AssertionError("the fallback locale is always there")


def _money(amount: Money, locale: Locale) -> str:
    return format_money(amount, str(locale)).replace("\u00a0", " ").replace("\u202f", " ")


def _days(first: date, last: date, locale: Locale) -> str:
    """`Tue, Nov 24 - Fri, Nov 27`, or one day."""
    if first == last:
        return one_line(format_skeleton("MMMEd", first, locale=locale))
    return one_line(format_interval(first, last, skeleton="MMMEd", locale=locale))


def _line(line: OrderLine, shop: ShopFacts, locale: Locale) -> LineView:
    return LineView(
        name=one_line(line.name),
        url=f"{shop.public_url}/p/{quote(line.slug, safe='')}",
        options=", ".join(f"{one_line(name)}: {one_line(value)}" for name, value in line.options.items()),
        quantity=line.quantity,
        unit_price=_money(line.unit_price, locale),
        line_total=_money(line.line_total, locale),
        picture=_picture(line.image, shop),
    )


def _picture(image: ImageRecord | None, shop: ShopFacts) -> PictureView | None:
    """The smallest rendition that is sharp on a fine screen, in the format that most mail programs know."""
    if image is None or image.state != "ready" or not image.widths or image.width < 1 or "webp" not in image.formats:
        return None
    fine = [width for width in sorted(image.widths) if width >= 2 * PICTURE_WIDTH]
    width = fine[0] if fine else max(image.widths)
    origin = shop.images_url.rstrip("/") or shop.public_url
    return PictureView(
        url=f"{origin}/{rendition_key(image.id, width, 'webp')}",
        width=PICTURE_WIDTH,
        height=max(1, min(PICTURE_HEIGHT_MAX, round(PICTURE_WIDTH * image.height / image.width))),
        colour=image.placeholder if _HEX_COLOUR.fullmatch(image.placeholder) else "#f4f0ea",
    )


def _sums(order: Order, locale: Locale) -> tuple[TotalView, ...]:
    totals = order.totals
    rows = [TotalView("Subtotal", _money(totals.subtotal, locale))]
    if totals.discount.amount:
        off = Money(-abs(totals.discount.amount), totals.discount.currency)
        rows.append(TotalView("Discount", _money(off, locale)))
    if totals.shipping is not None:
        price = _money(totals.shipping, locale) if totals.shipping.amount else "Free"
        rows.append(TotalView("Delivery", price))
    if totals.tax is not None and totals.tax.amount:
        rows.append(TotalView("Tax", _money(totals.tax, locale)))
    return tuple(rows)


def _address(address: PostalAddress, locale: Locale) -> tuple[str, ...]:
    """As on the parcel: name, streets, place, country."""
    place = " ".join(part for part in (one_line(address.region), one_line(address.postal_code)) if part)
    city = ", ".join(part for part in (one_line(address.city), place) if part)
    country = locale.territories.get(address.country, one_line(address.country))
    lines = (one_line(address.name), one_line(address.line1), one_line(address.line2), city, country)
    return tuple(line for line in lines if line)


def _payment(order: Order, total: str) -> tuple[str, str]:
    if order.payment.state is PaymentState.PAID:
        return _PAYMENT_NAMES[order.payment.method], "Paid."
    return _PAYMENT_NAMES[order.payment.method], f"Please have {total} ready when the parcel comes."
