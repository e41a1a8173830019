"""Reviews over HTTP: who may write, one a product, the rating in the same unit, pages and what they cost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.modules.catalog.samples import Calls
from tests.modules.reading import ReadSide, product_draft, read_side

from xpressbuy.kit.ids import CustomerId
from xpressbuy.reviews.model import SampleReview

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]

URL = "/api/products/mug/reviews"
BODY: dict[str, Any] = {"rating": 4, "title": "Keeps warm", "body": "Two hours, at least.\nThe handle is small."}
NOON = datetime(2025, 11, 22, 12, tzinfo=UTC)


async def buyer(side: ReadSide, name: str = "sub-1") -> CustomerId:
    customer = side.sign_in(name)
    product = side.catalog.by_slug("mug") or await side.add(product_draft("mug"))
    side.bought.add((customer, product.id))
    return customer


def samples(count: int, *, stars: int = 5, slug: str = "mug") -> list[SampleReview]:
    return [
        SampleReview(slug, stars, f"Title {number}", f"Body {number}", "Ravi K.", NOON + timedelta(hours=number))
        for number in range(count)
    ]


async def test_a_buyers_review_is_shown_at_once_and_counted(reading: ReadSide) -> None:
    await buyer(reading)
    made = await reading.client.post(URL, json=BODY)
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    assert set(made.json()) == {"id", "rating", "title", "body", "author", "verified_purchase", "created_at"}
    assert made.json() | {"id": "", "created_at": ""} == BODY | {
        "id": "",
        "created_at": "",
        "author": "Asha R.",
        "verified_purchase": True,
    }
    reading.sign_out()
    assert (await reading.json(URL))["items"] == [made.json()]
    await reading.catalog.follow()
    assert (await reading.json("/api/products/mug"))["rating"] == {
        "average": 4.0,
        "count": 1,
        "histogram": {"1": 0, "2": 0, "3": 0, "4": 1, "5": 0},
    }
    assert "sub-1" not in (await reading.get(URL)).text


async def test_who_has_not_bought_is_refused(reading: ReadSide) -> None:
    await reading.add(product_draft("mug"))
    assert (await reading.client.post(URL, json=BODY)).status_code == 401
    reading.sign_in("sub-2")
    refused = await reading.client.post(URL, json=BODY)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_purchased")
    assert (await reading.json(URL))["items"] == []


async def test_one_review_a_product_even_when_sent_twice_at_once(reading: ReadSide) -> None:
    await buyer(reading)
    answers = await asyncio.gather(
        *(reading.client.post(URL, json={**BODY, "rating": stars}) for stars in (1, 2, 3, 4, 5))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"already_reviewed"}
    await reading.catalog.follow()
    assert (await reading.json("/api/products/mug"))["rating"]["count"] == 1
    assert len((await reading.json(URL))["items"]) == 1


async def test_a_hidden_or_absent_product_has_no_reviews(reading: ReadSide) -> None:
    await reading.add(product_draft("hidden", status="draft"))
    for slug in ("hidden", "absent"):
        assert (await reading.get(f"/api/products/{slug}/reviews")).status_code == 404
        reading.sign_in("sub-1")
        assert (await reading.client.post(f"/api/products/{slug}/reviews", json=BODY)).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"rating": 0},
        {"rating": 6},
        {"rating": 4.0},
        {"rating": "4"},
        {"rating": True},
        {"title": ""},
        {"title": "   "},
        {"title": "x" * 121},
        {"title": "two\nlines"},
        {"title": "bell\u0007"},
        {"body": ""},
        {"body": "x" * 4001},
        {"body": "nul\u0000"},
        {"status": "approved"},
        {"verified_purchase": True},
        {"author": "Somebody"},
        {"customer_id": "sub-9"},
    ],
)
async def test_other_shapes_are_refused_and_change_nothing(reading: ReadSide, change: dict[str, Any]) -> None:
    await buyer(reading)
    refused = await reading.client.post(URL, json={**BODY, **change})
    assert refused.status_code == 422
    assert len(refused.content) < 1024
    assert (await reading.json(URL))["items"] == []


async def test_hostile_text_is_kept_as_text(reading: ReadSide) -> None:
    await buyer(reading)
    hostile = {"rating": 1, "title": "</script><script>alert(1)</script>", "body": "{{7*7}} ${x} <a href=javascript:1>"}
    assert (await reading.client.post(URL, json=hostile)).status_code == 201
    found = (await reading.json(URL))["items"][0]
    assert (found["title"], found["body"]) == (hostile["title"], hostile["body"])


async def test_pages_are_newest_first_and_hold_each_review_once(reading: ReadSide) -> None:
    await reading.add(product_draft("mug"))
    assert await reading.reviews.load_reviews(samples(25)) == 25
    seen: list[str] = []
    cursor = ""
    for page in range(10):
        with Calls(reading.table) as calls:
            found = await reading.json(f"{URL}?limit=7{cursor}")
        assert calls.total == 1
        seen += [item["title"] for item in found["items"]]
        if page == 1:
            await buyer(reading)
            assert (await reading.client.post(URL, json=BODY)).status_code == 201
        if found["next_cursor"] is None:
            break
        cursor = f"&cursor={found['next_cursor']}"
    assert seen == [f"Title {number}" for number in reversed(range(25))]


async def test_a_first_page_is_read_once_until_the_rating_changes(reading: ReadSide) -> None:
    await reading.add(product_draft("mug"))
    await reading.reviews.load_reviews(samples(3))
    await reading.catalog.follow()
    with Calls(reading.table) as calls:
        first = await reading.get(URL)
        again = await reading.get(URL)
    assert calls.by_action == {"Query": 1}
    assert first.content == again.content
    await buyer(reading)
    await reading.client.post(URL, json=BODY)
    assert (await reading.json(URL))["items"][0]["title"] == "Keeps warm"


async def test_another_process_shows_a_new_review_after_the_feed(reading: ReadSide) -> None:
    await buyer(reading)
    async with read_side(reading.table, reading.settings) as other:
        assert (await other.json(URL))["items"] == []
        assert (await reading.client.post(URL, json=BODY)).status_code == 201
        await other.catalog.follow()
        assert len((await other.json(URL))["items"]) == 1


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=1&limit=2", "sort=oldest", "page=1", "rating=5"])
async def test_unknown_and_out_of_bounds_parameters_are_refused(reading: ReadSide, query: str) -> None:
    await reading.add(product_draft("mug"))
    assert (await reading.get(f"{URL}?{query}")).status_code == 422


async def test_a_cursor_of_another_product_does_not_open(reading: ReadSide) -> None:
    await reading.add(product_draft("mug"))
    await reading.add(product_draft("cup"))
    await reading.reviews.load_reviews([*samples(3), *samples(3, slug="cup")])
    cursor = (await reading.json(f"{URL}?limit=1&sort=newest"))["next_cursor"]
    assert (await reading.get(f"{URL}?limit=2&cursor={cursor}")).status_code == 200
    assert (await reading.get(f"/api/products/cup/reviews?cursor={cursor}")).status_code == 400
    assert (await reading.get(f"{URL}?cursor={cursor}x")).status_code == 400


async def test_loading_twice_changes_nothing(reading: ReadSide) -> None:
    await reading.add(product_draft("mug"))
    rows = [*samples(120), *samples(3, stars=2)]
    assert await reading.reviews.load_reviews(rows) == 123
    await reading.catalog.follow()
    rating = (await reading.json("/api/products/mug"))["rating"]
    assert rating["histogram"] == {"1": 0, "2": 3, "3": 0, "4": 0, "5": 120}
    with Calls(reading.table) as calls:
        assert await reading.reviews.load_reviews(rows) == 0
    assert calls.writes == 0
    with pytest.raises(KeyError):
        await reading.reviews.load_reviews(samples(1, slug="absent"))
