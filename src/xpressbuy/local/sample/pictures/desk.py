"""Things for a desk: notebook, pen, headphones, speaker.

Holds outlines and details of these only.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.cloth import Piece, lay
from xpressbuy.local.sample.pictures.outline import bounds, ellipse, lens, mirrored, rounded
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec
from xpressbuy.local.sample.pictures.vessels import FLOOR, glaze

WOOD = "#a9754a"


def notebook(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A notebook with an elastic, a spiral pad, or a set of three thin ones."""
    with sheet.turned(f"rotate({5 if back else -5} 600 760)"):
        if spec.cut == "set":
            for number, colour in enumerate((tone.mix(spec.colour, spec.second, 0.6), spec.second, spec.colour)):
                with sheet.turned(f"translate({60 - number * 56} {number * 44 - 60}) rotate({7 - number * 5} 600 760)"):
                    _book(sheet, spec, colour, thin=True, plain=number < 2)
        else:
            _book(sheet, spec, spec.colour, thin=False, plain=back and spec.pattern == "solid")
            if spec.cut == "spiral":
                for step in range(22):
                    y = 372 + step * 36
                    sheet.fill(ellipse(316, y, 7, 7), tone.shaded(spec.colour, 0.7))
                    sheet.line(
                        f"M316,{y} C290,{y - 16} 268,{y - 6} 272,{y + 6} C278,{y + 14} 300,{y + 8} 314,{y + 4}",
                        "#8d8f94",
                        7,
                    )
                    sheet.line(f"M310,{y - 4} C292,{y - 14} 274,{y - 6} 274,{y + 2}", "#f2f2f0", 3)
            elif not back:
                sheet.line("M826,334 L826,1190", tone.shaded(spec.second, 0.35), 24)
                sheet.line("M825,334 L825,1190", spec.second, 18)
                sheet.fill("M520,1176 L548,1176 L546,1262 L533,1248 L519,1262 Z", spec.second)
        if not back:
            _label(sheet, spec)


def _label(sheet: Sheet, spec: PictureSpec) -> None:
    if spec.has("label"):
        sheet.cast(rounded(430, 480, 300, 190, 6), 0.08)
        sheet.fill(rounded(430, 480, 300, 190, 6), "#f6f0e2")
        sheet.line("M470,540 L690,540 M470,580 L650,580 M470,620 L690,620", "#4a4650", 3, 0.5)
    elif spec.pattern == "solid":
        sheet.add(
            f'<path transform="translate(570 1080)" d="M-26,-18 L-14,-18 L26,18 L14,18 Z M14,-18 L26,-18 L-14,18 L-26,18 Z" fill="{tone.shaded(spec.colour, 0.45)}"/>'
        )


