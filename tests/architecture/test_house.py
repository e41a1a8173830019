"""The house rules that no linter holds: sizes, and that the documents say what the code says."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from xpressbuy.settings import Settings
from xpressbuy.table import keys

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
ROOMS = {"model", "events", "store", "service", "schemas", "api", "jobs"}
MODULES = (
    "accounts",
    "catalog",
    "media",
    "cart",
    "shipping",
    "reviews",
    "search",
    "orders",
    "checkout",
    "notifications",
)


def python_files() -> Iterator[Path]:
    for top in ("src", "tests", "tools", "bench"):
        yield from (ROOT / top).rglob("*.py")


def own(path: Path) -> bool:
    return ".venv" not in path.parts


FILES = sorted(path for path in python_files() if own(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_keep_their_size(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= FILE_LINES_MAX
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= FUNCTION_LINES_MAX, f"{node.name} has {lines} lines"


@pytest.mark.parametrize(
    "path", [path for path in FILES if "src" in path.parts], ids=lambda p: str(p.relative_to(ROOT))
)
def test_every_room_says_what_it_holds(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text())), "a module docstring says what is in here"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_only_its_rooms(module: str) -> None:
    folder = ROOT / "src" / "xpressbuy" / module
    names = {path.stem for path in folder.iterdir() if path.name != "__pycache__"} - {"__init__"}
    assert names <= ROOMS


def test_no_file_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "common", "manager", "misc"}
    assert [path for path in FILES if path.stem in drawers] == []


def test_every_setting_is_in_the_documents() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        variable = f"XPRESSBUY_{name.upper()}" if alias is None else name.upper()
        assert f"`{variable}`" in text, f"{variable} is not in docs/settings.md"
        assert field.description
        assert field.description in text


def test_every_key_is_in_the_access_patterns() -> None:
    text = (ROOT / "docs" / "access-patterns.md").read_text()
    for name, function in inspect.getmembers(keys, inspect.isfunction):
        if function.__module__ != keys.__name__ or name == "catalog_bucket":
            continue
        arguments = [
            7 if parameter.annotation == "int" else f"<{parameter.name}>"
            for parameter in inspect.signature(function).parameters.values()
        ]
        made = function(*arguments)
        pk = re.sub(r"CATALOG#\d", "CATALOG#<bucket>", made.pk)
        sk = re.sub(r"\d{8}#", "<available>#", made.sk)
        assert f"`{pk}` / `{sk}`" in text, f"{name}: `{pk}` / `{sk}` is not in docs/access-patterns.md"
