"""The server process from its start to its end: what keeps it from starting, and how it leaves."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.container.process import SERVE, Process
from tests.whole import BROWSER_HEADERS

from xpressbuy import alive, serve
from xpressbuy.local.emulator import HOST, free_port
from xpressbuy.settings import Settings

START_SECONDS_MAX = 60
ALB_IDLE_SECONDS = 60
ALB_HEADERS_BYTES = 64 * 1024
ECS_STOP_SECONDS = 60
KEY = "x" * 43
QUOTE = b'{"lines": [{"sku": "plain-tee-s", "quantity": 1}], "shipping_address": {"country": "US"}}'

pytestmark = pytest.mark.cloud


def _fails(settings: Mapping[str, str]) -> dict[str, Any]:
    """The one line of a server that cannot start."""
    done = subprocess.run(
        SERVE, env=dict(settings), capture_output=True, text=True, check=False, timeout=START_SECONDS_MAX
    )
    assert done.returncode == 1, done
    (line,) = (json.loads(line) for line in (done.stdout + done.stderr).splitlines())
    assert (line["event"], line["level"]) == ("not_started", "critical")
    return dict(line)


@contextlib.contextmanager
def _connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection((HOST, port), timeout=20) as connection:
        yield connection


def _answer(connection: socket.socket) -> bytes:
    """Everything until the server closes."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


def _half_a_request() -> tuple[bytes, bytes]:
    headers = {"Host": "shop.test", "Content-Length": str(len(QUOTE)), **BROWSER_HEADERS}
    headers["origin"] = "https://shop.test"
    head = "POST /api/checkout/quote HTTP/1.1\r\n" + "".join(f"{name}: {said}\r\n" for name, said in headers.items())
    return head.encode() + b"\r\n" + QUOTE[:10], QUOTE[10:]


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("XPRESSBUY_PORT", "many"),
        ("XPRESSBUY_PORT", "70000"),
        ("XPRESSBUY_ROLE", "both"),
        ("XPRESSBUY_DRAIN_SECONDS", "31"),
        ("XPRESSBUY_STOP_SECONDS", "25.5"),
        ("XPRESSBUY_PUBLIC_URL", "shop.example"),
        ("XPRESSBUY_COOKIE_KEYS", "tooshort0123"),
        ("XPRESSBUY_COOKIE_KEYS", "keys, that: are nothing"),
        ("XPRESSBUY_COOKIE_KEYS", ""),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(variable: str, said: str) -> None:
    line = _fails({"XPRESSBUY_COOKIE_KEYS": KEY, variable: said})
    assert variable in line["reason"]
    assert not said or said not in line["reason"]


def test_a_table_that_is_not_there_is_named(stack: dict[str, str]) -> None:
    reason = _fails({**stack, "XPRESSBUY_TABLE_NAME": "nowhere", "XPRESSBUY_PORT": str(free_port())})["reason"]
    assert "The table nowhere in us-east-1 cannot be read." in reason
    assert "XPRESSBUY_TABLE_NAME" in reason


def test_a_table_that_cannot_be_reached_is_no_reason_to_hang(stack: dict[str, str]) -> None:
    settings = {**stack, "AWS_ENDPOINT_URL_DYNAMODB": f"http://{HOST}:9", "XPRESSBUY_PORT": str(free_port())}
    assert "cannot be read" in _fails(settings)["reason"]


def test_a_port_in_use_is_not_shared(stack: dict[str, str]) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((HOST, 0))
        other.listen()
        reason = _fails({**stack, "XPRESSBUY_HOST": HOST, "XPRESSBUY_PORT": str(other.getsockname()[1])})["reason"]
    assert "XPRESSBUY_PORT" in reason


