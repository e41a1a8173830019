"""Shirts, hoodies, sweaters and jackets: the garments with collars, closures and ribs, over the block in `tops`.

Holds their finishing only; the block, its sleeves and folds are in `tops`.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.cloth import Fold, Piece, band, lay, seam
from xpressbuy.local.sample.pictures.outline import ellipse, flipped, mirrored, rounded
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec
from xpressbuy.local.sample.pictures.tops import Block, neck_inside, neck_rib, shell

HORN = "#5a4a3c"


def button(sheet: Sheet, x: float, y: float, radius: float, colour: str) -> None:
    """A four-hole button with its small shadow."""
    sheet.fill(ellipse(x + radius * 0.3, y + radius * 0.45, radius * 1.08, radius * 1.08), "#1d1a24", 0.3)
    face = sheet.radial((0, tone.lit(colour, 0.5)), (0.7, colour), (1, tone.shaded(colour, 0.3)))
    sheet.fill(ellipse(x, y, radius, radius), face)
    sheet.line(ellipse(x, y, radius * 0.66, radius * 0.66), tone.shaded(colour, 0.4), radius * 0.12, 0.5)
    for dx in (-0.22, 0.22):
        for dy in (-0.22, 0.22):
            sheet.fill(
                ellipse(x + dx * radius, y + dy * radius, radius * 0.11, radius * 0.11), tone.shaded(colour, 0.7)
            )


def _cuffs(sheet: Sheet, spec: PictureSpec, block: Block, *, rib: bool, colour: str = "") -> None:
    """A cuff at the end of each long sleeve."""
    ox, oy = 600 - block.sleeve_reach, block.sleeve_end
    ix, iy = ox + block.sleeve_width * 0.66, oy + 22
    tall = 74
    cuff = f"M{ox + 2},{oy - 12} C{ox + 34},{oy + 2} {ix - 30},{iy - 10} {ix + 1},{iy - 12} L{ix - 6},{iy + tall - 8} C{ix - 40},{iy + tall} {ox + 34},{oy + tall + 8} {ox + 6},{oy + tall - 8} Z"
    for path in (cuff, flipped(cuff)):
        if rib:
            band(sheet, path, spec, colour, pitch=9)
        else:
            lay(sheet, Piece(path, round=0.6, plain=spec.pattern in ("stripe", "block")), spec, colour)
    if not rib:
        button(sheet, ox + 30, oy + 34, 8, tone.lit(spec.colour, 0.75))


def _waistband(sheet: Sheet, spec: PictureSpec, block: Block, tall: float, colour: str = "") -> None:
    """The ribbed hem of a sweater or hoodie."""
    h, y = block.hem, block.bottom
    path = mirrored(
        f"M600,{y + block.curve - tall * 0.35} C{600 - h * 0.5},{y + block.curve - tall * 0.35} {600 - h * 0.8},{y - tall * 0.5} {600 - h - 2},{y - tall * 0.6} "
        f"C{600 - h + 2},{y - tall * 0.2} {600 - h + 8},{y + tall * 0.2} {600 - h + 14},{y + tall * 0.45} C{600 - h * 0.7},{y + tall * 0.6} {600 - h * 0.3},{y + block.curve + tall * 0.55} 600,{y + block.curve + tall * 0.55}"
    )
    band(sheet, path, spec, colour, pitch=10)


def _leaf(cut: str) -> str:
    """The left half of a collar: pointed, or open as on a camp shirt."""
    if cut == "camp":
        return "M500,282 C506,330 540,400 594,486 L552,470 L520,520 L444,344 C456,312 478,292 500,282 Z"
    return "M497,282 C512,340 556,384 598,398 L600,414 L546,486 L440,340 C452,310 474,290 497,282 Z"


def _placket(sheet: Sheet, spec: PictureSpec, block: Block, top: float, *, buttons: int, horn: str) -> None:
    """The strip down the front with its buttons."""
    bottom = block.bottom + block.curve - 2
    sheet.line(f"M577,{top} L577,{bottom - 2}", tone.shaded(spec.colour, 0.5), 2.4, 0.45)
    strip = sheet.linear((0, "#1d1a24", 0.16), (1, "#1d1a24", 0), way=(0, 0, 1, 0))
    sheet.fill(f"M624,{top} L642,{top} L642,{bottom - 4} L624,{bottom} Z", strip)
    sheet.line(f"M624,{top} L624,{bottom}", tone.shaded(spec.colour, 0.6), 3, 0.6)
    sheet.line(f"M583,{top} L583,{bottom - 2}", tone.lit(spec.colour, 0.5), 1.6, 0.4)
    sheet.stitches(f"M616,{top} L616,{bottom - 2}", tone.shaded(spec.colour, 0.45), 1.8, 0.5)
    step = (bottom - 90 - top) / (buttons - 0.4)
    for number in range(buttons):
        button(sheet, 600, top + 34 + number * step, 11, horn)


def shirt(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A shirt with buttons; `camp` is short-sleeved with an open collar, `overshirt` is heavier with two pockets."""
    camp = spec.cut == "camp"
    block = (
        Block(
            neck=106,
            neck_drop=150,
            shoulder=306,
            shoulder_top=356,
            chest=322,
            waist=320,
            hem=322,
            bottom=1110,
            sleeve_reach=482,
            sleeve_end=668,
            sleeve_width=206,
        )
        if camp
        else Block(
            neck=104,
            neck_drop=110,
            sleeve="long",
            bottom=1180,
            curve=52,
            sleeve_reach=470,
            sleeve_end=1090,
            sleeve_width=178,
        )
    )
    shell(sheet, spec, block, back=back)
    horn = tone.lit(spec.colour, 0.78) if spec.cut != "overshirt" else HORN
    if not camp:
        _cuffs(sheet, spec, block, rib=False)
    if back:
        seam(sheet, "M318,420 C420,436 780,436 882,420", spec.colour)
        sheet.line("M588,434 L588,1220 M612,434 L612,1220", tone.shaded(spec.colour, 0.5), 2.4, 0.28)
        lay(
            sheet,
            Piece(mirrored("M600,276 C552,276 512,280 494,292 L470,338 C520,356 560,360 600,360"), round=0.5),
            spec,
        )
        return
    neck_inside(sheet, spec, block)
    _placket(sheet, spec, block, 470 if camp else 400, buttons=5 if camp else 7, horn=horn)
    if camp:
        sheet.fill("M578,420 L622,420 L622,470 L600,486 Z", tone.shaded(spec.colour, 0.2))
    leaf = _leaf(spec.cut)
    for path, angle in ((leaf, 30.0), (flipped(leaf), -30.0)):
        sheet.cast(path, 0.22)
        lay(sheet, Piece(path, angle, round=0.55), spec)
    if not camp:
        button(sheet, 600, 424, 10, horn)
    for x in (664, 404) if spec.cut == "overshirt" else (664,):
        if spec.cut == "overshirt" or not spec.has("no-pocket"):
            _pocket(sheet, spec, x, 560, flap=spec.cut == "overshirt")


