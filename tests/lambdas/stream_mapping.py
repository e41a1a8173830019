"""An event source mapping of one shard by the rules that AWS documents, on a clock of its own.

The local AWS ignores `batchItemFailures`, bisecting and the number of retries, so they are played here. From the
Lambda Developer Guide ("Using Lambda with DynamoDB", its pages on parameters, partial batch responses, discarded
records and event filtering):

- What no filter lets through is passed over and never seen by the function.
- A batch is read in order; the next one is not read before this one is done or given up.
- Without `ReportBatchItemFailures` among the response types the answer is not looked at; only an error is a failure.
- With it, an answer that names a failure in a wrong way fails the whole batch. No answer, an empty one or an empty
  list of failures is a success. With failures reported, everything before the lowest of their sequence numbers is
  done and the rest is tried again.
- With bisecting, a batch whose invocation fails is split in two; splitting uses up no retry.
- After the last retry, or past the greatest age, what is left of the batch is given up, and the on-failure destination
  is told so: where it lies in the stream, not what it holds. Without a bound both go on until the stream forgets.

Not documented, and assumed: the wait between tries doubles from one second; a batch that begins at a new checkpoint has
all its retries; an answer that names a record of no batch fails the whole batch.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from tests.lambdas.events import ORDER_INSERT, number_of

Invoke = Callable[[Mapping[str, Any]], Any]
RETENTION_SECONDS = 24 * 3600.0
"""A stream forgets its records after a day, whatever became of them."""
UNBOUNDED = -1
BEGIN = float(ORDER_INSERT["dynamodb"]["ApproximateCreationDateTime"])
"""The mapping's clock says 0 at this second since 1970."""
_PLACES = frozenset({"FunctionName", "EventSourceArn", "StartingPosition", "Enabled", "MaximumBatchingWindowInSeconds"})
"""Properties of a mapping that say where, not how."""


class Failed(Exception):
    """The whole batch is to be taken as failed. `raised` says that the invocation itself was."""

    def __init__(self, *, raised: bool) -> None:
        super().__init__("failed")
        self.raised = raised


@dataclass(frozen=True, slots=True)
class Rules:
    """How a mapping reads its stream, by the names and defaults of its properties."""

    batch_size: int = 100
    retries_max: int = UNBOUNDED
    age_max_seconds: float = UNBOUNDED
    bisect: bool = False
    reports: bool = False
    tells: bool = False
    filters: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> Self:
        """From the properties of an `AWS::Lambda::EventSourceMapping`. ValueError for one that is not played here."""
        left = dict(properties)
        rules = cls(
            batch_size=left.pop("BatchSize", 100),
            retries_max=left.pop("MaximumRetryAttempts", UNBOUNDED),
            age_max_seconds=left.pop("MaximumRecordAgeInSeconds", UNBOUNDED),
            bisect=left.pop("BisectBatchOnFunctionError", False),
            reports="ReportBatchItemFailures" in left.pop("FunctionResponseTypes", []),
            tells="OnFailure" in left.pop("DestinationConfig", {}),
            filters=tuple(
                json.loads(entry["Pattern"]) for entry in left.pop("FilterCriteria", {"Filters": []})["Filters"]
            ),
        )
        if strange := set(left) - _PLACES:
            raise ValueError(f"not played here: {sorted(strange)}")
        return rules

    def lets_through(self, record: Mapping[str, Any]) -> bool:
        """Whether any filter matches; without filters everything passes."""
        return not self.filters or any(_matches(pattern, record) for pattern in self.filters)


@dataclass(frozen=True, slots=True)
class Discarded:
    """What was given up: the sequence numbers, and the message to the destination, None if there is none."""

    numbers: tuple[str, ...]
    message: Mapping[str, Any] | None


