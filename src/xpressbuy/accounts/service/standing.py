"""What ends sessions, read from the table at most every half minute a customer and process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from xpressbuy.accounts.model.session import Standing
from xpressbuy.accounts.service.flight import SingleFlight
from xpressbuy.accounts.store import Sessions
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.ids import CustomerId

KEPT_SECONDS = 30.0
"""With 60 s from sign-out to no access anywhere, half of it for this memory and half to spare."""
KEPT_MAX = 10_000


class Standings:
    """Raises Unavailable when the table cannot be read: without it nobody is let in as somebody."""

    def __init__(self, store: Sessions, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._monotonic = monotonic
        self._kept: OrderedDict[CustomerId, tuple[float, Standing]] = OrderedDict()
        self._flights = SingleFlight[Standing]()
        self._forgotten = 0

    async def of(self, customer_id: CustomerId, *, fresh: bool = False) -> Standing:
        """`fresh` asks the table even if something is remembered."""
        kept = self._kept.get(customer_id)
        if kept is not None and not fresh and self._monotonic() - kept[0] < KEPT_SECONDS:
            return kept[1]
        standing, _ = await self._flights.run((customer_id, fresh), lambda: self._read(customer_id, fresh=fresh))
        return standing

    async def end_one(self, customer_id: CustomerId, session_id: str) -> None:
        await self._store.end_one(customer_id, session_id)
        self.forget(customer_id)

    async def end_all(self, customer_id: CustomerId) -> None:
        await self._store.end_all(customer_id, self._clock.now())
        self.forget(customer_id)

    def forget(self, customer_id: CustomerId) -> None:
        """The next question goes to the table."""
        self._kept.pop(customer_id, None)
        self._forgotten += 1

    async def _read(self, customer_id: CustomerId, *, fresh: bool) -> Standing:
        asked_at, forgotten = self._monotonic(), self._forgotten
        standing = await self._store.standing(customer_id, consistent=fresh)
        if forgotten != self._forgotten:
            # Somebody was signed out while the table answered; this answer may be from before.
            return standing
        self._kept[customer_id] = (asked_at, standing)
        self._kept.move_to_end(customer_id)
        while len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)
        return standing
