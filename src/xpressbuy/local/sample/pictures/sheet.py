"""The sheet a picture is drawn on: definitions, soft shadows, clipping, the tinted panel and the ground.

Holds what every template shares about light (always from the top left); knows no product.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

from collections.abc import Iterator
from contextlib import contextmanager

from xpressbuy.local.sample.pictures import colour as tone
from xpressbuy.local.sample.pictures.outline import Box, bounds, ellipse
from xpressbuy.local.sample.pictures.spec import HEIGHT, WIDTH

Stop = tuple[float, str] | tuple[float, str, float]


class Sheet:
    """Collects the markup of one picture; every shape is added from the back to the front."""

    def __init__(self, *, close: bool = False, window: Box = (0, 0, WIDTH, HEIGHT)) -> None:
        self.close = close
        """Whether the viewer is near enough to see the weave."""
        self.window = window
        """The part of the drawing that will be seen; what lies outside need not be drawn."""
        self._definitions: list[str] = []
        self._body: list[str] = []
        self._names: dict[str, str] = {}

    def define(self, markup: str) -> str:
        """Keeps a definition (with {id} in it) once and returns its name."""
        if markup not in self._names:
            name = f"d{len(self._names)}"
            self._names[markup] = name
            self._definitions.append(markup.replace("{id}", name, 1))
        return self._names[markup]

    def add(self, *markup: str) -> None:
        """Puts markup on top of what is there."""
        self._body.extend(markup)

    def fill(self, path: str, paint: str, opacity: float = 1.0) -> None:
        """A filled shape."""
        faint = "" if opacity == 1 else f' fill-opacity="{opacity}"'
        self.add(f'<path d="{path}" fill="{paint}"{faint}/>')

    def line(self, path: str, paint: str, width: float, opacity: float = 1.0, dash: str = "") -> None:
        """A drawn line with round ends."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.add(
            f'<path d="{path}" fill="none" stroke="{paint}" stroke-width="{width}" stroke-opacity="{opacity}" '
            f'stroke-linecap="{"butt" if dash else "round"}" stroke-linejoin="round"{dashes}/>'
        )

    def stitches(self, path: str, paint: str, width: float = 2.6, opacity: float = 0.75) -> None:
        """A seam sewn in a visible thread."""
        self.line(path, paint, width, opacity, dash="9 5")

    def _stops(self, stops: tuple[Stop, ...]) -> str:
        return "".join(
            f'<stop offset="{stop[0]}" stop-color="{stop[1]}"'
            + (f' stop-opacity="{stop[2]}"' if len(stop) == 3 else "")
            + "/>"
            for stop in stops
        )

    def linear(self, *stops: Stop, way: tuple[float, float, float, float] = (0, 0, 1, 0)) -> str:
        """A gradient over the shape's own box, from left to right unless told."""
        x1, y1, x2, y2 = way
        return (
            "url(#"
            + self.define(
                f'<linearGradient id="{{id}}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{self._stops(stops)}</linearGradient>'
            )
            + ")"
        )

    def radial(self, *stops: Stop, at: tuple[float, float] = (0.35, 0.3), radius: float = 0.8) -> str:
        """A gradient round a point of the shape's own box, the top left unless told."""
        return (
            "url(#"
            + self.define(
                f'<radialGradient id="{{id}}" cx="{at[0]}" cy="{at[1]}" r="{radius}">{self._stops(stops)}</radialGradient>'
            )
            + ")"
        )

    def tile(self, width: float, height: float, markup: str, transform: str = "") -> str:
        """A repeating fill."""
        turned = f' patternTransform="{transform}"' if transform else ""
        return (
            "url(#"
            + self.define(
                f'<pattern id="{{id}}" width="{width}" height="{height}" patternUnits="userSpaceOnUse"{turned}>{markup}</pattern>'
            )
            + ")"
        )

    @contextmanager
    def inside(self, path: str) -> Iterator[None]:
        """Everything added meanwhile is cut to the shape."""
        name = self.define(f'<clipPath id="{{id}}"><path d="{path}"/></clipPath>')
        self.add(f'<g clip-path="url(#{name})">')
        yield
        self.add("</g>")

    @contextmanager
    def turned(self, transform: str) -> Iterator[None]:
        """Everything added meanwhile is moved, turned or scaled."""
        self.add(f'<g transform="{transform}">')
        yield
        self.add("</g>")

    @contextmanager
    def soft(self, deviation: float, box: Box) -> Iterator[None]:
        """Everything added meanwhile is blurred together inside the box: the fewer and smaller the blurs, the better."""
        spare = deviation * 2.5
        # Never wider than what is seen, or a close-up would blur what lies outside its frame.
        left, top = max(box[0], self.window[0]), max(box[1], self.window[1])
        right, bottom = max(left + 1, min(box[2], self.window[2])), max(top + 1, min(box[3], self.window[3]))
        name = self.define(
            f'<filter id="{{id}}" x="{left - spare:.0f}" y="{top - spare:.0f}" width="{right - left + 2 * spare:.0f}" '
            f'height="{bottom - top + 2 * spare:.0f}" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB">'
            f'<feGaussianBlur stdDeviation="{deviation}"/></filter>'
        )
        self.add(f'<g filter="url(#{name})">')
        yield
        self.add("</g>")

    def cast(self, path: str, depth: float = 1.0) -> None:
        """The shadow of something lying on the panel: blurred under large things, a few strokes under small ones."""
        if not self.sees(path):
            return
        across, down = 20 * depth, 27 * depth
        if depth > 0.5:
            left, top, right, bottom = bounds(path)
            with self.soft(round(19 * depth, 1), (left + across, top + down, right + across, bottom + down)):
                with self.turned(f"translate({across:.1f} {down:.1f})"):
                    self.fill(path, "#1d1a24", 0.3)
                with self.turned(f"translate({across * 0.2:.1f} {down * 0.3:.1f})"):
                    self.line(path, "#1d1a24", 5, 0.25)
            return
        with self.turned(f"translate({across * 0.6:.1f} {down * 0.6:.1f})"):
            for step in range(4):
                self.line(path, "#1d1a24", round(56 * depth * (1 - step / 4) + 2, 1), 0.055)

    def ground(self, cx: float, y: float, half_width: float, depth: float = 0.2, strength: float = 1.0) -> None:
        """The shadow of something standing: long and faint to the right, short and dark where it touches."""
        far = self.radial((0, "#1d1a24", 0.34 * strength), (0.45, "#1d1a24", 0.15 * strength), (1, "#1d1a24", 0),
                          at=(0.5, 0.5), radius=0.5)  # fmt: skip
        near = self.radial((0, "#15121c", 0.62 * strength), (0.6, "#15121c", 0.3 * strength), (1, "#15121c", 0),
                           at=(0.5, 0.5), radius=0.5)  # fmt: skip
        tall = half_width * depth
        self.fill(ellipse(cx + half_width * 0.26, y + tall * 0.25, half_width * 1.42, tall * 1.5), far)
        self.fill(ellipse(cx + half_width * 0.05, y, half_width * 1.06, tall * 0.62), near)

    def panel(self, colour: str, *, standing: bool) -> None:
        """The tinted wall behind everything, and for standing things the table it meets."""
        base = tone.panel_of(colour)
        wall = self.linear((0, tone.lit(base, 0.45)), (0.5, base), (1, tone.shaded(base, 0.075)), way=(0.1, 0, 0.9, 1))
        self.add(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{wall}"/>')
        if standing:
            table = self.linear(
                (0, tone.shaded(base, 0.085)),
                (0.22, tone.shaded(base, 0.03)),
                (1, tone.lit(base, 0.18)),
                way=(0, 0, 0.12, 1),
            )
            self.add(f'<rect y="1010" width="{WIDTH}" height="490" fill="{table}"/>')
            seam = self.linear((0, tone.shaded(base, 0.085), 0), (1, tone.shaded(base, 0.085), 1), way=(0, 0, 0, 1))
            self.add(f'<rect y="900" width="{WIDTH}" height="111" fill="{seam}"/>')

    def seen(self, box: Box) -> Box:
        """What of a box is in the picture."""
        left, top, right, bottom = self.window
        return max(box[0], left), max(box[1], top), min(box[2], right), min(box[3], bottom)

    def sees(self, path: str) -> bool:
        """Whether any of the shape may be in the picture."""
        left, top, right, bottom = bounds(path)
        return left < self.window[2] and right > self.window[0] and top < self.window[3] and bottom > self.window[1]

    def svg(self) -> str:
        """The finished picture."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
            f"<defs>{''.join(self._definitions)}</defs>{''.join(self._body)}</svg>"
        )
