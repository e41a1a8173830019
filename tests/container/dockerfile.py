"""Reads the Dockerfile as far as this repository writes one: instructions, stages, their settings."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Instruction:
    """One instruction without line ends: `RUN`, `uv sync …`."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        """The words of a JSON list or of a shell line."""
        if self.text.startswith("["):
            words: list[str] = json.loads(self.text)
            return words
        return shlex.split(self.text)


@dataclass(frozen=True)
class Stage:
    name: str
    base: str
    instructions: tuple[Instruction, ...]

    def all(self, name: str) -> list[Instruction]:
        return [instruction for instruction in self.instructions if instruction.name == name]

    def only(self, name: str) -> Instruction:
        (found,) = self.all(name)
        return found

    def environment(self) -> dict[str, str]:
        return dict(word.split("=", 1) for line in self.all("ENV") for word in line.words)


def stages(path: Path = ROOT / "Dockerfile") -> dict[str, Stage]:
    """The stages by name, the last one as `final`; `ARG`s before the first are put into the bases."""
    given: dict[str, str] = {}
    found: list[tuple[str, str, list[Instruction]]] = []
    for instruction in _instructions(path.read_text()):
        if instruction.name == "FROM":
            base, *rest = instruction.words
            name = rest[1] if rest else "final"
            found.append((name, re.sub(r"\$\{(\w+)\}", lambda match: given[match[1]], base), []))
        elif not found:
            assert instruction.name == "ARG", f"only ARG may come before FROM: {instruction}"
            key, _, value = instruction.text.partition("=")
            given[key] = value
        else:
            found[-1][2].append(instruction)
    return {name: Stage(name, base, tuple(instructions)) for name, base, instructions in found}


def _instructions(text: str) -> Iterator[Instruction]:
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for whole in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        name, _, rest = whole.partition(" ")
        yield Instruction(name, rest.strip())
