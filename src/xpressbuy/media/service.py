"""Keeps renditions in the bucket. Decoding and encoding is the model's."""

from __future__ import annotations

from xpressbuy.aws.objects import Objects, StoredObject
from xpressbuy.media.model import MEDIA_TYPES, ImageId, Renditions, rendition_key


class PictureLibrary:
    """Stores pictures under keys made of their content's hash, so storing one again changes nothing."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    async def put_renditions(self, image_id: ImageId, renditions: Renditions) -> None:
        """Writes every width and format of one picture."""
        await self._objects.put_all(
            {
                rendition_key(image_id, width, fmt): StoredObject(body, MEDIA_TYPES[fmt])
                for (width, fmt), body in renditions.files.items()
            }
        )
