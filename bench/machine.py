"""Which core does what. With one core only, everything shares it, and the results say so."""

from __future__ import annotations

import os

ASKED = "BENCH_SERVER_CORE"
"""Set for server processes by the one that starts them: they inherit its own pin and cannot see the other core."""
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVER_CORE = CORES[-1] if len(CORES) > 1 else None
LOAD_CORE = CORES[0] if len(CORES) > 1 else None


def pin(core: int | None) -> None:
    """This process, and those that it starts, run on this core only."""
    if core is not None:
        os.sched_setaffinity(0, {core})


def pin_server() -> None:
    """In a server process: to the core that it was given."""
    if core := os.environ.get(ASKED):
        pin(int(core))


def for_servers() -> dict[str, str]:
    """What a server process is told."""
    return {} if SERVER_CORE is None else {ASKED: str(SERVER_CORE)}
