"""What a connection that breaks means to the table: reads are tried again, a write's outcome is unknown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from xpressbuy.kit.errors import Unavailable
from xpressbuy.table.client import ATTEMPTS_MAX, Table
from xpressbuy.table.keys import cart
from xpressbuy.table.transport import Transport, make_client
from xpressbuy.table.unit import Delete

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def _hanging_up(calls: list[bytes]) -> AsyncIterator[Table]:
    """A table behind a server that reads each request and closes the connection without an answer."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport = Transport(seconds_max=2)
    client = make_client(
        transport, region="us-east-1", endpoint=f"http://127.0.0.1:{port}", access_key=("local", "local")
    )
    try:
        yield Table(client, "shop")
    finally:
        await transport.close()
        server.close()


async def test_a_read_is_tried_again_and_then_refused_as_unavailable() -> None:
    calls: list[bytes] = []
    async with _hanging_up(calls) as table:
        with pytest.raises(Unavailable, match="busy"):
            await table.get(cart("somebody"))
    assert len(calls) == ATTEMPTS_MAX


async def test_a_single_write_is_sent_once_and_its_outcome_called_unknown() -> None:
    calls: list[bytes] = []
    async with _hanging_up(calls) as table:
        with pytest.raises(Unavailable, match="outcome_unknown"):
            await table.write(Delete(cart("somebody")))
    assert len(calls) == 1
