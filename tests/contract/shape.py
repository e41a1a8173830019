"""The one shape of a refusal."""

from __future__ import annotations

from typing import Any

import httpx
from tests.architecture.error_page import STATUSES

from xpressbuy.http import problems

KEPT = {"type", "title", "status", "code", "detail", "instance", "errors"}


def assert_problem(response: httpx.Response, *statuses: int, code: str | None = None) -> dict[str, Any]:
    """Every refusal is a small problem document that no one keeps, and sets no cookie but to remove it."""
    said = f"{response.request.method} {response.request.url.path}: {response.status_code} {response.text[:200]}"
    assert response.status_code in statuses, said
    assert response.headers["content-type"] == problems.MEDIA_TYPE, said
    assert response.headers["cache-control"] == "no-store", said
    assert len(response.content) <= problems.PROBLEM_BYTES_MAX, said
    body: dict[str, Any] = response.json()
    assert body["status"] == response.status_code, said
    assert body["type"] == f"/problems/{body['code']}", said
    assert body["title"], said
    assert body["code"] == "some_code" or STATUSES[body["code"]] == response.status_code, said
    assert body["instance"] == response.headers["x-request-id"], said
    assert set(body) <= KEPT, said
    assert code is None or body["code"] == code, said
    return body


def without_instance(response: httpx.Response) -> tuple[int, dict[str, Any]]:
    """Status and body, apart from what names this one request."""
    body = response.json()
    body.pop("instance")
    return response.status_code, body
