"""Texts that people typed, made fit to be stored, shown and put into a mail."""

from __future__ import annotations

import unicodedata

_DROPPED = frozenset({"Cc", "Zl", "Zp", "Cs", "Co", "Cn"})
"""Control characters, line and paragraph separators, and what is no character at all."""
_DIRECTIONS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF)))
"""Marks that turn the direction of what follows; in an address they only hide something."""


def one_line(text: str) -> str:
    """The text on one line: what is dropped above becomes a space, runs of spaces become one, none at the ends.

    Composed by NFC. Joiners inside words stay, since Indic names and emoji need them.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if _is_dropped(letter) else letter for letter in composed)
    return " ".join(kept.split())


def _is_dropped(letter: str) -> bool:
    return letter in _DIRECTIONS or unicodedata.category(letter) in _DROPPED
