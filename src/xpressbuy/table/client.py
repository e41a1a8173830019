"""One DynamoDB call at a time: sends, retries what is safe to retry, and turns answers into values of ours.

Retries are ours because the SDK's own would repeat a single write whose outcome is unknown, and because no SDK
retries a transaction that lost against another one.
"""

from __future__ import annotations

import asyncio
import random  # noqa: TID251 - jitter only, nothing is named or hidden by it
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from aiodynamo import errors as dynamo
from aiodynamo.client import Client
from aiodynamo.models import RetryConfig
from aiodynamo.utils import dy2py, py2dy

from xpressbuy.kit.errors import Unavailable
from xpressbuy.table.keys import Key
from xpressbuy.table.schema import PK, SK
from xpressbuy.table.unit import (
    Check,
    ConditionFailed,
    Delete,
    Failure,
    Item,
    Put,
    Unit,
    UnitRefused,
    Update,
    Write,
    attribute_names,
)

ATTEMPTS_MAX = 7
"""One try and six more: conflicts on a hot SKU clear within a few hundred milliseconds or not at all."""
BACKOFF_BASE_SECONDS = 0.02
BACKOFF_MAX_SECONDS = 0.4
BATCH_GET_MAX = 100
BATCH_WRITE_MAX = 25
QUERY_PAGES_MAX = 10_000

_THROTTLES = (dynamo.Throttled, dynamo.ProvisionedThroughputExceeded, dynamo.RequestLimitExceeded)
_CONFLICTS = (dynamo.TransactionConflict, dynamo.TransactionInProgress)
_UNKNOWN = (dynamo.InternalDynamoError, dynamo.ServiceUnavailable, TimeoutError, OSError)

Observer = Callable[[str, Mapping[str, Any]], None]
"""Hears the action and the answer of every call; tests and the bench count with it."""
Returned = Literal["NONE", "ALL_OLD", "ALL_NEW"]


class OneAttempt(RetryConfig):
    """Tells the SDK to try once: retries are decided here."""

    def delays(self) -> Iterable[float]:
        yield 0

    async def attempts(self) -> AsyncIterator[None]:
        yield None
        raise dynamo_timeout()


