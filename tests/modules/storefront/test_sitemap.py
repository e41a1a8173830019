"""Files for robots, and plain words out of texts."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from xpressbuy.storefront.sitemap import URLS_MAX, index, part, part_count, robots, sitemap, web_manifest
from xpressbuy.storefront.structured import DESCRIPTION_MAX, plain

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_a_sitemap_holds_at_most_thirty_thousand_addresses() -> None:
    entries = [(f"https://shop.test/p/{number}", None) for number in range(80_000)]
    assert part_count(entries) == 3
    sizes = []
    for number in range(1, 4):
        root = ET.fromstring(sitemap(part(entries, number)))  # noqa: S314 - our own file
        sizes.append(len(root.findall(f"{SPACE}url")))
    assert sizes == [URLS_MAX, URLS_MAX, 20_000]
    assert part_count(entries[:URLS_MAX]) == 1
    assert part_count([]) == 1
    with pytest.raises(ValueError, match="30,000"):
        sitemap(entries)


def test_the_index_names_each_part() -> None:
    root = ET.fromstring(index("https://shop.test", 3))  # noqa: S314 - our own file
    assert [loc.text for loc in root.iter(f"{SPACE}loc")] == [
        f"https://shop.test/sitemap-{number}.xml" for number in (1, 2, 3)
    ]


def test_addresses_are_escaped() -> None:
    root = ET.fromstring(sitemap([("https://shop.test/p/a?b=1&c=<2>", "2026-11-22")]))  # noqa: S314 - our own file
    assert root.findtext(f"{SPACE}url/{SPACE}loc") == "https://shop.test/p/a?b=1&c=<2>"
    assert root.findtext(f"{SPACE}url/{SPACE}lastmod") == "2026-11-22"


def test_robots_leave_alone_what_is_personal() -> None:
    text = robots("https://shop.test").decode()
    for path in ("/api/", "/account", "/cart", "/checkout", "/orders/"):
        assert f"Disallow: {path}\n" in text
    assert "Sitemap: https://shop.test/sitemap.xml" in text


def test_the_manifest_names_the_shop() -> None:
    manifest = json.loads(web_manifest("Ünter & Söhne Textilien", "de-DE"))
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == ("Ünter & Söhne Textilien", "de-DE", "/")
    assert len(manifest["short_name"]) <= 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Soft &amp; <b>warm</b></p>\n\n<p>Twice.</p>", "Soft & warm Twice."),
        ("", ""),
        ("3 < 5", "3 < 5"),
        ("<script>alert(1)</script>x", "alert(1) x"),
    ],
)
def test_plain_words(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_long_texts_are_cut_between_words() -> None:
    cut = plain("word " * 100)
    assert len(cut) <= DESCRIPTION_MAX
    assert cut.endswith("word…")
    assert len(plain("x" * 1000)) <= DESCRIPTION_MAX
