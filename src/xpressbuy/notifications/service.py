"""Sends the confirmation of an order once: claims it, reads the order, renders, hands it to SES, notes the outcome.

The same code runs in the stream's function, in the sweep and wherever an operator sends a mail again. Two outcomes
that look alike are told apart here: what SES surely refused may be tried at once, what it perhaps took may not.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum

import structlog

from xpressbuy.aws.mail import Accepted, Mailer, OutgoingMail, RefusalCode, Refused, Unknown, make_client
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Unavailable
from xpressbuy.kit.ids import Ids, OrderId
from xpressbuy.notifications.model.delivery import (
    SWEEP_MAX,
    Mail,
    MailState,
    Reason,
    Standing,
    deliverable,
    is_overdue,
    standing,
)
from xpressbuy.notifications.model.heard import ORDER_TAG, Fate, Heard
from xpressbuy.notifications.model.letter import ShopFacts, view_of
from xpressbuy.notifications.model.render import Letter, render
from xpressbuy.notifications.store import Mails, NotClaimed
from xpressbuy.orders.model import Order
from xpressbuy.orders.store import Orders
from xpressbuy.settings import Settings

THROTTLE_PAUSES_SECONDS = (0.5, 1.5)
"""Pauses before the second and third try of a throttled mail; a random half is added. Three tries fit in 30 s."""

_log = structlog.get_logger("notifications")


class Outcome(StrEnum):
    """What became of a mail just now."""

    SENT = "sent"
    ALREADY = "already"
    """It was final before."""
    BUSY = "busy"
    """Somebody else sends it, or does not know whether it was sent."""
    UNKNOWN = "unknown"
    """SES may have it: nothing is tried again before the lease ends."""
    LATER = "later"
    """Surely not sent and open again; a second later it may pass."""
    HELD = "held"
    """Surely not sent and open again; it will not pass before a person or a day has changed something."""
    REFUSED = "refused"
    """Final: it will not be sent, and the mail's item says why."""
    MISSING = "missing"
    """There is no such mail, or not yet."""


