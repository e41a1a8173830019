"""Pictures out of the bucket, for local runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import boto3
import pytest
from tests.modules.reading import ReadSide, picture, read_side, write_build

from xpressbuy.aws.objects import Objects
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator
from xpressbuy.media.model import rendition_key
from xpressbuy.settings import Settings
from xpressbuy.table.client import Table

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]

BUCKET = "pictures-of-a-test"
SHOWN = picture(5).id
BODY = b"RIFF-not-really-a-picture"


@pytest.fixture
async def shop(cloud: Emulator, table: Table, settings: Settings, tmp_path: Path) -> AsyncIterator[ReadSide]:
    client = boto3.client(
        "s3",
        region_name=REGION,
        endpoint_url=cloud.url,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
    )
    client.create_bucket(Bucket=BUCKET)
    objects = Objects(lambda: client, BUCKET)
    await objects.put(rendition_key(SHOWN, 640, "webp"), BODY, "text/html")
    for key in ("secret", "images/other/640.webp", f"images/{SHOWN}/source.webp"):
        await objects.put(key, b"secret", "text/plain")
    built = settings.model_copy(update={"web_dist": write_build(tmp_path / "dist")})
    async with read_side(table, built, read_picture=objects.get) as side:
        yield side


async def test_a_picture_comes_with_its_own_type_and_is_kept_for_ever(shop: ReadSide) -> None:
    answer = await shop.get(f"/images/{SHOWN}/640.webp")
    assert (answer.status_code, answer.content) == (200, BODY)
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    again = await shop.get(f"/images/{SHOWN}/640.webp", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await shop.client.head(f"/images/{SHOWN}/640.webp")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"{SHOWN}/320.webp",
        f"{SHOWN}/640.avif",
        f"{SHOWN}/640.svg",
        f"{SHOWN}/640.webp.html",
        f"{SHOWN}/0640.webp",
        f"{SHOWN}/640",
        f"{SHOWN}/-640.webp",
        f"{SHOWN}/%2e%2e%2fsecret",
        f"{SHOWN}/..%5csecret",
        f"{SHOWN}/640.webp%00",
        f"{SHOWN}/٦٤٠.webp",
        f"{SHOWN.upper()}/640.webp",
        f"{SHOWN}x/640.webp",
        "../secret",
        "other/640.webp",
        f"{SHOWN}/source.webp",
        "secret",
        "%2e%2e/secret",
        f"{SHOWN}/640.webp/x",
        f"up/{SHOWN}/640.webp",
        f"{SHOWN}/640.webp%0a",
        f"{SHOWN}/99999999.webp",
    ],
)
async def test_every_other_address_is_404(shop: ReadSide, path: str) -> None:
    answer = await shop.get(f"/images/{path}")
    assert answer.status_code == 404
    assert b"secret" not in answer.content.replace(b"picture_not_found", b"")


async def test_behind_a_cdn_the_app_serves_none(reading: ReadSide) -> None:
    assert (await reading.get(f"/images/{SHOWN}/640.webp")).status_code == 404
