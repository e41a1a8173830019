"""Draws the set: for a product, what somebody may type who looks for it. The same products give the same set."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from xpressbuy.catalog.model import Product

EACH = 60
"""Queries of a kind; five kinds make 300."""
SEED = 4
TYPO_LETTERS_MIN = 4
ALIKE_MAX = 5
"""More products of one colour and noun than that cannot all be among the first five."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COLOURS = ("colour", "color")
MISSPELT = "one typo"


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the product that is meant, as `catalogue/slug`."""

    kind: str
    text: str
    product: str


def draw(products: Mapping[str, Product]) -> list[Query]:
    """The whole set, kind by kind; every catalogue has a share in each by its size."""
    chance = random.Random(SEED)
    kinds: Mapping[str, Callable[[Product, random.Random], Iterator[str]]] = {
        "exact": _exact,
        MISSPELT: _mistyped,
        "two words swapped": _swapped,
        "singular or plural": _number,
        "colour and noun": lambda product, chance: _coloured(product, chance, products),
    }
    drawn: list[Query] = []
    for kind, make in kinds.items():
        found: dict[str, Query] = {}
        keys = sorted(products)
        while len(found) < EACH:
            key = chance.choice(keys)
            for text in make(products[key], chance):
                found.setdefault(text, Query(kind, text, key))
                break
        drawn += found.values()
    return drawn


def _exact(product: Product, _: random.Random) -> Iterator[str]:
    yield product.name.lower()


def _mistyped(product: Product, chance: random.Random) -> Iterator[str]:
    words = product.name.lower().split()
    long = [at for at, word in enumerate(words) if len(word) >= TYPO_LETTERS_MIN and word.isalpha()]
    if not long:
        return
    at = chance.choice(long)
    word, place = words[at], chance.randrange(len(words[at]))
    letter = chance.choice(LETTERS)
    words[at] = chance.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
        ]
    )
    if words[at] != word:
        yield " ".join(words)


def _swapped(product: Product, chance: random.Random) -> Iterator[str]:
    words = product.name.lower().split()
    if len(words) < 2:
        return
    one, other = chance.sample(range(len(words)), 2)
    words[one], words[other] = words[other], words[one]
    yield " ".join(words)


def _number(product: Product, _: random.Random) -> Iterator[str]:
    *before, noun = product.name.lower().split()
    if noun.isalpha():
        yield " ".join([*before, _other_number(noun)])


def _other_number(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun[:-1]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("ss", "x", "ch", "sh")) else "s")


def _coloured(product: Product, chance: random.Random, products: Mapping[str, Product]) -> Iterator[str]:
    own = _colours(product)
    if not own:
        return
    colour, noun = chance.choice(own), product.name.lower().split()[-1]
    alike = [one for one in products.values() if colour in _colours(one) and noun in one.name.lower().split()]
    if len(alike) <= ALIKE_MAX and noun.isalpha():
        yield f"{colour} {noun}"


def _colours(product: Product) -> list[str]:
    return [
        value.value.lower() for option in product.options if option.name.lower() in COLOURS for value in option.values
    ]
