"""The real zip as a Lambda of the local AWS, behind the real stream mapping: an order goes in, one mail comes out."""

from __future__ import annotations

import asyncio
import json
import subprocess
import zipfile
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import another_table
from tests.lambdas import events
from tests.modules.notifications.orders import order

from xpressbuy.cloud.bundle import HANDLER, MAIL_EVENTS_HANDLER, SWEEP_HANDLER, build_lambda_zip
from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.ids import Ids, OrderId
from xpressbuy.local.emulator import ENVIRONMENT, Emulator
from xpressbuy.local.mailbox import Sent, read_mailbox
from xpressbuy.local.stack import Stack, client, ensure_stack
from xpressbuy.notifications.model.delivery import MailState
from xpressbuy.notifications.model.heard import Fate
from xpressbuy.notifications.store import Mails
from xpressbuy.orders.model import Order, OrderState, move
from xpressbuy.orders.store import order_item, place
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.schema import PK, SK
from xpressbuy.table.unit import Delete, Put, Unit

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
SECONDS_MAX = 5.0
"""From the order to its mail, by a function that has started."""
QUIET_SECONDS = 1.0
LOOK_SECONDS = 0.05
ZIP_BYTES_MAX = 16_000_000
MODULES_MAX = 850
"""Loaded at a cold start, Python's own included: 734 take 0.6 s. The count is the same on a busy machine."""


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_lambda_zip(tmp_path_factory.mktemp("bundle") / "order-mail.zip", platform="local")


@pytest.fixture(scope="module")
def stack(cloud: Emulator, code: Path) -> Stack:
    made = ensure_stack(cloud.url, public_url="https://shop.test", code=code, shop_name="mail-test")
    assert _invoke(cloud.url, made.outputs["OrderMailFunction"], {"Records": []}) == {"batchItemFailures": []}
    return made


def _invoke(endpoint: str, function: str, event: dict[str, Any]) -> Any:
    answer = client("lambda", endpoint).invoke(FunctionName=function, Payload=json.dumps(event))
    return json.loads(answer["Payload"].read())


@dataclass
class Shop:
    endpoint: str
    stack: Stack
    table: Table
    ids: Ids

    async def place(self, count: int = 1) -> list[Order]:
        placed = []
        for _ in range(count):
            new = order(id=OrderId(self.ids.new("ord")), number=self.ids.order_number(), placed_at=SystemClock().now())
            unit = Unit()
            place(unit, new)
            await self.table.commit(unit)
            placed.append(new)
        return placed

    async def mails_of(self, placed: list[Order]) -> list[Sent]:
        numbers = [one.number for one in placed]
        sent = await read_mailbox(self.endpoint)
        return [mail for mail in sent if any(number in mail.subject for number in numbers)]

    async def wait_for(self, placed: list[Order]) -> list[Sent]:
        """Their mails, as soon as there is one for each, or when the time is over."""
        for _ in range(int(SECONDS_MAX / LOOK_SECONDS)):
            if len(await self.mails_of(placed)) >= len(placed):
                break
            await asyncio.sleep(LOOK_SECONDS)
        return await self.mails_of(placed)

    def invoke(self, event: dict[str, Any]) -> Any:
        return _invoke(self.endpoint, self.stack.outputs["OrderMailFunction"], event)


@pytest.fixture
async def shop(cloud: Emulator, stack: Stack, ids: Ids) -> AsyncIterator[Shop]:
    async with another_table(cloud.url, stack.outputs["TableName"]) as table:
        yield Shop(cloud.url, stack, table, ids)


async def test_a_placed_order_brings_one_mail_within_five_seconds(shop: Shop) -> None:
    placed = await shop.place()
    mails = await shop.wait_for(placed)
    assert [(mail.to, mail.kind) for mail in mails] == [(placed[0].contact.email, "confirmation")]
    assert placed[0].totals.total.amount == 10300
    for twin in (mails[0].text, mails[0].html):
        assert placed[0].number in twin
        assert "$103.00" in twin
        assert f"https://shop.test/orders/{placed[0].id}" in twin
    await asyncio.sleep(QUIET_SECONDS)
    assert len(await shop.mails_of(placed)) == 1
    mail = await Mails(shop.table).find(placed[0].id)
    assert mail is not None
    assert mail.state is MailState.SENT


