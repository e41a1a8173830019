"""Which template draws which kind, how it is framed in each view, and where a close-up looks.

The drawing itself is in the rooms by kind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from xpressbuy.local.sample.pictures import tops
from xpressbuy.local.sample.pictures.sheet import Sheet
from xpressbuy.local.sample.pictures.spec import HEIGHT, WIDTH, PictureSpec, View


class Drawing(Protocol):
    """A template: puts a thing on a sheet, seen from the front or from its other side."""

    def __call__(self, sheet: Sheet, spec: PictureSpec, *, back: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Template:
    """How a kind is drawn and shown."""

    drawing: Drawing
    focus: tuple[float, float, float]
    """Where the close-up looks: x, y and how many times nearer."""
    other: View = "back"
    standing: bool = False
    scale: Callable[[Sheet], None] | None = None

    @property
    def views(self) -> tuple[View, ...]:
        """The views this kind has, the front first."""
        return ("front", self.other, "detail", *(("scale",) if self.scale else ()))


TEMPLATES: dict[str, Template] = {
    "tee": Template(tops.tee, (600, 430, 2.7)),
}


def render(spec: PictureSpec, view: View) -> str:
    """The SVG of a view."""
    template = TEMPLATES[spec.kind]
    if view == "detail":
        x, y, near = template.focus
        half, tall = WIDTH / 2 / near, HEIGHT / 2 / near
        sheet = Sheet(close=True, window=(x - half, y - tall, x + half, y + tall))
        sheet.panel(spec.colour, standing=False)
        with sheet.turned(f"translate({600 - x * near:.0f} {750 - y * near:.0f}) scale({near})"):
            template.drawing(sheet, spec, back=False)
    else:
        sheet = Sheet()
        sheet.panel(spec.colour, standing=template.standing)
        template.drawing(sheet, spec, back=view in ("back", "side"))
    return sheet.svg()
