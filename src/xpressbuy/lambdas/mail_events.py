"""SES's events through EventBridge: what became of a mail is noted beside it. One a call, in any order, or twice."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger

from xpressbuy.lambdas import environment
from xpressbuy.notifications.model.heard import Fate, read_event

_log = Logger()
_QUIET = frozenset({Fate.SENT, Fate.DELIVERED})


@_log.inject_lambda_context
def handler(event: Mapping[str, Any], context: object) -> Mapping[str, str]:  # noqa: ARG001 - the logger reads it
    """What was noted. Raises only if the table is away, so that Lambda delivers the event again."""
    try:
        heard = read_event(event)
    except ValueError:
        # It would be the same again.
        _log.exception("mail_event_unreadable", extra={"event_id": str(event.get("id"))[:64]})
        return {"noted": "nothing"}
    if heard is None:
        _log.warning("mail_event_foreign", extra={"kind": str(event.get("detail-type"))[:64]})
        return {"noted": "nothing"}
    mails = environment.order_mails()
    if not asyncio.get_event_loop().run_until_complete(mails.hear(heard)):
        _log.warning("mail_event_of_no_order", extra={"order_id": heard.order_id})
        return {"noted": "nothing"}
    level = _log.info if heard.fate in _QUIET else _log.error
    level("mail_event", extra={"order_id": heard.order_id, "fate": heard.fate.value, "because": heard.detail})
    return {"noted": heard.fate.value}
