"""What the confirmation says: the same facts in both twins, sums that add up, strangers' text as nothing but text."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.modules.notifications.orders import order, order_line, picture

from xpressbuy.kit.ids import CustomerId
from xpressbuy.kit.money import Money
from xpressbuy.notifications.model.letter import LINE_LENGTH_MAX, LetterView, ShopFacts, one_line, view_of
from xpressbuy.notifications.model.render import TEXT_WIDTH, Letter, render
from xpressbuy.orders.model import Order, Payment, PaymentMethod, PaymentState

SHOP = ShopFacts("XpressBuy", "https://shop.test", "https://images.test", "help@shop.test")
HOSTILE = (
    '<a href="https://evil.example">win</a>',
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "{% for x in range(9) %}x{% endfor %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "Asha\r\nBcc: everybody@example.com",
    "Asha\u2028\u2029\x00\x1b[31m",
    "\u202egnp.exe",
    "\u2066\u2067\u2069\u200f",
    "&lt;b&gt;&amp;",
    "--></style><style>*{display:none}",
    "x" * 5000,
    "שדרות רוטשילד",
    "👩🏽\u200d🚀",
)


class _Reader(HTMLParser):
    """The words that a person sees, and every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _letter(placed: Order, shop: ShopFacts = SHOP) -> tuple[LetterView, Letter]:
    view = view_of(placed, shop)
    return view, render(view)


def _told(view: LetterView) -> list[str]:
    """Every fact of a view that has to be read in both twins."""
    told = [view.greeting, view.number, view.placed_on, view.delivery, view.delivery_method, view.payment]
    told += [view.payment_note, view.support_email, view.guest_note, view.phone, *view.address]
    for line in view.lines:
        told += [line.name, line.options, line.unit_price, line.line_total]
    for sum_ in (*view.sums, view.total):
        told += [sum_.label, sum_.amount]
    return [fact for fact in told if fact]


def _spaces(text: str) -> str:
    return " ".join(text.split())


RICH = order(
    order_line(),
    order_line(name="Weekender", options={"Colour": "Ochre"}, unit_price=Money(1299900, "USD"), quantity=1,
               line_total=Money(1299900, "USD"), image=None),
    discount=1000,
    tax=812,
)  # fmt: skip


@pytest.mark.parametrize(
    "placed",
    [
        RICH,
        order(),
        order(shipping=0),
        order(customer_id=CustomerId("gst_0123")),
        order(locale="de_DE"),
        order(order_line(unit_price=Money(4900, "JPY"), line_total=Money(9800, "JPY")), locale="ja_JP"),
        order(order_line(unit_price=Money(129900, "INR"), line_total=Money(259800, "INR")), locale="en-IN"),
        order(payment=Payment(PaymentMethod.CASH_ON_DELIVERY, PaymentState.PAID)),
        order(*(order_line(name=f"Thing {number}") for number in range(50))),
        *(order(order_line(name=text, options={text: text})) for text in HOSTILE),
    ],
)
def test_both_twins_tell_the_same_facts(placed: Order) -> None:
    view, letter = _letter(placed)
    seen, plain = _read(letter.html).text, _spaces(letter.text)
    for fact in _told(view):
        assert _spaces(fact) in seen, f"not in the HTML: {fact}"
        assert _spaces(fact) in plain, f"not in the text: {fact}"
    for line in view.lines:
        assert f"{line.quantity} \N{MULTIPLICATION SIGN} {line.unit_price}" in seen
        assert f"{line.quantity} x {line.unit_price}" in plain
    for address in (view.order_url, view.shop_url):
        assert f'href="{address}"' in letter.html
        assert address in letter.text


def _amount(text: str) -> int:
    digits = re.sub(r"[^\d-]", "", text)
    return int(digits) if digits else 0


@given(
    prices=st.lists(st.tuples(st.integers(0, 10**8), st.integers(1, 999)), min_size=1, max_size=8),
    shipping=st.integers(0, 10**6),
    tax=st.none() | st.integers(0, 10**6),
)
@settings(max_examples=60, deadline=None)
def test_the_sums_that_are_shown_add_up(prices: list[tuple[int, int]], shipping: int, tax: int | None) -> None:
    lines = [
        order_line(unit_price=Money(price, "USD"), quantity=count, line_total=Money(price * count, "USD"))
        for price, count in prices
    ]
    view, _ = _letter(order(*lines, shipping=shipping, discount=min(99, prices[0][0]), tax=tax))
    assert sum(_amount(line.line_total) for line in view.lines) == _amount(view.sums[0].amount)
    assert sum(_amount(row.amount) for row in view.sums) == _amount(view.total.amount)
    for line in view.lines:
        assert _amount(line.unit_price) * line.quantity == _amount(line.line_total)


def _with_text(text: str) -> Order:
    placed = order(order_line(name=text, options={text: text}))
    return replace(
        placed,
        number=text,
        contact=replace(placed.contact, name=text, phone=text),
        shipping_address=replace(placed.shipping_address, name=text, line1=text, line2=text, city=text, region=text),
        shipping_method=replace(placed.shipping_method, name=text),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_strangers_text_is_shown_as_text(text: str) -> None:
    _, usual = _letter(_with_text("plain"))
    view, letter = _letter(_with_text(text), replace(SHOP, name=text))
    hostile = _read(letter.html)
    # The same tags in the same order as with harmless text: nothing was opened, closed or added.
    if one_line(text):
        assert _tags(hostile) == _tags(_read(usual.html))
    for tag, attributes in hostile.tags:
        assert tag not in ("script", "form", "iframe", "object", "link", "base")
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "https:").startswith(("https://shop.test", "https:", "mailto:help@shop.test"))
    assert one_line(text) in (view.address[0], "")
    assert "49" not in view.address[0]
    for value in _values(view):
        assert value == "".join(letter for letter in value if letter.isprintable() or letter == "\u200d")
        assert not set(value) & set("\u202e\u2066\u2067\u2069\u200f\r\n\x00\x1b")
    letter.text.encode("utf-8")
    letter.html.encode("utf-8")


