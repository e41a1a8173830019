"""Taking out what the local AWS does not know leaves a template that holds together, or says why it does not."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from xpressbuy.local.stack import template
from xpressbuy.local.unknown_types import UNKNOWN_TYPES, strip

BUDGET = {"Type": "AWS::Budgets::Budget", "Properties": {}}


def with_neighbour(**neighbour: Any) -> dict[str, Any]:
    return {"Resources": {"Budget": BUDGET, "Topic": {"Type": "AWS::SNS::Topic", **neighbour}}}


def test_the_rest_stays_as_it_is() -> None:
    given = with_neighbour(Properties={"TopicName": "alarms"}, DependsOn="Other")
    before = deepcopy(given)
    assert strip(given) == {
        "Resources": {
            "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "alarms"}, "DependsOn": ["Other"]}
        }
    }
    assert given == before


@pytest.mark.parametrize(
    ("turns", "left"), [("Budget", None), (["Budget", "Other"], ["Other"]), (["Other"], ["Other"])]
)
def test_nobody_waits_for_what_does_not_come(turns: Any, left: Any) -> None:
    assert strip(with_neighbour(DependsOn=turns))["Resources"]["Topic"].get("DependsOn") == left


@pytest.mark.parametrize(
    "reference",
    [
        {"Ref": "Budget"},
        {"Fn::GetAtt": ["Budget", "Arn"]},
        {"Fn::GetAtt": "Budget.Arn"},
        {"Fn::Sub": "of ${Budget}"},
        {"Fn::Sub": ["${Budget.Arn} ${x}", {"x": "y"}]},
        {"Fn::Join": ["", ["a", {"Ref": "Budget"}]]},
    ],
    ids=json.dumps,
)
def test_what_would_refer_to_nothing_is_told(reference: Any) -> None:
    with pytest.raises(ValueError, match="refers to Budget"):
        strip(with_neighbour(Properties={"TopicName": reference}))
    with pytest.raises(ValueError, match="refers to Budget"):
        strip({**with_neighbour(), "Outputs": {"Money": {"Value": reference}}})


def test_a_local_run_creates_the_template_that_is_deployed() -> None:
    found = template()
    assert {"Table", "Images", "People", "ShopClient", "OrderMail", "OrderMailMapping"} <= set(found["Resources"])
    assert not {one["Type"] for one in found["Resources"].values()} & set(UNKNOWN_TYPES)


def test_each_type_has_its_reason() -> None:
    assert all(len(reason) > 20 for reason in UNKNOWN_TYPES.values())
