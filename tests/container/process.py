"""A server as a process of its own, with an environment that holds nothing but its settings."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.container.dockerfile import ROOT

from xpressbuy.local.emulator import HOST, free_port

READY_SECONDS_MAX = 60.0
END_SECONDS_MAX = 60.0
SERVE = (sys.executable, "-m", "xpressbuy.serve")


class Process:
    """`with Process(settings, log) as server:` is ready inside, and ended outside however it went."""

    def __init__(
        self,
        settings: Mapping[str, str],
        log: Path,
        *,
        command: Sequence[str] = SERVE,
        directory: Path = ROOT,
        user: int | None = None,
    ) -> None:
        self.port = free_port()
        self._log = log
        with log.open("wb") as file:
            self._process = subprocess.Popen(
                list(command),
                env={**settings, "XPRESSBUY_PORT": str(self.port), "XPRESSBUY_HOST": HOST},
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
            )

    def __enter__(self) -> Self:
        deadline = time.monotonic() + READY_SECONDS_MAX
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(OSError):
                if self.get("/readyz")[0] == 200:
                    return self
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the server was not ready:\n{self._log.read_text()[-4000:]}")

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    def get(self, path: str, **headers: str) -> tuple[int, bytes, Mapping[str, str]]:
        """Status, body and headers (names in small letters) of an answer on a connection of its own."""
        with contextlib.closing(http.client.HTTPConnection(HOST, self.port, timeout=15)) as connection:
            connection.request("GET", path, headers={"Host": "shop.test", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def tell(self, number: int = signal.SIGTERM) -> None:
        self._process.send_signal(number)

    def running(self) -> bool:
        return self._process.poll() is None

    def end(self) -> int:
        """Waits for its end; the exit code."""
        return self._process.wait(END_SECONDS_MAX)

    def kill(self) -> None:
        if self.running():
            self._process.kill()
        self._process.wait(END_SECONDS_MAX)

    def lines(self) -> list[dict[str, Any]]:
        """What it logged. Fails if a line is no JSON object."""
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def events(self) -> list[str]:
        """What it logged of itself, without the lines of requests."""
        return [line["event"] for line in self.lines() if line["event"] != "request"]
