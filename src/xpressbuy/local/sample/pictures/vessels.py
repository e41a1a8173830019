"""Things turned on a wheel: mugs, bowls, vases; and the one way of lighting any round body.

Pots, candles and bottles are in `pots`; flat and sewn things are elsewhere.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures import weave
from xpressbuy.local.sample.pictures.outline import bounds, ellipse, lens, mirrored
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec

FLOOR = 1130.0


def glaze(
    sheet: Sheet, outline: str, spec: PictureSpec, *, colour: str = "", gloss: float = 1.0, sag: float = 0.0
) -> None:
    """A round body: colour, pattern bent around it, light on the left, shade on the right, a soft window reflection."""
    base = colour or spec.colour
    left, top, right, bottom = bounds(outline)
    width, height = right - left, bottom - top
    dark, light = tone.shaded(base, 0.7), tone.lit(base, 0.85)
    with sheet.inside(outline):
        sheet.fill(outline, sheet.linear((0, tone.lit(base, 0.1)), (1, tone.shaded(base, 0.1)), way=(0, 0, 0, 1)))
        if not colour and spec.pattern in ("dip", "band"):
            start, end = (0.62, 1.3) if spec.pattern == "dip" else (0.34, 0.56)
            y0, y1 = top + height * start, top + height * end
            sheet.fill(
                f"M{left},{y0:.0f} C{left + width * 0.25:.0f},{y0 + sag:.0f} {right - width * 0.25:.0f},{y0 + sag:.0f} {right},{y0:.0f} L{right},{y1:.0f} C{right - width * 0.25:.0f},{y1 + sag:.0f} {left + width * 0.25:.0f},{y1 + sag:.0f} {left},{y1:.0f} Z",
                spec.second,
            )
        elif not colour and spec.pattern != "solid":
            sheet.add(weave.printed(spec, (left, top, right, bottom)))
        if sheet.close and spec.kind in ("mug", "bowl", "vase", "planter"):
            sheet.add(
                weave.printed(
                    PictureSpec(spec.kind, base, dark, "speckle", grain=1),
                    (
                        max(left, sheet.window[0]),
                        max(top, sheet.window[1]),
                        min(right, sheet.window[2]),
                        min(bottom, sheet.window[3]),
                    ),
                ).replace('fill-opacity="0.55"', 'fill-opacity="0.14"')
            )
        sheet.fill(
            outline,
            sheet.linear(
                (0, dark, 0.34),
                (0.1, dark, 0.1),
                (0.27, light, 0.3),
                (0.44, light, 0),
                (0.6, dark, 0),
                (0.9, dark, 0.42),
                (0.97, dark, 0.34),
                (1, dark, 0.2),
            ),
        )
        sheet.fill(outline, sheet.linear((0.7, dark, 0), (1, dark, 0.26), way=(0, 0, 0, 1)))
        if gloss:
            x = left + width * 0.22
            with sheet.soft(6, (left, top, left + width * 0.5, bottom)):
                sheet.fill(
                    lens(
                        (x, top + height * 0.1),
                        (x + width * 0.02, bottom - height * 0.16),
                        width * 0.035,
                        width * 0.045,
                    ),
                    "#ffffff",
                    0.5 * gloss,
                )
                sheet.fill(
                    lens(
                        (right - width * 0.07, top + height * 0.2),
                        (right - width * 0.08, bottom - height * 0.2),
                        -width * 0.02,
                        width * 0.02,
                    ),
                    "#ffffff",
                    0.2 * gloss,
                )


def mouth(
    sheet: Sheet, at: tuple[float, float], size: tuple[float, float], colour: str, *, thick: float = 12, fluid: str = ""
) -> None:
    """The open top: a lit rim, the dark inside with its far wall lighter, perhaps something in it."""
    (cx, y), (rx, ry) = at, size
    sheet.fill(
        ellipse(cx, y, rx, ry),
        sheet.linear((0, tone.lit(colour, 0.55)), (0.5, tone.lit(colour, 0.25)), (1, tone.shaded(colour, 0.12))),
    )
    inner = ellipse(cx, y + thick * 0.12, rx - thick, ry - thick * 0.55)
    sheet.fill(
        inner,
        sheet.linear(
            (0, tone.shaded(colour, 0.55)),
            (0.6, tone.shaded(colour, 0.3)),
            (1, tone.shaded(colour, 0.08)),
            way=(0, 0, 1, 0.4),
        ),
    )
    with sheet.inside(inner):
        if fluid:
            sheet.fill(
                ellipse(cx, y + ry * 0.62, rx - thick, ry - thick * 0.5),
                sheet.linear((0, tone.shaded(fluid, 0.3)), (0.4, fluid), (1, tone.lit(fluid, 0.25))),
            )
            sheet.line(ellipse(cx, y + ry * 0.62, rx - thick - 6, ry - thick * 0.5 - 4), tone.lit(fluid, 0.5), 3, 0.5)


def mug(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A mug: straight, a round-bellied one, or an espresso cup on a saucer."""
    cx, top = 570, 560
    rx, foot, ry = {"belly": (250, 176, 60), "espresso": (200, 130, 48)}.get(spec.cut, (244, 228, 58))
    floor = FLOOR - (40 if spec.cut == "espresso" else 0)
    top = 700 if spec.cut == "espresso" else top
    if spec.cut == "espresso":
        sheet.ground(cx, FLOOR - 4, 400, 0.22)
        saucer = f"M180,{FLOOR - 60} C220,{FLOOR + 6} 380,{FLOOR + 22} 570,{FLOOR + 22} C760,{FLOOR + 22} 920,{FLOOR + 6} 960,{FLOOR - 60} Z"
        glaze(sheet, saucer, spec, colour=spec.colour, gloss=0.3)
        sheet.fill(
            ellipse(cx, FLOOR - 60, 390, 74),
            sheet.linear((0, tone.lit(spec.colour, 0.5)), (1, tone.shaded(spec.colour, 0.1))),
        )
        sheet.fill(
            ellipse(cx, FLOOR - 54, 300, 50),
            sheet.linear((0, tone.shaded(spec.colour, 0.2)), (1, tone.lit(spec.colour, 0.2))),
        )
        sheet.ground(cx + 10, floor - 8, 150, 0.2)
    else:
        sheet.ground(cx, floor, foot + 16, 0.22)
    side = -1 if back else 1
    reach = 150 if spec.cut != "espresso" else 110
    ear_top, ear_bottom = top + (floor - top) * 0.2, top + (floor - top) * 0.78
    x = cx + side * (rx - 20)
    ear = f"M{x},{ear_top} C{x + side * reach * 1.35},{ear_top - 30} {x + side * reach * 1.35},{ear_bottom + 40} {x - side * 10},{ear_bottom}"
    for width, paint, shift in (
        (54, tone.shaded(spec.colour, 0.34), 3),
        (46, spec.colour, 0),
        (20, tone.lit(spec.colour, 0.4), -7),
    ):
        with sheet.turned(f"translate({shift} {shift})"):
            sheet.line(ear, paint, width, 1 if width > 20 else 0.6)
    belly = rx + (34 if spec.cut == "belly" else 0)
    body = mirrored(
        f"M{cx},{top} L{cx - rx},{top} C{cx - belly - 6},{top + (floor - top) * 0.45} {cx - foot - (60 if spec.cut else 4)},{floor - 50} {cx - foot},{floor - 20} "
        f"C{cx - foot * 0.96},{floor + 12} {cx - foot * 0.5},{floor + 26} {cx},{floor + 26}",
        cx,
    )
    glaze(sheet, body, spec, sag=54)
    mouth(
        sheet,
        (cx, top),
        (rx, ry),
        spec.second if spec.has("lined") else spec.colour,
        thick=14,
        fluid="" if back else "#5b3a26",
    )
    if spec.has("raw-foot"):
        with sheet.inside(body):
            sheet.fill(
                f"M{cx - 300},{floor - 30} C{cx - 150},{floor + 2} {cx + 150},{floor + 2} {cx + 300},{floor - 30} L{cx + 300},{floor + 60} L{cx - 300},{floor + 60} Z",
                "#b58b66",
                0.85,
            )
            sheet.fill(body, sheet.linear((0, "#1d1a24", 0.2), (0.3, "#1d1a24", 0), (1, "#1d1a24", 0.3)), 1)


