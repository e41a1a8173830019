"""Mails as items: `MAIL#<order>/CONFIRMATION`, made by the order's own unit, listed in GSI2 while open.

Every step is one conditional write. The nonce of a claim stands in the condition of whatever follows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from xpressbuy.kit.clock import from_rfc3339, to_rfc3339
from xpressbuy.kit.ids import CustomerId, OrderId, is_id
from xpressbuy.notifications.model.delivery import FINAL, OVERDUE, STUCK, SWEEP_MAX, Mail, MailState, lease
from xpressbuy.notifications.model.heard import Fate, Heard
from xpressbuy.table import keys
from xpressbuy.table.client import Query, Table
from xpressbuy.table.schema import GSI2, PK, SK
from xpressbuy.table.unit import PRESENT, ConditionFailed, Put, Update

CONFIRMATION = "CONFIRMATION"
SEND_EVENT = "EVENT#SEND"
"""Written when SES's own event says that it sent the mail of this order."""

_CLAIM = "SET #state = :sending, #nonce = :nonce, #lease_until = :lease_until, #attempts = :attempts"
_MINE = "#nonce = :nonce AND (#state = :sending OR #state = :next)"
"""The second half lets a write whose answer was lost be repeated."""


class NotClaimed(Exception):
    """Somebody else was faster. `mail` is how it stands, None if there is no such mail."""

    def __init__(self, mail: Mail | None) -> None:
        super().__init__("not claimed")
        self.mail = mail


