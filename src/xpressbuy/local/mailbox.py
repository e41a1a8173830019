"""The mails of a local run, read from the local AWS: a page for people, JSON for tests. Not there in production.

A mail's HTML is somebody's text. It is shown in a frame that may run no script, submit nothing and be nobody's origin.
"""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from xpressbuy.http.strict import StrictRoute
from xpressbuy.kit.clock import to_rfc3339
from xpressbuy.kit.errors import NotFound, Unavailable
from xpressbuy.settings import Settings

MAILS_MAX = 200
READ_SECONDS_MAX = 5.0
ID_LENGTH_MAX = 200
CODE_TYPES = "Cognito"
"""What the emulator's name for a mail of the user pool begins with."""
CONFIRMED = " is confirmed"

PAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'"
LETTER_CSP = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src http: https: data:; form-action 'none'; frame-ancestors 'self'"
)

MailId = Annotated[str, Query(max_length=ID_LENGTH_MAX)]
Kind = Literal["confirmation", "code", "other"]


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail as the local AWS took it."""

    id: str
    to: str
    subject: str
    text: str
    html: str
    sent_at: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class MailboxPage:
    """`items` newest first."""

    items: list[Sent]


async def read_mailbox(endpoint: str, limit: int = MAILS_MAX) -> list[Sent]:
    """The newest mails, newest first. Unavailable if the local AWS does not answer."""
    try:
        document = await asyncio.to_thread(_fetch, f"{endpoint}/_ministack/ses/messages")
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise Unavailable("mailbox_unavailable", "The local AWS does not answer.", retry_after_seconds=1) from error
    messages = [message for account in document["messages"].values() for message in account]
    messages.sort(key=lambda message: float(message["Timestamp"]), reverse=True)
    return [_sent(message) for message in messages[:limit]]


def router(settings: Settings) -> APIRouter:
    """The pages under /dev/mailbox of a local run; no page at all of any other."""
    pages = APIRouter(route_class=StrictRoute, include_in_schema=False)
    endpoint = settings.aws_endpoint_url
    if not settings.is_local or endpoint is None:
        return pages

    @pages.get("/dev/mailbox.json")
    async def mailbox_json() -> MailboxPage:
        return MailboxPage(await read_mailbox(endpoint))

    @pages.get("/dev/mailbox")
    async def mailbox(mail: MailId = "") -> HTMLResponse:
        mails = await read_mailbox(endpoint)
        chosen = _by_id(mails, mail) if mail else None
        page = _templates().get_template("mailbox.html")
        return _page(page.render(mails=mails, chosen=chosen, shop_name=settings.shop_name), PAGE_CSP)

    @pages.get("/dev/mailbox/letter")
    async def letter(mail: MailId) -> HTMLResponse:
        html = _by_id(await read_mailbox(endpoint), mail).html
        # Links open beside the mailbox: the shop lets nobody show it in a frame.
        return _page(html.replace("<head>", '<head><base target="_blank">', 1), LETTER_CSP)

    return pages


def _page(html: str, policy: str) -> HTMLResponse:
    return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})


def _by_id(mails: list[Sent], mail_id: str) -> Sent:
    for mail in mails:
        if mail.id == mail_id:
            return mail
    raise NotFound("mail_not_found", "There is no such mail any more.")


def _fetch(url: str) -> Any:  # noqa: ANN401 - the emulator's own JSON
    with urllib.request.urlopen(url, timeout=READ_SECONDS_MAX) as answer:  # noqa: S310 - the local AWS
        return json.load(answer)


def _sent(message: dict[str, Any]) -> Sent:
    subject = message["Subject"] or ""
    if message["Type"].startswith(CODE_TYPES):
        kind: Kind = "code"
    else:
        kind = "confirmation" if subject.endswith(CONFIRMED) else "other"
    return Sent(
        id=message["MessageId"],
        to=", ".join((*message["To"], *message["CC"], *message["BCC"])),
        subject=subject,
        text=message["BodyText"] or "",
        html=message["BodyHtml"] or "",
        sent_at=to_rfc3339(datetime.fromtimestamp(message["Timestamp"], UTC)),
        kind=kind,
    )


@cache
def _templates() -> Environment:
    loader = PackageLoader("xpressbuy.local", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
