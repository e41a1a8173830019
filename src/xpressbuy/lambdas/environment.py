"""What a function builds once in its execution environment: settings, log, event loop, and the services it calls.

It is not `wiring`: that builds the whole shop, web framework and all, which a cold start would pay for.
"""

from __future__ import annotations

import asyncio
import logging
from functools import cache

import structlog

from xpressbuy.kit.clock import SystemClock
from xpressbuy.kit.ids import Ids
from xpressbuy.notifications.service import OrderMails, build_order_mails
from xpressbuy.notifications.store import Mails
from xpressbuy.orders.store import Orders
from xpressbuy.settings import Settings
from xpressbuy.table import transport
from xpressbuy.table.client import Table

TABLE_SECONDS_MAX = 5.0
"""One call to the table. A mail makes three, and the function is ended after 30 s."""


@cache
def order_mails() -> OrderMails:
    """The notifier of this environment, on an event loop that lives as long as it does."""
    settings = Settings()
    _log_as_json(settings.log_level)
    asyncio.set_event_loop(asyncio.new_event_loop())
    return _build(settings)


def _build(settings: Settings) -> OrderMails:
    """From settings alone; credentials are the function's own."""
    clock = SystemClock()
    dynamodb = transport.make_client(
        transport.Transport(seconds_max=TABLE_SECONDS_MAX),
        region=settings.aws_region,
        endpoint=settings.dynamodb_endpoint,
        access_key=None,
    )
    table = Table(dynamodb, settings.table_name)
    return build_order_mails(settings, mails=Mails(table), orders=Orders(table), clock=clock, ids=Ids(clock))


def _log_as_json(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        # Not kept by the loggers, so that a later configuration reaches modules that have logged already.
        cache_logger_on_first_use=False,
    )
