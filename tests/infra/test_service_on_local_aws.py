"""Both profiles created by CloudFormation on the local AWS, paused, resumed, exchanged and deleted, by what is there.

The control planes are real enough to list; nothing runs behind them, so nothing here says that a container is well.
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from tests.infra.conftest import Built
from tests.infra.test_service_states import FRONT, LOGS, PROFILES, RUNNING, decided

from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator
from xpressbuy.local.unknown_types import UNKNOWN_TYPES, strip

pytestmark = pytest.mark.cloud

STACK_SECONDS_MAX = 60.0
CODE_BUCKET, CODE_KEY = "code-of-the-service-tests", "web.zip"
ACCOUNT = "000000000000"
GIVEN = {
    "ShopName": "shop",
    "PublicUrl": "https://localhost",
    "ShopSecretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:shop",
    "MailSender": "orders@shop.test",
    "TableName": "shop",
    "TableArn": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/shop",
    "ImagesBucket": "shop-images",
    "ImagesBucketArn": "arn:aws:s3:::shop-images",
    "ImagesBucketDomain": f"shop-images.s3.{REGION}.amazonaws.com",
    "UserPoolId": f"{REGION}_people",
    "UserPoolArn": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REGION}_people",
    "UserPoolClientId": "client",
    "IdentityUrl": "https://people.test",
    "OriginSecret": "s" * 43,
    "AlarmTopicArn": f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms",
    "CloudFrontPrefixList": "pl-3b927c52",
    "ImageUri": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/shop:1",
    "RepositoryName": "shop",
    "CodeBucket": CODE_BUCKET,
    "WebCodeKey": CODE_KEY,
    "FunctionRuntime": "python3.11",
}
NOT_MADE = {
    "FrontFailures": "the local AWS does not know the region inside a condition, so it takes it for another one"
}


class Local:
    """The clients of one local AWS, and one stack on it at a time."""

    def __init__(self, url: str, built: Built) -> None:
        self._url = url
        self._built = built

    def client(self, service: str) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            region_name=REGION,
            endpoint_url=self._url,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
        )

    def bring(self, stack: str, profile: str, state: str) -> dict[str, str]:
        """Creates or updates the stack and returns its outputs. AssertionError with the reason if that fails."""
        template = strip(self._built.templates[profile])
        formation = self.client("cloudformation")
        given = {**GIVEN, "State": state}
        arguments = {
            "StackName": stack,
            # Without white space it is short enough to be sent as it is.
            "TemplateBody": json.dumps(template, separators=(",", ":")),
            "Parameters": [
                {"ParameterKey": key, "ParameterValue": value}
                for key, value in given.items()
                if key in template["Parameters"]
            ],
            "Capabilities": ["CAPABILITY_IAM"],
        }
        try:
            formation.describe_stacks(StackName=stack)
        except ClientError:
            formation.create_stack(**arguments)
        else:
            formation.update_stack(**arguments)
        return self._settled(stack)

    def resources(self, stack: str) -> dict[str, str]:
        """Logical id -> status of what is there."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
        found = [one for page in pages for one in page["StackResourceSummaries"]]
        return {
            one["LogicalResourceId"]: one["ResourceStatus"]
            for one in found
            if one["ResourceStatus"] != "DELETE_COMPLETE"
        }

    def front(self, outputs: Mapping[str, str]) -> dict[str, Any]:
        """The distribution's configuration as the local AWS has it."""
        answer = self.client("cloudfront").get_distribution_config(Id=outputs["DistributionId"])
        config: dict[str, Any] = answer["DistributionConfig"]
        return config

    def what_bills_by_the_hour(self, stack: str) -> set[str]:
        """Names of everything of this stack that has a price by the hour, from the services themselves."""
        ecs, elb, ec2 = (self.client(service) for service in ("ecs", "elbv2", "ec2"))
        clusters = [arn for arn in ecs.list_clusters()["clusterArns"] if stack in arn]
        services = [arn for cluster in clusters for arn in ecs.list_services(cluster=cluster)["serviceArns"]]
        balancers = [
            one["LoadBalancerArn"]
            for one in elb.describe_load_balancers()["LoadBalancers"]
            if one["LoadBalancerName"].startswith(stack[:20])
        ]
        networks = [one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"] if one["CidrBlock"] == "10.20.0.0/20"]
        addresses = [one["PublicIp"] for one in ec2.describe_addresses()["Addresses"]]
        gateways = [one["NatGatewayId"] for one in ec2.describe_nat_gateways()["NatGateways"]]
        endpoints = [
            one["VpcEndpointId"]
            for one in ec2.describe_vpc_endpoints()["VpcEndpoints"]
            if one["VpcEndpointType"] != "Gateway"
        ]
        return {*clusters, *services, *balancers, *networks, *addresses, *gateways, *endpoints}

    def delete(self, stack: str) -> None:
        formation = self.client("cloudformation")
        identity = formation.describe_stacks(StackName=stack)["Stacks"][0]["StackId"]
        formation.delete_stack(StackName=stack)
        self._settled(identity, ends=("DELETE_COMPLETE",))

    def _settled(self, stack: str, ends: tuple[str, ...] = ("CREATE_COMPLETE", "UPDATE_COMPLETE")) -> dict[str, str]:
        formation = self.client("cloudformation")
        deadline = time.monotonic() + STACK_SECONDS_MAX
        while time.monotonic() < deadline:
            described = formation.describe_stacks(StackName=stack)["Stacks"][0]
            if described["StackStatus"] in ends:
                return {one["OutputKey"]: one["OutputValue"] for one in described.get("Outputs", [])}
            assert described["StackStatus"].endswith("IN_PROGRESS"), self._failures(stack)
            time.sleep(0.05)
        raise AssertionError(f"{stack} did not settle")

    def _failures(self, stack: str) -> list[str]:
        events = self.client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
        return [
            f"{one['LogicalResourceId']}: {one.get('ResourceStatusReason')}"
            for one in events
            if one["ResourceStatus"].endswith("FAILED")
        ]


@pytest.fixture(scope="module")
def local(cloud: Emulator, built: Built) -> Iterator[Local]:
    local = Local(cloud.url, built)
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        for package in ("xpressbuy", "xpressbuy/lambdas"):
            archive.writestr(f"{package}/__init__.py", "")
        archive.writestr("xpressbuy/lambdas/http.py", "def handler(event, context):\n    return {'statusCode': 200}\n")
    store = local.client("s3")
    store.create_bucket(Bucket=CODE_BUCKET)
    store.put_object(Bucket=CODE_BUCKET, Key=CODE_KEY, Body=code.getvalue())
    yield local
    store.delete_object(Bucket=CODE_BUCKET, Key=CODE_KEY)
    store.delete_bucket(Bucket=CODE_BUCKET)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_shop_is_made_resumed_paused_and_deleted(local: Local, built: Built, profile: str) -> None:
    stack = f"{profile.removeprefix('service-')}-life"
    kept = FRONT | LOGS[profile]

    made = local.bring(stack, profile, "paused")
    assert local.resources(stack) == dict.fromkeys(kept, "CREATE_COMPLETE")

    running = local.bring(stack, profile, "running")
    wanted = decided(built, profile, RUNNING).resources
    known = {name for name, one in wanted.items() if one["Type"] not in UNKNOWN_TYPES and name not in NOT_MADE}
    assert set(local.resources(stack)) == known
    assert {status.removeprefix("UPDATE_").removeprefix("CREATE_") for status in local.resources(stack).values()} == {
        "COMPLETE"
    }
    assert set(running) == set(decided(built, profile, RUNNING).outputs)
    assert local.front(running)["DefaultCacheBehavior"]["TargetOriginId"] == "app"
    assert bool(local.what_bills_by_the_hour(stack)) == (profile == "service-fargate")

    paused = local.bring(stack, profile, "paused")
    assert set(local.resources(stack)) == kept
    assert local.what_bills_by_the_hour(stack) == set()
    assert paused == made, "the shop keeps its address"
    front = local.front(paused)
    assert [origin["Id"] for origin in front["Origins"]["Items"]] == ["pictures"]
    assert front["DefaultCacheBehavior"]["TargetOriginId"] == "pictures"

    again = local.bring(stack, profile, "running")
    assert set(local.resources(stack)) == known
    assert again["Url"] == made["Url"]

    local.delete(stack)
    assert local.what_bills_by_the_hour(stack) == set()
    left = local.client("cloudfront").list_distributions()["DistributionList"].get("Items", [])
    assert made["DistributionId"] not in [one["Id"] for one in left]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_second_deploy_changes_nothing(local: Local, profile: str) -> None:
    stack = f"{profile.removeprefix('service-')}-twice"
    local.bring(stack, profile, "running")
    try:
        with pytest.raises(ClientError, match="No updates are to be performed"):
            local.bring(stack, profile, "running")
    finally:
        local.delete(stack)


@pytest.mark.parametrize("state", ["running", "paused"])
@pytest.mark.parametrize(("one", "other"), [PROFILES, PROFILES[::-1]])
def test_a_change_of_profile_keeps_the_address(local: Local, built: Built, one: str, other: str, *, state: str) -> None:
    stack = f"change-{one.removeprefix('service-')}-{state}"
    before = local.bring(stack, one, state)
    try:
        after = local.bring(stack, other, state)
        always = ("DistributionDomain", "DistributionId", "Url")
        assert [after[name] for name in always] == [before[name] for name in always]
        wanted = decided(built, other, {"State": state}).resources
        assert set(local.resources(stack)) == {
            name for name, one in wanted.items() if one["Type"] not in UNKNOWN_TYPES and name not in NOT_MADE
        }
        if other == "service-serverless":
            assert local.what_bills_by_the_hour(stack) == set()
    finally:
        local.delete(stack)


def test_the_containers_are_described_as_the_template_has_it(local: Local) -> None:
    """What the local AWS stores of the balancer and the containers, asked from the services and not the stack."""
    stack = "described"
    outputs = local.bring(stack, "service-fargate", "running")
    try:
        elb, ecs = local.client("elbv2"), local.client("ecs")
        names = [outputs["WebService"], outputs["ApiService"]]
        services = ecs.describe_services(cluster=outputs["ClusterName"], services=names)["services"]
        assert sorted(one["loadBalancers"][0]["containerPort"] for one in services) == [3000, 8000]
        (balancer,) = [
            one
            for one in elb.describe_load_balancers()["LoadBalancers"]
            if one["DNSName"].lower() == outputs["LoadBalancerDns"].lower()
        ]
        arn = balancer["LoadBalancerArn"]
        given = {
            one["Key"]: one["Value"] for one in elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
        }
        assert given["routing.http.desync_mitigation_mode"] == "strictest"
        (listener,) = elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]
        rules = elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
        kinds = {rule["Priority"]: rule["Actions"][0]["Type"] for rule in rules}
        assert kinds == {"10": "forward", "20": "forward", "default": "fixed-response"}
    finally:
        local.delete(stack)
