"""The shell over HTTP: what each page says, what it carries, what it never holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.modules.reading import ReadSide, picture, product_draft, read_side, write_build
from tests.modules.storefront.html import Page

from xpressbuy.catalog.model import Category
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import Sku
from xpressbuy.table.client import Table

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]

HOSTILE = "</title></script><script>alert(1)</script><!-- \"'&\u2028 {{7*7}}"


async def page(side: ReadSide, path: str, status: int = 200) -> Page:
    answer = await side.get(path)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


@pytest.fixture
async def shop(reading: ReadSide) -> ReadSide:
    await reading.editor.put_categories(
        [Category("clothing", "Clothing"), Category("tees", "T-shirts", "clothing")], actor="op_test"
    )
    await reading.add(
        product_draft(
            "tee",
            colours=("Red", "Blue"),
            price=1999,
            name="Linen tee",
            brand="Nord",
            description="<p>Cool &amp; light.</p>",
            categories=("clothing", "tees"),
            images=(picture(1), picture(2)),
        )
    )
    await reading.add(product_draft("mug", price=900, images=(picture(3),)))
    return reading


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/", ["/api/categories", "/api/home"]),
        ("/c/tees", ["/api/categories", "/api/products?category=tees&sort=newest&limit=24"]),
        ("/c/all", ["/api/categories", "/api/products?sort=newest&limit=24"]),
        (
            "/c/clothing?sort=price_asc&option.Colour=Red&option.Colour=Blue&utm_source=x&cursor=abc",
            [
                "/api/categories",
                "/api/products?category=clothing&option.Colour=Blue&option.Colour=Red&sort=price_asc&limit=24",
            ],
        ),
        ("/search?q=linen+tee", ["/api/categories", "/api/products?q=linen%20tee&sort=relevance&limit=24"]),
        ("/search", ["/api/categories"]),
        ("/p/tee", ["/api/categories", "/api/products/tee"]),
        ("/cart", ["/api/categories"]),
        ("/account/orders", ["/api/categories"]),
    ],
)
async def test_first_data_is_what_the_api_answers_under_that_very_address(
    shop: ReadSide, path: str, keys: list[str]
) -> None:
    found = (await page(shop, path)).first_data
    assert list(found) == keys
    for address, answer in found.items():
        assert answer == await shop.json(address)


async def test_known_reviews_ride_along(shop: ReadSide) -> None:
    address = "/api/products/tee/reviews?limit=6"
    assert address not in (await page(shop, "/p/tee")).first_data
    reviews = await shop.json(address)
    assert (await page(shop, "/p/tee")).first_data[address] == reviews


@pytest.mark.parametrize("query", ["price_min=abc", "option.=x", "rating_min=9", "q=%FF", "brand=%00", "sort=nonsense"])
async def test_a_page_comes_whatever_its_address_asks_for(shop: ReadSide, query: str) -> None:
    found = await page(shop, f"/c/tees?{query}")
    assert found.canonical == "https://shop.test/c/tees"
    await page(shop, f"/search?q=a&{query}")


async def test_a_product_page_says_what_it_sells(shop: ReadSide) -> None:
    found = await page(shop, "/p/tee?variant=TEE-RED")
    assert found.title == "Linen tee · XpressBuy"
    assert found.lang == "en-US"
    assert found.metas["description"] == "Cool & light."
    assert found.canonical == "https://shop.test/p/tee"
    assert found.metas["og:url"] == "https://shop.test/p/tee"
    assert found.metas["og:type"] == "product"
    assert found.metas["og:title"] == found.title
    assert found.metas["og:image"] == f"https://shop.test/images/{picture(1).id}/1200.webp"
    assert found.metas["og:image:alt"] == "Picture 1"
    assert "robots" not in found.metas
    facts = found.structured["Product"]
    assert facts["name"] == "Linen tee"
    assert facts["brand"] == {"@type": "Brand", "name": "Nord"}
    assert facts["image"][0] == found.metas["og:image"]
    assert facts["offers"]["lowPrice"] == "19.99"
    assert facts["offers"]["priceCurrency"] == "USD"
    assert facts["offers"]["availability"] == "https://schema.org/InStock"
    assert "aggregateRating" not in facts
    trail = found.structured["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in trail] == [
        (1, "XpressBuy"),
        (2, "Clothing"),
        (3, "T-shirts"),
        (4, "Linen tee"),
    ]
    assert trail[2]["item"] == "https://shop.test/c/tees"


async def test_structured_data_follows_stock_and_rating(shop: ReadSide) -> None:
    product = shop.catalog.by_slug("mug")
    assert product is not None
    buyer = shop.sign_in("sub-1")
    shop.bought.add((buyer, product.id))
    body = {"rating": 4, "title": "Mine", "body": "Holds coffee."}
    assert (await shop.client.post("/api/products/mug/reviews", json=body)).status_code == 201
    await shop.editor.set_stock(Sku("MUG"), actor="op_test", reason="broken", available=0)
    await shop.catalog.follow()
    facts = (await page(shop, "/p/mug")).structured["Product"]
    assert facts["aggregateRating"]["ratingValue"] == 4.0
    assert facts["aggregateRating"]["reviewCount"] == 1
    assert (facts["offers"]["@type"], facts["offers"]["price"]) == ("Offer", "9.00")
    assert facts["offers"]["availability"] == "https://schema.org/OutOfStock"


async def test_home_and_category_say_who_and_where(shop: ReadSide) -> None:
    home = await page(shop, "/")
    assert home.title.startswith("XpressBuy")
    assert home.canonical == "https://shop.test/"
    assert home.structured["WebSite"]["potentialAction"]["target"]["urlTemplate"].startswith("https://shop.test/search")
    assert home.structured["Organization"]["url"] == "https://shop.test/"
    category = await page(shop, "/c/tees?sort=price_asc")
    assert category.title == "T-shirts · XpressBuy"
    assert category.canonical == "https://shop.test/c/tees"
    assert [step["name"] for step in category.structured["BreadcrumbList"]["itemListElement"]] == [
        "XpressBuy",
        "Clothing",
        "T-shirts",
    ]


async def test_the_head_loads_the_app_its_route_and_the_first_picture(shop: ReadSide) -> None:
    found = await page(shop, "/p/tee")
    sources = [facts["src"] for facts, _ in found.scripts if "src" in facts]
    assert sources == ["/assets/theme-Kl345678.js", "/assets/main-AbCd1234.js"]
    assert found.scripts[0][0] == {"src": "/assets/theme-Kl345678.js"}
    assert [link["href"] for link in found.link("stylesheet")] == [
        "/assets/main-Gh123456.css",
        "/assets/product-Qr123456.css",
    ]
    assert "/assets/product-Mn901234.js" in [link["href"] for link in found.link("modulepreload")]
    picture_link, font = found.link("preload")
    assert picture_link["type"] == "image/avif"
    assert picture_link["imagesrcset"].endswith(f"/images/{picture(1).id}/1200.avif 1200w")
    assert (font["as"], font["href"], "crossorigin" in font) == ("font", "/assets/inter-Ij789012.woff2", True)
    assert "JavaScript" in found.noscript
    assert {"theme-color", "color-scheme", "viewport"} <= set(found.metas)


@pytest.mark.parametrize("path", ["/", "/c/tees", "/p/tee", "/search?q=tee", "/cart", "/nowhere"])
async def test_nothing_inline_can_run(shop: ReadSide, path: str) -> None:
    answer = await shop.get(path)
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    for facts, text in Page(answer.text).scripts:
        assert "src" in facts or facts["type"] in {"application/json", "application/ld+json"}
        assert ("src" in facts) == (text == "")
    assert " onload=" not in answer.text
    assert "style=" not in answer.text


async def test_hostile_names_stay_text_everywhere(shop: ReadSide) -> None:
    await shop.editor.put_categories([Category("evil", HOSTILE[:70])], actor="op_test")
    await shop.add(
        product_draft(
            "evil",
            name=HOSTILE,
            brand=HOSTILE,
            description=HOSTILE,
            categories=("evil",),
            seo_title=HOSTILE,
            images=(picture(9, alt=HOSTILE),),
        )
    )
    plain = len((await page(shop, "/p/tee")).scripts)
    for path in ("/", "/p/evil", "/c/evil", "/c/all", "/search?q=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E"):
        answer = await shop.get(path)
        assert "<script>alert" not in answer.text
        found = Page(answer.text)
        assert len(found.scripts) <= plain
        assert all("src" in facts or facts.get("type", "").startswith("application/") for facts, _ in found.scripts)
        assert found.first_data["/api/categories"]
    evil = await page(shop, "/p/evil")
    assert evil.title == f"{HOSTILE} · XpressBuy"
    assert evil.first_data["/api/products/evil"]["name"] == HOSTILE
    assert evil.structured["Product"]["name"] == HOSTILE
    assert evil.metas["og:image:alt"] == HOSTILE
    assert "49" not in evil.title


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/p/absent", "/p/hidden", "/c/absent", "/p/", "/c/", "/a/b/c", "/p/tee/x", "/apis", "/sitemap-9.xml"],
)
async def test_what_is_not_there_is_a_404_with_the_shell(shop: ReadSide, path: str) -> None:
    await shop.add(product_draft("hidden", status="draft"))
    found = await page(shop, path, 404)
    assert found.metas["robots"] == "noindex"
    assert found.canonical is None
    assert "/api/categories" in found.first_data


@pytest.mark.parametrize("path", ["/api/nowhere", "/api", "/assets/none.js", "/images/none", "/auth/x", "/dev/x"])
async def test_machines_paths_keep_the_problem_document(shop: ReadSide, path: str) -> None:
    answer = await shop.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await shop.client.post("/api/nowhere", json={})).status_code == 404
    assert (await shop.client.post("/", json={})).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/cart",
        "/checkout",
        "/orders/ord_1",
        "/account",
        "/account/orders",
        "/account/orders/ord_1",
        "/account/addresses",
        "/account/profile",
        "/account/else",
        "/sign-in",
        "/sign-up",
        "/confirm",
        "/forgot-password",
        "/reset-password",
    ],
)
async def test_pages_around_what_is_personal_are_kept_nowhere_and_hold_none_of_it(shop: ReadSide, path: str) -> None:
    anonymous = await shop.get(path)
    assert anonymous.status_code == 200
    assert anonymous.headers["cache-control"] == "no-store"
    assert Page(anonymous.text).metas["robots"] == "noindex"
    shop.sign_in("sub-1", "Asha Secret")
    signed_in = await shop.get(path)
    assert signed_in.content == anonymous.content
    assert "Asha" not in signed_in.text


async def test_shared_pages_are_the_same_for_everyone_and_answer_304(shop: ReadSide) -> None:
    for path, seconds in (("/", 10), ("/c/tees", 10), ("/p/tee", 2), ("/search?q=tee", 10)):
        anonymous = await shop.get(path)
        assert anonymous.headers["cache-control"] == f"public, max-age=0, s-maxage={seconds}, must-revalidate"
        shop.sign_in("sub-1")
        signed_in = await shop.get(path, headers={"cookie": "__Host-guest=abc"})
        assert signed_in.content == anonymous.content
        assert "set-cookie" not in signed_in.headers
        again = await shop.get(path, headers={"if-none-match": anonymous.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


async def test_without_a_build_the_page_says_so_until_there_is_one(reading: ReadSide, table: Table) -> None:
    dist = reading.settings.web_dist.parent / "later"
    async with read_side(table, reading.settings.model_copy(update={"web_dist": dist})) as side:
        for path in ("/", "/p/x", "/cart"):
            answer = await side.get(path)
            assert answer.status_code == 503
            assert "not built yet" in answer.text
            assert answer.headers["cache-control"] == "no-store"
        assert (await side.get("/assets/main-AbCd1234.js")).status_code == 404
        assert (await side.get("/api/home")).status_code == 200
        write_build(dist)
        assert (await side.get("/")).status_code == 200


async def test_a_product_page_stands_while_the_table_is_away(shop: ReadSide) -> None:
    def refuse(action: str, answer: Mapping[str, Any]) -> None:
        raise Unavailable("busy", retry_after_seconds=1)

    shop.table.observe(refuse)
    found = await page(shop, "/p/tee")
    shop.table.observe(None)
    assert found.title == "Linen tee · XpressBuy"
    assert list(found.first_data) == ["/api/categories"]
    assert "Product" not in found.structured
    assert "/api/products/tee" in (await page(shop, "/p/tee")).first_data