def _tags(reader: _Reader) -> list[str]:
    """Without the span that the shop's own mark has and another shop's name has not."""
    return [tag for tag, _ in reader.tags if tag != "span"]


def _values(view: Any) -> list[str]:
    found: list[str] = []
    for field in fields(view):
        value = getattr(view, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            found += [part] if isinstance(part, str) else _values(part) if hasattr(part, "__slots__") else []
    return found


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_one_line_is_one_bounded_visible_line(text: str) -> None:
    line = one_line(text)
    assert len(line) <= LINE_LENGTH_MAX
    assert line.splitlines() in ([line], [])
    assert one_line(line) == line
    line.encode("utf-8")


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_a_subject_is_one_line_whatever_the_shop_is_called(name: str) -> None:
    subject = view_of(order(), replace(SHOP, name=name)).subject
    assert not set(subject) & set("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Asha Rao", "Thank you, Asha."),
        ("  Asha\n", "Thank you, Asha."),
        ("Łukasz", "Thank you, Łukasz."),
        ("آشا", "Thank you, آشا."),
        ("", "Thank you."),
        ("Win 500 now at", "Thank you."),
        ("https://evil.example", "Thank you."),
        ("evil.example/win", "Thank you."),
        ("www.evil", "Thank you."),
        ("Call me eve@evil.example", "Thank you."),
        ("You have been chosen, Asha, go to the page and claim it", "Thank you."),
        ("<b>Asha</b>", "Thank you."),
    ],
)
def test_a_greeting_is_a_name_and_never_a_message(name: str, greeting: str) -> None:
    placed = order()
    assert view_of(replace(placed, contact=replace(placed.contact, name=name)), SHOP).greeting == greeting


def test_money_and_days_are_written_as_the_orders_locale_has_them() -> None:
    placed = order(order_line(unit_price=Money(129900, "EUR"), line_total=Money(259800, "EUR")), locale="de-DE")
    view = view_of(placed, SHOP)
    assert view.lines[0].line_total == "2.598,00 €"
    assert view.placed_on == "22. November 2026"
    assert view.address[-1] == "Indien"
    one_day = replace(placed.shipping_method, delivery_to=placed.shipping_method.delivery_from)
    assert view_of(replace(placed, shipping_method=one_day, locale="en_US"), SHOP).delivery == "Wed, Nov 25"
    over_new_year = replace(placed.shipping_method, delivery_from=date(2026, 12, 30), delivery_to=date(2027, 1, 2))
    assert "Jan 2" in view_of(replace(placed, shipping_method=over_new_year, locale="en_US"), SHOP).delivery


@pytest.mark.parametrize("locale", ["xx_YY", "", "en;rm", "../../etc", "e" * 400, "zh_Hant_TW_X_Y"])
def test_an_unknown_locale_falls_back_to_the_shops_and_then_to_ours(locale: str) -> None:
    assert view_of(order(locale=locale), replace(SHOP, locale="en_GB")).placed_on == "22 November 2026"
    assert view_of(order(locale=locale), replace(SHOP, locale=locale)).placed_on == "November 22, 2026"


def test_pictures_have_whole_addresses_and_a_size_and_say_nothing() -> None:
    letter = _letter(RICH)[1]
    images = [attributes for tag, attributes in _read(letter.html).tags if tag == "img"]
    assert [image["src"] for image in images] == [f"https://images.test/images/img_{'a' * 26}/320.webp"]
    # The name stands beside it, so a reader is not told it twice.
    assert images[0]["alt"] == ""
    assert (images[0]["width"], images[0]["height"]) == ("80", "100")
    own = _letter(RICH, replace(SHOP, images_url=""))[1]
    assert f'src="https://shop.test/images/img_{"a" * 26}/320.webp"' in own.html


@pytest.mark.parametrize(
    "broken",
    [
        replace(picture(), state="pending"),
        replace(picture(), widths=()),
        replace(picture(), formats=("avif",)),
        replace(picture(), width=0),
    ],
)
def test_a_picture_that_is_not_there_leaves_its_place_empty(broken: Any) -> None:
    view, letter = _letter(order(order_line(image=broken)))
    assert view.lines[0].picture is None
    assert "<img" not in letter.html


def test_a_pictures_colour_cannot_bring_a_style_of_its_own() -> None:
    _, letter = _letter(order(order_line(image=picture(colour='red;background:url("//evil.example")'))))
    assert "evil" not in letter.html


def test_the_text_is_narrow_enough_to_be_quoted() -> None:
    _, letter = _letter(RICH)
    assert max(len(line) for line in letter.text.splitlines()) <= TEXT_WIDTH
    assert not any(line != line.rstrip() and line != "-- " for line in letter.text.splitlines())


def test_the_html_stays_under_the_size_at_which_mail_programs_cut() -> None:
    fifty = order(*(order_line(name="A thing with quite a long name, as things have") for _ in range(50)))
    # Gmail shows the first 102 kB of a message.
    assert len(_letter(fifty)[1].html.encode()) < 102_000
