"""An event source mapping of one shard by the rules that AWS documents, on a clock of its own.

The local AWS ignores `batchItemFailures`, bisecting and the number of retries, so they are played here:

- A batch is read in order; the next one is not read before this one is done or given up.
- An exception, or an answer that names a failure in a wrong way, fails the whole batch. No answer, an empty one or an
  empty list of failures is a success.
- With failures reported, everything before the lowest of their sequence numbers is done and the rest is tried again.
- With bisecting, a batch that fails as a whole is split in two; splitting uses up no retry.
- After the last retry, or past the greatest age, what is left of the batch goes to the on-failure destination.

AWS does not say how long it waits between tries; a wait that doubles from one second is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.lambdas.events import number_of

Invoke = Callable[[Mapping[str, Any]], Any]


class Failed(Exception):
    """The whole batch is to be taken as failed."""


@dataclass
class StreamMapping:
    """`run` reads a shard to its end. `destination` gets the sequence numbers of what was given up, batch by batch."""

    invoke: Invoke
    batch_size: int = 10
    retries_max: int = 5
    age_max_seconds: float = 6 * 3600
    bisect: bool = True
    invocation_seconds: float = 1.0
    now: float = 0.0
    invocations: int = 0
    destination: list[list[str]] = field(default_factory=list)

    def run(self, shard: Sequence[Mapping[str, Any]]) -> None:
        for begin in range(0, len(shard), self.batch_size):
            self._work(list(shard[begin : begin + self.batch_size]), retries=0)

    def _work(self, batch: list[Mapping[str, Any]], retries: int) -> None:
        first_seen = self.now
        while batch:
            try:
                done = self._checkpoint(batch)
            except Failed:
                if self.bisect and len(batch) > 1:
                    middle = len(batch) // 2
                    self._work(batch[:middle], retries)
                    self._work(batch[middle:], retries)
                    return
                done = 0
            if done:
                # What is left is another batch: it begins with the record that failed.
                batch, retries = batch[done:], 0
                if not batch:
                    return
            if retries >= self.retries_max or self.now - first_seen > self.age_max_seconds:
                self._give_up(batch)
                return
            self.now += 2**retries
            retries += 1

    def _give_up(self, batch: list[Mapping[str, Any]]) -> None:
        self.destination.append([number_of(record) for record in batch])

    def _checkpoint(self, batch: list[Mapping[str, Any]]) -> int:
        """How many records from the first on are done."""
        self.invocations += 1
        self.now += self.invocation_seconds
        try:
            answer = self.invoke({"Records": batch})
        except Exception as error:
            raise Failed from error
        failures = (answer or {}).get("batchItemFailures") or []
        numbers = [number_of(record) for record in batch]
        try:
            failed = [numbers.index(failure["itemIdentifier"]) for failure in failures]
        except (KeyError, TypeError, ValueError) as error:
            raise Failed from error
        return min(failed, default=len(batch))
