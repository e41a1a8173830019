"""The containers and what stands before them: who gets in, what runs, and how it is replaced."""

from __future__ import annotations

import re
from typing import Any

import pytest
from infra.constructs.balancer import PORTS
from tests.infra.conditions import Decided
from tests.infra.conftest import Built
from tests.infra.test_service_states import DOMAIN, RUNNING, decided

from xpressbuy import serve
from xpressbuy.alive import PORT_OF_ROLE
from xpressbuy.http import middleware
from xpressbuy.settings import Settings

Properties = dict[str, Any]


@pytest.fixture
def running(built: Built) -> Decided:
    return decided(built, "service-fargate", RUNNING)


@pytest.fixture
def with_domain(built: Built) -> Decided:
    return decided(built, "service-fargate", RUNNING, DOMAIN)


def container(there: Decided, role: str) -> Properties:
    (one,) = there.properties(f"{role.title()}Task")["ContainerDefinitions"]
    found: Properties = one
    return found


def attributes(properties: Properties, name: str) -> dict[str, str]:
    return {one["Key"]: one["Value"] for one in properties[name]}


def test_only_cloudfront_reaches_the_balancer(with_domain: Decided) -> None:
    ways = {
        name: group["SecurityGroupIngress"]
        for name, group in with_domain.of_type("AWS::EC2::SecurityGroup").items()
        if "Balancer" in name
    }
    assert {name: [way["FromPort"] for way in one] for name, one in ways.items()} == {
        "BalancerGroup": [80],
        "SecureBalancerGroup": [443],
    }
    for (way,) in ways.values():
        assert way["SourcePrefixListId"] == {"Ref": "CloudFrontPrefixList"}
        assert way["FromPort"] == way["ToPort"]
        assert not {"CidrIp", "CidrIpv6"} & set(way)


def test_only_the_balancer_reaches_the_containers(running: Decided) -> None:
    group = running.properties("TaskGroup")
    ways = group["SecurityGroupIngress"]
    assert {way["FromPort"] for way in ways} == set(PORTS.values())
    for way in ways:
        assert way["SourceSecurityGroupId"] == {"Fn::GetAtt": ["BalancerGroup", "GroupId"]}
        assert way["FromPort"] == way["ToPort"]
    (out,) = group["SecurityGroupEgress"]
    assert (out["FromPort"], out["ToPort"], out["IpProtocol"]) == (443, 443, "tcp")


def test_the_balancer_has_both_groups_with_a_domain_and_one_without(running: Decided, with_domain: Decided) -> None:
    one, other = ({"Fn::GetAtt": [name, "GroupId"]} for name in ("BalancerGroup", "SecureBalancerGroup"))
    assert running.properties("Balancer")["SecurityGroups"] == [one]
    assert with_domain.properties("Balancer")["SecurityGroups"] == [one, other]


def test_every_rule_demands_the_secret_and_the_rest_is_refused(running: Decided) -> None:
    rules = running.of_type("AWS::ElasticLoadBalancingV2::ListenerRule")
    assert set(rules) == {"ApiRule", "WebRule"}
    for rule in rules.values():
        (header,) = [one for one in rule["Conditions"] if one["Field"] == "http-header"]
        assert header["HttpHeaderConfig"] == {"HttpHeaderName": "X-Origin-Verify", "Values": [{"Ref": "OriginSecret"}]}
    (refusal,) = running.properties("PlainListener")["DefaultActions"]
    assert refusal["FixedResponseConfig"]["StatusCode"] == "403"


def test_each_path_goes_to_the_process_that_serves_it(running: Decided) -> None:
    api, web = running.properties("ApiRule"), running.properties("WebRule")
    (paths,) = [one["PathPatternConfig"]["Values"] for one in api["Conditions"] if one["Field"] == "path-pattern"]
    assert paths == ["/api/*", "/auth/*"]
    assert [one["Field"] for one in web["Conditions"]] == ["http-header"]
    assert api["Priority"] < web["Priority"]
    assert api["Actions"] == [{"Type": "forward", "TargetGroupArn": {"Ref": "ApiTargets"}}]
    assert web["Actions"] == [{"Type": "forward", "TargetGroupArn": {"Ref": "WebTargets"}}]


