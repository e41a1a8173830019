"""Load on loopback, cheap enough not to be what is measured: kept-alive connections that read by the byte count.

Closed loop: each connection asks again as soon as it is answered. Open loop: requests are due at a fixed rate, whoever
is late, and each latency counts from when the request was due, so that a slow answer is not hidden by asking less.
"""

from __future__ import annotations

import asyncio
import selectors
from collections import deque
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter
from typing import Any

CONNECTIONS = 8
WARM_SECONDS = 0.5
DRAIN_SECONDS_MAX = 3.0
NAP_SECONDS = 0.0001
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass(frozen=True)
class Measured:
    """Requests a second, and latencies in milliseconds."""

    per_second: float
    p50_ms: float
    p99_ms: float


def run(measuring: Coroutine[Any, Any, Measured]) -> Measured:
    """On a loop whose timers are finer than a millisecond, which those of epoll are not."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selectors.SelectSelector())) as runner:
        return runner.run(measuring)


async def measure(port: int, host: str, paths: Sequence[str], seconds: float, rate: float | None = None) -> Measured:
    """Asks for the paths in turn on loopback, at `rate` a second if given. RuntimeError for any answer but 200."""
    if rate is None and seconds > WARM_SECONDS:
        await _run(port, host, paths, WARM_SECONDS, rate)
    return await _run(port, host, paths, seconds, rate)


async def once(port: int, host: str, paths: Sequence[str]) -> Measured:
    """Asks for each path once, one after another: how long an answer takes that nobody has asked for before."""
    turn = iter(paths)
    return await _run(port, host, (), float("inf"), None, turn=turn, connections=1)


async def _run(
    port: int,
    host: str,
    paths: Sequence[str],
    seconds: float,
    rate: float | None,
    *,
    turn: Iterator[str] | None = None,
    connections: int = CONNECTIONS,
) -> Measured:
    loop = asyncio.get_running_loop()
    made = {path: f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode() for path in dict.fromkeys(paths)}
    requests = cycle([made[path] for path in paths]) if turn is None else _one_by_one(turn, host)
    latencies: list[float] = []
    free: deque[_Connection] = deque()
    all_of_them = [
        (await loop.create_connection(lambda: _Connection(free, latencies), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    started = perf_counter()
    until = started + seconds
    try:
        if rate is None:
            for one in all_of_them:
                one.requests, one.until = requests, until
                one.ask(perf_counter())
            while not all(one.idle for one in all_of_them):  # noqa: ASYNC110 - a look now and then costs the load nothing
                await asyncio.sleep(0.005)
        else:
            await _pace(free, all_of_them, requests, rate, until)
    finally:
        for one in all_of_them:
            one.close()
    took = perf_counter() - started
    for one in all_of_them:
        if one.wrong:
            raise RuntimeError(one.wrong)
    latencies.sort()
    return Measured(
        per_second=round(len(latencies) / took, 1),
        p50_ms=round(latencies[len(latencies) // 2] * 1000, 3),
        p99_ms=round(latencies[int(len(latencies) * 0.99)] * 1000, 3),
    )


def _one_by_one(turn: Iterator[str], host: str) -> Iterator[bytes]:
    return (f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode() for path in turn)


async def _pace(
    free: deque[_Connection], connections: Sequence[_Connection], requests: Iterator[bytes], rate: float, until: float
) -> None:
    free.extend(connections)
    for one in connections:
        one.requests = requests
    due = perf_counter()
    # A server that cannot keep up is given some time to show it, then the rest is left unasked.
    while due < until and (now := perf_counter()) < until + DRAIN_SECONDS_MAX and not connections[0].wrong:
        while free and due <= now:
            free.popleft().ask(due)
            due += 1 / rate
        # While all connections are taken, the next answer is waited for, not the clock.
        await asyncio.sleep(max(due - perf_counter(), 0) if free else NAP_SECONDS)
    late = perf_counter() + DRAIN_SECONDS_MAX
    while len(free) < len(connections) and perf_counter() < late:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.001)


class _Connection(asyncio.Protocol):
    """One connection with one request under way."""

    def __init__(self, free: deque[_Connection], latencies: list[float]) -> None:
        self._free = free
        self._latencies = latencies
        self._transport: asyncio.Transport | None = None
        self._since = 0.0
        self._left = 0
        self._head = b""
        self.requests: Iterator[bytes] = iter(())
        self.until: float | None = None
        self.idle = True
        self.closing = False
        self.wrong = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self, since: float) -> None:
        """Sends the next request; its latency counts from `since`."""
        request = next(self.requests, None)
        self.idle = request is None
        if request is not None and self._transport is not None:
            self._since = since
            self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        if self._left:
            self._left -= len(data)
        else:
            self._head += data
            end = self._head.find(HEAD_END)
            if end < 0:
                return
            if not self._head.startswith(b"HTTP/1.1 200"):
                self.wrong = self._head[:200].decode("latin-1")
                self.idle = True
                return
            at = self._head.index(LENGTH) + len(LENGTH)
            length = int(self._head[at : self._head.index(b"\r", at)])
            self._left = end + len(HEAD_END) + length - len(self._head)
            self._head = b""
        if self._left <= 0:
            self._answered()

    def _answered(self) -> None:
        now = perf_counter()
        self._latencies.append(now - self._since)
        if self.until is None:
            self._free.append(self)
        elif now < self.until:
            self.ask(now)
        else:
            self.idle = True

    def connection_lost(self, _: Exception | None) -> None:
        if not self.idle and not self.closing:
            self.wrong = self.wrong or "the server closed a connection"
        self.idle = True

    def close(self) -> None:
        self.closing = True
        if self._transport is not None:
            self._transport.close()
