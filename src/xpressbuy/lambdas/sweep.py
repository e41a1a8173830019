"""The schedule: sends what the stream missed. Run it every minute or every five; two at once do no harm."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger

from xpressbuy.lambdas import environment
from xpressbuy.notifications.service import OrderMails

_log = Logger()


class MailStuck(Exception):
    """A mail has been open for too long. The function's errors are the alarm."""


@_log.inject_lambda_context
def handler(event: Mapping[str, Any], context: object) -> Mapping[str, int]:  # noqa: ARG001 - a schedule says nothing
    """How many mails came to which end. Fails when it has done what it could and an old mail is still open."""
    mails = environment.order_mails()
    return asyncio.get_event_loop().run_until_complete(sweep(mails))


async def sweep(mails: OrderMails) -> Mapping[str, int]:
    told = {outcome.value: count for outcome, count in (await mails.sweep()).items()}
    if told:
        _log.warning("order_mail_sweep", extra=told)
    if (mail := await mails.stuck()) is not None:
        raise MailStuck(
            f"The mail of {mail.order_id} is open since {mail.created_at:%Y-%m-%d %H:%M} UTC, "
            f"for the reason {mail.reason or 'unknown'}. See docs/operate.md for what to do."
        )
    return told
