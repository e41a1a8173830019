"""What SES says afterwards of a mail it took, read from the events that it hands to EventBridge.

They come late, twice, in any order, or never. Fields: SES Developer Guide, "Contents of event data", and EventBridge's
envelope; the tag that names the order is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from xpressbuy.kit.clock import from_rfc3339
from xpressbuy.kit.ids import OrderId, is_id

ORDER_TAG = "order"
"""The tag by which SES's events name the order."""
DETAIL_MAX = 64
"""Characters of SES's own words for a bounce or a complaint that are kept; its longest today has 38."""
MESSAGE_ID_MAX = 128
SOURCE = "aws.ses"


class Fate(StrEnum):
    """What became of a mail; each also shows that SES took it. The value is the attribute's name on the mail's item."""

    SENT = "sent"
    """SES will try to deliver it."""
    DELIVERED = "delivered"
    """The recipient's server took it."""
    BOUNCED = "bounced"
    """It came back for good, or SES did not try since the address is on the suppression list."""
    COMPLAINED = "complained"
    """The recipient called it spam."""
    REJECTED = "rejected"
    """SES found something harmful in it and did not deliver it."""


_KINDS: Mapping[str, tuple[Fate, str, tuple[str, ...]]] = {
    "Email Sent": (Fate.SENT, "send", ()),
    "Email Delivered": (Fate.DELIVERED, "delivery", ()),
    "Email Bounced": (Fate.BOUNCED, "bounce", ("bounceType", "bounceSubType")),
    "Email Complaint Received": (Fate.COMPLAINED, "complaint", ("complaintSubType", "complaintFeedbackType")),
    "Email Rejected": (Fate.REJECTED, "reject", ("reason",)),
}
"""By EventBridge's `detail-type`: what it means, where its particulars stand, and which of them are kept."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One event of one order's mail. `at` is SES's time, `detail` its words for why, empty if it has none."""

    order_id: OrderId
    fate: Fate
    message_id: str
    at: datetime
    detail: str


def read_event(event: Mapping[str, Any]) -> Heard | None:
    """The event, or None if it is of another kind or of a mail without an order.

    ValueError if it ought to be one of ours and cannot be read.
    """
    kind = event.get("detail-type")
    if event.get("source") != SOURCE or not isinstance(kind, str) or kind not in _KINDS:
        return None
    fate, place, particulars = _KINDS[kind]
    detail = _object(event, "detail")
    mail = _object(detail, "mail")
    order_id = _order(mail)
    if order_id is None:
        return None
    message_id = mail.get("messageId")
    if not isinstance(message_id, str) or not 0 < len(message_id) <= MESSAGE_ID_MAX:
        raise ValueError("an event without a message id")
    told = detail.get(place)
    told = told if isinstance(told, Mapping) else {}
    why = "/".join(str(told[name]) for name in particulars if isinstance(told.get(name), str))
    # A send and a rejection have no time of their own; the envelope's is a few seconds late.
    at = from_rfc3339(str(told.get("timestamp") or event.get("time")))
    return Heard(order_id, fate, message_id, at, why[:DETAIL_MAX])


def _object(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = parent.get(name)
    if not isinstance(value, Mapping):
        raise ValueError(f"an event without {name}")  # noqa: TRY004 - one kind of error for whatever cannot be read
    return value


def _order(mail: Mapping[str, Any]) -> OrderId | None:
    """SES gives each tag as a list of values."""
    tags = mail.get("tags")
    values = tags.get(ORDER_TAG) if isinstance(tags, Mapping) else None
    if values is None:
        return None
    if not isinstance(values, list) or len(values) != 1 or not isinstance(values[0], str):
        raise ValueError("a strange order tag")
    if not is_id(values[0], "ord"):
        raise ValueError("a tag that names no order")
    return OrderId(values[0])
