"""`make bench`: fills shops of several sizes, serves them, asks, and writes `bench/results/http.json`.

The limit of a hot path is a bare callable that returns the same bytes on the same server, measured in turn with the
shop. `--sizes 1000 10000 100000` takes other sizes; the largest is written to the local AWS for many minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import statistics
import tempfile
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as PrintedTable

from bench.buying import cpu_of_buying
from bench.catalogue import popular, queries, slug_of
from bench.load import Measured, measure, once, run
from bench.machine import CORES, LOAD_CORE, pin
from bench.shop import ROOT, environment, fill, free_port, serving, usage
from xpressbuy.catalog.model import ProductDraft
from xpressbuy.local.emulator import Emulator
from xpressbuy.local.stack import create_bare_table
from xpressbuy.settings import Settings

RESULTS = ROOT / "bench" / "results" / "http.json"
SIZES = (1_000, 10_000)
ROUNDS = 3
SECONDS = 3.0
OPEN_SHARE = 0.5
"""Open loop at this share of what the shop does in closed loop; the bare callable is given the same rate."""
NOT_OURS = ("date", "server", "connection")
"""Headers that the server adds; `connection: close`, repeated by the bare callable, would end each connection."""
COLD = 400
ZIPF = 4_000
HOT = {
    "list": "/api/products?sort=newest&limit=24",
    "search": "/api/products?q=mug&facets=true&limit=24",
    "product": f"/api/products/{slug_of(7)}",
    "product page": f"/p/{slug_of(7)}",
    "home page": "/",
}


def median(ask: Callable[[], Measured]) -> Measured:
    found = [asdict(ask()) for _ in range(ROUNDS)]
    return Measured(**{name: round(statistics.median(one[name] for one in found), 3) for name in found[0]})


def closed(port: int, path: str, host: str) -> Measured:
    return median(lambda: run(measure(port, host, [path], SECONDS)))


def paced(port: int, path: str, host: str, rate: float) -> Measured:
    return median(lambda: run(measure(port, host, [path], SECONDS, rate)))


def hot(port: int, folder: Path) -> dict[str, Any]:
    """Each hot path beside the bare callable, closed and open loop."""
    host = f"localhost:{port}"
    results: dict[str, Any] = {}
    for name, path in HOT.items():
        with urllib.request.urlopen(f"http://{host}{path}", timeout=10) as answer:
            body = answer.read()
            named = [(key.lower(), value) for key, value in answer.headers.items() if key.lower() not in NOT_OURS]
        (folder / "body").write_bytes(body)
        (folder / "headers").write_text(json.dumps(named))
        (folder / "few").write_text(
            json.dumps(
                [pair for pair in named if pair[0].startswith("content-t")] + [("content-length", str(len(body)))]
            )
        )
        found: dict[str, Any] = {"bytes": len(body), "shop": asdict(closed(port, path, host))}
        rate = round(found["shop"]["per_second"] * OPEN_SHARE)
        found["rate"] = rate
        found["shop paced"] = asdict(paced(port, path, host, rate))
        for kind, headers in (("bare", "headers"), ("bare, two headers", "few")):
            other = free_port()
            with serving("bare", other, {}, str(folder / "body"), str(folder / headers)):
                found[kind] = asdict(closed(other, path, host))
                if kind == "bare":
                    found["bare paced"] = asdict(paced(other, path, host, rate))
        results[name] = found
        print(f"  {name}: {found['shop']['per_second']} of {found['bare']['per_second']} requests a second", flush=True)
    return results


def of_size(emulator: Emulator, products: int, folder: Path, *, with_bare: bool) -> dict[str, Any]:
    table, port = f"bench-{products}", free_port()
    create_bare_table(emulator.url, table)
    more = environment(emulator.url, table, port)
    os.environ.update(more)
    print(f"{products:,} products: writing", flush=True)
    asyncio.run(fill(Settings(), products))
    host = f"localhost:{port}"
    with serving("shop", port, more) as ready_after:
        cold = queries(COLD)
        before = usage(port)
        found: dict[str, Any] = {
            "ready after s": round(ready_after, 2),
            "memory mb": round(before["memory_mb"]),
            "cold lists": asdict(run(once(port, host, cold))),
        }
        found["cold list cpu ms"] = round((usage(port)["cpu_seconds"] - before["cpu_seconds"]) / COLD * 1000, 2)
        visits = [f"/api/products/{slug_of(rank)}" for rank in popular(products, ZIPF)]
        found["products by Zipf"] = asdict(run(measure(port, host, visits, SECONDS)))
        if with_bare:
            found["hot"] = hot(port, folder)
        else:
            found["hot"] = {name: {"shop": asdict(closed(port, path, host))} for name, path in HOT.items()}
        found["cpu ms"] = cpu_of_buying(port, _buyable(products))
        found["memory mb at the end"] = round(usage(port)["memory_mb"])
    return found


def _buyable(products: int) -> tuple[str, str]:
    """Two SKUs with the most left, of different products."""
    from bench.catalogue import drafts  # noqa: PLC0415

    def left(draft: ProductDraft) -> int:
        return max(one.stock for one in draft.variants)

    best = sorted(drafts(min(products, 1_000)), key=left, reverse=True)[:2]
    first, second = (max(draft.variants, key=lambda one: one.stock).sku for draft in best)
    return str(first), str(second)


def show(results: dict[str, Any]) -> None:
    console = Console(width=140)
    for size, found in results.items():
        printed = PrintedTable(
            "hot path", "req/s", "p99 ms", "bare req/s", "share", "of two headers", "paced p99", "bare's", "times",
            title=f"{int(size):,} products",
        )  # fmt: skip
        for name, one in found["hot"].items():
            cells = [name, str(one["shop"]["per_second"]), str(one["shop"]["p99_ms"])]
            if "bare" in one:
                cells += [
                    str(one["bare"]["per_second"]),
                    f"{one['shop']['per_second'] / one['bare']['per_second']:.0%}",
                    f"{one['shop']['per_second'] / one['bare, two headers']['per_second']:.0%}",
                    str(one["shop paced"]["p99_ms"]),
                    str(one["bare paced"]["p99_ms"]),
                    f"{one['shop paced']['p99_ms'] / one['bare paced']['p99_ms']:.1f}",
                ]
            printed.add_row(*cells)
        console.print(printed)
        for name in found:
            if name != "hot":
                console.print(f"  {name}: {found[name]}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="PRODUCTS")
    sizes = parser.parse_args(arguments).sizes
    pin(LOAD_CORE)
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name, Emulator(Path(name) / "aws", keep=False) as emulator:
        for size in sizes:
            results[str(size)] = of_size(emulator, size, Path(name), with_bare=size == sizes[0])
    facts = {"python": platform.python_version(), "cores": len(CORES), "rounds": ROUNDS, "seconds": SECONDS}
    RESULTS.write_text(json.dumps({"setup": facts, "sizes": results}, indent=1) + "\n")
    show(results)


if __name__ == "__main__":
    main()
