"""The mapping that plays AWS's rules, against those rules one by one, with the properties that are deployed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.lambdas import events
from tests.lambdas.order_mapping import AS_DEPLOYED, UNFILTERED, order_mapping
from tests.lambdas.stream_mapping import RETENTION_SECONDS, UNBOUNDED, Rules, StreamMapping

ORDERS = [f"ord_01m822z1pgffjbmng83r10pb{letter}8" for letter in "0123456789"]


def shard(count: int) -> list[dict[str, Any]]:
    return [events.order_insert(order_id) for order_id in ORDERS[:count]]


def test_the_template_says_what_must_be_said() -> None:
    """Without any of these one bad record holds up its shard for a day, or is lost without a word."""
    assert AS_DEPLOYED.reports
    assert AS_DEPLOYED.bisect
    assert AS_DEPLOYED.tells
    assert 1 <= AS_DEPLOYED.retries_max <= 10
    assert 3600 <= AS_DEPLOYED.age_max_seconds <= RETENTION_SECONDS / 2
    assert 1 <= AS_DEPLOYED.batch_size <= 10
    assert order_mapping()["StartingPosition"] == "TRIM_HORIZON"


def test_what_is_not_said_has_awss_defaults_and_what_is_not_played_is_refused() -> None:
    assert Rules.of({}) == Rules(100, UNBOUNDED, UNBOUNDED)
    with pytest.raises(ValueError, match="TumblingWindowInSeconds"):
        Rules.of({**order_mapping(), "TumblingWindowInSeconds": 5})


@pytest.mark.parametrize(
    ("record", "passes"),
    [
        (events.order_insert(ORDERS[0]), True),
        (events.record("MODIFY"), False),
        (events.record("REMOVE"), False),
        (events.expired(ORDERS[0]), False),
        (events.record(sk={"S": "ORDERITEM#1"}), False),
        (events.record(sk={"S": "ORDERLOCK#1"}), False),
        (events.record(sk={"S": "CART"}), False),
        (events.record(sk={"S": "order#x"}), False),
        (events.record(pk={"S": "MAIL#x"}, sk={"S": "CONFIRMATION"}), False),
        (events.record(pk={"S": "ORDERLOG#x"}, sk={"S": "evt_1"}), False),
        (events.record(sk={"N": "7"}), False),
        (events.record(sk={"S": 7}), False),
        ({}, False),
        ({"eventName": "INSERT", "dynamodb": None}, False),
    ],
)
def test_the_filter_lets_placed_orders_through_and_nothing_else(record: Mapping[str, Any], passes: bool) -> None:
    assert AS_DEPLOYED.lets_through(record) is passes


def test_what_is_filtered_out_fills_no_batch_and_costs_no_invocation() -> None:
    seen: list[int] = []
    noise = [events.record("MODIFY") for _ in range(25)]
    mapping = StreamMapping(lambda event: seen.append(len(event["Records"])), AS_DEPLOYED)
    mapping.run([*noise, *shard(10), *noise])
    assert seen == [10]
    mapping.run(noise)
    assert seen == [10]


def test_an_answer_counts_only_if_the_mapping_asks_for_it() -> None:
    records = shard(3)

    def reports(_: Mapping[str, Any]) -> Any:
        return {"batchItemFailures": [{"itemIdentifier": events.number_of(records[0])}]}

    deaf = StreamMapping(reports, replace(AS_DEPLOYED, reports=False))
    deaf.run(records)
    assert (deaf.invocations, deaf.destination) == (1, [])
    listening = StreamMapping(reports, AS_DEPLOYED)
    listening.run(records)
    assert listening.given_up() == [[events.number_of(record) for record in records]]


def test_the_lowest_sequence_number_is_the_checkpoint_whatever_the_order_of_the_answer() -> None:
    records, seen = shard(6), list[list[str]]()

    def reports(event: Mapping[str, Any]) -> Any:
        seen.append([events.number_of(record) for record in event["Records"]])
        failed = [records[4], records[2]] if len(seen) == 1 else []
        return {"batchItemFailures": [{"itemIdentifier": events.number_of(record)} for record in failed]}

    StreamMapping(reports, AS_DEPLOYED).run(records)
    numbers = [events.number_of(record) for record in records]
    # The fourth and sixth are delivered again although nobody reported them.
    assert seen == [numbers, numbers[2:]]


@pytest.mark.parametrize(
    "answer",
    [
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
        {"batchItemFailures": [{"ItemIdentifier": "1"}]},
        {"batchItemFailures": [{}]},
        {"batchItemFailures": ["4421584500000000017450439091"]},
        {"batchItemFailures": [{"itemIdentifier": "1"}]},
    ],
)
def test_a_malformed_answer_fails_the_whole_batch_until_its_retries_are_used_up(answer: Any) -> None:
    records = shard(4)
    mapping = StreamMapping(lambda _: answer, AS_DEPLOYED)
    mapping.run(records)
    assert mapping.invocations == AS_DEPLOYED.retries_max + 1
    assert mapping.given_up() == [[events.number_of(record) for record in records]]


def test_an_error_bisects_without_using_up_retries() -> None:
    records, sizes = shard(8), list[int]()

    def dies_of_the_sixth(event: Mapping[str, Any]) -> None:
        sizes.append(len(event["Records"]))
        if records[5] in event["Records"]:
            raise RuntimeError

    mapping = StreamMapping(dies_of_the_sixth, replace(AS_DEPLOYED, retries_max=2))
    mapping.run(records)
    assert sizes == [8, 4, 4, 2, 1, 1, 1, 1, 2]
    assert mapping.given_up() == [[events.number_of(records[5])]]
    sizes.clear()
    whole = StreamMapping(dies_of_the_sixth, replace(AS_DEPLOYED, retries_max=2, bisect=False))
    whole.run(records)
    assert sizes == [8, 8, 8]


def test_the_destination_is_told_where_and_not_what() -> None:
    records = shard(3)
    mapping = StreamMapping(lambda _: {"batchItemFailures": [{"itemIdentifier": ""}]}, AS_DEPLOYED)
    mapping.run(records)
    (discarded,) = mapping.destination
    assert discarded.message is not None
    assert discarded.message["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert discarded.message["requestContext"]["approximateInvokeCount"] == AS_DEPLOYED.retries_max + 1
    told = discarded.message["DDBStreamBatchInfo"]
    assert (told["startSequenceNumber"], told["endSequenceNumber"], told["batchSize"]) == (
        events.number_of(records[0]),
        events.number_of(records[-1]),
        3,
    )
    assert ORDERS[0] not in str(discarded.message)
    silent = StreamMapping(lambda _: {"batchItemFailures": [{"itemIdentifier": ""}]}, replace(AS_DEPLOYED, tells=False))
    silent.run(records)
    assert [batch.message for batch in silent.destination] == [None]


def test_a_record_past_its_age_is_given_up_before_anybody_sees_it() -> None:
    records = shard(3)
    late = copy.deepcopy(records[0])
    late["dynamodb"]["ApproximateCreationDateTime"] -= AS_DEPLOYED.age_max_seconds + 1
    seen: list[int] = []
    mapping = StreamMapping(lambda event: seen.append(len(event["Records"])), AS_DEPLOYED)
    mapping.run([late, *records[1:]])
    assert seen == [2]
    assert mapping.given_up() == [[events.number_of(late)]]
    assert mapping.destination[0].message is not None
    assert mapping.destination[0].message["requestContext"]["condition"] == "RecordAgeExceeded"


def test_without_bounds_a_bad_record_holds_up_its_shard_until_the_stream_forgets_it() -> None:
    records = shard(2)

    def dies(_: Mapping[str, Any]) -> None:
        raise RuntimeError

    mapping = StreamMapping(dies, Rules(reports=True))
    mapping.run(records)
    assert mapping.now > RETENTION_SECONDS
    bounded = StreamMapping(dies, UNFILTERED)
    bounded.run(records)
    assert bounded.now < 300