def test_with_a_domain_the_balancer_speaks_https_and_redirects(running: Decided, with_domain: Decided) -> None:
    (redirect,) = with_domain.properties("PlainListener")["DefaultActions"]
    assert redirect["RedirectConfig"] == {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}
    secure = with_domain.properties("SecureListener")
    assert secure["Certificates"] == [{"CertificateArn": {"Ref": "BalancerCertificate"}}]
    assert "TLS13-1-2" in secure["SslPolicy"]
    assert secure["DefaultActions"][0]["FixedResponseConfig"]["StatusCode"] == "403"
    certificate = with_domain.properties("BalancerCertificate")
    assert certificate["ValidationMethod"] == "DNS"
    assert certificate["DomainValidationOptions"] == [
        {"DomainName": {"Ref": "DomainName"}, "HostedZoneId": {"Ref": "HostedZoneId"}}
    ]
    for rule in ("ApiRule", "WebRule"):
        assert with_domain.properties(rule)["ListenerArn"] == {"Ref": "SecureListener"}
        assert running.properties(rule)["ListenerArn"] == {"Ref": "PlainListener"}


def test_the_balancer_refuses_what_two_servers_could_read_in_two_ways(running: Decided) -> None:
    given = attributes(running.properties("Balancer"), "LoadBalancerAttributes")
    assert given["routing.http.drop_invalid_header_fields.enabled"] == "true"
    assert given["routing.http.desync_mitigation_mode"] == "strictest"
    assert given["routing.http.xff_header_processing.mode"] == "append"
    idle_seconds = int(given["idle_timeout.timeout_seconds"])
    assert idle_seconds == 60
    assert idle_seconds < serve.IDLE_MS_MAX / 1000, "the app would close a connection that the balancer still uses"
    origin = running.properties("Distribution")["DistributionConfig"]["Origins"][1]["CustomOriginConfig"]
    assert origin["OriginKeepaliveTimeout"] < idle_seconds, "the balancer would close one that CloudFront still uses"


@pytest.mark.parametrize("role", PORTS)
def test_targets_are_asked_whether_they_are_ready_and_let_go_in_time(running: Decided, role: str) -> None:
    group = running.properties(f"{role.title()}Targets")
    assert (group["HealthCheckPath"], group["Matcher"]) == ("/readyz", {"HttpCode": "200"})
    assert (group["TargetType"], group["Port"]) == ("ip", PORT_OF_ROLE[role])
    noticed_after = group["HealthCheckIntervalSeconds"] * group["UnhealthyThresholdCount"]
    assert noticed_after < Settings.model_fields["drain_seconds"].default
    leaving_seconds = int(attributes(group, "TargetGroupAttributes")["deregistration_delay.timeout_seconds"])
    assert leaving_seconds == 20 > middleware.REQUEST_SECONDS_MAX


@pytest.mark.parametrize("role", PORTS)
def test_a_container_may_do_little(running: Decided, role: str) -> None:
    one = container(running, role)
    assert one["ReadonlyRootFilesystem"] is True
    assert one["Privileged"] is False
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", one["User"])
    assert one["LinuxParameters"] == {"Capabilities": {"Drop": ["ALL"]}, "InitProcessEnabled": True}
    assert "MountPoints" not in one
    assert "Secrets" not in one


@pytest.mark.parametrize("role", PORTS)
def test_a_container_is_the_image_in_its_role_on_arm(running: Decided, role: str) -> None:
    task, one = running.properties(f"{role.title()}Task"), container(running, role)
    assert task["RuntimePlatform"] == {"CpuArchitecture": "ARM64", "OperatingSystemFamily": "LINUX"}
    assert one["Image"] == {"Ref": "ImageUri"}
    assert [port["ContainerPort"] for port in one["PortMappings"]] == [PORT_OF_ROLE[role]]
    assert one["HealthCheck"]["Command"] == ["CMD", "python", "-m", "xpressbuy.alive", role]
    assert one["LogConfiguration"]["Options"]["awslogs-group"] == {"Ref": f"{role.title()}Logs"}
    assert running.properties(f"{role.title()}Logs")["RetentionInDays"] == 30


