"""The mapping of the order mails as the data stack's template has it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.lambdas.stream_mapping import Rules

TEMPLATE = json.loads(
    (Path(__file__).parents[2] / "src" / "xpressbuy" / "cloud" / "templates" / "data.json").read_text()
)


def order_mapping() -> dict[str, Any]:
    """The one mapping's properties."""
    (found,) = [
        resource["Properties"]
        for resource in TEMPLATE["Resources"].values()
        if resource["Type"] == "AWS::Lambda::EventSourceMapping"
    ]
    return dict(found)


AS_DEPLOYED = Rules.of(order_mapping())
UNFILTERED = replace(AS_DEPLOYED, filters=())
