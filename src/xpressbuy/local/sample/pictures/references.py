"""Things everybody knows the size of, set beside a product: a paperback, a matchbox, a coin, a pencil.

Drawn at the product's own scale, which the caller knows; nothing here is for sale.
"""

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.outline import ellipse, rounded
from xpressbuy.local.sample.pictures.sheet import Sheet

PAPER = "#f2e9d8"


def paperback(sheet: Sheet, x: float, floor: float, unit: float) -> None:
    """A paperback standing up, 18 by 11 cm; `unit` is a centimetre."""
    wide, tall = 11 * unit, 18 * unit
    sheet.ground(x + wide / 2, floor, wide * 0.52, 0.16)
    sheet.fill(rounded(x + 8, floor - tall + 4, wide, tall, 4), tone.shaded(PAPER, 0.35))
    cover = rounded(x, floor - tall, wide, tall, 5)
    sheet.fill(cover, sheet.linear((0, "#f3dcc6"), (0.04, "#d98a6b"), (0.07, "#e6b096"), (1, "#cf8466")))
    sheet.fill(ellipse(x + wide * 0.54, floor - tall * 0.44, wide * 0.26, wide * 0.26), PAPER)
    sheet.fill(ellipse(x + wide * 0.62, floor - tall * 0.47, wide * 0.2, wide * 0.2), "#d98a6b")
    for number, share in enumerate((0.5, 0.34)):
        y = floor - tall * (0.86 - number * 0.05)
        sheet.line(f"M{x + wide * 0.2:.0f},{y:.0f} L{x + wide * (0.2 + share):.0f},{y:.0f}", PAPER, unit * 0.3)


def matchbox(sheet: Sheet, x: float, floor: float, unit: float) -> None:
    """A matchbox on its long side, 5.3 by 3.6 cm."""
    wide, tall = 5.3 * unit, 3.6 * unit
    sheet.ground(x + wide / 2, floor, wide * 0.54, 0.16)
    sheet.fill(f"M{x},{floor - tall} l{unit * 0.7},{-unit * 0.5} h{wide} l{-unit * 0.7},{unit * 0.5} Z", "#efe2c9")
    sheet.fill(
        f"M{x + wide},{floor - tall} l{unit * 0.7},{-unit * 0.5} v{tall} l{-unit * 0.7},{unit * 0.5} Z", "#6f5a48"
    )
    sheet.fill(rounded(x, floor - tall, wide, tall, 3), sheet.linear((0, "#e8b04e"), (1, "#cf8f33")))
    sheet.fill(rounded(x + unit * 0.3, floor - tall + unit * 0.3, wide - unit * 0.6, tall - unit * 0.6, 3), PAPER)
    sheet.fill(ellipse(x + wide / 2, floor - tall / 2, unit * 0.9, unit * 0.9), "#c4593a")
    sheet.line(f"M{x + wide / 2},{floor - tall / 2 + unit * 0.6} v{-unit * 1.1}", PAPER, unit * 0.16)


def coin(sheet: Sheet, x: float, y: float, unit: float) -> None:
    """A coin lying flat, 2.4 cm across."""
    radius = 1.2 * unit
    sheet.fill(ellipse(x + 8, y + 11, radius * 1.03, radius * 1.03), "#1d1a24", 0.2)
    sheet.fill(
        ellipse(x, y, radius, radius), sheet.linear((0, "#f7f3ea"), (0.5, "#c3beb2"), (1, "#8d887c"), way=(0, 0, 1, 1))
    )
    sheet.line(ellipse(x, y, radius * 0.86, radius * 0.86), "#8d887c", 3, 0.7)
    sheet.line(
        f"M{x - radius * 0.3},{y + radius * 0.3} L{x},{y - radius * 0.42} L{x + radius * 0.3},{y + radius * 0.3} Z",
        "#8d887c",
        6,
        0.7,
    )


def pencil(sheet: Sheet, x: float, y: float, unit: float) -> None:
    """A pencil lying upright, 17.5 cm long."""
    wide, long = 0.75 * unit, 17.5 * unit
    body = f"M{x},{y} h{wide} v{long - 2 * unit} l{-wide / 2},{2 * unit} l{-wide / 2},{-2 * unit} Z"
    with sheet.turned("translate(9 12)"):
        sheet.fill(body, "#1d1a24", 0.16)
    sheet.fill(body, "#ecd0a2")
    sheet.fill(
        f"M{x},{y} h{wide} v{long - 2 * unit} h{-wide} Z",
        sheet.linear(
            (0, "#f0c86a"), (0.34, "#e9bb4f"), (0.35, "#d9a53a"), (0.7, "#d9a53a"), (0.71, "#b5842a"), (1, "#a87a26")
        ),
    )
    sheet.fill(
        f"M{x + wide * 0.38:.1f},{y + long - 0.5 * unit:.1f} h{wide * 0.24:.1f} l{-wide * 0.12:.1f},{0.5 * unit:.1f} Z",
        "#2a2a30",
    )
    sheet.fill(f"M{x},{y} h{wide} v{-unit * 0.9} h{-wide} Z", "#d98a8a")