@dataclass
class StreamMapping:
    """`run` reads a shard to its end. `destination` gets what was given up, batch by batch."""

    invoke: Invoke
    rules: Rules
    invocation_seconds: float = 1.0
    now: float = 0.0
    invocations: int = 0
    destination: list[Discarded] = field(default_factory=list)

    def run(self, shard: Sequence[Mapping[str, Any]]) -> None:
        seen = [record for record in shard if self.rules.lets_through(record)]
        for begin in range(0, len(seen), self.rules.batch_size):
            self._work(seen[begin : begin + self.rules.batch_size], retries=0)

    def given_up(self) -> list[list[str]]:
        """The sequence numbers of what was given up, batch by batch."""
        return [list(batch.numbers) for batch in self.destination]

    def _work(self, batch: list[Mapping[str, Any]], retries: int) -> None:
        while batch := self._without_old(batch, retries):
            try:
                done = self._checkpoint(batch)
            except Failed as failure:
                if failure.raised and self.rules.bisect and len(batch) > 1:
                    middle = len(batch) // 2
                    self._work(batch[:middle], retries)
                    self._work(batch[middle:], retries)
                    return
                done = 0
            if done:
                batch, retries = batch[done:], 0
                continue
            if 0 <= self.rules.retries_max <= retries:
                self._give_up(batch, "RetryAttemptsExhausted", retries + 1)
                return
            self.now += min(2.0**retries, RETENTION_SECONDS)
            retries += 1

    def _without_old(self, batch: list[Mapping[str, Any]], retries: int) -> list[Mapping[str, Any]]:
        bound = self.rules.age_max_seconds if self.rules.age_max_seconds >= 0 else RETENTION_SECONDS
        old = [record for record in batch if self.now - _born(record) > min(bound, RETENTION_SECONDS)]
        if old:
            self._give_up(old, "RecordAgeExceeded", retries)
        return [record for record in batch if record not in old]

    def _checkpoint(self, batch: list[Mapping[str, Any]]) -> int:
        """How many records from the first on are done."""
        self.invocations += 1
        self.now += self.invocation_seconds
        try:
            answer = self.invoke({"Records": batch})
        except Exception as error:
            raise Failed(raised=True) from error
        if not self.rules.reports:
            return len(batch)
        failures = (answer or {}).get("batchItemFailures") or []
        numbers = [number_of(record) for record in batch]
        try:
            failed = [numbers.index(failure["itemIdentifier"]) for failure in failures]
        except (KeyError, TypeError, ValueError) as error:
            raise Failed(raised=False) from error
        return min(failed, default=len(batch))

    def _give_up(self, batch: list[Mapping[str, Any]], condition: str, invocations: int) -> None:
        message = self._message(batch, condition, invocations) if self.rules.tells else None
        self.destination.append(Discarded(tuple(number_of(record) for record in batch), message))

    def _message(self, batch: list[Mapping[str, Any]], condition: str, invocations: int) -> dict[str, Any]:
        """What a queue is told: where to find the records, as long as the stream remembers them."""
        return {
            "requestContext": {
                "requestId": "00000000-0000-4000-8000-000000000000",
                "functionArn": "arn:aws:lambda:us-east-1:123456789012:function:shop-order-mail",
                "condition": condition,
                "approximateInvokeCount": invocations,
            },
            "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
            "version": "1.0",
            "timestamp": _at(self.now),
            "DDBStreamBatchInfo": {
                "shardId": "shardId-00000001573689847184-864758bb",
                "startSequenceNumber": number_of(batch[0]),
                "endSequenceNumber": number_of(batch[-1]),
                "approximateArrivalOfFirstRecord": _at(_born(batch[0])),
                "approximateArrivalOfLastRecord": _at(_born(batch[-1])),
                "batchSize": len(batch),
                "streamArn": ORDER_INSERT["eventSourceARN"],
            },
        }


def _born(record: Mapping[str, Any]) -> float:
    """When a record was written, on the mapping's clock; the beginning for one that is too damaged to say it."""
    change = record.get("dynamodb")
    born = change.get("ApproximateCreationDateTime", BEGIN) if isinstance(change, dict) else BEGIN
    return float(born) - BEGIN


def _at(now: float) -> str:
    return (datetime.fromtimestamp(BEGIN, UTC) + timedelta(seconds=now)).isoformat().replace("+00:00", "Z")


def _matches(pattern: Mapping[str, Any], record: object) -> bool:
    """Every name of the pattern must hold: a list by any of its entries, an object by its own names."""
    if not isinstance(record, Mapping):
        return False
    return all(
        _matches(wanted, record.get(name))
        if isinstance(wanted, dict)
        else any(_holds(entry, record, name) for entry in wanted)
        for name, wanted in pattern.items()
    )


def _holds(entry: object, record: Mapping[str, Any], name: str) -> bool:
    value = record.get(name)
    if not isinstance(entry, dict):
        return name in record and type(value) is type(entry) and value == entry
    ((rule, argument),) = entry.items()
    if rule == "prefix":
        return isinstance(value, str) and value.startswith(argument)
    if rule == "exists":
        # Only for what has no names inside.
        return (name in record and not isinstance(value, dict | list)) is bool(argument)
    raise ValueError(f"the filter rule {rule} is not played here")
