"""The words of every visible product, in tantivy: which products hold what is typed, and how well. No facts.

Each match has a fixed score by its place and kind, not by how rare a word is: so every process gives the same
order, and a page that is asked for later goes on where the one before ended.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import tantivy
from tantivy import Occur, Query

from xpressbuy.search.model import words
from xpressbuy.search.model.bits import mask_of
from xpressbuy.search.model.entry import Texts

NAME, BRAND, CATEGORY, TAG, OPTION, BODY = "name", "brand", "category", "tag", "option", "body"
PLACES: Mapping[str, int] = {NAME: 60, BRAND: 30, CATEGORY: 30, TAG: 24, OPTION: 20, BODY: 4}
"""Where a word is found, and what that is worth. These fields hold stems."""
WRITTEN: Mapping[str, int] = {"written_name": 60, "written_facts": 24, "written_body": 4}
"""The same words as they are written, for what has no stem: beginnings and typing errors."""
EXACT_FACTOR = 4
SYNONYM_FACTOR = 3
PREFIX_FACTOR = 2
TYPO_FACTOR = 1
TYPO_LENGTH_MIN_AMONG = 3
"""Among other words, which must be found too, a shorter one may be mistyped than by itself."""
SECOND_TYPO_LENGTH_MIN = 8
"""From so many letters on a second error is forgiven, where forgiving one finds nothing."""
SHORT_PREFIX = 1
"""A single letter begins words in most descriptions; it is looked for in names only."""
WRITER_BYTES = 20_000_000
STEMS_MAX = 65_536
_SLOT = "slot"
_stemmer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()
Synonyms = Callable[[str], Sequence[str]]
"""Other words for a folded one."""


@lru_cache(maxsize=STEMS_MAX)
def stem(word: str) -> str:
    """What a folded word shares with its plural and the like: `shirts` gives `shirt`."""
    return next(iter(_stemmer.analyze(word)), word)


@dataclass(frozen=True, slots=True)
class Scored:
    """What was found: sets of slots by score, best first, and all of them. `terms` is how many words were asked for."""

    groups: Sequence[tuple[int, int]] = ()
    bits: int = 0
    terms: int = 0


class TextIndex:
    """See the module. Changes are seen by the next `find`."""

    def __init__(self) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema)
        self._index.config_reader(reload_policy="manual")
        self._writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        self._searcher = self._index.searcher()

    def add(self, slot: int, texts: Texts) -> None:
        """Take in the words of a slot that has none, or whose words were removed; seen after `commit`."""
        written = {place: " ".join(_words(parts)) for place, parts in _parts(texts).items()}
        document = tantivy.Document()
        document.add_unsigned(_SLOT, slot)
        for place, text in written.items():
            if text:
                document.add_text(place, " ".join(map(stem, text.split())))
        document.add_text("written_name", written[NAME])
        document.add_text("written_facts", " ".join(written[place] for place in (BRAND, CATEGORY, TAG, OPTION)))
        document.add_text("written_body", written[BODY])
        self._writer.add_document(document)

    def remove(self, slot: int) -> None:
        """Forget a product's words; gone after `commit`."""
        # By query: tantivy silently finds nothing by term where the number's type is not the field's.
        self._writer.delete_documents_by_query(Query.term_query(self._schema, _SLOT, slot, "basic"))

    def commit(self) -> None:
        """Make changes seen."""
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def find(self, query: str, synonyms: Synonyms) -> Scored:
        """Products that hold every word of a query: one typing error in a word is forgiven if nobody writes it so."""
        terms = words.terms(query)
        shortest = words.TYPO_LENGTH_MIN if len(terms) == 1 else TYPO_LENGTH_MIN_AMONG
        clauses = [self._clause(term, synonyms, shortest, last=term == terms[-1]) for term in terms]
        held = [clause for clause in clauses if clause is not None]
        if not held or len(held) < len(clauses):
            return Scored()
        return self._scored(Query.boolean_query([(Occur.Must, clause) for clause in held]), len(terms))

    def find_near(self, query: str, synonyms: Synonyms) -> Scored:
        """For what finds nothing: as many of the words as any product holds, errors forgiven in all of them."""
        terms = words.terms(query)
        clauses = [self._loose(term, synonyms) for term in terms]
        held = [(Occur.Should, clause) for clause in clauses if clause is not None]
        for least in range(len(held), 0, -1):
            found = self._scored(Query.boolean_query(held, minimum_number_should_match=least), len(terms))
            if found.bits:
                return found
        return Scored()

    def _scored(self, query: Query, terms: int) -> Scored:
        hits = self._searcher.search(query, limit=max(1, self._searcher.num_docs), count=False).hits
        if not hits:
            return Scored()
        slots = cast("list[int]", self._searcher.fast_field_values(_SLOT, [address for _, address in hits]))
        # Best first, and of few different scores: the ends of each are found by halving.
        falling = [-score for score, _ in hits]
        sets = []
        start = 0
        while start < len(slots):
            end = bisect_right(falling, falling[start], start)
            sets.append((round(-falling[start]), mask_of(slots[start:end])))
            start = end
        bits = 0
        for _, found in sets:
            bits |= found
        return Scored(sets, bits, terms)

    def _clause(self, term: str, synonyms: Synonyms, shortest: int, *, last: bool) -> Query | None:
        exact = [*self._exact(term, EXACT_FACTOR), *self._synonyms(term, synonyms)]
        if last:
            exact += self._beginning(term)
        for tried in (exact, () if last else self._beginning(term), *self._mistyped(term, shortest, last=last)):
            if tried and self._holds(clause := Query.disjunction_max_query(list(tried))):
                return clause
        return None

    def _loose(self, term: str, synonyms: Synonyms) -> Query | None:
        tried = [*self._exact(term, EXACT_FACTOR), *self._synonyms(term, synonyms), *self._beginning(term)]
        for mistyped in self._mistyped(term, words.TYPO_LENGTH_MIN, last=True):
            tried += mistyped
        clause = Query.disjunction_max_query(tried)
        return clause if self._holds(clause) else None

    def _holds(self, clause: Query) -> bool:
        return bool(self._searcher.search(clause, limit=1, count=False).hits)

    def _exact(self, term: str, factor: int) -> list[Query]:
        return [
            Query.const_score_query(Query.term_query(self._schema, place, stem(term), "basic"), float(weight * factor))
            for place, weight in PLACES.items()
        ]

    def _synonyms(self, term: str, synonyms: Synonyms) -> list[Query]:
        return [query for word in synonyms(term) for query in self._exact(word, SYNONYM_FACTOR)]

    def _beginning(self, term: str) -> list[Query]:
        return [
            self._near(place, term, 0, weight * PREFIX_FACTOR, prefix=True)
            for place, weight in WRITTEN.items()
            if len(term) > SHORT_PREFIX or place == "written_name"
        ]

    def _mistyped(self, term: str, shortest: int, *, last: bool) -> Iterable[list[Query]]:
        """One error in the word or in its stem, then two in a long one."""
        if len(term) < shortest or any(letter.isdigit() for letter in term):
            return
        for errors in (1, 2) if len(term) >= SECOND_TYPO_LENGTH_MIN else (1,):
            found = [
                self._near(place, term, errors, weight * TYPO_FACTOR, prefix=last and errors == 1)
                for place, weight in WRITTEN.items()
            ]
            if errors == 1:
                found += [
                    self._near(place, stem(term), errors, weight * TYPO_FACTOR, prefix=False)
                    for place, weight in PLACES.items()
                    if len(stem(term)) >= shortest
                ]
            yield found

    def _near(self, place: str, term: str, errors: int, score: int, *, prefix: bool) -> Query:
        query = Query.fuzzy_term_query(self._schema, place, term, distance=errors, prefix=prefix)
        return Query.const_score_query(query, float(score))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_SLOT, indexed=True, fast=True)
    for place in (*PLACES, *WRITTEN):
        builder.add_text_field(place, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def _parts(texts: Texts) -> Mapping[str, Sequence[str]]:
    return {
        NAME: (texts.name,),
        BRAND: (texts.brand,),
        CATEGORY: texts.categories,
        TAG: texts.tags,
        OPTION: texts.options,
        BODY: texts.body,
    }


def _words(parts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(word for part in parts for word in words.words(part) if word not in words.STOP_WORDS))
