"""The settings that processes get: each exists, none is a secret, and both profiles give the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from tests.infra.conftest import Built
from tests.infra.test_service_states import PROFILES, RUNNING, decided

from xpressbuy.catalog.service.keeper import SAVE_EVERY
from xpressbuy.lambdas import __name__ as lambdas
from xpressbuy.settings import Settings

AWS_NAMES = {"AWS_REGION"}
RESERVED_BY_LAMBDA = re.compile("AWS_.*|_HANDLER|_X_AMZN_TRACE_ID|LAMBDA_.*")
POWERTOOLS = re.compile("POWERTOOLS_.*")
ONLY_HERE = {"XPRESSBUY_ROLE", "XPRESSBUY_TRUSTED_PROXIES", "XPRESSBUY_ORIGIN_SECRET", "AWS_REGION"}


def environments(template: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Environment by `resource` of every container and function."""
    found: dict[str, dict[str, Any]] = {}
    for name, resource in template["Resources"].items():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::ECS::TaskDefinition":
            for one in properties["ContainerDefinitions"]:
                found[name] = {entry["Name"]: entry["Value"] for entry in one["Environment"]}
        if resource["Type"] == "AWS::Lambda::Function":
            found[name] = properties.get("Environment", {}).get("Variables", {})
    return found


def test_every_setting_in_every_template_exists(template: Mapping[str, Any]) -> None:
    known = {f"XPRESSBUY_{name.upper()}" for name in Settings.model_fields if not name.startswith("aws_")}
    for resource, given in environments(template).items():
        unknown = {name for name in given if name not in known | AWS_NAMES and not POWERTOOLS.fullmatch(name)}
        assert not unknown, resource


def test_containers_are_told_the_region_and_functions_must_not_be(template: Mapping[str, Any]) -> None:
    for name, given in environments(template).items():
        if template["Resources"][name]["Type"] == "AWS::Lambda::Function":
            assert not [setting for setting in given if RESERVED_BY_LAMBDA.fullmatch(setting)], name
        else:
            assert given["AWS_REGION"] == {"Ref": "AWS::Region"}, name


def test_all_processes_of_the_shop_get_the_same(built: Built) -> None:
    web, api = environments(built.templates["service-fargate"]).values()
    (function,) = environments(built.templates["service-serverless"]).values()
    shared = [{name: value for name, value in one.items() if name not in ONLY_HERE} for one in (web, api, function)]
    assert shared[0] == shared[1] == shared[2]
    assert [one["XPRESSBUY_ROLE"] for one in (web, api, function)] == ["web", "api", "all"]
    assert [one["XPRESSBUY_TRUSTED_PROXIES"] for one in (web, api, function)] == ["2", "2", "0"]


def test_the_settings_can_be_read(built: Built) -> None:
    """As they arrive: each reference stands for a text of the right kind."""
    example = {"PublicUrl": "https://shop.test", "Currency": "EUR", "Country": "DE", "Locale": "de_DE"}
    for profile in PROFILES:
        for given in environments(built.templates[profile]).values():
            texts = {
                name.lower().removeprefix("xpressbuy_"): value
                if isinstance(value, str)
                else example.get(value["Ref"], "something")
                for name, value in given.items()
            }
            settings = Settings.model_validate(texts)
            assert settings.public_url == "https://shop.test"
            assert settings.environment == "production"


def test_only_the_function_is_told_the_secret_of_the_way(built: Built) -> None:
    """The balancer demands it before the containers; nobody stands before the function."""
    for given in environments(built.templates["service-fargate"]).values():
        assert "XPRESSBUY_ORIGIN_SECRET" not in given
    (function,) = environments(built.templates["service-serverless"]).values()
    assert function["XPRESSBUY_ORIGIN_SECRET"] == {"Ref": "OriginSecret"}
    assert built.templates["service-serverless"]["Parameters"]["OriginSecret"]["NoEcho"] is True


def test_the_function_is_the_shop_behind_an_open_address(built: Built) -> None:
    running = decided(built, "service-serverless", RUNNING)
    function = running.properties("WebFunction")
    assert function["Handler"] == f"{lambdas}.http.handler"
    assert (function["Timeout"], function["MemorySize"]) == (15, {"Ref": "WebMemory"})
    assert function["Code"] == {"S3Bucket": {"Ref": "CodeBucket"}, "S3Key": {"Ref": "WebCodeKey"}}
    assert function["LoggingConfig"] == {"LogGroup": {"Ref": "FunctionLogs"}}
    assert "VpcConfig" not in function
    address = running.properties("FunctionUrl")
    assert (address["AuthType"], address["InvokeMode"]) == ("NONE", "BUFFERED")
    permissions = running.of_type("AWS::Lambda::Permission")
    assert permissions["UrlPermission"]["Action"] == "lambda:InvokeFunctionUrl"
    assert permissions["UrlPermission"]["FunctionUrlAuthType"] == "NONE"
    assert permissions["InvokePermission"]["Action"] == "lambda:InvokeFunction"
    assert permissions["InvokePermission"]["InvokedViaFunctionUrl"] is True
    assert {name for name, one in permissions.items() if one["Principal"] == "*"} == {
        "UrlPermission",
        "InvokePermission",
    }


def test_the_function_does_its_chores_without_a_visitor(built: Built) -> None:
    running = decided(built, "service-serverless", RUNNING)
    rule = running.properties("Chores")
    assert rule["ScheduleExpression"] == f"rate({SAVE_EVERY.total_seconds() / 60:.0f} minutes)"
    assert [target["Arn"] for target in rule["Targets"]] == [{"Fn::GetAtt": ["WebFunction", "Arn"]}]
    permission = running.properties("ChoresPermission")
    assert permission["Principal"] == "events.amazonaws.com"
    assert permission["SourceArn"] == {"Fn::GetAtt": ["Chores", "Arn"]}


@pytest.mark.parametrize(("name", "default"), [("FunctionRuntime", "python3.13"), ("FunctionArchitecture", "arm64")])
def test_the_machine_of_the_function_is_arm_with_the_python_of_the_image(built: Built, name: str, default: str) -> None:
    assert built.templates["service-serverless"]["Parameters"][name]["Default"] == default
