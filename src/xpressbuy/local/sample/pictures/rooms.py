"""Things for a room: lamp, cushion, blanket.

Holds outlines and details of these only; round vessels are in `vessels`.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.cloth import Fold, Piece, flip_folds, lay, seam
from xpressbuy.local.sample.pictures.outline import bounds, ellipse, mirrored, rounded
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec
from xpressbuy.local.sample.pictures.vessels import FLOOR, glaze


def lamp(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A table lamp with a shade, a mushroom dome, or an arm lamp for the desk. Side views show it switched off."""
    lit = not back
    sheet.ground(600, FLOOR + 40, 190, 0.24)
    floor = FLOOR + 40
    if lit:
        glow = sheet.radial((0, "#ffe9b8", 0.85), (0.5, "#ffe2a6", 0.28), (1, "#ffe2a6", 0), at=(0.5, 0.5), radius=0.5)
        sheet.fill(ellipse(600, 560, 560, 480), glow)
    if spec.cut == "arm":
        _arm_lamp(sheet, spec, floor, lit=lit)
        return
    if spec.cut == "dome":
        glaze(
            sheet,
            mirrored(
                f"M600,560 L560,560 C556,800 548,960 520,1040 C480,1080 430,1100 430,{floor - 20} C470,{floor + 16} 540,{floor + 20} 600,{floor + 20}"
            ),
            spec,
        )
        dome = mirrored("M600,330 C420,330 286,460 270,640 C270,668 290,676 320,682 C420,700 520,704 600,704")
        glaze(sheet, dome, spec, gloss=0.9)
        if lit:
            sheet.fill("M296,668 C400,700 800,700 904,668 C800,690 400,690 296,668 Z", "#fff0c4")
            with sheet.inside(dome):
                sheet.fill(dome, sheet.linear((0.55, "#ffdf9a", 0), (1, "#ffdf9a", 0.75), way=(0, 0, 0, 1)))
        return
    base = mirrored(
        f"M600,700 L584,700 C584,760 470,800 440,900 C420,980 450,1060 500,1110 C520,1130 500,{floor - 20} 470,{floor - 6} C510,{floor + 16} 560,{floor + 18} 600,{floor + 18}"
    )
    glaze(sheet, rounded(588, 600, 24, 130, 4), spec, colour="#c7a152")
    glaze(sheet, base, spec, sag=40)
    shade = (
        mirrored("M600,276 C530,276 470,270 440,262 L316,660 C400,690 500,696 600,696")
        if not spec.has("drum")
        else mirrored("M600,300 C500,300 400,296 330,284 L318,660 C400,690 500,696 600,696")
    )
    linen = spec.second
    lay(sheet, Piece(shade, round=0.9, plain=True), spec, linen)
    if lit:
        with sheet.inside(shade):
            sheet.fill(
                shade,
                sheet.radial(
                    (0, "#fff4d2", 0.95), (0.5, "#ffe3a0", 0.55), (1, "#f3c878", 0.12), at=(0.5, 0.62), radius=0.6
                ),
            )
    with sheet.inside(shade):
        for step in range(31):
            share = step / 30 * 2 - 1
            sheet.line(
                f"M{600 + share * (270 if spec.has('drum') else 160):.0f},260 L{600 + share * 284:.0f},700",
                tone.shaded(linen, 0.4),
                3,
                0.14,
            )