class OrderMails:
    """The confirmation mails of orders."""

    def __init__(
        self,
        *,
        mails: Mails,
        orders: Orders,
        mailer: Mailer,
        shop: ShopFacts,
        clock: Clock,
        ids: Ids,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._mails = mails
        self._orders = orders
        self._mailer = mailer
        self._shop = shop
        self._clock = clock
        self._ids = ids
        self._pause = pause

    async def confirm(self, order_id: OrderId) -> Outcome:
        """Sends the confirmation of an order unless somebody has or is at it. Unavailable if the table is."""
        claimed = await self._claim(order_id)
        if isinstance(claimed, Outcome):
            return claimed
        outcome = await self._deliver(claimed)
        level = "info" if outcome is Outcome.SENT else "error"
        getattr(_log, level)("order_mail", order_id=order_id, outcome=outcome.value, attempt=claimed.attempts)
        return outcome

    async def sweep(self) -> Mapping[Outcome, int]:
        """Takes up what the stream missed, oldest first, at most `SWEEP_MAX`. Stops when SES takes nothing at all.

        Unavailable if the table is; the next sweep goes on from there.
        """
        counts: Counter[Outcome] = Counter()
        now = self._clock.now()
        for mail in await self._mails.overdue(now, limit=SWEEP_MAX):
            if not is_overdue(mail, now):
                continue
            try:
                outcome = await self.confirm(mail.order_id)
            except Unavailable:
                raise
            except Exception:  # noqa: BLE001 - the oldest would hold up all the others, sweep after sweep
                _log.exception("order_mail_sweep_failed", order_id=mail.order_id)
                continue
            counts[outcome] += 1
            if outcome in (Outcome.HELD, Outcome.LATER):
                break
        return counts

    async def stuck(self) -> Mail | None:
        """The oldest mail that has been open for longer than `STUCK`, if any: a person has to look. Unavailable."""
        return await self._mails.stuck(self._clock.now())

    async def hear(self, heard: Heard) -> bool:
        """Notes what SES says of a mail. False if there is no such mail. Unavailable if the table is.

        Every event shows that SES took the mail, and any may be the only one that arrives.
        """
        if heard.fate is Fate.SENT:
            known = await self._mails.find(heard.order_id) is not None
        else:
            known = await self._mails.mark(heard)
        if known:
            await self._mails.note_sent_event(heard.order_id, heard.message_id, self._clock.now())
        return known

    async def _claim(self, order_id: OrderId) -> Mail | Outcome:
        nonce = self._ids.secret()
        try:
            return await self._mails.claim(order_id, nonce, self._clock.now())
        except NotClaimed as refusal:
            seen = refusal.mail
        if seen is None:
            return Outcome.MISSING
        match standing(seen, self._clock.now()):
            case Standing.DONE:
                return Outcome.ALREADY
            case Standing.TAKEN | Standing.FREE:
                return Outcome.BUSY
            case Standing.LAPSED | Standing.SPENT:
                return await self._take_over(seen, nonce)

    async def _take_over(self, seen: Mail, nonce: str) -> Mail | Outcome:
        """A claim that lapsed may have been a mail: SES's own event says so before anything is sent again."""
        sent_as = await self._mails.sent_by_event(seen.order_id)
        if sent_as is not None:
            await self._mails.sent(seen, sent_as, self._clock.now())
            return Outcome.ALREADY
        if standing(seen, self._clock.now()) is Standing.SPENT:
            return await self._end(seen, MailState.INVALID, Reason.OUTCOME_UNKNOWN)
        try:
            return await self._mails.reclaim(seen, nonce, self._clock.now())
        except NotClaimed:
            return Outcome.BUSY

    async def _deliver(self, mail: Mail) -> Outcome:
        to = deliverable(mail.to)
        if to is None:
            return await self._end(mail, MailState.INVALID, Reason.ADDRESS_INVALID)
        try:
            letter = await self._letter(mail)
        except Unavailable:
            await self._mails.release(mail, "unavailable")
            raise
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it stays wrong
            # A stored order that cannot be read or told is the same next time: it must not hold up the others.
            _log.exception("order_mail_unreadable", order_id=mail.order_id)
            return await self._end(mail, MailState.INVALID, Reason.ORDER_UNREADABLE)
        if letter is None:
            return await self._end(mail, MailState.INVALID, Reason.ORDER_ABSENT)
        outgoing = OutgoingMail(to, letter.subject, letter.text, letter.html, ((ORDER_TAG, mail.order_id),))
        return await self._send(mail, outgoing)

    async def _letter(self, mail: Mail) -> Letter | None:
        order: Order | None = await self._orders.get(mail.customer_id, mail.order_id, consistent=True)
        return None if order is None else render(view_of(order, self._shop))

    async def _send(self, mail: Mail, outgoing: OutgoingMail) -> Outcome:
        answer = await self._mailer.send(outgoing)
        for seconds in THROTTLE_PAUSES_SECONDS:
            if not (isinstance(answer, Refused) and answer.code is RefusalCode.THROTTLED):
                break
            await self._pause(seconds * (1 + self._ids.random(1)[0] / 512))
            answer = await self._mailer.send(outgoing)
        match answer:
            case Accepted(message_id):
                # If this write fails the claim lapses and the sweep asks for SES's event: no blind second mail.
                await self._mails.sent(mail, message_id, self._clock.now())
                return Outcome.SENT
            case Unknown(detail):
                _log.error("order_mail_unknown", order_id=mail.order_id, detail=detail)
                return Outcome.UNKNOWN
            case Refused() as refusal:
                return await self._refused(mail, refusal)

    async def _refused(self, mail: Mail, refusal: Refused) -> Outcome:
        _log.error("order_mail_refused", order_id=mail.order_id, code=refusal.code.value, detail=refusal.detail)
        if refusal.permanent:
            suppressed = refusal.code is RefusalCode.SUPPRESSED
            return await self._end(mail, MailState.SUPPRESSED if suppressed else MailState.INVALID, refusal.code)
        await self._mails.release(mail, refusal.code)
        passing = (RefusalCode.THROTTLED, RefusalCode.UNREACHABLE)
        return Outcome.LATER if refusal.code in passing else Outcome.HELD

    async def _end(self, mail: Mail, state: MailState, reason: str) -> Outcome:
        await self._mails.give_up(mail, state, reason, self._clock.now())
        return Outcome.REFUSED


def build_order_mails(settings: Settings, *, mails: Mails, orders: Orders, clock: Clock, ids: Ids) -> OrderMails:
    """The order mails of a shop, for the whole shop and for the functions that hold nothing else of it."""
    return OrderMails(
        mails=mails,
        orders=orders,
        mailer=Mailer(
            make_client(region=settings.aws_region, endpoint=settings.aws_endpoint_url),
            sender_name=settings.shop_name,
            sender=settings.mail_sender,
            reply_to=settings.support_email,
            configuration_set=settings.mail_configuration_set,
        ),
        shop=ShopFacts(
            name=settings.shop_name,
            public_url=settings.public_url,
            images_url=settings.images_url,
            support_email=settings.support_email,
            locale=settings.locale,
        ),
        clock=clock,
        ids=ids,
    )
