"""The shop's pages as a person handles them, by the names of buttons, fields and links. Tests say what must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Request, expect

DESK_WIDTH = 1024
CHECKOUT = re.compile(r"^(Go to )?checkout$", re.IGNORECASE)
ADDRESS = {
    "Full name": "Nora Lind",
    "Street and house number": "12 Chestnut Street",
    "ZIP code": "02108",
    "Town or city": "Boston",
    "State": "MA",
}


@dataclass(frozen=True)
class Placed:
    """An order as its confirmation page shows it."""

    id: str
    number: str


def is_wide(page: Page) -> bool:
    size = page.viewport_size
    return size is not None and size["width"] >= DESK_WIDTH


def headline(page: Page, text: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("heading", level=1, name=text)


def open_category(page: Page, name: str) -> None:
    """By the row in the header where there is room, by the drawer where there is not."""
    if is_wide(page):
        page.get_by_role("banner").get_by_role("link", name=name, exact=True).click()
    else:
        open_menu(page).get_by_role("link", name=re.compile(f"^{re.escape(name)}")).click()
    expect(headline(page, name)).to_be_visible()


def open_menu(page: Page) -> Locator:
    page.get_by_role("button", name="Open menu").click()
    menu = page.get_by_role("dialog", name="Browse")
    expect(menu).to_be_visible()
    return menu


def option(page: Page, group: str, value: str) -> Locator:
    """A value of a product's option, to be chosen; the part of it that a finger meets is its label."""
    return page.get_by_role("group", name=re.compile(f"{re.escape(group)}")).get_by_role(
        "radio", name=value, exact=True
    )


def choose(page: Page, group: str, value: str) -> None:
    radio = option(page, group, value)
    radio.locator("xpath=ancestor::label").click()
    expect(radio).to_be_checked()


def add_to_cart(page: Page) -> Locator:
    """Presses the button; the drawer with the cart."""
    page.get_by_role("button", name="Add to cart").click()
    drawer = page.get_by_role("dialog", name="Your cart")
    expect(checkout_link(drawer)).to_be_visible()
    return drawer


def checkout_link(within: Page | Locator) -> Locator:
    return within.get_by_role("link", name=CHECKOUT)


def fill_address(within: Page | Locator, fields: Mapping[str, str] = ADDRESS, country: str = "United States") -> None:
    within.get_by_label("Country").select_option(label=country)
    for label, value in fields.items():
        within.get_by_label(label, exact=True).fill(value)


def choose_delivery(page: Page, name: str) -> None:
    radio = page.get_by_role("group", name="Delivery").get_by_role("radio", name=re.compile(f"^{name}"))
    radio.check()
    expect(radio).to_be_checked()


def place_button(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Place order"))


def confirmation(page: Page) -> Placed:
    """The order that the page in front of us confirms."""
    expect(headline(page, re.compile("Your order is placed"))).to_be_visible()
    found = re.search(r"/orders/(ord_[^/?#]+)$", page.url)
    text = page.get_by_role("main").inner_text()
    number = re.search(r"Order (\S+)", text)
    assert found is not None, page.url
    assert number is not None, text
    return Placed(found.group(1), number.group(1))


def order_posts(page: Page) -> list[Request]:
    """Collects, from now on, every time an order is sent."""
    sent: list[Request] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/api/orders"):
            sent.append(request)

    page.on("request", note)
    return sent
