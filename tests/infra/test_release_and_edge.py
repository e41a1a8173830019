"""What the release stack and the edge stack promise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from tests.infra.conftest import Built


@pytest.fixture(scope="module")
def release(built: Built) -> Mapping[str, Any]:
    return built.templates["release"]


@pytest.fixture(scope="module")
def edge(built: Built) -> Mapping[str, Any]:
    return built.templates["edge"]


def properties(template: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = template["Resources"][name]["Properties"]
    return found


def test_the_registry_keeps_ten_images_that_never_change(release: Mapping[str, Any]) -> None:
    repository = properties(release, "Repository")
    assert repository["ImageTagMutability"] == "IMMUTABLE"
    assert repository["ImageScanningConfiguration"] == {"ScanOnPush": True}
    assert repository["EmptyOnDelete"] is True
    (rule,) = json.loads(repository["LifecyclePolicy"]["LifecyclePolicyText"])["rules"]
    assert rule["selection"] == {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10}


def test_a_build_is_small_bounded_and_pushes_only_what_was_built(release: Mapping[str, Any]) -> None:
    build = properties(release, "Build")
    assert build["Environment"]["Type"] == "ARM_CONTAINER"
    assert build["Environment"]["ComputeType"] == "BUILD_GENERAL1_SMALL"
    assert 0 < build["TimeoutInMinutes"] <= 60
    steps = json.loads(build["Source"]["BuildSpec"])
    # A failed command ends its phase, so a push in the same phase is not reached; a later phase would be.
    assert [command.split()[1] for command in steps["phases"]["build"]["commands"]] == ["build", "push"]
    assert "post_build" not in steps["phases"]


def test_a_build_reads_sources_and_writes_its_repository_alone(release: Mapping[str, Any]) -> None:
    statements = properties(release, "BuildRole")["Policies"][0]["PolicyDocument"]["Statement"]
    by_action = {action: one["Resource"] for one in statements for action in _many(one["Action"])}
    assert by_action["s3:GetObject"] == {"Fn::Join": ["", [{"Fn::GetAtt": ["Code", "Arn"]}, "/source/*"]]}
    assert by_action["ecr:PutImage"] == {"Fn::GetAtt": ["Repository", "Arn"]}
    assert [action for action, resource in by_action.items() if resource == "*"] == ["ecr:GetAuthorizationToken"]


def test_sources_and_templates_go_after_days_and_code_stays(release: Mapping[str, Any]) -> None:
    rules = properties(release, "Code")["LifecycleConfiguration"]["Rules"]
    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule} == {
        "source/": 14,
        "templates/": 14,
    }
    assert set(properties(release, "Code")["PublicAccessBlockConfiguration"].values()) == {True}


def test_the_release_stack_bills_no_hours(release: Mapping[str, Any]) -> None:
    assert {one["Type"] for one in release["Resources"].values()} == {
        "AWS::CodeBuild::Project",
        "AWS::ECR::Repository",
        "AWS::IAM::Role",
        "AWS::Logs::LogGroup",
        "AWS::S3::Bucket",
        "AWS::S3::BucketPolicy",
    }
    assert set(release["Outputs"]) == {"CodeBucket", "RepositoryUri", "RepositoryName", "BuildProject"}


def test_the_edge_makes_only_what_is_wanted(edge: Mapping[str, Any]) -> None:
    assert {name: one.get("Condition") for name, one in edge["Resources"].items()} == {
        "Certificate": "WithDomain",
        "Firewall": "WithFirewall",
        "Holder": None,
    }
    assert edge["Parameters"]["Waf"]["Default"] == "off"
    assert edge["Outputs"]["EdgeCertificateArn"]["Value"] == {"Fn::If": ["WithDomain", {"Ref": "Certificate"}, ""]}
    firewall = {"Fn::GetAtt": ["Firewall", "Arn"]}
    assert edge["Outputs"]["WebAclArn"]["Value"] == {"Fn::If": ["WithFirewall", firewall, ""]}


def test_the_certificate_proves_itself_in_the_zone(edge: Mapping[str, Any]) -> None:
    certificate = properties(edge, "Certificate")
    assert certificate["ValidationMethod"] == "DNS"
    (option,) = certificate["DomainValidationOptions"]
    assert option == {"DomainName": {"Ref": "DomainName"}, "HostedZoneId": {"Ref": "HostedZoneId"}}


def test_the_firewall_counts_each_address_and_writes_more_strictly(edge: Mapping[str, Any]) -> None:
    firewall = properties(edge, "Firewall")
    assert firewall["Scope"] == "CLOUDFRONT"
    assert firewall["DefaultAction"] == {"Allow": {}}
    writes, requests = (rule["Statement"]["RateBasedStatement"] for rule in firewall["Rules"])
    assert writes["AggregateKeyType"] == requests["AggregateKeyType"] == "IP"
    assert writes["Limit"] < requests["Limit"]
    assert "ScopeDownStatement" not in requests
    auth, api = writes["ScopeDownStatement"]["OrStatement"]["Statements"]
    assert auth["ByteMatchStatement"]["SearchString"] == "/auth/"
    path, written = api["AndStatement"]["Statements"]
    assert path["ByteMatchStatement"]["SearchString"] == "/api/"
    reads = written["NotStatement"]["Statement"]["OrStatement"]["Statements"]
    assert [one["ByteMatchStatement"]["SearchString"] for one in reads] == ["GET", "HEAD"]
    for rule in firewall["Rules"]:
        assert rule["Action"]["Block"]["CustomResponse"]["ResponseCode"] == 429


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
