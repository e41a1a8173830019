"""One mail an order, whatever is delivered twice, dies in between, or is refused: on the local AWS and a small SES."""

from __future__ import annotations

import asyncio
import random  # noqa: TID251 - a seeded shuffle
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from tests.conftest import another_table
from tests.modules.notifications.fake_ses import ACCEPT, LOST, SERVER_ERROR, THROTTLE, Answer, FakeSes, refusal
from tests.modules.notifications.orders import PLACED_AT, order

from xpressbuy.aws.mail import Mailer, make_client
from xpressbuy.kit.clock import FixedClock, to_rfc3339
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import Ids, OrderId
from xpressbuy.local.emulator import Emulator
from xpressbuy.notifications.model.delivery import (
    ATTEMPTS_MAX,
    LEASE_FIRST,
    OVERDUE,
    Mail,
    MailState,
    Standing,
    standing,
)
from xpressbuy.notifications.model.letter import ShopFacts
from xpressbuy.notifications.service import OrderMails, Outcome
from xpressbuy.notifications.store import CONFIRMATION, Mails, NotClaimed
from xpressbuy.orders.model import Order
from xpressbuy.orders.store import Orders, order_item, place
from xpressbuy.table import keys
from xpressbuy.table.client import Table
from xpressbuy.table.schema import GSI2PK
from xpressbuy.table.unit import Delete, Put, Unit

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
SHOP = ShopFacts("XpressBuy", "https://shop.test", "", "help@shop.test")


@dataclass
class World:
    """One shop's table, its SES, a clock that is told to move, and as many notifiers as a test wants."""

    table: Table
    ses: FakeSes
    clock: FixedClock
    ids: Ids
    mailer: Mailer

    @property
    def mails(self) -> Mails:
        return Mails(self.table)

    def notifier(self, table: Table | None = None, orders: Orders | None = None) -> OrderMails:
        used = table or self.table
        return OrderMails(
            mails=Mails(used),
            orders=orders or Orders(used),
            mailer=self.mailer,
            shop=SHOP,
            clock=self.clock,
            ids=self.ids,
            pause=_no_pause,
        )

    async def placed(self, **changes: Any) -> Order:
        new = order(**{"id": OrderId(self.ids.new("ord")), "number": self.ids.order_number(), **changes})
        unit = Unit()
        place(unit, new)
        await self.table.commit(unit)
        return new

    async def mail(self, order_id: OrderId) -> Mail:
        mail = await self.mails.find(order_id)
        assert mail is not None
        return mail

    async def item(self, order_id: OrderId) -> dict[str, Any]:
        item = await self.table.get(keys.mail(order_id, CONFIRMATION), consistent=True)
        assert item is not None
        return item


async def _no_pause(_: float) -> None:
    """The tests' clock does not run."""


