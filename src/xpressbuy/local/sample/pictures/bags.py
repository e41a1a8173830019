"""Bags and small leather: tote, backpack, satchel, wallet, belt.

Holds outlines and details of these only.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.cloth import Fold, Piece, flip_folds, lay, seam
from xpressbuy.local.sample.pictures.outline import bounds, ellipse, flipped, mirrored, rounded
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec

BRASS = "#c7a152"
LEATHER = "#9a6238"


def strap(sheet: Sheet, path: str, colour: str, width: float, *, stitched: bool = True) -> None:
    """A strap or handle along a line, lit on its upper edge."""
    with sheet.turned("translate(7 10)"):
        sheet.line(path, "#1d1a24", width, 0.18)
    sheet.line(path, tone.shaded(colour, 0.34), width)
    sheet.line(path, colour, width - 5)
    with sheet.turned("translate(-2 -2)"):
        sheet.line(path, tone.lit(colour, 0.35), width * 0.3, 0.4)
    if stitched:
        sheet.stitches(path, tone.lit(colour, 0.55), 2, 0.5)


def metal_ring(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """A brass ring."""
    sheet.line(ellipse(x + 3, y + 4, radius, radius), "#1d1a24", radius * 0.3, 0.25)
    sheet.line(
        ellipse(x, y, radius, radius),
        sheet.linear((0, "#f4dda2"), (0.5, BRASS), (1, "#7d6128"), way=(0, 0, 1, 1)),
        radius * 0.3,
    )


def tote(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A tote: canvas with leather handles, or a soft market bag (`market`) gathered on long handles."""
    handle = LEATHER if spec.has("leather") else tone.shaded(spec.second if spec.has("contrast") else spec.colour, 0.06)
    market = spec.cut == "market"
    rise = 210 if market else 330
    far = f"M470,560 C470,{rise + 20} 520,{rise - 40} 600,{rise - 40} C680,{rise - 40} 730,{rise + 20} 730,560"
    strap(sheet, far, tone.shaded(handle, 0.3), 30, stitched=False)
    body = (
        mirrored("M600,520 C540,530 470,520 420,500 C330,640 240,840 262,1060 C300,1210 440,1270 600,1272")
        if market
        else mirrored("M600,566 C500,572 380,566 290,556 C280,760 268,1000 262,1230 C380,1258 480,1264 600,1264")
    )
    sheet.cast(body)
    folds = (
        (
            Fold((470, 540), (380, 860), -20, 26),
            Fold((540, 540), (500, 980), 16, 26),
            Fold((330, 900), (420, 1180), 30, 24, 0.8),
            Fold((580, 560), (590, 820), 8, 18),
        )
        if market
        else (
            Fold((300, 620), (420, 1000), 26, 24, 0.9),
            Fold((290, 1040), (400, 1220), 18, 20, 0.8),
            Fold((480, 600), (470, 900), -10, 18, 0.6),
            Fold((290, 1180), (420, 1236), 8, 14, 0.7),
        )
    )
    lay(sheet, Piece(body, folds=(*folds, *flip_folds(folds))), spec)
    if market:
        seam(sheet, "M422,526 C470,548 540,556 600,546 C660,556 730,548 778,526", spec.colour, width=5)
    else:
        seam(sheet, "M288,604 C400,616 800,616 912,604", spec.colour)
        sheet.stitches("M288,612 C400,624 800,624 912,612", tone.shaded(spec.colour, 0.4), 2.2, 0.6)
    if spec.has("base"):
        base = mirrored("M600,1080 C480,1080 370,1074 272,1064 L262,1230 C380,1258 480,1264 600,1264")
        lay(sheet, Piece(base, round=0.6, plain=True), spec, LEATHER)
        sheet.stitches("M274,1076 C380,1088 820,1088 926,1076", tone.lit(LEATHER, 0.6), 2.6, 0.8)
    if spec.has("print") and not back:
        for radius, paint in ((120, spec.second), (74, spec.colour), (40, spec.second)):
            sheet.fill(
                f"M{600 - radius},940 C{600 - radius},{940 - radius * 1.33:.0f} {600 + radius},{940 - radius * 1.33:.0f} {600 + radius},940 Z",
                paint,
            )
        for step in range(3):
            sheet.line(f"M480,{972 + step * 26} L720,{972 + step * 26}", spec.second, 9)
    if not back:
        sheet.cast(rounded(318, 1120, 60, 44, 4), 0.08)
        sheet.fill(rounded(318, 1120, 60, 44, 4), "#efe6d4")
        sheet.line("M334,1142 L362,1142", "#3a3638", 4)
    near = far.replace("560", "690")
    strap(sheet, near, handle, 32)
    if not market:
        for x in (470, 730):
            sheet.fill(rounded(x - 16, 680, 32, 40, 4), tone.shaded(handle, 0.1))
            sheet.line(f"M{x - 10},676 l20,30 M{x + 10},676 l-20,30", tone.lit(handle, 0.6), 2.4, 0.8)
    if spec.has("pocket") and not back:
        pocket = "M430,800 L770,800 L764,1050 L436,1050 Z"
        sheet.cast(pocket, 0.14)
        lay(sheet, Piece(pocket, round=0.3), spec)
        sheet.stitches("M440,812 L446,1040 L754,1040 L760,812", tone.shaded(spec.colour, 0.4), 2.2, 0.6)


