"""Trousers, jeans, shorts, skirts and dresses: what hangs from the waist or the shoulders.

Holds outlines and details of these; how cloth is lit and creased is in `cloth`.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.cloth import Fold, Piece, band, flip_folds, lay, seam
from xpressbuy.local.sample.pictures.layers import HORN, button
from xpressbuy.local.sample.pictures.outline import ellipse, flipped, mirrored
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec

COPPER = "#b9764a"
LEGS = {
    # outer hip, knee and hem, inner hem, and how far down: as distances from the centre line.
    "straight": (236, 226, 214, 34, 1350),
    "tapered": (240, 208, 172, 40, 1330),
    "wide": (232, 268, 300, 26, 1350),
    "shorts": (242, 262, 272, 22, 860),
}
WAIST, WAIST_Y, HIP_Y, CROTCH_Y = 178, 170, 400, 590


def _leg(cut: str) -> str:
    hip, knee, hem, inner, end = LEGS[cut]
    middle = (CROTCH_Y + end) / 2
    return (
        f"M600,{WAIST_Y} C540,{WAIST_Y + 8} 470,{WAIST_Y + 6} {600 - WAIST},{WAIST_Y - 4} C{600 - WAIST - 20},{WAIST_Y + 90} {600 - hip},{HIP_Y - 90} {600 - hip},{HIP_Y} "
        f"C{600 - hip},{HIP_Y + 120} {600 - knee - 4},{middle - 120} {600 - knee},{middle} C{600 - knee + 2},{middle + 140} {600 - hem},{end - 160} {600 - hem},{end} "
        f"C{600 - hem * 0.7},{end + 14} {600 - inner - 60},{end + 14} {600 - inner},{end + 4} C{600 - inner + 4},{end - 200} 592,{middle} 596,{CROTCH_Y + 6} L600,{CROTCH_Y - 10} Z"
    )


def trousers(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """Chinos and jeans; `jeans` in features brings twill, orange thread and rivets."""
    cut = spec.cut or "straight"
    jeans = spec.has("jeans")
    leg = _leg(cut)
    end = LEGS[cut][4]
    thread = "#d39a4e" if jeans else tone.shaded(spec.colour, 0.45)
    sheet.cast(f"{leg} {flipped(leg)}")
    folds = (
        Fold((590, 560), (470, 640), 20, 18),
        Fold((586, 520), (450, 520), 16, 15, 0.8),
        *(
            (
                Fold((400, 930), (520, 960), 18, 15, 0.8),
                Fold((410, 1010), (500, 1030), 14, 12, 0.7),
                Fold((480, 700), (470, 1250), 10, 18, 0.6),
            )
            if end > 1000
            else (Fold((450, 640), (420, 840), 10, 16, 0.6),)
        ),
    )
    for path, creases in ((leg, folds), (flipped(leg), flip_folds(folds))):
        lay(sheet, Piece(path, folds=creases, twill=jeans), spec)
        if jeans and spec.has("washed") and end > 1000:
            _wash(sheet, spec, path)
    seam(sheet, f"M600,{WAIST_Y + 60} L598,{CROTCH_Y}", spec.colour)
    waistband = mirrored(
        f"M600,{WAIST_Y - 16} C540,{WAIST_Y - 8} 470,{WAIST_Y - 10} {600 - WAIST + 4},{WAIST_Y - 22} L{600 - WAIST - 8},{WAIST_Y + 44} C470,{WAIST_Y + 58} 540,{WAIST_Y + 60} 600,{WAIST_Y + 58}"
    )
    if spec.has("drawstring"):
        band(sheet, waistband, spec, pitch=14)
        for path in ("M588,205 C570,290 560,330 566,380", "M612,205 C630,280 640,330 628,400"):
            sheet.line(path, tone.shaded(spec.second, 0.15), 8)
            sheet.line(path, spec.second, 5)
    else:
        lay(sheet, Piece(waistband, round=0.5, twill=jeans), spec)
        sheet.stitches(
            f"M{600 - WAIST - 4},{WAIST_Y + 36} C470,{WAIST_Y + 50} 540,{WAIST_Y + 50} 600,{WAIST_Y + 50} C660,{WAIST_Y + 50} 730,{WAIST_Y + 50} {600 + WAIST + 4},{WAIST_Y + 36}",
            thread,
        )
        for x in (-140, -64, 64, 140):
            loop = f"M{600 + x - 9},{WAIST_Y - 24} L{600 + x + 9},{WAIST_Y - 24} L{600 + x + 9},{WAIST_Y + 62} L{600 + x - 9},{WAIST_Y + 62} Z"
            sheet.cast(loop, 0.1)
            lay(sheet, Piece(loop, round=0.4, twill=jeans), spec)
    (_seat if back else _fly)(sheet, spec, thread, jeans=jeans)
    for side in (1, -1):
        hem, inner = LEGS[cut][2], LEGS[cut][3]
        sheet.stitches(
            f"M{600 - side * (hem - 2)},{end - 34} C{600 - side * hem * 0.7},{end - 20} {600 - side * (inner + 60)},{end - 20} {600 - side * (inner + 3)},{end - 30}",
            thread,
            2.2,
            0.6,
        )


def _wash(sheet: Sheet, spec: PictureSpec, path: str) -> None:
    """Where worn denim pales: the thigh."""
    glow = sheet.radial(
        (0, tone.lit(spec.colour, 0.75), 0.5), (1, tone.lit(spec.colour, 0.75), 0), at=(0.5, 0.5), radius=0.5
    )
    with sheet.inside(path):
        for x in (478, 722):
            sheet.fill(ellipse(x, 760, 100, 330), glow)


def _fly(sheet: Sheet, spec: PictureSpec, thread: str, *, jeans: bool) -> None:
    sheet.stitches("M650,232 L650,430 C648,500 622,532 600,546", thread)
    if jeans:
        sheet.stitches("M641,232 L641,428 C640,488 620,518 602,530", thread)
    for mouth in (
        ("M440,224 C446,300 404,348 372,352", "M760,224 C754,300 796,348 828,352")
        if jeans
        else ("M452,226 L386,400", "M748,226 L814,400")
    ):
        seam(sheet, mouth, spec.colour, width=4)
        with sheet.turned("translate(0 10)"):
            sheet.stitches(mouth, thread)
    if not spec.has("drawstring"):
        button(sheet, 612, WAIST_Y + 18, 14, COPPER if jeans else HORN)
    if jeans:
        for x, y in ((441, 236), (380, 352), (759, 236), (820, 352)):
            sheet.fill(ellipse(x, y, 6, 6), sheet.radial((0, "#f0c79b"), (1, "#8a5230")))


def _seat(sheet: Sheet, spec: PictureSpec, thread: str, *, jeans: bool) -> None:
    for x in (414, 650):
        pocket = f"M{x},330 L{x + 136},330 L{x + 132},480 L{x + 68},510 L{x + 4},480 Z"
        if jeans:
            sheet.cast(pocket, 0.14)
            lay(sheet, Piece(pocket, round=0.35, twill=True), spec)
            sheet.stitches(f"M{x + 8},340 L{x + 11},474 L{x + 68},500 L{x + 125},474 L{x + 128},340", thread)
            sheet.stitches(f"M{x + 8},352 L{x + 128},352", thread)
        else:
            seam(sheet, f"M{x},352 L{x + 136},352", spec.colour, width=6)
            button(sheet, x + 68, 376, 9, HORN)
    seam(sheet, "M382,300 C460,286 560,330 600,352 C640,330 740,286 818,300", spec.colour)
    if jeans:
        sheet.fill("M700,156 L772,152 L774,214 L702,218 Z", "#a8703f")
        sheet.stitches("M705,161 L767,157 L769,209 L707,213 Z", "#e6cfa6", 2)


def skirt(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A-line midi, pleated, or short with buttons down the front."""
    short = spec.cut == "mini"
    end = 920 if short else 1240
    hem = 330 if short else 420
    outline = mirrored(
        f"M600,250 C550,256 480,254 430,244 C404,340 {600 - hem + 60},{end - 300} {600 - hem},{end - 30} C{600 - hem * 0.6},{end + 22} {600 - hem * 0.25},{end + 30} 600,{end + 30}"
    )
    sheet.cast(outline)
    folds: tuple[Fold, ...] = (
        Fold((500, 330), (400, end - 60), -14, 24),
        Fold((560, 420), (520, end), 10, 20, 0.8),
        Fold((456, 360), (330, end - 140), -10, 18, 0.8),
    )
    lay(sheet, Piece(outline, folds=(*folds, *flip_folds(folds)), round=1.1), spec)
    if spec.cut == "pleated":
        _pleats(sheet, spec, outline, end, hem)
    waist = mirrored("M600,226 C550,232 480,230 432,220 L426,278 C480,292 550,296 600,294")
    if spec.cut == "pleated":
        band(sheet, waist, spec)
    else:
        lay(sheet, Piece(waist, round=0.5, plain=True), spec)
    if back:
        seam(sheet, "M600,232 L600,470", spec.colour, width=6)
        sheet.fill("M594,236 L606,236 L604,270 L596,270 Z", "#b9bec4")
    if short and not back:
        seam(sheet, f"M624,294 L626,{end + 28}", spec.colour)
        for number in range(6):
            button(sheet, 600, 260 + number * 118, 14, HORN)
    else:
        sheet.stitches(
            f"M{600 - hem + 8},{end - 66} C{600 - hem * 0.6},{end - 14} {600 - hem * 0.25},{end - 6} 600,{end - 6} C{600 + hem * 0.25},{end - 6} {600 + hem * 0.6},{end - 14} {600 + hem - 8},{end - 66}",
            tone.shaded(spec.colour, 0.45),
            2.2,
            0.5,
        )


