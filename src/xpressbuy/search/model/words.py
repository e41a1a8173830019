"""Words of texts and queries, made comparable. Knows no product."""

from __future__ import annotations

import re
import unicodedata

TERMS_MAX = 8
"""Words of a query that count; nobody types more, and the work grows with each."""
WORD_LENGTH_MAX = 40
TYPO_LENGTH_MIN = 4
"""Shorter words have too many neighbours: one letter from `tee` lie `bee`, `tea` and `the`."""
STOP_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "this",
        "to",
        "with",
    )
)
"""Words that most descriptions have and that tell no product from another."""
_WORD = re.compile(r"\w+", re.UNICODE)


def fold(text: str) -> str:
    """Case and accents removed, so that `Café` and `cafe` are one word."""
    if text.isascii():
        return text.lower().strip()
    # Decomposed before the case goes, since that can bring capitals back, and after, since casefolding can compose.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).strip()


def words(text: str) -> list[str]:
    """The words of a text in order, folded. `T-Shirt` gives `t`, `shirt` and `tshirt`, as people write all of them."""
    found: list[str] = []
    for chunk in fold(text).split():
        if chunk.isalnum():
            found.append(chunk[:WORD_LENGTH_MAX])
            continue
        parts = [part[:WORD_LENGTH_MAX] for part in _WORD.findall(chunk)]
        found += parts
        if len(parts) > 1:
            found.append("".join(parts)[:WORD_LENGTH_MAX])
    return found


def terms(query: str) -> list[str]:
    """The words of a query, each once. A hyphenated word counts as its joined form, stop words by themselves only."""
    found: dict[str, None] = {}
    for chunk in fold(query).split():
        joined = "".join(_WORD.findall(chunk))[:WORD_LENGTH_MAX]
        if joined:
            found[joined] = None
    return ([term for term in found if term not in STOP_WORDS] or list(found))[:TERMS_MAX]


def nearly_begins(word: str, term: str) -> bool:
    """Whether `word` begins with `term` after one letter is changed, added, left out or swapped with the next."""
    at = 0
    shortest = min(len(word), len(term))
    while at < shortest and word[at] == term[at]:
        at += 1
    rest, typed = word[at:], term[at:]
    return (
        rest[1:].startswith(typed[1:])
        or rest.startswith(typed[1:])
        or rest[1:].startswith(typed)
        or (len(rest) > 1 and len(typed) > 1 and rest[:2] == typed[1::-1] and rest[2:].startswith(typed[2:]))
    )
