"""`make bench`: fills a shop, serves it, asks for its hot pages, and writes `bench/results/http.json`."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table as PrintedTable

from bench.load import Measured, measure
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator, free_port
from xpressbuy.local.stack import create_bare_table, new_cookie_key
from xpressbuy.settings import Settings
from xpressbuy.wiring import build

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results" / "http.json"
PRODUCTS = 1_000
ROUNDS = 3
SECONDS = 3.0
START_SECONDS_MAX = 60
PATHS = {
    "list": "/api/products?sort=newest&limit=24",
    "search": "/api/products?q=mug&limit=24",
    "product": "/api/products/bench-7",
    "home page": "/",
}
HEADER = "slug,name,brand,categories,status,sku,option1_name,option1_value,price,currency,stock\n"


def catalogue() -> Iterator[bytes]:
    """A thousand products of three variants, as a file of our own format."""
    yield HEADER.encode()
    nouns = ("Mug", "Lamp", "Tee", "Scarf", "Notebook", "Vase", "Cap", "Tote")
    for number in range(PRODUCTS):
        noun = nouns[number % len(nouns)]
        for index, size in enumerate(("S", "M", "L")):
            head = (
                f"bench-{number},{noun} {number},Tiller,Bench > {noun}s,active" if index == 0 else f"bench-{number},,,,"
            )
            yield f"{head},BENCH-{number}-{size},Size,{size},{number % 90 + 10}.00,USD,50\n".encode()


async def fill(settings: Settings) -> None:
    shop = build(settings)
    try:
        await shop.importer.run(catalogue())
    finally:
        await shop.transport.close()


@contextmanager
def serving(kind: str, port: int, environment: dict[str, str], *arguments: str) -> Iterator[None]:
    """A server process that ends with the block."""
    command = [sys.executable, "-m", "bench.serve", kind, str(port), *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=1):
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        else:
            raise RuntimeError(f"the {kind} server did not start")
        yield
    finally:
        process.terminate()
        process.wait(20)


def rounds(port: int, path: str) -> Measured:
    """The median of three rounds."""
    found = [asyncio.run(measure(port, f"localhost:{port}", path, SECONDS)) for _ in range(ROUNDS)]
    return Measured(*(round(statistics.median(values), 3) for values in zip(*map(_values, found), strict=True)))


def _values(one: Measured) -> tuple[float, float, float]:
    return one.per_second, one.p50_ms, one.p99_ms


def run(folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    results: dict[str, dict[str, dict[str, float]]] = {}
    with Emulator(folder / "aws", keep=False) as emulator:
        create_bare_table(emulator.url, "bench")
        port = free_port()
        environment = {
            "AWS_REGION": REGION, "AWS_ENDPOINT_URL": emulator.url, "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "XPRESSBUY_ENVIRONMENT": "local", "XPRESSBUY_TABLE_NAME": "bench",
            "XPRESSBUY_PUBLIC_URL": f"http://localhost:{port}", "XPRESSBUY_COOKIE_KEYS": new_cookie_key(),
            "XPRESSBUY_LOG_LEVEL": "ERROR", "XPRESSBUY_DYNAMODB_SECONDS_MAX": "10",
        }  # fmt: skip
        os.environ.update(environment)
        asyncio.run(fill(Settings()))
        with serving("shop", port, environment):
            for name, path in PATHS.items():
                body = urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=10).read()
                results[name] = {"shop": asdict(rounds(port, path))}
                file = folder / "body"
                file.write_bytes(body)
                other = free_port()
                with serving("bare", other, {}, str(file)):
                    results[name]["bare"] = asdict(rounds(other, path))
    return results


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        results = run(Path(folder))
    facts = {"python": platform.python_version(), "products": PRODUCTS, "rounds": ROUNDS, "seconds": SECONDS}
    RESULTS.write_text(json.dumps({"setup": facts, "paths": results}, indent=1) + "\n")
    printed = PrintedTable("path", "shop req/s", "p50 ms", "p99 ms", "bare req/s", "share")
    for name, found in results.items():
        shop, bare = found["shop"], found["bare"]
        share = f"{shop['per_second'] / bare['per_second']:.0%}"
        cells = (shop["per_second"], shop["p50_ms"], shop["p99_ms"], bare["per_second"])
        printed.add_row(name, *(str(cell) for cell in cells), share)
    Console().print(printed)


if __name__ == "__main__":
    main()