def _pleats(sheet: Sheet, spec: PictureSpec, outline: str, end: float, hem: float) -> None:
    """Knife pleats: each one a lit face and a dark valley, fanning to the hem."""
    dark, light = tone.shaded(spec.colour, 0.6), tone.lit(spec.colour, 0.55)
    count = 13
    with sheet.inside(outline):
        for step in range(count):
            top = 430 + step * 340 / count
            low = 600 - hem + step * 2 * hem / count
            wide_top, wide_low = 340 / count, 2 * hem / count
            face = sheet.linear((0, light, 0.3), (0.5, light, 0.02), (0.8, dark, 0.16), (1, dark, 0.5))
            sheet.fill(
                f"M{top:.0f},285 L{top + wide_top:.0f},285 L{low + wide_low:.0f},{end + 40} L{low:.0f},{end + 40} Z",
                face,
            )
            sheet.line(f"M{top + wide_top:.0f},285 L{low + wide_low:.0f},{end + 40}", dark, 2.4, 0.4)


FOLDS_DRESS = (
    Fold((470, 680), (360, 1240), -18, 26),
    Fold((530, 700), (470, 1340), 12, 24, 0.9),
    Fold((430, 560), (520, 640), 12, 14, 0.7),
    Fold((446, 760), (300, 1180), -10, 16, 0.7),
)


