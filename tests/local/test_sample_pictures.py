"""Every template draws every view, the shop's own pictures are built once and then kept."""

import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from xpressbuy.local.sample import build_pictures, sample_picture
from xpressbuy.local.sample.pictures import TEMPLATES, PictureSpec, draw, rasterise
from xpressbuy.local.sample.range import ITEMS
from xpressbuy.media.model import RENDITION_FORMATS

SMALL = 96


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_every_view_of_every_kind_draws(kind: str) -> None:
    spec = PictureSpec(kind, "#4f8287", "#e6dac3", "stripe")
    drawings = [draw(spec, view) for view in TEMPLATES[kind].views]
    assert len(set(drawings)) == len(drawings) >= 3
    for svg in drawings:
        assert "nan" not in svg
        ET.fromstring(svg)  # noqa: S314 - our own drawing
        with Image.open(BytesIO(rasterise(svg, SMALL))) as shown:
            assert shown.size == (SMALL, SMALL * 5 // 4)
            # A drawing that fails silently leaves the empty panel, which has few colours.
            colours = shown.convert("RGB").getcolors(SMALL * SMALL * 2)
            assert colours is not None
            assert len(colours) > 300


def test_there_are_many_kinds() -> None:
    assert len(TEMPLATES) >= 28
    assert {item.kind for item in ITEMS} == set(TEMPLATES)


def test_products_of_one_kind_differ_in_more_than_colour() -> None:
    for kind in TEMPLATES:
        drawn = [
            draw(PictureSpec(kind, "#4f8287", "#e6dac3", item.pattern, item.cut, item.features), "front")
            for item in ITEMS
            if item.kind == kind
        ]
        assert len(set(drawn)) == len(drawn), kind


def test_a_picture_that_is_not_in_the_range_is_not_found() -> None:
    for source in ("sample:no-such-thing/front", "sample:speckle-mug/inside/Sea", "speckle-mug/front/Sea"):
        with pytest.raises(KeyError):
            sample_picture(source)


def test_pictures_are_built_once(tmp_path: Path) -> None:
    source = "sample:click-pen/front/Vermilion"
    heard: list[tuple[int, int]] = []
    built = build_pictures(tmp_path, lambda done, of: heard.append((done, of)), [source])[source]
    assert heard == [(0, 1), (1, 1)]
    assert built.widths == (320, 640, 960)
    assert {fmt for _, fmt in built.files} == set(RENDITION_FORMATS)
    stamps = {path: path.stat().st_mtime_ns for path in built.files.values()}
    again = build_pictures(tmp_path, None, [source])[source]
    assert again == built
    assert stamps == {path: path.stat().st_mtime_ns for path in again.files.values()}
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith("draft-")] == []