def backpack(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A backpack: roll-top, zipped daypack or one with a flap and straps."""
    strap(sheet, "M540,330 C540,250 660,250 660,330", tone.shaded(spec.colour, 0.2), 30, stitched=False)
    body = mirrored("M600,312 C500,312 390,320 352,420 C318,540 304,900 310,1130 C318,1220 380,1240 600,1242")
    shoulder = "M392,560 C290,620 262,760 270,960 C276,1040 300,1090 330,1120"
    if not back:
        strap(sheet, shoulder, tone.shaded(spec.colour, 0.25), 44, stitched=False)
        strap(sheet, flipped(shoulder), tone.shaded(spec.colour, 0.25), 44, stitched=False)
    sheet.cast(body)
    folds = (
        Fold((350, 520), (440, 760), 24, 22, 0.7),
        Fold((330, 820), (400, 1080), -16, 20, 0.6),
        Fold((470, 350), (420, 500), -14, 16, 0.6),
    )
    lay(sheet, Piece(body, folds=(*folds, *flip_folds(folds)), round=1.3), spec)
    if back:
        _carrying_side(sheet, spec)
        return
    trim = LEATHER if spec.has("leather") else spec.second
    if spec.cut == "roll":
        roll = mirrored("M600,300 C500,298 420,306 372,330 C352,372 352,420 366,452 C440,480 520,486 600,486")
        sheet.cast(roll, 0.3)
        lay(
            sheet,
            Piece(roll, round=1.1, folds=(Fold((380, 400), (600, 430), 10, 12), Fold((600, 430), (820, 400), 10, 12))),
            spec,
        )
    elif spec.cut == "flap":
        lid = mirrored("M600,300 C500,298 400,306 356,372 C340,470 338,600 350,690 C420,728 520,736 600,736")
        sheet.cast(lid, 0.35)
        lay(sheet, Piece(lid, round=1.1, folds=(Fold((400, 420), (470, 640), 14, 18, 0.6),)), spec)
        sheet.stitches(
            "M366,676 C430,708 520,716 600,716 C680,716 770,708 834,676", tone.lit(spec.colour, 0.45), 2.4, 0.6
        )
    else:
        seam(sheet, "M366,470 C380,380 470,352 600,352 C730,352 820,380 834,470", spec.colour, width=10)
        sheet.line("M366,470 C380,380 470,352 600,352 C730,352 820,380 834,470", "#c9c4bb", 5, 0.9, dash="5 4")
        sheet.line("M366,472 C364,500 372,520 368,548", trim, 10)
    pocket = mirrored("M600,846 C500,846 420,842 384,826 C372,940 372,1060 384,1140 C450,1172 540,1176 600,1176")
    sheet.cast(pocket, 0.3)
    lay(
        sheet,
        Piece(pocket, round=1.0, folds=(Fold((400, 880), (470, 1100), 16, 18, 0.6),)),
        spec,
        spec.second if spec.has("contrast") else "",
    )
    seam(sheet, "M388,872 C450,888 750,888 812,872", spec.colour, width=5)
    if spec.cut in ("flap", "roll"):
        for x in (462, 738) if spec.cut == "flap" else (600,):
            strap(
                sheet, f"M{x},{620 if spec.cut == 'flap' else 400} L{x},{860 if spec.cut == 'flap' else 800}", trim, 38
            )
            y = 790 if spec.cut == "flap" else 690
            sheet.line(
                rounded(x - 30, y - 24, 60, 48, 8),
                sheet.linear((0, "#f4dda2"), (0.5, BRASS), (1, "#7d6128"), way=(0, 0, 1, 1)),
                9,
            )
            sheet.line(f"M{x},{y - 22} L{x},{y + 16}", "#8a6a2c", 6)
    sheet.fill(rounded(556, 960, 88, 60, 6), trim)
    sheet.stitches(rounded(561, 965, 78, 50, 4), tone.lit(trim, 0.5), 2, 0.7)


def _carrying_side(sheet: Sheet, spec: PictureSpec) -> None:
    """What lies against one's back: a panel and two padded straps."""
    pad = "M470,350 C430,420 400,560 396,800 C394,900 410,980 430,1040 L486,1030 C474,960 470,880 476,800 C484,600 520,440 548,356 Z"
    lay(
        sheet,
        Piece(
            mirrored("M600,420 C520,430 470,440 460,470 L450,1120 C500,1150 560,1150 600,1150"),
            round=0.6,
            plain=True,
        ),
        spec,
        tone.shaded(spec.colour, 0.14),
    )
    for path in (pad, flipped(pad)):
        sheet.cast(path, 0.3)
        lay(sheet, Piece(path, round=0.8, plain=True), spec)
        sheet.stitches(path, tone.lit(spec.colour, 0.4), 2.2, 0.45)


def satchel(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A crossbody bag: half-moon (`moon`), flap satchel, or small camera bag (`box`)."""
    sling = "M318,700 C300,420 440,210 600,200 C760,210 900,420 882,700"
    strap(sheet, sling, tone.shaded(spec.colour, 0.08), 26)
    if spec.cut == "moon":
        body = mirrored("M600,640 C500,640 380,650 300,690 C262,760 270,900 340,1000 C410,1090 510,1120 600,1120")
    elif spec.cut == "box":
        body = rounded(330, 650, 540, 400, 54)
    else:
        body = mirrored("M600,640 C500,640 400,640 306,646 C292,800 290,960 300,1090 C400,1112 500,1114 600,1114")
    sheet.cast(body)
    folds = (Fold((330, 760), (440, 980), 22, 22, 0.6), Fold((520, 680), (480, 900), -10, 16, 0.4))
    lay(sheet, Piece(body, folds=(*folds, *flip_folds(folds)), round=1.1), spec)
    thread = tone.lit(spec.colour, 0.55)
    if spec.cut == "moon":
        seam(sheet, "M318,720 C420,676 780,676 882,720", spec.colour, width=12)
        sheet.line("M318,720 C420,676 780,676 882,720", "#d8d2c6", 5, 0.9, dash="5 4")
        if not back:
            strap(sheet, "M860,730 C880,760 872,800 880,836", spec.colour, 16)
    elif spec.cut == "box":
        sheet.stitches(rounded(346, 666, 508, 368, 44), thread, 2.6, 0.7)
        seam(sheet, "M352,716 L848,716", spec.colour, width=12)
        sheet.line("M352,716 L848,716", "#d8d2c6", 5, 0.9, dash="5 4")
        if not back:
            lay(sheet, Piece(rounded(390, 800, 420, 200, 30), round=0.6), spec)
            sheet.stitches(rounded(400, 810, 400, 180, 24), thread, 2.4, 0.7)
    elif not back:
        flap = mirrored("M600,628 C500,628 400,628 300,636 C290,740 292,820 310,900 C400,948 500,956 600,956")
        sheet.cast(flap, 0.35)
        lay(sheet, Piece(flap, round=0.9, folds=(Fold((340, 700), (460, 880), 14, 18, 0.5),)), spec)
        sheet.stitches(
            "M316,652 C306,740 308,810 326,888 C410,930 500,938 600,938 C700,938 790,930 874,888 C892,810 894,740 884,652",
            thread,
            2.6,
            0.75,
        )
        sheet.fill(
            rounded(556, 896, 88, 104, 14), sheet.linear((0, "#f4dda2"), (0.5, BRASS), (1, "#80642c"), way=(0, 0, 1, 1))
        )
        sheet.fill(rounded(572, 940, 56, 14, 7), "#5d4720")
    for x in (318, 882):
        metal_ring(sheet, x, 690, 24)


def wallet(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A folded wallet, a card holder with cards in it, or a zipped pouch."""
    thread = tone.lit(spec.colour, 0.6)
    with sheet.turned("rotate(-6 600 760)"):
        if spec.cut == "pouch":
            body = rounded(270, 540, 660, 440, 46)
            sheet.cast(body)
            lay(
                sheet,
                Piece(
                    body, folds=(Fold((300, 640), (460, 900), 20, 20, 0.6), Fold((880, 660), (760, 900), -20, 20, 0.6))
                ),
                spec,
            )
            seam(sheet, "M296,606 L904,606", spec.colour, width=16)
            sheet.line("M296,606 L904,606", "#d8d2c6", 7, 0.95, dash="6 5")
            if not back:
                strap(sheet, "M896,606 C960,620 980,700 960,780", LEATHER, 22)
            return
        if not back:
            for number, paint in enumerate(("#dfd6c4", "#8fb0cf", "#c4765a") if spec.cut == "cards" else ("#dfd6c4",)):
                card = rounded(360 + number * 14, 470 + number * 34, 470, 300, 20)
                sheet.cast(card, 0.12)
                sheet.fill(
                    card, sheet.linear((0, tone.lit(paint, 0.3)), (1, tone.shaded(paint, 0.12)), way=(0, 0, 1, 1))
                )
        body = rounded(320, 560, 560, 400, 30) if spec.cut == "cards" else rounded(280, 520, 640, 480, 34)
        sheet.cast(body)
        lay(sheet, Piece(body, round=0.8), spec)
        left, top, right, bottom = bounds(body)
        sheet.stitches(rounded(left + 14, top + 14, right - left - 28, bottom - top - 28, 22), thread, 2.8, 0.8)
        if spec.cut == "cards" and not back:
            for y in (640, 720):
                seam(
                    sheet,
                    f"M{left + 4},{y} C{left + 180},{y + 8} {right - 180},{y + 8} {right - 4},{y}",
                    spec.colour,
                    width=6,
                )
                sheet.stitches(
                    f"M{left + 18},{y + 14} C{left + 180},{y + 22} {right - 180},{y + 22} {right - 18},{y + 14}",
                    thread,
                    2.4,
                    0.6,
                )
        elif not back:
            seam(
                sheet,
                f"M{left + 60},{top + 4} C{left + 52},{top + 160} {left + 52},{bottom - 160} {left + 60},{bottom - 4}",
                spec.colour,
                width=5,
            )
        sheet.add(
            f'<g transform="translate({right - 110:.0f} {bottom - 90:.0f})"><path d="M-26,-18 L-14,-18 L26,18 L14,18 Z M14,-18 L26,-18 L-14,18 L-26,18 Z" fill="{tone.shaded(spec.colour, 0.5)}" fill-opacity="0.7"/></g>'
        )


def belt(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A belt, rolled, with its buckle; woven when the features say so."""
    wide = 96
    turns = ((600, 800, 330, 300), (600, 790, 268, 240), (600, 780, 206, 180))
    for cx, cy, rx, ry in turns:
        ring = ellipse(cx, cy, rx, ry)
        with sheet.soft(9, (cx - rx - 60, cy - ry - 60, cx + rx + 70, cy + ry + 80)), sheet.turned("translate(12 18)"):
            sheet.line(ring, "#1d1a24", 46, 0.2)
        sheet.line(ring, tone.shaded(spec.colour, 0.5), 52)
        sheet.line(
            ring,
            sheet.linear(
                (0, tone.lit(spec.colour, 0.3)),
                (0.45, spec.colour),
                (1, tone.shaded(spec.colour, 0.36)),
                way=(0, 0, 1, 1),
            ),
            44,
        )
        sheet.line(ring, tone.lit(spec.colour, 0.5), 5, 0.4)
        sheet.stitches(ellipse(cx, cy, rx + 15, ry + 15), tone.lit(spec.colour, 0.6), 2.2, 0.7)
        sheet.stitches(ellipse(cx, cy, rx - 15, ry - 15), tone.lit(spec.colour, 0.6), 2.2, 0.7)
    tail = f"M600,{1100 - wide / 2} L930,{1096 - wide / 2} C980,{1096 - wide / 2} 1000,{1070} 1010,1096 C1000,1124 980,{1096 + wide / 2} 930,{1096 + wide / 2} L280,{1104 + wide / 2} L280,{1104 - wide / 2} Z"
    sheet.cast(tail, 0.5)
    lay(sheet, Piece(tail, round=0.7), spec)
    if spec.has("woven"):
        with sheet.inside(tail):
            for step in range(32):
                x = 260 + step * 26
                sheet.line(f"M{x},1040 l40,120 M{x + 40},1040 l-40,120", tone.shaded(spec.colour, 0.55), 5, 0.5)
                sheet.line(f"M{x - 5},1040 l40,120", tone.lit(spec.colour, 0.5), 4, 0.4)
    else:
        sheet.stitches("M290,1068 L930,1062 M290,1140 L930,1130", tone.lit(spec.colour, 0.6), 2.6, 0.8)
        for x in range(700, 960, 62):
            sheet.fill(ellipse(x, 1098, 8, 8), tone.shaded(spec.colour, 0.7))
    if back:
        return
    brass = (
        sheet.linear((0, "#f6e2ac"), (0.45, BRASS), (1, "#77602b"), way=(0, 0, 1, 1))
        if not spec.has("steel")
        else sheet.linear((0, "#ffffff"), (0.45, "#b9bec4"), (1, "#6f747b"), way=(0, 0, 1, 1))
    )
    sheet.line(rounded(196, 1024, 130, 160, 26), "#1d1a24", 22, 0.16)
    sheet.line(rounded(190, 1016, 130, 160, 26), brass, 22)
    sheet.line("M196,1098 L330,1096", brass, 14)
    strap(sheet, "M386,1040 L386,1162", spec.colour, 34, stitched=False)
