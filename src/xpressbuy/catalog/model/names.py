"""Slugs and SKUs: what may be one, and the stable one that we make when a file brings none or a strange one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from xpressbuy.kit.ids import Sku

SLUG_MAX = 120
SKU_MAX = 64
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SKU = re.compile(r"[A-Za-z0-9._~-]{1,64}")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_HASH = 8
"""Eight hex digits: names that read alike are equal with odds of 1 in 4e9, and then a guard says so."""


def is_slug(text: str) -> bool:
    """Whether `text` is a slug as it stands."""
    return len(text) <= SLUG_MAX and _SLUG.fullmatch(text) is not None


def is_sku(text: str) -> bool:
    """Whether `text` is a SKU as it stands. `.` and `..` alone would be swallowed by a URL's path."""
    return _SKU.fullmatch(text) is not None and text not in {".", ".."}


def slugify(text: str) -> str:
    """A slug of any text: plain letters of what has them, else a hash. The same text gives the same slug."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = _NOT_SLUG.sub("-", plain).strip("-")
    lost = _letters(unicodedata.normalize("NFKD", text)) != _letters(plain)
    if slug and not lost and len(slug) <= SLUG_MAX:
        return slug
    kept = slug[: SLUG_MAX - _HASH - 1].strip("-")
    return f"{kept}-{_digest(text)}" if kept else _digest(text)


def made_sku(slug: str, option_values: Sequence[str], external: str = "") -> Sku:
    """A SKU of ours: of the original when there is one, else of the slug and the option values in their order.

    The hash is always there: without it `a-b` + `c` and `a` + `b-c` would be one SKU.
    """
    base = external or "-".join((slug, *option_values))
    seed = external or "\x1f".join((slug, *option_values))
    readable = slugify(base).upper()[: SKU_MAX - _HASH - 1].strip("-")
    return Sku(f"{readable}-{_digest(seed).upper()}")


def settled_sku(slug: str, option_values: Sequence[str], given: str) -> tuple[Sku, str]:
    """The SKU to use and the `external_sku` to keep (empty when the given one is used as it is)."""
    if is_sku(given):
        return Sku(given), ""
    return made_sku(slug, option_values, given), given


def _letters(text: str) -> int:
    return sum(letter.isalnum() for letter in text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH]
