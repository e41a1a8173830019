"""What `.dockerignore` lets through: the files that a build sees, here and on AWS."""

from __future__ import annotations

import re
from pathlib import Path

from tests.container.dockerfile import ROOT

_NEVER = frozenset({".git", ".venv", "node_modules", ".tools", "dist"})
"""Folders that are not even walked; `test_the_context_is_small` sees that the rules leave them out as well."""


def context(root: Path = ROOT) -> list[Path]:
    """The files of the build, relative to the root, by the rules: the last rule that fits a file decides."""
    rules = _rules(root / ".dockerignore")
    return [path for path in _walk(root, root) if _kept(path, rules)]


def ignored(path: str, root: Path = ROOT) -> bool:
    return not _kept(Path(path), _rules(root / ".dockerignore"))


def _rules(path: Path) -> list[tuple[bool, re.Pattern[str]]]:
    lines = [line.strip() for line in path.read_text().splitlines()]
    return [
        (line.startswith("!"), _pattern(line.removeprefix("!"))) for line in lines if line and not line.startswith("#")
    ]


def _pattern(rule: str) -> re.Pattern[str]:
    """A rule fits a path or any folder above it; `**/` stands for any number of folders, `*` for a part of a name."""
    parts = re.split(r"(\*\*/|\*)", rule)
    wild = {"**/": "(?:.*/)?", "*": "[^/]*"}
    return re.compile("".join(wild.get(part) or re.escape(part) for part in parts) + r"(?:/.*)?")


def _kept(path: Path, rules: list[tuple[bool, re.Pattern[str]]]) -> bool:
    kept = True
    for keeps, pattern in rules:
        if pattern.fullmatch(path.as_posix()):
            kept = keeps
    return kept


def _walk(folder: Path, root: Path) -> list[Path]:
    found: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            if entry.name not in _NEVER:
                found += _walk(entry, root)
        else:
            found.append(entry.relative_to(root))
    return found
