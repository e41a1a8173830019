"""Files for robots: the sitemap, `robots.txt` and the web app's manifest. Pure text out of what is passed in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from xml.sax.saxutils import escape

URLS_MAX = 30_000
"""The protocol allows 50,000. 30,000 entries of about 120 bytes are 3.6 MB, which a function may answer, too."""
PARTS_MAX = 1_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LIGHT = "#fcf9f5"
DARK = "#0b0e14"

Entry = tuple[str, str | None]
"""An address and the day of its last change, `2026-11-22`."""


def part_count(entries: Sequence[Entry]) -> int:
    """Files that the entries need; one if there are none."""
    return max(1, -(-len(entries) // URLS_MAX))


def sitemap(entries: Sequence[Entry]) -> bytes:
    """One file of addresses."""
    if len(entries) > URLS_MAX:
        raise ValueError("a sitemap holds at most 30,000 addresses")
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{"".join(map(_url, entries))}</urlset>\n'.encode()


def part(entries: Sequence[Entry], number: int) -> Sequence[Entry]:
    """The entries of file `number`, counted from 1."""
    return entries[(number - 1) * URLS_MAX : number * URLS_MAX]


def index(origin: str, parts: int) -> bytes:
    """The file that names the others."""
    places = "".join(
        f"<sitemap><loc>{escape(origin)}/sitemap-{number}.xml</loc></sitemap>\n" for number in range(1, parts + 1)
    )
    return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{places}</sitemapindex>\n'.encode()


def robots(origin: str) -> bytes:
    """What crawlers leave alone: what is personal, and lists without end."""
    closed = ("/api/", "/auth/", "/account", "/cart", "/checkout", "/orders/", "/search", "/sign-in", "/sign-up")
    rules = "".join(f"Disallow: {path}\n" for path in closed)
    return f"User-agent: *\n{rules}\nSitemap: {origin}/sitemap.xml\n".encode()


def web_manifest(name: str, lang: str) -> bytes:
    """What a browser needs to put the shop on a home screen."""
    manifest = {
        "name": name,
        "short_name": name[:12],
        "lang": lang,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": LIGHT,
        "theme_color": LIGHT,
        "icons": [
            {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "/assets/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "/assets/icon-512.png", "sizes": "512x512", "type": "image/png"},
            {"src": "/assets/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode()


def _url(entry: Entry) -> str:
    address, changed_on = entry
    changed = f"<lastmod>{changed_on}</lastmod>" if changed_on else ""
    return f"<url><loc>{escape(address)}</loc>{changed}</url>\n"
