"""What of a shop is in its account, found by asking: the resources that carry its tag, and its stacks.

The tag listing may still name what was just deleted, so what bills is asked for by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from xpressbuy.cloud.account import EDGE_REGION, SHOP_TAG, Cloud, error_code
from xpressbuy.cloud.leftovers import GONE

PAGES_MAX = 50
PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Remaining:
    """One resource that is still there."""

    arn: str
    service: str
    kind: str
    name: str


def parse_arn(arn: str) -> Remaining:
    """`kind` is the part before the name, such as `table` or `userpool`; empty for a bucket."""
    service, rest = arn.split(":")[2], ":".join(arn.split(":")[5:])
    kind, slash, name = rest.partition("/")
    if not slash:
        kind, colon, name = rest.partition(":")
        if not colon:
            kind, name = "", rest
    return Remaining(arn, service, kind, name)


def tagged(cloud: Cloud) -> list[Remaining]:
    """Everything with the shop's tag in its region and at the edge, as the tag listing has it."""
    found: dict[str, Remaining] = {}
    for region in dict.fromkeys((cloud.region, EDGE_REGION)):
        listing: Any = cloud.client("resourcegroupstaggingapi", region)
        token = ""
        for _ in range(PAGES_MAX):
            page = listing.get_resources(
                TagFilters=[{"Key": SHOP_TAG, "Values": [cloud.shop]}],
                ResourcesPerPage=PAGE_SIZE,
                PaginationToken=token,
            )
            for one in page["ResourceTagMappingList"]:
                found[one["ResourceARN"]] = parse_arn(one["ResourceARN"])
            token = page.get("PaginationToken", "")
            if not token:
                break
    return [found[arn] for arn in sorted(found)]


def remaining(cloud: Cloud) -> list[Remaining]:
    """What is tagged and really there."""
    return [one for one in tagged(cloud) if _is_there(cloud, one)]


def _is_there(cloud: Cloud, one: Remaining) -> bool:
    ask = _ASK.get((one.service, one.kind))
    if ask is None:
        return True
    try:
        return ask(cloud, one)
    except ClientError as error:
        if error_code(error) in GONE | {"ClusterNotFoundException", "LoadBalancerNotFound", "InvalidVpcID.NotFound"}:
            return False
        raise


def _stack(cloud: Cloud, one: Remaining) -> bool:
    # A stack that is deleted can be described by its ARN for another 90 days.
    region = one.arn.split(":")[3]
    described = cloud.formation(region).describe_stacks(StackName=one.arn)["Stacks"]
    return described[0]["StackStatus"] != "DELETE_COMPLETE"


def _secret(cloud: Cloud, one: Remaining) -> bool:
    described: Mapping[str, Any] = cloud.client("secretsmanager").describe_secret(SecretId=one.arn)
    return "DeletedDate" not in described


def _cluster(cloud: Cloud, one: Remaining) -> bool:
    found: Any = cloud.containers.describe_clusters(clusters=[one.arn])["clusters"]
    return any(cluster["status"] != "INACTIVE" for cluster in found)


def _ecs_service(cloud: Cloud, one: Remaining) -> bool:
    cluster = one.name.partition("/")[0]
    found: Any = cloud.containers.describe_services(cluster=cluster, services=[one.arn])["services"]
    return any(service["status"] != "INACTIVE" for service in found)


def _task_definition(cloud: Cloud, one: Remaining) -> bool:
    found: Any = cloud.containers.describe_task_definition(taskDefinition=one.arn)["taskDefinition"]
    return bool(found["status"] == "ACTIVE")


_ASK: Mapping[tuple[str, str], Callable[[Cloud, Remaining], bool]] = {
    ("cloudformation", "stack"): _stack,
    ("secretsmanager", "secret"): _secret,
    ("ecs", "cluster"): _cluster,
    ("ecs", "service"): _ecs_service,
    ("ecs", "task-definition"): _task_definition,
    ("dynamodb", "table"): lambda cloud, one: bool(cloud.tables.describe_table(TableName=one.name)),
    ("s3", ""): lambda cloud, one: bool(cloud.objects.head_bucket(Bucket=one.name)),
    ("cognito-idp", "userpool"): lambda cloud, one: bool(
        cloud.client("cognito-idp").describe_user_pool(UserPoolId=one.name)
    ),
    ("ecr", "repository"): lambda cloud, one: bool(
        cloud.images.describe_repositories(repositoryNames=[one.name])["repositories"]
    ),
    ("lambda", "function"): lambda cloud, one: bool(cloud.client("lambda").get_function(FunctionName=one.name)),
    ("elasticloadbalancing", "loadbalancer"): lambda cloud, one: bool(
        cloud.client("elbv2").describe_load_balancers(LoadBalancerArns=[one.arn])["LoadBalancers"]
    ),
    ("ec2", "vpc"): lambda cloud, one: bool(cloud.client("ec2").describe_vpcs(VpcIds=[one.name])["Vpcs"]),
}
