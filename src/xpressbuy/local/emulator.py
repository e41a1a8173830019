"""The local AWS as a child process on 127.0.0.1. It keeps its state in a folder and ends when this process ends."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
START_SECONDS_MAX = 60.0
STOP_SECONDS_MAX = 20.0
REGION = "us-east-1"
ACCESS_KEY = "local"
SECRET_KEY = "local"  # noqa: S105 - the emulator takes any; it is no secret
ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = ROOT / "tools" / "local-aws" / ".venv"


class LocalProblem(Exception):
    """Something that the person at the keyboard can mend; its text says what and how."""


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def port_taken(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


class Emulator:
    """`with Emulator(folder) as emulator:` gives `emulator.url`; leaving it writes the state and stops it."""

    def __init__(self, folder: Path, *, keep: bool = True, port: int | None = None) -> None:
        self._folder = folder.resolve()
        self._keep = keep
        self._process: subprocess.Popen[bytes] | None = None
        self.port = port or free_port()

    @property
    def url(self) -> str:
        """The endpoint of every AWS service."""
        return f"http://localhost:{self.port}"

    @property
    def pid(self) -> int:
        """The child's process id."""
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts the child and waits until it answers. LocalProblem if it does not."""
        python = ENVIRONMENT / "bin" / "python"
        if not python.exists():
            raise LocalProblem("The local AWS is not installed. Run `make setup` once.")
        for name in ("state", "s3", "tmp"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        _forget_stream_positions(self._folder / "state" / "lambda.json")
        log = (self._folder / "local-aws.log").open("wb")
        self._process = subprocess.Popen(
            [str(python), str(Path(__file__).with_name("emulator_child.py"))],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=self._environment(),
            cwd=self._folder,
            start_new_session=True,
        )
        log.close()
        self._wait_until_ready()

    def stop(self) -> None:
        """Closes the child's input, on which it saves and ends; kills it only if it does not in time."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(OSError):
            assert process.stdin is not None
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._process = None

    def wait(self) -> None:
        """Blocks until the child has ended, for whatever reason."""
        if self._process is not None:
            self._process.wait()

    def alive(self) -> bool:
        """Whether the child still runs."""
        return self._process is not None and self._process.poll() is None

    def _environment(self) -> dict[str, str]:
        bin_folder = str(ENVIRONMENT / "bin")
        return {
            "PATH": f"{bin_folder}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self._folder),
            "TMPDIR": str(self._folder / "tmp"),
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": HOST,
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "PERSIST_STATE": "1" if self._keep else "0",
            "S3_PERSIST": "1" if self._keep else "0",
            "STATE_DIR": str(self._folder / "state"),
            "S3_DATA_DIR": str(self._folder / "s3"),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LAMBDA_EXECUTOR": "local",
            "LOG_LEVEL": "WARNING",
        }

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            if not self.alive():
                raise LocalProblem(f"The local AWS stopped at its start; {self._folder / 'local-aws.log'} says why.")
            with contextlib.suppress(urllib.error.URLError, OSError, ValueError):
                url = f"http://{HOST}:{self.port}/_ministack/health"
                with urllib.request.urlopen(url, timeout=1) as answer:
                    json.load(answer)
                    return
            time.sleep(0.05)
        self.stop()
        raise LocalProblem(f"The local AWS did not answer in {START_SECONDS_MAX:.0f} s.")


def _forget_stream_positions(state: Path) -> None:
    """The emulator keeps how far a stream was read, but not the stream: after a restart it would skip new records."""
    if not state.exists():
        return
    try:
        document = json.loads(state.read_text())
        document.get("payload", document).pop("dynamodb_stream_positions", None)
        state.write_text(json.dumps(document))
    except (ValueError, AttributeError, OSError) as error:
        raise LocalProblem(f"{state} cannot be read. Remove the folder {state.parents[1]} to start afresh.") from error
