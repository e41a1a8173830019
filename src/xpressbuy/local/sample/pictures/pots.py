"""Pots, candles and bottles: round things that hold a plant, a flame or a drink.

The light on a round body comes from `vessels`; only outlines and details are here.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.outline import ellipse, mirrored, rounded
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec
from xpressbuy.local.sample.pictures.vessels import FLOOR, glaze, mouth


def planter(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A plant pot with its plant; `bowl` is low, `footed` stands on legs."""
    low = spec.cut == "bowl"
    rx, foot, top = (300, 200, 860) if low else (250, 190, 740)
    if spec.cut == "footed":
        for x in (440, 600, 760):
            leg = f"M{x - 16},{FLOOR - 120} L{x + 16},{FLOOR - 120} L{x + 9},{FLOOR + 10} L{x - 9},{FLOOR + 10} Z"
            sheet.ground(x, FLOOR + 8, 40, 0.2)
            sheet.fill(leg, sheet.linear((0, "#c79a68"), (1, "#7a5434")))
    else:
        sheet.ground(600, FLOOR, foot + 16, 0.24)
    floor = FLOOR - (70 if spec.cut == "footed" else 0)
    _leaves(sheet, spec, top, back=back)
    outline = mirrored(
        f"M600,{top} L{600 - rx},{top} C{600 - rx + 10},{top + 120} {600 - foot - 26},{floor - 90} {600 - foot},{floor - 16} C{600 - foot * 0.8},{floor + 14} {600 - foot * 0.4},{floor + 22} 600,{floor + 22}"
    )
    glaze(sheet, outline, spec, sag=52, gloss=0.35)
    rim = f"M{600 - rx - 8},{top - 22} C{600 - rx * 0.6},{top + 34} {600 + rx * 0.6},{top + 34} {600 + rx + 8},{top - 22} L{600 + rx + 4},{top + 28} C{600 + rx * 0.6},{top + 84} {600 - rx * 0.6},{top + 84} {600 - rx - 4},{top + 28} Z"
    glaze(sheet, rim, spec, colour=spec.colour, gloss=0.2)


def _leaf(sheet: Sheet, root: tuple[float, float], size: tuple[float, float], turn: float, paint: str) -> None:
    (x, y), (long, wide) = root, size
    with sheet.turned(f"translate({x:.0f} {y:.0f}) rotate({turn:.0f})"):
        blade = f"M0,0 C{-wide},{-long * 0.25} {-wide},{-long * 0.7} 0,{-long} C{wide},{-long * 0.7} {wide},{-long * 0.25} 0,0 Z"
        sheet.fill(
            blade,
            sheet.linear(
                (0, tone.lit(paint, 0.22)), (0.5, paint), (0.51, tone.shaded(paint, 0.16)), (1, tone.shaded(paint, 0.3))
            ),
        )
        sheet.line(f"M0,0 L0,{-long * 0.94}", tone.lit(paint, 0.4), 3, 0.6)


def _leaves(sheet: Sheet, spec: PictureSpec, top: float, *, back: bool) -> None:
    green = "#4d7253"
    flip = -1 if back else 1
    if spec.has("snake"):
        for x, long, turn in ((-90, 380, -13), (100, 400, 14), (-40, 520, -4), (60, 470, 6), (4, 340, 1)):
            _leaf(sheet, (600 + x, top + 40), (long, 46), turn * flip, tone.mix(green, "#93a56b", (x + 90) / 300))
        return
    for x, long, turn in (
        (-40, 380, -62),
        (40, 380, 60),
        (-30, 450, -36),
        (34, 440, 34),
        (-14, 500, -13),
        (16, 490, 12),
        (-40, 280, -80),
        (40, 280, 78),
        (0, 340, 2),
    ):
        _leaf(sheet, (600 + x, top + 40), (long * 0.92, 84), turn * flip, tone.mix(green, "#7da06c", abs(turn) / 130))


