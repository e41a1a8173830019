"""Each role of the templates allows what its door can call, and nothing else: worked out from the code, not listed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from tests.infra.permissions import doors
from tests.infra.permissions.bodies import Door
from tests.infra.permissions.needs import UNSIGNED, Need, blind_spots, clients_made
from tests.infra.permissions.policies import WITHOUT_RESOURCES, closed_to, endpoints_of, judge, roles_of
from tests.infra.permissions.program import ROOT

FOLDER = ROOT / "src" / "xpressbuy" / "cloud" / "templates"
TEMPLATES = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
ROLES = [(name, role.name) for name, template in TEMPLATES.items() for role in roles_of(template)]
Template = dict[str, Any]


def judged(template: Mapping[str, Any], name: str) -> list[str]:
    (role,) = [role for role in roles_of(template) if role.name == name]
    return judge(role, lambda door: set(doors.needs(door)))


@pytest.mark.parametrize(("template", "role"), ROLES)
def test_a_role_allows_what_its_doors_call_and_nothing_else(template: str, role: str) -> None:
    assert judged(TEMPLATES[template], role) == []


def statements_in(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every statement that allows something, in policies of roles, buckets, queues, topics and gateways."""
    if isinstance(part, dict):
        if part.get("Effect") == "Allow":
            yield part
        for inner in part.values():
            yield from statements_in(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from statements_in(inner)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_policy_of_any_kind_allows_all_of_a_service_or_anything_anywhere(name: str) -> None:
    for statement in statements_in(TEMPLATES[name]["Resources"]):
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        assert not [action for action in actions if "*" in action], statement
        if statement.get("Resource") in ("*", ["*"]):
            assert set(actions) <= set(WITHOUT_RESOURCES), statement


def test_every_door_has_a_role() -> None:
    found = {door for template in TEMPLATES.values() for role in roles_of(template) for door in role.doors}
    assert set(doors.DOORS.values()) <= found


@pytest.mark.parametrize("door", [doors.API, doors.WEB], ids=["api", "web"])
def test_the_network_s_gateways_let_through_what_a_task_calls(door: Door) -> None:
    for service, grants in endpoints_of(TEMPLATES["service-fargate"]).items():
        wanted = frozenset(need for need in doors.needs(door) if need.action.startswith(f"{service}:"))
        assert wanted
        assert closed_to(grants, wanted) == []
        assert closed_to(frozenset(), wanted) == sorted(wanted)


@pytest.mark.parametrize("door", doors.DOORS.values(), ids=doors.DOORS)
def test_no_call_to_aws_hides_behind_a_value_of_unknown_kind(door: Door) -> None:
    plain = {("xpressbuy.table.client.Table.get_many", "get")}
    assert blind_spots(doors.reached(door)) - plain <= set(UNSIGNED)


def test_the_clients_of_the_sdk_are_these_and_what_is_unsigned_needs_no_right() -> None:
    assert clients_made() == {
        ("mail", "sesv2", "signed"),
        ("wiring", "s3", "signed"),
        ("identity", "cognito-idp", "unsigned"),
    }


def test_what_a_door_can_run_is_found_through_values_routes_and_roles() -> None:
    """A few that are reached by different ways, and a few that must not be."""
    order_mail, web, api = (doors.reached(door).names for door in (doors.ORDER_MAIL, doors.WEB, doors.API))
    # A function handed to a library, which calls it; a method handed to a function of ours, which does.
    assert {"xpressbuy.aws.mail.Mailer._send", "xpressbuy.notifications.service.OrderMails.confirm"} <= order_mail
    assert "xpressbuy.notifications.service.OrderMails.hear" not in order_mail
    assert "xpressbuy.table.client.Table.commit" in api
    assert not {"xpressbuy.table.client.Table.commit", "xpressbuy.aws.objects.Objects.get"} & web
    assert not {"xpressbuy.catalog.service.editor.CatalogEditor.create"} & (web | api)


# Planted: each makes a copy of a template worse in one way, and the check must say so.


def _statements(template: Template, role: str) -> list[Template]:
    found: list[Template] = template["Resources"][role]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
    return found


def _add(action: str, resource: Any) -> Callable[[list[Template]], None]:
    return lambda statements: statements.append({"Effect": "Allow", "Action": action, "Resource": resource})


def _drop(action: str) -> Callable[[list[Template]], None]:
    def change(statements: list[Template]) -> None:
        for statement in statements:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            statement["Action"] = [name for name in actions if name != action]

    return change


def _widen(part: str, wider: Any) -> Callable[[list[Template]], None]:
    """Puts another resource into the first statement that names `part`."""

    def change(statements: list[Template]) -> None:
        next(one for one in statements if part in json.dumps(one["Resource"]))["Resource"] = wider

    return change


def _free(statements: list[Template]) -> None:
    for statement in statements:
        statement.pop("Condition", None)


TABLE = {"Ref": "TableArn"}
OWN_TABLE = {"Fn::GetAtt": ["Table", "Arn"]}
PLANTED = [
    ("service-fargate", "ApiTaskRole", _add("dynamodb:*", TABLE), "dynamodb:* is a wildcard"),
    ("service-fargate", "ApiTaskRole", _add("dynamodb:Get*", TABLE), "dynamodb:Get* is a wildcard"),
    ("service-fargate", "ApiTaskRole", _add("*", "*"), "* is allowed on everything"),
    ("service-fargate", "ApiTaskRole", _add("dynamodb:Scan", TABLE), "allows dynamodb:Scan"),
    ("service-fargate", "ApiTaskRole", _add("dynamodb:GetItem", "*"), "dynamodb:GetItem is allowed on everything"),
    ("service-fargate", "ApiTaskRole", _drop("dynamodb:DeleteItem"), "does not allow dynamodb:DeleteItem"),
    ("service-fargate", "ApiTaskRole", _drop("secretsmanager:GetSecretValue"), "does not allow secretsmanager"),
    (
        "service-fargate",
        "ApiTaskRole",
        _add("dynamodb:Query", {"Fn::Sub": "${TableArn}/index/*"}),
        "table/shop/index/* is wider",
    ),
    (
        "service-fargate",
        "ApiTaskRole",
        _add("s3:GetObject", {"Fn::Sub": "arn:aws:s3:::${ImagesBucket}/*"}),
        "shop-images/* is wider",
    ),
    (
        "service-fargate",
        "ApiTaskRole",
        _add("s3:PutObject", {"Fn::Sub": "arn:aws:s3:::${ImagesBucket}/images/*"}),
        "allows s3:PutObject on arn:aws:s3:::shop-images/images/*",
    ),
    ("service-fargate", "WebTaskRole", _add("dynamodb:PutItem", TABLE), "allows dynamodb:PutItem"),
    ("service-fargate", "ExecutionRole", _add("ecr:PutImage", "*"), "ecr:PutImage is allowed on everything"),
    ("data", "OrderMailRole", _drop("dynamodb:UpdateItem"), "does not allow dynamodb:UpdateItem"),
    ("data", "OrderMailRole", _drop("dynamodb:GetRecords"), "does not allow dynamodb:GetRecords"),
    ("data", "OrderMailRole", _drop("sqs:SendMessage"), "does not allow sqs:SendMessage"),
    ("data", "OrderMailRole", _add("dynamodb:Query", OWN_TABLE), "allows dynamodb:Query"),
    ("data", "OrderMailRole", _free, "identity/* is wider"),
    ("data", "SweepRole", _widen("GSI2", {"Fn::Sub": "${Table.Arn}/index/*"}), "index/* is wider"),
    ("data", "SweepRole", _widen("GSI2", {"Fn::Sub": "${Table.Arn}/index/GSI1"}), "does not allow dynamodb:Query"),
    ("data", "MailEventsRole", _add("ses:SendEmail", "*"), "ses:SendEmail is allowed on everything"),
]


@pytest.mark.parametrize(("name", "role", "change", "said"), PLANTED)
def test_a_planted_weakness_is_found(name: str, role: str, change: Callable[[list[Template]], None], said: str) -> None:
    template = copy.deepcopy(TEMPLATES[name])
    change(_statements(template, role))
    new = [sentence for sentence in judged(template, role) if sentence not in judged(TEMPLATES[name], role)]
    assert any(said in sentence for sentence in new), new


def test_a_role_of_nobody_is_found() -> None:
    template = copy.deepcopy(TEMPLATES["data"])
    template["Resources"]["Forgotten"] = copy.deepcopy(template["Resources"]["SweepRole"])
    assert any("nobody's" in sentence for sentence in judged(template, "Forgotten"))


def test_a_condition_that_cannot_be_weighed_is_found() -> None:
    template = copy.deepcopy(TEMPLATES["data"])
    _statements(template, "SweepRole")[0]["Condition"] = {"StringEquals": {"aws:PrincipalTag/team": "x"}}
    assert any("cannot weigh" in sentence for sentence in judged(template, "SweepRole"))


def test_a_right_that_the_code_newly_takes_is_missed() -> None:
    """As if the sweep began to delete what it finds."""
    (role,) = [role for role in roles_of(TEMPLATES["data"]) if role.name == "SweepRole"]
    more = {*doors.needs(doors.SWEEP), Need("dynamodb:DeleteItem", "table")}
    (said,) = judge(role, lambda _: more)
    assert said.startswith("SweepRole does not allow dynamodb:DeleteItem on ")
