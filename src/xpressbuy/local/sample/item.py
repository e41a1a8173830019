"""One product of the sample range as we write it down, before it becomes rows: texts, colours, sizes, stock.

Only values and the shop's colour names; rows are made in `rows`, pictures in `pictures`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xpressbuy.local.sample.pictures.spec import Pattern, PictureSpec

PALETTE: Mapping[str, str] = {
    "Chalk": "#f4f0e8", "Oat": "#e6dac3", "Sand": "#cdb692", "Camel": "#b98a57", "Clay": "#c4765a", "Rust": "#a4492f",
    "Vermilion": "#d9512f", "Blush": "#e2b3a4", "Rose": "#c98089", "Plum": "#6b3b54", "Mustard": "#d3a03a",
    "Butter": "#eed798", "Olive": "#76764a", "Sage": "#97a88d", "Moss": "#566b4b", "Pine": "#2c4a40",
    "Sea": "#4f8287", "Mist": "#b5c6cc", "Sky": "#8fb0cf", "Indigo": "#3c4a78", "Navy": "#263150", "Slate": "#5f6b78",
    "Stone": "#b3aca0", "Ash": "#8b8a8a", "Cocoa": "#5d4236", "Tan": "#a9713f", "Graphite": "#45464d", "Ink": "#26262e",
    "Walnut": "#6d4a33", "Brass": "#c19a4b", "Steel": "#b4b9bf", "Denim": "#566f94", "Lilac": "#b3a6cb",
}  # fmt: skip

CLOTHING_SIZES = ("XS", "S", "M", "L", "XL")
WAIST_SIZES = ("28", "30", "32", "34", "36")
SHOE_SIZES = ("38", "39", "40", "41", "42", "43", "44")


@dataclass(frozen=True, slots=True)
class Item:
    """A product of the sample range. `colours` gives each colour the colour of its pattern or trim."""

    slug: str
    name: str
    brand: str
    description: str
    details: tuple[str, ...]
    category: str
    kind: str
    colours: Mapping[str, str]
    price: str
    code: str
    compare_at: str = ""
    pattern: Pattern = "solid"
    cut: str = ""
    features: tuple[str, ...] = ()
    grain: float = 1.0
    sizes: tuple[str, ...] = ()
    size_name: str = "Size"
    size_prices: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    weight: int = 300
    stock: Mapping[str, int] = field(default_factory=dict)
    """Stock where it is told: by colour, size, 'colour/size' or '*'. Elsewhere there is plenty."""
    also: tuple[str, ...] = ()
    """Further categories."""
    shows_colour: bool = True
    """Whether the colour is an option to choose; a thing that comes in one colour has none."""

    def spec(self, colour: str) -> PictureSpec:
        """What to draw for one of the colours."""
        return PictureSpec(
            self.kind,
            PALETTE[colour],
            PALETTE[self.colours[colour]],
            self.pattern,
            self.cut,
            self.features,
            self.grain,
        )

    @property
    def first_colour(self) -> str:
        """The colour that is shown from every side."""
        return next(iter(self.colours))
