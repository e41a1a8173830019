"""A picture as it is stored and named: its record in a product's document, its renditions and their keys.

It knows no image library, since orders, mails and pages only speak of pictures; drawing them is in `renditions`.
"""

import hashlib
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType

ImageId = NewType("ImageId", str)
Format = Literal["webp", "avif"]
State = Literal["ready", "pending"]

RENDITION_WIDTHS = (320, 640, 1200)
RENDITION_FORMATS: tuple[Format, ...] = ("avif", "webp")
MEDIA_TYPES: Mapping[Format, str] = {"webp": "image/webp", "avif": "image/avif"}

# Chosen so that a 640 px picture weighs 10 to 35 kB in both formats and shows no blocks. One step slower saves
# some 5 % of the bytes and takes three times as long.
WEBP_QUALITY, WEBP_METHOD = 80, 2
AVIF_QUALITY, AVIF_SPEED = 58, 9
ENCODER_SETTINGS = f"webp-{WEBP_QUALITY}-{WEBP_METHOD} avif-{AVIF_QUALITY}-{AVIF_SPEED} {RENDITION_WIDTHS}"


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One picture as it stands in a product's document."""

    id: ImageId
    alt: str
    width: int
    height: int
    placeholder: str
    widths: tuple[int, ...]
    formats: tuple[Format, ...] = RENDITION_FORMATS
    options: Mapping[str, str] = field(default_factory=dict)
    """Which option values the picture shows, such as {"Colour": "Indigo"}; empty means every variant."""
    state: State = "ready"
    source_url: str | None = None
    """Where to fetch a picture that was imported by its address and is still pending."""

    def shows(self, chosen: Mapping[str, str]) -> bool:
        """Whether the picture fits a variant's options."""
        return all(chosen.get(name) == value for name, value in self.options.items())


@dataclass(frozen=True, slots=True)
class Renditions:
    """A picture re-encoded in every width and format, with what the pages need to know before it loads."""

    width: int
    height: int
    placeholder: str
    files: Mapping[tuple[int, Format], bytes]

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths there are, narrow to wide."""
        return tuple(sorted({width for width, _ in self.files}))


def image_id(picture_bytes: bytes) -> ImageId:
    """The id of a picture: the same bytes give the same id, so an upload repeated is stored once."""
    # 130 of the hash's 256 bits: 26 letters, as long as every other id of the shop.
    digest = hashlib.sha256(picture_bytes).digest()
    return ImageId("img_" + b32encode(digest).decode("ascii").lower()[:26])


def rendition_key(image: ImageId, width: int, fmt: Format) -> str:
    """The object's key in the bucket."""
    return f"images/{image}/{width}.{fmt}"


def rendition_widths(source_width: int) -> tuple[int, ...]:
    """The widths made from a source: never wider than it, and its own width where it ends between two steps."""
    narrower = tuple(width for width in RENDITION_WIDTHS if width < source_width)
    return (*narrower, min(source_width, RENDITION_WIDTHS[-1])) if len(narrower) < len(RENDITION_WIDTHS) else narrower
