"""The sample catalogue's pictures: `draw` gives an SVG, `rasterise` its PNG.

Templates by kind stand in the rooms beside; this door only chooses one, frames it and hands it over.
"""

import resvg_py

from xpressbuy.local.sample.pictures.spec import PictureSpec, View
from xpressbuy.local.sample.pictures.templates import TEMPLATES, render

__all__ = ["TEMPLATES", "PictureSpec", "View", "draw", "rasterise"]


def draw(spec: PictureSpec, view: View) -> str:
    """One view of one thing, as SVG."""
    return render(spec, view)


def rasterise(svg: str, width: int | None = None) -> bytes:
    """The PNG of a drawing, at its own size or at a given width."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, width=width))