def _pocket(
    sheet: Sheet,
    spec: PictureSpec,
    x: float,
    y: float,
    *,
    flap: bool,
    width: float = 132,
    tall: float = 156,
    colour: str = "",
) -> None:
    """A patch pocket, its pattern a little out of line with the body's as on real shirts."""
    path = f"M{x},{y} L{x + width},{y} L{x + width},{y + tall - 26} L{x + width / 2},{y + tall} L{x},{y + tall - 26} Z"
    sheet.cast(path, 0.16)
    lay(sheet, Piece(path, round=0.32), spec, colour)
    base = colour or spec.colour
    sheet.stitches(
        f"M{x + 7},{y + 8} L{x + 7},{y + tall - 30} L{x + width / 2},{y + tall - 8} L{x + width - 7},{y + tall - 30} L{x + width - 7},{y + 8}",
        tone.shaded(base, 0.5),
        2,
        0.55,
    )
    if flap:
        lid = f"M{x - 5},{y - 14} L{x + width + 5},{y - 14} L{x + width + 5},{y + 26} L{x + width / 2},{y + 50} L{x - 5},{y + 26} Z"
        sheet.cast(lid, 0.14)
        lay(sheet, Piece(lid, round=0.4), spec, colour)
        button(sheet, x + width / 2, y + 26, 10, HORN)
    else:
        seam(sheet, f"M{x + 3},{y + 22} L{x + width - 3},{y + 22}", base, width=2.2)


