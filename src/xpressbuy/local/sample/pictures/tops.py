"""Tops: tee, shirt, hoodie, sweater, jacket, all from one block of body, sleeves and neck.

Holds the cut of upper garments only; trousers, dresses and hats are beside.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from dataclasses import dataclass, replace

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.cloth import Fold, Piece, band, flip_folds, lay, seam
from xpressbuy.local.sample.pictures.outline import flipped, mirrored
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec


@dataclass(frozen=True, slots=True)
class Block:
    """The measures of an upper garment, as half widths from the centre line and heights down the sheet."""

    neck: float = 112
    neck_top: float = 300
    neck_drop: float = 96
    shoulder: float = 288
    shoulder_top: float = 352
    chest: float = 306
    armpit: float = 610
    waist: float = 300
    hem: float = 308
    bottom: float = 1190
    curve: float = 10
    """How far the hem sags in the middle; negative for shirt tails."""
    sleeve: str = "short"
    sleeve_reach: float = 466
    sleeve_end: float = 610
    sleeve_width: float = 188

    @property
    def body(self) -> str:
        """The body without sleeves, its front neckline included."""
        c = 600
        return mirrored(
            f"M{c},{self.neck_top + self.neck_drop} "
            f"C{c - self.neck * 0.62},{self.neck_top + self.neck_drop} {c - self.neck * 0.98},{self.neck_top + self.neck_drop * 0.55} {c - self.neck},{self.neck_top} "
            f"L{c - self.shoulder},{self.shoulder_top} "
            f"C{c - self.shoulder + 34},{self.shoulder_top + 90} {c - self.chest + 22},{self.armpit - 90} {c - self.chest},{self.armpit} "
            f"C{c - self.waist + 4},{self.armpit + 180} {c - self.waist},{self.bottom - 250} {c - self.hem},{self.bottom - 14} "
            f"C{c - self.hem * 0.6},{self.bottom + self.curve} {c - self.hem * 0.3},{self.bottom + self.curve} {c},{self.bottom + self.curve}"
        )

    @property
    def left_sleeve(self) -> str:
        """The viewer's left sleeve, from the shoulder seam to the cuff."""
        c = 600
        sx, sy, ax, ay = c - self.shoulder + 4, self.shoulder_top - 2, c - self.chest + 4, self.armpit + 4
        if self.sleeve == "short":
            ox, oy = c - self.sleeve_reach, self.sleeve_end - 40
            ix, iy = ox + self.sleeve_width * 0.8, oy + self.sleeve_width * 0.56
            return (
                f"M{sx},{sy} C{sx - 62},{sy + 26} {ox + 70},{oy - 130} {ox},{oy} "
                f"C{ox + 50},{oy + 46} {ix - 50},{iy - 22} {ix},{iy} "
                f"C{ix + 6},{iy - 14} {ax - 8},{ay + 10} {ax},{ay} C{ax + 20},{ay - 110} {sx + 42},{sy + 90} {sx},{sy} Z"
            )
        ox, oy = c - self.sleeve_reach, self.sleeve_end
        ix, iy = ox + self.sleeve_width * 0.66, oy + 22
        return (
            f"M{sx},{sy} C{sx - 78},{sy + 30} {sx - 112},{sy + 190} {ox + 58},{oy - 420} "
            f"C{ox + 24},{oy - 260} {ox + 6},{oy - 110} {ox},{oy} C{ox + 30},{oy + 16} {ix - 30},{iy + 4} {ix},{iy} "
            f"C{ix + 18},{iy - 160} {ix + 42},{iy - 300} {ax - 26},{ay + 120} "
            f"C{ax - 12},{ay + 70} {ax - 4},{ay + 40} {ax},{ay} C{ax + 20},{ay - 110} {sx + 42},{sy + 90} {sx},{sy} Z"
        )


FOLDS_BODY = (
    Fold((322, 640), (470, 860), 30, 20, 0.9),
    Fold((330, 760), (420, 1040), -16, 15, 0.7),
    Fold((430, 470), (392, 660), -14, 15, 0.6),
    Fold((520, 900), (470, 1170), 22, 18, 0.6),
)


def _sleeve_folds(block: Block) -> tuple[Fold, ...]:
    ax, ay = 600 - block.chest, block.armpit
    near = (
        Fold((ax + 2, ay - 50), (ax - 90, ay - 110), 16, 15, 0.9),
        Fold((ax - 4, ay - 8), (ax - 96, ay - 24), 10, 12, 0.7),
    )
    if block.sleeve == "short":
        return near
    ox, oy = 600 - block.sleeve_reach, block.sleeve_end
    return (
        *near,
        Fold((ax - 30, ay + 150), (ox + 40, oy - 320), -18, 18, 0.9),
        Fold((ox + 130, oy - 330), (ox + 24, oy - 250), 12, 14, 0.8),
        Fold((ox + 120, oy - 200), (ox + 14, oy - 120), 14, 13, 0.7),
    )


