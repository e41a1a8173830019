"""The table's stream: an order was placed, so its confirmation is due. The mapping lets only those records through."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from xpressbuy.kit.ids import OrderId
from xpressbuy.lambdas import environment
from xpressbuy.notifications.service import Outcome
from xpressbuy.notifications.store import placed_order

_AGAIN = frozenset({Outcome.LATER, Outcome.MISSING})
"""What the next delivery may settle. The others stand on the mail's item, and the sweep looks after them."""

_log = Logger()


class NotYet(Exception):
    """This record is to be delivered again; the mapping bounds how often."""


@_log.inject_lambda_context
def handler(event: Mapping[str, Any], context: object) -> Mapping[str, Any]:  # noqa: ARG001 - the logger reads it
    """The stream's records in, the sequence numbers of those to deliver again out."""
    return deliver(event, environment.order_mails().confirm)


def deliver(event: Mapping[str, Any], confirm: Callable[[OrderId], Awaitable[Outcome]]) -> Mapping[str, Any]:
    """One batch. What is no order is left alone; what cannot be read is logged, since it would be the same again."""

    async def one(record: DynamoDBRecord) -> None:
        try:
            order_id = placed_order(record.raw_event)
        except (ValueError, AttributeError, TypeError):
            _log.exception("order_mail_poison", event_id=str(record.raw_event.get("eventID"))[:64])
            return
        if order_id is not None and (outcome := await confirm(order_id)) in _AGAIN:
            raise NotYet(outcome.value)

    processor = AsyncBatchProcessor(event_type=EventType.DynamoDBStreams)
    with processor(event["Records"], one):
        processor.async_process()
    return processor.response()