HOOD = mirrored("M600,148 C520,146 454,186 446,262 C444,296 452,322 470,352 C500,400 560,440 600,452")
HOOD_MOUTH = mirrored("M600,196 C548,196 508,226 504,276 C502,322 548,384 600,416")


def hoodie(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A hooded sweatshirt, or without the hood a plain one (`crew`)."""
    block = Block(
        neck=108,
        neck_drop=84,
        shoulder=300,
        chest=322,
        waist=326,
        hem=310,
        bottom=1130,
        sleeve="long",
        sleeve_reach=486,
        sleeve_end=1050,
        sleeve_width=206,
    )
    trim = spec.second if spec.has("contrast") else ""
    shell(sheet, spec, block, back=back, sleeve_colour=spec.second if spec.has("raglan") else "")
    _cuffs(sheet, spec, block, rib=True, colour=trim)
    _waistband(sheet, spec, block, 80, trim)
    if spec.cut == "crew":
        if not back:
            neck_inside(sheet, spec, block)
            sheet.line("M586,452 L600,478 L614,452", tone.shaded(spec.colour, 0.5), 2.4, 0.5)
        band(sheet, neck_rib(block, 42, back=back), spec, trim, pitch=8)
        if spec.has("emblem") and not back:
            sheet.fill(
                "M560,640 L592,640 L600,654 L608,640 L640,640 L616,676 L640,712 L608,712 L600,698 L592,712 L560,712 L584,676 Z",
                spec.second,
            )
        return
    sheet.cast(HOOD, 0.4)
    lay(
        sheet,
        Piece(
            HOOD,
            folds=(Fold((470, 250), (500, 380), -10, 14), Fold((730, 250), (700, 380), 10, 14)),
            round=0.9,
            plain=True,
        ),
        spec,
    )
    if back:
        seam(sheet, "M600,150 L600,450", spec.colour)
        return
    sheet.fill(
        HOOD_MOUTH,
        sheet.linear((0, tone.shaded(spec.colour, 0.62)), (1, tone.shaded(spec.colour, 0.34)), way=(0, 0, 0.2, 1)),
    )
    seam(
        sheet,
        "M600,196 C548,196 508,226 504,276 C502,322 548,384 600,416 C652,384 698,322 696,276 C692,226 652,196 600,196",
        spec.colour,
    )
    pocket = mirrored("M600,860 L470,860 C462,900 430,980 398,1020 L398,1092 L600,1092")
    sheet.cast(pocket, 0.2)
    lay(sheet, Piece(pocket, round=0.4), spec)
    sheet.stitches("M464,870 C454,910 424,984 406,1010", tone.shaded(spec.colour, 0.5), 2.2, 0.6)
    sheet.stitches("M736,870 C746,910 776,984 794,1010", tone.shaded(spec.colour, 0.5), 2.2, 0.6)
    cord = trim or tone.lit(spec.colour, 0.5)
    for path in ("M572,404 C560,470 566,540 556,620", "M628,404 C642,470 632,520 640,590"):
        with sheet.turned("translate(5 7)"):
            sheet.line(path, "#1d1a24", 9, 0.22)
        sheet.line(path, tone.shaded(cord, 0.2), 9)
        sheet.line(path, cord, 5)


def sweater(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A knitted sweater: crew, roll neck or a buttoned cardigan."""
    cardigan = spec.cut == "cardigan"
    block = Block(
        neck=112,
        neck_drop=240 if cardigan else 84,
        shoulder=302,
        chest=320,
        waist=322,
        hem=312,
        bottom=1120,
        sleeve="long",
        sleeve_reach=488,
        sleeve_end=1040,
        sleeve_width=212,
    )
    gauge = 15.0 if spec.has("chunky") else 10.0
    trim = spec.second if spec.has("contrast") else ""
    shell(sheet, spec, block, back=back, knit=gauge)
    _cuffs(sheet, spec, block, rib=True, colour=trim)
    _waistband(sheet, spec, block, 92, trim)
    if spec.has("cable") and not back and not cardigan:
        _cables(sheet, spec)
    if spec.cut == "roll":
        roll = mirrored("M600,214 C548,212 506,220 490,236 C484,280 484,330 478,372 C516,408 560,420 600,420")
        sheet.cast(roll, 0.25)
        band(sheet, roll, spec, pitch=12)
        seam(sheet, "M492,300 C530,326 670,326 708,300", spec.colour, width=4)
        return
    if back:
        band(sheet, neck_rib(block, 40, back=True), spec, trim, pitch=9)
        return
    neck_inside(sheet, spec, block)
    if not cardigan:
        band(sheet, neck_rib(block, 46, back=False), spec, trim, pitch=9)
        return
    edge = f"M{600 - 118},296 C{600 - 110},420 {600 - 40},520 578,560 L578,1160 L622,1160 L622,560 C560,520 {600 - 66},400 {600 - 74},318 Z"
    right = "M718,296 C710,420 660,500 622,548 L622,580 C662,540 752,420 748,318 Z"
    band(sheet, right, spec, trim, pitch=9)
    band(sheet, edge, spec, trim, pitch=9)
    for number in range(5):
        button(sheet, 600, 590 + number * 126, 15, HORN)


def _cables(sheet: Sheet, spec: PictureSpec) -> None:
    """Three plaits down the front."""
    dark, light = tone.shaded(spec.colour, 0.55), tone.lit(spec.colour, 0.6)
    for x in (462, 600, 738):
        for side in (-30, 30):
            sheet.line(f"M{x + side},440 L{x + side},1080", dark, 5, 0.3)
        for step in range(10):
            y = 440 + step * 62
            sheet.line(f"M{x - 17},{y} C{x - 17},{y + 30} {x + 17},{y + 32} {x + 17},{y + 62}", dark, 17, 0.32)
            sheet.line(f"M{x - 18},{y - 2} C{x - 18},{y + 28} {x + 15},{y + 30} {x + 15},{y + 60}", light, 12, 0.4)
            sheet.line(f"M{x + 17},{y} C{x + 17},{y + 18} {x + 8},{y + 24} {x + 5},{y + 28}", dark, 15, 0.28)
            sheet.line(f"M{x - 5},{y + 36} C{x - 9},{y + 40} {x - 17},{y + 46} {x - 17},{y + 62}", dark, 15, 0.28)


def jacket(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A chore jacket; `puffer` is quilted with a standing collar, `coat` is long with lapels."""
    bottom = {"coat": 1290, "puffer": 1090}.get(spec.cut, 1120)
    block = Block(
        neck=112,
        neck_drop=130,
        shoulder=312,
        chest=336,
        waist=338,
        hem=346,
        bottom=bottom,
        sleeve="long",
        sleeve_reach=500,
        sleeve_end=1070 if bottom < 1200 else 1130,
        sleeve_width=216,
    )
    shell(sheet, spec, block, back=back)
    if spec.cut == "puffer":
        _quilt(sheet, spec, block)
    else:
        _cuffs(sheet, spec, block, rib=False)
    if back:
        if spec.cut != "puffer":
            seam(sheet, "M600,330 L600,1120", spec.colour)
            seam(sheet, "M312,430 C420,444 780,444 888,430", spec.colour)
        lay(
            sheet,
            Piece(
                mirrored("M600,270 C548,270 506,276 486,292 L462,346 C520,366 560,370 600,370"), round=0.6, plain=True
            ),
            spec,
        )
        return
    neck_inside(sheet, spec, block)
    if spec.cut == "puffer":
        _zip(sheet, spec, block)
        return
    coat = spec.cut == "coat"
    _placket(sheet, spec, block, 640 if coat else 430, buttons=3 if coat else 5, horn=HORN)
    leaf = (
        "M492,270 C508,380 560,520 600,640 L590,668 L470,500 L506,458 L430,420 L424,350 C440,314 466,284 492,270 Z"
        if coat
        else "M494,270 C508,350 552,412 600,438 L540,520 L424,352 C438,314 466,286 494,270 Z"
    )
    lapel_colour = spec.second if spec.has("collar") else ""
    for path, angle in ((leaf, 24.0), (flipped(leaf), -24.0)):
        sheet.cast(path, 0.28)
        lay(sheet, Piece(path, angle, round=0.6, plain=True), spec, lapel_colour)
    sizes = ((372, 850, 168, 190), (660, 850, 168, 190)) if not coat else ((368, 880, 172, 200), (660, 880, 172, 200))
    for x, y, width, tall in sizes:
        _pocket(sheet, spec, x, y, flap=coat, width=width, tall=tall)
    if not coat:
        _pocket(sheet, spec, 660, 570, flap=False, width=138, tall=150)


def _quilt(sheet: Sheet, spec: PictureSpec, block: Block) -> None:
    """Baffles of a down jacket: each swells between two seams."""
    dark, light = tone.shaded(spec.colour, 0.65), tone.lit(spec.colour, 0.7)
    pitch = 92
    sleeves = (block.left_sleeve, flipped(block.left_sleeve))
    for path in (*sleeves, block.body):
        tilt = 0 if path == block.body else (16 if path == sleeves[0] else -16)
        with (
            sheet.inside(path),
            sheet.turned(f"rotate({tilt} {600 + (0 if not tilt else -380 if tilt > 0 else 380)} 700)"),
        ):
            for step in range(12):
                y = 330 + step * pitch
                swell = sheet.linear(
                    (0, dark, 0.3),
                    (0.16, dark, 0.02),
                    (0.3, light, 0.34),
                    (0.6, light, 0.06),
                    (0.8, dark, 0.04),
                    (1, dark, 0.3),
                    way=(0, 0, 0, 1),
                )
                sheet.add(f'<rect x="40" y="{y}" width="1120" height="{pitch}" fill="{swell}"/>')
                sheet.line(
                    f"M40,{y} C300,{y + 12} 400,{y - 6} 600,{y + 6} C800,{y + 14} 900,{y - 8} 1160,{y}", dark, 3, 0.5
                )
                for x in range(150, 1100, 74):
                    wild = (x * 7 + step * 131) % 40 - 20
                    sheet.line(f"M{x + wild},{y + 2} l{wild * 0.3:.0f},{18 + abs(wild) * 0.5:.0f}", dark, 4, 0.16)


def _zip(sheet: Sheet, spec: PictureSpec, block: Block) -> None:
    collar = mirrored("M600,236 C548,236 508,244 490,262 C482,310 480,350 470,384 C510,424 560,440 600,444")
    sheet.cast(collar, 0.25)
    lay(sheet, Piece(collar, round=0.9, plain=True), spec, spec.second if spec.has("contrast") else "")
    sheet.line(f"M600,250 L600,{block.bottom + 6}", tone.shaded(spec.colour, 0.6), 20, 0.8)
    sheet.line(f"M600,250 L600,{block.bottom + 6}", "#c9c4bb", 8, 1, dash="5 4")
    sheet.fill(rounded(592, 290, 16, 54, 7), sheet.linear((0, "#f4f1ea"), (1, "#8f8a80")))
    for side in (1, -1):
        seam(sheet, f"M{600 - side * 250},900 L{600 - side * 206},1010", spec.colour, width=6)
