"""Running and paused: what is there in each state, and what stays of a shop that costs nothing by the hour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.infra.conditions import Decided
from tests.infra.conftest import Built

PROFILES = ("service-fargate", "service-serverless")
DOMAIN = {
    "DomainName": "shop.example",
    "HostedZoneId": "Z1",
    "EdgeCertificateArn": "arn:aws:acm:us-east-1:1:certificate/1",
}
FIREWALL = {"WebAclArn": "arn:aws:wafv2:us-east-1:1:global/webacl/1"}
RUNNING, PAUSED = {"State": "running"}, {"State": "paused"}

IDLE = {
    "AWS::CloudFront::Distribution": "billed by request and byte, the first 10 million and 1 TB a month free",
    "AWS::CloudFront::CachePolicy": "free",
    "AWS::CloudFront::Function": "0.10 USD a million calls, the first two million a month free",
    "AWS::CloudFront::OriginAccessControl": "free",
    "AWS::CloudFront::ResponseHeadersPolicy": "free",
    "AWS::Logs::LogGroup": "0.03 USD a GB and month for what was written, which expires after 30 days",
}
"""Why each kind of thing that a pause leaves costs nothing while nothing happens."""
WITH_DOMAIN = {"AWS::Route53::RecordSet": "aliases to CloudFront are free; the zone is the merchant's own"}
FRONT = {
    "AppCache",
    "ClosedFunction",
    "ClosedHeaders",
    "Distribution",
    "PictureHeaders",
    "PicturesAccess",
}
NAMES = {"DomainAddress", "DomainAddressV6"}
LOGS = {"service-fargate": {"ApiLogs", "WebLogs"}, "service-serverless": {"FunctionLogs"}}
BILLS_BY_THE_HOUR_OR_WORSE = (
    "AWS::EC2::NatGateway",
    "AWS::EC2::EIP",
    "AWS::RDS::",
    "AWS::ElastiCache::",
    "AWS::GlobalAccelerator::",
)
"""Nothing of this has a place in a shop in any state."""


@pytest.fixture(params=PROFILES)
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def decided(built: Built, profile: str, *given: Mapping[str, str], region: str = "us-east-1") -> Decided:
    return Decided(built.templates[profile], {key: value for one in given for key, value in one.items()}, region)


@pytest.mark.parametrize("more", [{}, FIREWALL], ids=["", "firewall"])
def test_a_paused_shop_is_its_front_and_its_logs(built: Built, profile: str, more: Mapping[str, str]) -> None:
    left = decided(built, profile, PAUSED, more)
    assert set(left.resources) == FRONT | LOGS[profile]
    assert left.types() == set(IDLE)


def test_a_paused_shop_keeps_its_own_name(built: Built, profile: str) -> None:
    left = decided(built, profile, PAUSED, DOMAIN)
    assert set(left.resources) == FRONT | LOGS[profile] | NAMES
    assert left.types() == set(IDLE) | set(WITH_DOMAIN)


def test_a_shop_is_paused_unless_told_otherwise(built: Built, profile: str) -> None:
    assert decided(built, profile).resources == decided(built, profile, PAUSED).resources


@pytest.mark.parametrize("state", [RUNNING, PAUSED], ids=["running", "paused"])
@pytest.mark.parametrize("domain", [DOMAIN, {}], ids=["domain", "no domain"])
@pytest.mark.parametrize("firewall", [FIREWALL, {}], ids=["firewall", "none"])
@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_nothing_refers_to_what_is_not_there(
    built: Built, profile: str, *, state: dict[str, str], domain: dict[str, str], firewall: dict[str, str], region: str
) -> None:
    assert decided(built, profile, state, domain, firewall, region=region).dangling() == set()


def test_the_front_is_the_same_in_both_profiles(built: Built) -> None:
    """A change of profile changes no address; while the shop is paused it changes nothing of the front at all."""
    one, other = (decided(built, profile, PAUSED, DOMAIN, FIREWALL) for profile in PROFILES)
    for name in FRONT | NAMES:
        assert one.resources[name] == other.resources[name], name
    always = {name: one.outputs[name] for name in ("DistributionDomain", "DistributionId", "State", "Url")}
    assert one.outputs == other.outputs == always


def test_what_stays_is_not_replaced_by_a_pause(built: Built, profile: str) -> None:
    """The distribution keeps its identity; all else of the front is the same to the letter."""
    running, paused = (decided(built, profile, state, DOMAIN) for state in (RUNNING, PAUSED))
    for name in (FRONT | NAMES | LOGS[profile]) - {"Distribution"}:
        assert running.resources[name] == paused.resources[name], name


@pytest.mark.parametrize("state", [RUNNING, PAUSED], ids=["running", "paused"])
def test_nothing_dear_in_any_state(built: Built, profile: str, state: dict[str, str]) -> None:
    there = decided(built, profile, state, DOMAIN, FIREWALL)
    assert not [kind for kind in there.types() if kind.startswith(BILLS_BY_THE_HOUR_OR_WORSE)]
    endpoints = there.of_type("AWS::EC2::VPCEndpoint").values()
    assert {one["VpcEndpointType"] for one in endpoints} <= {"Gateway"}


def test_serverless_has_nothing_that_bills_by_the_hour_while_it_runs(built: Built) -> None:
    """Its alarms do, 0.10 USD a month each; a function and its address do not."""
    running = decided(built, "service-serverless", RUNNING)
    free = {
        "AWS::Lambda::Function",
        "AWS::Lambda::Url",
        "AWS::Lambda::Permission",
        "AWS::IAM::Role",
        "AWS::Events::Rule",
    }
    assert running.types() == set(IDLE) | free | {"AWS::CloudWatch::Alarm"}


def test_outputs_of_what_runs_are_there_only_while_it_does(built: Built) -> None:
    always = {"DistributionDomain", "DistributionId", "State", "Url"}
    behind = {
        "service-fargate": {"ClusterName", "WebService", "ApiService", "LoadBalancerDns"},
        "service-serverless": {"WebFunction", "FunctionUrl"},
    }
    for profile in PROFILES:
        assert set(decided(built, profile, RUNNING).outputs) == always | behind[profile]


def test_the_alarm_on_the_front_stands_where_its_numbers_are(built: Built, profile: str) -> None:
    assert "FrontFailures" in decided(built, profile, RUNNING).resources
    assert "FrontFailures" not in decided(built, profile, RUNNING, region="eu-west-1").resources


def test_every_alarm_tells_somebody(built: Built, profile: str) -> None:
    alarms = decided(built, profile, RUNNING).of_type("AWS::CloudWatch::Alarm")
    assert len(alarms) == {"service-fargate": 5, "service-serverless": 3}[profile]
    for name, alarm in alarms.items():
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopicArn"}], name
        assert alarm["TreatMissingData"] == "notBreaching", name


def test_a_domain_without_its_certificate_is_no_domain(built: Built, profile: str) -> None:
    half: dict[str, Any] = {"DomainName": "shop.example"}
    front = decided(built, profile, RUNNING, half).properties("Distribution")["DistributionConfig"]
    assert "Aliases" not in front
    assert front["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}
