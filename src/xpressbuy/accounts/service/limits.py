"""Token buckets in memory: how often one address may try, and how often one e-mail address may be tried.

Each process counts for itself, so the shop as a whole lets through as many times more as it has processes.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from xpressbuy.kit.errors import TooMany

BUCKETS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then one more every `seconds_each`."""

    burst: int
    seconds_each: float


@dataclass(frozen=True, slots=True)
class Limits:
    """A family behind one router signs up without noticing. A script that guesses codes gets 10, then 20 an hour:
    0.05 % of a million in a day.
    """

    by_client: Rate = Rate(30, 2.0)
    by_email_mail: Rate = Rate(5, 120.0)
    by_email_code: Rate = Rate(10, 180.0)


class Buckets:
    """One kind of limit. The oldest bucket is dropped when there are too many, so memory stays bounded."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, name: str) -> None:
        """One try. TooMany with the seconds to wait if there is none left."""
        now = self._monotonic()
        full_at = max(self._full_at.get(name, now), now)
        wait = full_at - now - (self._rate.burst - 1) * self._rate.seconds_each
        if wait > 0:
            raise TooMany(
                "too_many", "That was tried too often. Wait a little, then try again.", retry_after_seconds=ceil(wait)
            )
        self._full_at[name] = full_at + self._rate.seconds_each
        self._full_at.move_to_end(name)
        while len(self._full_at) > BUCKETS_MAX:
            self._full_at.popitem(last=False)
