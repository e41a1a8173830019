"""A small SES behind real HTTP, for what the local AWS never does: throttling, refusals, lost and late answers."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

PATH = "/v2/email/outbound-emails"


@dataclass(frozen=True, slots=True)
class Answer:
    """What SES does with one request. `accepts` says whether the mail goes out, whatever the caller hears."""

    accepts: bool = True
    status: int = 200
    code: str = ""
    message: str = ""
    hang_seconds: float = 0.0
    hang_up: bool = False


ACCEPT = Answer()
LOST = Answer(accepts=True, hang_up=True)
"""Taken, but the connection breaks before the answer."""
SERVER_ERROR = Answer(accepts=True, status=500, code="InternalServiceErrorException")


def refusal(code: str, status: int = 400, message: str = "") -> Answer:
    return Answer(accepts=False, status=status, code=code, message=message)


THROTTLE = refusal("TooManyRequestsException", 429, "Maximum sending rate exceeded.")


@dataclass
class FakeSes:
    """`script` is used up first, then every request gets `usual`."""

    usual: Answer = ACCEPT
    script: deque[Answer] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def recipients(self) -> list[str]:
        return [mail["Destination"]["ToAddresses"][0] for mail in self.sent]

    def orders(self) -> list[str]:
        return [mail["EmailTags"][0]["Value"] for mail in self.sent]

    def take(self, request: dict[str, Any]) -> tuple[Answer, str]:
        with self._lock:
            self.before()
            answer = self.script.popleft() if self.script else self.usual
            self.requests.append(request)
            if answer.accepts:
                self.sent.append(request)
            return answer, f"message-{len(self.sent)}"

    def __enter__(self) -> Self:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                assert self.path == PATH
                answer, message_id = fake.take(body)
                time.sleep(answer.hang_seconds)
                if answer.hang_up:
                    self.close_connection = True
                    self.connection.close()
                    return
                content = {"MessageId": message_id} if answer.status == 200 else {"message": answer.message}
                encoded = json.dumps(content).encode()
                self.send_response(answer.status)
                if answer.code:
                    self.send_header("x-amzn-ErrorType", answer.code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(encoded)))
                self.end_headers()
                self.wfile.write(encoded)

            def log_request(self, *_: object) -> None:
                """Silent."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A caller that has given up is what some tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
