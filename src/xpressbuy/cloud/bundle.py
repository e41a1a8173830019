"""The code of the functions as zips: the real handlers, what they import, and nothing of the shop besides.

`mail` holds the doors of the stream, the schedule and SES's events, `web` the whole shop with its storefront. Our own
modules are found by following their imports, the packages by following the lock file. Equal input gives an equal zip.
boto3 is left out, since the function's runtime brings it; pictures are drawn elsewhere, so Pillow is, too.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import brotli

from xpressbuy.cloud.problem import CloudProblem

Kind = Literal["mail", "web"]
Platform = Literal["local", "aws-arm64"]

HANDLER = "xpressbuy.lambdas.order_email.handler"
SWEEP_HANDLER = "xpressbuy.lambdas.sweep.handler"
"""A second door of the same code, for a schedule."""
MAIL_EVENTS_HANDLER = "xpressbuy.lambdas.mail_events.handler"
"""A third, for what SES says of mails afterwards."""
WEB_HANDLER = "xpressbuy.lambdas.http.handler"
LANGUAGES = ("en",)
"""Languages of which the zip knows how to write dates and money. Each adds some 200 kB, all of them 30 MB."""
AWS_PYTHON = "3.13"
AWS_WHEELS = "aarch64-manylinux2014"
INSTALL_SECONDS_MAX = 300
COMPILE_SECONDS_MAX = 120

COMPRESSED_FROM_BYTES = 1_024
_PACKAGE = "xpressbuy"
_SOURCE = Path(__file__).resolve().parents[1]
_ROOT = _SOURCE.parents[1]
WEB_DIST = "web/storefront/dist"
"""Where the storefront's build lies, in the repository and in the zip alike."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can name; a real one would make every zip another."""
_LEFT_OUT = frozenset({".pyi", ".pyx", ".pxd", ".pxi", ".c", ".h", ".cpp", ".hash", ".pyc", ".md", ".rst"})
_FOLDERS_LEFT_OUT = frozenset({"__pycache__", "tests", "test", "licenses", "bin"})


@dataclass(frozen=True, slots=True)
class _Recipe:
    """The doors of a zip, the packages that our modules import from outside, and folders that are no modules."""

    handlers: tuple[str, ...]
    packages: tuple[str, ...]
    folders: tuple[str, ...]


_MAIL = _Recipe(
    (HANDLER, SWEEP_HANDLER, MAIL_EVENTS_HANDLER),
    ("aiodynamo", "aiohttp", "aws-lambda-powertools", "babel", "jinja2", "pydantic-settings", "structlog"),
    ("notifications/model/templates",),
)
_WEB = _Recipe(
    (WEB_HANDLER,),
    (
        *("aiodynamo", "aiohttp", "babel", "brotli", "cryptography", "email-validator", "fastapi", "jinja2"),
        *("joserfc", "mangum", "nh3", "orjson", "pydantic-settings", "structlog", "tantivy"),
    ),
    ("notifications/model/templates", "storefront/templates"),
)
_RECIPES: Mapping[Kind, _Recipe] = {"mail": _MAIL, "web": _WEB}


def build_lambda_zip(
    target: Path, *, kind: Kind = "mail", platform: Platform, languages: Sequence[str] = LANGUAGES
) -> Path:
    """Writes the zip unless it is there and up to date. `local` is for this very Python and needs no network.

    CloudProblem if a package cannot be fetched, or if the storefront, which `web` holds, was not built.
    """
    recipe = _RECIPES[kind]
    files = _own_files(recipe) | (_storefront() if kind == "web" else {})
    versions = _locked_versions(_ROOT / "uv.lock", recipe.packages)
    python = sys.executable if platform == "local" else _python_of_aws()
    key = _fingerprint(f"{kind} {platform} {python is not None}", files, versions, languages)
    if _key_of(target) == key:
        return target
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        if platform == "local":
            _copy_installed(stage, versions)
        else:
            _install_for_aws(stage, versions)
        for name, path in files.items():
            _place(path, stage / name)
        _compress(stage / WEB_DIST)
        _keep_languages(stage / "babel" / "locale-data", languages)
        if python is not None:
            _compile(stage, python)
        _write(target, stage, key)
    return target


def _own_files(recipe: _Recipe) -> dict[str, Path]:
    """The files of ours that the handlers need, by their path in the zip: whatever can be reached by imports."""
    found: dict[str, Path] = {}
    waiting = [handler.rpartition(".")[0] for handler in recipe.handlers]
    while waiting:
        name = waiting.pop()
        for path in _files_of(name):
            inside = str(Path(_PACKAGE) / path.relative_to(_SOURCE))
            if inside not in found:
                found[inside] = path
                waiting.extend(_imports(path))
    others = [path for folder in recipe.folders for path in (_SOURCE / folder).iterdir() if path.is_file()]
    found |= {str(Path(_PACKAGE) / path.relative_to(_SOURCE)): path for path in others}
    return dict(sorted(found.items()))


def _storefront() -> dict[str, Path]:
    """The built web app, without the maps that only its makers read."""
    dist = _ROOT / WEB_DIST
    if not (dist / ".vite" / "manifest.json").is_file():
        raise CloudProblem("The storefront is not built. Run `make setup`, then this once more.")
    found = (path for path in sorted(dist.rglob("*")) if path.is_file() and path.suffix not in {".map", ".br", ".gz"})
    return {path.relative_to(_ROOT).as_posix(): path for path in found if path.name != "ready"}


