"""Small things worn: cap, beanie, scarf, socks, watch, sunglasses.

Holds outlines and details of these only.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.bags import strap
from xpressbuy.local.sample.pictures.cloth import Fold, Piece, band, flip_folds, lay, seam
from xpressbuy.local.sample.pictures.outline import ellipse, flipped, lens, mirrored, rounded
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec


def cap(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A six-panel cap, a bucket hat (`bucket`)."""
    if spec.cut == "bucket":
        _bucket(sheet, spec, back=back)
        return
    crown = mirrored("M600,430 C430,430 296,560 290,800 C400,850 500,860 600,860")
    if back:
        sheet.cast(crown)
        lay(sheet, Piece(crown, round=1.2), spec)
        sheet.fill("M500,858 C500,720 700,720 700,858 Z", tone.shaded(spec.colour, 0.6))
        strap(sheet, "M496,838 L704,838", spec.colour, 38)
        sheet.fill(rounded(640, 816, 44, 44, 8), sheet.linear((0, "#f4dda2"), (1, "#8a6a2c"), way=(0, 0, 1, 1)))
        seam(sheet, "M600,432 L600,740", spec.colour, width=4)
        return
    _visor_cap(sheet, spec)


def _visor_cap(sheet: Sheet, spec: PictureSpec) -> None:
    """A cap from its side, the visor to the left."""
    crown = "M384,846 C356,640 452,470 668,462 C862,470 968,640 962,850 C930,896 420,910 384,846 Z"
    visor = "M396,790 C300,800 176,846 96,934 C84,956 100,972 134,968 C280,930 440,916 600,922 C640,922 650,900 640,880 C540,880 450,850 396,790 Z"
    sheet.cast(f"{crown} {visor}")
    folds = (
        Fold((470, 560), (440, 780), -10, 20, 0.5),
        Fold((900, 600), (930, 800), 12, 20, 0.7),
        Fold((700, 600), (720, 840), 10, 20, 0.4),
    )
    lay(sheet, Piece(crown, folds=folds, round=1.4), spec)
    for path in ("M668,462 C590,560 556,720 560,880", "M668,462 C780,560 826,720 824,884"):
        seam(sheet, path, spec.colour, width=4)
        for offset in (-9, 9):
            with sheet.turned(f"translate({offset} 0)"):
                sheet.stitches(path, tone.shaded(spec.colour, 0.4), 2, 0.45)
    for x, y in ((514, 600), (716, 590), (880, 640)):
        sheet.line(ellipse(x, y, 11, 11), tone.shaded(spec.colour, 0.5), 6, 0.8)
    sheet.fill(ellipse(668, 460, 26, 12), tone.shaded(spec.colour, 0.2))
    if spec.has("emblem"):
        with sheet.turned("translate(468 730) skewY(6) scale(0.85 1)"):
            sheet.fill(
                "M-52,-52 L-20,-52 L0,-22 L20,-52 L52,-52 L17,0 L52,52 L20,52 L0,22 L-20,52 L-52,52 L-17,0 Z",
                spec.second,
            )
    lay(sheet, Piece(visor, round=0.8, plain=True), spec, spec.second if spec.has("contrast") else "")
    for step in range(4):
        near = 26 + step * 22
        sheet.stitches(
            f"M{120 + near},{952 - near * 0.45:.0f} C{260 + near * 0.5:.0f},{900 - near * 0.5:.0f} 420,{908 - near * 0.8:.0f} 600,{914 - near * 0.45:.0f}",
            tone.shaded(spec.colour, 0.45),
            2.2,
            0.5,
        )


