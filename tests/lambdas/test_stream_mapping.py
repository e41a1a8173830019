"""The handler behind a mapping that follows AWS's rules: a bad record delays the others by a bounded time."""

from __future__ import annotations

import random  # noqa: TID251 - seeded shuffles
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.lambdas import events
from tests.lambdas.order_mapping import AS_DEPLOYED, UNFILTERED
from tests.lambdas.stream_mapping import StreamMapping

from xpressbuy.kit.ids import OrderId
from xpressbuy.lambdas.order_email import deliver
from xpressbuy.notifications.service import Outcome

DELAY_SECONDS_MAX = 120
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def _order_id(number: int) -> str:
    return "ord_" + "".join(_LETTERS[number >> shift & 31] for shift in range(125, -1, -5))


class Shop:
    """Mails by the service's rules: sent once; some are not there, or not for a while; some deliveries just die."""

    def __init__(self) -> None:
        self.sent_at: dict[str, float] = {}
        self.missing: set[str] = set()
        self.comes_at: dict[str, float] = {}
        self.raises: set[str] = set()
        # Unfiltered, so that whatever is in the stream reaches the handler.
        self.mapping = StreamMapping(self.invoke, UNFILTERED)

    def invoke(self, event: Mapping[str, Any]) -> Mapping[str, Any]:
        return deliver(event, self._confirm)

    async def _confirm(self, order_id: OrderId) -> Outcome:
        if order_id in self.raises:
            raise RuntimeError("away")
        if order_id in self.missing or self.mapping.now < self.comes_at.get(order_id, 0):
            return Outcome.MISSING
        if order_id in self.sent_at:
            return Outcome.ALREADY
        self.sent_at[order_id] = self.mapping.now
        return Outcome.SENT


def _good(count: int) -> list[dict[str, Any]]:
    return [events.order_insert(_order_id(number)) for number in range(count)]


def test_good_records_pass_batch_by_batch() -> None:
    shop, shard = Shop(), _good(35)
    shop.mapping.run(shard)
    assert len(shop.sent_at) == 35
    assert shop.mapping.invocations == 4
    assert shop.mapping.destination == []


@pytest.mark.parametrize("position", range(10))
@pytest.mark.parametrize("kind", ["missing", "raises"])
def test_one_bad_record_at_any_place_delays_the_next_batch_under_two_minutes(position: int, kind: str) -> None:
    shop, shard = Shop(), _good(30)
    getattr(shop, kind).add(_order_id(position))
    shop.mapping.run(shard)
    undelayed = [shop.mapping.invocation_seconds * (number // 10 + 1) for number in range(30)]
    for number in range(30):
        if number != position:
            assert shop.sent_at[_order_id(number)] - undelayed[number] <= DELAY_SECONDS_MAX
    assert shop.mapping.given_up()[0][0] == events.number_of(shard[position])
    # Those that came with it are confirmed although they are given up beside it.
    assert len(shop.sent_at) == 29


@pytest.mark.parametrize("poison", range(len(events.poisons())))
def test_poison_delays_nobody_at_all(poison: int) -> None:
    shop, shard = Shop(), _good(29)
    shard.insert(13, events.poisons()[poison])
    shop.mapping.run(shard)
    assert len(shop.sent_at) == 29
    assert shop.mapping.invocations == 3
    assert shop.mapping.destination == []


def test_a_whole_bad_batch_is_given_up_record_by_record() -> None:
    shop, shard = Shop(), _good(20)
    shop.raises.update(_order_id(number) for number in range(10))
    shop.mapping.run(shard)
    assert Counter(number for batch in shop.mapping.given_up() for number in batch) == Counter(
        events.number_of(record) for record in shard[:10]
    )
    assert len(shop.sent_at) == 10


def test_what_shows_up_late_is_sent_by_a_retry() -> None:
    shop, shard = Shop(), _good(10)
    shop.comes_at[_order_id(4)] = 5.0
    shop.mapping.run(shard)
    assert len(shop.sent_at) == 10
    assert shop.mapping.destination == []


def test_hundreds_of_batches_with_faults_everywhere() -> None:
    chance = random.Random(2026)
    for _ in range(60):
        shop, shard = Shop(), _good(50)
        bad = chance.sample(range(50), chance.randint(0, 3))
        for number in bad:
            chance.choice((shop.missing, shop.raises)).add(_order_id(number))
        late = chance.sample(sorted(set(range(50)) - set(bad)), 3)
        shop.comes_at = {_order_id(number): chance.uniform(0, 20) for number in late}
        for _ in range(chance.randint(0, 3)):
            shard.insert(chance.randrange(len(shard)), chance.choice(events.poisons()))
        shop.mapping.run(shard)
        expected = {_order_id(number) for number in range(50)} - shop.missing - shop.raises
        assert set(shop.sent_at) >= expected - set(shop.comes_at)
        given_up = Counter(number for batch in shop.mapping.given_up() for number in batch)
        assert max(given_up.values(), default=1) == 1
        unsent = expected - set(shop.sent_at)
        # A late one may only be lost to the stream if the destination holds it: the sweep finds it from there on.
        numbers = {events.number_of(record) for record in shard if _is_of(record, unsent)}
        assert numbers <= set(given_up)


def _is_of(record: Mapping[str, Any], order_ids: set[str]) -> bool:
    change = record.get("dynamodb")
    key = change.get("Keys") if isinstance(change, dict) else None
    sk = key.get("SK") if isinstance(key, dict) else None
    return isinstance(sk, dict) and isinstance(sk.get("S"), str) and sk["S"].removeprefix("ORDER#") in order_ids


@pytest.mark.parametrize(
    ("answer", "invocations"),
    [
        (None, 1),
        ({}, 1),
        ({"batchItemFailures": []}, 1),
        ({"batchItemFailures": None}, 1),
        ({"batchItemFailures": [{"itemIdentifier": ""}]}, 6),
        ({"batchItemFailures": [{"itemIdentifier": None}]}, 6),
        ({"batchItemFailures": [{"wrong": "1"}]}, 6),
    ],
)
def test_the_mapping_reads_answers_as_aws_documents_them(answer: Any, invocations: int) -> None:
    mapping = StreamMapping(lambda _: answer, replace(AS_DEPLOYED, bisect=False))
    mapping.run(_good(3))
    assert mapping.invocations == invocations
    assert bool(mapping.destination) == (invocations > 1)


def test_the_mapping_starts_again_at_the_lowest_failure_and_bisects_exceptions() -> None:
    shard, seen = _good(4), list[int]()

    def reports_the_third(event: Mapping[str, Any]) -> Any:
        seen.append(len(event["Records"]))
        failed = shard[2:] if len(seen) == 1 else []
        return {"batchItemFailures": [{"itemIdentifier": events.number_of(record)} for record in reversed(failed)]}

    StreamMapping(reports_the_third, AS_DEPLOYED).run(shard)
    assert seen == [4, 2]
    seen.clear()

    def dies_of_the_second(event: Mapping[str, Any]) -> Any:
        seen.append(len(event["Records"]))
        if shard[1] in event["Records"]:
            raise RuntimeError

    mapping = StreamMapping(dies_of_the_second, replace(AS_DEPLOYED, retries_max=0))
    mapping.run(shard)
    assert seen == [4, 2, 1, 1, 2]
    assert mapping.given_up() == [[events.number_of(shard[1])]]
