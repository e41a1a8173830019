"""A deploy replaces each server behind the balancer while shoppers are in the shop: none of their requests fails."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.container.balancer import Balancer
from tests.container.process import Process

from xpressbuy.local.emulator import HOST

PATHS = ("/", "/api/products?limit=24", "/p/plain-tee", "/api/products/warm-scarf")
SHOPPERS = 20
EACH_SECONDS = 0.2
"""20 shoppers, five requests a second each: a hundred together."""
DRAIN_SECONDS = (3, 15, 30)
"""As in the cloud more than the balancer needs to turn away: two checks, 0.1 s apart here. A machine that is so busy
that the checks do not get their turn in time is given more; which one it was, the balancer knows."""
ANSWER_SECONDS_MAX = 30.0

pytestmark = [pytest.mark.cloud, pytest.mark.anyio]


@dataclass
class Told:
    """What the shoppers were told: how often each status, and what failed otherwise."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    surprised: int = 0
    """Servers that were gone before the balancer had heard it from them."""

    def failed(self) -> int:
        return len(self.broken) + sum(count for status, count in self.statuses.items() if status != 200)


@asynccontextmanager
async def _shoppers(balancer: Balancer) -> AsyncIterator[Told]:
    told = Told()
    leave = asyncio.Event()
    walks = [asyncio.create_task(_walk(balancer.port, number, told, leave)) for number in range(SHOPPERS)]
    try:
        yield told
    finally:
        leave.set()
        await asyncio.gather(*walks)


async def _walk(port: int, number: int, told: Told, leave: asyncio.Event) -> None:
    """One shopper on one kept connection, always a little out of step with the others."""
    reader, writer = await asyncio.open_connection(HOST, port)
    await asyncio.sleep(EACH_SECONDS * number / SHOPPERS)
    for path in itertools.islice(itertools.cycle(PATHS), number, None):
        if leave.is_set():
            break
        started = time.monotonic()
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                writer.write(f"GET {path} HTTP/1.1\r\nhost: shop.test\r\n\r\n".encode())
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
                await reader.readexactly(int(length))
            told.statuses[int(head.split()[1])] += 1
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            told.broken.append(repr(error))
            break
        await asyncio.sleep(max(0.0, EACH_SECONDS - (time.monotonic() - started)))
    writer.close()


async def _replace_in_turn(settings: Mapping[str, str], folder: Path, times: int) -> Told:
    """Two servers; `times` times the older one is replaced, as a deploy does it: the new one first."""
    logs = (folder / f"{number}.log" for number in itertools.count())
    servers: list[Process] = []
    async with Balancer() as balancer:
        try:
            servers += [await _join(balancer, settings, next(logs)) for _ in range(2)]
            async with _shoppers(balancer) as told:
                await asyncio.sleep(0.5)
                for _ in range(times):
                    servers.append(await _join(balancer, settings, next(logs)))
                    oldest = servers.pop(0)
                    oldest.tell()
                    assert await asyncio.to_thread(oldest.end) == 0
                    told.surprised += not balancer.forget(oldest.port).turned_away
                await asyncio.sleep(0.5)
        finally:
            for server in servers:
                await asyncio.to_thread(server.kill)
    return told


async def _join(balancer: Balancer, settings: Mapping[str, str], log: Path) -> Process:
    server = Process(settings, log)
    await asyncio.to_thread(server.__enter__)
    target = balancer.add(server.port)
    async with asyncio.timeout(ANSWER_SECONDS_MAX):
        await target.healthy.wait()
    return server


async def _deploy(stack: Mapping[str, str], folder: Path, times: int) -> Told:
    told = Told()
    for drain in DRAIN_SECONDS:
        attempt = folder / str(drain)
        attempt.mkdir()
        told = await _replace_in_turn({**stack, "XPRESSBUY_DRAIN_SECONDS": str(drain)}, attempt, times)
        if not told.surprised:
            break
    return told


async def test_replacing_each_server_fails_no_request(stack: dict[str, str], tmp_path: Path) -> None:
    told = await _deploy(stack, tmp_path, times=2)
    assert (told.broken, told.surprised) == ([], 0)
    assert set(told.statuses) == {200}, told.statuses
    assert told.statuses[200] > 100


async def test_a_server_that_leaves_at_once_is_noticed(stack: dict[str, str], tmp_path: Path) -> None:
    """What the test above would see if nobody waited for the balancer."""
    told = await _replace_in_turn({**stack, "XPRESSBUY_DRAIN_SECONDS": "0"}, tmp_path, times=1)
    assert told.surprised == 1
    assert told.failed() > 0


@pytest.mark.soak
@pytest.mark.timeout(1200)
async def test_fifty_replacements_fail_no_request(stack: dict[str, str], tmp_path: Path) -> None:
    told = await _deploy(stack, tmp_path, times=50)
    assert (told.broken, told.surprised) == ([], 0)
    assert set(told.statuses) == {200}, told.statuses
    assert told.statuses[200] > 5_000