def bowl(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A stack of bowls, one deep serving bowl, or plates."""
    plates = spec.cut == "plates"
    count = {"stack": 3, "plates": 4}.get(spec.cut, 1)
    rx = 420 if count == 1 or plates else 360
    ry = rx * (0.26 if back else 0.2)
    step = 34 if plates else 92
    deep = 92 if plates else 300 if count == 1 else 230
    sheet.ground(600, FLOOR, rx * 0.62, 0.2)
    for level in range(count):
        top = FLOOR - deep - level * step
        foot = rx * (0.62 if plates else 0.4)
        colour = spec.colour if level % 2 == 0 or not spec.has("mixed") else spec.second
        outline = mirrored(
            f"M600,{top} L{600 - rx},{top} C{600 - rx + 6},{top + deep * 0.5} {600 - foot * 1.5},{top + deep * 0.86} {600 - foot},{top + deep} C{600 - foot * 0.6},{top + deep + 24} {600 - foot * 0.3},{top + deep + 28} 600,{top + deep + 28}"
        )
        glaze(sheet, outline, spec, sag=60, colour="" if colour == spec.colour else colour, gloss=0.7)
        mouth(sheet, (600, top), (rx, ry), spec.second if spec.has("lined") else colour, thick=12)
    top = FLOOR - deep - (count - 1) * step
    if plates:
        sheet.line(ellipse(600, top + 8, rx * 0.72, ry * 0.66), tone.shaded(spec.colour, 0.4), 4, 0.4)
        sheet.fill(ellipse(600, top + 9, rx * 0.7, ry * 0.63), tone.lit(spec.colour, 0.35), 0.7)
    if spec.has("fruit") and not back:
        _lemons(sheet, top, ry)


def _lemons(sheet: Sheet, top: float, ry: float) -> None:
    with sheet.inside(
        f"M160,{top - 400} L1040,{top - 400} L1040,{top + 4} C1000,{top + ry} 200,{top + ry} 160,{top + 4} Z"
    ):
        for x, y, turn, paint in ((450, -20, -24, "#e3b52f"), (720, -26, 30, "#dca728"), (590, -64, 8, "#ecc548")):
            with sheet.turned(f"rotate({turn} {x} {top + y})"):
                lemon = mirrored(
                    f"M{x},{top + y - 92} C{x - 70},{top + y - 92} {x - 108},{top + y - 40} {x - 124},{top + y - 4} C{x - 138},{top + y} {x - 138},{top + y + 14} {x - 122},{top + y + 16} C{x - 100},{top + y + 70} {x - 50},{top + y + 92} {x},{top + y + 92}",
                    x,
                )
                sheet.fill(lemon, sheet.radial((0, tone.lit(paint, 0.6)), (0.45, paint), (1, tone.shaded(paint, 0.35))))


VASES = {
    # neck radius, waist radius, shoulder radius, foot radius, top, shoulder height.
    "bottle": (66, 62, 236, 150, 360, 820),
    "jar": (150, 140, 290, 180, 500, 760),
    "tall": (120, 118, 190, 130, 330, 640),
}


def vase(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A vase: bottle-necked, jar or tall, with or without stems in it."""
    neck, waist, shoulder, foot, top, high = VASES.get(spec.cut, VASES["bottle"])
    sheet.ground(600, FLOOR, foot + 20, 0.24)
    # Stems on one of the two sides, so that both the thing and its use are seen.
    if spec.has("stems") != back:
        _stems(sheet, top)
    rise = high - top
    outline = mirrored(
        f"M600,{top} L{600 - neck},{top} C{600 - neck + 6},{top + rise * 0.2} {600 - waist},{top + rise * 0.3} {600 - waist},{top + rise * 0.44} "
        f"C{600 - waist},{top + rise * 0.7} {600 - shoulder},{high - rise * 0.3} {600 - shoulder},{high} "
        f"C{600 - shoulder},{high + (FLOOR - high) * 0.5} {600 - foot - 10},{FLOOR - 90} {600 - foot},{FLOOR - 4} "
        f"C{600 - foot * 0.6},{FLOOR + 20} {600 - foot * 0.3},{FLOOR + 22} 600,{FLOOR + 22}"
    )
    glaze(sheet, outline, spec, sag=60, gloss=0.9 if not spec.has("matt") else 0.35)
    if spec.has("ribbed"):
        with sheet.inside(outline):
            for step in range(-5, 6):
                sheet.line(
                    f"M{600 + step * 16},{top} C{600 + step * 14},{high - 260} {600 + step * 52},{high - 100} {600 + step * 52},{high} C{600 + step * 52},{high + 160} {600 + step * 34},{FLOOR - 60} {600 + step * 30},{FLOOR + 20}",
                    tone.shaded(spec.colour, 0.5),
                    6,
                    0.32,
                )
    mouth(sheet, (600, top), (neck, neck * 0.2), spec.colour, thick=10)


def _stems(sheet: Sheet, top: float) -> None:
    """Eucalyptus: three stems with round leaves in pairs."""
    for lean, tall, paint in ((-170, 250, "#7d9483"), (20, 310, "#6b8674"), (190, 230, "#8aa18f")):
        tip = 600 + lean
        sheet.line(
            f"M600,{top + 60} C600,{top - 60} {tip - lean * 0.5},{top - tall * 0.5} {tip},{top - tall}", "#6d5b45", 6
        )
        for step in range(6):
            share = 0.25 + step * 0.15
            x, y = 600 + lean * share**1.5, top + 30 - (tall + 30) * share
            size = 44 - step * 3.5
            for side in (-1, 1):
                with sheet.turned(f"rotate({side * 38 + lean * 0.1:.0f} {x:.0f} {y:.0f})"):
                    sheet.fill(
                        ellipse(x + side * size * 0.9, y, size * 0.9, size * 0.62),
                        sheet.linear((0, tone.lit(paint, 0.3)), (1, tone.shaded(paint, 0.2))),
                    )
