"""Which products hold which words, with what weight. Words only: no filters, no orders."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping

from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model import words

EXACT_FACTOR = 4
PREFIX_FACTOR = 2
TYPO_FACTOR = 1
EXPANSIONS_MAX = 64
"""Words that one typed prefix may stand for; a single letter begins hundreds."""

LETTERS_MAX = 200
"""First letters that are tried for a mistyped one: alphabets have fewer, and scripts with more are not typed so."""


class Lexicon:
    """Postings by word and the words in order, so that a prefix is a range."""

    def __init__(self) -> None:
        self._postings: dict[str, dict[ProductId, int]] = {}
        self._ordered: list[str] = []

    def add(self, product_id: ProductId, weights: Mapping[str, int]) -> None:
        fresh = []
        for word, weight in weights.items():
            posting = self._postings.get(word)
            if posting is None:
                self._postings[word] = {product_id: weight}
                fresh.append(word)
            else:
                posting[product_id] = weight
        if len(fresh) > 8:
            self._ordered += fresh
            self._ordered.sort()
        else:
            for word in fresh:
                insort(self._ordered, word)

    def remove(self, product_id: ProductId, weights: Mapping[str, int]) -> None:
        for word in weights:
            posting = self._postings[word]
            del posting[product_id]
            if not posting:
                del self._postings[word]
                del self._ordered[bisect_left(self._ordered, word)]

    def scores(self, query: str) -> dict[ProductId, int]:
        """Products that hold every term of the query, with a score; none if the query has no word."""
        result: dict[ProductId, int] | None = None
        for term in words.terms(query):
            found = self._scores_of(term)
            if result is None:
                result = found
            else:
                result = {key: score + found[key] for key, score in result.items() if key in found}
            if not result:
                return {}
        return result or {}

    def correction(self, term: str) -> str | None:
        """The commonest word a mistyped one may stand for; None if the term begins a known word or nothing is near."""
        if self._beginning(term):
            return None
        near = self._near(term)
        return max(near, key=lambda word: (len(self._postings[word]), word)) if near else None

    def _scores_of(self, term: str) -> dict[ProductId, int]:
        found: dict[ProductId, int] = {}
        beginning = self._beginning(term)
        factor = PREFIX_FACTOR if beginning else TYPO_FACTOR
        for word in beginning or self._near(term):
            times = EXACT_FACTOR if word == term else factor
            for product_id, weight in self._postings[word].items():
                found[product_id] = max(found.get(product_id, 0), weight * times)
        return found

    def _beginning(self, term: str) -> list[str]:
        start = bisect_left(self._ordered, term)
        found = []
        for word in self._ordered[start : start + EXPANSIONS_MAX]:
            if not word.startswith(term):
                break
            found.append(word)
        return found

    def _near(self, term: str) -> list[str]:
        if len(term) < words.TYPO_LENGTH_MIN:
            return []
        # An error after the first letter leaves it as it is: only the words of that letter are looked at. One in the
        # first letter is tried by prefix, with each letter that any word begins with.
        own = self._range(term[0])
        near = [word for word in self._ordered[own.start : own.stop] if words.nearly_begins(word, term)]
        swapped = term[1] + term[0] + term[2:]
        for prefix in (term[1:], swapped, *(letter + rest for letter in self._letters() for rest in (term[1:], term))):
            near += self._beginning(prefix)
        return list(dict.fromkeys(near))[:EXPANSIONS_MAX]

    def _range(self, letter: str) -> range:
        return range(bisect_left(self._ordered, letter), bisect_left(self._ordered, letter + "\U0010ffff"))

    def _letters(self) -> list[str]:
        """What words begin with, found by leaps."""
        letters: list[str] = []
        at = 0
        while at < len(self._ordered) and len(letters) < LETTERS_MAX:
            letters.append(self._ordered[at][0])
            at = self._range(letters[-1]).stop
        return letters