async def test_ten_orders_at_once_bring_ten_mails(shop: Shop) -> None:
    placed = await shop.place(10)
    await shop.wait_for(placed)
    await asyncio.sleep(QUIET_SECONDS)
    subjects = Counter(mail.subject.split()[3] for mail in await shop.mails_of(placed))
    assert subjects == Counter(one.number for one in placed)


async def test_what_happens_to_an_order_later_brings_no_mail(shop: Shop) -> None:
    placed = (await shop.place())[0]
    await shop.wait_for([placed])
    shipped = move(placed, OrderState.SHIPPED, SystemClock().now())
    await shop.table.write(Put(order_item(shipped)))
    await shop.table.write(Delete(keys.order(placed.customer_id, placed.id)))
    entry = keys.order_log(placed.id, "evt_1")
    await shop.table.write(Put({PK: entry.pk, SK: entry.sk, "note": placed.number}))
    # A table that is restored inserts its orders once more.
    await shop.table.write(Put(order_item(replace(placed, version=2))))
    await asyncio.sleep(QUIET_SECONDS)
    assert len(await shop.mails_of([placed])) == 1


async def test_the_function_answers_as_its_mapping_reads_it(shop: Shop) -> None:
    placed = await shop.place(2)
    await shop.wait_for(placed)
    absent = events.order_insert("ord_" + "0" * 26)
    known = [events.order_insert(one.id) for one in placed]
    batch = events.batch(known[0], *events.poisons()[:3], absent, known[1])
    expected = {"batchItemFailures": [{"itemIdentifier": events.number_of(absent)}]}
    assert await asyncio.to_thread(shop.invoke, batch) == expected
    assert len(await shop.mails_of(placed)) == 2


async def test_the_sweep_sends_what_no_stream_told(shop: Shop, table: Table, code: Path, tmp_path: Path) -> None:
    """The table of this test has no stream at all."""
    placed_at = SystemClock().now() - timedelta(minutes=6)
    overdue = order(id=OrderId(shop.ids.new("ord")), number=shop.ids.order_number(), placed_at=placed_at)
    unit = Unit()
    place(unit, overdue)
    await table.commit(unit)
    environment = {
        **shop.stack.environment(shop.endpoint, "https://shop.test", ""),
        "XPRESSBUY_TABLE_NAME": table.name,
    }
    program = _door(tmp_path, SWEEP_HANDLER, [{}, {}])
    assert await asyncio.to_thread(_answers, code, tmp_path, program, environment) == [{"sent": 1}, {}]
    assert [overdue.number in mail.subject for mail in await read_mailbox(shop.endpoint)].count(True) == 1


async def test_what_ses_says_is_noted_by_the_zip_and_what_is_not_ours_is_logged(
    shop: Shop, code: Path, tmp_path: Path
) -> None:
    placed = (await shop.place())[0]
    await shop.wait_for([placed])
    samples = Path(__file__).parent / "ses"
    texts = [(samples / f"{name}.json").read_text() for name in ("bounced", "sent", "bounced", "delayed", "rejected")]
    told = [json.loads(text.replace("ord_01m822z1pgffjbmng83r10pbq8", placed.id)) for text in texts]
    told[-1]["detail"]["mail"]["tags"]["order"] = ["../../etc"]
    told.append(json.loads(texts[0].replace("ord_01m822z1pgffjbmng83r10pbq8", "ord_" + "0" * 26)))
    environment = shop.stack.environment(shop.endpoint, "https://shop.test", "")
    program = _door(tmp_path, MAIL_EVENTS_HANDLER, told)
    answers = await asyncio.to_thread(_answers, code, tmp_path, program, environment)
    assert [answer["noted"] for answer in answers] == ["bounced", "sent", "bounced", "nothing", "nothing", "nothing"]
    mail = await Mails(shop.table).find(placed.id)
    assert mail is not None
    assert set(mail.fates) == {Fate.SENT, Fate.BOUNCED}


