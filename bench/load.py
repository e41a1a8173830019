"""A small closed-loop load: a few kept-alive connections that ask again as soon as they are answered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import perf_counter

CONNECTIONS = 8
WARM_SECONDS = 0.5


@dataclass(frozen=True)
class Measured:
    """Requests a second, and latencies in milliseconds."""

    per_second: float
    p50_ms: float
    p99_ms: float


async def measure(port: int, host: str, path: str, seconds: float) -> Measured:
    """Asks for one path on loopback for some seconds. RuntimeError for any answer but 200."""
    await _round(port, host, path, WARM_SECONDS)
    started = perf_counter()
    latencies = sorted(await _round(port, host, path, seconds))
    took = perf_counter() - started
    return Measured(
        per_second=round(len(latencies) / took, 1),
        p50_ms=round(latencies[len(latencies) // 2] * 1000, 3),
        p99_ms=round(latencies[int(len(latencies) * 0.99)] * 1000, 3),
    )


async def _round(port: int, host: str, path: str, seconds: float) -> list[float]:
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    until = perf_counter() + seconds
    parts = await asyncio.gather(*(_ask_on(port, request, until) for _ in range(CONNECTIONS)))
    return [latency for part in parts for latency in part]


async def _ask_on(port: int, request: bytes, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    latencies: list[float] = []
    try:
        while (started := perf_counter()) < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.split(b"\r\n")[0].decode())
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            latencies.append(perf_counter() - started)
    finally:
        writer.close()
    return latencies
