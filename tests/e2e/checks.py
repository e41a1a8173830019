"""What holds on every page: nothing for axe to find, nothing wider than the screen, no cookie in a script's reach.

Says nothing about what a page is for; the journeys do that.
"""

from __future__ import annotations

from typing import Any, cast

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, expect

AXE_RUN = """(rules) => axe.run(document, {
  resultTypes: ['violations'],
  ...(rules ? {runOnly: {type: 'rule', values: rules}} : {}),
})"""
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""What can differ between the light page and the dark one."""
NARROWEST = 320

LAX_COOKIES = {"__Host-tx", "__Host-guest"}
"""They have to come along when the identity provider sends the browser back: its answer is checked against the one, and
the other leads to the cart that is taken over."""

AT_REST = """async () => {
  await document.fonts.ready;
  const frame = () => new Promise(requestAnimationFrame);
  const moving = () => document.getAnimations().some((one) => one.effect?.getComputedTiming().endTime !== Infinity);
  // A colour that is inherited begins to change only when the change before it is done.
  for (let calm = 0; calm < 3; calm = moving() ? 0 : calm + 1) await frame();
}"""
"""Contrast is measured on what stays, and not on a colour that is on its way to another."""

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > width) found.push(`the page: ${document.documentElement.scrollWidth}`);
  const cutOff = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll('main *, header *, [role=dialog] *')) {
    const box = element.getBoundingClientRect();
    const outside = box.width > 1 && (box.right > width + 1 || box.left < -1);
    if (outside && element.checkVisibility() && !cutOff(element)) {
      found.push(`${element.outerHTML.slice(0, 120)}: ${Math.round(box.left)} to ${Math.round(box.right)}`);
    }
  }
  return found.slice(0, 5);
}"""
"""Elements that reach past the screen, except for those in a strip that is pushed sideways or clips on purpose."""


def inspect(page: Page, name: str) -> None:
    """Looks over the page as it stands now, in light and in dark; `name` is for the message when something is wrong."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    settle(page)
    found = violations(page, None)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(AT_REST)
    found += [f"in the dark, {text}" for text in violations(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert found == [], f"{name}: " + "\n".join(found)
    assert_fits(page, name)
    assert page.evaluate("document.cookie") == "", f"{name}: scripts can read a cookie"


def settle(page: Page) -> None:
    """Waits until nothing on the page is on its way any more."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.evaluate(AT_REST)


def violations(page: Page, rules: list[str] | None) -> list[str]:
    """What axe finds, a line each; all of its rules if none are named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    answer = cast("dict[str, Any]", page.evaluate(AXE_RUN, rules))
    return [
        f"{violation['id']}: {node['html'][:200]} ({node.get('failureSummary', '')})"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


def assert_fits(page: Page, name: str) -> None:
    """Nothing to push sideways: at the width of the test, and on a narrow phone on the smallest screen there is."""
    found = page.evaluate(TOO_WIDE)
    assert found == [], f"{name}: {found}"
    size = page.viewport_size
    assert size is not None
    if size["width"] < 600:
        page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        # The page hears of its new size a frame later; until then a dialog has the width of before.
        page.evaluate(AT_REST)
        found = page.evaluate(TOO_WIDE)
        assert found == [], f"{name}, {NARROWEST} px wide: {found}"
        page.set_viewport_size(size)


def cookie_names(context: BrowserContext, url: str) -> set[str]:
    """Names of the shop's cookies, each of them shown to be out of reach of scripts and of other sites."""
    cookies = context.cookies(url)
    for cookie in cookies:
        name = cookie["name"]
        assert name.startswith("__Host-"), cookie
        assert cookie["httpOnly"], cookie
        assert cookie["secure"], cookie
        assert cookie["path"] == "/", cookie
        assert cookie["domain"] == "localhost", cookie
        assert cookie["sameSite"] == ("Lax" if name in LAX_COOKIES else "Strict"), cookie
    return {cookie["name"] for cookie in cookies}
