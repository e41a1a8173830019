"""The image is built for either kind of machine, and nothing is compiled on the way: its base has no compiler."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
from packaging.tags import Tag
from packaging.utils import parse_wheel_filename
from tests.container.dockerfile import ROOT, stages
from tests.container.steps import uv

GLIBC_OF_BASE = (2, 41)
"""Debian 13, `trixie`."""


def _server_packages() -> set[str]:
    command = [uv(), "export", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "--no-annotate", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    here = [line for line in done.stdout.splitlines() if "==" in line and "win32" not in line]
    return {line.partition("==")[0] for line in here}


def _python_of_base() -> int:
    match = re.search(r"python:3\.(\d+)-slim-trixie", stages()["final"].base)
    assert match
    return int(match[1])


def _fits(tag: Tag, machine: str, minor: int) -> bool:
    if tag.abi == "abi3":
        python = tag.interpreter.startswith("cp3") and int(tag.interpreter[3:]) <= minor
    else:
        python = tag.interpreter in {"py3", f"py3{minor}", f"cp3{minor}"} and tag.abi in {"none", f"cp3{minor}"}
    linux = re.fullmatch(rf"manylinux(?:_(\d+)_(\d+)|2014|2010|1)_{machine}", tag.platform)
    glibc = linux is not None and (linux[1] is None or (int(linux[1]), int(linux[2])) <= GLIBC_OF_BASE)
    return python and (tag.platform == "any" or glibc)


@pytest.mark.parametrize("machine", ["aarch64", "x86_64"])
def test_each_package_has_a_wheel_for(machine: str) -> None:
    locked = {package["name"]: package for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
    wanted = _server_packages()
    assert {"granian", "fastapi", "cryptography"} <= wanted
    missing = []
    for name in sorted(wanted):
        files = [wheel["url"].rpartition("/")[2] for wheel in locked[name].get("wheels", ())]
        tags = {tag for file in files for tag in parse_wheel_filename(file)[3]}
        if not any(_fits(tag, machine, _python_of_base()) for tag in tags):
            missing.append(name)
    assert missing == []
