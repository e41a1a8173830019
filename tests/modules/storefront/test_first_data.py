"""Addresses as the web app spells them, and JSON that cannot leave its script block."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpressbuy.storefront import first_data as ours
from xpressbuy.storefront import pages
from xpressbuy.storefront.api import PERSONAL
from xpressbuy.storefront.first_data import (
    CATEGORY_SORTS,
    SEARCH_SORTS,
    canonical_url,
    first_data,
    list_pairs,
    product_url,
    reviews_url,
    script_safe,
)
from xpressbuy.storefront.sitemap import web_manifest

WEB = Path(__file__).parents[3] / "web"


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], "/api/products"),
        (
            [("limit", "24"), ("sort", "newest"), ("category", "t-shirts"), ("q", "tee")],
            "/api/products?q=tee&category=t-shirts&sort=newest&limit=24",
        ),
        (
            [
                ("brand", "x"),
                ("option.Size", "M"),
                ("option.Size", "L"),
                ("option.Colour", "Red"),
                ("in_stock", "true"),
            ],
            "/api/products?in_stock=true&option.Colour=Red&option.Size=L&option.Size=M&brand=x",
        ),
        ([("q", ""), ("price_min", "0")], "/api/products?price_min=0"),
        ([("q", "it's (a) blue*shirt!")], "/api/products?q=it%27s%20%28a%29%20blue%2Ashirt%21"),
        ([("zeta", "1"), ("alpha", "2"), ("facets", "true")], "/api/products?facets=true&alpha=2&zeta=1"),
        ([("q", "größe ✓")], "/api/products?q=gr%C3%B6%C3%9Fe%20%E2%9C%93"),
    ],
)
def test_one_spelling_for_every_address(pairs: list[tuple[str, str]], expected: str) -> None:
    assert canonical_url("/api/products", pairs) == expected


def test_category_and_search_ask_as_the_web_app_does() -> None:
    own = [("category", "t-shirts")]
    assert canonical_url("/api/products", list_pairs(own, [], CATEGORY_SORTS)) == (
        "/api/products?category=t-shirts&sort=newest&limit=24"
    )
    given = [("utm", "x"), ("option.Size", "M"), ("sort", "price_asc"), ("option.Size", "M"), ("option.Size", "L")]
    assert canonical_url("/api/products", list_pairs(own, [*given, ("brand", "")], CATEGORY_SORTS)) == (
        "/api/products?category=t-shirts&option.Size=L&option.Size=M&sort=price_asc&limit=24"
    )
    assert list_pairs([], [("sort", "relevance")], CATEGORY_SORTS)[0] == ("sort", "newest")
    assert list_pairs([("q", "red")], [("sort", "cheapest")], SEARCH_SORTS)[1] == ("sort", "relevance")
    assert product_url("a-b") == "/api/products/a-b"
    assert reviews_url("a-b") == "/api/products/a-b/reviews?limit=6"


def web(path: str) -> str:
    return (WEB / path).read_text(encoding="utf-8")


def test_the_order_of_parameters_is_the_web_apps() -> None:
    block = re.search(r"parameterOrder = \[(.*?)\]", web("packages/client/src/canonical-url.ts"), re.DOTALL)
    assert block is not None
    assert tuple(re.findall(r'"([^"]+)"', block[1])) == ours.PARAMETER_ORDER


def test_page_sizes_and_filters_are_the_web_apps() -> None:
    limits = web("storefront/src/config/limits.ts")
    assert f"pageSize = {ours.PAGE_SIZE};" in limits
    assert f"reviewPageSize = {ours.REVIEW_PAGE_SIZE};" in limits
    search = web("storefront/src/features/catalog/api/list-search.ts")
    names = re.search(r"filterNames = new Set\(\[(.*?)\]\)", search, re.DOTALL)
    sorts = re.search(r"categorySorts[^=]*= \[(.*?)\]", search, re.DOTALL)
    assert names is not None
    assert sorts is not None
    assert set(re.findall(r'"([^"]+)"', names[1])) == ours.FILTERS
    assert tuple(re.findall(r'"([^"]+)"', sorts[1])) == CATEGORY_SORTS


@pytest.mark.parametrize("sizes", [pages.GRID_SIZES, pages.EDIT_SIZES, pages.GALLERY_SIZES])
def test_the_first_picture_is_as_wide_as_the_web_app_shows_it(sizes: str) -> None:
    sources = (WEB / "storefront" / "src").rglob("*.ts*")
    assert any(f'"{sizes}"' in source.read_text(encoding="utf-8") for source in sources)


def test_every_route_and_icon_that_the_server_names_is_in_the_web_app() -> None:
    routes = WEB / "storefront" / "src" / "app" / "routes"
    for route in ("home", "category", "product", "search", "not-found", *(route for _, route in PERSONAL.values())):
        assert (routes / f"{route}.tsx").is_file(), route
    for icon in json.loads(web_manifest("Shop", "en"))["icons"]:
        assert (WEB / "storefront" / "public" / icon["src"].removeprefix("/").removeprefix("assets/")).is_file(), icon
    assert (WEB / "storefront" / "public" / "apple-touch-icon.png").is_file()


class _Scripts(HTMLParser):
    """What a browser takes for the content of script elements, and every tag that it sees."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(
    st.text(alphabet=st.one_of(st.sampled_from("<>/&!-[]\u2028\u2029\"'\\scriptCDATA"), st.characters()), max_size=60)
)
def test_nothing_leaves_its_script_block(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    answer = json.dumps({"name": text}, ensure_ascii=False).encode()
    block = first_data({"/api/home": answer})
    assert json.loads(block) == {"/api/home": {"name": text}}
    assert not set("<>&\u2028\u2029") & set(block)
    parser = _Scripts()
    parser.feed(f"<script>{block}</script>")
    assert parser.tags == ["script"]


def test_the_usual_ways_out_are_closed() -> None:
    for hostile in ("</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;", "\u2028alert(1)"):
        assert "<" not in script_safe(json.dumps(hostile, ensure_ascii=False))