async def test_the_rule_takes_ses_events_of_this_shop_alone_and_the_function_notes_them(shop: Shop) -> None:
    """Nobody may speak as SES on the bus, the local one included: so the rule is asked, and the function invoked."""
    placed = (await shop.place())[0]
    await shop.wait_for([placed])
    function = await asyncio.to_thread(_function_of, shop, "mail_events")
    told = json.loads((Path(__file__).parent / "ses" / "bounced.json").read_text())
    tags = told["detail"]["mail"]["tags"]
    tags["order"] = [placed.id]
    own = shop.stack.outputs["ConfigurationSet"]
    for configuration_set, taken in ((f"{own}-of-another-shop", False), (own, True)):
        tags["ses:configuration-set"] = [configuration_set]
        assert await asyncio.to_thread(_is_taken, shop.endpoint, function, told) is taken
    assert await asyncio.to_thread(_invoke, shop.endpoint, function, told) == {"noted": "bounced"}
    mail = await Mails(shop.table).find(placed.id)
    assert mail is not None
    assert set(mail.fates) == {Fate.SENT, Fate.BOUNCED}


def _is_taken(endpoint: str, function: str, told: dict[str, Any]) -> bool:
    """Whether the rule that calls a function matches an event."""
    bus = client("events", endpoint)
    (rule,) = bus.list_rule_names_by_target(TargetArn=function)["RuleNames"]
    pattern = bus.describe_rule(Name=rule)["EventPattern"]
    return bool(bus.test_event_pattern(EventPattern=pattern, Event=json.dumps(told))["Result"])


def _function_of(shop: Shop, door: str) -> str:
    """The ARN of this stack's function with a door."""
    prefix = shop.stack.outputs["OrderMailFunction"].removesuffix("-order-mail")
    functions = client("lambda", shop.endpoint).list_functions()["Functions"]
    (found,) = [
        function["FunctionArn"]
        for function in functions
        if function["Handler"] == f"xpressbuy.lambdas.{door}.handler" and function["FunctionName"].startswith(prefix)
    ]
    return str(found)


def _door(folder: Path, handler: str, told: list[dict[str, Any]]) -> str:
    """A program that hands events to a handler of the zip and prints its answers on the last line."""
    return f"""
import json, sys
sys.path.insert(0, {str(folder)!r})
from {handler.rpartition(".")[0]} import handler
context = type("Context", (), dict.fromkeys(
    ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id"), "1"))()
answers = [handler(event, context) for event in json.loads({json.dumps(told)!r})]
print()
print(json.dumps(answers))
"""


def _answers(code: Path, folder: Path, program: str, environment: dict[str, str]) -> Any:
    return json.loads(_run_zip(code, folder, program, environment).splitlines()[-1])


def _run_zip(code: Path, folder: Path, program: str, environment: dict[str, str]) -> str:
    with zipfile.ZipFile(code) as archive:
        archive.extractall(folder)
    python = ENVIRONMENT / "bin" / "python"
    command = [str(python), "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, env=environment)
    return str(done.stdout)


def test_the_zip_is_small_sorted_and_of_no_date_and_is_made_once(code: Path) -> None:
    assert code.stat().st_size < ZIP_BYTES_MAX
    with zipfile.ZipFile(code) as archive:
        entries = archive.infolist()
    # Equal code gives an equal zip, so that the stack sees a change only where there is one.
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    written = code.stat().st_mtime_ns
    build_lambda_zip(code, platform="local")
    assert code.stat().st_mtime_ns == written


def test_the_zip_loads_little_and_holds_nothing_of_the_shop_besides(code: Path, tmp_path: Path) -> None:
    module, _, function = HANDLER.rpartition(".")
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
import {module} as door
print(len(sys.modules), callable(door.{function}), *sorted({{name.split(".")[0] for name in sys.modules}}))
"""
    count, there, *loaded = _run_zip(code, tmp_path, program, {}).split()
    assert int(count) < MODULES_MAX
    assert there == "True"
    assert not {"fastapi", "starlette", "PIL", "granian", "typer", "rich", "nh3", "tantivy"} & set(loaded)
    ours = {path.parts[1] for path in (file.relative_to(tmp_path) for file in tmp_path.glob("xpressbuy/*"))}
    assert not ours & {"asgi.py", "wiring.py", "cli.py", "local", "storefront", "search", "reviews", "checkout", "http"}
