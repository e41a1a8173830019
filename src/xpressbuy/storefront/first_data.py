"""Answers of the API put into the page, under the very addresses that the web app would ask for.

The spelling of the addresses is the one of `web/packages/client/src/canonical-url.ts`; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

PARAMETER_ORDER = (
    "q",
    "category",
    "price_min",
    "price_max",
    "rating_min",
    "in_stock",
    "option.",
    "brand",
    "tag",
    "sort",
    "limit",
    "cursor",
    "facets",
)
PAGE_SIZE = 24
REVIEW_PAGE_SIZE = 6
FILTERS = frozenset({"price_min", "price_max", "rating_min", "in_stock", "brand", "tag"})
CATEGORY_SORTS = ("newest", "best_selling", "price_asc", "price_desc", "rating")
SEARCH_SORTS = ("relevance", *CATEGORY_SORTS)
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Pairs = Sequence[tuple[str, str]]


def canonical_url(path: str, pairs: Pairs = ()) -> str:
    """One spelling for every GET, as the web app has it. Pairs without a value are left out."""
    query = "&".join(f"{_quote(name)}={_quote(value)}" for name, value in sorted(pairs, key=_rank) if value)
    return f"{path}?{query}" if query else path


def product_url(slug: str) -> str:
    """Where a product's page asks for the product."""
    return f"/api/products/{_quote(slug)}"


def reviews_url(slug: str) -> str:
    """Where a product's page asks for its first reviews."""
    return canonical_url(f"{product_url(slug)}/reviews", [("limit", str(REVIEW_PAGE_SIZE))])


def list_pairs(own: Pairs, given: Pairs, sorts: Sequence[str]) -> list[tuple[str, str]]:
    """What a list page asks for: its own parameters, the filters of the page's address, its order, the page size."""
    asked = next((value for name, value in given if name == "sort"), None)
    filters = [(name, value) for name, value in given if _is_filter(name)]
    sort = asked if asked is not None and asked in sorts else sorts[0]
    pairs = [*own, *filters, ("sort", sort), ("limit", str(PAGE_SIZE))]
    return [pair for pair in dict.fromkeys(pairs) if pair[1]]


def category_key(path: str, given: Pairs) -> str:
    """The same for all addresses that give one category page: what a page does not read makes no other page."""
    return canonical_url(path, list_pairs((), given, CATEGORY_SORTS))


def search_key(path: str, given: Pairs) -> str:
    """The same for all addresses that give one search page."""
    return canonical_url(path, list_pairs([("q", searched(given))], given, SEARCH_SORTS))


def searched(given: Pairs) -> str:
    """The words that a search page is for; empty if there are none."""
    return next((value for name, value in given if name == "q"), "").strip()


def first_data(answers: Mapping[str, bytes]) -> str:
    """The block's JSON. No sign in it can end a script or a comment of the page."""
    body = ",".join(f"{_string(url)}:{answer.decode()}" for url, answer in answers.items())
    return script_safe(f"{{{body}}}")


def script_safe(json_text: str) -> str:
    """JSON for inside a `<script>`: the signs that HTML or old scripts would read stand as escapes.

    They occur in strings only, where the escape means the same sign.
    """
    return json_text.translate(_ESCAPES)


def _string(url: str) -> str:
    # Canonical addresses are ASCII without quotes or backslashes: the rest is percent-encoded.
    return f'"{url}"'


def _is_filter(name: str) -> bool:
    return name in FILTERS or (name.startswith("option.") and name != "option.")


def _rank(pair: tuple[str, str]) -> tuple[int, bytes, bytes]:
    name, value = pair
    known = "option." if name.startswith("option.") else name
    place = PARAMETER_ORDER.index(known) if known in PARAMETER_ORDER else len(PARAMETER_ORDER)
    # Browsers compare texts by UTF-16 units.
    return place, name.encode("utf-16-be", "surrogatepass"), value.encode("utf-16-be", "surrogatepass")


def _quote(text: str) -> str:
    return quote(text, safe="")
