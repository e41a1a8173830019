"""Every code that can be raised is in `docs/errors.md` with its status and a sentence, and nothing else is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.error_page import PLACES, ROOT, SENTENCES, STATUSES

from xpressbuy.cart.model import LineProblem
from xpressbuy.http import problems
from xpressbuy.kit import errors
from xpressbuy.kit.errors import ShopError

KINDS = {kind.__name__: kind for kind in problems.STATUSES} | {"ShopError": ShopError}
READERS = {
    "bool_type", "dict_type", "extra_forbidden", "greater_than_equal", "int_type", "less_than_equal", "list_type",
    "literal_error", "missing", "model_attributes_type", "model_type", "string_pattern_mismatch", "string_too_long",
    "string_too_short", "string_type", "too_long", "too_short", "value_error",
}  # fmt: skip
"""The names that the reader of bodies gives to mistakes. `tests/contract` finds any that is missing here."""


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                yield str(name), node, f"{path.relative_to(ROOT)}:{node.lineno}"


def literal(node: ast.Call, position: int) -> str | None:
    """The text at a place of a call, also when it is named `code`."""
    named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
    given = named[0] if named else node.args[position] if len(node.args) > position else None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


def raised() -> dict[str, int]:
    found = {code: status for status, code in problems._CODES.items()}
    for name, node, where in calls():
        if name not in KINDS:
            continue
        code = literal(node, 0)
        assert code is not None, f"{where}: a code is written out where it is raised, so that it can be found"
        status = problems.status_of(KINDS[name](code))[0]
        assert found.setdefault(code, status) == status, f"{where}: {code} has two statuses"
    return found


def places() -> set[str]:
    items = {literal(node, 1) for name, node, _ in calls() if name in ("ErrorItem", "refuse")}
    return {code for code in items if code} | {problem.value for problem in LineProblem} | READERS | IN_A_LOOP


IN_A_LOOP = {"bad_stock", "bad_low_stock_at", "bad_weight"}
"""Codes that stand beside their numbers, in the draft of a product."""


def test_every_code_is_documented_with_its_status() -> None:
    assert raised() == STATUSES


def test_every_code_of_a_place_is_documented() -> None:
    assert places() == PLACES


def test_every_code_has_a_sentence() -> None:
    assert len(SENTENCES) == len(STATUSES) + len(PLACES)
    for sentence in SENTENCES:
        assert sentence[0].isupper() or sentence.startswith("`")
        assert sentence.endswith(".")


def test_a_problem_is_named_after_its_code() -> None:
    for kind in KINDS.values():
        body = problems.body_of(kind("some_code", errors=[errors.ErrorItem("/a", "b", "C.")]), "req_1")
        assert b'"type":"/problems/some_code"' in body
