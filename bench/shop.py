"""A shop of a given size on the local AWS, served by a process of its own for as long as a block lasts."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from bench.catalogue import categories, drafts
from bench.machine import for_servers
from xpressbuy.catalog.service import CatalogEditor
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, free_port
from xpressbuy.local.stack import new_cookie_key
from xpressbuy.settings import Settings
from xpressbuy.table.unit import Put, Unit
from xpressbuy.wiring import build

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS_MAX = 180
WRITTEN_AT_ONCE = 1_000
WRITERS = 4


def environment(endpoint: str, table: str, port: int) -> dict[str, str]:
    return {
        "AWS_REGION": REGION, "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "XPRESSBUY_ENVIRONMENT": "local", "XPRESSBUY_TABLE_NAME": table,
        "XPRESSBUY_PUBLIC_URL": f"http://localhost:{port}", "XPRESSBUY_COOKIE_KEYS": new_cookie_key(),
        "XPRESSBUY_LOG_LEVEL": "INFO", "XPRESSBUY_DYNAMODB_SECONDS_MAX": "10",
        "XPRESSBUY_TRUSTED_PROXIES": "1",
    }  # fmt: skip


async def fill(settings: Settings, products: int) -> None:
    """Writes what the editor would, without asking whether the slugs are free."""
    shop = build(settings)
    try:
        await shop.editor.put_categories(categories(), actor="bench")
        async for items in _items(shop, products):
            parts = [items[at::WRITERS] for at in range(WRITERS)]
            await asyncio.gather(*(shop.table.put_many(part) for part in parts))
    finally:
        await shop.transport.close()


async def _items(shop: Any, products: int) -> AsyncIterator[list[Mapping[str, Any]]]:
    items: list[Mapping[str, Any]] = []

    async def keep(unit: Unit, _: str | None) -> None:
        puts = [write for write in unit.writes if isinstance(write, Put)]
        items.extend(put.item for put in puts if put.key.pk.startswith("PRODUCT#"))

    editor = CatalogEditor(CatalogStore(shop.table), keep, shop.clock, shop.ids, currency="USD")
    waiting = drafts(products)
    while part := list(islice(waiting, WRITTEN_AT_ONCE)):
        items.clear()
        for draft in part:
            await editor.create(draft, actor="bench")
        yield list(items)


@contextmanager
def serving(kind: str, port: int, more: Mapping[str, str], *arguments: str) -> Iterator[float]:
    """A server process that ends with the block. Gives the seconds that it took to be ready."""
    command = [sys.executable, "-m", "bench.serve", kind, str(port), *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **more, **for_servers()}, stderr=subprocess.DEVNULL
    )
    started = time.monotonic()
    try:
        while time.monotonic() < started + START_SECONDS_MAX and process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=1):
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        else:
            raise RuntimeError(f"the {kind} server did not start")
        yield time.monotonic() - started
    finally:
        process.terminate()
        process.wait(20)


def usage(port: int) -> dict[str, float]:
    """CPU seconds and memory of the serving process."""
    with urllib.request.urlopen(f"http://localhost:{port}/bench/usage", timeout=5) as answer:
        said: dict[str, float] = json.loads(answer.read())
    return said


__all__ = ["environment", "fill", "free_port", "serving", "usage"]
