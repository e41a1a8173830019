"""A stack for servers that run as processes, and the image's content in a folder."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.container.steps import Image, build
from tests.whole import stock_shelves, whole_shop

from xpressbuy.local.emulator import ACCESS_KEY, SECRET_KEY, Emulator
from xpressbuy.settings import Settings

SAME = (
    "environment", "public_url", "table_name", "images_bucket", "user_pool_id", "user_pool_client_id", "identity_url",
    "jwks_url", "web_dist", "dynamodb_seconds_max",
)  # fmt: skip
"""Settings that a process takes as they are; the others are secrets or AWS's own names."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked `soak` takes minutes and runs when it is asked for: `make soak`."""
    if "soak" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def stack(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a small shop that is filled, as environment variables."""
    settings = asyncio.run(_filled(cloud.url, tmp_path_factory.mktemp("stack")))
    return {
        "AWS_REGION": settings.aws_region,
        "AWS_ENDPOINT_URL": cloud.url,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "XPRESSBUY_USER_POOL_CLIENT_SECRET": settings.user_pool_client_secret.get_secret_value(),
        "XPRESSBUY_COOKIE_KEYS": settings.cookie_keys[0].get_secret_value(),
        **{f"XPRESSBUY_{name.upper()}": str(getattr(settings, name)) for name in SAME},
    }


async def _filled(endpoint: str, folder: Path) -> Settings:
    async with whole_shop(endpoint, folder) as whole:
        await stock_shelves(whole)
        return whole.settings


@pytest.fixture(scope="session")
def image() -> Iterator[Image]:
    """What the Dockerfile builds, where another user may read it and nobody write it."""
    target = Path(tempfile.mkdtemp(prefix="image-"))
    try:
        target.chmod(0o755)
        built = build(target)
        _set_writable(built.folder, writable=False)
        yield built
    finally:
        _set_writable(target, writable=True)
        shutil.rmtree(target)


def _set_writable(target: Path, *, writable: bool) -> None:
    for folder, _, _ in os.walk(target):
        Path(folder).chmod(0o755 if writable else 0o555)
