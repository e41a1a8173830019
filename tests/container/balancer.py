"""Stands where the load balancer stands: before two servers, on connections that it keeps, led by /readyz.

As AWS's one it never sends a request twice: whatever goes wrong with the connection to a server is a 502 for the
client. A server is asked every now and then; after two bad answers it gets no new requests. Only for the requests of
this test: GET, answers with a length or none.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field
from typing import Self

from xpressbuy.local.emulator import HOST

CHECK_EVERY_SECONDS = 0.1
CHECK_SECONDS_MAX = 5.0
BAD_CHECKS_MAX = 2
ANSWER_SECONDS_MAX = 20.0
KEPT_MAX = 64
HEAD_BYTES_MAX = 64 * 1024
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"
_PROBE = b"GET /readyz HTTP/1.1\r\nhost: balancer\r\nconnection: close\r\n\r\n"

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Target:
    port: int
    healthy: asyncio.Event = field(default_factory=asyncio.Event)
    turned_away: bool = False
    """Whether it said itself that it is not ready, in time for the balancer to go elsewhere."""
    bad_checks: int = 0
    answered: int = 0
    kept: deque[Connection] = field(default_factory=deque)


class Balancer:
    """`async with Balancer() as balancer:` listens on `balancer.port`; servers come and go by `add` and `forget`."""

    def __init__(self) -> None:
        self.port = 0
        self._targets: dict[int, Target] = {}
        self._turn = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._client, HOST, 0, limit=HEAD_BYTES_MAX)
        self.port = self._server.sockets[0].getsockname()[1]
        self._checking = asyncio.create_task(self._check_all())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._checking.cancel()
        self._server.close()
        for target in self._targets.values():
            _close_all(target)
        await asyncio.gather(self._checking, return_exceptions=True)
        # A turn of the loop, in which the closed connections let go of their sockets.
        await asyncio.sleep(0.05)

    def add(self, port: int) -> Target:
        target = self._targets[port] = Target(port)
        return target

    def forget(self, port: int) -> Target:
        target = self._targets.pop(port)
        _close_all(target)
        return target

    async def _check_all(self) -> None:
        while True:
            await asyncio.gather(*(self._check(target) for target in list(self._targets.values())))
            await asyncio.sleep(CHECK_EVERY_SECONDS)

    async def _check(self, target: Target) -> None:
        status = b""
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            async with asyncio.timeout(CHECK_SECONDS_MAX):
                reader, writer = await asyncio.open_connection(HOST, target.port)
                with contextlib.closing(writer):
                    writer.write(_PROBE)
                    status = (await reader.readuntil(b"\r\n")).split()[1]
        target.bad_checks = 0 if status == b"200" else target.bad_checks + 1
        if status == b"200":
            target.healthy.set()
        elif target.bad_checks >= BAD_CHECKS_MAX:
            target.turned_away |= target.healthy.is_set() and status == b"503"
            target.healthy.clear()

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(await self._forward(head))
                await writer.drain()
        writer.close()

    async def _forward(self, head: bytes) -> bytes:
        target = self._next()
        if target is None:
            return BAD_GATEWAY
        connection = None
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                connection = target.kept.pop() if target.kept else await asyncio.open_connection(HOST, target.port)
                answer, reusable = await _exchange(connection, head)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            if connection is not None:
                connection[1].close()
            return BAD_GATEWAY
        if reusable and len(target.kept) < KEPT_MAX:
            target.kept.append(connection)
        else:
            connection[1].close()
        target.answered += 1
        return answer

    def _next(self) -> Target | None:
        """The next healthy one in turn."""
        healthy = [target for target in self._targets.values() if target.healthy.is_set()]
        self._turn += 1
        return healthy[self._turn % len(healthy)] if healthy else None


async def _exchange(connection: Connection, head: bytes) -> tuple[bytes, bool]:
    """The whole answer, its own connection header left out, and whether the connection may be used again."""
    reader, writer = connection
    writer.write(head)
    await writer.drain()
    lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:] if line)}
    length = int(headers.get(b"content-length", b"0"))
    body = await reader.readexactly(length)
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join(kept) + body, headers.get(b"connection", b"").lower() != b"close"


def _close_all(target: Target) -> None:
    while target.kept:
        target.kept.pop()[1].close()