def _arm_lamp(sheet: Sheet, spec: PictureSpec, floor: float, *, lit: bool) -> None:
    glaze(
        sheet,
        mirrored(
            f"M600,{floor - 56} L430,{floor - 56} C420,{floor - 50} 420,{floor - 20} 424,{floor - 10} C480,{floor + 20} 540,{floor + 22} 600,{floor + 22}"
        ),
        spec,
        gloss=0.5,
    )
    sheet.fill(
        ellipse(600, floor - 56, 172, 34),
        sheet.linear((0, tone.lit(spec.colour, 0.4)), (1, tone.shaded(spec.colour, 0.1))),
    )
    for path in (f"M600,{floor - 60} L760,760", "M760,760 L520,430"):
        sheet.line(path, tone.shaded(spec.colour, 0.5), 26)
        sheet.line(path, spec.colour, 20)
        with sheet.turned("translate(-4 -3)"):
            sheet.line(path, tone.lit(spec.colour, 0.6), 5, 0.6)
    for x, y in ((760, 760), (520, 430)):
        sheet.fill(ellipse(x, y, 26, 26), sheet.radial((0, "#f4dda2"), (0.6, "#c7a152"), (1, "#77602b")))
    with sheet.turned("rotate(28 500 450)"):
        if lit:
            sheet.fill(
                "M360,600 L640,600 L820,1180 L120,1180 Z",
                sheet.linear((0, "#ffe9b8", 0.5), (1, "#ffe9b8", 0), way=(0, 0, 0, 1)),
            )
        hood = "M460,360 L540,360 C560,420 600,480 660,600 C600,640 400,640 340,600 C400,480 440,420 460,360 Z"
        glaze(sheet, hood, spec, gloss=0.9)
        sheet.fill(
            "M340,600 C400,576 600,576 660,600 C600,640 400,640 340,600 Z",
            "#fff3cf" if lit else tone.shaded(spec.colour, 0.4),
        )


