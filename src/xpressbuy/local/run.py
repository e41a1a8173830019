"""One local run from start to stop: emulator, resources, sample data, server. Ctrl-C ends it and keeps the data."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server
from rich.console import Console
from starlette.types import ASGIApp

from xpressbuy.asgi import create_app
from xpressbuy.cloud.bundle import build_lambda_zip
from xpressbuy.http.log import configure
from xpressbuy.local import mailbox
from xpressbuy.local.emulator import HOST, ROOT, Emulator, LocalProblem, port_taken
from xpressbuy.local.folder import DataFolder
from xpressbuy.local.load import load_sample
from xpressbuy.local.outbox import Outbox
from xpressbuy.local.people import DEMO_PEOPLE, ensure_people
from xpressbuy.local.stack import ensure_stack, warm_order_mail
from xpressbuy.settings import Settings
from xpressbuy.wiring import build

PICTURES = ROOT / "build" / "pictures"
"""Drawn once for all shops on this machine; keyed by content, so it may go at any time."""
SAMPLE_SETTINGS = {
    # The emulator is one process that does everything; under load it takes longer than DynamoDB.
    "XPRESSBUY_DYNAMODB_SECONDS_MAX": "10",
    "XPRESSBUY_EDIT_TITLE": "Made for early evenings",
    "XPRESSBUY_EDIT_TEXT": "A lamp to read by, a satchel that goes everywhere, a sweater for the first cold walk home.",
}


def run(port: int, data_dir: Path, console: Console | None = None) -> None:
    """Blocks until Ctrl-C or SIGTERM. LocalProblem if it cannot start."""
    console = console or Console()
    if port_taken(port):
        raise LocalProblem(f"Port {port} is in use. Stop what uses it, or choose another: PORT={port + 1} make run")
    folder = DataFolder(data_dir)
    with folder.locked():
        facts = folder.facts()
        with Emulator(folder.path / "local-aws", port=folder.emulator_port(facts)) as emulator:
            folder.keep({**facts, "emulator_port": str(emulator.port)})
            settings = _prepare(folder, emulator, port, facts["cookie_key"], console)
            asyncio.run(_serve(settings, emulator, console, port, data_dir))
    console.print("Stopped. The data is kept.")


def _prepare(folder: DataFolder, emulator: Emulator, port: int, cookie_key: str, console: Console) -> Settings:
    public_url = f"http://localhost:{port}"
    code = build_lambda_zip(folder.path / "order-mail.zip", platform="local")
    stack = ensure_stack(emulator.url, public_url=public_url, code=code)
    environment = stack.environment(emulator.url, public_url, cookie_key)
    environment |= SAMPLE_SETTINGS
    ensure_people(emulator.url, stack.outputs["UserPoolId"])
    settings = settings_from(environment)
    configure("WARNING")
    warm_order_mail(emulator.url, stack.outputs["OrderMailFunction"])
    asyncio.run(load_sample(settings, PICTURES, console))
    folder.write_settings(environment)
    return settings


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings of these variables, whatever else the machine's environment holds."""
    os.environ.update(environment)  # noqa: TID251 - the SDKs of this very process read the same names
    return Settings()


async def _serve(settings: Settings, emulator: Emulator, console: Console, port: int, data_dir: Path) -> None:
    shop = build(settings)
    app = create_app(shop, extra=[mailbox.router(settings)])
    server = _server(app, port)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, server.stop)
    async with Outbox(shop.mails):
        _stop_with(emulator, server, loop)
        _announce(console, port, data_dir)
        await server.serve()
    if not emulator.alive():
        raise LocalProblem("The local AWS ended by itself; local-aws.log in the data folder says why.")


def _server(app: ASGIApp, port: int) -> Server:
    return Server(
        app,
        address=HOST,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    )


def _stop_with(emulator: Emulator, server: Server, loop: asyncio.AbstractEventLoop) -> None:
    """Waits for the emulator's end in a thread of its own, which nobody waits for."""

    def watch() -> None:
        emulator.wait()
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(server.stop)

    threading.Thread(target=watch, daemon=True).start()


def _announce(console: Console, port: int, data_dir: Path) -> None:
    console.print(f"\n  The shop is open at [bold]http://localhost:{port}[/bold]")
    console.print(f"  Its mails are at    http://localhost:{port}/dev/mailbox\n")
    for person in DEMO_PEOPLE:
        console.print(f"  {person.title:9} {person.email:22} password {person.password}")
    console.print(f"\n  Ctrl-C stops everything and keeps the data in {data_dir}/\n")
