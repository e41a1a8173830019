"""The real zip behind the mapping as it is deployed, with AWS's rules played: what a bad batch does to real orders."""

from __future__ import annotations

import json
import random  # noqa: TID251 - a seeded shuffle
import subprocess
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from anyio import to_thread
from tests.lambdas import events
from tests.lambdas.order_mapping import AS_DEPLOYED, UNFILTERED
from tests.lambdas.stream_mapping import Rules, StreamMapping
from tests.modules.notifications.fake_ses import ACCEPT, LOST, Answer, FakeSes, refusal
from tests.modules.notifications.orders import order

from xpressbuy.cloud.bundle import HANDLER, SWEEP_HANDLER, build_lambda_zip
from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.ids import Ids, OrderId
from xpressbuy.local.emulator import ACCESS_KEY, ENVIRONMENT, REGION, SECRET_KEY, Emulator
from xpressbuy.notifications.model.delivery import OVERDUE, MailState
from xpressbuy.notifications.store import Mails
from xpressbuy.orders.store import place
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Unit

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
ANSWER_SECONDS_MAX = 30
PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
from importlib import import_module
doors = {name: import_module(name.rpartition(".")[0]).handler for name in sys.argv[2:]}
context = type("Context", (), dict.fromkeys(
    ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id"), "1"))()
for line in sys.stdin:
    name, event = json.loads(line)
    try:
        said = {"answer": doors[name](event, context)}
    except Exception as error:
        said = {"error": f"{type(error).__name__}: {error}"[:500]}
    print("said " + json.dumps(said), flush=True)
"""


THROTTLE = refusal("TooManyRequestsException", 429, "Maximum sending rate exceeded.")


@dataclass
class SesByOrder(FakeSes):
    """A SES with a script for each order, since the records of a batch are handled side by side."""

    scripts: dict[str, list[Answer]] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def take(self, request: dict[str, Any]) -> tuple[Answer, str]:
        with self._turn:
            script = self.scripts.get(request["EmailTags"][0]["Value"])
            if script:
                self.script.append(script.pop(0))
            return super().take(request)


class FunctionError(Exception):
    """What Lambda says of a handler that raised."""


@dataclass
class Function:
    """The handlers of the zip in a process of their own, as in one execution environment."""

    process: subprocess.Popen[str]

    def invoke(self, event: Mapping[str, Any], handler: str = HANDLER) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([handler, event]) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("said "):
                said = json.loads(line.removeprefix("said "))
                if "error" in said:
                    raise FunctionError(said["error"])
                return said["answer"]
        raise AssertionError("the process has ended")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("function")
    code = build_lambda_zip(folder / "order-mail.zip", platform="local")
    with zipfile.ZipFile(code) as archive:
        archive.extractall(folder / "code")
    return folder / "code"


@pytest.fixture
def ses() -> Iterator[SesByOrder]:
    with SesByOrder() as fake:
        yield fake


@pytest.fixture
def function(cloud: Emulator, table_name: str, ses: SesByOrder, unpacked: Path) -> Iterator[Function]:
    environment = {
        # By it the batch processor knows that its event loop is to live on.
        "LAMBDA_TASK_ROOT": str(unpacked),
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_ENDPOINT_URL": ses.url,
        "AWS_ENDPOINT_URL_DYNAMODB": cloud.url,
        "XPRESSBUY_PUBLIC_URL": "https://shop.test",
        "XPRESSBUY_TABLE_NAME": table_name,
    }
    command = [str(ENVIRONMENT / "bin" / "python"), "-c", PROGRAM, str(unpacked), HANDLER, SWEEP_HANDLER]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        yield Function(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(ANSWER_SECONDS_MAX)


@dataclass
class World:
    table: Table
    ids: Ids
    ses: SesByOrder
    function: Function
    errors: list[str] = field(default_factory=list)

    async def placed(self, count: int, **ago: float) -> list[OrderId]:
        placed = []
        for _ in range(count):
            order_id = OrderId(self.ids.new("ord"))
            unit = Unit()
            placed_at = SystemClock().now() - timedelta(**ago)
            place(unit, order(id=order_id, number=self.ids.order_number(), placed_at=placed_at))
            await self.table.commit(unit)
            placed.append(order_id)
        return placed

    def _invoke(self, event: Mapping[str, Any]) -> Any:
        try:
            return self.function.invoke(event)
        except FunctionError as error:
            self.errors.append(str(error))
            raise

    async def read(self, shard: list[dict[str, Any]], rules: Rules = AS_DEPLOYED) -> StreamMapping:
        mapping = StreamMapping(self._invoke, rules)
        await to_thread.run_sync(mapping.run, shard)
        return mapping


@pytest.fixture
def world(table: Table, ids: Ids, ses: SesByOrder, function: Function) -> World:
    return World(table, ids, ses, function)


async def test_good_orders_are_confirmed_once_however_often_the_shard_is_read(world: World) -> None:
    placed = await world.placed(23)
    shard = [events.order_insert(order_id) for order_id in placed]
    noise = [events.record("MODIFY"), events.record(sk={"S": "CART"}), events.expired(placed[0])]
    mapping = await world.read([*noise, *shard, *noise])
    assert world.errors == []
    assert (mapping.invocations, mapping.destination) == (3, [])
    # From the horizon, as a mapping that was made anew reads it.
    again = await world.read(shard)
    assert (again.invocations, again.destination) == (3, [])
    assert Counter(world.ses.orders()) == Counter(placed)


@pytest.mark.parametrize("position", [0, 4, 9])
async def test_an_order_that_is_not_there_is_told_to_the_queue_and_holds_up_nobody(world: World, position: int) -> None:
    placed = await world.placed(14)
    shard = [events.order_insert(order_id) for order_id in placed]
    absent = events.order_insert("ord_" + "0" * 26)
    shard.insert(position, absent)
    mapping = await world.read(shard)
    assert Counter(world.ses.orders()) == Counter(placed)
    # What came after it in its batch is given up beside it, and was confirmed long before.
    assert mapping.given_up() == [[events.number_of(record) for record in shard[position:10]]]
    message = mapping.destination[0].message
    assert message is not None
    assert message["DDBStreamBatchInfo"]["startSequenceNumber"] == events.number_of(absent)


async def test_poison_that_no_filter_keeps_out_stops_nobody(world: World) -> None:
    placed = await world.placed(12)
    shard = [events.order_insert(order_id) for order_id in placed]
    chance = random.Random(11)
    for poison in events.poisons():
        shard.insert(chance.randrange(len(shard)), poison)
    mapping = await world.read(shard, UNFILTERED)
    assert Counter(world.ses.orders()) == Counter(placed)
    assert mapping.destination == []


async def test_a_throttled_order_is_delivered_again_from_its_place_on(world: World) -> None:
    placed = await world.placed(6)
    shard = [events.order_insert(order_id) for order_id in placed]
    # Both tries after the first one are throttled too: the record is handed back.
    world.ses.scripts[placed[2]] = [THROTTLE] * 3
    mapping = await world.read(shard)
    assert Counter(world.ses.orders()) == Counter(placed)
    assert (mapping.invocations, mapping.destination) == (2, [])


async def test_a_batch_of_which_nothing_passes_is_an_error_and_bisected_and_the_sweep_ends_it(world: World) -> None:
    placed = await world.placed(2, minutes=OVERDUE.total_seconds() / 60 + 1)
    shard = [events.order_insert(order_id) for order_id in placed]
    world.ses.usual = THROTTLE
    few = replace(AS_DEPLOYED, retries_max=0)
    mapping = await world.read(shard, few)
    assert mapping.given_up() == [[events.number_of(record)] for record in shard]
    assert world.ses.orders() == []
    world.ses.usual = ACCEPT
    assert await to_thread.run_sync(world.function.invoke, {}, SWEEP_HANDLER) == {"sent": 2}
    assert Counter(world.ses.orders()) == Counter(placed)


async def test_a_lost_answer_is_not_sent_a_second_time_by_a_second_delivery(world: World) -> None:
    placed = await world.placed(3)
    shard = [events.order_insert(order_id) for order_id in placed]
    world.ses.scripts[placed[1]] = [LOST]
    first = await world.read(shard)
    second = await world.read(shard)
    assert (first.destination, second.destination) == ([], [])
    assert Counter(world.ses.orders()) == Counter(placed)
    mail = await Mails(world.table).find(placed[1])
    assert mail is not None
    # Its claim stands until SES's own event, or the sweep after it, has the last word.
    assert mail.state is MailState.SENDING
