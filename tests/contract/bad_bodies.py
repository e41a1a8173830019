"""Bodies that must be refused, made of a good one: broken as text, or wrong in one place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

MARK = "planted-value"
"""Stands in what is sent, and may stand in no answer."""
EXTRA_FIELDS = (
    "price", "unit_price", "total", "discount", "role", "sub", "status", "state", "PK", "SK", "gsi1pk", "customer_id",
    "id", "__proto__", "constructor", "<script>", "\u0000", "quantity ",
)  # fmt: skip
NOT_JSON = (b"NaN", b"Infinity", b"-Infinity", b"1e999", b'"\\ud800"', b"9" * 4000, b"9" * 5000, b"'x'", b"")
WRONG_FOR_TEXT: tuple[Any, ...] = (1, 1.5, True, None, [], {}, [MARK], {"a": MARK}, "x" * 60_000, "\u0000", "")
WRONG_FOR_NUMBER: tuple[Any, ...] = (
    -1, -999_999, 10**9 + 1, 2**31, 2**53, 1.5, 3.0, 100.0, "3", " 3 ", "1_000", True, None, [], {}, MARK,
)  # fmt: skip
WRONG_FOR_FLAG: tuple[Any, ...] = (1, 0, "true", "false", "yes", None, [], {})
WRONG_FOR_OBJECT: tuple[Any, ...] = (None, [], "x", 1, True)
WRONG_FOR_LIST: tuple[Any, ...] = (None, {}, "x", 1, [None], [[]], ["x"], [{}])
MAY_BE_NULL = {"phone", "line2", "region", "postal_code", "version", "name", "billing_address", "lines", "is_default"}
"""Fields that some body leaves open: null or empty is no mistake there by itself."""


def broken(good: dict[str, Any]) -> Iterator[bytes]:
    """What is no JSON, or JSON that the standard leaves open."""
    text = json.dumps(good)
    yield from (b"", b" ", b"{", b"\x00", b'{"a":}', text.encode() + b"}", text.encode() + text.encode(), b"a=1&b=2")
    yield b"\xef\xbb\xbf" + text.encode()
    yield text.encode("utf-16")
    yield text.encode("utf-32")
    yield text.replace('"', '"\xff', 1).encode("latin-1")
    yield b"[" * 30_000
    yield b'{"a":' * 900 + b"1" + b"}" * 900
    first = json.dumps(next(iter(good)))
    yield text.replace("{", "{" + first + ": 1, ", 1).encode()
    for path in leaves(good):
        for bad in NOT_JSON:
            yield json.dumps(put(good, path, MARK)).encode().replace(json.dumps(MARK).encode(), bad, 1)


def wrong_shapes(good: dict[str, Any]) -> Iterator[Any]:
    """What can be read and is of another shape than asked for."""
    yield from ([], [good], "x", 1, True, None)
    for path, value in places(good):
        if isinstance(value, dict):
            for extra in EXTRA_FIELDS:
                yield put(good, (*path, extra), MARK)
        if path:
            yield from (put(good, path, bad) for bad in _wrong_for(value, path[-1]))


def _wrong_for(value: Any, name: str | int) -> Iterator[Any]:
    kinds: tuple[tuple[type, tuple[Any, ...]], ...] = (
        (bool, WRONG_FOR_FLAG),
        (int, WRONG_FOR_NUMBER),
        (str, WRONG_FOR_TEXT),
        (dict, WRONG_FOR_OBJECT),
        (list, WRONG_FOR_LIST),
    )
    bad = next(wrong for kind, wrong in kinds if isinstance(value, kind))
    for one in bad:
        if name in MAY_BE_NULL and (one is None or one == ""):
            continue
        yield one


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every place of a JSON value, itself first."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from places(part, (*path, name))


def leaves(value: Any) -> Iterator[tuple[str | int, ...]]:
    return (path for path, part in places(value) if not isinstance(part, dict | list))


def put(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy with something else in one place."""
    if not path:
        return new
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    name: Any = path[0]
    copy[name] = put(copy[name], path[1:], new) if len(path) > 1 else new
    return copy
