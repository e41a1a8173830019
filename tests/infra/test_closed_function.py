"""The function that answers for a paused shop, run as it is, with events as CloudFront makes them."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from infra.constructs.front_policies import CLOSED_CODE

from xpressbuy.http.problems import STATUSES, Problem
from xpressbuy.kit.errors import Unavailable

SECONDS_MAX = 30
RUN = "process.stdout.write(JSON.stringify(handler(JSON.parse(process.argv[1]))))"
BYTES_MAX = 10_240
"""CloudFront's bound on a function's code."""


def answer(method: str, uri: str) -> dict[str, Any]:
    request = {"method": method, "uri": uri, "querystring": {"q": {"value": "1"}}, "headers": {}, "cookies": {}}
    event = {"version": "1.0", "context": {"eventType": "viewer-request"}, "viewer": {}, "request": request}
    code = CLOSED_CODE.read_text(encoding="utf-8") + RUN
    done = subprocess.run(
        ["node", "-e", code, json.dumps(event)], capture_output=True, check=True, timeout=SECONDS_MAX, text=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("uri", ["/", "/p/mug", "/robots.txt", "/apiary", "/authors", "/originals/secret.jpg"])
def test_a_page_becomes_a_key_that_the_bucket_never_has(method: str, uri: str) -> None:
    passed = answer(method, uri)
    assert (passed["method"], passed["uri"], passed["querystring"]) == (method, "/closed/-", {})
    assert "statusCode" not in passed


@pytest.mark.parametrize(
    ("method", "uri"),
    [
        ("GET", "/api/cart"),
        ("GET", "/api"),
        ("GET", "/auth/callback"),
        ("POST", "/api/checkout"),
        ("POST", "/"),
        ("PUT", "/p/mug"),
        ("PATCH", "/api/me"),
        ("DELETE", "/api/cart/lines/1"),
        ("OPTIONS", "/"),
    ],
)
def test_whatever_is_no_page_is_answered_as_the_shop_would(method: str, uri: str) -> None:
    said = answer(method, uri)
    assert said["statusCode"] == 503
    headers = {name: one["value"] for name, one in said["headers"].items()}
    assert headers["content-type"] == "application/problem+json"
    assert headers["cache-control"] == "no-store"
    assert int(headers["retry-after"]) > 0
    problem = Problem.model_validate_json(said["body"]["data"])
    status, title = STATUSES[Unavailable]
    assert (problem.status, problem.title, problem.code) == (status, title, "shop_closed")
    assert problem.type == f"/problems/{problem.code}"


def test_it_is_small_enough() -> None:
    assert len(CLOSED_CODE.read_bytes()) < BYTES_MAX
