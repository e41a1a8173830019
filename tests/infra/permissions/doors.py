"""The doors of the shop, and what each needs: worked out once for a test process."""

from __future__ import annotations

from functools import cache

from tests.infra.permissions.bodies import Door
from tests.infra.permissions.needs import Need, needs_of
from tests.infra.permissions.program import ROOT, Program, Reached

MODULES = (
    "xpressbuy.lambdas.order_email",
    "xpressbuy.lambdas.sweep",
    "xpressbuy.lambdas.mail_events",
    "xpressbuy.lambdas.http",
    "xpressbuy.serve",
)
ORDER_MAIL, SWEEP, MAIL_EVENTS = (Door(f"{module}.handler") for module in MODULES[:3])
HTTP = Door("xpressbuy.lambdas.http.handler", "all")
API, WEB = (Door("xpressbuy.serve.main", role) for role in ("api", "web"))
DOORS = {"order mail": ORDER_MAIL, "sweep": SWEEP, "mail events": MAIL_EVENTS, "http": HTTP, "api": API, "web": WEB}


@cache
def program() -> Program:
    """The checked source. The checker keeps what it knows of libraries in its own folder."""
    return Program(MODULES, ROOT / ".mypy_cache" / "permissions")


@cache
def reached(door: Door) -> Reached:
    """What a door can run."""
    return program().reached(door)


@cache
def needs(door: Door) -> frozenset[Need]:
    """What a door's role must allow."""
    return frozenset(needs_of(reached(door)))
