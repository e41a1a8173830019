"""Reading one product and the categories over HTTP."""

from __future__ import annotations

import asyncio

import pytest
from tests.modules.catalog.samples import Calls
from tests.modules.reading import ReadSide, picture, product_draft

from xpressbuy.catalog.model import Category
from xpressbuy.catalog.schemas import NO_PICTURE
from xpressbuy.kit.ids import Sku

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]

TEE = product_draft(
    "tee",
    colours=("Red", "Blue"),
    sizes=("S", "M"),
    price=2000,
    stock={"TEE-RED-S": 5, "TEE-RED-M": 0},
    name="Linen tee",
    brand="Nord",
    description="Cool in summer.",
    details=("Linen", "Wash at 30°"),
    categories=("tees",),
    images=(
        picture(1, options={"Colour": "Red"}),
        picture(2, options={"Colour": "Blue"}),
        picture(3, options={"Colour": "Red"}),
        picture(4, state="pending", widths=()),
    ),
)


async def test_a_product_has_everything_that_the_contract_names(reading: ReadSide) -> None:
    await reading.add(TEE)
    found = await reading.json("/api/products/tee")
    assert set(found) == {
        "id",
        "slug",
        "name",
        "brand",
        "description",
        "details",
        "categories",
        "options",
        "variants",
        "images",
        "rating",
        "related",
    }
    assert found["details"] == ["Linen", "Wash at 30°"]
    assert found["options"][0] == {
        "name": "Colour",
        "values": [{"value": "Red", "hex": "#cc2211"}, {"value": "Blue", "hex": "#1133cc"}],
    }
    assert found["rating"] == {"average": 0.0, "count": 0, "histogram": {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0}}
    variants = {variant["sku"]: variant for variant in found["variants"]}
    assert variants["TEE-RED-S"]["available"] == 5
    assert (variants["TEE-RED-M"]["available"], variants["TEE-RED-M"]["in_stock"]) == (0, False)
    assert variants["TEE-BLUE-S"]["options"] == {"Colour": "Blue", "Size": "S"}
    assert variants["TEE-BLUE-S"]["price"] == {"amount": 2000, "currency": "USD"}


async def test_pictures_have_every_width_and_format_and_pending_ones_are_left_out(reading: ReadSide) -> None:
    await reading.add(TEE)
    found = await reading.json("/api/products/tee")
    assert len(found["images"]) == 3
    first = found["images"][0]
    base = f"/images/{picture(1).id}"
    assert first["src"] == f"{base}/640.webp"
    assert first["srcset"] == f"{base}/320.webp 320w, {base}/640.webp 640w, {base}/1200.webp 1200w"
    assert [source["type"] for source in first["sources"]] == ["image/avif", "image/webp"]
    assert first["sources"][0]["srcset"].startswith(f"{base}/320.avif 320w")
    assert (first["width"], first["height"], first["placeholder"], first["alt"]) == (1200, 1500, "#dddddd", "Picture 1")


async def test_a_card_hovers_to_the_same_colour_only(reading: ReadSide) -> None:
    await reading.add(TEE)
    card = (await reading.json("/api/products"))["items"][0]
    assert card["image"]["alt"] == "Picture 1"
    assert card["hover_image"]["alt"] == "Picture 3"


async def test_a_product_without_pictures_shows_a_panel(reading: ReadSide) -> None:
    await reading.add(product_draft("bare"))
    found = await reading.json("/api/products/bare")
    assert [image["src"] for image in found["images"]] == [NO_PICTURE]
    assert found["images"][0]["sources"] == []


async def test_hidden_and_absent_are_the_same_404(reading: ReadSide) -> None:
    await reading.add(product_draft("draft", status="draft"))
    await reading.add(product_draft("archived", status="archived"))
    answers = [
        await reading.get(f"/api/products/{slug}")
        for slug in ("draft", "archived", "absent", "..%2f", "%00", "x" * 120)
    ]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {answer.text.replace(answer.headers["x-request-id"], "") for answer in answers[:3]}
    assert len(bodies) == 1
    assert (await reading.get(f"/api/products/{'x' * 121}")).status_code in {404, 422}


async def test_a_product_costs_one_query_in_two_seconds_however_many_ask(reading: ReadSide) -> None:
    await reading.add(TEE)
    with Calls(reading.table) as calls:
        answers = await asyncio.gather(*(reading.get("/api/products/tee") for _ in range(20)))
        await reading.get("/api/products/tee")
    assert calls.by_action == {"Query": 1}
    assert len({answer.content for answer in answers}) == 1


async def test_stock_on_the_page_is_the_tables(reading: ReadSide) -> None:
    await reading.add(TEE)
    await reading.sell(Sku("TEE-RED-S"), 2)
    await reading.catalog.follow()
    variants = (await reading.json("/api/products/tee"))["variants"]
    assert next(one["available"] for one in variants if one["sku"] == "TEE-RED-S") == 3


async def test_related_products_share_a_category_and_can_be_bought_first(reading: ReadSide) -> None:
    await reading.add(TEE)
    await reading.add(product_draft("gone", categories=("tees",), stock=0))
    await reading.add(product_draft("there", categories=("tees",)))
    await reading.add(product_draft("other", categories=("home",)))
    with Calls(reading.table) as calls:
        related = (await reading.json("/api/products/tee"))["related"]
    assert [card["slug"] for card in related] == ["there", "gone"]
    assert calls.total == 1


async def test_categories_count_what_is_visible_in_their_whole_subtree(reading: ReadSide) -> None:
    await reading.editor.put_categories(
        [Category("clothing", "Clothing", image=picture(7)), Category("tees", "T-shirts", "clothing")], actor="op_test"
    )
    await reading.add(TEE)
    await reading.add(product_draft("hidden", status="draft", categories=("tees",)))
    await reading.add(product_draft("both", categories=("clothing", "tees")))
    with Calls(reading.table) as calls:
        found = (await reading.json("/api/categories"))["items"]
    assert calls.total == 0
    assert [(one["slug"], one["parent"], one["product_count"]) for one in found] == [
        ("clothing", None, 2),
        ("tees", "clothing", 2),
    ]
    assert found[0]["image"]["alt"] == "Picture 7"
    assert found[1]["image"] is None


async def test_answers_are_shared_and_answer_304(reading: ReadSide) -> None:
    await reading.add(TEE)
    for path, seconds in (("/api/products/tee", 2), ("/api/categories", 30)):
        first = await reading.get(path)
        assert first.headers["cache-control"] == f"public, max-age=0, s-maxage={seconds}, must-revalidate"
        again = await reading.get(path, headers={"if-none-match": f'"x", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


async def test_other_methods_are_405_with_allow(reading: ReadSide) -> None:
    await reading.add(TEE)
    for path in ("/api/products/tee", "/api/categories", "/api/products"):
        refused = await reading.client.post(path, json={})
        assert (refused.status_code, refused.headers.get("allow")) == (405, "GET")
