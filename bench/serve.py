"""One server process for a measurement: the shop of the environment, or a bare callable with a fixed body."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces

BODY = b""


async def bare(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The limit: the same bytes, no shop."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": BODY})


def load_body() -> Any:
    """The bare callable with the body of the file named on the command line."""
    global BODY  # noqa: PLW0603 - one process, one body
    BODY = Path(sys.argv[3]).read_bytes()
    return bare


def main() -> None:
    kind, port = sys.argv[1], int(sys.argv[2])
    target = "bench.serve:load_body" if kind == "bare" else "xpressbuy.asgi:create"
    Granian(target, address="127.0.0.1", port=port, interface=Interfaces.ASGI, factory=True, log_enabled=False).serve()


if __name__ == "__main__":
    main()
