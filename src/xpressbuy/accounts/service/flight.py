"""One flight a key: whoever asks while one is under way gets its result. Holds nothing after it has landed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Work goes on when the request that started it is gone, since others wait for it."""

    def __init__(self) -> None:
        self._flights: dict[Hashable, asyncio.Task[T]] = {}

    async def run(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]]) -> tuple[T, bool]:
        """The result, and whether this call was the one that started the work."""
        flight = self._flights.get(key)
        led = flight is None
        if flight is None:
            flight = self._flights[key] = asyncio.create_task(work())
            flight.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(flight), led

    def busy(self, key: Hashable) -> bool:
        """Whether a flight for this key is under way."""
        return key in self._flights

    def _landed(self, key: Hashable, done: asyncio.Task[T]) -> None:
        self._flights.pop(key, None)
        if not done.cancelled():
            done.exception()  # Heard by whoever waits; when all have gone it is nobody's.