def candle(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A candle in a glazed jar with a label, or a pair of pillars."""
    if spec.cut == "pillars":
        for x, top, rx in ((470, 560, 128), (740, 760, 128)):
            sheet.ground(x, FLOOR, rx + 6, 0.24)
            glaze(
                sheet,
                mirrored(
                    f"M{x},{top} L{x - rx},{top} L{x - rx},{FLOOR - 6} C{x - rx * 0.6},{FLOOR + 24} {x - rx * 0.3},{FLOOR + 26} {x},{FLOOR + 26}",
                    x,
                ),
                spec,
                gloss=0.25,
            )
            sheet.fill(
                ellipse(x, top, rx, 30),
                sheet.radial(
                    (0, tone.lit(spec.colour, 0.75)), (1, tone.lit(spec.colour, 0.2)), at=(0.5, 0.5), radius=0.5
                ),
            )
            _flame(sheet, x, top, lit=not back)
        return
    top, rx = 640, 240
    sheet.ground(600, FLOOR, rx + 6, 0.22)
    jar = mirrored(
        f"M600,{top} L{600 - rx},{top} L{600 - rx},{FLOOR - 40} C{600 - rx + 6},{FLOOR + 10} {600 - rx * 0.4},{FLOOR + 30} 600,{FLOOR + 30}"
    )
    glaze(sheet, jar, spec)
    mouth(sheet, (600, top), (rx, 56), spec.colour, thick=14, fluid="#f2e8d2")
    _flame(sheet, 600, top + 34, lit=not back)
    label = "M470,800 C520,818 680,818 730,800 L730,990 C680,1008 520,1008 470,990 Z"
    sheet.fill(label, sheet.linear((0, "#efe6d6"), (0.3, "#fdf8ee"), (1, "#cfc5b4")))
    if not back:
        sheet.line("M520,868 C560,874 640,874 680,868", "#3a3638", 9, 0.9)
        sheet.line("M546,906 C570,910 630,910 654,906", "#3a3638", 4, 0.6)
        sheet.line("M562,936 C580,939 620,939 638,936", "#3a3638", 4, 0.6)


def _flame(sheet: Sheet, x: float, y: float, *, lit: bool) -> None:
    sheet.line(f"M{x},{y} C{x + 2},{y - 20} {x - 2},{y - 30} {x + 2},{y - 42}", "#3a2f2a", 6)
    if lit:
        halo = sheet.radial((0, "#ffe6a8", 0.75), (0.4, "#ffdf9a", 0.25), (1, "#ffdf9a", 0), at=(0.5, 0.5), radius=0.5)
        sheet.fill(ellipse(x, y - 76, 190, 190), halo)
        flame = f"M{x},{y - 138} C{x + 22},{y - 96} {x + 26},{y - 74} {x + 22},{y - 58} C{x + 16},{y - 36} {x - 16},{y - 36} {x - 22},{y - 58} C{x - 26},{y - 78} {x - 8},{y - 100} {x},{y - 138} Z"
        sheet.fill(flame, sheet.linear((0, "#fff3cf"), (0.6, "#ffc85a"), (1, "#e98a3a"), way=(0, 0, 0, 1)))


def bottle(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A water bottle with a screw cap, a straight flask, or a tumbler with a lid."""
    rx, top = {"flask": (150, 470), "tumbler": (190, 480)}.get(spec.cut, (160, 500))
    sheet.ground(600, FLOOR + 40, rx + 4, 0.24)
    floor = FLOOR + 40
    steel = "#c9ccd0"
    if spec.cut == "tumbler":
        body = mirrored(
            f"M600,{top} L{600 - rx},{top} L{600 - rx + 44},{floor - 16} C{600 - rx * 0.5},{floor + 20} {600 - rx * 0.2},{floor + 22} 600,{floor + 22}"
        )
    else:
        neck = 96 if spec.cut != "flask" else 132
        body = mirrored(
            f"M600,{top - 60} L{600 - neck},{top - 60} C{600 - neck},{top - 10} {600 - rx},{top + 20} {600 - rx},{top + 120} L{600 - rx},{floor - 26} C{600 - rx + 4},{floor + 4} {600 - rx * 0.5},{floor + 22} 600,{floor + 22}"
        )
    glaze(sheet, body, spec, sag=30, gloss=0.8)
    cap_colour = spec.second
    if spec.cut == "tumbler":
        glaze(
            sheet,
            mirrored(
                f"M600,{top - 44} C560,{top - 46} {600 - rx + 30},{top - 44} {600 - rx + 6},{top - 28} L{600 - rx - 8},{top + 6} C{600 - rx * 0.6},{top + 34} {600 - rx * 0.3},{top + 38} 600,{top + 38}"
            ),
            spec,
            colour=cap_colour,
            gloss=0.5,
        )
        glaze(sheet, rounded(648, 210, 20, 250, 8), spec, colour=steel)
    else:
        neck = 96 if spec.cut != "flask" else 132
        glaze(
            sheet,
            mirrored(
                f"M600,{top - 86} L{600 - neck + 6},{top - 86} L{600 - neck + 6},{top - 62} C{600 - neck * 0.6},{top - 44} {600 - neck * 0.3},{top - 42} 600,{top - 42}"
            ),
            spec,
            colour=steel,
        )
        glaze(
            sheet,
            mirrored(
                f"M600,{top - 236} C560,{top - 238} {600 - neck},{top - 236} {600 - neck - 4},{top - 216} L{600 - neck - 4},{top - 96} C{600 - neck * 0.6},{top - 74} {600 - neck * 0.3},{top - 72} 600,{top - 72}"
            ),
            spec,
            colour=cap_colour,
            gloss=0.5,
        )
        if spec.cut != "flask":
            loop = f"M{600 - 74},{top - 220} C{600 - 80},{top - 330} {600 + 80},{top - 330} {600 + 74},{top - 220}"
            sheet.line(loop, tone.shaded(cap_colour, 0.3), 34)
            sheet.line(loop, tone.lit(cap_colour, 0.12), 22)
    if not back:
        sheet.add(
            f'<g transform="translate(600 {(top + floor) / 2 + 60:.0f}) rotate(-90)"><path d="M-40,-14 L-24,-14 L-6,4 L-24,22 L-40,22 L-22,4 Z M40,-14 L10,4 L40,22 L24,22 L-6,4 L24,-14 Z" fill="{tone.lit(spec.colour, 0.7) if tone.lightness(spec.colour) < 0.7 else tone.shaded(spec.colour, 0.5)}" fill-opacity="0.8"/></g>'
        )