class Mails:
    """The confirmation mails."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def claim(self, order_id: OrderId, nonce: str, now: datetime) -> Mail:
        """Takes a mail that nobody has: 1 write. NotClaimed if it is not free."""
        values = _claim_values(nonce, now, attempt=1) | {"pending": MailState.PENDING.value, "zero": 0, "one": 1}
        del values["attempts"]
        update = Update(
            keys.mail(order_id, CONFIRMATION),
            "SET #state = :sending, #nonce = :nonce, #lease_until = :lease_until, "
            "#attempts = if_not_exists(#attempts, :zero) + :one",
            # The second half only ever holds for a repeat of this very claim.
            "#state = :pending OR (#state = :sending AND #nonce = :nonce)",
            values,
        )
        return await self._take(update)

    async def reclaim(self, seen: Mail, nonce: str, now: datetime) -> Mail:
        """Takes over a claim that lapsed, as it was seen: 1 write. NotClaimed if it has moved on."""
        values = _claim_values(nonce, now, attempt=seen.attempts + 1) | {"seen": seen.nonce}
        condition = "#state = :sending AND (#nonce = :seen OR #nonce = :nonce)"
        return await self._take(Update(keys.mail(seen.order_id, CONFIRMATION), _CLAIM, condition, values))

    async def sent(self, mail: Mail, message_id: str, now: datetime) -> bool:
        """Final: SES has it. False if the claim is not ours any more."""
        values = {"message_id": message_id, "sent_at": to_rfc3339(now)}
        return await self._finish(mail, MailState.SENT, "#message_id = :message_id, #sent_at = :sent_at", values)

    async def give_up(self, mail: Mail, state: MailState, reason: str, now: datetime) -> bool:
        """Final: it will not be sent, and why. False if the claim is not ours any more."""
        values = {"reason": reason, "ended_at": to_rfc3339(now)}
        return await self._finish(mail, state, "#reason = :reason, #ended_at = :ended_at", values)

    async def release(self, mail: Mail, reason: str) -> bool:
        """Back to PENDING since it was surely not sent; the attempt does not count. False if it is not ours."""
        update = Update(
            keys.mail(mail.order_id, CONFIRMATION),
            "SET #state = :pending, #reason = :reason, #attempts = #attempts - :one REMOVE #nonce, #lease_until",
            "#state = :sending AND #nonce = :nonce",
            {
                "pending": MailState.PENDING.value,
                "sending": MailState.SENDING.value,
                "nonce": mail.nonce,
                "reason": reason,
                "one": 1,
            },
        )
        return await self._write(update, repeatable=False)

    async def find(self, order_id: OrderId) -> Mail | None:
        """One mail as it stands: 1 GetItem."""
        item = await self._table.get(keys.mail(order_id, CONFIRMATION), consistent=True)
        return read_mail(item) if item else None

    async def sent_by_event(self, order_id: OrderId) -> str | None:
        """The id of the message that SES itself says it sent for an order: 1 GetItem."""
        item = await self._table.get(keys.mail(order_id, SEND_EVENT), consistent=True)
        return str(item["message_id"]) if item else None

    async def note_sent_event(self, order_id: OrderId, message_id: str, now: datetime) -> None:
        """Notes that SES says it sent the mail of an order: 1 write, the same however often it is heard."""
        where = keys.mail(order_id, SEND_EVENT)
        item = {PK: where.pk, SK: where.sk, "message_id": message_id, "heard_at": to_rfc3339(now)}
        await self._table.write(Put(item), repeatable=True)

    async def mark(self, heard: Heard) -> bool:
        """Notes on the mail what SES says became of it: 1 write. False if there is no such mail.

        Of several events of one kind the earliest stays, so neither repeats nor their order change anything.
        """
        at, because = f"#{heard.fate.value}_at", f"#{heard.fate.value}_because"
        why = {"because": heard.detail} if heard.detail else {}
        update = Update(
            keys.mail(heard.order_id, CONFIRMATION),
            f"SET {at} = :at, {because} = :because" if why else f"SET {at} = :at REMOVE {because}",
            f"{PRESENT} AND (attribute_not_exists({at}) OR {at} > :at)",
            {"at": to_rfc3339(heard.at), **why},
        )
        try:
            await self._table.write(update, repeatable=True)
        except ConditionFailed as error:
            return error.item is not None
        return True

    async def stuck(self, now: datetime) -> Mail | None:
        """The oldest mail that has been open for longer than it may, if any: 1 Query, and 1 GetItem for each it names.

        The index lags behind, so what it names is looked at again where it stands.
        """
        bucket, cutoff = keys.gsi2_mails_open(to_rfc3339(now - STUCK))
        rows = await self._table.query(Query(bucket, between=("0", cutoff), index=GSI2), limit=SWEEP_MAX)
        for item in rows.items:
            mail = await self.find(read_mail(item).order_id)
            if mail is not None and mail.state not in FINAL:
                return mail
        return None

    async def overdue(self, now: datetime, *, limit: int) -> list[Mail]:
        """Open mails that the stream should have ended, oldest first: 1 Query."""
        bucket, cutoff = keys.gsi2_mails_open(to_rfc3339(now - OVERDUE))
        rows = await self._table.query(Query(bucket, between=("0", cutoff), index=GSI2), limit=limit)
        return [read_mail(item) for item in rows.items]

    async def _take(self, update: Update) -> Mail:
        try:
            item = await self._table.write(update, returned="ALL_NEW", repeatable=True)
        except ConditionFailed as error:
            raise NotClaimed(read_mail(error.item) if error.item else None) from error
        assert item is not None
        return read_mail(item)

    async def _finish(self, mail: Mail, state: MailState, sets: str, values: Mapping[str, Any]) -> bool:
        update = Update(
            keys.mail(mail.order_id, CONFIRMATION),
            f"SET #state = :next, {sets} REMOVE #lease_until, #GSI2PK, #GSI2SK",
            _MINE,
            {"next": state.value, "sending": MailState.SENDING.value, "nonce": mail.nonce, **values},
        )
        return await self._write(update, repeatable=True)

    async def _write(self, update: Update, *, repeatable: bool) -> bool:
        try:
            await self._table.write(update, repeatable=repeatable)
        except ConditionFailed:
            return False
        return True


def placed_order(record: Mapping[str, Any]) -> OrderId | None:
    """The order that a stream record says was placed, or None if it says something else.

    ValueError if it ought to be an order and its key cannot be read.
    """
    if record.get("eventName") != "INSERT":
        return None
    change = record.get("dynamodb")
    key = change.get("Keys") if isinstance(change, Mapping) else None
    pk, sk = (_text(key, name) for name in ("PK", "SK")) if isinstance(key, Mapping) else (None, None)
    if pk is None or sk is None:
        raise ValueError("a record without a key")
    if not sk.startswith(keys.ORDER_PREFIX):
        return None
    order_id = sk.removeprefix(keys.ORDER_PREFIX)
    if not is_id(order_id, "ord") or not pk.startswith(keys.order("", order_id).pk):
        raise ValueError("an order with a strange key")
    return OrderId(order_id)


def read_mail(item: Mapping[str, Any]) -> Mail:
    """The mail in an item. Never fails: a damaged item must still reach a final state, so what is missing is empty."""
    order_id = item.get("order_id") or str(item[PK]).removeprefix(keys.mail("", CONFIRMATION).pk)
    state = str(item.get("state"))
    return Mail(
        order_id=OrderId(str(order_id)),
        customer_id=CustomerId(str(item.get("customer_id", ""))),
        to=str(item.get("to", "")),
        state=MailState(state) if state in set(MailState) else MailState.INVALID,
        created_at=_time(item.get("created_at")) or datetime.min.replace(tzinfo=UTC),
        attempts=_count(item.get("attempts")),
        nonce=str(item.get("nonce", "")),
        lease_until=_time(item.get("lease_until")),
        message_id=str(item.get("message_id", "")),
        reason=str(item.get("reason", "")),
        fates={fate: heard for fate in Fate if (heard := _time(item.get(f"{fate.value}_at")))},
    )


def _time(value: object) -> datetime | None:
    try:
        return from_rfc3339(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _claim_values(nonce: str, now: datetime, *, attempt: int) -> dict[str, Any]:
    return {
        "sending": MailState.SENDING.value,
        "nonce": nonce,
        "lease_until": to_rfc3339(now + lease(attempt)),
        "attempts": attempt,
    }


def _text(attributes: Mapping[str, Any], name: str) -> str | None:
    value = attributes.get(name)
    text = value.get("S") if isinstance(value, Mapping) else None
    return text if isinstance(text, str) else None
