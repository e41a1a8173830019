"""Which template draws which kind, how it is framed in each view, and where a close-up looks.

The drawing itself is in the rooms by kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from xpressbuy.local.sample.pictures import (
    bags,
    bottoms,
    desk,
    layers,
    pots,
    references,
    rooms,
    shoes,
    tops,
    vessels,
    wearables,
)
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import HEIGHT, WIDTH, PictureSpec, View

Frame = tuple[float, float, float]
"""How many times larger, and how far right and down, a drawing is shown."""


class Drawing(Protocol):
    """A template: puts a thing on a sheet, seen from the front or from its other side."""

    def __call__(self, sheet: Sheet, spec: PictureSpec, *, back: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Scale:
    """What stands beside a product to tell its size, and how both are framed."""

    reference: Callable[[Sheet, float, float, float], None]
    words: str
    x: float
    y: float
    unit: float
    """A centimetre at the product's own scale."""
    frame: Frame = (0.86, -130, 0)


@dataclass(frozen=True, slots=True)
class Template:
    """How a kind is drawn and shown."""

    drawing: Drawing
    focus: Frame
    """Where the close-up looks: how many times nearer, and at which x and y."""
    other: View = "back"
    standing: bool = False
    frame: Frame = (1.0, 0, 0)
    frames: Mapping[str, Frame] = field(default_factory=dict)
    """Other frames for some cuts: shorts are shown larger than trousers."""
    scale: Scale | None = None

    @property
    def views(self) -> tuple[View, ...]:
        """The views this kind has, the front first."""
        return ("front", self.other, "detail", "scale") if self.scale else ("front", self.other, "detail")


PAPERBACK = "beside a paperback for size"
MATCHBOX = "beside a matchbox for size"

