"""The door of the stream: which records are orders, which are to be delivered again, and what a bad one does not do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from tests.lambdas import events

from xpressbuy.kit.ids import OrderId
from xpressbuy.lambdas.order_email import deliver
from xpressbuy.notifications.service import Outcome

NOTHING: dict[str, Any] = {"batchItemFailures": []}
IDS = [f"ord_01m822z1pgffjbmng83r10pb{letter}8" for letter in "0123456789"]


class Asked:
    """Notes which orders were to be confirmed, and answers as told."""

    def __init__(self, answer: Callable[[str], Outcome | Exception] = lambda _: Outcome.SENT) -> None:
        self.orders: list[str] = []
        self._answer = answer

    async def confirm(self, order_id: OrderId) -> Outcome:
        self.orders.append(order_id)
        answer = self._answer(order_id)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_an_inserted_order_is_confirmed() -> None:
    asked = Asked()
    assert deliver(json.loads(json.dumps(events.batch(events.ORDER_INSERT))), asked.confirm) == NOTHING
    assert asked.orders == ["ord_01m822z1pgffjbmng83r10pbq8"]


@pytest.mark.parametrize(
    "record",
    [
        events.record("MODIFY"),
        events.record("REMOVE"),
        events.expired(IDS[0]),
        events.record("UPSERT"),
        events.record(""),
        events.record(pk={"S": f"ORDERLOG#{IDS[0]}"}, sk={"S": "evt_01m822z1pgffjbmng83r10pbq8"}),
        events.record(sk={"S": "ORDERITEM#1"}),
        events.record(sk={"S": "ORDERLOCK#1"}),
        events.record(sk={"S": "CART"}),
        events.record(pk={"S": f"MAIL#{IDS[0]}"}, sk={"S": "CONFIRMATION"}),
        events.record(sk={"S": "order#" + IDS[0]}),
        {key: value for key, value in events.record().items() if key != "eventName"},
        {},
    ],
)
def test_anything_else_is_left_alone(record: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    asked = Asked()
    assert deliver(events.batch(record), asked.confirm) == NOTHING
    assert asked.orders == []
    # It is nobody's fault and no alarm.
    assert caplog.records == []


@pytest.mark.parametrize("poison", events.poisons())
@pytest.mark.parametrize("position", range(4))
def test_poison_stops_nobody_and_does_not_come_back(poison: dict[str, Any], position: int) -> None:
    records = [events.order_insert(order_id) for order_id in IDS[:3]]
    records.insert(position, poison)
    asked = Asked()
    assert deliver(events.batch(*records), asked.confirm) == NOTHING
    assert asked.orders == IDS[:3]


def test_three_poisons_in_one_batch() -> None:
    good = [events.order_insert(order_id) for order_id in IDS[:3]]
    bad = events.poisons()[:3]
    asked = Asked()
    assert deliver(events.batch(bad[0], good[0], bad[1], good[1], good[2], bad[2]), asked.confirm) == NOTHING
    assert asked.orders == IDS[:3]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_what_another_delivery_may_settle_comes_back(outcome: Outcome) -> None:
    records = [events.order_insert(order_id) for order_id in IDS[:3]]
    asked = Asked(lambda order_id: outcome if order_id == IDS[1] else Outcome.SENT)
    again = outcome in (Outcome.LATER, Outcome.MISSING)
    expected = [{"itemIdentifier": events.number_of(records[1])}] if again else []
    assert deliver(events.batch(*records), asked.confirm) == {"batchItemFailures": expected}
    assert asked.orders == IDS[:3]


@pytest.mark.parametrize("position", range(3))
def test_a_record_that_raises_is_reported_by_its_number_and_the_others_are_done(position: int) -> None:
    records = [events.order_insert(order_id) for order_id in IDS[:3]]
    asked = Asked(lambda order_id: RuntimeError("away") if order_id == IDS[position] else Outcome.SENT)
    answer = deliver(events.batch(*records), asked.confirm)
    assert answer == {"batchItemFailures": [{"itemIdentifier": events.number_of(records[position])}]}
    assert asked.orders == IDS[:3]


def test_a_batch_of_which_nothing_passes_fails_as_a_whole() -> None:
    records = [events.order_insert(order_id) for order_id in IDS[:3]]
    with pytest.raises(BatchProcessingError):
        deliver(events.batch(*records), Asked(lambda _: Outcome.LATER).confirm)


def test_an_empty_batch_is_done() -> None:
    assert deliver({"Records": []}, Asked().confirm) == NOTHING
