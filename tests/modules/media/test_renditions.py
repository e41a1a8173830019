"""What becomes of a picture somebody hands in, and which bytes are refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from xpressbuy.media.model import RENDITION_FORMATS, ImageId, ImageRecord, image_id, rendition_key, rendition_widths
from xpressbuy.media.model.renditions import PictureRefused, render_renditions

WHERE_TAKEN = "somewhere private"
EXIF_ORIENTATION, EXIF_DESCRIPTION, TURNED_RIGHT = 0x0112, 0x010E, 6


def picture(width: int, height: int, kind: str = "PNG", colour: str = "#c4765a", mode: str = "RGB") -> bytes:
    """A plain picture's bytes."""
    out = BytesIO()
    Image.new(mode, (width, height), colour).save(out, kind)
    return out.getvalue()


def boastful_png(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes that claims a size of its own choice."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def refusal(content: bytes) -> str:
    """The code a picture is refused with."""
    with pytest.raises(PictureRefused) as refused:
        render_renditions(content)
    return refused.value.code


def test_every_width_in_every_format() -> None:
    made = render_renditions(picture(1300, 1625))
    assert (made.width, made.height) == (1300, 1625)
    assert made.widths == (320, 640, 1200)
    for (width, fmt), content in made.files.items():
        with Image.open(BytesIO(content)) as shown:
            assert (shown.width, shown.height) == (width, width * 5 // 4)
            assert shown.format == fmt.upper()


@pytest.mark.parametrize(
    ("source", "widths"),
    [
        (200, (200,)),
        (320, (320,)),
        (500, (320, 500)),
        (640, (320, 640)),
        (1000, (320, 640, 1000)),
        (4000, (320, 640, 1200)),
    ],
)
def test_nothing_is_enlarged(source: int, widths: tuple[int, ...]) -> None:
    assert rendition_widths(source) == widths


def test_metadata_is_left_behind_and_the_picture_stands_upright() -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif[EXIF_DESCRIPTION] = WHERE_TAKEN
    exif[EXIF_ORIENTATION] = TURNED_RIGHT
    Image.new("RGB", (400, 300), "#4f8287").save(out, "JPEG", exif=exif)
    made = render_renditions(out.getvalue())
    assert (made.width, made.height) == (300, 400)
    for content in made.files.values():
        assert WHERE_TAKEN.encode() not in content
        with Image.open(BytesIO(content)) as shown:
            assert not shown.getexif()


def test_placeholder_is_the_colour_of_the_rim() -> None:
    canvas = Image.new("RGB", (600, 750), "#e6dac3")
    canvas.paste("#26262e", (150, 150, 450, 600))
    out = BytesIO()
    canvas.save(out, "PNG")
    assert render_renditions(out.getvalue()).placeholder == "#e6dac3"


def test_see_through_pictures_stay_so() -> None:
    made = render_renditions(picture(340, 340, mode="RGBA", colour="#00000000"))
    with Image.open(BytesIO(made.files[320, "webp"])) as shown:
        assert shown.mode == "RGBA"
    assert made.placeholder == "#ffffff"


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (8_000, 5_001), (1, 20_000)])
def test_a_small_file_that_claims_a_huge_picture_is_refused(width: int, height: int) -> None:
    assert refusal(boastful_png(width, height)) == "picture_too_large"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_half_a_picture_is_refused(kind: str) -> None:
    noisy = Image.effect_noise((300, 300), 90).convert("RGB")
    out = BytesIO()
    noisy.save(out, kind)
    assert refusal(out.getvalue()[: len(out.getvalue()) // 2]) == "picture_unreadable"


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        picture(20, 20, "GIF"),
        picture(20, 20, "TIFF"),
        picture(20, 20, "BMP"),
        b"plainly no picture",
    ],
    ids=["svg", "gif", "tiff", "bmp", "text"],
)
def test_other_formats_are_refused(content: bytes) -> None:
    assert refusal(content) == "picture_format"


def test_nothing_is_refused_as_nothing() -> None:
    assert refusal(b"") == "picture_empty"


def test_ids_come_from_the_content() -> None:
    one = image_id(b"one")
    assert one == image_id(b"one") != image_id(b"two")
    assert one.startswith("img_")
    assert rendition_key(one, 640, "avif") == f"images/{one}/640.avif"


def test_a_record_knows_which_variants_it_shows() -> None:
    indigo = ImageRecord(ImageId("img_a"), "", 10, 10, "#ffffff", (10,), RENDITION_FORMATS, {"Colour": "Indigo"})
    assert indigo.shows({"Colour": "Indigo", "Size": "M"})
    assert not indigo.shows({"Colour": "Oat", "Size": "M"})
