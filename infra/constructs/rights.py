"""What the processes of the shop may do, a role for each kind of process. A right stands here because code uses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Aws, Fn
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.constructs.service_parameters import Holdings
from infra.shop_stack import accept
from xpressbuy.catalog.store.snapshot import KEY as SNAPSHOT_KEY

Statement = Mapping[str, Any]

ASKS = "dynamodb:Query"
"""The one way of reading that an index knows."""
READS = ("dynamodb:BatchGetItem", "dynamodb:GetItem", ASKS)
WRITES = ("dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem")
"""A transaction needs the right to each of its writes, none of its own."""
KEEPS = ("s3:GetObject", "s3:PutObject")
INDEXES = ("GSI1", "GSI2")
PRODUCTS = "PRODUCT#*"
"""Partition keys of products. A process that only reads still puts a wrong low-stock marker right when it sees one."""


def table_and_indexes(holdings: Holdings) -> list[str]:
    """The table and both its indexes. There is no right to scan any of them."""
    return [holdings.table, *(Fn.join("", [holdings.table, "/index/", index]) for index in INDEXES)]


def snapshot_object(holdings: Holdings) -> str:
    """The one object of the pictures' bucket that a process reads and writes: the catalogue to start from."""
    return Fn.join("/", [holdings.images, SNAPSHOT_KEY])


def reads_catalog(holdings: Holdings) -> list[Statement]:
    """Reading many items at once, for a process that shows pages and has no visitor to look up."""
    return [_allow(["dynamodb:BatchGetItem"], [holdings.table]), _allow([ASKS], table_and_indexes(holdings))]


def reads_table(holdings: Holdings) -> list[Statement]:
    """Reading items of the table, and asking it and its two indexes."""
    items = ["dynamodb:BatchGetItem", "dynamodb:GetItem"]
    return [_allow(items, [holdings.table]), _allow([ASKS], table_and_indexes(holdings))]


def writes_table(holdings: Holdings) -> Statement:
    """Changing items, alone and in transactions."""
    return _allow(WRITES, [holdings.table])


def repairs_products(holdings: Holdings) -> Statement:
    """Updating items of products and of nothing else."""
    keys = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [PRODUCTS]}}
    # Without the second condition a request that names no key at all would pass the first.
    return _allow(["dynamodb:UpdateItem"], [holdings.table], {**keys, "Null": {"dynamodb:LeadingKeys": "false"}})


def keeps_snapshot(holdings: Holdings) -> Statement:
    """Reading the snapshot at the start, and writing it when it is old: every process may be the one to do it."""
    return _allow(KEEPS, [snapshot_object(holdings)])


def opens_secrets(holdings: Holdings) -> list[Statement]:
    """What a process reads once at its start: the shop's secret, and the app client's from the pool that made it."""
    return [
        _allow(["secretsmanager:GetSecretValue"], [holdings.secret]),
        _allow(["cognito-idp:DescribeUserPoolClient"], [holdings.user_pool]),
    ]


def writes_logs(*groups: str) -> Statement:
    """Adding lines to these log groups, given by their ARNs, which end in `:*` for the streams inside."""
    return _allow(["logs:CreateLogStream", "logs:PutLogEvents"], list(groups))


def pulls_image(repository: str) -> list[Statement]:
    """Fetching images from one repository of this account and region."""
    arn = f"arn:{Aws.PARTITION}:ecr:{Aws.REGION}:{Aws.ACCOUNT_ID}:repository/{repository}"
    layers = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    return [_allow(["ecr:GetAuthorizationToken"], ["*"]), _allow(layers, [arn])]


def add_role(scope: Construct, name: str, service: str, statements: Sequence[Statement]) -> iam.CfnRole:
    """A role for an AWS service that holds these rights and no others.

    ECS and Lambda run for many accounts. Where the service says for whom, only this account's work may take the role.
    """
    trust: dict[str, Any] = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    if service == "ecs-tasks.amazonaws.com":
        trust["Condition"] = {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
    return iam.CfnRole(
        scope,
        name,
        assume_role_policy_document={"Version": "2012-10-17", "Statement": [trust]},
        policies=[
            iam.CfnRole.PolicyProperty(
                policy_name="shop",
                policy_document={"Version": "2012-10-17", "Statement": list(statements)},
            )
        ],
    )


def accept_token_right(role: iam.CfnRole) -> None:
    """The one right that AWS gives on everything only."""
    accept(
        role,
        ["AwsSolutions-IAM5[Resource::*]"],
        "ecr:GetAuthorizationToken has no resource to be narrowed to. It opens nothing without the rights on the "
        "repository, which are given for that one alone.",
    )


def _allow(actions: Sequence[str], resources: Sequence[str], condition: Mapping[str, Any] | None = None) -> Statement:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}
    return {**statement, "Condition": condition} if condition else statement
