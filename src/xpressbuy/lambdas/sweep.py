"""The schedule: sends what the stream missed. Run it every minute or every five; two at once do no harm."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger

from xpressbuy.lambdas import environment

_log = Logger()


@_log.inject_lambda_context
def handler(event: Mapping[str, Any], context: object) -> Mapping[str, int]:  # noqa: ARG001 - a schedule says nothing
    """How many mails came to which end."""
    mails = environment.order_mails()
    counts = asyncio.get_event_loop().run_until_complete(mails.sweep())
    told = {outcome.value: count for outcome, count in counts.items()}
    if told:
        _log.warning("order_mail_sweep", extra=told)
    return told
