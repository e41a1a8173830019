"""A mail's way from owed to done, and who may send it at a moment.

SES cannot be told that two requests are the same mail, so one process at a time holds a claim with a nonce, and a
claim whose outcome nobody knows is kept until its lease ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum

from xpressbuy.kit.ids import CustomerId, OrderId
from xpressbuy.notifications.model.heard import Fate

LEASE_FIRST = timedelta(seconds=90)
"""Three times the 30 s after which the function is ended: whoever holds the claim is surely gone by then."""
LEASE_MAX = timedelta(minutes=10)
ATTEMPTS_MAX = 12
"""Claims without a known outcome, each perhaps a mail: 90 + 180 + 360 + 8 x 600 s, so it ends after 90 minutes."""
OVERDUE = timedelta(minutes=5)
"""What is still open after this was missed by the stream, which takes seconds."""
STUCK = timedelta(minutes=30)
"""A mail that is open for longer needs a person: the sweep fails, which is an alarm."""
SWEEP_MAX = 100
"""Mails of one sweep; at one a second SES's smallest rate still ends it within two minutes."""

_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_DOMAIN = re.compile(r"(?=.{4,253}\Z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")


class MailState(StrEnum):
    """PENDING and SENDING are open; the others are final."""

    PENDING = "PENDING"
    SENDING = "SENDING"
    SENT = "SENT"
    SUPPRESSED = "SUPPRESSED"
    INVALID = "INVALID"


FINAL = frozenset({MailState.SENT, MailState.SUPPRESSED, MailState.INVALID})


class Reason(StrEnum):
    """Why a mail is not sent, or not yet; stands on the mail's item for operators."""

    ADDRESS_INVALID = "address_invalid"
    ORDER_ABSENT = "order_absent"
    ORDER_UNREADABLE = "order_unreadable"
    OUTCOME_UNKNOWN = "outcome_unknown"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that an order owes. `attempts` counts claims that were not given back."""

    order_id: OrderId
    customer_id: CustomerId
    to: str
    state: MailState
    created_at: datetime
    attempts: int = 0
    nonce: str = ""
    lease_until: datetime | None = None
    message_id: str = ""
    reason: str = ""
    fates: Mapping[Fate, datetime] = field(default_factory=dict)
    """What SES said afterwards, and when each happened."""


class Standing(Enum):
    """What a process that would like to send finds."""

    FREE = "free"
    """Nobody has it."""
    TAKEN = "taken"
    """Somebody sends it now, or did and does not know how it ended."""
    LAPSED = "lapsed"
    """Somebody had it and never said how it ended."""
    SPENT = "spent"
    """It lapsed too often."""
    DONE = "done"
    """It is final."""


def standing(mail: Mail, now: datetime) -> Standing:
    """Whether a mail may be claimed at this moment."""
    if mail.state in FINAL:
        return Standing.DONE
    if mail.state is MailState.PENDING:
        return Standing.FREE
    if mail.lease_until is not None and mail.lease_until >= now:
        return Standing.TAKEN
    return Standing.SPENT if mail.attempts >= ATTEMPTS_MAX else Standing.LAPSED


def lease(attempt: int) -> timedelta:
    """How long the attempt with this number, from 1 on, keeps others away: each may be a mail, so they thin out."""
    # The exponent is bounded so that a corrupt count cannot make a date that does not exist.
    return min(LEASE_FIRST * (1 << min(max(attempt - 1, 0), 8)), LEASE_MAX)


def is_overdue(mail: Mail, now: datetime) -> bool:
    """Whether a sweep should take it up."""
    return mail.created_at <= now - OVERDUE and standing(mail, now) not in (Standing.TAKEN, Standing.DONE)


def deliverable(address: str) -> str | None:
    """The address as SES takes it (one mailbox, ASCII, an international domain as its code), or None."""
    local_part, at, domain = address.strip(" ").rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local_part):
        return None
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return f"{local_part}@{ascii_domain}" if _DOMAIN.fullmatch(ascii_domain) else None
