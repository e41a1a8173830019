"""The mails of the running shop, as the browser tests read them."""

from __future__ import annotations

import re
import time
from typing import Any

from playwright.sync_api import BrowserContext

WAIT_SECONDS_MAX = 20


def mails(context: BrowserContext, to: str, kind: str) -> list[dict[str, Any]]:
    """Every mail of a kind to a person so far, newest first."""
    answer = context.request.get("/dev/mailbox.json")
    assert answer.ok
    return [mail for mail in answer.json()["items"] if mail["to"] == to and mail["kind"] == kind]


def first_mail(context: BrowserContext, to: str, kind: str) -> dict[str, Any]:
    """Waits for the first mail of a kind to a person."""
    deadline = time.monotonic() + WAIT_SECONDS_MAX
    while time.monotonic() < deadline:
        found = mails(context, to, kind)
        if found:
            return found[-1]
        time.sleep(0.1)
    raise AssertionError(f"no {kind} came to {to}")


def code_for(context: BrowserContext, to: str) -> str:
    """The code that a person was sent to confirm an address."""
    mail = first_mail(context, to, "code")
    found = re.search(r"\b\d{6}\b", mail["text"] or mail["html"])
    assert found is not None, mail
    return found.group()
