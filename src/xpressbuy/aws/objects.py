"""S3: the shop's pictures. Calls run in worker threads; nothing here knows what a product is.

The SDK is loaded by the first call. On AWS pictures come from CloudFront, so a process that only serves never does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from xpressbuy.kit.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

OBJECT_BYTES_MAX = 8 * 1024 * 1024
CACHE_FOREVER = "public, max-age=31536000, immutable"
_ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object's bytes and its content type."""

    body: bytes
    content_type: str


class Objects:
    """One bucket. Keys are made by the shop, never by a request. The client is made for the first call."""

    def __init__(self, make_client: Callable[[], S3Client], bucket: str) -> None:
        self._client = cache(make_client)
        self._bucket = bucket

    async def get(self, key: str) -> StoredObject | None:
        """The object, or None if there is none. Unavailable if the store cannot be reached."""
        return await asyncio.to_thread(self._get, key)

    async def put(self, key: str, body: bytes, content_type: str) -> None:
        """Writes an object that never changes again under its key."""
        await asyncio.to_thread(self._put, key, body, content_type)

    async def put_all(self, objects: Mapping[str, StoredObject]) -> None:
        """Writes several, one after another, in one worker thread."""
        await asyncio.to_thread(self._put_all, objects)

    async def exists(self, key: str) -> bool:
        """Whether the key holds an object."""
        return await asyncio.to_thread(self._exists, key)

    def _get(self, key: str) -> StoredObject | None:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - see the module

        try:
            answer = self._client().get_object(Bucket=self._bucket, Key=key)
            body = answer["Body"].read(OBJECT_BYTES_MAX)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise Unavailable("pictures_unavailable", retry_after_seconds=1) from error
        except BotoCoreError as error:
            raise Unavailable("pictures_unavailable", retry_after_seconds=1) from error
        return StoredObject(body, answer["ContentType"])

    def _put(self, key: str, body: bytes, content_type: str) -> None:
        self._client().put_object(
            Bucket=self._bucket, Key=key, Body=body, ContentType=content_type, CacheControl=CACHE_FOREVER
        )

    def _put_all(self, objects: Mapping[str, StoredObject]) -> None:
        for key, stored in objects.items():
            self._put(key, stored.body, stored.content_type)

    def _exists(self, key: str) -> bool:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - see the module

        try:
            self._client().head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return False
            raise Unavailable("pictures_unavailable", retry_after_seconds=1) from error
        return True