def _book(sheet: Sheet, spec: PictureSpec, colour: str, *, thin: bool, plain: bool) -> None:
    deep = 12 if thin else 34
    cover = rounded(300, 334, 600, 856, 22)
    sheet.cast(rounded(300, 334, 600 + deep, 856 + deep, 22), 0.9)
    sheet.fill(rounded(306, 342, 600 + deep, 856 + deep - 4, 20), tone.shaded(colour, 0.45))
    sheet.fill(rounded(306, 342, 594 + deep, 846 + deep, 16), "#efe7d6")
    for step in range(deep // 5):
        sheet.line(f"M{904 + step * 5},352 L{904 + step * 5},{1190 + step * 4}", "#a89d88", 1.2, 0.6)
    lay(sheet, Piece(cover, round=0.34, plain=plain), spec, colour)
    with sheet.inside(cover):
        sheet.fill(
            rounded(300, 334, 600, 856, 22),
            sheet.linear((0, "#ffffff", 0.16), (0.4, "#ffffff", 0), (1, "#1d1a24", 0.1), way=(0, 0, 1, 1)),
        )
        sheet.line("M352,330 L352,1196", tone.shaded(colour, 0.5), 6, 0.34)
        sheet.line("M358,330 L358,1196", tone.lit(colour, 0.5), 3, 0.4)


def pen(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A fountain pen with its cap, a metal ball pen, or three wooden pencils."""
    if spec.cut == "pencils":
        for number, colour in enumerate((spec.colour, spec.second, tone.mix(spec.colour, spec.second, 0.5))):
            with sheet.turned(
                f"translate({number * 120 - 120} {number * (-30 if back else 30) - (-20 if back else 20)}) rotate({(34 + number * 3) * (-1 if back else 1)} 600 750)"
            ):
                _pencil(sheet, colour)
        return
    with sheet.turned(f"rotate({38 if not back else 52} 600 750)"):
        _stick(
            sheet,
            spec,
            "M562,480 L638,480 L634,1000 C630,1060 570,1060 566,1000 Z"
            if spec.cut == "ball"
            else "M560,560 L640,560 L630,1080 C624,1130 576,1130 570,1080 Z",
            spec.colour,
        )
        metal = "#c7a152" if spec.has("gold") else "#b9bec4"
        _stick(sheet, spec, rounded(558, 540, 84, 26, 6), metal)
        if spec.cut == "ball":
            _stick(sheet, spec, rounded(572, 300, 56, 190, 12), spec.colour)
            _stick(sheet, spec, rounded(586, 260, 28, 50, 8), metal)
            _stick(sheet, spec, "M570,1010 L630,1010 L608,1110 L592,1110 Z", metal)
            _stick(sheet, spec, rounded(634, 330, 16, 200, 8), metal)
        else:
            _stick(sheet, spec, "M566,560 L634,560 L626,440 L574,440 Z", tone.shaded(spec.colour, 0.2))
            nib = "M576,440 L624,440 C626,380 612,330 600,290 C588,330 574,380 576,440 Z"
            sheet.cast(nib, 0.2)
            sheet.fill(nib, sheet.linear((0, "#fbeec6"), (0.5, "#d3b060"), (1, "#86692d")))
            sheet.line("M600,300 L600,400", "#5d4720", 3)
            sheet.fill(ellipse(600, 404, 7, 7), "#5d4720")
    if spec.cut != "ball" and not back:
        with sheet.turned("translate(190 130) rotate(62 600 750)"):
            _stick(sheet, spec, rounded(548, 560, 104, 400, 40), spec.colour)
            _stick(sheet, spec, rounded(546, 900, 108, 24, 6), "#c7a152" if spec.has("gold") else "#b9bec4")
            _stick(sheet, spec, rounded(640, 600, 18, 270, 9), "#c7a152" if spec.has("gold") else "#b9bec4")


def _stick(sheet: Sheet, spec: PictureSpec, path: str, colour: str) -> None:
    """A thin round length of something polished."""
    sheet.cast(path, 0.4)
    glaze(sheet, path, spec, colour=colour, gloss=0)
    left, top, right, bottom = bounds(path)
    wide = right - left
    sheet.fill(lens((left + wide * 0.28, top + 6), (left + wide * 0.28, bottom - 12), 0, wide * 0.07), "#ffffff", 0.55)


def _pencil(sheet: Sheet, colour: str) -> None:
    body = "M566,300 L634,300 L634,1040 L566,1040 Z"
    sheet.cast("M566,300 L634,300 L634,1040 L600,1160 L566,1040 Z", 0.5)
    sheet.fill(
        body,
        sheet.linear(
            (0, tone.lit(colour, 0.25)),
            (0.3, tone.lit(colour, 0.1)),
            (0.31, colour),
            (0.7, colour),
            (0.71, tone.shaded(colour, 0.3)),
            (1, tone.shaded(colour, 0.4)),
        ),
    )
    sheet.fill(
        "M566,1036 C578,1052 588,1030 600,1044 C612,1030 622,1052 634,1036 L606,1136 L594,1136 Z",
        sheet.linear((0, "#f0d3a6"), (1, "#b98a57")),
    )
    sheet.fill("M594,1132 L606,1132 L600,1160 Z", "#2a2a30")
    sheet.fill(rounded(564, 276, 72, 40, 4), sheet.linear((0, "#f6e2ac"), (0.5, "#c7a152"), (1, "#77602b")))
    sheet.line("M584,420 L584,560", tone.lit("#c7a152", 0.3), 5, 0.7)


def headphones(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """Headphones standing on their cups; `open` has cloth-covered cups."""
    sheet.ground(380, 1150, 130, 0.24)
    sheet.ground(820, 1150, 130, 0.24)
    bow = "M360,860 C330,500 420,300 600,300 C780,300 870,500 840,860"
    sheet.line(bow, tone.shaded(spec.colour, 0.55), 62)
    sheet.line(
        bow, sheet.linear((0, tone.lit(spec.colour, 0.35)), (0.5, spec.colour), (1, tone.shaded(spec.colour, 0.35))), 52
    )
    with sheet.turned("translate(-5 -8)"):
        sheet.line("M372,640 C390,420 470,318 600,318 C690,318 760,370 800,470", tone.lit(spec.colour, 0.7), 7, 0.5)
    sheet.line("M452,372 C510,330 690,330 748,372", spec.second, 50)
    sheet.line("M452,366 C510,324 690,324 748,366", tone.lit(spec.second, 0.35), 12, 0.5)
    for side in (-1, 1):
        x = 600 + side * 236
        sheet.line(f"M{x},700 L{x},880", "#8d9197", 22)
        sheet.line(f"M{x - 4},700 L{x - 4},880", "#f2f2f0", 6)
        pad = rounded(x - side * 30 - 58, 770, 116, 370, 58)
        sheet.fill(
            pad, sheet.linear((0, tone.lit(spec.second, 0.2)), (0.4, spec.second), (1, tone.shaded(spec.second, 0.5)))
        )
        cup = rounded(x + side * 40 - 62, 780, 124, 350, 60)
        glaze(sheet, cup, spec, colour=spec.colour, gloss=0.9)
        if side == 1 and not back:
            sheet.line("M902,900 L902,1000", tone.lit(spec.colour, 0.6), 6, 0.7)
            sheet.fill(ellipse(884, 1050, 9, 9), "#d9512f")


def speaker(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A small speaker: a cloth-fronted box in wood, or an upright cylinder (`tower`)."""
    if spec.cut == "tower":
        sheet.ground(600, FLOOR + 10, 196, 0.24)
        glaze(
            sheet,
            mirrored("M600,470 L430,470 C408,474 404,490 404,520 L404,1100 C440,1156 520,1162 600,1162"),
            spec,
            gloss=0.3,
        )
        mesh = mirrored("M600,560 C520,560 460,552 404,540 L404,1010 C460,1040 530,1046 600,1046")
        with sheet.inside(mesh):
            sheet.fill(
                mesh,
                sheet.tile(
                    12,
                    12,
                    f'<circle cx="3" cy="3" r="2.6" fill="{tone.shaded(spec.colour, 0.7)}" fill-opacity="0.75"/><circle cx="9" cy="9" r="2.6" fill="{tone.shaded(spec.colour, 0.7)}" fill-opacity="0.75"/>',
                ),
            )
        sheet.fill(
            ellipse(600, 470, 190, 42),
            sheet.linear((0, tone.lit(spec.second, 0.4)), (1, tone.shaded(spec.second, 0.2))),
        )
        sheet.line(ellipse(600, 470, 120, 25), tone.shaded(spec.second, 0.4), 4, 0.6)
        if not back:
            sheet.fill(ellipse(600, 1100, 9, 9), "#d9512f")
        return
    sheet.ground(600, FLOOR + 6, 360, 0.16)
    case = rounded(230, 620, 740, 520, 60)
    lay(sheet, Piece(case, round=0.6, plain=True), spec, WOOD if spec.has("wood") else spec.second)
    if spec.has("wood"):
        with sheet.inside(case):
            for step in range(26):
                y = 620 + step * 21
                sheet.line(
                    f"M220,{y} C420,{y + 10 - step % 3 * 8} 700,{y - 8 + step % 4 * 6} 980,{y + 4}",
                    tone.shaded(WOOD, 0.5),
                    2 + step % 3,
                    0.22,
                )
    front = rounded(262, 652, 676, 456, 40)
    if back:
        sheet.fill(rounded(520, 820, 160, 160, 80), tone.shaded(WOOD, 0.75))
        sheet.fill(rounded(540, 1030, 120, 40, 10), "#2a2a30")
        return
    sheet.fill(
        front, sheet.linear((0, tone.lit(spec.colour, 0.15)), (1, tone.shaded(spec.colour, 0.16)), way=(0, 0, 1, 1))
    )
    with sheet.inside(front):
        sheet.fill(
            front,
            sheet.tile(
                8,
                8,
                f'<path d="M0,0h4v4h-4Z M4,4h4v4h-4Z" fill="{tone.shaded(spec.colour, 0.6)}" fill-opacity="0.3"/><path d="M4,0h4v2h-4Z M0,4h4v2h-4Z" fill="{tone.lit(spec.colour, 0.6)}" fill-opacity="0.25"/>',
            ),
        )
        sheet.line(front, "#1d1a24", 12, 0.25)
    for x in (820, 880):
        sheet.fill(ellipse(x, 1040, 20, 20), sheet.radial((0, "#fff"), (0.5, "#c9ccd0"), (1, "#7b8087")))
    sheet.add(
        f'<path transform="translate(320 1046)" d="M-26,-18 L-14,-18 L26,18 L14,18 Z M14,-18 L26,-18 L-14,18 L-26,18 Z" fill="{tone.shaded(spec.colour, 0.6)}"/>'
    )
