"""What the Dockerfile promises, read from itself, and what goes into a build."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.container.dockerfile import ROOT, Stage, stages
from tests.container.ignore import context, ignored

from xpressbuy.alive import PORT_OF_ROLE

CONTEXT_BYTES_MAX = 5_000_000
SECRET = re.compile(r"(password|secret|token|credential|private_key|access_key|cookie_keys)", re.IGNORECASE)


def _final() -> Stage:
    return stages()["final"]


def test_hadolint_finds_nothing() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [linter, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_it_runs_as_a_number_that_is_not_root() -> None:
    user, _, group = _final().only("USER").text.partition(":")
    assert int(user) >= 10_000
    assert int(group) >= 10_000


def test_bases_have_a_version_and_a_distribution() -> None:
    for stage in stages().values():
        image, _, tag = stage.base.partition(":")
        assert image.startswith("public.ecr.aws/docker/library/"), stage.base
        assert re.fullmatch(r"\d+(\.\d+)*-[a-z-]+", tag), stage.base
        assert "slim" in tag


def test_it_says_how_to_check_and_to_stop_it() -> None:
    final = _final()
    assert final.only("STOPSIGNAL").text == "SIGTERM"
    assert {int(port) for port in final.only("EXPOSE").words} == set(PORT_OF_ROLE.values())
    check = final.only("HEALTHCHECK").text
    assert "xpressbuy.alive" in check
    assert "curl" not in check


def test_its_process_gets_the_signals_itself() -> None:
    # As a JSON list there is no shell in between, which would keep SIGTERM for itself.
    assert _final().only("CMD").text.startswith("[")
    assert not _final().all("ENTRYPOINT")


def test_nothing_secret_and_nothing_from_elsewhere_goes_in() -> None:
    for stage in stages().values():
        assert not stage.all("ADD")
        for instruction in (*stage.all("ENV"), *stage.all("ARG"), *stage.all("LABEL"), *stage.all("COPY")):
            assert not SECRET.search(instruction.text), instruction
        for copied in stage.all("COPY"):
            assert not re.search(r"https?://|\.env\b", copied.text)
        for step in stage.all("RUN"):
            assert not re.search(r"curl|wget|sudo|chmod 777", step.text), step


def test_packages_come_by_the_lock_files_alone() -> None:
    version = re.search(r'^UV_VERSION = "(.+)"$', (ROOT / "tools/bootstrap.py").read_text(), re.MULTILINE)
    assert version
    steps = [step.text for stage in stages().values() for step in stage.all("RUN")]
    assert [step for step in steps if "pip install" in step] == [f'pip install --no-cache-dir "uv=={version[1]}"']
    assert [step for step in steps if "uv sync" in step and "--locked --no-dev" in step]
    assert not [step for step in steps if re.search(r"npm (i|install)\b", step)]


def test_nothing_of_the_image_is_to_be_written() -> None:
    environment = _final().environment()
    assert environment["PYTHONDONTWRITEBYTECODE"] == "1"
    assert not _final().all("VOLUME")
    assert not any("--chown" in copied.text for copied in _final().all("COPY"))


def test_what_the_server_does_not_need_stays_out() -> None:
    for path in (
        "src/xpressbuy/local/run.py",
        "src/xpressbuy/cloud/bundle.py",
        "src/xpressbuy/cli.py",
        "src/xpressbuy/lambdas/sweep.py",
        "src/xpressbuy/http/__pycache__/log.pyc",
        "web/node_modules/react/index.js",
        "web/storefront/dist/main.js",
        "tests/whole.py",
        ".git/config",
        ".xpressbuy/shop.env",
        ".env",
        ".venv/bin/python",
    ):
        assert ignored(path), path
    for path in (
        "src/xpressbuy/serve.py",
        "src/xpressbuy/storefront/templates/page.html",
        "uv.lock",
        "web/package.json",
    ):
        assert not ignored(path), path


def test_the_context_is_small() -> None:
    files = context()
    assert {path.parts[0] for path in files} == {"Dockerfile", "pyproject.toml", "src", "uv.lock", "web"}
    assert sum((ROOT / path).stat().st_size for path in files) < CONTEXT_BYTES_MAX
