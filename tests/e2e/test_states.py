"""What a shopper meets beside the straight way: sold out, few left, nothing found, nothing there, no answer."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.e2e.checks import inspect
from tests.e2e.conftest import RunningShop
from tests.e2e.mailbox import first_mail, mails
from tests.e2e.pages import (
    add_to_cart,
    checkout_link,
    choose,
    choose_delivery,
    confirmation,
    fill_address,
    headline,
    option,
    order_posts,
    place_button,
)
from tests.e2e.test_rush import import_product, order_body

pytestmark = pytest.mark.e2e


def test_sold_out_product(page: Page) -> None:
    page.goto("/c/hats-scarves")
    card = page.get_by_role("article").filter(has_text="Bobble beanie")
    expect(card).to_contain_text("Sold out")
    inspect(page, "category with a sold-out product")
    card.get_by_role("link").click()
    expect(headline(page, "Bobble beanie")).to_be_visible()
    expect(page.get_by_text("All of it is gone for now.")).to_be_visible()
    expect(page.get_by_role("button", name="Sold out")).to_be_disabled()
    expect(page.get_by_role("button", name=re.compile("Add to cart|Buy now"))).to_have_count(0)
    inspect(page, "product, sold out")


def test_sold_out_variant(page: Page) -> None:
    page.goto("/p/everyday-crew-tee")
    choose(page, "Colour", "Ink")
    choose(page, "Size", "XL, sold out")
    expect(page.get_by_text("This one is sold out. The others are still here.")).to_be_visible()
    expect(page.get_by_role("button", name="Sold out")).to_be_disabled()
    inspect(page, "variant, sold out")
    page.reload()
    expect(option(page, "Size", "XL, sold out")).to_be_checked()
    choose(page, "Colour", "Chalk")
    expect(option(page, "Size", "XL")).to_be_checked()
    expect(page.get_by_role("button", name="Add to cart")).to_be_enabled()


def test_few_left(page: Page) -> None:
    page.goto("/p/linen-table-lamp")
    choose(page, "Colour", "Clay")
    expect(page.get_by_text("Only 2 left.")).to_be_visible()
    page.get_by_role("button", name="One more").click()
    expect(page.get_by_role("button", name="One more")).to_be_disabled()
    inspect(page, "product, few left")
    drawer = add_to_cart(page)
    expect(drawer.get_by_role("button", name=re.compile("^One more"))).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.get_by_text("You have all of them in your cart.")).to_be_visible()
    inspect(page, "product, all in the cart")


@pytest.mark.parametrize("path", ["/p/never-made", "/c/never-made", "/never/made"])
def test_nothing_there(page: Page, path: str, expected_failures: list[str]) -> None:
    expected_failures += ["/never-made", "/never/made", "ApiProblem: "]
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 404
    expect(headline(page, "This page is not here")).to_be_visible()
    inspect(page, f"{path}, not there")
    page.get_by_role("main").get_by_role("link", name="Go to the home page").click()
    expect(page.get_by_role("heading", name="New in")).to_be_visible()


def test_nothing_found(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").locator("visible=true").fill("quizzaciously")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing matches “quizzaciously”")).to_be_visible()
    expect(page.get_by_role("heading", name="People also look at")).to_be_visible()
    inspect(page, "search, nothing found")


def test_nothing_in_the_cart(page: Page) -> None:
    page.goto("/cart")
    expect(headline(page, "Your cart is empty")).to_be_visible()
    expect(checkout_link(page)).to_have_count(0)
    page.goto("/checkout")
    expect(page.get_by_text("There is nothing to check out")).to_be_visible()
    expect(place_button(page)).to_have_count(0)


def test_forgotten_password(page: Page) -> None:
    page.goto("/forgot-password")
    inspect(page, "forgotten password")
    page.goto("/reset-password")
    inspect(page, "new password")


def test_account_is_not_for_guests(page: Page) -> None:
    for path in ("/account", "/account/orders", "/account/addresses", "/account/profile"):
        page.goto(path)
        expect(headline(page, "Sign in")).to_be_visible()
        expect(page).to_have_url(re.compile(f"next={path.replace('/', '%2F')}$"))


def test_sold_out_at_the_last_moment(
    page: Page, shop: RunningShop, tmp_path: Path, expected_failures: list[str]
) -> None:
    """Somebody else takes the last one while the form is filled in: that is said, and nothing is ordered."""
    expected_failures.append("/api/orders)")
    sku = f"LAST-{secrets.token_hex(4)}".upper()
    import_product(tmp_path, sku.lower(), sku, 1)
    expect_product(page, sku.lower())
    checkout_link(add_to_cart(page)).click()
    page.get_by_label("E-mail", exact=True).fill("late@example.com")
    fill_address(page)
    choose_delivery(page, "Standard delivery")
    expect(place_button(page)).to_contain_text("$17.50")
    buy_elsewhere(shop, sku, 1750)
    place_button(page).click()
    expect(page.get_by_text("Rush mug has just sold out.")).to_be_visible()
    inspect(page, "checkout, sold out")
    page.get_by_role("button", name=re.compile("^Leave it out")).click()
    expect(page.get_by_text("There is nothing to check out")).to_be_visible()


def expect_product(page: Page, slug: str) -> None:
    """Opens a product that was imported a moment ago, as soon as the running shop has heard of it."""
    for _ in range(100):
        if page.request.get(f"/api/products/{slug}").ok:
            break
        page.wait_for_timeout(100)
    page.goto(f"/p/{slug}")
    expect(headline(page, "Rush mug")).to_be_visible()


def buy_elsewhere(shop: RunningShop, sku: str, total: int) -> None:
    headers = {"origin": shop.url, "idempotency-key": f"elsewhere-{sku}"}
    body = order_body(sku, "early@example.com", total)
    answer = httpx.post(f"{shop.url}/api/orders", json=body, headers=headers, timeout=20)
    assert answer.status_code == 201, answer.text


def test_lost_answer_makes_no_second_order(page: Page, context: BrowserContext, expected_failures: list[str]) -> None:
    """The order arrives, its answer does not: the same wish, asked for again, is the same order."""
    expected_failures.append("/api/orders)")
    email = f"patient-{secrets.token_hex(4)}@example.com"
    page.goto("/p/cedar-jar-candle")
    page.get_by_role("main").locator("fieldset label").first.click()
    checkout_link(add_to_cart(page)).click()
    page.get_by_label("E-mail", exact=True).fill(email)
    fill_address(page)
    choose_delivery(page, "Standard delivery")
    posts = order_posts(page)

    def lose(route: Route) -> None:
        if len(posts) == 1:
            assert route.fetch().status == 201
        route.abort()

    page.route("**/api/orders", lose)
    place_button(page).click()
    expect(page.get_by_text("We could not reach the shop.")).to_be_visible()
    inspect(page, "checkout, no answer")
    page.unroute("**/api/orders")
    lost = len(posts)
    page.reload()
    placed = confirmation(page)
    assert placed.number in first_mail(context, email, "confirmation")["subject"]
    assert len(posts) > lost > 1
    assert len({post.headers["idempotency-key"] for post in posts}) == 1
    page.reload()
    assert confirmation(page) == placed
    assert len(mails(context, email, "confirmation")) == 1
