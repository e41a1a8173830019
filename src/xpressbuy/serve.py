"""The container's door: serves the shop in the role that its settings name, and leaves without dropping a request.

One process, one worker. SIGTERM: not ready any more, but still serving until the load balancer has turned away; then
no new connections, and the requests under way are finished. A second signal ends it at once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Coroutine
from types import FrameType
from typing import Any

import structlog
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server
from pydantic import ValidationError
from starlette.types import ASGIApp, Message

from xpressbuy.asgi import create
from xpressbuy.http.drain import Drain
from xpressbuy.http.log import configure
from xpressbuy.settings import Settings, explain

START_SECONDS_MAX = 45.0
"""A catalogue of 20,000 products is read in a few seconds; a new task is given 60 s before it is judged."""
CLOSE_SECONDS_MAX = 4.0
"""For ending the background tasks. At most 30 s of drain + 25 s of stop + this stay below the 60 s that ECS waits."""
IDLE_MS_MAX = 75_000
"""How long a connection may rest, and the head of a request may take. The load balancer lets go after 60 s; if we did
so first, it would now and then send a request into a connection that we are just closing."""
HEAD_BYTES_MAX = 128 * 1024
"""The load balancer lets 64 KB of headers through. They must be readable, so that the answer about them is ours."""
BACKLOG = 1024
CAUSE_CHARACTERS_MAX = 200
REASON_CHARACTERS_MAX = 1000
FAILED = 1

_log = structlog.get_logger("xpressbuy.serve")


class NotStarted(Exception):
    """The shop cannot open. Its text says why."""


def main() -> int:
    """Serves until a signal. Exit code 0 after a signal, 1 if the shop could not start or ended by itself."""
    # The first process of a container has no default for signals: until the loop listens, one would go unheard.
    signal.signal(signal.SIGTERM, _leave)
    configure("INFO")
    try:
        return _serve(Settings())
    except ValidationError as error:
        _log.critical("not_started", reason=explain(error))
    except Exception as error:  # noqa: BLE001 - whatever keeps the process from starting, its last line must say it
        _log.critical(
            "not_started", reason=str(error)[:REASON_CHARACTERS_MAX] or type(error).__name__, kind=type(error).__name__
        )
    return FAILED


def _leave(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)


def _serve(settings: Settings) -> int:
    drain = Drain()
    app = create(settings, drain)
    _refuse_taken_port(settings)
    return asyncio.run(_run(app, settings, drain))


async def _run(app: ASGIApp, settings: Settings, drain: Drain) -> int:
    leave, at_once = asyncio.Event(), asyncio.Event()

    def heard() -> None:
        (at_once if leave.is_set() else leave).set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, heard)
    lifespan = _Lifespan(app)
    opening = asyncio.create_task(lifespan.open(), name="opening")
    if not await _done(opening, unless=leave, seconds_max=START_SECONDS_MAX):
        if leave.is_set():
            return 0
        raise NotStarted(f"The shop was not open after {START_SECONDS_MAX:.0f} s.")
    _judge(opening, settings)
    # Only now is the port bound: nobody waits on a connection that nobody serves.
    server = _server(app, settings)
    serving = asyncio.create_task(server.serve(), name="serving")
    _log.info("started", role=settings.role, port=settings.listen_port)
    if await _done(serving, unless=leave):
        serving.result()
        raise NotStarted("The server ended by itself.")
    drain.begin()
    _log.info("leaving", drain_seconds=settings.drain_seconds)
    await _done(serving, unless=at_once, seconds_max=settings.drain_seconds)
    server.stop()  # type: ignore[no-untyped-call] # Granian's own method has no annotation
    finished = await _done(serving, unless=at_once, seconds_max=settings.stop_seconds)
    await _done(asyncio.create_task(lifespan.close()), unless=at_once, seconds_max=CLOSE_SECONDS_MAX)
    _log.info("stopped", cut=not finished)
    if not finished:
        # Nothing is left to be saved; an orderly end would wait for threads and report each cut request as an error.
        sys.stderr.flush()
        os._exit(0)
    return 0


def _judge(opening: asyncio.Task[None], settings: Settings) -> None:
    """What can fail in opening is the table; a lost sign-in provider, for one, is waited for by the open shop."""
    error = opening.exception()
    if error is not None:
        cause = f"{type(error).__name__}: {error}"[:CAUSE_CHARACTERS_MAX]
        raise NotStarted(
            f"The table {settings.table_name} in {settings.aws_region} cannot be read. Check XPRESSBUY_TABLE_NAME, "
            f"AWS_REGION, the role's rights and the network. ({cause})"
        ) from error


def _refuse_taken_port(settings: Settings) -> None:
    """The server shares its port with whoever else shares it, and each would then get a part of the requests."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.listen_port))
        except OSError as error:
            place = f"{settings.host}:{settings.listen_port}"
            raise NotStarted(
                f"Nothing can be served at {place} ({error.strerror}). Check XPRESSBUY_HOST and XPRESSBUY_PORT."
            ) from error


async def _done(task: asyncio.Task[Any], *, unless: asyncio.Event, seconds_max: float | None = None) -> bool:
    """Waits for the task, but not past the event or the time. Whether it is done."""
    event = asyncio.create_task(unless.wait())
    await asyncio.wait({task, event}, timeout=seconds_max, return_when=asyncio.FIRST_COMPLETED)
    event.cancel()
    return task.done()


def _server(app: ASGIApp, settings: Settings) -> Server:
    return Server(
        app,
        address=settings.host,
        port=settings.listen_port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE_MS_MAX, keep_alive=True, max_buffer_size=HEAD_BYTES_MAX),
        websockets=False,
        backlog=BACKLOG,
        log_level=LogLevels.error,
        # Its lines go the way of all lines of other libraries; they are not printed by itself.
        log_dictconfig={"incremental": True, "handlers": {}, "loggers": {"_granian": {}}},
    )


class _Lifespan:
    """Opens and closes the shop as ASGI has it. The server could do so too, but would not say what went wrong."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._told: asyncio.Queue[Message] = asyncio.Queue()
        self._said: asyncio.Queue[Message] = asyncio.Queue()
        self._life: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Returns when the shop can be served. Raises what kept it from that."""
        self._life = asyncio.create_task(self._live(), name="lifespan")
        await self._step("startup")

    async def close(self) -> None:
        """Ends the background tasks and connections."""
        await self._step("shutdown")

    def _live(self) -> Coroutine[Any, Any, None]:
        async def live() -> None:
            await self._app(
                {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, self._told.get, self._said.put
            )

        return live()

    async def _step(self, name: str) -> None:
        assert self._life is not None
        await self._told.put({"type": f"lifespan.{name}"})
        answer = asyncio.create_task(self._said.get())
        await asyncio.wait({answer, self._life}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done() or answer.result()["type"] != f"lifespan.{name}.complete":
            answer.cancel()
            await self._life
            raise NotStarted(f"The shop did not say that its {name} is complete.")


if __name__ == "__main__":
    raise SystemExit(main())
