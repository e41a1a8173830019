"""The time, passed in. The only place that asks the machine for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Two implementations exist: the machine's clock, and one that stands until it is told to move."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place that may ask


class FixedClock:
    """A clock that stands still until `advance` is called; for tests and replays."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def advance(self, step: timedelta) -> None:
        self._at += step


def to_rfc3339(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds and `Z`, as on the wire and in items. Sorts like time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def from_rfc3339(text: str) -> datetime:
    """Read what `to_rfc3339` wrote. ValueError if it is something else or has no zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no time zone")
    return at.astimezone(UTC)


def to_epoch(at: datetime) -> int:
    """Whole seconds since 1970, only for the table's TTL attribute and token claims."""
    return int(at.timestamp())