def cushion(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A cushion, square or lumbar (`long`), with piping, buttons or a fringe."""
    if spec.cut == "long":
        outline = mirrored("M600,500 C440,506 300,494 190,470 C206,600 210,900 186,1060 C300,1032 440,1024 600,1028")
    else:
        outline = mirrored(
            "M600,402 C460,408 330,390 232,362 C262,480 270,560 268,750 C270,940 258,1040 230,1150 C330,1118 460,1104 600,1108"
        )
    left, top, right, bottom = bounds(outline)
    if spec.has("fringe"):
        for step in range(46):
            x = left + 26 + step * (right - left - 52) / 45
            for y, way in ((top + 24, -1), (bottom - 24, 1)):
                sheet.line(
                    f"M{x:.0f},{y:.0f} C{x + 3:.0f},{y + way * 30:.0f} {x - 5:.0f},{y + way * 50:.0f} {x + step % 3 * 4 - 4:.0f},{y + way * 72:.0f}",
                    tone.shaded(spec.second, step % 2 * 0.14),
                    6,
                )
    sheet.cast(outline)
    folds = (
        Fold((left + 30, top + 36), (left + 190, top + 190), 14, 26, 1.1),
        Fold((left + 60, top + 30), (left + 260, top + 130), 18, 20, 0.8),
        Fold((left + 34, bottom - 40), (left + 180, bottom - 190), -14, 26, 1.1),
        Fold((left + 60, bottom - 50), (left + 260, bottom - 130), -12, 18, 0.7),
    )
    lay(sheet, Piece(outline, folds=(*folds, *flip_folds(folds)), round=1.7, knit=20 if spec.has("knit") else 0), spec)
    if spec.has("piping"):
        sheet.line(outline, tone.shaded(spec.second, 0.3), 13)
        sheet.line(outline, spec.second, 8)
    if back:
        seam(sheet, f"M{left + 50},{(top + bottom) / 2} L{right - 50},{(top + bottom) / 2}", spec.colour, width=8)
        sheet.line(
            f"M{left + 50},{(top + bottom) / 2} L{right - 50},{(top + bottom) / 2}", "#d8d2c6", 3, 0.8, dash="5 4"
        )
    elif spec.has("tuft"):
        for x in (450, 600, 750):
            for y in (600, 760, 920):
                with sheet.soft(8, (x - 60, y - 60, x + 60, y + 60)):
                    sheet.fill(ellipse(x + 6, y + 8, 34, 30), tone.shaded(spec.colour, 0.6), 0.5)
                sheet.fill(
                    ellipse(x, y, 14, 14),
                    sheet.radial((0, tone.lit(spec.second, 0.4)), (1, tone.shaded(spec.second, 0.25))),
                )


def blanket(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A folded throw with fringes; a pile of towels (`towels`)."""
    if spec.cut == "towels":
        _towels(sheet, spec, back=back)
        return
    base = "M220,560 C420,530 760,530 980,556 C992,760 992,960 984,1140 C760,1164 440,1164 214,1142 C204,940 208,740 220,560 Z"
    for step in range(44):
        x = 226 + step * 17.3
        sheet.line(
            f"M{x:.0f},1138 C{x + 3:.0f},1170 {x - 5:.0f},1196 {x + step % 3 * 4 - 4:.0f},1222",
            tone.shaded(spec.second if spec.has("contrast") else spec.colour, step % 2 * 0.12),
            7,
        )
    sheet.cast(base)
    lay(
        sheet,
        Piece(
            base,
            folds=(
                Fold((260, 1000), (960, 1040), 20, 26, 0.6),
                Fold((300, 700), (280, 1100), -12, 22, 0.6),
                Fold((800, 640), (830, 1100), 14, 26, 0.6),
            ),
            knit=18 if spec.has("knit") else 0,
        ),
        spec,
    )
    over = (
        "M214,470 C430,440 770,440 986,466 C1000,600 996,720 990,830 C760,866 430,862 208,832 C200,720 202,600 214,470 Z"
        if not back
        else "M214,470 C430,440 770,440 986,466 C1000,560 996,640 990,700 C760,736 430,732 208,702 C200,640 202,560 214,470 Z"
    )
    with sheet.turned("rotate(-2 600 700)"):
        _top_fold(sheet, spec, over, label=not back)


def _top_fold(sheet: Sheet, spec: PictureSpec, over: str, *, label: bool) -> None:
    sheet.cast(over, 0.9)
    lay(
        sheet,
        Piece(
            over,
            folds=(
                Fold((330, 500), (300, 800), -14, 24, 0.7),
                Fold((620, 480), (660, 820), 14, 30, 0.6),
                Fold((900, 500), (880, 800), 10, 20, 0.6),
            ),
            knit=18 if spec.has("knit") else 0,
        ),
        spec,
    )
    if label:
        sheet.fill(rounded(880, 770, 60, 96, 4), "#efe6d4")
        sheet.line("M896,812 L924,812", "#3a3638", 5)


def _towels(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    for level, colour in enumerate((spec.colour, spec.second, spec.colour)):
        y = 960 - level * 160
        towel = f"M250,{y + 20} C240,{y - 40} 280,{y - 60} 330,{y - 60} L900,{y - 56} C960,{y - 56} 968,{y + 10} 960,{y + 50} C950,{y + 96} 930,{y + 106} 880,{y + 106} L320,{y + 106} C270,{y + 106} 254,{y + 80} 250,{y + 20} Z"
        sheet.cast(towel, 0.5)
        lay(
            sheet,
            Piece(towel, round=1.2, plain=True, folds=(Fold((300, y + 20), (900, y + 26), 6, 14, 1.0),)),
            spec,
            colour,
        )
        seam(sheet, f"M300,{y + 26} C280,{y + 26} 280,{y + 40} 300,{y + 40} L940,{y + 44}", colour, width=5)
        if back:
            # The open side: the edges of the folds, one below the other.
            for drop in (-14, 12, 66):
                seam(sheet, f"M262,{y + drop} C480,{y + drop + 6} 720,{y + drop - 4} 950,{y + drop}", colour, width=5)
            continue
        for x in (820, 836, 852):
            sheet.line(
                f"M{x},{y - 54} C{x + 6},{y - 20} {x + 6},{y + 60} {x},{y + 104}", tone.shaded(colour, 0.4), 4, 0.4
            )