def dynamo_timeout() -> Exception:
    """The SDK's own signal that its tries are used up; it then raises the last error."""
    from aiodynamo.models import RetryTimeout  # noqa: PLC0415 - not exported at the top

    return RetryTimeout()


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of a query. `last_key` is None when there is no more."""

    items: list[dict[str, Any]]
    last_key: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Query:
    """A key condition on the table or an index.

    `begins_with` and `between`/`after` narrow the sort key; at most one of them is given.
    """

    pk: str
    begins_with: str | None = None
    after: str | None = None
    between: tuple[str, str] | None = None
    index: str | None = None
    forward: bool = True
    consistent: bool = False


class Table:
    """The shop's table. One instance a process; safe to use from many tasks."""

    def __init__(self, client: Client, name: str, *, observe: Observer | None = None) -> None:
        self._client = client
        self.name = name
        self._observe = observe

    def observe(self, observer: Observer | None) -> None:
        """Set or remove the one observer."""
        self._observe = observer

    async def get(self, key: Key, *, consistent: bool = False) -> dict[str, Any] | None:
        """One item, or None."""
        answer = await self._send("GetItem", {"Key": _key(key), "ConsistentRead": consistent}, safe=True)
        return _from_wire(answer["Item"]) if "Item" in answer else None

    async def get_many(self, keys: Sequence[Key], *, consistent: bool = False) -> dict[Key, dict[str, Any]]:
        """Up to 100 items in one call; absent ones are left out. ValueError above the bound."""
        if not keys:
            return {}
        if len(keys) > BATCH_GET_MAX:
            raise ValueError("at most 100 keys in one read")
        wanted = [_key(key) for key in dict.fromkeys(keys)]
        found: dict[Key, dict[str, Any]] = {}
        for attempt in range(ATTEMPTS_MAX):
            payload = {"RequestItems": {self.name: {"Keys": wanted, "ConsistentRead": consistent}}}
            answer = await self._send("BatchGetItem", payload, safe=True, named=False)
            for raw in answer["Responses"].get(self.name, ()):
                item = _from_wire(raw)
                found[Key(item[PK], item[SK])] = item
            left = answer.get("UnprocessedKeys", {}).get(self.name)
            if not left:
                return found
            wanted = left["Keys"]
            await _pause(attempt)
        raise Unavailable("busy", retry_after_seconds=1)

    async def query(self, query: Query, *, limit: int | None = None, start: Mapping[str, Any] | None = None) -> Rows:
        """One page of at most `limit` items, from `start` (a former `last_key`) on."""
        answer = await self._send("Query", _query_payload(query, limit, start), safe=True)
        last = answer.get("LastEvaluatedKey")
        return Rows([_from_wire(raw) for raw in answer["Items"]], _from_wire(last) if last else None)

    async def query_all(self, query: Query) -> AsyncIterator[dict[str, Any]]:
        """Every item of a query, page after page. For start-up and operators' jobs, not for requests."""
        start: Mapping[str, Any] | None = None
        for _ in range(QUERY_PAGES_MAX):
            rows = await self.query(query, start=start)
            for item in rows.items:
                yield item
            start = rows.last_key
            if start is None:
                return

    async def write(
        self, write: Put | Update | Delete, *, returned: Returned = "NONE", repeatable: bool = False
    ) -> dict[str, Any] | None:
        """A single write. ConditionFailed if its condition does not hold.

        `repeatable` says that doing it twice is the same as once, so an unknown outcome may be tried again.
        """
        action, payload = _write_payload(write)
        payload["ReturnValues"] = returned
        if write.condition:
            payload["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        try:
            answer = await self._send(action, payload, safe=repeatable)
        except dynamo.ConditionalCheckFailed as error:
            body = error.args[0] if error.args else {}
            raw = body.get("Item") if isinstance(body, dict) else None
            raise ConditionFailed(_from_wire(raw) if raw else None) from error
        return _from_wire(answer["Attributes"]) if answer.get("Attributes") else None

    async def put_many(self, items: Sequence[Item]) -> None:
        """Write items without conditions, 25 a call. For imports and rebuilds; each item is its own truth."""
        for begin in range(0, len(items), BATCH_WRITE_MAX):
            requests = [{"PutRequest": {"Item": py2dy(dict(item))}} for item in items[begin : begin + BATCH_WRITE_MAX]]
            for attempt in range(ATTEMPTS_MAX):
                payload = {"RequestItems": {self.name: requests}}
                answer = await self._send("BatchWriteItem", payload, safe=True, named=False)
                requests = answer.get("UnprocessedItems", {}).get(self.name, [])
                if not requests:
                    break
                await _pause(attempt)
            else:
                raise Unavailable("busy", retry_after_seconds=1)

    async def commit(self, unit: Unit, token: str | None = None) -> None:
        """One TransactWriteItems. UnitRefused names the conditions that failed.

        A token makes repeats within ten minutes the same request. Without one every write of the unit must carry a
        condition that a second run of itself would fail.
        """
        payload: dict[str, Any] = {"TransactItems": [_transact_item(self.name, write) for write in unit.writes]}
        payload["ClientRequestToken"] = token or _random_token()
        for attempt in range(ATTEMPTS_MAX):
            try:
                await self._send("TransactWriteItems", payload, safe=True, named=False)
            except dynamo.TransactionCanceled as error:
                reasons = error.body.get("CancellationReasons", [])
                failures = _failures(unit.labels, reasons)
                if failures:
                    raise UnitRefused(failures) from error
                if not _only_passing(reasons):
                    raise
                # A cancelled transaction ends its token; the same conditions stand, so a fresh one is as safe.
                payload["ClientRequestToken"] = _random_token()
            else:
                return
            await _pause(attempt)
        raise Unavailable("busy", retry_after_seconds=1)

    async def describe(self) -> None:
        """Raises if the table cannot be reached."""
        await self._send("DescribeTable", {}, safe=True)

    async def _send(self, action: str, payload: dict[str, Any], *, safe: bool, named: bool = True) -> dict[str, Any]:
        body = {"TableName": self.name, **payload} if named else dict(payload)
        if self._observe is not None:
            body["ReturnConsumedCapacity"] = "TOTAL"
            if action == "DescribeTable":
                del body["ReturnConsumedCapacity"]
        for attempt in range(ATTEMPTS_MAX):
            try:
                answer = await self._client.send_request(action=action, payload=body)
            except (*_THROTTLES, *_CONFLICTS):
                pass
            except _UNKNOWN as error:
                if not safe:
                    raise Unavailable("outcome_unknown", retry_after_seconds=1) from error
            else:
                if self._observe is not None:
                    self._observe(action, answer)
                return answer
            await _pause(attempt)
        raise Unavailable("busy", retry_after_seconds=1)


async def _pause(attempt: int, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    ceiling = min(BACKOFF_MAX_SECONDS, BACKOFF_BASE_SECONDS * 2**attempt)
    await sleep(random.uniform(BACKOFF_BASE_SECONDS / 2, ceiling))  # noqa: S311


def _random_token() -> str:
    return f"{random.getrandbits(128):032x}"


def _key(key: Key) -> dict[str, Any]:
    return {PK: {"S": key.pk}, SK: {"S": key.sk}}


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _from_wire(raw: Mapping[str, Any]) -> dict[str, Any]:
    return dy2py(dict(raw), _number)


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    encoded = py2dy({f":{name.lstrip(':')}": value for name, value in values.items()})
    return {"ExpressionAttributeValues": encoded} if encoded else {}


def _names(names: Mapping[str, str]) -> dict[str, Any]:
    return {"ExpressionAttributeNames": dict(names)} if names else {}


def _write_payload(write: Write) -> tuple[str, dict[str, Any]]:
    if isinstance(write, Put):
        payload: dict[str, Any] = {"Item": py2dy(dict(write.item))}
        action, expression, extra = "PutItem", None, {}
    elif isinstance(write, Update):
        payload = {"Key": _key(write.key), "UpdateExpression": write.expression}
        action, expression, extra = "UpdateItem", write.expression, dict(write.names)
    else:
        payload = {"Key": _key(write.key)}
        action, expression, extra = "DeleteItem", None, {}
    names = {**attribute_names(expression, write.condition), **extra}
    payload |= _names(names) | _values(write.values)
    if write.condition:
        payload["ConditionExpression"] = write.condition
    return action, payload


def _transact_item(table: str, write: Write) -> dict[str, Any]:
    kind = {Put: "Put", Update: "Update", Delete: "Delete", Check: "ConditionCheck"}[type(write)]
    _, payload = _write_payload(write)
    if write.condition:
        payload["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return {kind: {"TableName": table, **payload}}


def _query_payload(query: Query, limit: int | None, start: Mapping[str, Any] | None) -> dict[str, Any]:
    prefix = query.index or ""
    names = {"#pk": f"{prefix}PK", "#sk": f"{prefix}SK"}
    condition, values = "#pk = :pk", {"pk": query.pk}
    if query.begins_with is not None:
        condition, values = f"{condition} AND begins_with(#sk, :sk)", {**values, "sk": query.begins_with}
    elif query.between is not None:
        condition = f"{condition} AND #sk BETWEEN :low AND :high"
        values = {**values, "low": query.between[0], "high": query.between[1]}
    elif query.after is not None:
        condition, values = f"{condition} AND #sk > :sk", {**values, "sk": query.after}
    else:
        del names["#sk"]
    payload: dict[str, Any] = {"KeyConditionExpression": condition, "ScanIndexForward": query.forward}
    payload |= _names(names) | _values(values)
    if query.index:
        payload["IndexName"] = query.index
    elif query.consistent:
        payload["ConsistentRead"] = True
    if limit is not None:
        payload["Limit"] = limit
    if start is not None:
        payload["ExclusiveStartKey"] = py2dy(dict(start))
    return payload


def _failures(labels: Sequence[str], reasons: Sequence[Mapping[str, Any]]) -> tuple[Failure, ...]:
    return tuple(
        Failure(label, _from_wire(reason["Item"]) if reason.get("Item") else None)
        for label, reason in zip(labels, reasons, strict=False)
        if reason.get("Code") == "ConditionalCheckFailed"
    )


def _only_passing(reasons: Sequence[Mapping[str, Any]]) -> bool:
    passing = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
    return all(reason.get("Code", "None") in passing for reason in reasons)