def _compress(dist: Path) -> None:
    """What a start would do otherwise, each time: a form for each encoding beside every file that gets smaller."""
    for path in sorted(dist.rglob("*")):
        if path.suffix in {".js", ".css", ".svg"} and path.stat().st_size >= COMPRESSED_FROM_BYTES:
            body = path.read_bytes()
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(body))
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(body, mtime=0))


def _files_of(module: str) -> Iterator[Path]:
    """The file of a module and those of the packages that it lies in. Nothing for a name that is no module."""
    parts = module.split(".")[1:]
    for depth in range(len(parts) + 1):
        place = _SOURCE.joinpath(*parts[:depth])
        for path in (place / "__init__.py", place.with_suffix(".py")):
            if path.is_file() and _SOURCE in path.parents:
                yield path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == _PACKAGE)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == _PACKAGE:
            # `from package import name` may name a module or a thing in one; both are tried.
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _locked_versions(lock: Path, roots: Iterable[str]) -> dict[str, str]:
    """The packages and all that they need, with the locked version of each."""
    if not lock.is_file():
        raise CloudProblem(f"{lock} is missing, so the functions' packages are not known. Restore it from git.")
    locked = {package["name"]: package for package in tomllib.loads(lock.read_text())["package"]}
    versions: dict[str, str] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in versions:
            versions[name] = locked[name]["version"]
            needs = locked[name].get("dependencies", ())
            waiting.extend(need["name"] for need in needs if "win32" not in need.get("marker", ""))
    return dict(sorted(versions.items()))


def _fingerprint(
    made_for: str, files: Mapping[str, Path], versions: Mapping[str, str], languages: Sequence[str]
) -> bytes:
    digest = hashlib.sha256(f"{made_for} {sys.version} {sorted(languages)}".encode())
    digest.update(Path(__file__).read_bytes())
    for name, path in files.items():
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update("\n".join(f"{name}=={version}" for name, version in versions.items()).encode())
    return digest.hexdigest().encode()


def _key_of(target: Path) -> bytes:
    try:
        with zipfile.ZipFile(target) as archive:
            return archive.comment
    except (OSError, zipfile.BadZipFile):
        return b""


def _copy_installed(stage: Path, versions: Mapping[str, str]) -> None:
    """From the environment that runs this; what a marker kept out of it is not needed here either."""
    for name in versions:
        try:
            files = metadata.distribution(name).files
        except metadata.PackageNotFoundError:
            continue
        for file in files or ():
            if _is_needed(Path(file)):
                _place(Path(str(file.locate())), stage / file)


def _install_for_aws(stage: Path, versions: Mapping[str, str]) -> None:
    """Wheels for the function's own machine, by the lock file's versions."""
    wanted = [f"{name}=={version}" for name, version in versions.items()]
    command = ["uv", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", str(stage)]
    command += ["--python-platform", AWS_WHEELS, "--python-version", AWS_PYTHON, *wanted]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS_MAX)
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "stderr", "") or str(error)
        raise CloudProblem(f"The function's packages could not be fetched: {reason.strip()[:400]}") from error
    for path in sorted(stage.rglob("*"), reverse=True):
        if path.is_file() and not _is_needed(path.relative_to(stage)):
            path.unlink()


def _is_needed(file: Path) -> bool:
    if ".." in file.parts or file.suffix in _LEFT_OUT or not _FOLDERS_LEFT_OUT.isdisjoint(file.parts):
        return False
    if file.parts[0].endswith(".dist-info"):
        # Some packages look their own version up.
        return file.name == "METADATA"
    return not file.name.startswith(".")


def _keep_languages(data: Path, languages: Sequence[str]) -> None:
    kept = {"root", *languages}
    for path in data.glob("*.dat"):
        if path.stem.split("_")[0] not in kept:
            path.unlink()


def _python_of_aws() -> str | None:
    """A Python of the function's version, this one or one that uv finds or fetches. None, and a slower start, without.

    Byte code is the same for every machine. A function cannot write its own, so without it all is compiled at each
    start, which doubles it.
    """
    if f"{sys.version_info.major}.{sys.version_info.minor}" == AWS_PYTHON:
        return sys.executable
    for which in ((), ("--managed-python",)):
        command = ["uv", "run", "--quiet", "--no-project", *which, "--python", AWS_PYTHON, "python"]
        try:
            found = subprocess.run(
                [*command, "-c", "import sys; print(sys.executable)"],
                check=True,
                capture_output=True,
                text=True,
                timeout=INSTALL_SECONDS_MAX,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        if path := found.stdout.strip():
            return path
    return None


def _compile(stage: Path, python: str) -> None:
    """Byte code that is taken without a look at the source's date: a function's folder is new at every cold start.

    In a process of its own with a fixed hash seed, since byte code shows what its maker had in memory.
    """
    command = [python, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    # A package may hold a file for other versions of Python; it stays uncompiled, and the exit status says no more.
    subprocess.run(
        [*command, "-s", str(stage), str(stage)],
        check=False,
        capture_output=True,
        env={"PYTHONHASHSEED": "0"},
        timeout=COMPILE_SECONDS_MAX,
    )


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, stage: Path, key: bytes) -> None:
    """Sorted names, one date and one mode, then moved into place, so that nobody reads half a zip."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted((path for path in stage.rglob("*") if path.is_file()), key=Path.as_posix):
            entry = zipfile.ZipInfo(path.relative_to(stage).as_posix(), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
        archive.comment = key
    unfinished.replace(target)
