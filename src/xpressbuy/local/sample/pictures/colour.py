"""Colour arithmetic for the drawings: everything that makes a lighter, darker or calmer colour out of another.

Works in OKLab, where equal steps look equal, so that one rule lights a cream mug and a navy coat alike.
Holds no drawing.
"""

from math import atan2, cos, hypot, sin

WARM_LIGHT = "#fff6e8"
COOL_SHADE = "#12131f"

Lab = tuple[float, float, float]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    bounded = min(1.0, max(0.0, channel))
    return 12.92 * bounded if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055


def to_lab(colour: str) -> Lab:
    """The OKLab coordinates of '#rrggbb'."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def from_lab(lab: Lab) -> str:
    """'#rrggbb' nearest to OKLab coordinates."""
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(_gamma(channel) * 255):02x}" for channel in channels)


def lightness(colour: str) -> float:
    """How light the colour looks, 0 to 1."""
    return to_lab(colour)[0]


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` of the way from first to second."""
    start, end = to_lab(first), to_lab(second)
    return from_lab(
        (
            start[0] + (end[0] - start[0]) * share,
            start[1] + (end[1] - start[1]) * share,
            start[2] + (end[2] - start[2]) * share,
        )
    )


def lit(colour: str, share: float = 0.3) -> str:
    """The colour where the light falls on it."""
    return mix(colour, WARM_LIGHT, share)


def shaded(colour: str, share: float = 0.3) -> str:
    """The colour where it turns away from the light."""
    return mix(colour, COOL_SHADE, share)


def panel_of(colour: str) -> str:
    """The calm tint of the panel behind a product of this colour."""
    light, a, b = to_lab(colour)
    chroma, hue = hypot(a, b), atan2(b, a)
    calm = min(0.024, 0.008 + chroma * 0.13)
    # A pale product needs a deeper panel to stand out from; everything else gets an airy one.
    panel_light = 0.865 if light > 0.86 else 0.915 if light > 0.72 else 0.925
    return from_lab((panel_light, calm * cos(hue), calm * sin(hue)))