TEMPLATES: Mapping[str, Template] = {
    "tee": Template(tops.tee, (2.75, 600, 430), frame=(1.08, 0, 10)),
    "shirt": Template(layers.shirt, (2.5, 600, 460), frame=(1.04, 0, 10), frames={"camp": (1.08, 0, 50)}),
    "hoodie": Template(layers.hoodie, (2.25, 600, 420), frame=(1.02, 0, 60), frames={"crew": (1.04, 0, 20)}),
    "sweater": Template(layers.sweater, (2.5, 600, 420), frame=(1.04, 0, 40)),
    "jacket": Template(layers.jacket, (2.25, 640, 500), frame=(1.02, 0, 40), frames={"coat": (1, 0, -20)}),
    "trousers": Template(bottoms.trousers, (2.5, 560, 330), frames={"shorts": (1.4, 0, 330)}),
    "skirt": Template(bottoms.skirt, (2.25, 560, 420), frames={"mini": (1.3, 0, 220)}),
    "dress": Template(bottoms.dress, (2.25, 600, 520), frame=(1.03, 0, -30)),
    "sneaker": Template(shoes.sneaker, (2.25, 560, 840), "side", standing=True, frame=(1, -10, -60)),
    "boot": Template(shoes.boot, (2.0, 720, 640), "side", standing=True, frame=(1, -10, 0)),
    "loafer": Template(shoes.loafer, (2.25, 560, 900), "side", standing=True, frame=(1, -10, -110)),
    "tote": Template(bags.tote, (2.25, 520, 660)),
    "backpack": Template(bags.backpack, (2.0, 500, 880), frame=(1.02, 0, 0)),
    "satchel": Template(bags.satchel, (2.0, 560, 820), frame=(1.08, 0, 70)),
    "wallet": Template(
        bags.wallet, (2.5, 420, 700), frame=(1.25, 0, 0),
        scale=Scale(references.coin, "beside a coin for size", 1060, 960, 58, (0.95, -60, 0)),
    ),
    "belt": Template(bags.belt, (2.25, 340, 1080), frame=(1.05, 0, -80)),
    "cap": Template(wearables.cap, (2.25, 560, 760), frame=(1.05, 40, 30)),
    "beanie": Template(wearables.beanie, (2.5, 700, 900), frame=(1.15, 0, 0)),
    "scarf": Template(wearables.scarf, (2.25, 560, 1080)),
    "socks": Template(wearables.socks, (2.5, 420, 420), frame=(1, 0, 30)),
    "watch": Template(wearables.watch, (2.25, 640, 760)),
    "sunglasses": Template(wearables.sunglasses, (2.25, 400, 740), frame=(1.15, 0, 30)),
    "mug": Template(
        vessels.mug, (2.25, 690, 720), "side", standing=True, frame=(1.22, 0, -80),
        scale=Scale(references.matchbox, MATCHBOX, 900, 1176, 58, (0.98, -110, -40)),
    ),
    "bowl": Template(vessels.bowl, (2.25, 420, 860), "side", standing=True, frame=(1.12, 0, -130)),
    "vase": Template(
        vessels.vase, (2.25, 600, 640), "side", standing=True, frame=(1.06, 0, 0), frames={"jar": (1.2, 0, -70)},
        scale=Scale(references.paperback, PAPERBACK, 880, 1150, 31),
    ),
    "planter": Template(pots.planter, (2.25, 480, 800), "side", standing=True, frame=(1.12, 0, -50)),
    "candle": Template(
        pots.candle, (2.0, 600, 760), "side", standing=True, frame=(1.15, 0, -90),
        scale=Scale(references.matchbox, MATCHBOX, 900, 1170, 52, (0.98, -130, -40)),
    ),
    "bottle": Template(
        pots.bottle, (2.25, 600, 420), "side", standing=True,
        scale=Scale(references.paperback, PAPERBACK, 820, 1200, 34, (0.92, -120, -20)),
    ),
    "lamp": Template(rooms.lamp, (2.0, 560, 660), "side", standing=True),
    "cushion": Template(rooms.cushion, (2.25, 380, 520), frame=(1.14, 0, -10)),
    "blanket": Template(rooms.blanket, (2.0, 760, 900), frame=(1.08, 0, -90), frames={"towels": (1.15, 0, -70)}),
    "notebook": Template(
        desk.notebook, (2.25, 720, 1020),
        scale=Scale(references.pencil, "beside a pencil for size", 1050, 420, 41, (0.9, -90, 0)),
    ),
    "pen": Template(desk.pen, (2.5, 700, 560), "side", frame=(1.2, -20, 0)),
    "headphones": Template(desk.headphones, (2.25, 800, 900), "side", standing=True),
    "speaker": Template(desk.speaker, (2.25, 780, 960), "side", standing=True, frame=(1.08, 0, -90)),
}  # fmt: skip


def _move(frame: Frame) -> str:
    """The transform that enlarges a drawing about the middle of the sheet and shifts it."""
    larger, right, down = frame
    return (
        f"translate({WIDTH / 2 + right:.0f} {HEIGHT / 2 + down:.0f}) scale({larger}) "
        f"translate({-WIDTH / 2:.0f} {-HEIGHT / 2:.0f})"
    )


def _shown(frame: Frame) -> tuple[float, float, float, float]:
    """The part of a drawing that stays in the picture when framed so."""
    larger, right, down = frame
    x, y = WIDTH / 2 - right / larger, HEIGHT / 2 - down / larger
    half, tall = WIDTH / 2 / larger, HEIGHT / 2 / larger
    return x - half, y - tall, x + half, y + tall


def render(spec: PictureSpec, view: View) -> str:
    """The SVG of a view."""
    template = TEMPLATES[spec.kind]
    if view == "detail":
        near, x, y = template.focus
        frame = (near, (WIDTH / 2 - x) * near, (HEIGHT / 2 - y) * near)
    elif view == "scale" and template.scale:
        frame = template.scale.frame
    else:
        frame = template.frames.get(spec.cut, template.frame)
    sheet = Sheet(close=view == "detail", window=_shown(frame))
    sheet.panel(spec.colour, standing=template.standing and view != "detail")
    with sheet.turned(_move(frame)):
        template.drawing(sheet, spec, back=view in ("back", "side"))
        if view == "scale" and template.scale:
            template.scale.reference(sheet, template.scale.x, template.scale.y, template.scale.unit)
    return sheet.svg()
