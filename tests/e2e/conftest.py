"""A whole local shop, started as a newcomer starts it, and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from xpressbuy.local.emulator import free_port

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "e2e-shop"
START_SECONDS_MAX = 600
"""A first start draws and encodes every sample picture."""
STOP_SECONDS_MAX = 30
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (360, 1440)
WAIT_MS_MAX = 15_000
"""For anything to appear; the machine may be busy with other tests."""


@dataclass(frozen=True)
class RunningShop:
    """Where the shop is served, and its process."""

    url: str
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="session")
def shop() -> Iterator[RunningShop]:
    """A shop with the sample catalogue and nothing else: only the drawn pictures are kept between runs."""
    shutil.rmtree(FOLDER / "local-aws", ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "XPRESSBUY_DATA_DIR": str(FOLDER)}  # noqa: TID251 - a child's
    log = (FOLDER / "run.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "xpressbuy.local"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    log.close()
    url = f"http://localhost:{port}"
    try:
        _wait_until_ready(process, url)
        yield RunningShop(url, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_until_ready(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the shop ended at its start: {(FOLDER / 'run.log').read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the shop did not start in time")


@pytest.fixture(scope="module")
def playwright_driver() -> Iterator[Playwright]:
    """For one file at a time: as long as it is there its event loop runs, and asynchronous tests have no place."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    path = (ROOT / ".tools" / "browser").read_text().strip()
    browser = playwright_driver.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def context(browser: Browser, shop: RunningShop, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh visitor, on a phone and on a desk."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 800 if request.param < 600 else 900},
        base_url=shop.url,
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT_MS_MAX)
    expect.set_options(timeout=WAIT_MS_MAX)
    yield context
    context.close()


@pytest.fixture
def expected_failures() -> list[str]:
    """Parts of what the browser's console may complain about; a test that causes a refusal on purpose adds its own."""
    return []


@pytest.fixture
def page(context: BrowserContext, shop: RunningShop, expected_failures: list[str]) -> Iterator[Page]:
    """A page that fails its test on any script error or console error of the shop's, a 4xx or 5xx answer included."""
    page = context.new_page()
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        url = message.location["url"]
        text = f"{message.text} ({url})"
        # The identity provider's page is not ours to mend.
        elsewhere = url.startswith("http") and not url.startswith(f"{shop.url}/")
        if message.type == "error" and not elsewhere and not any(part in text for part in expected_failures):
            problems.append(text)

    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", note)
    yield page
    assert problems == []