@pytest.mark.parametrize("role", PORTS)
def test_a_container_is_given_the_time_that_the_app_takes_to_leave(running: Decided, role: str) -> None:
    fields = Settings.model_fields
    drain, stop = fields["drain_seconds"], fields["stop_seconds"]
    longest = sum(bound.le for field in (drain, stop) for bound in field.metadata if hasattr(bound, "le"))
    assert container(running, role)["StopTimeout"] == 60 > longest + serve.CLOSE_SECONDS_MAX
    service = running.properties(f"{role.title()}Service")
    assert service["HealthCheckGracePeriodSeconds"] > serve.START_SECONDS_MAX
    assert container(running, role)["HealthCheck"]["StartPeriod"] > serve.START_SECONDS_MAX


@pytest.mark.parametrize("role", PORTS)
def test_a_service_is_replaced_without_a_gap_and_rolled_back_by_itself(running: Decided, role: str) -> None:
    service = running.properties(f"{role.title()}Service")
    assert service["DeploymentConfiguration"] == {
        "DeploymentCircuitBreaker": {"Enable": True, "Rollback": True},
        "MinimumHealthyPercent": 100,
        "MaximumPercent": 200,
    }
    assert service["EnableExecuteCommand"] is False
    assert service["LaunchType"] == "FARGATE"
    assert service["PropagateTags"] == "SERVICE"
    assert "DesiredCount" not in service, "a deploy would undo what scaling has decided"
    network = service["NetworkConfiguration"]["AwsvpcConfiguration"]
    assert network["AssignPublicIp"] == "ENABLED", "without a NAT gateway there is no other way out"
    assert network["Subnets"] == [{"Ref": "PublicA"}, {"Ref": "PublicB"}]
    assert {"ApiRule", "WebRule", "InternetRoute"} <= set(running.resources[f"{role.title()}Service"]["DependsOn"])


def test_the_network_has_two_zones_a_way_out_and_nothing_that_bills(running: Decided) -> None:
    subnets = running.of_type("AWS::EC2::Subnet").values()
    zones = [one["AvailabilityZone"]["Fn::Select"][0] for one in subnets]
    assert sorted(zones) == [0, 1]
    assert {one["MapPublicIpOnLaunch"] for one in subnets} == {False}
    services = [one["ServiceName"]["Fn::Join"][1][-1] for one in running.of_type("AWS::EC2::VPCEndpoint").values()]
    assert sorted(text.rsplit(".", 1)[-1] for text in services) == ["dynamodb", "s3"]


@pytest.mark.parametrize("role", PORTS)
def test_containers_come_and_go_with_the_visitors(running: Decided, role: str) -> None:
    target = running.properties(f"{role.title()}Scaling")
    assert (target["MinCapacity"], target["MaxCapacity"]) == ({"Ref": "MinTasks"}, {"Ref": "MaxTasks"})
    metrics = set()
    for name in (f"{role.title()}ByCpu", f"{role.title()}ByRequests"):
        policy = running.properties(name)
        assert policy["ScalingTargetId"] == {"Ref": f"{role.title()}Scaling"}
        tracked = policy["TargetTrackingScalingPolicyConfiguration"]["PredefinedMetricSpecification"]
        metrics.add(tracked["PredefinedMetricType"])
        if "ResourceLabel" in tracked:
            assert f"{role.title()}Targets" in str(tracked["ResourceLabel"])
    assert metrics == {"ECSServiceAverageCPUUtilization", "ALBRequestCountPerTarget"}


def test_without_a_domain_there_is_neither_certificate_nor_https_behind_the_front(
    running: Decided, with_domain: Decided
) -> None:
    assert set(with_domain.resources) - set(running.resources) == {
        "BalancerCertificate",
        "SecureBalancerGroup",
        "SecureListener",
        "DomainAddress",
        "DomainAddressV6",
    }
