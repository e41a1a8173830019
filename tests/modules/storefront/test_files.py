"""Files over HTTP: the web app's own, and those for robots."""

from __future__ import annotations

import pytest
from tests.modules.reading import ReadSide, product_draft

from xpressbuy.catalog.model import Category

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]


@pytest.fixture
async def shop(reading: ReadSide) -> ReadSide:
    await reading.editor.put_categories(
        [Category("clothing", "Clothing"), Category("tees", "T-shirts", "clothing")], actor="op_test"
    )
    await reading.add(product_draft("tee", categories=("tees",)))
    await reading.add(product_draft("mug"))
    return reading


async def test_head_is_answered(shop: ReadSide) -> None:
    for path in ("/", "/p/tee", "/robots.txt", "/assets/main-AbCd1234.js"):
        assert (await shop.client.head(path)).status_code == 200


async def test_the_sitemap_lists_what_is_visible(shop: ReadSide) -> None:
    await shop.add(product_draft("hidden", status="draft"))
    await shop.editor.put_categories([Category("empty", "Empty")], actor="op_test")
    await shop.catalog.follow()
    answer = await shop.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    for address in ("/", "/c/all", "/c/clothing", "/c/tees", "/p/tee", "/p/mug"):
        assert f"<loc>https://shop.test{address}</loc>" in answer.text
    assert "hidden" not in answer.text
    assert "empty" not in answer.text
    await shop.add(product_draft("fresh"))
    assert "/p/fresh" in (await shop.get("/sitemap.xml")).text
    assert (await shop.get("/sitemap-1.xml")).status_code == 200
    assert (await shop.get("/robots.txt")).text.startswith("User-agent: *\n")
    assert (await shop.get("/manifest.webmanifest")).headers["content-type"] == "application/manifest+json"


async def test_files_are_kept_for_ever_where_the_name_has_a_hash(shop: ReadSide) -> None:
    script = await shop.get("/assets/main-AbCd1234.js", headers={"accept-encoding": "br"})
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-encoding"] == "br"
    assert script.headers["vary"] == "accept-encoding"
    assert script.headers["x-content-type-options"] == "nosniff"
    assert script.text.startswith("export const shop")
    plain = await shop.get("/assets/main-AbCd1234.js", headers={"accept-encoding": "identity"})
    assert plain.headers["etag"] != script.headers["etag"]
    assert plain.content == script.content
    same = await shop.get(
        "/assets/main-AbCd1234.js", headers={"accept-encoding": "br", "if-none-match": script.headers["etag"]}
    )
    assert same.status_code == 304
    for path in ("/favicon.svg", "/favicon.ico", "/assets/favicon.svg"):
        icon = await shop.get(path)
        assert (icon.status_code, icon.headers["cache-control"]) == (200, "public, max-age=3600")
        assert icon.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "....//secret.txt",
        "..%5csecret.txt",
        "%00",
        "/etc/passwd",
        ".vite/manifest.json",
        "%2evite/manifest.json",
        "main-AbCd1234.js%00.css",
        "main-AbCd1234.js/",
    ],
)
async def test_no_path_reaches_anything_else(shop: ReadSide, name: str) -> None:
    (shop.settings.web_dist.parent / "secret.txt").write_text("secret")
    answer = await shop.get(f"/assets/{name}")
    assert answer.status_code == 404
    assert "secret" not in answer.text