@pytest.fixture
async def world(table: Table, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    clock = FixedClock(PLACED_AT + timedelta(seconds=1))
    with FakeSes() as ses:
        client = make_client(region="us-east-1", endpoint=ses.url, read_seconds_max=2)
        mailer = Mailer(client, sender_name="XpressBuy", sender="orders@shop.test")
        yield World(table, ses, clock, Ids(clock), mailer)


async def test_a_placed_order_is_confirmed_once(world: World) -> None:
    placed = await world.placed()
    assert await world.notifier().confirm(placed.id) is Outcome.SENT
    sent = world.ses.sent[0]
    assert sent["Destination"] == {"ToAddresses": [placed.contact.email]}
    assert sent["EmailTags"] == [{"Name": "order", "Value": placed.id}]
    assert placed.number in sent["Content"]["Simple"]["Subject"]["Data"]
    mail, item = await world.mail(placed.id), await world.item(placed.id)
    assert (mail.state, mail.message_id, mail.attempts) == (MailState.SENT, "message-1", 1)
    assert GSI2PK not in item
    assert item["sent_at"] == to_rfc3339(world.clock.now())
    assert await world.notifier().confirm(placed.id) is Outcome.ALREADY
    assert len(world.ses.requests) == 1


async def test_every_record_several_times_and_two_at_once_is_still_one_mail(world: World, cloud: Emulator) -> None:
    placed = [await world.placed() for _ in range(40)]
    chance = random.Random(7)
    deliveries = [one.id for one in placed for _ in range(chance.randint(1, 5))]
    chance.shuffle(deliveries)
    async with another_table(cloud.url, world.table.name) as other:
        notifiers = [world.notifier(), world.notifier(other)]
        gate = asyncio.Semaphore(12)

        async def deliver(number: int, order_id: OrderId) -> Outcome:
            async with gate:
                return await notifiers[number % 2].confirm(order_id)

        twice = [*deliveries, *deliveries]
        outcomes = Counter(await asyncio.gather(*(deliver(n, order_id) for n, order_id in enumerate(twice))))
    assert Counter(world.ses.orders()) == Counter(one.id for one in placed)
    assert outcomes[Outcome.SENT] == len(placed)
    assert set(outcomes) <= {Outcome.SENT, Outcome.ALREADY, Outcome.BUSY}
    assert {(await world.mail(one.id)).state for one in placed} == {MailState.SENT}


async def test_a_process_that_dies_between_claim_and_send_delays_the_mail_by_its_lease(world: World) -> None:
    placed = await world.placed()
    await world.mails.claim(placed.id, "nonce of the dead", world.clock.now())
    assert await world.notifier().confirm(placed.id) is Outcome.BUSY
    world.clock.advance(LEASE_FIRST)
    assert await world.notifier().confirm(placed.id) is Outcome.BUSY
    world.clock.advance(timedelta(seconds=1))
    assert await world.notifier().confirm(placed.id) is Outcome.SENT
    assert world.ses.orders() == [placed.id]


async def test_after_a_lost_answer_sess_own_event_saves_from_a_second_mail(world: World) -> None:
    placed = await world.placed()
    world.ses.script.append(LOST)
    assert await world.notifier().confirm(placed.id) is Outcome.UNKNOWN
    assert await world.notifier().confirm(placed.id) is Outcome.BUSY
    await world.mails.note_sent_event(placed.id, "message-1", world.clock.now())
    world.clock.advance(LEASE_FIRST + timedelta(seconds=1))
    assert await world.notifier().confirm(placed.id) is Outcome.ALREADY
    assert (await world.mail(placed.id)).message_id == "message-1"
    assert len(world.ses.sent) == 1


async def test_after_a_lost_answer_without_an_event_there_is_one_more_mail_and_no_third(world: World) -> None:
    placed = await world.placed()
    world.ses.script.append(LOST)
    assert await world.notifier().confirm(placed.id) is Outcome.UNKNOWN
    world.clock.advance(LEASE_FIRST + timedelta(seconds=1))
    notifiers = [world.notifier() for _ in range(4)]
    outcomes = await asyncio.gather(*(notifier.confirm(placed.id) for notifier in notifiers))
    assert Counter(outcomes)[Outcome.SENT] == 1
    assert len(world.ses.sent) == 2


async def test_a_holder_whose_lease_lapsed_changes_nothing_any_more(world: World) -> None:
    placed = await world.placed()
    late = await world.mails.claim(placed.id, "late", world.clock.now())
    world.clock.advance(LEASE_FIRST + timedelta(seconds=1))
    await world.mails.reclaim(late, "second", world.clock.now())
    assert not await world.mails.release(late, "throttled")
    assert not await world.mails.sent(late, "message-0", world.clock.now())
    assert not await world.mails.give_up(late, MailState.INVALID, "rejected", world.clock.now())
    with pytest.raises(NotClaimed):
        await world.mails.reclaim(late, "third", world.clock.now())
    mail = await world.mail(placed.id)
    assert (mail.state, mail.nonce, mail.attempts) == (MailState.SENDING, "second", 2)


async def test_each_step_may_be_repeated_by_whoever_holds_the_claim(world: World) -> None:
    """The answer to any write may be lost; the table then sends it again."""
    placed, now = await world.placed(), world.clock.now()
    first = await world.mails.claim(placed.id, "mine", now)
    again = await world.mails.claim(placed.id, "mine", now)
    assert (again.nonce, again.state) == (first.nonce, MailState.SENDING)
    assert await world.mails.sent(again, "message-1", now)
    assert await world.mails.sent(again, "message-1", now)


@pytest.mark.parametrize("state", list(MailState))
@pytest.mark.parametrize("lease", [None, timedelta(seconds=-1), timedelta(0), timedelta(seconds=1)])
async def test_the_table_claims_exactly_what_the_rule_allows(
    world: World, state: MailState, lease: timedelta | None
) -> None:
    placed, now = await world.placed(), world.clock.now()
    item = {**await world.item(placed.id), "state": state.value, "nonce": "old", "attempts": 1}
    if lease is not None:
        item["lease_until"] = to_rfc3339(now + lease)
    await world.table.write(Put(item))
    allowed = standing(await world.mail(placed.id), now) in (Standing.FREE, Standing.LAPSED)
    outcome = await world.notifier().confirm(placed.id)
    assert (outcome is Outcome.SENT) == allowed
    assert len(world.ses.sent) == allowed


async def test_a_throttled_mail_is_tried_again_at_once_and_is_one_mail(world: World) -> None:
    placed = await world.placed()
    world.ses.script.extend([THROTTLE, THROTTLE])
    assert await world.notifier().confirm(placed.id) is Outcome.SENT
    assert (len(world.ses.requests), len(world.ses.sent)) == (3, 1)


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        (THROTTLE, Outcome.LATER, "throttled"),
        (refusal("TooManyRequestsException", 429, "Daily message quota exceeded."), Outcome.HELD, "quota"),
        (refusal("SendingPausedException"), Outcome.HELD, "sending_paused"),
        (refusal("AccessDeniedException", 403), Outcome.HELD, "misconfigured"),
    ],
)
async def test_a_sure_refusal_that_will_pass_gives_the_claim_back(
    world: World, answer: Answer, outcome: Outcome, reason: str
) -> None:
    placed = await world.placed()
    world.ses.usual = answer
    for _ in range(ATTEMPTS_MAX + 2):
        assert await world.notifier().confirm(placed.id) is outcome
    mail = await world.mail(placed.id)
    # However long it lasts: what was surely not sent never counts as an attempt.
    assert (mail.state, mail.reason, mail.attempts) == (MailState.PENDING, reason, 0)
    world.ses.usual = ACCEPT
    assert await world.notifier().confirm(placed.id) is Outcome.SENT


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (refusal("MessageRejected"), MailState.INVALID, "rejected"),
        (refusal("BadRequestException"), MailState.INVALID, "rejected"),
        (refusal("MessageRejected", message="on the suppression list"), MailState.SUPPRESSED, "suppressed"),
    ],
)
async def test_a_refusal_for_good_is_final_and_says_why(
    world: World, answer: Answer, state: MailState, reason: str
) -> None:
    placed = await world.placed()
    world.ses.usual = answer
    assert await world.notifier().confirm(placed.id) is Outcome.REFUSED
    mail, item = await world.mail(placed.id), await world.item(placed.id)
    assert (mail.state, mail.reason) == (state, reason)
    assert GSI2PK not in item
    assert await world.notifier().confirm(placed.id) is Outcome.ALREADY
    assert len(world.ses.requests) == 1


