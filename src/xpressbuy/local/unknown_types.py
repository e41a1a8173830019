"""What the local AWS cannot create of the shop's templates, type by type with the reason, and how it is taken out.

Only here: the local run and the tests send `strip(template)`, and AWS gets the template as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_SCALING = "the local AWS starts as many tasks as a service says and measures no load"
_INSIDE = "the local AWS keeps security groups without the rules that are resources of their own"

UNKNOWN_TYPES: Mapping[str, str] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": _SCALING,
    "AWS::ApplicationAutoScaling::ScalingPolicy": _SCALING,
    "AWS::Budgets::Budget": "the local AWS costs nothing, and its CloudFormation makes no budgets",
    "AWS::EC2::SecurityGroupEgress": _INSIDE,
    "AWS::EC2::SecurityGroupIngress": _INSIDE,
}
"""Type -> why nothing is lost by leaving it out of a local run."""


def strip(template: Mapping[str, Any]) -> dict[str, Any]:
    """The template without resources of those types. The given one stays as it is.

    Nothing may hang on what is taken out but its turn (`DependsOn`): ValueError names what would refer to nothing.
    """
    resources: Mapping[str, Any] = template["Resources"]
    gone = {name for name, resource in resources.items() if resource["Type"] in UNKNOWN_TYPES}
    kept = {name: _without(resource, gone) for name, resource in resources.items() if name not in gone}
    stripped = {**template, "Resources": kept}
    left = sorted(gone & {name for section in ("Resources", "Outputs") for name in _named(stripped.get(section, {}))})
    if left:
        raise ValueError(f"The template refers to {', '.join(left)}, which the local AWS cannot create.")
    return stripped


def _without(resource: Mapping[str, Any], gone: set[str]) -> dict[str, Any]:
    turns = resource.get("DependsOn", [])
    left = [name for name in ([turns] if isinstance(turns, str) else turns) if name not in gone]
    rest = {key: value for key, value in resource.items() if key != "DependsOn"}
    return {**rest, "DependsOn": left} if left else rest


def _named(node: object) -> Iterator[str]:
    """Every logical id that a value refers to."""
    if isinstance(node, dict):
        if isinstance(node.get("Ref"), str):
            yield node["Ref"]
        if "Fn::GetAtt" in node:
            attribute = node["Fn::GetAtt"]
            yield attribute.split(".")[0] if isinstance(attribute, str) else attribute[0]
        if "Fn::Sub" in node:
            text = node["Fn::Sub"] if isinstance(node["Fn::Sub"], str) else node["Fn::Sub"][0]
            yield from (part.split("}")[0].split(".")[0] for part in text.split("${")[1:])
        for value in node.values():
            yield from _named(value)
    elif isinstance(node, list):
        for value in node:
            yield from _named(value)
