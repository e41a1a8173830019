"""What SES says of a mail afterwards stands on its item, whatever the order, however often, and nothing else does.

The events under `ses/` are written from the fields that SES's Developer Guide documents for EventBridge.
"""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.modules.notifications.fake_ses import LOST, FakeSes, refusal
from tests.modules.notifications.orders import PLACED_AT, order

from xpressbuy.aws.mail import Mailer, make_client
from xpressbuy.kit.clock import FixedClock, from_rfc3339
from xpressbuy.kit.ids import Ids, OrderId
from xpressbuy.lambdas.sweep import MailStuck, sweep
from xpressbuy.notifications.model.delivery import LEASE_FIRST, STUCK, MailState
from xpressbuy.notifications.model.heard import DETAIL_MAX, Fate, Heard, read_event
from xpressbuy.notifications.model.letter import ShopFacts
from xpressbuy.notifications.service import OrderMails, Outcome
from xpressbuy.notifications.store import CONFIRMATION, SEND_EVENT, Mails
from xpressbuy.orders.store import Orders, place
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Unit

SAMPLES = {path.stem: json.loads(path.read_text()) for path in (Path(__file__).parent / "ses").glob("*.json")}
ORDER = OrderId("ord_01m822z1pgffjbmng83r10pbq8")
MESSAGE = "0100019aab3c4d5e-6f708192-a3b4-4c5d-8e9f-001122334455-000000"


def sample(name: str, **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(SAMPLES[name]), **changes}


def heard(name: str) -> Heard:
    event = read_event(SAMPLES[name])
    assert event is not None
    return event


@pytest.mark.parametrize(
    ("name", "fate", "at", "detail"),
    [
        ("sent", Fate.SENT, "2026-11-22T09:00:03Z", ""),
        ("delivered", Fate.DELIVERED, "2026-11-22T09:00:04.120Z", ""),
        ("bounced", Fate.BOUNCED, "2026-11-22T09:00:05.669Z", "Permanent/General"),
        ("suppressed", Fate.BOUNCED, "2026-11-22T09:00:03.000Z", "Permanent/OnAccountSuppressionList"),
        ("complained", Fate.COMPLAINED, "2026-11-22T11:30:09.000Z", "abuse"),
        ("rejected", Fate.REJECTED, "2026-11-22T09:00:04Z", "Bad content"),
    ],
)
def test_each_kind_is_read_by_its_documented_fields(name: str, fate: Fate, at: str, detail: str) -> None:
    assert heard(name) == Heard(ORDER, fate, MESSAGE, from_rfc3339(at), detail)


@pytest.mark.parametrize(
    "event",
    [
        {},
        sample("delayed"),
        sample("sent", source="aws.s3"),
        sample("sent", **{"detail-type": "Sending Status Disabled"}),
        sample("sent", **{"detail-type": ["Email Sent"]}),
    ],
)
def test_an_event_of_another_kind_is_none(event: Mapping[str, Any]) -> None:
    assert read_event(event) is None


@pytest.mark.parametrize("tags", [None, {}, {"ses:operation": ["SendEmail"]}, "order"])
def test_a_mail_without_an_order_is_not_ours(tags: Any) -> None:
    event = sample("bounced")
    event["detail"]["mail"]["tags"] = tags
    assert read_event(event) is None


@pytest.mark.parametrize("name", ["sent", "delivered", "bounced", "complained", "rejected"])
@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("detail",), None),
        (("detail", "mail"), "text"),
        (("detail", "mail", "messageId"), None),
        (("detail", "mail", "messageId"), ""),
        (("detail", "mail", "messageId"), "x" * 129),
        (("detail", "mail", "tags", "order"), "ord_01m822z1pgffjbmng83r10pbq8"),
        (("detail", "mail", "tags", "order"), []),
        (("detail", "mail", "tags", "order"), [ORDER, ORDER]),
        (("detail", "mail", "tags", "order"), [7]),
        (("detail", "mail", "tags", "order"), ["ord_01m822z1pgffjbmng83r10pbq8#X"]),
        (("detail", "mail", "tags", "order"), ["prd_01m822z1pgffjbmng83r10pbq8"]),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, place: tuple[str, ...], value: Any) -> None:
    event: dict[str, Any] = sample(name)
    inner = event
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = value
    with pytest.raises(ValueError, match=r"."):
        read_event(event)


