"""The table's stream: an order was placed, so its confirmation is due. The mapping lets only those records through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from xpressbuy.lambdas import environment
from xpressbuy.notifications.service import Outcome
from xpressbuy.notifications.store import placed_order

RECORDS_MAX = 10_000
"""The most that a stream ever hands over at once."""
_AGAIN = frozenset({Outcome.LATER, Outcome.MISSING})
"""What the next delivery may settle. The others stand on the mail's item, and the sweep looks after them."""

_log = Logger()


class NotYet(Exception):
    """This record is to be delivered again; the mapping bounds how often."""


async def confirm(record: DynamoDBRecord) -> None:
    """One record. What is no order is left alone; what cannot be read is logged once, it would be the same again."""
    try:
        order_id = placed_order(record.raw_event)
    except (ValueError, AttributeError):
        _log.exception("order_mail_poison")
        return
    if order_id is None:
        return
    outcome = await environment.order_mails().confirm(order_id)
    if outcome in _AGAIN:
        raise NotYet(outcome.value)


@_log.inject_lambda_context
def handler(event: Mapping[str, Any], context: object) -> Mapping[str, Any]:  # noqa: ARG001 - the logger reads it
    """The stream's records in, the sequence numbers of those to deliver again out."""
    environment.order_mails()
    processor = AsyncBatchProcessor(event_type=EventType.DynamoDBStreams)
    with processor(event["Records"][:RECORDS_MAX], confirm):
        processor.async_process()
    return processor.response()
