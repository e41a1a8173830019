"""Lists over HTTP: every filter, every order, cursors, bounds, what is hidden and what has just changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from tests.modules.reading import ReadSide, product_draft

from xpressbuy.catalog.model import Category
from xpressbuy.kit.ids import Sku

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]

CATEGORIES = [
    Category("clothing", "Clothing"),
    Category("clothing-tees", "T-shirts", "clothing"),
    Category("clothing-hats", "Hats", "clothing"),
    Category("home", "Home", position=1),
]
TEE_STOCK = {"TEE-RED-S": 5, "TEE-RED-M": 0, "TEE-BLUE-S": 0, "TEE-BLUE-M": 7}


@pytest.fixture
async def shop(reading: ReadSide) -> ReadSide:
    await reading.editor.put_categories(CATEGORIES, actor="op_test")
    for draft in (
        product_draft(
            "tee",
            colours=("Red", "Blue"),
            sizes=("S", "M"),
            price=2000,
            stock=TEE_STOCK,
            name="Linen tee",
            brand="Nord",
            categories=("clothing-tees",),
            tags=("summer",),
        ),
        product_draft("cap", colours=("Red",), price=1500, name="Cap", brand="Sud", categories=("clothing-hats",)),
        product_draft(
            "mug", price=900, name="Mug", brand="Nord", categories=("home",), description="For linen lovers."
        ),
        product_draft("lamp", price=5000, stock=0, name="Lamp", categories=("home",), tags=("summer", "gift")),
        product_draft("secret", price=100, status="draft", name="Secret linen", categories=("home",)),
    ):
        await reading.editor.create(draft, actor="op_test")
    await reading.catalog.follow()
    return reading


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"tee", "cap", "mug", "lamp"}),
        ("category=clothing", {"tee", "cap"}),
        ("category=clothing-tees", {"tee"}),
        ("category=nowhere", set()),
        ("price_min=1500", {"tee", "cap", "lamp"}),
        ("price_max=1500", {"cap", "mug"}),
        ("price_min=1500&price_max=2000", {"tee", "cap"}),
        ("in_stock=true", {"tee", "cap", "mug"}),
        ("in_stock=false", {"tee", "cap", "mug", "lamp"}),
        ("option.Colour=Red", {"tee", "cap"}),
        ("option.Colour=Red&option.Colour=Blue", {"tee", "cap"}),
        ("option.Colour=Red&option.Size=M", {"tee"}),
        ("option.Colour=Red&option.Size=M&in_stock=true", set()),
        ("option.Colour=Red&option.Colour=Blue&option.Size=M&in_stock=true", {"tee"}),
        ("option.Material=Wool", set()),
        ("brand=Nord", {"tee", "mug"}),
        ("brand=Nord&brand=Sud", {"tee", "mug", "cap"}),
        ("tag=summer", {"tee", "lamp"}),
        ("tag=gift&category=home", {"lamp"}),
        ("rating_min=4", set()),
        ("rating_min=0", {"tee", "cap", "mug", "lamp"}),
        ("q=linen", {"tee", "mug"}),
        ("q=LIN", {"tee", "mug"}),
        ("q=linne", {"tee", "mug"}),
        ("q=nord+tee", {"tee"}),
        ("q=t-shirts", {"tee"}),
        ("q=red", {"tee", "cap"}),
        ("q=nothing", set()),
        ("q=", {"tee", "cap", "mug", "lamp"}),
        ("q=linen&brand=Nord&price_max=1000", {"mug"}),
    ],
)
async def test_each_filter_leaves_what_fits_and_counts_it(shop: ReadSide, query: str, expected: set[str]) -> None:
    found = await shop.json(f"/api/products?{query}")
    assert {item["slug"] for item in found["items"]} == expected
    assert found["total"] == len(expected)
    assert found["next_cursor"] is None
    assert "facets" not in found


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["lamp", "mug", "cap", "tee"]),
        ("price_asc", ["mug", "cap", "tee", "lamp"]),
        ("price_desc", ["lamp", "tee", "cap", "mug"]),
    ],
)
async def test_each_order(shop: ReadSide, sort: str, expected: list[str]) -> None:
    assert await shop.slugs(f"/api/products?sort={sort}") == expected


async def test_sold_out_is_last_where_the_shop_recommends(shop: ReadSide) -> None:
    for sort in ("relevance", "best_selling"):
        assert (await shop.slugs(f"/api/products?sort={sort}"))[-1] == "lamp"
    assert (await shop.slugs("/api/products?q=summer"))[-1] == "lamp"


async def test_rating_orders_and_filters_by_what_buyers_gave(shop: ReadSide) -> None:
    for slug, stars in (("mug", (5, 4)), ("cap", (5,)), ("tee", (1,))):
        product = shop.catalog.by_slug(slug)
        assert product is not None
        for number, given in enumerate(stars):
            buyer = shop.sign_in(f"sub-{slug}-{number}")
            shop.bought.add((buyer, product.id))
            body = {"rating": given, "title": "Mine", "body": "Worn and washed."}
            assert (await shop.client.post(f"/api/products/{slug}/reviews", json=body)).status_code == 201
    await shop.catalog.follow()
    assert await shop.slugs("/api/products?sort=rating") == ["cap", "mug", "tee", "lamp"]
    assert await shop.slugs("/api/products?sort=rating&rating_min=4.5") == ["cap", "mug"]
    assert await shop.slugs("/api/products?sort=rating&rating_min=4.6") == ["cap"]


async def test_best_selling_follows_what_is_sold(shop: ReadSide) -> None:
    await shop.sell(Sku("MUG"), 3)
    await shop.sell(Sku("CAP-RED"), 2)
    await shop.catalog.follow()
    assert (await shop.slugs("/api/products?sort=best_selling"))[:2] == ["mug", "cap"]


async def test_a_card_has_everything_that_the_contract_names(shop: ReadSide) -> None:
    card = (await shop.json("/api/products?q=tee"))["items"][0]
    assert card["id"].startswith("prd_")
    assert card["price"] == {"amount": 2000, "currency": "USD"}
    assert card["price_varies"] is False
    assert card["rating"] == {"average": 0.0, "count": 0}
    assert card["swatches"] == [
        {"name": "Colour", "value": "Red", "hex": "#cc2211"},
        {"name": "Colour", "value": "Blue", "hex": "#1133cc"},
    ]
    assert card["in_stock"] is True
    assert set(card["image"]) == {"src", "srcset", "sources", "width", "height", "alt", "placeholder"}
    assert card["image"]["alt"] == "Linen tee"


async def test_pages_follow_each_other_whatever_comes_in_between(shop: ReadSide) -> None:
    for number in range(7):
        await shop.editor.create(product_draft(f"item-{number}", price=1000 + number), actor="op_test")
    await shop.catalog.follow()
    before = await shop.slugs("/api/products?sort=price_asc&limit=100")
    seen: list[str] = []
    cursor = ""
    for page in range(20):
        found = await shop.json(f"/api/products?sort=price_asc&limit=3{cursor}")
        seen += [item["slug"] for item in found["items"]]
        if page == 1:
            await shop.add(product_draft("early", price=1))
            await shop.add(product_draft("late", price=999_999))
        if found["next_cursor"] is None:
            break
        cursor = f"&cursor={found['next_cursor']}"
    assert [slug for slug in seen if slug not in {"early", "late"}] == before
    assert seen.count("late") == 1
    assert len(seen) == len(set(seen))


async def test_a_cursor_opens_only_in_its_own_list_and_only_whole(shop: ReadSide) -> None:
    cursor = (await shop.json("/api/products?sort=price_asc&limit=2"))["next_cursor"]
    assert cursor
    other_size = await shop.get(f"/api/products?sort=price_asc&limit=1&cursor={cursor}")
    assert other_size.status_code == 200
    for query in (
        f"sort=price_desc&limit=2&cursor={cursor}",
        f"sort=price_asc&brand=Nord&limit=2&cursor={cursor}",
        f"sort=price_asc&limit=2&cursor={cursor[:-2]}",
        f"sort=price_asc&limit=2&cursor=A{cursor[1:]}",
        "sort=price_asc&cursor=eyJQSyI6IlBST0RVQ1QjMSJ9",
        "sort=price_asc&cursor=%FF",
        "sort=price_asc&cursor=....",
    ):
        refused = await shop.get(f"/api/products?{query}")
        assert refused.status_code == 400, query
        assert len(refused.content) < 1024


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=2.0",
        "limit=1e2",
        "limit=%D9%A3",
        "limit=99999999999999999999",
        "limit=1&limit=2",
        "price_min=-1",
        "price_min=1.5",
        "price_min=abc",
        "price_max=10000000000000",
        "price_max=1&price_max=2",
        "rating_min=6",
        "rating_min=5.1",
        "rating_min=4.55",
        "rating_min=nan",
        "in_stock=yes",
        "in_stock=1",
        "facets=on",
        "sort=cheapest",
        "sort=newest&sort=rating",
        "category=a&category=b",
        "q=a&q=b",
        f"q={'x' * 201}",
        f"category={'x' * 121}",
        f"cursor={'x' * 1025}",
        "q=%00",
        "option.=Red",
        f"option.{'x' * 61}=Red",
        f"option.Colour={'x' * 121}",
        "&".join(f"option.O{number}=a" for number in range(11)),
        "&".join(f"brand=b{number}" for number in range(31)),
        "page=2",
        "colour=Red",
        "option=Red",
        "PK=PRODUCT",
    ],
)
async def test_what_is_unknown_repeated_or_out_of_bounds_is_refused(shop: ReadSide, query: str) -> None:
    refused = await shop.get(f"/api/products?{query}")
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert len(refused.content) < 2048
    assert "xxxxx" not in refused.text


@pytest.mark.parametrize("query", ["q=%FF", "&".join(["tag=a"] * 201)])
async def test_what_cannot_be_read_at_all_is_400(shop: ReadSide, query: str) -> None:
    assert (await shop.get(f"/api/products?{query}")).status_code == 400


async def test_facets_count_each_filter_without_itself(shop: ReadSide) -> None:
    facets = (await shop.json("/api/products?option.Colour=Blue&facets=true"))["facets"]
    assert facets["option"]["Colour"] == [{"value": "Red", "count": 2}, {"value": "Blue", "count": 1}]
    assert facets["option"]["Size"] == [{"value": "M", "count": 1}, {"value": "S", "count": 1}]
    assert facets["category"] == [{"value": "clothing", "count": 1}, {"value": "clothing-tees", "count": 1}]
    assert facets["price"]["min"] == facets["price"]["max"] == 2000
    everything = (await shop.json("/api/products?price_max=1000&facets=true"))["facets"]
    assert (everything["price"]["min"], everything["price"]["max"]) == (900, 5000)
    assert sum(bucket["count"] for bucket in everything["price"]["buckets"]) == 4
    for bucket in everything["price"]["buckets"]:
        narrowed = await shop.json(f"/api/products?price_min={bucket['min']}&price_max={bucket['max']}")
        assert narrowed["total"] == bucket["count"]


async def test_hidden_products_are_nowhere(shop: ReadSide) -> None:
    assert "secret" not in (await shop.get("/api/products?limit=100&facets=true")).text
    assert "ecret" not in (await shop.get("/api/suggest?q=secret")).text
    assert "secret" not in (await shop.get("/api/home")).text
    mug = shop.catalog.by_slug("mug")
    assert mug is not None
    archived = product_draft("mug", price=900, name="Mug", brand="Nord", categories=("home",), status="archived")
    await shop.editor.update(mug.id, archived, version=mug.version, actor="op_test")
    await shop.catalog.follow()
    assert "mug" not in await shop.slugs("/api/products")
    assert (await shop.json("/api/products?q=mug"))["total"] == 0


async def test_a_change_is_found_under_its_new_words_and_price(shop: ReadSide) -> None:
    mug = shop.catalog.by_slug("mug")
    assert mug is not None
    draft = product_draft("mug", price=9900, name="Goblet", categories=("clothing-hats",))
    await shop.editor.update(mug.id, draft, version=mug.version, actor="op_test")
    await shop.catalog.follow()
    assert await shop.slugs("/api/products?q=goblet") == ["mug"]
    assert (await shop.json("/api/products?q=mug"))["total"] == 0
    assert (await shop.slugs("/api/products?sort=price_desc"))[0] == "mug"
    assert set(await shop.slugs("/api/products?category=clothing")) == {"tee", "cap", "mug"}


async def test_a_renamed_category_is_found_by_its_new_name(shop: ReadSide) -> None:
    await shop.editor.put_categories([replace(CATEGORIES[2], name="Headwear")], actor="op_test")
    await shop.catalog.follow()
    assert await shop.slugs("/api/products?q=headwear") == ["cap"]


async def test_what_sells_out_is_out_of_stock_in_lists_at_once(shop: ReadSide) -> None:
    await shop.editor.set_stock(Sku("MUG"), actor="op_test", reason="broken", available=0)
    await shop.catalog.follow()
    assert "mug" not in await shop.slugs("/api/products?in_stock=true")
    card = (await shop.json("/api/products?q=mug"))["items"][0]
    assert card["in_stock"] is False
    await shop.editor.set_stock(Sku("MUG"), actor="op_test", reason="found", available=4)
    await shop.catalog.follow()
    assert "mug" in await shop.slugs("/api/products?in_stock=true")


async def test_suggestions_forgive_one_typing_error(shop: ReadSide) -> None:
    found = await shop.json("/api/suggest?q=linne")
    assert [product["slug"] for product in found["products"]] == ["tee", "mug"]
    assert set(found["products"][0]) == {"slug", "name", "image", "price"}
    hats: Any = await shop.json("/api/suggest?q=hat")
    assert hats["categories"] == [{"slug": "clothing-hats", "name": "Hats"}]
    assert "hats" in hats["queries"]
    assert await shop.json("/api/suggest?q=") == {"products": [], "categories": [], "queries": []}
    assert (await shop.get(f"/api/suggest?q={'x' * 201}")).status_code == 422
    assert (await shop.get("/api/suggest?q=a&limit=3")).status_code == 422


async def test_words_that_find_nothing_offer_what_comes_near(shop: ReadSide) -> None:
    found = await shop.json("/api/products?q=purple+linen+tee")
    assert (found["items"], found["total"]) == ([], 0)
    assert [card["slug"] for card in found["near"]] == ["tee"]
    narrowed = await shop.json("/api/products?q=linen&price_min=900000")
    assert [card["slug"] for card in narrowed["near"]] == ["tee", "mug"]
    assert "near" not in await shop.json("/api/products?q=linen")
    assert "near" not in await shop.json("/api/products?price_min=900000")


async def test_a_rebuilt_index_answers_as_the_one_before_and_goes_on_following(shop: ReadSide) -> None:
    search = shop.search
    before = [await shop.json(path) for path in ("/api/products?facets=true", "/api/products?q=linen", "/api/home")]
    rebuilding = asyncio.create_task(search.rebuild())
    await asyncio.sleep(0)
    await shop.add(product_draft("meanwhile", name="Meanwhile linen"))
    await rebuilding
    assert "meanwhile" in await shop.slugs("/api/products?q=linen")
    added = shop.catalog.by_slug("meanwhile")
    assert added is not None
    gone = product_draft("meanwhile", name="Meanwhile linen", status="archived")
    await shop.editor.update(added.id, gone, version=added.version, actor="op_test")
    await shop.catalog.follow()
    after = [await shop.json(path) for path in ("/api/products?facets=true", "/api/products?q=linen", "/api/home")]
    assert after == before


async def test_the_home_page_puts_the_edit_first(shop: ReadSide) -> None:
    home = await shop.json("/api/home")
    assert [card["slug"] for card in home["newest"]] == ["lamp", "mug", "cap", "tee"]
    assert len(home["edit"]["products"]) == 3
    assert [category["slug"] for category in home["categories"]] == ["clothing", "home"]
    await shop.add(product_draft("chosen", tags=("edit",)))
    home = await shop.json("/api/home")
    assert [card["slug"] for card in home["edit"]["products"]] == ["chosen"]


async def test_lists_are_shared_answers_without_anything_personal(shop: ReadSide) -> None:
    anonymous = await shop.get("/api/products?sort=newest")
    shop.sign_in("sub-1")
    signed_in = await shop.get("/api/products?sort=newest")
    assert anonymous.content == signed_in.content
    assert anonymous.headers["etag"] == signed_in.headers["etag"]
    assert "set-cookie" not in signed_in.headers
    assert anonymous.headers["cache-control"] == "public, max-age=0, s-maxage=5, must-revalidate"
    again = await shop.get("/api/products?sort=newest", headers={"if-none-match": anonymous.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await shop.editor.set_stock(Sku("MUG"), actor="op_test", reason="broken", available=0)
    await shop.catalog.follow()
    changed = await shop.get("/api/products?sort=newest", headers={"if-none-match": anonymous.headers["etag"]})
    assert changed.status_code == 200
