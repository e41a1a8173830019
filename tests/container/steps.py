"""Does in folders what the Dockerfile does in an image: its own COPY, RUN and ENV steps, one folder for each stage.

Paths of the image are put under the stage's folder. The one thing not done again is what this machine brings: Python,
uv (of the same version) and, unless asked, the storefront's build, which `make setup` has made by the same commands.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.container.dockerfile import ROOT, Instruction, Stage, stages
from tests.container.ignore import context

STEP_SECONDS_MAX = 240
_IMAGE_PATH = re.compile(r"(?<![\w./-])/(app|build)(?=[/:\s\"']|$)")
_PYTHON = "/usr/local/bin/python3"
_INSTALL_UV = re.compile(r'pip install --no-cache-dir "uv==([\d.]+)"')


@dataclass(frozen=True)
class Image:
    """What the last stage holds, as folders of this machine."""

    folder: Path
    environment: Mapping[str, str]
    directory: Path
    user: int | None
    command: list[str]
    health: list[str]

    def size_mb(self) -> float:
        """Without the base: what the image adds to it, uncompressed."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and not path.is_symlink()]
        return sum(path.stat().st_size for path in files) / 1e6


def build(target: Path, *, whole: bool = False) -> Image:
    """Runs the stages in folders under `target`. `whole` also builds the storefront anew."""
    all_stages = stages()
    for stage in all_stages.values():
        folder = target / stage.name
        folder.mkdir(parents=True)
        if stage.name == "web" and not whole:
            shutil.copytree(ROOT / "web/storefront/dist", folder / "build/web/storefront/dist")
        else:
            _Room(stage, target).run()
    return _image(all_stages["final"], target / "final")


def _image(final: Stage, folder: Path) -> Image:
    health = final.only("HEALTHCHECK").text.partition("CMD ")[2]
    environment = {name: _here(value, folder) for name, value in final.environment().items()}
    return Image(
        folder=folder,
        environment=environment,
        directory=Path(_here(final.only("WORKDIR").text, folder)),
        user=int(final.only("USER").text.partition(":")[0]) if _others_may_run(Path(_interpreter())) else None,
        command=final.only("CMD").words,
        health=Instruction("HEALTHCHECK", health).words,
    )


class _Room:
    """One stage as it is built: its folder, its directory, its environment."""

    def __init__(self, stage: Stage, target: Path) -> None:
        self._stage = stage
        self._target = target
        self._folder = target / stage.name
        self._directory = self._folder
        self._environment: dict[str, str] = {}

    def run(self) -> None:
        for instruction in self._stage.instructions:
            if instruction.name == "WORKDIR":
                self._directory = Path(_here(instruction.text, self._folder))
                self._directory.mkdir(parents=True, exist_ok=True)
            elif instruction.name == "ENV":
                named = dict(word.split("=", 1) for word in instruction.words)
                self._environment |= {name: _here(value, self._folder) for name, value in named.items()}
            elif instruction.name == "COPY":
                self._copy(instruction.words)
            elif instruction.name == "RUN":
                self._run(instruction.text)
            else:
                assert instruction.name in {"LABEL", "USER", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "CMD"}, instruction

    def _copy(self, words: list[str]) -> None:
        options = [word for word in words if word.startswith("--")]
        *sources, where = [word for word in words if not word.startswith("--")]
        target = Path(_here(where, self._folder))
        target = target if target.is_absolute() else self._directory / where
        for source in sources:
            if options:
                (name,) = (option.removeprefix("--from=") for option in options)
                _copy_tree(Path(_here(source, self._target / name)), target)
            else:
                _copy_context(source, target)

    def _run(self, line: str) -> None:
        if match := _INSTALL_UV.fullmatch(line):
            version = subprocess.run([uv(), "--version"], capture_output=True, text=True, check=True, timeout=20)
            assert version.stdout.split()[1] == match[1], (
                "the Dockerfile and this machine have different versions of uv"
            )
            return
        given = [f"{name}={value}" for name, value in self._environment.items() if name != "PATH"]
        tools = [Path(uv()).parent, Path(_interpreter()).parent, Path(shutil.which("npm") or "/usr/bin/npm").parent]
        path = f"PATH={':'.join(map(str, tools))}:/usr/local/bin:/usr/bin:/bin"
        # `env` adds to the environment of the tests, which says where this machine's packages come from.
        done = subprocess.run(
            ["env", "-u", "VIRTUAL_ENV", "-u", "UV_PROJECT", *given, path, "/bin/sh", "-ec", _here(line, self._folder)],
            cwd=self._directory,
            capture_output=True,
            text=True,
            check=False,
            timeout=STEP_SECONDS_MAX,
        )
        assert done.returncode == 0, f"RUN {line}\n{done.stdout}\n{done.stderr}"


def _here(text: str, folder: Path) -> str:
    return _IMAGE_PATH.sub(lambda match: f"{folder}/{match[1]}", text.replace(_PYTHON, _interpreter()))


def _copy_tree(source: Path, target: Path) -> None:
    """From stage to stage by links: both are read only from then on, and thousands of files are not written twice."""
    shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True, copy_function=os.link)


def _copy_context(source: str, target: Path) -> None:
    """As Docker has it: of a folder what is in it, of a file the file itself."""
    inside = ROOT / source
    files = [path for path in context() if path.is_relative_to(source)]
    assert files, f"COPY {source}: .dockerignore lets nothing of it through"
    for path in files:
        place = target / path.relative_to(source) if inside.is_dir() else target / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, place)


def uv() -> str:
    """The machine's uv, or the one that `make setup` brings."""
    found = shutil.which("uv") or str(ROOT / ".tools/bin/uv")
    assert Path(found).exists(), "uv is missing: run `make setup` once"
    return found


def _interpreter() -> str:
    """The base of the venv: Python as others may run it too, if there is one, since the image's user is another one."""
    here = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    places = [here, *(Path(folder) / here.name for folder in ("/usr/local/bin", "/usr/bin"))]
    return str(next((place for place in places if place.exists() and _others_may_run(place)), here))


def _others_may_run(path: Path) -> bool:
    real = path.resolve()
    return os.geteuid() == 0 and all(folder.stat().st_mode & 0o001 for folder in (real, *real.parents))