@pytest.mark.parametrize("asked_first", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB"])
def test_a_signal_during_the_start_ends_it(stack: dict[str, str], tmp_path: Path, asked_first: str) -> None:
    """While it waits for its secrets, and while it waits for the table."""
    with socket.create_server((HOST, 0)) as silent:
        silent.settimeout(START_SECONDS_MAX)
        settings = {**stack, asked_first: f"http://{HOST}:{silent.getsockname()[1]}"}
        if asked_first == "AWS_ENDPOINT_URL":
            settings |= {"XPRESSBUY_COOKIE_KEYS": "", "XPRESSBUY_SECRET_ID": "shop"}
        server = Process(settings, tmp_path / "log")
        try:
            with silent.accept()[0]:
                server.tell()
                assert server.end() == 0
        finally:
            server.kill()
    assert server.events() == []


def test_a_server_that_leaves_is_not_ready_but_serves(stack: dict[str, str], tmp_path: Path) -> None:
    with Process({**stack, "XPRESSBUY_DRAIN_SECONDS": "30"}, tmp_path / "log") as server:
        assert "connection" not in server.get("/healthz")[2]
        server.tell(signal.SIGTERM)
        _until(lambda: server.get("/readyz")[0] == 503)
        assert json.loads(server.get("/readyz")[1])["code"] == "leaving"
        for path in ("/healthz", "/", "/api/products/plain-tee"):
            status, _, headers = server.get(path)
            assert (status, headers["connection"]) == (200, "close")
        # A second one does not wait for the thirty seconds.
        server.tell(signal.SIGTERM)
        assert server.end() == 0
        assert server.events() == ["started", "leaving", "stopped"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_is_under_way_is_finished(stack: dict[str, str], tmp_path: Path, number: int) -> None:
    first, rest = _half_a_request()
    with Process({**stack, "XPRESSBUY_DRAIN_SECONDS": "0"}, tmp_path / "log") as server:
        with _connected(server.port) as connection:
            connection.sendall(first)
            # Its own answer says that the server has read what came before it.
            assert server.get("/healthz")[0] == 200
            server.tell(number)
            _until(lambda: not _listens(server.port))
            assert server.running()
            connection.sendall(rest)
            assert _answer(connection).startswith(b"HTTP/1.1 200 OK")
        assert server.end() == 0
        assert server.lines()[-1]["cut"] is False


def test_what_does_not_end_is_cut(stack: dict[str, str], tmp_path: Path) -> None:
    first, _ = _half_a_request()
    settings = {**stack, "XPRESSBUY_DRAIN_SECONDS": "0", "XPRESSBUY_STOP_SECONDS": "0.5"}
    with Process(settings, tmp_path / "log") as server:
        with _connected(server.port) as connection:
            connection.sendall(first)
            assert server.get("/healthz")[0] == 200
            server.tell()
            assert server.end() == 0
        assert server.lines()[-1]["cut"] is True


def test_all_headers_that_the_load_balancer_lets_through_are_read(stack: dict[str, str], tmp_path: Path) -> None:
    with Process({**stack, "XPRESSBUY_DRAIN_SECONDS": "0"}, tmp_path / "log") as server:
        assert server.get("/healthz", cookie="c" * 15_000, referer="r" * 15_000)[0] == 200
        fields = {f"x-{number}": "v" * 8_000 for number in range(ALB_HEADERS_BYTES // 8_000)}
        status, body, _ = server.get("/healthz", **fields)
        assert (status, json.loads(body)["code"]) == (400, "headers_too_large")
        with _connected(server.port) as connection, contextlib.suppress(ConnectionError):
            connection.sendall(b"GET /healthz HTTP/1.1\r\nhost: shop.test\r\nx-long: " + b"v" * 2_000_000)
            answer = _answer(connection)
            assert answer.startswith(b"HTTP/1.1 431 ")
            assert len(answer) < 300


def test_the_limits_fit_those_around_it() -> None:
    assert serve.IDLE_MS_MAX > ALB_IDLE_SECONDS * 1000
    assert serve.HEAD_BYTES_MAX > ALB_HEADERS_BYTES
    bound = {
        name: next(rule.le for rule in Settings.model_fields[name].metadata if hasattr(rule, "le"))
        for name in ("drain_seconds", "stop_seconds")
    }
    assert sum(bound.values()) + serve.CLOSE_SECONDS_MAX < ECS_STOP_SECONDS
    usual = Settings(cookie_keys=())
    assert 10 <= usual.drain_seconds <= 15
    assert [Settings(role=role, cookie_keys=()).listen_port for role in ("web", "api", "all")] == [3000, 8000, 3000]


@pytest.mark.soak
def test_a_connection_outlives_the_load_balancers_patience(stack: dict[str, str], tmp_path: Path) -> None:
    with (
        Process({**stack, "XPRESSBUY_DRAIN_SECONDS": "0"}, tmp_path / "log") as server,
        _connected(server.port) as connection,
    ):
        request = b"GET /healthz HTTP/1.1\r\nhost: shop.test\r\n\r\n"
        for pause in (ALB_IDLE_SECONDS + 5, 0):
            connection.sendall(request)
            assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")
            time.sleep(pause)


@pytest.mark.parametrize("arguments", [[], ["web", "api"], ["nobody"], ["-1"], ["99999"], ["9"]])
def test_the_health_check_fails_without_a_server(arguments: list[str]) -> None:
    assert alive.main(arguments) == 1


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _until(holds: Any) -> None:
    deadline = time.monotonic() + START_SECONDS_MAX
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
