"""Serves the bucket's pictures where no CDN stands before it: local runs and single processes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import Request, Response

from xpressbuy.aws.objects import CACHE_FOREVER, StoredObject
from xpressbuy.http.shared import etag_of, matches
from xpressbuy.kit.errors import NotFound
from xpressbuy.media.model import MEDIA_TYPES, Format, ImageId, rendition_key

ReadPicture = Callable[[str], Awaitable[StoredObject | None]]
_IMAGE_ID = re.compile(r"img_[a-z2-7]{26}")
_FILE = re.compile(r"([1-9][0-9]{1,4})\.(avif|webp)")


async def serve_picture(read: ReadPicture, request: Request, image_id: str, name: str) -> Response:
    """One rendition. NotFound for every address that the shop itself would not write."""
    file = _FILE.fullmatch(name)
    if not _IMAGE_ID.fullmatch(image_id) or file is None:
        raise _absent()
    fmt = cast("Format", file[2])
    stored = await read(rendition_key(ImageId(image_id), int(file[1]), fmt))
    if stored is None:
        raise _absent()
    headers = {
        "cache-control": CACHE_FOREVER,
        "etag": etag_of(stored.body),
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'",
    }
    if matches(request.headers.get("if-none-match"), headers["etag"]):
        return Response(None, 304, headers)
    return Response(stored.body, 200, headers, MEDIA_TYPES[fmt])


def _absent() -> NotFound:
    return NotFound("picture_not_found", "There is no such picture.")
