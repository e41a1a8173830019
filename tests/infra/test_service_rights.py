"""The rights of the shop's processes as this room gives them; that the code needs each is checked elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from infra.constructs.rights import PRODUCTS
from tests.infra.conditions import Decided
from tests.infra.conftest import Built
from tests.infra.test_service_states import RUNNING, decided

from xpressbuy.table import keys

Statement = dict[str, Any]
ROLES = {
    "service-fargate": ("ApiTaskRole", "ExecutionRole", "WebTaskRole"),
    "service-serverless": ("FunctionRole",),
}
PAIRS = [(profile, role) for profile, roles in ROLES.items() for role in roles]


def statements(there: Decided, role: str) -> list[Statement]:
    (policy,) = there.properties(role)["Policies"]
    found: list[Statement] = policy["PolicyDocument"]["Statement"]
    return found


def actions(there: Decided, role: str, service: str = "") -> set[str]:
    return {one for each in statements(there, role) for one in each["Action"] if one.startswith(service)}


@pytest.mark.parametrize(("profile", "role"), PAIRS)
def test_no_right_is_wider_than_its_words(built: Built, profile: str, role: str) -> None:
    """One right has no resource to be narrowed to; the rest name theirs, without a star but for streams of a log."""
    for one in statements(decided(built, profile, RUNNING), role):
        assert not [action for action in one["Action"] if "*" in action]
        if one["Action"] != ["ecr:GetAuthorizationToken"]:
            assert "*" not in str(one["Resource"]), one


def test_each_role_of_both_profiles_is_looked_at(built: Built) -> None:
    for profile, roles in ROLES.items():
        there = decided(built, profile, RUNNING)
        assert tuple(sorted(there.of_type("AWS::IAM::Role"))) == roles
        assert not there.of_type("AWS::IAM::Policy")
        for role in roles:
            assert "ManagedPolicyArns" not in there.properties(role)


def test_the_web_process_changes_products_only(built: Built) -> None:
    there = decided(built, "service-fargate", RUNNING)
    (repair,) = [one for one in statements(there, "WebTaskRole") if one["Action"] == ["dynamodb:UpdateItem"]]
    assert repair["Condition"]["ForAllValues:StringLike"] == {"dynamodb:LeadingKeys": [PRODUCTS]}
    assert repair["Condition"]["Null"] == {"dynamodb:LeadingKeys": "false"}
    assert actions(there, "WebTaskRole", "dynamodb:") == {
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
    }


def test_the_product_keys_are_those_of_the_table() -> None:
    prefix = PRODUCTS.removesuffix("*")
    assert keys.sku("prd_1", "SKU-1").pk.startswith(prefix)
    assert not keys.security("cus_1").pk.startswith(prefix)


def test_nobody_may_scan(built: Built) -> None:
    for profile, role in PAIRS:
        assert "dynamodb:Scan" not in actions(decided(built, profile, RUNNING), role)


def test_the_function_may_what_both_containers_may(built: Built) -> None:
    containers = decided(built, "service-fargate", RUNNING)
    both = actions(containers, "WebTaskRole") | actions(containers, "ApiTaskRole")
    logs = {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert actions(decided(built, "service-serverless", RUNNING), "FunctionRole") == both | logs


def test_the_endpoints_let_through_what_the_containers_may_and_no_more(built: Built) -> None:
    there = decided(built, "service-fargate", RUNNING)
    tasks = [one for role in ("WebTaskRole", "ApiTaskRole") for one in statements(there, role)]
    for endpoint, service in (("TableEndpoint", "dynamodb:"), ("StoreEndpoint", "s3:")):
        let = _pairs(there.properties(endpoint)["PolicyDocument"]["Statement"], service)
        needed = _pairs(tasks, service)
        assert needed <= let, endpoint
        layers = {pair for pair in let if "starport-layer-bucket" in pair[1]}
        assert {action for action, _ in layers} <= {"s3:GetObject"}
        assert {pair[1] for pair in let - layers} == {pair[1] for pair in needed}, endpoint


def test_only_this_accounts_tasks_take_the_roles(built: Built) -> None:
    there = decided(built, "service-fargate", RUNNING)
    for role in ROLES["service-fargate"]:
        (trust,) = there.properties(role)["AssumeRolePolicyDocument"]["Statement"]
        assert trust["Principal"] == {"Service": "ecs-tasks.amazonaws.com"}
        assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def _pairs(of: list[Statement], service: str) -> set[tuple[str, str]]:
    return {
        (action, str(resource))
        for one in of
        for action in one["Action"]
        if action.startswith(service)
        for resource in one["Resource"]
    }
