"""The zips of the functions: what is in them, what is not, and that the same code gives the same zip."""

from __future__ import annotations

import ast
import gzip
import subprocess
import sys
import zipfile
from pathlib import Path

import brotli
import pytest

from xpressbuy.cloud import bundle
from xpressbuy.cloud.bundle import HANDLER, MAIL_EVENTS_HANDLER, SWEEP_HANDLER, WEB_DIST, WEB_HANDLER, Kind
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.lambdas.function_url import ANSWER_BYTES_MAX
from xpressbuy.local.emulator import ENVIRONMENT

ZIP_BYTES_MAX = {"mail": 16_000_000, "web": 30_000_000}
UNPACKED_BYTES_MAX = 100_000_000
"""Lambda takes 250 MB; half of a start is reading what was unpacked."""
WEB_MODULES_MAX = 980
"""Loaded by the web function's start, Python's own included: 881 when this was written, in 0.6 s."""
RUNTIME_BRINGS = {"boto3", "botocore"}
TYPES_ONLY = {"mypy_boto3_s3", "mypy_boto3_sesv2"}
NEVER_ASKED_FOR = {"PIL"}
"""Drawing pictures is reached by imports, but the function has no way to it: it takes no uploads."""
HEAVY = {
    *("PIL", "resvg_py", "granian", "typer", "rich", "boto3", "botocore", "s3transfer", "yaml", "aws_cdk"),
    *("mangum.adapters", "aws_lambda_powertools", "hypothesis", "pytest", "tantivy", "stripe"),
}
DOORS: dict[Kind, tuple[str, ...]] = {"mail": (HANDLER, SWEEP_HANDLER, MAIL_EVENTS_HANDLER), "web": (WEB_HANDLER,)}


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Path]:
    folder = tmp_path_factory.mktemp("zips")
    return {kind: bundle.build_lambda_zip(folder / f"{kind}.zip", kind=kind, platform="local") for kind in DOORS}


@pytest.fixture(scope="module")
def unpacked(zips: dict[Kind, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Path]:
    folders: dict[Kind, Path] = {}
    for kind, path in zips.items():
        folders[kind] = tmp_path_factory.mktemp(kind)
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folders[kind])
    return folders


def run(folder: Path, program: str) -> str:
    """In the emulator's Python, as its Lambda does, which has nothing of the shop."""
    command = [str(ENVIRONMENT / "bin" / "python"), "-c", f"import sys\nsys.path.insert(0, {str(folder)!r})\n{program}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, env={}, cwd="/")
    return done.stdout


@pytest.mark.parametrize("kind", DOORS)
def test_a_zip_is_small_sorted_of_no_date_and_made_once(zips: dict[Kind, Path], kind: Kind) -> None:
    assert zips[kind].stat().st_size < ZIP_BYTES_MAX[kind]
    with zipfile.ZipFile(zips[kind]) as archive:
        entries = archive.infolist()
    assert sum(entry.file_size for entry in entries) < UNPACKED_BYTES_MAX
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    written = zips[kind].stat().st_mtime_ns
    bundle.build_lambda_zip(zips[kind], kind=kind, platform="local")
    assert zips[kind].stat().st_mtime_ns == written


def test_equal_code_gives_an_equal_zip(zips: dict[Kind, Path], tmp_path: Path) -> None:
    again = bundle.build_lambda_zip(tmp_path / "web.zip", kind="web", platform="local")
    assert again.read_bytes() == zips["web"].read_bytes()


@pytest.mark.parametrize("kind", DOORS)
def test_every_import_finds_its_package(unpacked: dict[Kind, Path], kind: Kind) -> None:
    """Also the imports inside functions, which no start would show to be missing."""
    folder = unpacked[kind]
    missing = set()
    for path in (folder / "xpressbuy").rglob("*.py"):
        for name in imported(path):
            there = (folder / name).is_dir() or (folder / f"{name}.py").is_file()
            if not there and name not in sys.stdlib_module_names:
                missing.add(name)
    assert missing <= RUNTIME_BRINGS | TYPES_ONLY | NEVER_ASKED_FOR


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("kind", DOORS)
def test_the_doors_are_there_and_load_nothing_heavy(unpacked: dict[Kind, Path], kind: Kind) -> None:
    for door in DOORS[kind]:
        module, _, function = door.rpartition(".")
        said = run(
            unpacked[kind],
            f"import {module} as door\nprint(len(sys.modules), callable(door.{function}), *sorted(sys.modules))",
        )
        count, there, *loaded = said.split()
        assert there == "True"
        assert int(count) < WEB_MODULES_MAX
        tops = {name.split(".")[0] for name in loaded} | set(loaded)
        # No list is answered without the index of words.
        allowed = {"aws_lambda_powertools", "botocore"} if kind == "mail" else {"tantivy"}
        assert not tops & (HEAVY - allowed)


def test_the_web_function_has_nothing_that_it_does_not_serve(unpacked: dict[Kind, Path]) -> None:
    ours = {path.relative_to(unpacked["web"]).parts[1] for path in (unpacked["web"] / "xpressbuy").rglob("*.py")}
    assert not ours & {"local", "cloud", "cli.py", "serve.py"}
    theirs = {path.name for path in unpacked["web"].iterdir()}
    assert not theirs & {"PIL", "granian", "resvg_py", "boto3", "botocore", "rich", "typer", "aws_lambda_powertools"}


def test_the_mail_functions_have_nothing_of_the_shop(unpacked: dict[Kind, Path]) -> None:
    ours = {path.relative_to(unpacked["mail"]).parts[1] for path in (unpacked["mail"] / "xpressbuy").rglob("*.py")}
    assert not ours & {"asgi.py", "wiring.py", "storefront", "search", "reviews", "checkout", "http", "cloud"}
    assert not {"fastapi", "starlette", "mangum", "web"} & {path.name for path in unpacked["mail"].iterdir()}


def test_byte_code_is_there_and_taken_without_a_look_at_the_source(unpacked: dict[Kind, Path]) -> None:
    tag = sys.implementation.cache_tag
    for kind, folder in unpacked.items():
        for path in (folder / "xpressbuy").rglob("*.py"):
            made = path.parent / "__pycache__" / f"{path.stem}.{tag}.pyc"
            assert made.is_file(), f"{kind}: {path.name} would be compiled at every start"
            assert int.from_bytes(made.read_bytes()[4:8], "little") == 0b01


def test_the_storefront_lies_ready_packed_where_the_function_looks_for_it(unpacked: dict[Kind, Path]) -> None:
    dist = unpacked["web"] / WEB_DIST
    assert (dist / ".vite" / "manifest.json").is_file()
    scripts = [path for path in dist.glob("*.js") if path.stat().st_size >= bundle.COMPRESSED_FROM_BYTES]
    assert scripts
    for path in scripts:
        body = path.read_bytes()
        assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == body
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == body
    assert not list(dist.rglob("*.map"))
    # Every file is an answer, and a function's answers have a bound.
    assert max(path.stat().st_size for path in dist.rglob("*") if path.is_file()) < ANSWER_BYTES_MAX / 4


def test_without_a_storefront_somebody_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bundle, "WEB_DIST", str(tmp_path / "absent"))
    with pytest.raises(CloudProblem, match="make setup"):
        bundle.build_lambda_zip(tmp_path / "web.zip", kind="web", platform="local")


def test_without_uv_somebody_is_told_what_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CloudProblem, match="could not be fetched"):
        bundle.build_lambda_zip(tmp_path / "mail.zip", kind="mail", platform="aws-arm64")
