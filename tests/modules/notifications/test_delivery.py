"""Who may send a mail at a moment, and where it can be sent at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from xpressbuy.kit.ids import CustomerId, OrderId
from xpressbuy.notifications.model.delivery import (
    ATTEMPTS_MAX,
    FINAL,
    LEASE_FIRST,
    LEASE_MAX,
    OVERDUE,
    Mail,
    MailState,
    Standing,
    deliverable,
    is_overdue,
    lease,
    standing,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LAMBDA_TIMEOUT = timedelta(seconds=30)
MAIL = Mail(OrderId("ord_1"), CustomerId("cus"), "a@example.com", MailState.PENDING, NOW - timedelta(hours=1))


def _sending(lease_until: datetime | None, attempts: int = 1) -> Mail:
    return replace(MAIL, state=MailState.SENDING, nonce="n", attempts=attempts, lease_until=lease_until)


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        (MAIL, Standing.FREE),
        (_sending(NOW + timedelta(seconds=1)), Standing.TAKEN),
        (_sending(NOW), Standing.TAKEN),
        (_sending(NOW - timedelta(milliseconds=1)), Standing.LAPSED),
        (_sending(None), Standing.LAPSED),
        (_sending(NOW - timedelta(seconds=1), attempts=ATTEMPTS_MAX - 1), Standing.LAPSED),
        (_sending(NOW - timedelta(seconds=1), attempts=ATTEMPTS_MAX), Standing.SPENT),
        (_sending(NOW + timedelta(seconds=1), attempts=ATTEMPTS_MAX), Standing.TAKEN),
        *((replace(MAIL, state=state), Standing.DONE) for state in sorted(FINAL)),
    ],
)
def test_only_a_free_or_lapsed_mail_may_be_claimed(mail: Mail, expected: Standing) -> None:
    assert standing(mail, NOW) is expected


def test_a_lease_outlives_the_function_and_grows_but_is_bounded() -> None:
    leases = [lease(attempt) for attempt in range(1, ATTEMPTS_MAX + 1)]
    assert leases[0] == LEASE_FIRST >= 3 * LAMBDA_TIMEOUT
    assert leases == sorted(leases)
    assert max(leases) == LEASE_MAX
    assert sum(leases, timedelta()) < timedelta(hours=2)
    assert lease(10**9) == LEASE_MAX
    assert lease(0) == lease(-5) == LEASE_FIRST


def test_overdue_is_what_the_stream_should_have_ended() -> None:
    young = replace(MAIL, created_at=NOW - OVERDUE + timedelta(seconds=1))
    assert not is_overdue(young, NOW)
    assert is_overdue(replace(MAIL, created_at=NOW - OVERDUE), NOW)
    assert is_overdue(_sending(NOW - timedelta(seconds=1)), NOW)
    assert is_overdue(_sending(NOW - timedelta(seconds=1), attempts=ATTEMPTS_MAX), NOW)
    assert not is_overdue(_sending(NOW + timedelta(seconds=1)), NOW)
    assert not is_overdue(replace(MAIL, state=MailState.SENT), NOW)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("asha@example.com", "asha@example.com"),
        (" asha@example.com ", "asha@example.com"),
        ("a.b+c_d-e'f@sub.example.co.uk", "a.b+c_d-e'f@sub.example.co.uk"),
        ("asha@bücher.example", "asha@xn--bcher-kva.example"),
        ("", None),
        ("asha", None),
        ("@example.com", None),
        ("asha@", None),
        ("asha@localhost", None),
        ("asha@-example.com", None),
        ("asha@example..com", None),
        ("\N{CYRILLIC SMALL LETTER A}sha@example.com", None),
        ("asha@example.com\r\nBcc: eve@example.com", None),
        ("asha@example.com,eve@example.com", None),
        ("asha@example.com;eve@example.com", None),
        ("Asha <asha@example.com>", None),
        ('"a b"@example.com', None),
        ("a b@example.com", None),
        ("asha@eve@example.com", None),
        ("asha\x00@example.com", None),
        ("a" * 65 + "@example.com", None),
        ("asha@" + "a" * 64 + ".com", None),
        ("asha@" + "a." * 130 + "com", None),
    ],
)
def test_one_plain_mailbox_or_none(address: str, expected: str | None) -> None:
    assert deliverable(address) == expected
