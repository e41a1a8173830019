"""Words: folding, hyphens, and one typing error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpressbuy.search.model.words import TERMS_MAX, WORD_LENGTH_MAX, fold, nearly_begins, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Linen Shirt", ["linen", "shirt"]),
        ("Café CRÈME", ["cafe", "creme"]),
        ("T-Shirt", ["t", "shirt", "tshirt"]),
        ("  ", []),
        ("!!!", []),
        ("Größe 42", ["grosse", "42"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_terms_are_few_and_short() -> None:
    assert terms("t-shirt T-Shirt") == ["tshirt"]
    assert len(terms(" ".join(f"w{i}" for i in range(50)))) == TERMS_MAX
    assert len(terms("x" * 500)[0]) == WORD_LENGTH_MAX


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("hoodie", "hodie"),
        ("hoodie", "hooddie"),
        ("hoodie", "hoodei"),
        ("hoodie", "hoofie"),
        ("hoodie", "oodie"),
        ("hoodies", "hoxdie"),
        ("mug", "mugs"),
    ],
)
def test_one_typing_error_is_forgiven(word: str, term: str) -> None:
    assert nearly_begins(word, term)


@pytest.mark.parametrize(("word", "term"), [("hoodie", "hodei"), ("mug", "tugs"), ("shirt", "skort"), ("abcd", "badc")])
def test_two_are_not(word: str, term: str) -> None:
    assert not nearly_begins(word, term)


@given(st.text(min_size=1, max_size=12), st.integers(0, 12), st.characters())
def test_any_single_change_is_forgiven(word: str, at: int, letter: str) -> None:
    at = min(at, len(word) - 1)
    for typed in (
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ):
        assert nearly_begins(word, typed)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
