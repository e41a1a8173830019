"""Values of a template by hand, for a test that makes one resource with the SDK instead of the whole stack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def resolve(value: Any, names: Mapping[str, str]) -> Any:
    """The value with parameters and references put in, by name. KeyError for a name that is not given.

    A condition holds if it has a name here.
    """
    while isinstance(value, dict) and set(value) == {"Fn::If"}:
        condition, one, other = value["Fn::If"]
        value = one if condition in names else other
    if isinstance(value, list):
        return [resolve(inner, names) for inner in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"}:
        return names[value["Ref"]]
    if set(value) == {"Fn::Sub"}:
        return re.sub(r"\$\{(\w+)\}", lambda found: names[found[1]], value["Fn::Sub"])
    if set(value) == {"Fn::Join"}:
        glue, parts = value["Fn::Join"]
        return glue.join(resolve(parts, names))
    return {key: resolve(inner, names) for key, inner in value.items()}
