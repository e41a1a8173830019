"""Words that mean the same to a shopper. Groups of single words; the operator's own take the place of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xpressbuy.search.model import words
from xpressbuy.search.model.text import stem

GROUPS_MAX = 500
WORDS_MAX = 20
"""Words of one group."""
ENGLISH: Sequence[Sequence[str]] = (
    ("tee", "tshirt"),
    ("trousers", "pants", "slacks"),
    ("jumper", "sweater", "pullover"),
    ("hoodie", "hoody"),
    ("sneakers", "trainers"),
    ("handbag", "purse"),
    ("rucksack", "backpack", "knapsack"),
    ("couch", "sofa", "settee"),
    ("rug", "carpet"),
    ("lamp", "light"),
    ("cup", "mug"),
    ("blanket", "throw"),
    ("curtain", "drape"),
    ("duvet", "comforter"),
    ("cushion", "pillow"),
    ("beanie", "toque"),
    ("grey", "gray"),
    ("jewellery", "jewelry"),
    ("colour", "color"),
    ("pyjamas", "pajamas"),
    ("tv", "television"),
    ("fridge", "refrigerator"),
    ("vacuum", "hoover"),
    ("notebook", "journal"),
    ("necklace", "pendant"),
    ("scarf", "shawl"),
)


class SynonymTable:
    """Groups by word. Changing them asks for no new index: they are looked up for each query."""

    def __init__(self, groups: Iterable[Sequence[str]] = ENGLISH) -> None:
        self._others: Mapping[str, Sequence[str]] = _by_word(groups)

    def of(self, word: str) -> Sequence[str]:
        """Other words for a folded one, whether it stands in the plural or not."""
        return self._others.get(stem(word), ())


def _by_word(groups: Iterable[Sequence[str]]) -> dict[str, Sequence[str]]:
    others: dict[str, dict[str, None]] = {}
    for group in list(groups)[:GROUPS_MAX]:
        folded = [term for word in group[:WORDS_MAX] for term in words.terms(word)[:1]]
        for word in folded:
            others.setdefault(stem(word), {}).update((other, None) for other in folded if other != word)
    return {word: tuple(held) for word, held in others.items()}
