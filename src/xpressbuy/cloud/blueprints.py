"""The CloudFormation templates that ship with the package, as text and as facts about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from xpressbuy.cloud.problem import CloudProblem

Profile = Literal["fargate", "serverless"]
Role = Literal["release", "data", "edge", "service"]
SHIPPED = Path(__file__).with_name("templates")
CONDITION_DEPTH_MAX = 20


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One template: its text as it is sent, and what it declares."""

    name: str
    body: str
    content: Mapping[str, Any]

    @property
    def parameters(self) -> frozenset[str]:
        """The names that it takes."""
        return frozenset(self.content.get("Parameters", {}))

    def resources(self, given: Mapping[str, str], region: str) -> dict[str, str]:
        """Logical id to type, of what it makes with these parameters (and its own defaults for the others)."""
        declared = self.content.get("Parameters", {})
        values = {name: str(facts.get("Default", "")) for name, facts in declared.items()} | dict(given)
        values["AWS::Region"] = region
        conditions = self.content.get("Conditions", {})
        return {
            name: facts["Type"]
            for name, facts in self.content["Resources"].items()
            if "Condition" not in facts or _holds({"Condition": facts["Condition"]}, conditions, values)
        }


class Templates:
    """Reads templates from a folder; `transform` may take out what the other end does not know."""

    def __init__(
        self, folder: Path = SHIPPED, transform: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    ) -> None:
        self._folder = folder
        self._transform = transform

    def of(self, role: Role, profile: Profile = "fargate") -> Blueprint:
        """The template of a stack. CloudProblem if it is not there or cannot be read."""
        name = f"service-{profile}" if role == "service" else role
        path = self._folder / f"{name}.json"
        try:
            content = json.loads(path.read_text())
        except (OSError, ValueError) as error:
            raise CloudProblem(
                f"The template {path} cannot be read. Reinstall the package, or run `make infra`."
            ) from error
        if self._transform is not None:
            content = self._transform(content)
        return Blueprint(name, json.dumps(content, separators=(",", ":"), sort_keys=True), content)


def blueprint(role: Role, profile: Profile = "fargate") -> Blueprint:
    """A template as the package ships it."""
    return Templates().of(role, profile)


def _holds(term: object, conditions: Mapping[str, Any], values: Mapping[str, str], depth: int = 0) -> bool:
    """A condition's truth, of the functions that CloudFormation allows in one."""
    if not isinstance(term, dict) or len(term) != 1 or depth > CONDITION_DEPTH_MAX:
        raise CloudProblem(f"The template holds a condition that cannot be understood: {json.dumps(term)[:200]}")
    ((function, body),) = term.items()
    if function == "Condition":
        return _holds(conditions[body], conditions, values, depth + 1)
    if function == "Fn::Equals":
        left, right = (_value(side, values) for side in body)
        return left == right
    if function == "Fn::Not":
        return not _holds(body[0], conditions, values, depth + 1)
    found = [_holds(one, conditions, values, depth + 1) for one in body]
    return any(found) if function == "Fn::Or" else all(found)


def _value(side: object, values: Mapping[str, str]) -> str:
    if isinstance(side, dict):
        return values.get(str(side.get("Ref", "")), "")
    return str(side)