async def test_an_outcome_that_stays_unknown_ends_after_a_bounded_number_of_tries(world: World) -> None:
    placed = await world.placed()
    world.ses.usual = SERVER_ERROR
    seen: list[Outcome] = []
    for _ in range(60):
        seen.append(await world.notifier().confirm(placed.id))
        world.clock.advance(timedelta(minutes=5))
    assert Counter(seen)[Outcome.UNKNOWN] == len(world.ses.requests) == ATTEMPTS_MAX
    assert seen[-1] is Outcome.ALREADY
    mail = await world.mail(placed.id)
    assert (mail.state, mail.reason) == (MailState.INVALID, "outcome_unknown")


async def test_half_an_hour_without_ses_loses_no_mail(world: World) -> None:
    placed = [await world.placed() for _ in range(3)]
    world.ses.usual = Answer(accepts=False, status=503, code="ServiceUnavailable")
    end = world.clock.now() + timedelta(minutes=30)
    while world.clock.now() < end:
        await world.notifier().sweep()
        world.clock.advance(timedelta(minutes=1))
    world.ses.usual = ACCEPT
    for _ in range(15):
        await world.notifier().sweep()
        world.clock.advance(timedelta(minutes=1))
    assert Counter(world.ses.orders()) == Counter(one.id for one in placed)


@pytest.mark.parametrize("address", ["nobody", "a@b.c\r\nBcc: eve@example.com", "two@at@example.com", ""])
async def test_an_address_that_is_none_never_reaches_ses(world: World, address: str) -> None:
    placed = await world.placed()
    await world.table.write(Put({**await world.item(placed.id), "to": address}))
    assert await world.notifier().confirm(placed.id) is Outcome.REFUSED
    mail = await world.mail(placed.id)
    assert (mail.state, mail.reason) == (MailState.INVALID, "address_invalid")
    assert world.ses.requests == []


