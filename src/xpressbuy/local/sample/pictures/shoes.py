"""Shoes from the side: sneakers, boots, loafers. A pair in front, a single shoe from the other side.

Holds outlines and details of these only.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.cloth import Fold, Piece, lay, seam
from xpressbuy.local.sample.pictures.outline import bounds, ellipse
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import PictureSpec

GROUND = 1085


def _sole(sheet: Sheet, path: str, colour: str, *, line: str = "") -> None:
    """A rubber sole: lit along its upper edge, dark underneath."""
    with sheet.inside(path):
        sheet.fill(
            path,
            sheet.linear((0, tone.lit(colour, 0.4)), (0.45, colour), (1, tone.shaded(colour, 0.34)), way=(0, 0, 0, 1)),
        )
        sheet.fill(path, sheet.linear((0, "#ffffff", 0.22), (0.4, "#ffffff", 0), (1, "#1d1a24", 0.2)))
        if line:
            left, top, right, bottom = bounds(path)
            y = top + (bottom - top) * 0.66
            sheet.line(
                f"M{left - 10},{y} C{left + 200},{y + 18} {right - 300},{y + 16} {right + 10},{y - 4}", line, 7, 0.9
            )


def _pair(sheet: Sheet, spec: PictureSpec, one: "Shoe", *, back: bool) -> None:
    """Two shoes, the farther one higher and behind; or one alone, turned round."""
    if back:
        with sheet.turned("translate(1200 0) scale(-1 1)"):
            sheet.ground(590, GROUND - 6, 430, 0.12)
            one(sheet, spec)
        return
    if not sheet.close:
        with sheet.turned("translate(150 -92) scale(0.9)"):
            sheet.ground(600, GROUND - 6, 430, 0.12, 0.8)
            one(sheet, spec)
    with sheet.turned("translate(-24 34)"):
        sheet.ground(590, GROUND - 6, 440, 0.12)
        one(sheet, spec)


class Shoe:
    """A drawing of one shoe, toe to the left."""

    def __call__(self, sheet: Sheet, spec: PictureSpec) -> None: ...


def _laces(
    sheet: Sheet, colour: str, rows: int, line: tuple[tuple[float, float], tuple[float, float]], wide: float
) -> None:
    (x0, y0), (x1, y1) = line
    for row in range(rows):
        share = row / max(1, rows - 1)
        x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        path = f"M{x - wide * 0.5:.0f},{y - wide * 0.16:.0f} C{x - wide * 0.1:.0f},{y - wide * 0.3:.0f} {x + wide * 0.3:.0f},{y:.0f} {x + wide * 0.5:.0f},{y + wide * 0.34:.0f}"
        with sheet.turned("translate(3 6)"):
            sheet.line(path, "#1d1a24", 16, 0.25)
        sheet.line(path, tone.shaded(colour, 0.18), 16)
        sheet.line(path, colour, 10)
        sheet.fill(ellipse(x + wide * 0.5, y + wide * 0.36, 8, 8), tone.shaded(colour, 0.65))


class Sneaker(Shoe):
    """Low court shoe, canvas high-top, or a runner on a thick sole."""

    def __call__(self, sheet: Sheet, spec: PictureSpec) -> None:
        """Draws it."""
        high, runner = spec.cut == "high", spec.cut == "runner"
        collar = (
            "M985,980 C1000,860 984,640 968,470 C962,444 940,440 916,446 C866,456 800,456 756,438 C730,428 712,440 706,466 C690,560 640,690 560,770 C500,824 400,846 320,862 C236,880 190,914 180,960 L184,1000 Z"
            if high
            else "M985,980 C1006,880 996,770 982,690 C974,652 946,650 922,668 C884,694 826,702 778,676 C764,650 752,628 734,610 C708,590 680,602 668,630 C610,730 528,792 440,826 C330,858 236,870 188,930 C172,956 172,980 178,1000 Z"
        )
        creases = (Fold((420, 850), (350, 960), 14, 12, 0.8), Fold((470, 830), (420, 960), 12, 10, 0.6))
        lay(sheet, Piece(collar, folds=creases, round=0.9), spec)
        inner = (
            "M756,440 C800,458 866,458 916,448 C930,444 946,446 952,452 C930,486 790,490 756,440 Z"
            if high
            else "M778,678 C826,704 884,696 922,670 C936,660 952,658 962,664 C930,726 812,734 778,678 Z"
        )
        sheet.fill(inner, tone.shaded(spec.second if spec.has("lined") else spec.colour, 0.55))
        self._panels(sheet, spec, high=high)
        if high:
            _laces(sheet, "#f1ebdf", 7, ((738, 520), (530, 826)), 70)
        else:
            _laces(sheet, "#f1ebdf", 5, ((702, 672), (508, 830)), 76)
        rubber = spec.second if spec.has("gum") else "#efe9dd"
        if runner:
            _sole(
                sheet,
                "M176,950 C140,980 130,1040 170,1070 C220,1092 560,1086 700,1086 C860,1088 980,1090 1024,1060 C1056,1010 1040,940 1000,920 C800,990 420,1000 176,950 Z",
                rubber,
                line=spec.second,
            )
        else:
            _sole(
                sheet,
                "M172,962 C150,986 146,1050 170,1074 C240,1092 900,1092 966,1082 C1006,1074 1012,1010 1000,956 C700,990 420,990 172,962 Z",
                rubber,
                line=spec.second,
            )

    def _panels(self, sheet: Sheet, spec: PictureSpec, *, high: bool) -> None:
        trim = spec.second if spec.has("panels") else tone.shaded(spec.colour, 0.06)
        toe = "M188,930 C230,872 300,862 372,846 C400,890 404,950 396,1000 L176,1000 C170,976 174,952 188,930 Z"
        heel = (
            "M990,990 C1004,900 1000,800 986,716 L880,760 C872,860 884,940 896,990 Z"
            if not high
            else "M990,990 C1000,880 992,760 982,640 L900,690 C890,820 896,930 902,990 Z"
        )
        for path in (toe, heel):
            lay(sheet, Piece(path, round=0.5, plain=True), spec, "#efe9dd" if high and path == toe else trim)
            sheet.stitches(path, tone.shaded(spec.colour, 0.45), 2.2, 0.55)
        eyestay = (
            "M668,632 C610,732 528,794 446,824 C470,850 500,862 540,850 C620,822 700,744 742,660 Z"
            if not high
            else "M706,470 C690,562 640,692 560,772 C530,796 500,812 470,826 C500,856 540,858 580,832 C668,764 738,620 764,470 Z"
        )
        lay(sheet, Piece(eyestay, round=0.4, plain=True), spec, trim if not high else "")
        sheet.stitches(eyestay, tone.shaded(spec.colour, 0.45), 2.2, 0.5)
        if spec.has("stripe"):
            for shift in (0, 56):
                with sheet.turned(f"translate({shift} 0)"):
                    sheet.fill("M640,800 L672,786 L760,976 L722,978 Z", spec.second)
        elif not high:
            seam(sheet, "M560,846 C640,900 760,900 884,800", spec.colour)
        if high:
            sheet.fill(ellipse(846, 640, 46, 46), "#f3eee4")
            sheet.fill(
                "M826,622 L838,622 L846,634 L854,622 L866,622 L852,641 L866,660 L854,660 L846,648 L838,660 L826,660 L840,641 Z",
                spec.second,
            )


class Boot(Shoe):
    """Chelsea with elastic sides, or laced."""

    def __call__(self, sheet: Sheet, spec: PictureSpec) -> None:
        """Draws it."""
        shaft = "M946,1000 C962,900 950,800 944,700 C940,600 946,500 944,400 C860,384 740,384 668,404 C672,520 676,620 648,700 C600,800 480,820 380,850 C270,880 206,920 196,990 L200,1010 L940,1010 Z"
        creases = (
            Fold((700, 740), (880, 770), 18, 14),
            Fold((650, 790), (800, 840), 16, 14, 0.9),
            Fold((430, 850), (390, 960), 12, 12, 0.7),
        )
        lay(sheet, Piece(shaft, folds=creases, round=1.1), spec)
        with sheet.inside(shaft), sheet.soft(14, (200, 820, 520, 1000)):
            sheet.fill(ellipse(330, 905, 90, 26), tone.lit(spec.colour, 0.8), 0.5)
        sheet.fill("M668,404 C740,384 860,384 944,400 C880,420 740,424 668,404 Z", tone.shaded(spec.colour, 0.6))
        if spec.cut == "laced":
            tongue = "M668,404 C660,380 690,360 730,366 L760,404 C740,560 700,700 560,820 C520,846 470,836 480,826 C580,790 660,720 668,404 Z"
            lay(sheet, Piece(tongue, round=0.5), spec)
            _laces(sheet, spec.second, 7, ((734, 440), (560, 806)), 84)
            seam(sheet, "M560,850 C700,880 840,860 950,800", spec.colour)
            lay(sheet, Piece("M926,400 L956,396 C962,360 930,350 926,400 Z", round=0.4), spec)
        elif spec.cut == "rubber":
            self._rubber(sheet, spec, shaft)
        else:
            gore = "M742,420 L872,420 C866,520 850,640 812,744 C772,640 750,520 742,420 Z"
            sheet.fill(gore, tone.shaded(spec.second, 0.1))
            with sheet.inside(gore):
                for step in range(14):
                    sheet.line(f"M{738 + step * 10},414 L{770 + step * 6},750", tone.shaded(spec.second, 0.6), 3, 0.6)
            sheet.stitches(gore, tone.lit(spec.colour, 0.3), 2.2, 0.6)
            lay(sheet, Piece("M908,408 L944,402 L944,356 C932,336 912,340 908,360 Z", round=0.5), spec)
        rubber = (
            "#c9a877" if spec.has("crepe") else tone.shaded(spec.second, 0.3) if spec.cut == "rubber" else "#2c2724"
        )
        seam(sheet, "M196,984 C420,1004 760,1000 944,984", spec.colour, width=5)
        sheet.stitches("M200,994 C420,1014 760,1010 944,994", "#e2cfa8", 3, 0.8)
        _sole(
            sheet,
            "M190,1000 C180,1020 184,1044 200,1050 L640,1056 C660,1058 670,1040 690,1038 L700,1088 L952,1088 C960,1050 958,1020 952,1000 Z",
            rubber,
        )

    def _rubber(self, sheet: Sheet, spec: PictureSpec, shaft: str) -> None:
        """What makes a boot rubber: a moulded rim, ribs round the toe, and a long wet shine."""
        with sheet.inside(shaft):
            sheet.fill(
                "M640,440 C740,424 860,424 960,440 L960,476 C860,460 740,460 640,476 Z", tone.lit(spec.second, 0.1)
            )
            for y in (952, 972):
                sheet.line(f"M190,{y} C420,{y + 22} 760,{y + 18} 960,{y}", tone.shaded(spec.colour, 0.5), 5, 0.6)
            with sheet.soft(9, (680, 480, 790, 820)):
                sheet.line("M712,510 C722,600 720,700 690,780", "#ffffff", 20, 0.4)
        sheet.fill(ellipse(840, 560, 34, 34), tone.shaded(spec.colour, 0.25))
        sheet.fill(
            "M820,544 L832,544 L840,555 L848,544 L860,544 L846,562 L860,580 L848,580 L840,569 L832,580 L820,580 L834,562 Z",
            spec.second,
        )


class Loafer(Shoe):
    """A loafer with a strap, or a clog on a cork bed."""

    def __call__(self, sheet: Sheet, spec: PictureSpec) -> None:
        """Draws it."""
        if spec.cut == "clog":
            self._clog(sheet, spec)
            return
        upper = "M985,1010 C1000,940 1000,870 984,800 C976,772 950,776 940,800 C880,850 760,852 690,800 C660,776 630,770 590,786 C480,830 300,840 220,920 C190,954 184,990 190,1012 Z"
        lay(sheet, Piece(upper, folds=(Fold((600, 850), (540, 960), 14, 12, 0.8),), round=1.0), spec)
        with sheet.inside(upper), sheet.soft(12, (200, 850, 520, 1000)):
            sheet.fill(ellipse(330, 925, 84, 20), tone.lit(spec.colour, 0.85), 0.5)
        sheet.fill(
            "M690,800 C760,852 880,850 940,800 C948,782 960,776 970,782 C950,872 740,890 690,800 Z",
            tone.shaded(spec.second, 0.35),
        )
        seam(
            sheet,
            "M600,790 C470,840 360,850 300,900 C330,930 420,920 560,880 C600,866 640,840 660,812",
            spec.colour,
            width=6,
        )
        for step in range(12):
            sheet.line(f"M{318 + step * 22},{890 - step * 6} l10,22", tone.shaded(spec.colour, 0.5), 4, 0.5)
        strap = "M690,802 C660,778 630,772 592,786 C570,860 580,930 600,1006 L710,1006 C690,930 690,860 716,822 Z"
        sheet.cast(strap, 0.15)
        lay(sheet, Piece(strap, round=0.5), spec)
        if spec.has("penny"):
            sheet.fill("M610,850 L690,846 L686,876 L650,868 L614,882 Z", tone.shaded(spec.colour, 0.6))
        sheet.stitches("M600,800 C582,870 592,940 610,1000", tone.lit(spec.colour, 0.35), 2.4, 0.6)
        _sole(
            sheet,
            "M188,1004 C180,1024 186,1046 204,1050 L660,1054 L676,1044 L690,1086 L986,1086 C994,1050 994,1024 988,1004 Z",
            "#33291f" if not spec.has("gum") else "#b98a57",
        )

    def _clog(self, sheet: Sheet, spec: PictureSpec) -> None:
        _sole(
            sheet,
            "M180,1000 C160,1030 166,1074 196,1082 L990,1082 C1020,1070 1024,1020 1000,984 C800,960 620,1010 460,1006 C340,1002 240,972 180,1000 Z",
            "#5d4a3a",
        )
        _sole(
            sheet,
            "M184,980 C168,1000 170,1026 190,1036 L992,1036 C1016,1020 1014,980 996,950 C800,930 620,980 460,980 C340,980 240,950 184,980 Z",
            "#c7a074",
        )
        upper = "M186,992 C186,900 270,862 400,838 C520,806 600,754 664,756 C720,776 760,860 784,976 C640,1000 320,1010 186,992 Z"
        lay(sheet, Piece(upper, folds=(Fold((560, 800), (500, 960), 14, 12, 0.7),)), spec)
        seam(sheet, "M400,838 C430,900 440,950 436,1000", spec.colour)
        strap = "M470,812 C540,784 610,752 664,756 C688,764 706,784 720,810 C640,830 560,850 500,884 Z"
        sheet.cast(strap, 0.2)
        lay(sheet, Piece(strap, round=0.5), spec)
        sheet.stitches(strap, tone.lit(spec.colour, 0.35), 2.2, 0.6)
        sheet.line("M566,792 l46,-16 l14,44 l-46,18 Z", "#c8a55a", 9)
        sheet.line("M572,816 l44,-14", "#8a6a2c", 6)


def sneaker(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """Sneakers."""
    _pair(sheet, spec, Sneaker(), back=back)


def boot(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """Boots."""
    _pair(sheet, spec, Boot(), back=back)


def loafer(sheet: Sheet, spec: PictureSpec, *, back: bool) -> None:
    """Loafers and clogs."""
    _pair(sheet, spec, Loafer(), back=back)
