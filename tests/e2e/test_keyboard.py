"""The way to the checkout for somebody who has a keyboard and nothing else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.pages import checkout_link, headline

pytestmark = pytest.mark.e2e
PRESSES_MAX = 60
SHOWS_FOCUS = """(element) => {
  const shown = (one) => one !== null && getComputedStyle(one).outlineStyle !== 'none';
  return shown(element) || shown(element.closest('label, article'));
}"""
"""A card and a choice carry the outline around all of themselves."""


def tab_to(page: Page, target: Locator) -> None:
    """Goes on until the focus is there, and it can be seen that it is."""
    for _ in range(PRESSES_MAX):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            assert target.evaluate(SHOWS_FOCUS), f"{target} does not show that it has the focus"
            return
    pytest.fail(f"{target} was not reached by {PRESSES_MAX} presses of Tab")


def test_checkout_by_keyboard(page: Page) -> None:
    page.goto("/c/bottles")
    main = page.get_by_role("main")
    product = main.get_by_role("link", name="Trail bottle")
    expect(product).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, product)
    page.keyboard.press("Enter")
    expect(headline(page, "Trail bottle")).to_be_visible()

    first_colour = page.get_by_role("group", name=re.compile("Colour")).get_by_role("radio").first
    tab_to(page, first_colour)
    expect(first_colour).not_to_be_checked()
    page.keyboard.press("Space")
    expect(first_colour).to_be_checked()
    add = page.get_by_role("button", name="Add to cart")
    tab_to(page, add)
    page.keyboard.press("Enter")

    drawer = page.get_by_role("dialog", name="Your cart")
    expect(checkout_link(drawer)).to_be_visible()
    expect(drawer.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(add).to_be_focused()
    page.keyboard.press("Enter")
    expect(drawer.get_by_role("textbox", name=re.compile("^Quantity of Trail bottle"))).to_have_value("2")
    tab_to(page, checkout_link(drawer))
    page.keyboard.press("Enter")
    expect(headline(page, "Checkout")).to_be_visible()

    email = page.get_by_label("E-mail", exact=True)
    tab_to(page, email)
    page.keyboard.type("keys@example.com")
    expect(email).to_have_value("keys@example.com")
