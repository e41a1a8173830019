"""A recorder on the wire: passes every request on to the local AWS and notes which right AWS would have asked for."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tests.infra.permissions.needs import WRITES, Need

SECONDS_MAX = 30
_SCOPE = re.compile(r"Credential=[^/]+/\d{8}/[^/]+/([^/]+)/aws4_request")
_HOP = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive", "date", "server"})
_OBJECTS = {"GET": "GetObject", "HEAD": "GetObject", "PUT": "PutObject", "DELETE": "DeleteObject"}


@dataclass
class Recorder:
    """`with Recorder(endpoint) as recorder:` gives another endpoint, `recorder.url`, that remembers."""

    endpoint: str
    needs: set[Need] = field(default_factory=set)
    updated: set[str] = field(default_factory=set)
    """Partition keys of the items that were updated, one by one or in transactions."""
    unsigned: set[str] = field(default_factory=set)
    """Operations that carried no signature, so that IAM is not asked about them."""
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def forget(self) -> None:
        """What comes from here on is another journey."""
        self.needs.clear()
        self.updated.clear()
        self.unsigned.clear()

    def note(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> None:
        """Remembers what one request asks for."""
        target = headers.get("X-Amz-Target", headers.get("x-amz-target", ""))
        signed = _SCOPE.search(headers.get("Authorization", headers.get("authorization", "")))
        if signed is None:
            if target:
                self.unsigned.add(target.rpartition(".")[2])
            return
        service, operation = signed[1], target.rpartition(".")[2]
        if service == "dynamodb":
            said = json.loads(body)
            self.needs.update(_table_needs(operation, said))
            self.updated.update(_updated(operation, said))
        elif service == "s3":
            key = urlsplit(path).path.lstrip("/").partition("/")[2]
            self.needs.add(Need(f"s3:{_OBJECTS.get(method, method)}", f"bucket/{key}"))
        elif service == "ses":
            assert path == "/v2/email/outbound-emails", path
            self.needs.add(Need("ses:SendEmail", "sender"))
            if json.loads(body).get("ConfigurationSetName"):
                self.needs.add(Need("ses:SendEmail", "configuration-set"))
        else:
            names = {"secretsmanager": "secret", "cognito-idp": "pool"}
            self.needs.add(Need(f"{service}:{operation}", names.get(service, service)))

    def __enter__(self) -> Self:
        self._server = _server(self)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()


def _table_needs(operation: str, said: Mapping[str, Any]) -> Iterator[Need]:
    if operation == "TransactWriteItems":
        for action in said["TransactItems"]:
            kind = {"ConditionCheck": "Check"}.get(next(iter(action)), next(iter(action)))
            yield Need(f"dynamodb:{WRITES[kind]}", "table")
    else:
        index = said.get("IndexName")
        yield Need(f"dynamodb:{operation}", f"table/index/{index}" if index else "table")


def _updated(operation: str, said: Mapping[str, Any]) -> Iterator[str]:
    if operation == "UpdateItem":
        yield said["Key"]["PK"]["S"]
    for action in said.get("TransactItems", ()):
        if "Update" in action:
            yield action["Update"]["Key"]["PK"]["S"]


def _ask(endpoint: str, asked: BaseHTTPRequestHandler, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
    beyond = urlsplit(endpoint)
    connection = HTTPConnection(beyond.hostname or "", beyond.port, timeout=SECONDS_MAX)
    try:
        connection.request(asked.command, asked.path, body or None, dict(asked.headers.items()))
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def _server(recorder: Recorder) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            recorder.note(self.command, self.path, dict(self.headers.items()), body)
            status, headers, content = _ask(recorder.endpoint, self, body)
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in _HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_request(self, *_: object) -> None:
            """Silent."""

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.pass_on)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A process that ended in the middle of a request."""

    return Server(("127.0.0.1", 0), Handler)
