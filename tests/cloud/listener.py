"""Stands where the load balancer stands: sends each request where the deployed listener's own rules say."""

from __future__ import annotations

import contextlib
import fnmatch
import http.client
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from xpressbuy.cloud.account import Cloud
from xpressbuy.local.emulator import HOST

ANSWER_SECONDS_MAX = 30
HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "keep-alive"})


def rules_of(cloud: Cloud) -> list[dict[str, Any]]:
    """The rules of the shop's one listener, in the order in which they are tried."""
    balancers: Any = cloud.client("elbv2")
    (balancer,) = (
        one
        for one in balancers.describe_load_balancers()["LoadBalancers"]
        if one["LoadBalancerName"].startswith(cloud.shop)
    )
    (listener,) = balancers.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    rules = list(balancers.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"])
    return sorted(rules, key=lambda rule: (rule["IsDefault"], 0 if rule["IsDefault"] else int(rule["Priority"])))


def fits(rule: Mapping[str, Any], path: str, headers: Mapping[str, str]) -> bool:
    """By AWS's two kinds of condition that the template uses. AssertionError for another."""
    for condition in rule["Conditions"]:
        if condition["Field"] == "path-pattern":
            values = condition.get("PathPatternConfig", condition)["Values"]
            fit = any(fnmatch.fnmatchcase(path, value) for value in values)
        else:
            assert condition["Field"] == "http-header", condition
            wanted = condition["HttpHeaderConfig"]
            fit = headers.get(wanted["HttpHeaderName"].lower(), "") in wanted["Values"]
        if not fit:
            return False
    return True


@contextlib.contextmanager
def listening(rules: list[dict[str, Any]], ports: Mapping[str, int]) -> Iterator[int]:
    """A port that answers by the rules; `ports` are the processes' by target group."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Silent."""

        def _answer(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            rule = next(rule for rule in rules if rule["IsDefault"] or fits(rule, self.path.partition("?")[0], headers))
            (action,) = rule["Actions"]
            if action["Type"] == "fixed-response":
                fixed = action["FixedResponseConfig"]
                self._send(
                    int(fixed["StatusCode"]), {"content-type": fixed["ContentType"]}, fixed["MessageBody"].encode()
                )
                return
            port = ports[action["TargetGroupArn"]]
            with contextlib.closing(http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS_MAX)) as behind:
                forwarded = f"{headers.get('x-forwarded-for', '203.0.113.7')}, 198.51.100.4"
                behind.request(self.command, self.path, body or None, headers | {"x-forwarded-for": forwarded})
                answer = behind.getresponse()
                self._send(answer.status, dict(answer.getheaders()), answer.read())

        def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers.items():
                if name.lower() not in HOP_BY_HOP | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
