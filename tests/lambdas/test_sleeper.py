"""A shop that sleeps between requests: how it opens, what opening costs, and what it knows when it wakes."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.lambdas.web_function import ORIGIN_SECRET, Browser, event, read
from tests.modules.catalog.samples import draft
from tests.whole import make_resources

from xpressbuy.catalog.service.keeper import SAVE_EVERY, SAVE_LATE
from xpressbuy.catalog.store.snapshot import KEY
from xpressbuy.kit.clock import FixedClock, SystemClock
from xpressbuy.kit.ids import Sku
from xpressbuy.lambdas.sleeper import IDLE_MAX, Sleeper
from xpressbuy.local.emulator import Emulator
from xpressbuy.local.stack import client, create_bare_table
from xpressbuy.settings import Settings
from xpressbuy.wiring import Shop, build

pytestmark = pytest.mark.cloud
TEE = Sku("PLAIN-TEE-S0")
SCHEDULED = {"source": "aws.events", "detail-type": "Scheduled Event"}


@pytest.fixture
def settings(cloud: Emulator, tmp_path: Path) -> Settings:
    """A shop with one product, as a function finds it."""
    found = make_resources(cloud.url, tmp_path).model_copy(
        update={"snapshot": "on", "origin_secret": Settings(origin_secret=ORIGIN_SECRET).origin_secret}
    )
    edit(found, lambda shop: shop.editor.create(draft(), actor="test"))
    return found


def edit(settings: Settings, change: Callable[[Shop], Any], clock: FixedClock | None = None) -> None:
    """A change by another process."""

    async def run() -> None:
        shop = build(settings, clock=clock)
        try:
            await change(shop)
        finally:
            await shop.transport.close()

    asyncio.run(run())


@contextmanager
def sleeping(settings: Settings, clock: FixedClock | None = None) -> Iterator[Sleeper]:
    sleeper = Sleeper(lambda: settings, clock)
    try:
        yield sleeper
    finally:
        sleeper.close()


def browser(sleeper: Sleeper) -> Browser:
    return Browser(lambda sent: sleeper.answer(sent, None))


class Counting:
    """Counts what goes to the table of the open shop."""

    def __init__(self, sleeper: Sleeper) -> None:
        assert sleeper._open is not None
        self.calls: Counter[str] = Counter()
        sleeper._open.shop.table.observe(lambda action, _: self.calls.update([action]))


def snapshot_exists(settings: Settings) -> bool:
    listed = client("s3", str(settings.aws_endpoint_url)).list_objects_v2(Bucket=settings.images_bucket)
    return KEY in {found["Key"] for found in listed.get("Contents", ())}


def test_a_first_start_leaves_a_snapshot_and_the_next_one_uses_it(settings: Settings) -> None:
    with sleeping(settings) as first:
        assert first.try_open()
    assert snapshot_exists(settings)
    with sleeping(settings) as second:
        page = browser(second).get("/p/plain-tee")
        assert (page.status, b"Plain tee" in page.body) == (200, True)
        assert threading.active_count() < 20


def test_what_another_process_changed_is_seen_by_the_next_request(settings: Settings) -> None:
    clock = FixedClock(SystemClock().now())
    with sleeping(settings, clock) as sleeper:
        assert browser(sleeper).get("/p/new-mug").status == 404
        edit(settings, lambda shop: shop.editor.create(draft("new-mug"), actor="test"), clock)
        edit(settings, lambda shop: shop.editor.set_stock(TEE, actor="test", reason="gone", available=0), clock)
        clock.advance(timedelta(hours=3))
        assert browser(sleeper).get("/p/new-mug").status == 200
        shown = {item["slug"]: item for item in browser(sleeper).get("/api/products").json()["items"]}
        assert set(shown) == {"plain-tee", "new-mug"}


def test_nothing_runs_while_it_sleeps(settings: Settings) -> None:
    with sleeping(settings) as sleeper:
        assert browser(sleeper).get("/").status == 200
        assert asyncio.all_tasks(sleeper._loop) == set()


def test_a_page_costs_one_query_of_the_feed_and_only_if_that_is_due(settings: Settings) -> None:
    clock = FixedClock(SystemClock().now() + timedelta(minutes=1))
    with sleeping(settings, clock) as sleeper:
        browser(sleeper).get("/")
        counted = Counting(sleeper)
        for _ in range(3):
            assert browser(sleeper).get("/").status == 200
        assert dict(counted.calls) == {}
        clock.advance(timedelta(seconds=2))
        for _ in range(3):
            assert browser(sleeper).get("/").status == 200
        assert dict(counted.calls) == {"Query": 1}


def test_connections_are_made_anew_after_a_long_sleep(settings: Settings) -> None:
    clock = FixedClock(SystemClock().now())
    with sleeping(settings, clock) as sleeper:
        browser(sleeper).get("/api/products/plain-tee")
        assert sleeper._open is not None
        before = sleeper._open.shop.transport._session
        clock.advance(IDLE_MAX)
        assert browser(sleeper).get("/api/products/plain-tee").status == 200
        assert before is not None
        assert before.closed


def test_a_start_that_failed_is_tried_again(cloud: Emulator, settings: Settings) -> None:
    """The table is not there yet; a fault like that must not stay for as long as the environment lives."""
    later = settings.model_copy(update={"table_name": f"later-{secrets.token_hex(4)}"})
    with sleeping(later) as sleeper:
        assert not sleeper.try_open()
        refused = browser(sleeper).get("/")
        assert (refused.status, refused.json()["code"]) == (503, "not_ready")
        assert refused.headers["retry-after"]
        assert refused.headers["cache-control"] == "no-store"
        assert sleeper.answer(SCHEDULED, None) == {"open": False}
        create_bare_table(cloud.url, later.table_name)
        assert browser(sleeper).get("/").status == 200


def test_settings_that_cannot_be_read_are_read_again(settings: Settings) -> None:
    attempts: Iterator[Settings | Exception] = iter([ValueError("no keys"), settings])

    def read_settings() -> Settings:
        found = next(attempts)
        if isinstance(found, Exception):
            raise found
        return found

    sleeper = Sleeper(read_settings)
    try:
        assert not sleeper.try_open()
        assert browser(sleeper).get("/").status == 200
    finally:
        sleeper.close()


def test_with_the_table_away_pages_are_shown_from_memory(cloud: Emulator, settings: Settings) -> None:
    clock = FixedClock(SystemClock().now())
    short = settings.model_copy(update={"dynamodb_seconds_max": 0.2})
    with sleeping(short, clock) as sleeper:
        assert browser(sleeper).get("/").status == 200
        client("dynamodb", cloud.url).delete_table(TableName=short.table_name)
        clock.advance(timedelta(minutes=5))
        assert browser(sleeper).get("/c/nothing").status == 404
        assert b"Plain tee" in browser(sleeper).get("/").body


def test_the_schedule_writes_the_snapshot_so_that_no_visitor_waits(settings: Settings) -> None:
    clock = FixedClock(SystemClock().now() + timedelta(minutes=1))
    with sleeping(settings, clock) as sleeper:
        assert sleeper.answer(SCHEDULED, None) == {"open": True, "saved": False}
        edit(settings, lambda shop: shop.editor.create(draft("new-mug"), actor="test"), clock)
        clock.advance(SAVE_EVERY)
        assert browser(sleeper).get("/p/new-mug").status == 200
        assert sleeper.answer(SCHEDULED, None) == {"open": True, "saved": True}
        assert sleeper.answer(SCHEDULED, None) == {"open": True, "saved": False}


def test_without_a_schedule_a_request_writes_it_once_an_hour(settings: Settings) -> None:
    clock = FixedClock(SystemClock().now() + timedelta(minutes=1))
    with sleeping(settings, clock) as sleeper:
        sleeper.try_open()
        client("s3", str(settings.aws_endpoint_url)).delete_object(Bucket=settings.images_bucket, Key=KEY)
        edit(settings, lambda shop: shop.editor.create(draft("new-mug"), actor="test"), clock)
        clock.advance(SAVE_LATE - timedelta(minutes=1))
        browser(sleeper).get("/")
        assert not snapshot_exists(settings)
        clock.advance(timedelta(minutes=1))
        browser(sleeper).get("/")
        assert snapshot_exists(settings)


def test_the_door_itself_answers_before_the_shop_can_open() -> None:
    """Imported without any settings: the start fails, the handler does not."""
    sleeper = Sleeper(lambda: Settings(cookie_keys=()))
    try:
        answer = read(sleeper.answer(event("GET", "/"), None))
    finally:
        sleeper.close()
    assert answer.status == 503