async def test_a_mail_without_its_order_or_with_one_that_cannot_be_read_is_final(world: World) -> None:
    absent, damaged = await world.placed(), await world.placed()
    await world.table.write(Delete(keys.order(absent.customer_id, absent.id)))
    await world.table.write(Put({**order_item(damaged), "lines": [{"sku": 7}]}))
    for placed, reason in ((absent, "order_absent"), (damaged, "order_unreadable")):
        assert await world.notifier().confirm(placed.id) is Outcome.REFUSED
        mail = await world.mail(placed.id)
        assert (mail.state, mail.reason) == (MailState.INVALID, reason)
    assert world.ses.requests == []


@pytest.mark.parametrize(
    "damage",
    [
        {"to": 7},
        {"customer_id": None},
        {"created_at": "yesterday"},
        {"attempts": "many", "state": "SENDING", "nonce": "x", "lease_until": "soon"},
        {"state": "GONE"},
        {"order_id": None},
    ],
)
async def test_a_damaged_mail_item_never_raises_and_never_repeats(world: World, damage: dict[str, Any]) -> None:
    placed = await world.placed()
    await world.table.write(Put({**await world.item(placed.id), **damage}))
    outcomes = [await world.notifier().confirm(placed.id) for _ in range(3)]
    assert outcomes[0] in (Outcome.SENT, Outcome.REFUSED, Outcome.ALREADY)
    assert outcomes[1:] == [Outcome.ALREADY] * 2
    assert len(world.ses.sent) <= 1


async def test_there_may_be_no_such_mail_yet(world: World) -> None:
    assert await world.notifier().confirm(OrderId("ord_" + "0" * 26)) is Outcome.MISSING
    assert await world.table.get(keys.mail("ord_" + "0" * 26, CONFIRMATION)) is None


async def test_a_table_that_is_away_for_a_moment_gives_the_claim_back(world: World) -> None:
    placed = await world.placed()
    async with another_table("http://127.0.0.1:9", world.table.name) as nowhere:
        with pytest.raises(Unavailable):
            await world.notifier(orders=Orders(nowhere)).confirm(placed.id)
    assert (await world.mail(placed.id)).state is MailState.PENDING
    assert await world.notifier().confirm(placed.id) is Outcome.SENT


async def test_a_sweep_takes_up_what_is_overdue_and_nothing_else(world: World) -> None:
    now = world.clock.now()
    old = [await world.placed(placed_at=now - OVERDUE - timedelta(minutes=n)) for n in (3, 2, 1)]
    held = await world.placed(placed_at=now - timedelta(hours=1))
    await world.mails.claim(held.id, "somebody", now)
    done = await world.placed(placed_at=now - timedelta(hours=1))
    await world.notifier().confirm(done.id)
    young = await world.placed(placed_at=now - timedelta(minutes=1))
    world.ses.sent.clear()
    assert await world.notifier().sweep() == {Outcome.SENT: 3}
    assert world.ses.orders() == [one.id for one in old]
    assert (await world.mail(young.id)).state is MailState.PENDING
    assert await world.notifier().sweep() == {}


async def test_two_sweeps_at_once_send_each_mail_once(world: World) -> None:
    placed = [await world.placed(placed_at=world.clock.now() - timedelta(hours=1)) for _ in range(12)]
    await asyncio.gather(world.notifier().sweep(), world.notifier().sweep(), world.notifier().sweep())
    assert Counter(world.ses.orders()) == Counter(one.id for one in placed)


async def test_a_sweep_stops_when_ses_takes_nothing(world: World) -> None:
    for _ in range(5):
        await world.placed(placed_at=world.clock.now() - timedelta(hours=1))
    world.ses.usual = refusal("SendingPausedException")
    assert await world.notifier().sweep() == {Outcome.HELD: 1}
    assert len(world.ses.requests) == 1


async def test_a_sweep_gets_past_a_mail_that_makes_the_code_fail(world: World) -> None:
    bad = await world.placed(placed_at=world.clock.now() - timedelta(hours=2))
    good = await world.placed(placed_at=world.clock.now() - timedelta(hours=1))
    # No key may be as long as this one would be.
    await world.table.write(Put({**await world.item(bad.id), "order_id": "x" * 3000}))
    assert await world.notifier().sweep() == {Outcome.SENT: 1}
    assert world.ses.orders() == [good.id]


async def test_a_mail_costs_two_writes_and_one_read(world: World) -> None:
    placed = await world.placed()
    calls: list[str] = []
    world.table.observe(lambda action, _: calls.append(action))
    await world.notifier().confirm(placed.id)
    assert calls == ["UpdateItem", "GetItem", "UpdateItem"]
