"""What a build sees of this folder: by `.dockerignore`, as the deploying reads it when it sends the source to AWS."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from tests.container.dockerfile import ROOT

from xpressbuy.cloud.release import chosen

_NEVER = frozenset({"node_modules", "dist"})
"""Folders that are not even walked, beside those with a dot. That the rules leave them out as well is seen by
`test_what_the_server_does_not_need_stays_out`."""


def context() -> list[Path]:
    """The files of the build, relative to the root."""
    return [Path(name) for name in chosen(sorted(_walk()), _rules())]


def ignored(path: str) -> bool:
    return not chosen([path], _rules())


def _rules() -> list[str]:
    return (ROOT / ".dockerignore").read_text().splitlines()


@cache
def _walk() -> list[str]:
    found: list[str] = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _NEVER and not name.startswith(".")]
        found += [os.path.relpath(Path(folder) / name, ROOT) for name in files]
    return found