def dress(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A dress: `slip` on straps, `wrap` crossing in front, `tee` straight with short sleeves."""
    if spec.cut == "slip":
        _slip(sheet, spec, back=back)
        return
    if back:
        neckline = "M600,240 C556,240 514,224 494,190"
    else:
        neck = 250 if spec.cut == "wrap" else 100
        neckline = f"M600,{200 + neck} C570,{180 + neck * 0.7} 510,{190 + neck * 0.2} 494,190"
    body = mirrored(
        f"{neckline} L384,230 C400,320 372,400 378,470 C392,540 424,590 430,660 C392,820 300,1080 268,1310 C400,1360 520,1366 600,1366"
    )
    sleeve = (
        "M386,228 C330,256 270,360 236,470 C280,520 330,540 374,548 C378,520 376,500 378,470 C372,400 400,320 386,228 Z"
    )
    sheet.cast(" ".join((body, sleeve, flipped(sleeve))))
    crease = (Fold((372, 430), (300, 400), 14, 13), Fold((374, 500), (290, 470), 10, 12))
    lay(sheet, Piece(sleeve, 34, folds=crease), spec)
    lay(sheet, Piece(flipped(sleeve), -34, folds=flip_folds(crease)), spec)
    lay(sheet, Piece(body, folds=(*FOLDS_DRESS, *flip_folds(FOLDS_DRESS))), spec)
    if not back:
        _bodice(sheet, spec, spec.cut)
    if spec.cut == "wrap":
        _sash(sheet, spec, tied=not back)


def _slip(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A dress on two thin straps, cut lower and rounder behind."""
    neckline = "M600,392 C560,392 524,372 500,318" if back else "M600,420 C560,400 540,372 508,322"
    body = mirrored(
        f"{neckline} C492,300 474,304 462,330 C450,380 436,420 410,452 C424,560 430,620 420,720 C392,900 340,1100 312,1330 C420,1372 520,1378 600,1378"
    )
    for x in (484, 716):
        far = x + (600 - x) * 0.34
        behind = (
            f"M{far:.0f},130 C{far + 6:.0f},200 {far + (600 - far) * 0.5:.0f},280 {far + (600 - far) * 0.4:.0f},420"
        )
        before = f"M{x},330 C{x + (600 - x) * 0.04:.0f},260 {x + (600 - x) * 0.2:.0f},170 {far:.0f},130"
        sheet.line(behind, tone.shaded(spec.colour, 0.4), 8)
        sheet.line(before, tone.shaded(spec.colour, 0.2), 11)
        sheet.line(before, spec.colour, 8)
    sheet.cast(body)
    lay(sheet, Piece(body, folds=(*FOLDS_DRESS, *flip_folds(FOLDS_DRESS))), spec)
    if back:
        seam(sheet, "M600,394 L600,1376", spec.colour)
        return
    edge = (
        "M470,334 C480,312 492,310 504,330 C536,380 560,408 600,428 C640,408 664,380 696,330 C708,310 720,312 730,334"
    )
    sheet.stitches(edge, tone.shaded(spec.colour, 0.45), 2.2, 0.5)


def _sash(sheet: Sheet, spec: PictureSpec, *, tied: bool) -> None:
    """The belt of a wrap dress, with its knot and tails in front."""
    belt = mirrored("M600,640 C540,640 480,634 428,626 L430,678 C480,688 540,692 600,692")
    sheet.cast(belt, 0.14)
    lay(sheet, Piece(belt, round=0.5), spec)
    if not tied:
        return
    for tail in (
        "M480,690 C470,760 452,840 440,900 L476,906 C484,840 492,760 500,692 Z",
        "M500,690 C512,760 520,800 530,850 L560,842 C548,790 532,740 520,690 Z",
    ):
        sheet.cast(tail, 0.2)
        lay(sheet, Piece(tail, round=0.5), spec)
    knot = "M470,636 C490,628 520,632 530,646 C534,668 522,690 500,692 C476,690 464,664 470,636 Z"
    lay(sheet, Piece(knot, round=0.8), spec)


def _bodice(sheet: Sheet, spec: PictureSpec, cut: str) -> None:
    """The neckline from inside, and the crossing front of a wrap dress."""
    if cut == "wrap":
        sheet.fill(
            "M494,190 C510,240 570,355 600,450 C630,355 690,240 706,190 C660,214 540,214 494,190 Z",
            sheet.linear((0, tone.shaded(spec.colour, 0.52)), (1, tone.shaded(spec.colour, 0.3)), way=(0, 0, 0, 1)),
        )
        over = "M690,186 C700,180 712,186 722,196 C690,330 640,440 470,632 L432,628 C540,500 660,360 690,186 Z"
        sheet.cast(over, 0.16)
        lay(sheet, Piece(over, -40, round=0.5), spec)
        seam(sheet, "M494,190 C510,240 560,340 588,424", spec.colour, width=4)
        seam(sheet, "M560,694 C580,900 560,1150 590,1364", spec.colour, width=4)
    else:
        sheet.fill(
            mirrored("M600,300 C570,250 510,210 494,190 C540,214 570,216 600,216"), tone.shaded(spec.colour, 0.4)
        )
        band(sheet, mirrored("M600,300 C570,250 520,230 494,188 L470,198 C490,250 560,300 600,330"), spec, pitch=7)
