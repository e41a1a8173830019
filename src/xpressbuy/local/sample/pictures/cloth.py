"""Cloth: one cut piece of a garment with its pattern, its roundness and its folds.

Every soft thing is drawn here, so that a sock and a coat are lit alike; the outlines come from the templates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures import weave
from xpressbuy.local.sample.pictures.outline import Point, bounds, lens
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec

SMOOTH = frozenset({"boot", "loafer", "wallet", "belt", "watch", "satchel", "notebook", "sneaker"})
"""Leather and board: no thread shows, however near one looks."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A crease from start to end; `bend` pushes its middle sideways, `width` is half its thickness."""

    start: Point
    end: Point
    bend: float = 12
    width: float = 16
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One cut piece: outline, the turn of its pattern, how round it is and how it creases."""

    path: str
    angle: float = 0.0
    round: float = 1.0
    folds: Sequence[Fold] = field(default_factory=tuple)
    knit: float = 0.0
    ribbed: float = 0.0
    """The pitch of upright ribs, for collars, cuffs and hems."""
    twill: bool = False
    plain: bool = False
    """Leaves the pattern out: collars, cuffs, pockets in plain cloth."""


def flip_folds(folds: Sequence[Fold]) -> tuple[Fold, ...]:
    """The same creases on the other half, a little fainter, since the light falls along them."""
    return tuple(
        Fold((1200 - f.start[0], f.start[1]), (1200 - f.end[0], f.end[1]), -f.bend, f.width, f.strength * 0.9)
        for f in folds
    )


def _round_off(sheet: Sheet, path: str, edge: float, dark: str, light: str) -> None:
    """Darkens the edges away from the light and lights those towards it; to be called inside a blur."""
    for paint, shift, reaches, strength in ((dark, -0.3, (1.15, 0.6), 0.25), (light, 0.26, (0.85,), 0.2)):
        with sheet.turned(f"translate({shift * edge:.1f} {shift * edge * 1.1:.1f})"):
            for reach in reaches:
                sheet.line(path, paint, round(edge * reach, 1), strength)


def _surface(sheet: Sheet, piece: Piece, spec: PictureSpec, dark: str, light: str) -> None:
    """The repeating stitch or thread of the cloth: knit always shows, a weave only from near."""
    if piece.knit:
        sheet.fill(piece.path, sheet.tile(*weave.knitted(piece.knit, dark, light)))
    elif sheet.close and spec.kind not in SMOOTH:
        box = sheet.seen(bounds(piece.path))
        sheet.add(weave.twill(box, 4.5, dark, light) if piece.twill else weave.threads(box, 4, dark, light))


def paint_folds(sheet: Sheet, colour: str, folds: Sequence[Fold]) -> None:
    """Dark creases with a lit ridge on the side of the light; to be called inside a blur."""
    dark, light = tone.shaded(colour, 0.62), tone.lit(colour, 0.6)
    # A dark cloth shows its folds by the lit ridge, a pale one by the crease.
    pale = tone.lightness(colour)
    for crease in folds:
        deep = (0.2 + 0.16 * pale) * crease.strength
        shine = (0.3 - 0.12 * pale) * crease.strength
        sheet.fill(lens(crease.start, crease.end, crease.bend, crease.width), dark, round(deep, 3))
        lift = crease.width * 1.15
        (x0, y0), (x1, y1) = crease.start, crease.end
        sheet.fill(
            lens((x0 - lift, y0 - lift * 0.3), (x1 - lift, y1 - lift * 0.3), crease.bend, crease.width * 0.8),
            light,
            round(shine, 3),
        )


def lay(sheet: Sheet, piece: Piece, spec: PictureSpec, colour: str = "") -> None:
    """Draws a piece: cloth, pattern, weave when seen from near, then light, all cut to the outline."""
    if not sheet.sees(piece.path):
        return
    base = colour or spec.colour
    box = bounds(piece.path)
    left, top, right, bottom = box
    dark, light = tone.shaded(base, 0.6), tone.lit(base, 0.65)
    size = min(right - left, bottom - top)
    with sheet.inside(piece.path):
        cloth = sheet.linear(
            (0, tone.lit(base, 0.12)), (0.55, base), (1, tone.shaded(base, 0.12)), way=(0.1, 0, 0.9, 1)
        )
        sheet.fill(piece.path, cloth)
        if not piece.plain:
            pattern = weave.printed(spec, box)
            if pattern:
                with sheet.turned(f"rotate({piece.angle} {(left + right) / 2:.0f} {(top + bottom) / 2:.0f})"):
                    sheet.add(pattern)
        if piece.ribbed:
            sheet.add(weave.rib(box, piece.ribbed, dark, 0.26))
        _surface(sheet, piece, spec, dark, light)
        edge = max(14.0, min(78.0, size * 0.22)) * piece.round
        folds = [f for f in piece.folds if sheet.sees(lens(f.start, f.end, f.bend, f.width))]
        # One blur for edges and folds together; each costs by its area, and this is where the time goes.
        with sheet.soft(round(max(3.5, min(9.5, edge * 0.16)), 1), box):
            _round_off(sheet, piece.path, edge, dark, light)
            paint_folds(sheet, base, folds)


def seam(sheet: Sheet, path: str, colour: str, *, width: float = 3.0) -> None:
    """A seam: a dark line with a lit lip below it."""
    sheet.line(path, tone.shaded(colour, 0.55), width, 0.5)
    with sheet.turned(f"translate({width * 0.5:.1f} {width * 0.8:.1f})"):
        sheet.line(path, tone.lit(colour, 0.5), width * 0.6, 0.35)


def band(sheet: Sheet, path: str, spec: PictureSpec, colour: str = "", *, pitch: float = 11.0) -> None:
    """A ribbed band: collar, cuff, hem."""
    lay(sheet, Piece(path, round=0.7, plain=True, ribbed=pitch), spec, colour)
