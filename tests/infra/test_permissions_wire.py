"""What the doors really ask of AWS, heard on the wire: nothing that the code did not show, and nearly all of that."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from tests.conftest import ORIGIN, another_table
from tests.infra.permissions.doors import API, MAIL_EVENTS, ORDER_MAIL, SWEEP, WEB, needs
from tests.infra.permissions.needs import Need
from tests.infra.permissions.wire import Recorder
from tests.lambdas import events
from tests.modules.notifications.orders import order
from tests.whole import ADDRESS, ASHA, Whole, lifespan, place_order, stock_shelves, whole_shop

from xpressbuy.asgi import create_app
from xpressbuy.catalog.store.snapshot import KEY as SNAPSHOT_KEY
from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.ids import Ids, OrderId
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator
from xpressbuy.local.stack import client, new_cookie_key
from xpressbuy.orders.store import place
from xpressbuy.settings import Settings
from xpressbuy.table.unit import Unit
from xpressbuy.wiring import build, complete_settings

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
SECRET = "permissions-test"
CONFIGURATION_SET = "permissions-test"
SENDER = "orders@permissions.example"
PROGRAM_SECONDS_MAX = 60
SNAPSHOT_SECONDS_MAX = 10
LOOK_SECONDS = 0.05
SELDOM = {
    WEB: {
        Need("dynamodb:UpdateItem", "table"): "only when it sees a stock marker or a sold count that is wrong",
    },
}
"""What no journey here brings about, and when it happens."""


@pytest.fixture
def recorder(cloud: Emulator) -> Iterator[Recorder]:
    with Recorder(cloud.url) as recorder:
        yield recorder


async def test_a_shopper_from_the_first_page_to_the_review(cloud: Emulator, recorder: Recorder, tmp_path: Path) -> None:
    async with whole_shop(cloud.url, tmp_path) as filled:
        await stock_shelves(filled)
        settings = await asyncio.to_thread(_as_a_task, filled.settings, recorder.url)
        async with AsyncExitStack() as stack:
            api = await _open(stack, settings, "api")
            await _shop(api)
            await _until_snapshot(recorder)
            assert recorder.needs <= needs(API)
            assert needs(API) - recorder.needs == set(SELDOM.get(API, ()))
            assert {"SignUp", "ForgotPassword"} <= recorder.unsigned
        recorder.forget()
        # The next process finds no snapshot either, and has to read the table.
        storage = client("s3", cloud.url)
        await asyncio.to_thread(storage.delete_object, Bucket=settings.images_bucket, Key=SNAPSHOT_KEY)
        async with AsyncExitStack() as stack:
            web = await _open(stack, settings, "web")
            await _browse(web)
            await _until_snapshot(recorder)
            assert recorder.needs <= needs(WEB)
            assert needs(WEB) - recorder.needs == set(SELDOM[WEB])
            # The right to update is given for products alone.
            assert all(key.startswith("PRODUCT#") for key in recorder.updated)


def _as_a_task(settings: Settings, endpoint: str) -> Settings:
    """Settings as a task gets them: it fetches the secrets itself, and takes the recorder for AWS."""
    cookie_keys = json.dumps({"cookie_keys": new_cookie_key()})
    made = client("secretsmanager", str(settings.aws_endpoint_url)).create_secret(Name=SECRET, SecretString=cookie_keys)
    changes = {"cookie_keys": (), "user_pool_client_secret": SecretStr(""), "secret_id": made["ARN"], "snapshot": "on"}
    return settings.model_copy(update={**changes, "aws_endpoint_url": endpoint})


async def _open(stack: AsyncExitStack, settings: Settings, role: str) -> Whole:
    complete = await asyncio.to_thread(complete_settings, settings.model_copy(update={"role": role}))
    shop = build(complete)
    app = create_app(shop)
    await stack.enter_async_context(lifespan(app))
    return Whole(str(settings.aws_endpoint_url), complete, shop, app)


async def _until_snapshot(recorder: Recorder) -> None:
    """A process that has read the whole table writes the snapshot soon after, in the background."""
    for _ in range(int(SNAPSHOT_SECONDS_MAX / LOOK_SECONDS)):
        if any(need.action == "s3:PutObject" for need in recorder.needs):
            return
        await asyncio.sleep(LOOK_SECONDS)


async def _shop(whole: Whole) -> None:
    """Every kind of request that the shop knows, once."""
    async with whole.browser() as guest:
        for path in ("/api/home", "/api/products", "/api/products/plain-tee", "/api/categories", "/api/cart"):
            await _well(guest.get(path))
        sku = (await guest.get("/api/products/plain-tee")).json()["variants"][0]["sku"]
        await _well(guest.put(f"/api/cart/lines/{sku}", json={"quantity": 2}))
        await _well(guest.put(f"/api/cart/lines/{sku}", json={"quantity": 1}))
        await guest.post(
            "/api/auth/sign-up", json={"email": "new@example.com", "password": "harbour-lantern-1", "name": "New"}
        )
        await guest.post("/api/auth/forgot-password", json={"email": ASHA.email})
        await place_order(guest, sku)
    async with await whole.signed_in(ASHA) as asha:
        await _well(asha.get("/api/me"))
        address = (await _well(asha.post("/api/me/addresses", json={**ADDRESS, "is_default": True}))).json()
        await _well(asha.get("/api/me/addresses"))
        await _well(asha.put(f"/api/cart/lines/{sku}", json={"quantity": 1}))
        placed = (await _well(place_order(asha, sku))).json()
        await _well(asha.get("/api/orders"))
        await _well(asha.get(f"/api/orders/{placed['id']}"))
        review = {"rating": 5, "title": "Warm", "text": "Warm and soft, and it arrived in two days."}
        await asha.post("/api/products/plain-tee/reviews", json=review)
        await _well(asha.delete(f"/api/me/addresses/{address['id']}"))
        await _well(asha.delete(f"/api/cart/lines/{sku}"))
        await _well(asha.post("/auth/logout"))


async def _browse(whole: Whole) -> None:
    async with whole.browser(accept="text/html") as guest:
        for path in ("/", "/p/plain-tee", "/c/clothing", "/search?q=tee", "/sitemap.xml"):
            assert (await guest.get(path)).status_code < 500


async def _well(asked: Any) -> httpx.Response:
    answer: httpx.Response = await asked
    assert answer.status_code < 400, f"{answer.request.method} {answer.request.url}: {answer.text}"
    return answer


async def test_an_order_s_mail_from_the_stream_to_ses_s_word(
    cloud: Emulator, recorder: Recorder, table_name: str, ids: Ids
) -> None:
    ses = client("sesv2", cloud.url)
    await asyncio.to_thread(ses.create_configuration_set, ConfigurationSetName=CONFIGURATION_SET)
    await asyncio.to_thread(ses.create_email_identity, EmailIdentity=SENDER)
    fresh = await _placed(cloud, table_name, ids, minutes=0)
    record = events.batch(events.order_insert(fresh))
    assert await _run(recorder, table_name, "order_email", [record]) == [{"batchItemFailures": []}]
    assert recorder.needs == needs(ORDER_MAIL)

    recorder.forget()
    await _placed(cloud, table_name, ids, minutes=6)
    assert await _run(recorder, table_name, "sweep", [{}]) == [{"sent": 1}]
    assert recorder.needs == needs(SWEEP)

    recorder.forget()
    samples = Path(__file__).parents[1] / "lambdas" / "ses"
    told = [
        json.loads((samples / f"{name}.json").read_text().replace("ord_01m822z1pgffjbmng83r10pbq8", fresh))
        for name in ("sent", "bounced")
    ]
    assert await _run(recorder, table_name, "mail_events", told) == [{"noted": "sent"}, {"noted": "bounced"}]
    assert recorder.needs == needs(MAIL_EVENTS)


async def _placed(cloud: Emulator, table_name: str, ids: Ids, *, minutes: int) -> OrderId:
    order_id = OrderId(ids.new("ord"))
    unit = Unit()
    placed_at = SystemClock().now() - timedelta(minutes=minutes)
    place(unit, order(id=order_id, number=ids.order_number(), placed_at=placed_at))
    async with another_table(cloud.url, table_name) as table:
        await table.commit(unit)
    return order_id


async def _run(recorder: Recorder, table_name: str, door: str, told: list[Any]) -> Any:
    """The answers of a door's handler, in a process of its own as Lambda starts it."""
    program = f"""
import json
from xpressbuy.lambdas.{door} import handler
context = type("Context", (), dict.fromkeys(
    ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id"), "1"))()
answers = [handler(event, context) for event in json.loads({json.dumps(told)!r})]
print()
print(json.dumps(answers))
"""
    environment = {
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": recorder.url,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "XPRESSBUY_PUBLIC_URL": ORIGIN,
        "XPRESSBUY_TABLE_NAME": table_name,
        "XPRESSBUY_MAIL_SENDER": SENDER,
        "XPRESSBUY_MAIL_CONFIGURATION_SET": CONFIGURATION_SET,
    }
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS_MAX,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
