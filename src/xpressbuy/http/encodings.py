"""Compressed forms of an answer: which the caller takes, and how they are made. Keeps nothing but what callers say."""

from __future__ import annotations

import gzip
from collections.abc import Collection
from functools import lru_cache

import brotli

PARTS_MAX = 20
"""Encodings read of one header; browsers name four or five."""
PREFERRED = ("br", "gzip")
COMPRESS_FROM_BYTES = 1_024
BROTLI_QUALITY = 5
"""For what is packed while it is asked for: 60 KB of product data took 1.2 ms of CPU, with quality 9 it took 3.8."""
GZIP_LEVEL = 5


def best_encoding(accept: str, known: Collection[str]) -> str | None:
    """The smallest form that the caller takes; None for the plain one."""
    taken = set()
    for part in accept.lower().split(",")[:PARTS_MAX]:
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            taken.add(name.strip())
    return next((name for name in PREFERRED if name in known and (name in taken or "*" in taken)), None)


@lru_cache(maxsize=256)
def best_of_all(accept: bytes) -> str | None:
    """As above for a header as it came, among all that `pack` makes. Few spellings exist, so they are remembered."""
    return best_encoding(accept.decode("latin-1"), PREFERRED)


def pack(body: bytes, encoding: str) -> bytes:
    """The body in one of the `PREFERRED` encodings. The same bytes each time."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    return gzip.compress(body, GZIP_LEVEL, mtime=0)
