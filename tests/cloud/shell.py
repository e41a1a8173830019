"""The commands as somebody types them, and what an account holds that bills."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from xpressbuy.cloud.account import Cloud
from xpressbuy.cloud.blueprints import SHIPPED
from xpressbuy.cloud.commands import app
from xpressbuy.cloud.deploying import survey
from xpressbuy.cloud.release import ROOT, source_artefact
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY
from xpressbuy.local.unknown_types import strip

PACE = "0.05"
SENDER = "shop@example.com"


@dataclass(frozen=True)
class Shell:
    """One shop's command line, on the package's templates without what the local AWS does not know."""

    cloud: Cloud
    templates: Path

    def run(self, command: str, *arguments: str, typed: str | None = None, **environment: str) -> Result:
        line = [command, "--shop", self.cloud.shop, *arguments]
        if command not in ("status", "settings"):
            line += ["--pace", PACE]
        if command in ("deploy", "diff"):
            line += ["--templates", str(self.templates), "--environment", "local"]
        variables = {
            "AWS_ENDPOINT_URL": str(self.cloud.endpoint),
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_REGION": REGION,
            "COLUMNS": "200",
        } | environment
        result = CliRunner().invoke(app, line, env=variables, input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def ok(self, command: str, *arguments: str, typed: str | None = None) -> str:
        result = self.run(command, *arguments, typed=typed)
        assert result.exit_code == 0, result.output
        return result.output

    def deploy(self, *arguments: str) -> str:
        return self.ok("deploy", "--yes", "--mail-sender", SENDER, *arguments)


UNKNOWN_ATTRIBUTES = ("SenderSignature1", "SenderSignature2", "SenderSignature3")
"""Records made of DkimDNSTokenName and DkimDNSTokenValue of an SES identity, which the local AWS does not give."""


NOTICED = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "Waf"}}}
"""The plans of the local AWS overlook a resource whose condition alone changes; this one changes with the edge's."""


def write_stripped(folder: Path) -> Path:
    """The package's templates as the local AWS takes them."""
    for path in SHIPPED.glob("*.json"):
        template = strip(json.loads(path.read_text()))
        for name in UNKNOWN_ATTRIBUTES:
            template["Resources"].pop(name, None)
        if path.stem == "edge":
            template["Resources"]["Noticed"] = NOTICED
        (folder / path.name).write_text(json.dumps(template))
    return folder


def push_image(cloud: Cloud, tag: str = "") -> str:
    """Stands for the build, which the local AWS only notes: the registry gets an image, tagged by its source."""
    release = survey(cloud)["release"]
    assert release is not None
    tag = tag or source_artefact(ROOT).key.removesuffix(".zip").rpartition("-")[2]
    cloud.images.put_image(repositoryName=release.outputs["RepositoryName"], imageManifest=f'"{tag}"', imageTag=tag)
    return tag


def hourly(cloud: Cloud) -> dict[str, set[str]]:
    """What bills by the hour, or by the month while it is there, of the whole account."""
    ask: Any = cloud.client
    clusters = ask("ecs").list_clusters()["clusterArns"]
    firewalls = cloud.client("wafv2", "us-east-1").list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    return {
        "balancers": {one["LoadBalancerArn"] for one in ask("elbv2").describe_load_balancers()["LoadBalancers"]},
        "networks": {one["VpcId"] for one in ask("ec2").describe_vpcs()["Vpcs"]},
        "addresses": {one["AllocationId"] for one in ask("ec2").describe_addresses()["Addresses"]},
        "endpoints": {one["VpcEndpointId"] for one in ask("ec2").describe_vpc_endpoints()["VpcEndpoints"]},
        "services": {arn for one in clusters for arn in ask("ecs").list_services(cluster=one)["serviceArns"]},
        "tasks": {arn for one in clusters for arn in ask("ecs").list_tasks(cluster=one)["taskArns"]},
        "functions": {
            one["FunctionName"]
            for one in ask("lambda").list_functions()["Functions"]
            if "WebFunction" in one["FunctionName"]
        },
        "alarms": {one["AlarmName"] for one in ask("cloudwatch").describe_alarms()["MetricAlarms"]},
        "firewalls": {one["ARN"] for one in firewalls},
    }


def kept(cloud: Cloud) -> dict[str, set[str]]:
    """What bills for being stored, and what is free, of this shop."""
    ask: Any = cloud.client
    shop = cloud.shop
    return {
        "tables": {name for name in ask("dynamodb").list_tables()["TableNames"] if name == shop},
        "buckets": {one["Name"] for one in ask("s3").list_buckets()["Buckets"] if one["Name"].startswith(f"{shop}-")},
        "secrets": {
            one["Name"]
            for one in ask("secretsmanager").list_secrets()["SecretList"]
            if shop in one["Name"] or any(tag["Value"] == shop for tag in one.get("Tags", []))
        },
        "repositories": {one["repositoryName"] for one in ask("ecr").describe_repositories()["repositories"]} & {shop},
        "projects": {name for name in ask("codebuild").list_projects()["projects"] if name.startswith(f"{shop}-")},
        "functions": {
            one["FunctionName"]
            for one in ask("lambda").list_functions()["Functions"]
            if one["FunctionName"].startswith(f"{shop}-")
        },
        "queues": {url for url in ask("sqs").list_queues().get("QueueUrls", []) if f"/{shop}-" in url},
        "topics": {one["TopicArn"] for one in ask("sns").list_topics()["Topics"] if f":{shop}-" in one["TopicArn"]},
        "logs": {
            one["logGroupName"]
            for one in ask("logs").describe_log_groups()["logGroups"]
            if f"/{shop}-" in one["logGroupName"]
        },
        "roles": {
            one["RoleName"] for one in ask("iam").list_roles()["Roles"] if one["RoleName"].startswith(f"{shop}-")
        },
        "pools": {
            one["Id"] for one in ask("cognito-idp").list_user_pools(MaxResults=60)["UserPools"] if one["Name"] == shop
        },
        "distributions": {
            one["Id"]
            for one in ask("cloudfront").list_distributions()["DistributionList"].get("Items", [])
            if one["Comment"].startswith(f"{shop}:")
        },
        "stacks": {
            one["StackName"]
            for one in ask("cloudformation").list_stacks()["StackSummaries"]
            if one["StackStatus"] != "DELETE_COMPLETE" and one["StackName"].startswith(f"{shop}-")
        },
    }
