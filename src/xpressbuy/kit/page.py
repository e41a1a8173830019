"""One page of a list: its items and the cursor of the next. Knows nothing of how a cursor is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LIMIT_MAX = 100
LIMIT_DEFAULT = 24

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next_cursor` is None on the last page."""

    items: Sequence[T]
    next_cursor: str | None
