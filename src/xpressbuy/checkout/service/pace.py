"""How many orders an hour: so that nobody fills a stranger's mailbox with confirmations. Counted in this process."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import TooMany

WINDOW = timedelta(hours=1)
NAMES_MAX = 20_000
"""Names remembered at once; the one that ordered longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Orders placed within an hour. A network address may be a whole company's."""

    per_guest: int = 60
    per_email: int = 60
    per_address: int = 2_000


@dataclass(slots=True)
class Turn:
    """One try. `placed` is set by whoever has placed a new order in it."""

    placed: bool = False


@dataclass(slots=True)
class _Name:
    placed: deque[datetime] = field(default_factory=deque)
    in_flight: int = 0


class Pace:
    """Counts orders that were placed, not tries: sold out 90 times is no reason to be sent away.

    A try that might pass the limit waits for the tries before it, so the limit is exact without refusing anybody early.
    """

    def __init__(self, clock: Clock, window: timedelta = WINDOW) -> None:
        self._clock = clock
        self._window = window
        self._names: OrderedDict[str, _Name] = OrderedDict()
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def turn(self, limits: Mapping[str, int]) -> AsyncIterator[Turn]:
        """One try under each of these names. TooMany if one has used up its limit."""
        async with self._changed:
            while not self._room(limits):
                await self._changed.wait()
            for name in limits:
                self._of(name).in_flight += 1
        turn = Turn()
        try:
            yield turn
        finally:
            self._end(limits, placed=turn.placed)
            async with self._changed:
                self._changed.notify_all()

    def _room(self, limits: Mapping[str, int]) -> bool:
        """Whether a try may begin now; TooMany if waiting would not help."""
        for name, limit in limits.items():
            known = self._of(name)
            if len(known.placed) >= limit:
                wait = known.placed[0] + self._window - self._clock.now()
                raise TooMany(
                    "too_many_orders",
                    "That is a lot of orders in one hour. Try again later.",
                    retry_after_seconds=max(1, int(wait.total_seconds()) + 1),
                )
        return all(len(self._of(name).placed) + self._of(name).in_flight < limit for name, limit in limits.items())

    def _end(self, limits: Mapping[str, int], *, placed: bool) -> None:
        for name in limits:
            known = self._of(name)
            known.in_flight -= 1
            if placed:
                known.placed.append(self._clock.now())

    def _of(self, name: str) -> _Name:
        known = self._names.setdefault(name, _Name())
        self._names.move_to_end(name)
        while known.placed and self._clock.now() - known.placed[0] >= self._window:
            known.placed.popleft()
        if len(self._names) > NAMES_MAX:
            oldest = next(iter(self._names))
            if not self._names[oldest].in_flight:
                del self._names[oldest]
        return known
