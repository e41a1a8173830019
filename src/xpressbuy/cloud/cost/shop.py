"""The question: a month of a shop, in the owner's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xpressbuy.cloud.blueprints import Profile
from xpressbuy.cloud.problem import CloudProblem

State = Literal["running", "paused"]
COUNT_MAX = 10**9
"""More than any shop has in a month; beyond it somebody has slipped on the keyboard."""


@dataclass(frozen=True, slots=True)
class Shop:
    """Visits and orders of a month, products in the catalogue. CloudProblem for numbers out of bounds."""

    visits: int
    orders: int
    catalog: int
    profile: Profile = "fargate"
    region: str = "us-east-1"
    state: State = "running"
    domain: bool = False
    waf: bool = False

    def __post_init__(self) -> None:
        for name in ("visits", "orders", "catalog"):
            if not 0 <= getattr(self, name) <= COUNT_MAX:
                raise CloudProblem(f"Give --{name} as a number from 0 to {COUNT_MAX:,}.")

    @property
    def is_paused(self) -> bool:
        """Whether only what stays is counted."""
        return self.state == "paused"
