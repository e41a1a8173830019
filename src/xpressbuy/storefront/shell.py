"""Renders a page around the web app's build. Every text goes through autoescape or the escape for script blocks."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from xpressbuy.settings import Settings
from xpressbuy.storefront.build import WebBuild
from xpressbuy.storefront.first_data import first_data, script_safe
from xpressbuy.storefront.pages import Page
from xpressbuy.storefront.sitemap import DARK, LIGHT

NOT_BUILT = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Not built yet</title>"
    b"<p>The web app is not built yet. Run <code>make run</code>, or <code>npm run build</code> in <code>web/</code>, "
    b"and load this page again.</p></html>"
)


class Shell:
    """One template, filled per page."""

    def __init__(self, settings: Settings) -> None:
        environment = Environment(
            loader=PackageLoader("xpressbuy.storefront", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self._template = environment.get_template("shell.html.j2")
        self._known = {
            "lang": settings.locale.replace("_", "-"),
            "shop": settings.shop_name,
            "support_email": settings.support_email,
            "light": LIGHT,
            "dark": DARK,
        }

    def render(self, page: Page, build: WebBuild) -> bytes:
        """The page's HTML."""
        return self._template.render(
            page=page,
            tags=build.tags(page.route),
            structured=[_in_script(script_safe(text)) for text in page.structured],
            first_data=_in_script(first_data(page.answers)),
            **self._known,
        ).encode()


def _in_script(safe_json: str) -> Markup:
    # HTML entities mean nothing inside a script, so escaping there is done in JSON's own way before.
    return Markup(safe_json)  # noqa: S704 - `script_safe` has left no sign that could end the block
