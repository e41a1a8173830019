"""One server process for a measurement: the shop of the environment, or a bare callable with a fixed answer.

Pinned to one core, so that the load on the other one takes nothing from it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from bench.machine import pin_server

BODY = b""
HEADERS: list[tuple[bytes, bytes]] = []
USAGE_PATH = "/bench/usage"


async def bare(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The limit: the same bytes, no shop."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})


def load_bare() -> Any:
    """The bare callable with the body of the file named on the command line, and the headers beside it."""
    global BODY, HEADERS  # noqa: PLW0603 - one process, one answer
    BODY = Path(sys.argv[3]).read_bytes()
    named = json.loads(Path(sys.argv[4]).read_text())
    HEADERS = [(name.encode(), value.encode()) for name, value in named]
    return bare


def load_shop() -> Any:
    """The shop, and beside it how much CPU this process has had and how much memory it holds."""
    from xpressbuy.asgi import create  # noqa: PLC0415 - the bare callable shall not pay for it

    shop = create()

    async def watched(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != USAGE_PATH:
            await shop(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": _usage()})

    return watched


def _usage() -> bytes:
    times = os.times()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    memory = pages * os.sysconf("SC_PAGESIZE") / 1e6
    return json.dumps({"cpu_seconds": times.user + times.system, "memory_mb": memory}).encode()


def main() -> None:
    pin_server()
    kind, port = sys.argv[1], int(sys.argv[2])
    target = f"bench.serve:load_{kind}"
    Granian(
        target, address="127.0.0.1", port=port, interface=Interfaces.ASGI, factory=True, log_enabled=False, workers=1
    ).serve()


if __name__ == "__main__":
    main()
