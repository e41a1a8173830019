"""The sample catalogue's pictures: `draw` gives an SVG, `rasterise` its PNG.

Templates by kind stand in the rooms beside; this door only chooses one, frames it and hands it over.
"""

import resvg_py

from xpressbuy.local.sample.pictures.spec import PictureSpec, View
from xpressbuy.local.sample.pictures.templates import TEMPLATES, render

# Wide enough for a product page on a dense screen. At 1,200 the whole range takes half as long again to draw,
# and somebody waits for it before their first look at the shop.
RASTER_WIDTH = 960

__all__ = ["TEMPLATES", "PictureSpec", "View", "draw", "rasterise"]


def draw(spec: PictureSpec, view: View) -> str:
    """One view of one thing, as SVG."""
    return render(spec, view)


def rasterise(svg: str, width: int = RASTER_WIDTH) -> bytes:
    """The PNG of a drawing, at a given width."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, width=width))