def shell(
    sheet: Sheet, spec: PictureSpec, block: Block, *, back: bool = False, sleeve_colour: str = "", knit: float = 0.0
) -> None:
    """Shadow, the inside of the neck, both sleeves and the body."""
    body, left = (replace(block, neck_drop=30) if back else block).body, block.left_sleeve
    right = flipped(left)
    angle = 38.0 if block.sleeve == "short" else 14.0
    sheet.cast(f"{body} {left} {right}")
    folds = _sleeve_folds(block)
    lay(sheet, Piece(left, angle, folds=folds, knit=knit), spec, sleeve_colour)
    lay(sheet, Piece(right, -angle, folds=flip_folds(folds), knit=knit), spec, sleeve_colour)
    lay(sheet, Piece(body, folds=(*FOLDS_BODY, *flip_folds(FOLDS_BODY[:3])), knit=knit), spec)
    # Where the sleeve is set in.
    for side in (1, -1):
        x = 600 - side * block.shoulder
        seam(
            sheet,
            f"M{x},{block.shoulder_top} C{x + side * 34},{block.shoulder_top + 90} {600 - side * (block.chest - 22)},{block.armpit - 90} {600 - side * block.chest},{block.armpit}",
            sleeve_colour or spec.colour,
        )


def neck_inside(sheet: Sheet, spec: PictureSpec, block: Block, colour: str = "") -> None:
    """The back of the neck seen from inside, with its tape and label."""
    base = colour or spec.colour
    n, top, drop = block.neck, block.neck_top, block.neck_drop
    path = mirrored(
        f"M600,{top + drop} C{600 - n * 0.62},{top + drop} {600 - n * 0.98},{top + drop * 0.55} {600 - n},{top} C{600 - n * 0.7},{top + 22} {600 - n * 0.3},{top + 26} 600,{top + 26}"
    )
    sheet.fill(path, sheet.linear((0, tone.shaded(base, 0.5)), (1, tone.shaded(base, 0.28)), way=(0, 0, 0.2, 1)))
    sheet.add(
        f'<rect x="572" y="{top + 34}" width="56" height="30" rx="3" fill="{tone.lit("#efe7da", 0.2)}"/>'
        f'<rect x="584" y="{top + 46}" width="32" height="4" rx="2" fill="#4a4650"/>'
    )


def neck_rib(block: Block, width: float, *, back: bool) -> str:
    """The ribbed collar, following the neckline; at the back it is shallow."""
    n, top = block.neck, block.neck_top
    drop = 30 if back else block.neck_drop
    m = n + width * 0.86
    low = drop + width
    return mirrored(
        f"M600,{top + drop} C{600 - n * 0.62},{top + drop} {600 - n * 0.98},{top + drop * 0.55} {600 - n + 3},{top - 4} "
        f"L{600 - m},{top + width * 0.3} C{600 - m * 0.98},{top + low * 0.62} {600 - m * 0.6},{top + low} 600,{top + low}"
    )


def _hem_stitches(sheet: Sheet, spec: PictureSpec, block: Block) -> None:
    dark = tone.shaded(spec.colour, 0.5)
    y, curve = block.bottom - 40, block.curve
    h = block.hem
    path = (
        f"M{600 - h + 6},{y - 14} C{600 - h * 0.6},{y + curve} {600 - h * 0.3},{y + curve} 600,{y + curve} "
        f"C{600 + h * 0.3},{y + curve} {600 + h * 0.6},{y + curve} {600 + h - 6},{y - 14}"
    )
    sheet.stitches(path, dark, 2.2, 0.5)


def tee(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """A T-shirt: crew, v or boxy, with or without pocket and contrast collar."""
    block = {
        "boxy": Block(
            chest=330,
            waist=330,
            hem=334,
            shoulder=318,
            shoulder_top=364,
            bottom=1130,
            sleeve_reach=486,
            sleeve_end=668,
            sleeve_width=206,
        ),
        "long": Block(sleeve="long", sleeve_reach=468, sleeve_end=1120, sleeve_width=176),
    }.get(spec.cut, Block())
    trim = spec.second if spec.has("ringer") else ""
    shell(sheet, spec, block, back=back)
    _finish_tee(sheet, spec, block, trim, back=back)


def _finish_tee(sheet: Sheet, spec: PictureSpec, block: Block, trim: str, *, back: bool) -> None:
    if not back:
        neck_inside(sheet, spec, block)
    band(sheet, neck_rib(block, 34, back=back), spec, trim, pitch=7)
    _hem_stitches(sheet, spec, block)
    if spec.has("pocket") and not back:
        pocket = "M664,560 L796,560 L796,700 L730,728 L664,700 Z"
        sheet.cast(pocket, 0.14)
        lay(
            sheet,
            Piece(pocket, round=0.3, plain=not spec.has("contrast") and spec.pattern != "stripe"),
            spec,
            spec.second if spec.has("contrast") else "",
        )
        sheet.stitches("M672,570 L672,696 L730,719 L788,696 L788,570", tone.shaded(spec.colour, 0.5), 2, 0.5)
        seam(sheet, "M664,580 L796,580", spec.colour, width=2.4)
