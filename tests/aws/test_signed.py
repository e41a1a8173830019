"""Our signature beside the SDK's own, and what becomes of answers that are none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from xpressbuy.aws import signed
from xpressbuy.aws.signed import Key, Place, Request, Unreachable
from xpressbuy.local.emulator import free_port

AT = datetime(2026, 11, 22, 19, 30, 5, tzinfo=UTC)
KEY = Key("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
ROLE = Key("ASIAEXAMPLE", "secret", "token/with+signs==")


@pytest.mark.parametrize("key", [KEY, ROLE])
@pytest.mark.parametrize(
    "asked",
    [
        Request("s3", "GET", "https://shop-images.s3.us-east-1.amazonaws.com/snapshots/catalog.v1.json.gz"),
        Request("s3", "PUT", "https://b.s3.us-east-1.amazonaws.com/a%20b/c~d", {"content-type": "a/b"}, b"\x1f\x8b"),
        Request(
            "secretsmanager",
            "POST",
            "https://secretsmanager.us-east-1.amazonaws.com/",
            {"content-type": "application/x-amz-json-1.1", "x-amz-target": "secretsmanager.GetSecretValue"},
            b'{"SecretId": "shop"}',
        ),
        Request("cognito-idp", "POST", "http://localhost:4566/", {"x-amz-target": "A  B.C "}, b"{}"),
    ],
)
def test_the_signature_is_the_sdks(monkeypatch: pytest.MonkeyPatch, key: Key, asked: Request) -> None:
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: AT.replace(tzinfo=None))
    ours = signed.sign(asked, key, AT, "us-east-1")
    headers = {**asked.headers, "x-amz-content-sha256": ours["x-amz-content-sha256"]}
    request = AWSRequest(asked.method, asked.url, headers=headers, data=asked.body)
    credentials = Credentials(key.id, key.secret, key.token or None)
    kind = botocore.auth.S3SigV4Auth if asked.service == "s3" else botocore.auth.SigV4Auth
    kind(credentials, asked.service, "us-east-1").add_auth(request)
    assert ours["authorization"] == request.headers["Authorization"]


class Scripted(BaseHTTPRequestHandler):
    answers: ClassVar[list[int | None]] = []
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.asked.append(self.headers["x-amz-target"])
        status = self.answers.pop(0)
        if status is None:
            self.connection.close()
            return
        body = b'{"__type":"com.amazonaws#Refused","message":"planted"}'
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(signed, "PAUSE_SECONDS", 0.0)
    Scripted.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Scripted) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def place(endpoint: str) -> Place:
    return Place("us-east-1", endpoint, lambda: KEY)


@pytest.mark.parametrize("before", [[500], [429], [None], [503, None], []])
def test_what_may_pass_is_asked_again(server: str, before: list[int | None]) -> None:
    Scripted.answers = [*before, 200]
    answer = signed.call(place(server), "secretsmanager", "secretsmanager.GetSecretValue", {})
    assert (answer.status, len(Scripted.asked)) == (200, len(before) + 1)


def test_a_refusal_is_not_asked_again(server: str) -> None:
    Scripted.answers = [400, 200]
    answer = signed.call(place(server), "secretsmanager", "secretsmanager.GetSecretValue", {})
    assert (answer.status, answer.error, len(Scripted.asked)) == (400, "Refused", 1)


@pytest.mark.parametrize(("script", "said"), [([500, 500, 500], "Refused"), ([None, None, None], "RemoteDisconnected")])
def test_three_attempts_and_no_more(server: str, script: list[int | None], said: str) -> None:
    Scripted.answers = list(script)
    with pytest.raises(Unreachable, match=said) as refused:
        signed.call(place(server), "secretsmanager", "secretsmanager.GetSecretValue", {})
    assert len(Scripted.asked) == signed.ATTEMPTS_MAX
    assert "planted" not in str(refused.value)


def test_nobody_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed, "PAUSE_SECONDS", 0.0)
    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        signed.get_object(place(f"http://127.0.0.1:{free_port()}"), "b", "k")


def test_no_secret_is_shown() -> None:
    assert "wJalr" not in repr(place("http://x").key())
