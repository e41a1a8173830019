"""Structured data for search engines (schema.org as JSON-LD), and plain words out of texts. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from xpressbuy.catalog.model import Category, Product, Stock
from xpressbuy.kit.ids import Sku
from xpressbuy.kit.money import to_major

CONTEXT = "https://schema.org"
DESCRIPTION_MAX = 160
"""About what a results page shows."""
LONG_DESCRIPTION_MAX = 5_000
PICTURES_MAX = 6
_TAG = re.compile(r"<[^>]{0,2000}>")

Facts = Mapping[str, Any]


def plain(text: str, length_max: int = DESCRIPTION_MAX) -> str:
    """A text without tags and line breaks, cut between two words."""
    flat = " ".join(unescape(_TAG.sub(" ", text)).split())
    if len(flat) <= length_max:
        return flat
    cut = flat[: length_max - 1].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return f"{cut}…"


def organization(name: str, origin: str, email: str) -> Facts:
    """Who keeps the shop."""
    return {"@context": CONTEXT, "@type": "Organization", "name": name, "url": f"{origin}/", "email": email}


def website(name: str, origin: str) -> Facts:
    """The shop as a site that can be searched."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": name,
        "url": f"{origin}/",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{origin}/search?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Facts:
    """`trail` is names with addresses, from the home page down."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(trail, 1)
        ],
    }


def product(shown: Product, stocks: Mapping[Sku, Stock], *, url: str, pictures: Sequence[str], seller: str) -> Facts:
    """A product with what it costs now, whether it can be bought, and how it is rated."""
    facts: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Product",
        "@id": url,
        "name": shown.name,
        "url": url,
        "sku": shown.variants[0].sku,
        "description": plain(shown.description, LONG_DESCRIPTION_MAX) or shown.name,
        "image": list(pictures[:PICTURES_MAX]),
        "offers": _offers(shown, stocks, url, seller),
    }
    if shown.brand:
        facts["brand"] = {"@type": "Brand", "name": shown.brand}
    if shown.rating.count:
        facts["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": shown.rating.average,
            "reviewCount": shown.rating.count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return facts


def trail_to(category: Category | None, categories: Mapping[str, Category]) -> list[Category]:
    """From the top down to a category. A loop in the data ends where it began."""
    trail: list[Category] = []
    while category is not None and category not in trail:
        trail.insert(0, category)
        category = categories.get(category.parent) if category.parent else None
    return trail


def deepest_trail(slugs: Sequence[str], categories: Mapping[str, Category]) -> list[Category]:
    """The longest way down to any of these categories: it says most about where a product belongs."""
    return max((trail_to(categories.get(slug), categories) for slug in slugs), key=len, default=[])


def _offers(shown: Product, stocks: Mapping[Sku, Stock], url: str, seller: str) -> Facts:
    prices = [
        stock.price if (stock := stocks.get(variant.sku)) else variant.price
        for variant in shown.variants
        if variant.sellable
    ] or [variant.price for variant in shown.variants]
    in_stock = any(stock.in_stock for stock in stocks.values())
    low, high = min(prices, key=lambda price: price.amount), max(prices, key=lambda price: price.amount)
    common = {
        "url": url,
        "priceCurrency": low.currency,
        "availability": f"{CONTEXT}/{'InStock' if in_stock else 'OutOfStock'}",
        "itemCondition": f"{CONTEXT}/NewCondition",
        "seller": {"@type": "Organization", "name": seller},
    }
    if len(prices) == 1:
        return {"@type": "Offer", "price": to_major(low), **common}
    return {
        "@type": "AggregateOffer",
        "lowPrice": to_major(low),
        "highPrice": to_major(high),
        "offerCount": len(prices),
        **common,
    }
