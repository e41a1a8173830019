"""From the home page to the mail: as a guest, and as somebody who opens an account on the way."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.e2e.checks import cookie_names, inspect
from tests.e2e.conftest import RunningShop
from tests.e2e.mailbox import code_for, first_mail, mails
from tests.e2e.pages import (
    ADDRESS,
    Placed,
    add_to_cart,
    checkout_link,
    choose,
    choose_delivery,
    confirmation,
    fill_address,
    headline,
    is_wide,
    open_category,
    open_menu,
    option,
    order_posts,
    place_button,
)

pytestmark = pytest.mark.e2e
PASSWORD = "chestnut-boat-42"
SESSION = {"__Host-at", "__Host-it", "__Host-rt"}


def new_email(who: str) -> str:
    return f"{who}-{secrets.token_hex(4)}@example.com"


def test_guest_buys(page: Page, context: BrowserContext, shop: RunningShop) -> None:
    email = new_email("guest")
    posts = order_posts(page)
    browse_to_product(page)
    choose_variant_and_add(page)
    cart_page(page)
    fill_checkout_as_guest(page, email)
    # Quicker than any finger: the page has no time to draw the button anew between the two.
    place_button(page).evaluate("(button) => { button.click(); button.click(); }")
    placed = confirmation(page)
    inspect(page, "confirmation")
    expect(page.get_by_role("main")).to_contain_text(f"We've sent a confirmation to {email}.")
    expect(page.get_by_role("main")).to_contain_text("Boston")
    mail = first_mail(context, email, "confirmation")
    assert placed.number in mail["subject"]
    assert placed.number in mail["text"]
    assert "Everyday crew tee" in mail["html"]
    assert "12 Chestnut Street" in mail["text"]
    reload_and_go_back(page, placed)
    assert [post.method for post in posts] == ["POST"]
    assert len(mails(context, email, "confirmation")) == 1
    assert cookie_names(context, shop.url) == {"__Host-guest"}
    page.goto(f"/dev/mailbox?mail={mail['id']}")
    expect(page.get_by_role("heading", name=mail["subject"])).to_be_visible()
    expect(page.frame_locator("iframe").get_by_text("Everyday crew tee")).to_be_visible()
    inspect(page, "mailbox")


def browse_to_product(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="New in")).to_be_visible()
    inspect(page, "home")
    if not is_wide(page):
        open_menu(page)
        inspect(page, "menu")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    open_category(page, "Clothing")
    inspect(page, "category")
    page.get_by_role("main").get_by_role("link", name=re.compile("^T-shirts")).click()
    expect(headline(page, "T-shirts")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="4 products")).to_be_visible()
    page.get_by_label("Sort by").select_option(label="Price, low to high")
    expect(page).to_have_url(re.compile(r"sort=price_asc"))
    cards = page.get_by_role("main").get_by_role("article")
    expect(cards.first).to_contain_text("$28")
    prices = [re.findall(r"\$(\d+(?:\.\d\d)?)", text)[0] for text in cards.all_inner_texts()]
    assert len(prices) == 4
    assert prices == sorted(prices, key=float)
    inspect(page, "category, sorted")
    page.get_by_role("link", name="Everyday crew tee").click()
    expect(headline(page, "Everyday crew tee")).to_be_visible()


def choose_variant_and_add(page: Page) -> None:
    """Nothing is chosen for anybody: without a size there is nothing in the cart, but the question which."""
    expect(page.get_by_role("main").locator("fieldset input:checked")).to_have_count(0)
    inspect(page, "product")
    choose(page, "Colour", "Indigo")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_text("Choose size first")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(option(page, "Size", "S")).not_to_be_checked()
    inspect(page, "product, size wanted")
    choose(page, "Size", "S")
    drawer = add_to_cart(page)
    expect(drawer).to_contain_text("Indigo · S")
    expect(drawer).to_contain_text("$28")
    inspect(page, "cart drawer")
    drawer.get_by_role("link", name="See the cart").click()


def cart_page(page: Page) -> None:
    expect(headline(page, re.compile("Your cart"))).to_be_visible()
    expect(page.get_by_role("list", name="What is in it").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="One more: Everyday crew tee, Indigo, S").click()
    expect(page.get_by_role("list", name="What is in it")).to_contain_text("$56")
    inspect(page, "cart")
    checkout_link(page).click()
    expect(headline(page, "Checkout")).to_be_visible()


def fill_checkout_as_guest(page: Page, email: str) -> None:
    expect(place_button(page)).to_be_enabled()
    place_button(page).click()
    expect(page.get_by_text("Enter your e-mail address.")).to_be_visible()
    expect(page.get_by_text("Enter the street and house number.")).to_be_visible()
    inspect(page, "checkout, fields to mend")
    page.get_by_label("E-mail", exact=True).fill(email)
    fill_address(page)
    choose_delivery(page, "Express delivery")
    expect(place_button(page)).to_contain_text("$71")
    inspect(page, "checkout")


def reload_and_go_back(page: Page, placed: Placed) -> None:
    """Neither orders again; the order stays where it is, and the cart is empty."""
    page.reload()
    assert confirmation(page) == placed
    page.go_back()
    expect(headline(page, re.compile("Your cart is empty"))).to_be_visible()
    inspect(page, "cart, empty")
    page.goto("/checkout")
    expect(page.get_by_text("There is nothing to check out")).to_be_visible()
    inspect(page, "checkout, empty")
    page.goto(f"/orders/{placed.id}")
    assert confirmation(page) == placed


def test_new_shopper_buys(page: Page, context: BrowserContext, shop: RunningShop) -> None:
    email = new_email("shopper")
    page.goto("/p/trail-bottle")
    page.get_by_role("main").locator("fieldset label").first.click()
    checkout_link(add_to_cart(page)).click()
    sign_up_on_the_way(page, context, email)
    assert cookie_names(context, shop.url) == SESSION
    placed = check_out_signed_in(page, email)
    mail = first_mail(context, email, "confirmation")
    assert placed.number in mail["subject"]
    order_in_account(page, placed)
    change_profile(page)
    keep_addresses(page)
    sign_out(page)
    assert cookie_names(context, shop.url) & SESSION == set()
    page.goto("/account/orders")
    expect(headline(page, "Sign in")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Faccount%2Forders"))
    sign_in_again(page, email, placed)
    assert len(mails(context, email, "confirmation")) == 1


def sign_up_on_the_way(page: Page, context: BrowserContext, email: str) -> None:
    """From the checkout to an account and back into it, with the cart that was there before."""
    expect(headline(page, "Checkout")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    expect(headline(page, "Sign in")).to_be_visible()
    inspect(page, "sign-in")
    page.get_by_role("link", name="Create an account").click()
    expect(headline(page, "Create an account")).to_be_visible()
    page.get_by_label("Full name").fill("Nora Lind")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    inspect(page, "sign-up")
    page.get_by_role("button", name="Create account").click()
    expect(headline(page, "Enter the code")).to_be_visible()
    inspect(page, "confirm")
    page.get_by_label("Code").fill(code_for(context, email))
    page.get_by_role("button", name="Confirm", exact=True).click()
    enter_password(page, email)
    expect(headline(page, "Checkout")).to_be_visible()


def enter_password(page: Page, email: str) -> None:
    """At the identity provider, on a page that is not the shop's."""
    page.locator("input[name=username]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")