@pytest.mark.parametrize("at", [None, "", 7, "soon", "2026-11-22", "2026-11-22T09:00:00"])
def test_a_time_that_is_none_is_refused(at: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_event(sample("sent", time=at))


def test_ses_own_words_are_cut() -> None:
    event = sample("rejected")
    event["detail"]["reject"] = {"reason": "x" * 100_000}
    read = read_event(event)
    assert read is not None
    assert len(read.detail) == DETAIL_MAX


class World:
    """A table, a SES that is told what to answer, and a clock that stands."""

    def __init__(self, table: Table, ses: FakeSes) -> None:
        self.table = table
        self.ses = ses
        self.clock = FixedClock(PLACED_AT + timedelta(seconds=1))
        self.ids = Ids(self.clock)
        self.mails = Mails(table)
        client = make_client(region="us-east-1", endpoint=ses.url, read_seconds_max=2)
        self.service = OrderMails(
            mails=self.mails,
            orders=Orders(table),
            mailer=Mailer(client, sender_name="XpressBuy", sender="orders@shop.test"),
            shop=ShopFacts("XpressBuy", "https://shop.test", "", "help@shop.test"),
            clock=self.clock,
            ids=self.ids,
        )

    async def placed(self, order_id: OrderId = ORDER) -> None:
        unit = Unit()
        place(unit, order(id=order_id, number=self.ids.order_number(), placed_at=PLACED_AT))
        await self.table.commit(unit)

    async def item(self, kind: str = CONFIRMATION) -> dict[str, Any] | None:
        return await self.table.get(keys.mail(ORDER, kind), consistent=True)


@pytest.fixture
async def world(table: Table, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    with FakeSes() as ses:
        yield World(table, ses)


@pytest.mark.anyio
@pytest.mark.cloud
@pytest.mark.parametrize("name", ["sent", "delivered", "bounced", "complained", "rejected"])
async def test_any_event_keeps_a_lost_answer_from_becoming_a_second_mail(world: World, name: str) -> None:
    await world.placed()
    world.ses.script.append(LOST)
    assert await world.service.confirm(ORDER) is Outcome.UNKNOWN
    assert await world.service.hear(heard(name))
    world.clock.advance(LEASE_FIRST + timedelta(seconds=1))
    assert await world.service.confirm(ORDER) is Outcome.ALREADY
    mail = await world.mails.find(ORDER)
    assert mail is not None
    assert (mail.state, mail.message_id) == (MailState.SENT, MESSAGE)
    assert len(world.ses.sent) == 1


@pytest.mark.anyio
@pytest.mark.cloud
async def test_events_in_any_order_and_repeated_leave_the_same_marks(world: World) -> None:
    # The suppressed one is an earlier bounce than the other: the earliest of a kind stays.
    names = ["delivered", "bounced", "suppressed", "complained"]
    await world.placed()
    before = await world.item() or {}
    seen = set()
    for names_in_turn in itertools.permutations(names):
        await world.table.put_many([before])
        for name in (*names_in_turn, *reversed(names_in_turn)):
            assert await world.service.hear(heard(name))
        item = await world.item() or {}
        seen.add(json.dumps({key: value for key, value in item.items() if key not in before}, sort_keys=True))
    assert [json.loads(marks) for marks in seen] == [
        {
            "delivered_at": "2026-11-22T09:00:04.120Z",
            "bounced_at": "2026-11-22T09:00:03.000Z",
            "bounced_because": "Permanent/OnAccountSuppressionList",
            "complained_at": "2026-11-22T11:30:09.000Z",
            "complained_because": "abuse",
        }
    ]
    mail = await world.mails.find(ORDER)
    assert mail is not None
    assert set(mail.fates) == {Fate.DELIVERED, Fate.BOUNCED, Fate.COMPLAINED}


@pytest.mark.anyio
@pytest.mark.cloud
async def test_a_mark_before_the_mail_is_noted_as_sent_survives(world: World) -> None:
    await world.placed()
    claimed = await world.mails.claim(ORDER, "mine", world.clock.now())
    assert await world.service.hear(heard("bounced"))
    assert await world.mails.sent(claimed, MESSAGE, world.clock.now())
    mail = await world.mails.find(ORDER)
    assert mail is not None
    assert mail.state is MailState.SENT
    assert set(mail.fates) == {Fate.SENT, Fate.BOUNCED}


@pytest.mark.anyio
@pytest.mark.cloud
@pytest.mark.parametrize("name", ["sent", "delivered", "bounced", "complained", "rejected"])
async def test_an_order_that_is_not_there_is_not_made(world: World, name: str) -> None:
    assert not await world.service.hear(heard(name))
    assert await world.item() is None
    assert await world.item(SEND_EVENT) is None


@pytest.mark.anyio
@pytest.mark.cloud
async def test_what_an_event_costs(world: World) -> None:
    await world.placed()
    calls: list[str] = []
    world.table.observe(lambda action, _: calls.append(action))
    await world.service.hear(heard("sent"))
    await world.service.hear(heard("bounced"))
    assert calls == ["GetItem", "PutItem", "UpdateItem", "PutItem"]


@pytest.mark.anyio
@pytest.mark.cloud
async def test_the_sweep_fails_after_its_work_while_a_mail_is_open_for_too_long(world: World) -> None:
    other = OrderId("ord_01m822z1pgffjbmng83r10pbq9")
    await world.placed()
    await world.placed(other)
    world.clock.advance(STUCK - timedelta(seconds=2))
    world.ses.script.append(refusal("SendingPausedException"))
    assert await sweep(world.service) == {"held": 1}
    world.clock.advance(timedelta(seconds=2))
    world.ses.script.extend([LOST])
    # The first one's outcome is unknown, the second one is sent all the same.
    with pytest.raises(MailStuck, match=f"{ORDER} is open since .* sending_paused"):
        await sweep(world.service)
    assert world.ses.orders() == [ORDER, other]
    world.clock.advance(LEASE_FIRST + timedelta(seconds=1))
    assert await sweep(world.service) == {"sent": 1}
    assert await sweep(world.service) == {}
