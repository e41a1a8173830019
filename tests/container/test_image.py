"""What the Dockerfile builds, run as it would be: another user, nothing writable, one role each."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.container.process import Process
from tests.container.steps import Image, build

ADDED_MB_MAX = 170


@contextmanager
def _run(image: Image, stack: Mapping[str, str], role: str, log: Path) -> Iterator[Process]:
    """A container of the image: its own settings over those of the image, and nothing of this machine's."""
    given = {name: value for name, value in stack.items() if name != "XPRESSBUY_WEB_DIST"}
    environment = {**image.environment, **given, "XPRESSBUY_ROLE": role, "XPRESSBUY_DRAIN_SECONDS": "0"}
    with Process(environment, log, command=_in(image, image.command), directory=image.directory, user=image.user) as it:
        yield it


def _in(image: Image, command: list[str]) -> list[str]:
    # The parent would look the program up in its own PATH.
    return [str(image.folder / "app/.venv/bin/python"), *command[1:]] if command[0] == "python" else command


def _content(image: Image) -> dict[str, tuple[int, int]]:
    files = (path for path in image.folder.rglob("*") if not path.is_symlink())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def _left_by(user: int | None) -> list[str]:
    """What the image's user owns in the machine's folder for passing files."""
    with os.scandir("/tmp") as entries:
        return [
            entry.path for entry in entries if user is not None and entry.stat(follow_symlinks=False).st_uid == user
        ]


def _health(image: Image, **settings: str) -> int:
    environment = {**image.environment, **settings}
    done = subprocess.run(
        image.health,
        env=environment,
        cwd=image.directory,
        user=image.user,
        check=False,
        timeout=30,
        capture_output=True,
    )
    return done.returncode


@pytest.mark.parametrize("role", ["web", "api"])
def test_a_role_answers_and_writes_nothing(image: Image, stack: dict[str, str], tmp_path: Path, role: str) -> None:
    page, product = "/p/plain-tee", "/api/products/plain-tee"
    served, not_served = (page, product) if role == "web" else (product, page)
    before = _content(image)
    with _run(image, stack, role, tmp_path / "log") as container:
        assert container.get(served)[0] == 200
        assert container.get(not_served)[0] == 404
        assert _health(image, XPRESSBUY_ROLE=role, XPRESSBUY_PORT=str(container.port)) == 0
        container.tell(signal.SIGTERM)
        assert container.end() == 0
        assert _health(image, XPRESSBUY_ROLE=role, XPRESSBUY_PORT=str(container.port)) == 1
        assert container.events() == ["started", "leaving", "stopped"]
    assert _content(image) == before
    assert _left_by(image.user) == []


def test_the_storefront_is_in_it(image: Image, stack: dict[str, str], tmp_path: Path) -> None:
    with _run(image, stack, "web", tmp_path / "log") as container:
        page = container.get("/")[1].decode()
        script = page.partition('src="/assets/')[2].partition('"')[0]
        assert script.endswith(".js")
        status, body, headers = container.get(f"/assets/{script}")
    assert status == 200
    assert body == (image.folder / "app/web" / script).read_bytes()
    assert "immutable" in headers["cache-control"]


def test_its_code_is_compiled_and_only_the_servers(image: Image) -> None:
    ours = image.folder / "app/xpressbuy"
    sources = list(ours.rglob("*.py"))
    assert sources
    for source in sources:
        assert list((source.parent / "__pycache__").glob(f"{source.stem}.*.pyc")), source
    assert not any((ours / name).exists() for name in ("local", "cloud", "cli.py", "lambdas"))
    packages = {path.name for path in (image.folder / "app/.venv").glob("lib/python3*/site-packages/*")}
    assert {"granian", "fastapi"} <= packages
    assert packages.isdisjoint({"pytest", "mypy", "aws_cdk", "typer", "resvg_py", "mangum", "aws_lambda_powertools"})


def test_the_sdk_knows_the_services_that_the_server_asks(image: Image) -> None:
    data = next((image.folder / "app/.venv/lib").glob("python3*/site-packages/botocore/data"))
    kept = {path.name for path in data.iterdir() if path.is_dir()}
    code = "\n".join(path.read_text() for path in (image.folder / "app/xpressbuy").rglob("*.py"))
    asked = set(re.findall(r"\b(?:create_client|boto3\.client)\(\s*\"([\w-]+)\"", code))
    assert {"s3", "cognito-idp"} <= asked
    assert asked <= kept
    # Described by itself, by none of its files that are gone.
    script = "import sys; from botocore.session import Session; Session().create_client(sys.argv[1], 'us-east-1')"
    for name in sorted(kept):
        subprocess.run(
            [image.folder / "app/.venv/bin/python", "-B", "-c", script, name],
            env=dict(image.environment),
            check=True,
            timeout=30,
        )


def test_it_is_small(image: Image) -> None:
    assert image.size_mb() < ADDED_MB_MAX


@pytest.mark.soak
def test_the_storefront_is_built_by_the_same_steps(image: Image, tmp_path: Path) -> None:
    """The stage that the other tests take from `make setup`."""
    anew = build(tmp_path, whole=True)
    was, now = (
        {path.name: path.read_bytes() for path in (it.folder / "app/web").rglob("*") if path.is_file()}
        for it in (image, anew)
    )
    # Where `make` notes that it is done.
    was.pop("ready", None)
    assert now == was