def check_out_signed_in(page: Page, email: str) -> Placed:
    expect(page.get_by_label("E-mail", exact=True)).to_have_value(email)
    if not is_wide(page):
        page.get_by_text("What you are ordering").click()
    lines = page.get_by_role("main").get_by_role("listitem").filter(has_text="Trail bottle", visible=True)
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("1 piece")
    fill_address(page)
    page.get_by_label("Keep this address in your account").check()
    choose_delivery(page, "Standard delivery")
    inspect(page, "checkout, signed in")
    posts = order_posts(page)
    place_button(page).dblclick()
    placed = confirmation(page)
    inspect(page, "confirmation, signed in")
    assert len(posts) == 1
    return placed


def order_in_account(page: Page, placed: Placed) -> None:
    page.get_by_role("banner").get_by_role("link", name="Account").click()
    expect(headline(page, "Hello, Nora")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("12 Chestnut Street")
    inspect(page, "account")
    account_link(page, "Orders")
    expect(headline(page, "Your orders")).to_be_visible()
    expect(order_link(page, "")).to_have_count(1)
    inspect(page, "orders")
    order_link(page, placed.number).click()
    expect(headline(page, f"Order {placed.number}")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Trail bottle")
    inspect(page, "order")


def order_link(page: Page, number: str) -> Locator:
    """Where an order of the list is opened; every one of them, without a number."""
    return page.get_by_role("main").get_by_role("link", name=re.compile(f"Order {number}"))


def account_link(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Your account").get_by_role("link", name=name, exact=True).click()


def change_profile(page: Page) -> None:
    account_link(page, "Profile")
    expect(headline(page, "Profile")).to_be_visible()
    inspect(page, "profile")
    page.get_by_label("Full name").fill("Nora Lindqvist")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your name is changed.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Full name")).to_have_value("Nora Lindqvist")


def keep_addresses(page: Page) -> None:
    """The one that checkout kept is there; another one comes, and is changed."""
    account_link(page, "Addresses")
    expect(headline(page, "Addresses")).to_be_visible()
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("button", name="Change"))
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("12 Chestnut Street")
    page.get_by_role("button", name="Add an address").click()
    dialog = page.get_by_role("dialog", name="New address")
    fill_address(dialog, {**ADDRESS, "Street and house number": "7 Harbour Lane"})
    inspect(page, "address dialog")
    dialog.get_by_role("button", name="Save address").click()
    expect(cards).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Change the address of .*7 Harbour Lane")).click()
    dialog = page.get_by_role("dialog", name="Change address")
    expect(dialog.get_by_label("Street and house number")).to_have_value("7 Harbour Lane")
    dialog.get_by_label("Street and house number").fill("9 Harbour Lane")
    dialog.get_by_role("button", name="Save address").click()
    expect(cards.filter(has_text="9 Harbour Lane")).to_have_count(1)
    inspect(page, "addresses")
    page.reload()
    expect(cards.filter(has_text="9 Harbour Lane")).to_have_count(1)
    expect(cards).to_have_count(2)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def sign_in_again(page: Page, email: str, placed: Placed) -> None:
    """The password is asked for again, and leads to where somebody was going."""
    page.get_by_role("link", name="Go on to sign in").click()
    enter_password(page, email)
    expect(headline(page, "Your orders")).to_be_visible()
    expect(order_link(page, placed.number)).to_be_visible()
