"""How a picture's renditions are made from the bytes a merchant gives.

Pure functions of their arguments; fetching, storing and permission to upload are in the service and the store.
"""

import struct
from io import BytesIO
from typing import Literal

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from xpressbuy.media.model.record import (
    AVIF_QUALITY,
    AVIF_SPEED,
    RENDITION_FORMATS,
    WEBP_METHOD,
    WEBP_QUALITY,
    Format,
    Renditions,
    rendition_widths,
)

RefusalCode = Literal["picture_unreadable", "picture_format", "picture_too_large", "picture_empty"]

# 40 megapixels hold any phone's or camera's picture, and decode to 40e6 * 4 bytes = 160 MB at worst, which a
# 512 MB function survives. A small file that claims more is an attack on memory.
MAX_PIXELS = 40_000_000
# The longest side; a 1 x 40,000,000 strip would pass the bound above and make absurd renditions.
MAX_SIDE = 16_000

_READABLE = ("JPEG", "PNG", "WEBP")
_BACKGROUND = (255, 255, 255)


class PictureRefused(ValueError):
    """The bytes are no picture we take; `code` says why, in words a caller can translate."""

    def __init__(self, code: RefusalCode) -> None:
        super().__init__(code)
        self.code: RefusalCode = code


def render_renditions(picture_bytes: bytes) -> Renditions:
    """Every rendition of a picture, without its metadata; raises PictureRefused for anything we do not take."""
    picture = _upright(_decoded(picture_bytes))
    files: dict[tuple[int, Format], bytes] = {}
    for width in rendition_widths(picture.width):
        height = max(1, round(picture.height * width / picture.width))
        scaled = picture if width == picture.width else picture.resize((width, height), Image.Resampling.LANCZOS)
        for fmt in RENDITION_FORMATS:
            files[width, fmt] = _encoded(scaled, fmt)
    return Renditions(picture.width, picture.height, _placeholder(picture), files)


def _decoded(picture_bytes: bytes) -> Image.Image:
    if not picture_bytes:
        raise PictureRefused("picture_empty")
    try:
        # Pillow only ever tries the three decoders named here, so an SVG or a TIFF never reaches a parser.
        picture = Image.open(BytesIO(picture_bytes), formats=_READABLE)
        _refuse_oversized(picture.size)
        picture.load()
    except PictureRefused:
        raise
    except UnidentifiedImageError as error:
        raise PictureRefused("picture_format") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise PictureRefused("picture_too_large") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error) as error:
        # What Pillow's decoders raise on truncated or contradictory files; none of it is worth telling apart.
        raise PictureRefused("picture_unreadable") from error
    return picture


def _refuse_oversized(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise PictureRefused("picture_too_large")


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as it should be looked at: turned as its camera noted, in sRGB, with nothing but pixels."""
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I"):
        # 16 bit greys; a plain conversion would clip everything above 255 to white.
        turned = turned.point(lambda value: value / 256).convert("L")
    seen_through = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    plain = turned.convert("RGBA" if seen_through else "RGB")
    if profile and turned.mode in ("RGB", "RGBA"):
        plain = _in_srgb(plain, profile)
    # A fresh image carries no info dictionary, hence no EXIF, no XMP, no comment and no position.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture's colours as a screen without colour management shows them."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=picture.mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A broken profile costs a shade of colour, not the picture.
        return picture
    return converted or picture


def _encoded(picture: Image.Image, fmt: Format) -> bytes:
    out = BytesIO()
    if fmt == "webp":
        picture.save(out, "WEBP", quality=WEBP_QUALITY, method=WEBP_METHOD)
    else:
        picture.save(out, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1)
    return out.getvalue()


def _placeholder(picture: Image.Image) -> str:
    """The average of the picture's rim: the panel a product stands on, so the page does not flash while it loads."""
    across, down = 12, 12
    shrunk = picture.resize((across, down), Image.Resampling.BOX)
    small = Image.new("RGB", shrunk.size, _BACKGROUND)
    small.paste(shrunk, mask=shrunk.getchannel("A") if shrunk.mode == "RGBA" else None)
    rim = [
        colour
        for x in range(across)
        for y in range(down)
        if (x in (0, across - 1) or y in (0, down - 1)) and isinstance(colour := small.getpixel((x, y)), tuple)
    ]
    red, green, blue = (round(sum(colour[channel] for colour in rim) / len(rim)) for channel in range(3))
    return f"#{red:02x}{green:02x}{blue:02x}"
