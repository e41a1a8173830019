"""Whose word is taken for where a request comes from."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from xpressbuy.http.request import client_address


def request(*forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return Request({"type": "http", "headers": headers, "client": ("10.0.0.9", 1)})


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, (), "10.0.0.9"),
        (0, ("1.1.1.1",), "10.0.0.9"),
        (1, ("6.6.6.6, 1.1.1.1",), "1.1.1.1"),
        (2, ("6.6.6.6, 1.1.1.1, 2.2.2.2",), "1.1.1.1"),
        (2, ("6.6.6.6", "1.1.1.1, 2.2.2.2"), "1.1.1.1"),
        (2, ("1.1.1.1",), "10.0.0.9"),
        (1, ("",), "10.0.0.9"),
        (1, ("x" * 500,), "x" * 45),
    ],
)
def test_only_our_proxies_are_believed(proxies: int, forwarded: tuple[str, ...], expected: str) -> None:
    assert client_address(proxies)(request(*forwarded)) == expected
