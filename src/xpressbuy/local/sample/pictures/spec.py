"""What can be asked of the drawings: a kind of thing, its colours, pattern, cut and features, and a view of it.

Only values; the templates that read them are in the rooms beside.
"""

from dataclasses import dataclass
from typing import Literal

View = Literal["front", "back", "side", "detail", "scale"]
Pattern = Literal[
    "solid", "stripe", "wide-stripe", "pinstripe", "check", "windowpane", "tartan",
    "block", "dots", "sprig", "speckle", "dip", "band", "zigzag",
]  # fmt: skip

WIDTH, HEIGHT = 1200, 1500


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """One thing to draw. `second` colours pattern and trim; `features` are words the kind's template knows."""

    kind: str
    colour: str
    second: str = "#f3ece0"
    pattern: Pattern = "solid"
    cut: str = ""
    features: tuple[str, ...] = ()
    grain: float = 1.0
    """How large the pattern repeats, 1 being the template's own choice."""

    def has(self, feature: str) -> bool:
        """Whether the template should draw this feature."""
        return feature in self.features
