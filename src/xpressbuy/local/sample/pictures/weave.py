"""What is printed on, woven into or knitted from a cloth: stripes, checks, prints, and the weave seen from near.

Gives markup to be laid into a clipped shape; shapes, light and folds are elsewhere.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from collections.abc import Callable, Mapping
from math import cos, hypot, sin

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.outline import Box, ellipse
from xpressbuy.local.sample.pictures.spec import Pattern, PictureSpec


def _bands(box: Box, pitch: float, share: float, paint: str, opacity: float, *, upright: bool = False) -> str:
    """Parallel bands over the box, as one path."""
    left, top, right, bottom = box
    reach = hypot(right - left, bottom - top) / 2
    cx, cy = (left + right) / 2, (top + bottom) / 2
    count = int(reach / pitch) + 1
    thick = pitch * share
    parts = []
    for step in range(-count, count + 1):
        offset = step * pitch
        if upright:
            x = cx + offset - thick / 2
            parts.append(f"M{x:.1f},{cy - reach:.1f}h{thick:.1f}v{2 * reach:.1f}h{-thick:.1f}Z")
        else:
            y = cy + offset - thick / 2
            parts.append(f"M{cx - reach:.1f},{y:.1f}h{2 * reach:.1f}v{thick:.1f}h{-2 * reach:.1f}Z")
    return f'<path d="{"".join(parts)}" fill="{paint}" fill-opacity="{opacity}"/>'


def _scatter(box: Box, pitch: float, stamp: str, *, jitter: float = 0.0) -> str:
    """A stamp (markup around 0,0) set in staggered rows, each one nudged and turned by its own place."""
    left, top, right, bottom = box
    parts = []
    for row in range(int((bottom - top) / (pitch * 0.8)) + 2):
        for column in range(int((right - left) / pitch) + 2):
            seed = sin(row * 12.9898 + column * 78.233) * 43758.5453
            wild = seed - int(seed)
            x = left + (column + (row % 2) / 2) * pitch + cos(seed) * jitter * pitch
            y = top + row * pitch * 0.8 + sin(seed) * jitter * pitch
            turn = wild * 180 if jitter else (row + column) % 3 * 40 - 40
            parts.append(f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})">{stamp}</g>')
    return "".join(parts)


def _specks(box: Box, pitch: float, paint: str) -> str:
    """Small irregular dots as in a stoneware glaze, all in one path."""
    left, top, right, bottom = box
    parts = []
    for row in range(int((bottom - top) / pitch) + 1):
        for column in range(int((right - left) / pitch) + 1):
            seed = sin(row * 37.7 + column * 91.3 + 5) * 9631.17
            wild = abs(seed - int(seed))
            x = left + (column + cos(seed * 3) * 0.9) * pitch
            y = top + (row + sin(seed * 7) * 0.9) * pitch
            radius = 0.9 + wild**4 * 5
            parts.append(ellipse(x, y, radius, radius * (0.7 + wild * 0.3)))
    return f'<path d="{" ".join(parts)}" fill="{paint}" fill-opacity="0.55"/>'


def _sprig(paint: str, accent: str, size: float) -> str:
    """A small leaf with a berry, drawn round 0,0."""
    leaf = f"M0,0 C{4 * size:.1f},{-3 * size:.1f} {11 * size:.1f},{-4 * size:.1f} {16 * size:.1f},0 C{11 * size:.1f},{4 * size:.1f} {4 * size:.1f},{3 * size:.1f} 0,0Z"
    turned = "".join(f'<path d="{leaf}" transform="rotate({angle})" fill="{paint}"/>' for angle in (-18, 42, -78))
    return (
        f'<path d="M{-15 * size:.1f},{7 * size:.1f}Q{-6 * size:.1f},{5 * size:.1f} 0,0" stroke="{paint}" stroke-width="{1.8 * size:.1f}" fill="none"/>'
        f'{turned}<circle cx="{-15 * size:.1f}" cy="{7 * size:.1f}" r="{3.2 * size:.1f}" fill="{accent}"/>'
    )


def _zigzag(box: Box, pitch: float, paint: str) -> str:
    """Rows of a knitted zigzag."""
    left, top, right, bottom = box
    rows = []
    for row in range(int((bottom - top) / (pitch * 1.5)) + 2):
        y = top + row * pitch * 1.5
        points = [
            f"{left + step * pitch / 2:.1f},{y + (pitch * 0.32 if step % 2 else -pitch * 0.32):.1f}"
            for step in range(int((right - left) / pitch * 2) + 2)
        ]
        rows.append("M" + " L".join(points))
    return f'<path d="{" ".join(rows)}" fill="none" stroke="{paint}" stroke-width="{pitch * 0.3:.1f}" stroke-linejoin="round"/>'


def _grid(spec: PictureSpec, box: Box) -> str:
    """Bands both ways: gingham, windowpane or tartan."""
    ink = spec.second
    bands: tuple[tuple[float, float, str, float], ...]
    if spec.pattern == "check":
        bands = ((58.0, 0.5, ink, 0.46),)
    elif spec.pattern == "windowpane":
        bands = ((96.0, 0.05, ink, 0.85),)
    else:
        bands = ((150.0, 0.42, tone.shaded(spec.colour, 0.55), 0.42), (75.0, 0.05, ink, 0.7), (150.0, 0.1, ink, 0.5))
    return "".join(
        _bands(box, pitch * spec.grain, share, paint, opacity, upright=upright)
        for upright in (False, True)
        for pitch, share, paint, opacity in bands
    )


def _block(spec: PictureSpec, box: Box, start: float, share: float) -> str:
    """One field of the second colour, from a share of the height down."""
    left, top, right, bottom = box
    tall = bottom - top
    # Wider than the box, since a sleeve's pattern is turned after it is drawn.
    return (
        f'<rect x="{left - 400:.0f}" y="{top + tall * start:.1f}" width="{right - left + 800:.0f}" '
        f'height="{tall * share:.1f}" fill="{spec.second}"/>'
    )


_PRINTS: Mapping[Pattern, Callable[[PictureSpec, Box], str]] = {
    "stripe": lambda spec, box: _bands(box, 40 * spec.grain, 0.36, spec.second, 0.96),
    "wide-stripe": lambda spec, box: _bands(box, 116 * spec.grain, 0.5, spec.second, 0.96),
    "pinstripe": lambda spec, box: _bands(box, 30 * spec.grain, 0.2, spec.second, 0.75, upright=True),
    "check": _grid,
    "windowpane": _grid,
    "tartan": _grid,
    "dots": lambda spec, box: _scatter(
        box, 54 * spec.grain, f'<circle r="{8.4 * spec.grain:.1f}" fill="{spec.second}"/>'
    ),
    "sprig": lambda spec, box: _scatter(
        box,
        92 * spec.grain,
        _sprig(spec.second, tone.mix(spec.second, "#d9694a", 0.55), 1.25 * spec.grain),
        jitter=0.16,
    ),
    "speckle": lambda spec, box: _specks(box, 21 * spec.grain, spec.second),
    "zigzag": lambda spec, box: _zigzag(box, 58 * spec.grain, spec.second),
    "block": lambda spec, box: _block(spec, box, 0.52, 1.0),
    "dip": lambda spec, box: _block(spec, box, 0.7, 1.0),
    "band": lambda spec, box: _block(spec, box, 0.36, 0.17),
}


def printed(spec: PictureSpec, box: Box) -> str:
    """The pattern of a spec over a box (upright; the caller turns it along a sleeve); nothing for a plain cloth."""
    drawn = _PRINTS.get(spec.pattern)
    return drawn(spec, box) if drawn else ""


def rib(box: Box, pitch: float, paint: str, opacity: float = 0.22) -> str:
    """Upright ribs of a knitted band."""
    return _bands(box, pitch, 0.36, paint, opacity, upright=True)


def knitted(pitch: float, dark: str, light: str) -> tuple[float, float, str]:
    """Stocking stitch, columns of small Vs: the width, height and markup of a tile that repeats."""
    rise = pitch * 0.75
    shade = "".join(
        f"M0,{y:.2f}L{pitch / 2:.2f},{y + rise:.2f}L{pitch:.2f},{y:.2f}" for y in (-rise * 2, -rise, 0, rise)
    )
    shine = "".join(
        f"M{x0 * pitch:.2f},{y + rise * 0.42:.2f}L{x1 * pitch:.2f},{y + rise * 0.92:.2f}"
        for y in (-rise, 0)
        for x0, x1 in ((0.12, 0.4),)
    )
    return (
        pitch,
        rise,
        (
            f'<path d="{shade}" fill="none" stroke="{dark}" stroke-width="{pitch * 0.17:.2f}" stroke-opacity="0.42"/>'
            f'<path d="M0,{-rise}V{2 * rise}" fill="none" stroke="{dark}" stroke-width="{pitch * 0.2:.2f}" stroke-opacity="0.25"/>'
            f'<path d="{shine}" fill="none" stroke="{light}" stroke-width="{pitch * 0.2:.2f}" stroke-opacity="0.3" stroke-linecap="round"/>'
        ),
    )


def threads(box: Box, pitch: float, dark: str, light: str) -> str:
    """A plain weave seen from near: shaded weft, lit warp."""
    left, top, right, bottom = box
    weft = "".join(
        f"M{left:.0f},{top + step * pitch:.1f}H{right:.0f}v1.5H{left:.0f}Z"
        for step in range(int((bottom - top) / pitch) + 1)
    )
    # Upright lines cost far more to fill than level ones, so the warp is set wider than the weft.
    warp = "".join(
        f"M{left + step * pitch * 2:.1f},{top:.0f}V{bottom:.0f}h1.6V{top:.0f}Z"
        for step in range(int((right - left) / pitch / 2) + 1)
    )
    return f'<path d="{weft}" fill="{dark}" fill-opacity="0.15"/><path d="{warp}" fill="{light}" fill-opacity="0.13"/>'


def twill(box: Box, pitch: float, dark: str, light: str) -> str:
    """The diagonal ribs of denim, a dark furrow and a lit ridge."""
    left, top, right, bottom = box
    tall = bottom - top
    lines = "".join(
        f"M{left + step * pitch - tall * 0.7:.1f},{bottom:.0f}L{left + step * pitch:.1f},{top:.0f}"
        for step in range(int((right - left + tall * 0.7) / pitch) + 1)
    )
    return (
        f'<path d="{lines}" stroke="{dark}" stroke-width="1.5" stroke-opacity="0.3"/>'
        f'<path d="{lines}" transform="translate(1.8 0)" stroke="{light}" stroke-width="1" stroke-opacity="0.24"/>'
    )
