"""What CloudFormation makes of a template's conditions, for given parameters: the resources that are there, decided.

References stay references. So a test can ask what remains, and whether anything that remains refers to what does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

NO_VALUE = {"Ref": "AWS::NoValue"}
_NAMES = re.compile(r"\$\{([A-Za-z0-9]+)(?:\.[A-Za-z0-9.]+)?\}")


class Decided:
    """A template under parameters. Those that are not given have their default, or stay as they are."""

    def __init__(self, template: Mapping[str, Any], given: Mapping[str, str], region: str = "us-east-1") -> None:
        defaults = {name: one["Default"] for name, one in template["Parameters"].items() if "Default" in one}
        unknown = set(given) - set(template["Parameters"])
        assert not unknown, unknown
        self._values = {**defaults, **given, "AWS::Region": region}
        self._conditions = template.get("Conditions", {})
        self._parameters = set(template["Parameters"])
        self.resources = {name: self._decide(one) for name, one in template["Resources"].items() if self._there(one)}
        self.outputs = {name: self._decide(one) for name, one in template["Outputs"].items() if self._there(one)}

    def properties(self, name: str) -> dict[str, Any]:
        """The properties of a resource that is there."""
        found: dict[str, Any] = self.resources[name]["Properties"]
        return found

    def types(self) -> set[str]:
        """The types of all that is there."""
        return {one["Type"] for one in self.resources.values()}

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of each resource of a type, by logical id."""
        return {name: one.get("Properties", {}) for name, one in self.resources.items() if one["Type"] == kind}

    def dangling(self) -> set[str]:
        """`what -> where to` for each reference to something that is not there."""
        there = set(self.resources) | self._parameters
        said = {**self.resources, **{f"output {name}": one for name, one in self.outputs.items()}}
        return {
            f"{name} -> {to}"
            for name, one in said.items()
            for to in [*references(one), *one.get("DependsOn", [])]
            if to not in there and not to.startswith("AWS::")
        }

    def _there(self, one: Mapping[str, Any]) -> bool:
        return "Condition" not in one or self._holds({"Condition": one["Condition"]})

    def _holds(self, node: Mapping[str, Any]) -> bool:
        ((kind, inner),) = node.items()
        if kind == "Condition":
            return self._holds(self._conditions[inner])
        if kind == "Fn::Not":
            return not self._holds(inner[0])
        if kind == "Fn::And":
            return all(self._holds(one) for one in inner)
        if kind == "Fn::Or":
            return any(self._holds(one) for one in inner)
        assert kind == "Fn::Equals", kind
        one, other = (self._values[side["Ref"]] if isinstance(side, dict) else side for side in inner)
        return bool(one == other)

    def _decide(self, node: Any) -> Any:
        if isinstance(node, dict):
            if set(node) == {"Fn::If"}:
                condition, one, other = node["Fn::If"]
                return self._decide(one if self._holds({"Condition": condition}) else other)
            decided = {key: self._decide(value) for key, value in node.items()}
            return {key: value for key, value in decided.items() if value != NO_VALUE}
        if isinstance(node, list):
            return [value for value in map(self._decide, node) if value != NO_VALUE]
        return node


def references(node: Any) -> Iterator[str]:
    """Every logical id, parameter or pseudo parameter that a value refers to."""
    if isinstance(node, list):
        for value in node:
            yield from references(value)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref":
                yield value
            elif key == "Fn::GetAtt":
                yield value[0]
            elif key == "Fn::Sub":
                yield from _NAMES.findall(value if isinstance(value, str) else value[0])
            else:
                yield from references(value)