def _bucket(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    crown = mirrored("M600,470 C500,466 420,480 396,520 C376,640 360,720 350,800 C430,846 520,850 600,850")
    brim = mirrored("M600,836 C510,836 420,824 352,790 C300,860 250,920 214,980 C330,1046 470,1064 600,1064")
    sheet.cast(brim)
    lay(sheet, Piece(brim, round=1.1), spec)
    for step in range(4):
        low = 880 + step * 44
        reach = 300 + step * 26
        sheet.stitches(
            f"M{600 - reach},{low - 20} C{600 - reach * 0.5:.0f},{low + 30} {600 + reach * 0.5:.0f},{low + 30} {600 + reach},{low - 20}",
            tone.shaded(spec.colour, 0.45),
            2.2,
            0.5,
        )
    folds = (Fold((420, 560), (470, 800), 20, 20, 0.7), Fold((560, 500), (530, 720), -8, 16, 0.5))
    lay(sheet, Piece(crown, folds=(*folds, *flip_folds(folds)), round=1.2), spec)
    if back:
        seam(sheet, "M600,474 L600,848", spec.colour)
    else:
        sheet.fill(rounded(560, 730, 80, 56, 4), "#efe6d4")
        sheet.line("M580,756 L620,756", "#3a3638", 5)
    seam(sheet, "M396,536 C470,570 730,570 804,536", spec.colour, width=4)
    seam(sheet, "M352,796 C430,846 770,846 848,796", spec.colour, width=5)


def beanie(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A knitted hat with a turned-up rib; a bobble when asked for."""
    if spec.has("bobble"):
        _bobble(sheet, spec.second)
    crown = mirrored("M600,420 C450,420 340,530 316,700 C306,800 310,880 318,940 L600,960")
    sheet.cast(crown)
    folds = (Fold((470, 470), (420, 760), -16, 20, 0.6), Fold((560, 440), (540, 800), -8, 18, 0.5))
    lay(sheet, Piece(crown, knit=16 if spec.has("chunky") else 12, folds=(*folds, *flip_folds(folds)), round=1.2), spec)
    cuff = mirrored("M600,846 C480,846 380,836 300,818 C288,900 290,990 304,1060 C400,1088 500,1094 600,1094")
    sheet.cast(cuff, 0.3)
    band(sheet, cuff, spec, spec.second if spec.has("contrast") else "", pitch=22)
    if not back:
        sheet.fill(rounded(700, 960, 96, 62, 4), "#efe6d4")
        sheet.line("M722,984 L774,984", "#3a3638", 6)
        sheet.line("M734,1002 L762,1002", "#3a3638", 3, 0.6)


def _bobble(sheet: Sheet, colour: str) -> None:
    base = sheet.radial((0, tone.lit(colour, 0.5)), (0.6, colour), (1, tone.shaded(colour, 0.35)))
    sheet.fill(ellipse(600, 370, 112, 108), base)
    for step in range(48):
        with sheet.turned(f"rotate({step * 7.5} 600 370)"):
            sheet.line(
                f"M600,{290 + step % 3 * 14} C604,{270 + step % 4 * 8} 596,{262} {600 + step % 5 * 4 - 8},{250 + step % 3 * 6}",
                tone.shaded(colour, 0.2) if step % 2 else tone.lit(colour, 0.35),
                9,
                0.8,
            )


def scarf(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A scarf folded once, with fringes; `square` is a silk bandana."""
    if spec.cut == "square":
        _square(sheet, spec)
        return
    if back:
        roll = rounded(250, 560, 700, 480, 60)
        sheet.cast(roll)
        lay(
            sheet,
            Piece(
                roll,
                0,
                folds=(Fold((260, 720), (940, 700), 10, 22), Fold((260, 880), (940, 870), 12, 22)),
                round=1.4,
                knit=0 if not spec.has("knit") else 14,
            ),
            spec,
        )
        seam(sheet, "M250,800 C480,812 720,790 950,800", spec.colour, width=7)
        return
    knit = 13.0 if spec.has("knit") else 0.0
    for x, end, turn in ((650, 1230, 5), (470, 1160, -4)):
        with sheet.turned(f"rotate({turn} {x} 300)"):
            for step in range(15):
                fx = x - 112 + step * 16
                sheet.line(
                    f"M{fx},{end - 6} C{fx + 3},{end + 26} {fx - 4},{end + 50} {fx + step % 3 * 3 - 3},{end + 84}",
                    tone.shaded(spec.colour, 0.12 if step % 2 else 0.0),
                    7,
                )
            tail = f"M{x - 120},300 L{x + 120},300 C{x + 126},640 {x + 114},900 {x + 122},{end} C{x + 50},{end + 8} {x - 60},{end - 4} {x - 120},{end} C{x - 112},900 {x - 128},640 {x - 120},300 Z"
            sheet.cast(tail, 0.7)
            lay(
                sheet,
                Piece(
                    tail,
                    folds=(
                        Fold((x - 60, 340), (x - 70, end - 60), 10, 24),
                        Fold((x + 50, 420), (x + 30, end - 160), -12, 24),
                    ),
                    knit=knit,
                ),
                spec,
            )
    wrap = (
        "M330,300 C340,220 460,180 580,190 C720,190 810,230 812,310 C812,390 720,440 580,440 C440,440 330,400 330,300 Z"
    )
    sheet.cast(wrap, 0.5)
    lay(
        sheet,
        Piece(
            wrap,
            6,
            folds=(
                Fold((370, 320), (780, 330), 44, 18),
                Fold((380, 260), (760, 262), 30, 16),
                Fold((420, 380), (740, 384), 30, 14),
            ),
            round=1.3,
            knit=knit,
        ),
        spec,
    )


def _square(sheet: Sheet, spec: PictureSpec) -> None:
    outline = "M600,300 C760,470 900,620 1010,770 C880,900 750,1030 600,1180 C460,1040 320,900 190,770 C310,620 450,460 600,300 Z"
    sheet.cast(outline, 0.8)
    folds = (
        Fold((600, 320), (590, 1150), 26, 30),
        Fold((420, 500), (560, 1060), 20, 26, 0.8),
        Fold((780, 500), (660, 1060), -20, 26, 0.8),
    )
    lay(sheet, Piece(outline, folds=folds, round=0.8), spec)
    for inset, width in ((0.9, 16), (0.8, 5)):
        sheet.line(
            f"M600,{740 - 440 * inset:.0f} L{600 + 410 * inset:.0f},770 L600,{740 + 440 * inset:.0f} L{600 - 410 * inset:.0f},770 Z",
            spec.second,
            width,
            0.9,
        )


def socks(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A pair of socks side by side, heels and toes in the second colour when asked for."""
    sock = "M430,250 C500,262 580,262 640,250 C640,430 634,600 640,760 C650,830 740,900 820,980 C890,1050 870,1180 780,1200 C700,1216 640,1170 560,1090 C480,1010 424,930 420,820 C420,640 434,440 430,250 Z"
    cuff = (
        "M424,240 C500,256 580,256 646,240 C650,290 648,340 644,380 C580,394 500,394 428,380 C424,330 422,290 424,240 Z"
    )
    heel = "M420,800 C424,930 480,1010 546,1076 C590,1010 560,900 500,850 C470,824 440,810 420,800 Z"
    toe = "M790,950 C880,1030 880,1180 780,1200 C720,1212 680,1184 640,1160 C690,1120 760,1040 790,950 Z"
    trim = spec.second if spec.has("contrast") else ""
    for dx, dy, flip in ((-150, 20, False), (120, -30, False)) if not back else ((1300, 20, True), (1040, -30, True)):
        scale = "scale(-1 1)" if flip else ""
        with sheet.turned(f"translate({dx} {dy}) {scale}"):
            sheet.cast(sock, 0.7)
            folds = (
                Fold((440, 760), (600, 800), 14, 16),
                Fold((470, 840), (640, 820), 10, 14, 0.8),
                Fold((520, 420), (510, 700), -8, 18, 0.5),
            )
            lay(sheet, Piece(sock, folds=folds, knit=9), spec)
            if spec.has("contrast"):
                for path in (heel, toe):
                    lay(sheet, Piece(path, round=0.6, plain=True, knit=9), spec, trim)
            band(sheet, cuff, spec, trim, pitch=11)


def watch(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A wristwatch: colour is the strap, the second colour the dial."""
    for path in (
        "M512,560 C516,440 528,300 540,170 C580,158 620,158 660,170 C672,300 684,440 688,560 Z",
        "M512,940 C516,1060 528,1220 540,1330 C580,1346 620,1346 660,1330 C672,1220 684,1060 688,940 Z",
    ):
        sheet.cast(path, 0.6)
        lay(sheet, Piece(path, round=0.7), spec)
        sheet.stitches(path, tone.lit(spec.colour, 0.55), 2.6, 0.8)
    for y in range(1120, 1290, 46):
        sheet.fill(ellipse(600, y, 9, 9), tone.shaded(spec.colour, 0.7))
    steel = ("#f6e2ac", "#c7a152", "#77602b") if spec.has("gold") else ("#ffffff", "#b3b9c0", "#62676e")
    metal = sheet.linear((0, steel[0]), (0.45, steel[1]), (1, steel[2]), way=(0.1, 0, 0.9, 1))
    sheet.line("M532,176 L532,110 L668,110 L668,176", metal, 18)
    case = ellipse(600, 750, 236, 236) if spec.cut != "square" else rounded(380, 530, 440, 440, 84)
    sheet.cast(case, 0.7)
    sheet.fill(rounded(826, 722, 44, 56, 10), metal)
    sheet.fill(case, metal)
    if back:
        sheet.fill(
            ellipse(600, 750, 196, 196), sheet.linear((0, steel[1]), (0.5, steel[0]), (1, steel[1]), way=(0, 0, 1, 1))
        )
        sheet.line(ellipse(600, 750, 150, 150), steel[2], 3, 0.6)
        sheet.fill(lens((520, 660), (680, 840), 0, 20), "#ffffff", 0.3)
        return
    dial = ellipse(600, 750, 204, 204) if spec.cut != "square" else rounded(410, 560, 380, 380, 60)
    sheet.fill(
        dial, sheet.linear((0, tone.lit(spec.second, 0.2)), (1, tone.shaded(spec.second, 0.16)), way=(0, 0, 1, 1))
    )
    sheet.line(dial, "#1d1a24", 6, 0.3)
    ink = "#f4f0e8" if tone.lightness(spec.second) < 0.6 else "#2a2a30"
    for hour in range(12):
        with sheet.turned(f"rotate({hour * 30} 600 750)"):
            sheet.line(f"M600,572 L600,{600 if hour % 3 else 616}", ink, 5 if hour % 3 else 9)
    for turn, long, width in ((305, 104, 12), (54, 150, 8)):
        with sheet.turned(f"rotate({turn} 600 750)"):
            sheet.line(f"M604,{754 - long} L604,778", "#1d1a24", width, 0.18)
            sheet.line(f"M600,{750 - long} L600,772", ink, width)
    with sheet.turned("rotate(190 600 750)"):
        sheet.line("M600,590 L600,790", "#d9512f", 3.4)
    sheet.fill(ellipse(600, 750, 11, 11), "#d9512f")
    with sheet.inside(dial):
        sheet.fill("M400,560 L640,540 L480,960 L380,960 Z", "#ffffff", 0.1)


def sunglasses(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """Sunglasses: round, or with a straighter brow (`wayfarer`). Colour is the frame, the second colour the lens."""
    round_ = spec.cut == "round"
    one = (
        ellipse(390, 760, 168, 164)
        if round_
        else "M204,640 C300,612 460,616 548,644 C556,720 548,830 500,880 C430,922 320,918 262,866 C216,820 200,720 204,640 Z"
    )
    pair = (one, flipped(one))
    arm = (
        "M212,690 C180,640 200,560 300,500 L330,480"
        if not back
        else "M226,700 C120,560 200,360 330,300 C350,292 362,300 352,320"
    )
    for path in (arm, flipped(arm)):
        with sheet.turned("translate(10 16)"):
            sheet.line(path, "#1d1a24", 26, 0.14)
        sheet.line(path, tone.shaded(spec.colour, 0.35), 26)
        sheet.line(path, spec.colour, 18)
    sheet.cast(" ".join(pair), 0.8)
    glass = sheet.linear(
        (0, tone.shaded(spec.second, 0.5), 0.92), (1, tone.lit(spec.second, 0.25), 0.8), way=(0, 0, 0.2, 1)
    )
    bridge = "M540,700 C570,664 630,664 660,700"
    sheet.line(bridge, tone.shaded(spec.colour, 0.4), 34)
    sheet.line(bridge, spec.colour, 24)
    for path in pair:
        sheet.fill(path, glass)
        with sheet.inside(path):
            sheet.fill(
                "M180,560 L420,560 L250,960 L120,960 Z" if path == one else "M640,560 L880,560 L710,960 L580,960 Z",
                "#ffffff",
                0.14,
            )
        thick = 22 if round_ else 30
        sheet.line(path, tone.shaded(spec.colour, 0.4), thick)
        with sheet.turned("translate(-2 -3)"):
            sheet.line(path, spec.colour, thick - 7)
            sheet.line(path, tone.lit(spec.colour, 0.6), 4, 0.5)
    if spec.has("tortoise"):
        # Flecks along the rim, at places of their own rather than in rows.
        for path in pair:
            sheet.line(path, tone.shaded(spec.colour, 0.6), 17, 0.5, dash="26 34 12 48")
            sheet.line(path, tone.lit(spec.colour, 0.4), 12, 0.35, dash="14 62 8 30")
