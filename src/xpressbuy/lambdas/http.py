"""The whole shop behind a function URL: the same app as in a container, opened while the environment is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xpressbuy.lambdas.sleeper import Sleeper

_sleeper = Sleeper()
# While Lambda makes the environment it lends a whole core. What fails now is tried again by the first event.
_sleeper.try_open()


def handler(event: Mapping[str, Any], context: object) -> dict[str, Any]:
    """A function URL's request in, its answer out; the schedule's events are told what was done."""
    return _sleeper.answer(event, context)
