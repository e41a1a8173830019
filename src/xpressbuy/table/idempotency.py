"""The record that makes a repeated command the same command. Business conditions still stand beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from xpressbuy.kit.clock import to_epoch
from xpressbuy.table.keys import Key, idempotency
from xpressbuy.table.schema import EXPIRES_AT, PK, SK
from xpressbuy.table.unit import Put

KEPT = timedelta(hours=24)
KEY_LENGTH_MIN = 8
KEY_LENGTH_MAX = 64


@dataclass(frozen=True, slots=True)
class Replay:
    """What the first request was answered with."""

    request_hash: str
    status: int
    body: str


def request_hash(operation: str, body: bytes) -> str:
    """SHA-256 over the operation and the canonical body, in hex."""
    return hashlib.sha256(operation.encode() + b"\x00" + body).hexdigest()


def record_key(customer_id: str, key: str) -> Key:
    """Scoped by who asks: the same key of another customer is another record."""
    return idempotency(customer_id, key)


def completed(customer_id: str, key: str, replay: Replay, now: datetime) -> Put:
    """A write that fails if a live record is there. It rides in the command's own unit."""
    where = record_key(customer_id, key)
    item = {
        PK: where.pk,
        SK: where.sk,
        "request_hash": replay.request_hash,
        "status": replay.status,
        "body": replay.body,
        EXPIRES_AT: to_epoch(now + KEPT),
    }
    condition = "attribute_not_exists(#PK) OR #expires_at < :now"
    return Put(item, condition, {"now": to_epoch(now)})


def replay_of(item: Mapping[str, Any] | None, now: datetime) -> Replay | None:
    """The live record in an item, or None. Expiry is compared here: the table deletes late."""
    if item is None or int(item[EXPIRES_AT]) < to_epoch(now):
        return None
    return Replay(str(item["request_hash"]), int(item["status"]), str(item["body"]))
