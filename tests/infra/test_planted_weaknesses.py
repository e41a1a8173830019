"""Each main kind of weakness, planted in a small stack of its own, is found by the rule that is there for it.

Without this, a linter that stopped looking would look like a template without faults.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk.cloudformation_include import CfnInclude
from tests.infra.review import lint, nag

Resources = Mapping[str, tuple[str, Mapping[str, Any]]]
"""Logical id -> type and properties, as a template has them."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A small stack that is sound, what makes it weak, and the rule that must say so."""

    name: str
    rule: str
    sound: Resources
    weak: Resources


def _with(resources: Resources, logical_id: str, **changes: Any) -> Resources:
    kind, properties = resources[logical_id]
    changed = {key: value for key, value in {**properties, **changes}.items() if value is not None}
    return {**resources, logical_id: (kind, changed)}


def _without(resources: Resources, logical_id: str) -> Resources:
    return {name: value for name, value in resources.items() if name != logical_id}


def _only_tls(action: str, *resources: Any) -> Mapping[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": action,
                "Resource": list(resources),
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def _role(action: Any, resource: Any, *, managed: tuple[str, ...] = ()) -> Resources:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    properties = {
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
        "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}],
        "ManagedPolicyArns": list(managed),
    }
    return {"Role": ("AWS::IAM::Role", properties)}


LOCKS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
BUCKET: Resources = {
    "Bucket": (
        "AWS::S3::Bucket",
        {
            "PublicAccessBlockConfiguration": dict.fromkeys(LOCKS, True),
            "LoggingConfiguration": {"DestinationBucketName": "logs"},
        },
    ),
    "Policy": (
        "AWS::S3::BucketPolicy",
        {
            "Bucket": {"Ref": "Bucket"},
            "PolicyDocument": _only_tls(
                "s3:*",
                {"Fn::GetAtt": ["Bucket", "Arn"]},
                {"Fn::Join": ["", [{"Fn::GetAtt": ["Bucket", "Arn"]}, "/*"]]},
            ),
        },
    ),
}
TABLE: Resources = {
    "Table": (
        "AWS::DynamoDB::Table",
        {
            "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        },
    )
}
PASSWORDS = {"MinimumLength": 8, "RequireUppercase": True, "RequireNumbers": True, "RequireSymbols": True}
POOL: Resources = {
    "Pool": (
        "AWS::Cognito::UserPool",
        {
            "Policies": {"PasswordPolicy": PASSWORDS},
            "MfaConfiguration": "ON",
            "UserPoolTier": "PLUS",
            "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"},
        },
    )
}
QUEUE: Resources = {
    "Queue": (
        "AWS::SQS::Queue",
        {
            "SqsManagedSseEnabled": True,
            "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 3},
        },
    ),
    "Dead": ("AWS::SQS::Queue", {"SqsManagedSseEnabled": True}),
    "Policy": (
        "AWS::SQS::QueuePolicy",
        {
            "Queues": [{"Ref": "Queue"}, {"Ref": "Dead"}],
            "PolicyDocument": _only_tls("sqs:*", {"Fn::GetAtt": ["Queue", "Arn"]}),
        },
    ),
}
TOPIC: Resources = {
    "Topic": ("AWS::SNS::Topic", {}),
    "Policy": (
        "AWS::SNS::TopicPolicy",
        {"Topics": [{"Ref": "Topic"}], "PolicyDocument": _only_tls("sns:Publish", {"Ref": "Topic"})},
    ),
}
GROUP: Resources = {
    "Group": (
        "AWS::EC2::SecurityGroup",
        {
            "GroupDescription": "for CloudFront",
            "VpcId": "vpc-1",
            "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourcePrefixListId": "pl-1"}],
        },
    )
}
REPOSITORY_POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage"]}],
}
REPOSITORY: Resources = {"Repository": ("AWS::ECR::Repository", {"ImageTagMutability": "IMMUTABLE"})}
BUILD: Resources = {
    "Build": (
        "AWS::CodeBuild::Project",
        {
            "ServiceRole": "role",
            "Source": {"Type": "S3", "Location": "code/x.zip"},
            "Artifacts": {"Type": "NO_ARTIFACTS"},
            "EncryptionKey": "alias/own",
            "Environment": {
                "Type": "ARM_CONTAINER",
                "ComputeType": "BUILD_GENERAL1_SMALL",
                "Image": "aws/codebuild/amazonlinux-aarch64-standard:3.0",
            },
        },
    )
}
SECRET: Resources = {
    "Secret": ("AWS::SecretsManager::Secret", {"GenerateSecretString": {}}),
    "Rotation": (
        "AWS::SecretsManager::RotationSchedule",
        {"SecretId": {"Ref": "Secret"}, "RotationLambdaARN": "arn", "RotationRules": {"AutomaticallyAfterDays": 30}},
    ),
}
DOOR = [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}]
BUILD_ENVIRONMENT = BUILD["Build"][1]["Environment"]
ONE_TABLE = ["arn:aws:dynamodb:us-east-1:111122223333:table/shop"]
READ = _role(["dynamodb:GetItem"], ONE_TABLE)
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"

WEAKNESSES = [
    Weakness(
        "a public bucket",
        "S2",
        BUCKET,
        _with(
            BUCKET, "Bucket", PublicAccessBlockConfiguration={**dict.fromkeys(LOCKS, True), "BlockPublicPolicy": False}
        ),
    ),
    Weakness("a bucket without TLS", "S10", BUCKET, _without(BUCKET, "Policy")),
    Weakness("a bucket that nobody watches", "S1", BUCKET, _with(BUCKET, "Bucket", LoggingConfiguration=None)),
    Weakness("a table without recovery", "DDB3", TABLE, _with(TABLE, "Table", PointInTimeRecoverySpecification=None)),
    Weakness(
        "short passwords",
        "COG1",
        POOL,
        _with(POOL, "Pool", Policies={"PasswordPolicy": {**PASSWORDS, "MinimumLength": 6}}),
    ),
    Weakness("no second factor", "COG2", POOL, _with(POOL, "Pool", MfaConfiguration="OFF")),
    Weakness(
        "sign-ins that nobody judges",
        "COG8",
        POOL,
        _with(POOL, "Pool", UserPoolTier="LITE", UserPoolAddOns=None),
    ),
    Weakness("a right to do anything", "IAM5[Action::dynamodb:*]", READ, _role(["dynamodb:*"], ONE_TABLE)),
    Weakness("a right on everything", "IAM5[Resource::*]", READ, _role(["dynamodb:GetItem"], "*")),
    Weakness(
        "a policy of AWS's",
        f"IAM4[Policy::{ADMINISTRATOR}]",
        READ,
        _role(["dynamodb:GetItem"], ONE_TABLE, managed=(ADMINISTRATOR,)),
    ),
    Weakness("an open security group", "EC23", GROUP, _with(GROUP, "Group", SecurityGroupIngress=DOOR)),
    Weakness("a queue in the clear", "SQS2", QUEUE, _with(QUEUE, "Queue", SqsManagedSseEnabled=False)),
    Weakness("a queue without TLS", "SQS4", QUEUE, _without(QUEUE, "Policy")),
    Weakness("a queue that loses", "SQS3", QUEUE, _with(QUEUE, "Queue", RedrivePolicy=None)),
    Weakness("a topic without TLS", "SNS3", TOPIC, _without(TOPIC, "Policy")),
    Weakness(
        "a registry for all",
        "ECR1",
        REPOSITORY,
        _with(REPOSITORY, "Repository", RepositoryPolicyText=REPOSITORY_POLICY),
    ),
    Weakness(
        "a stranger's build image",
        "CB5",
        BUILD,
        _with(BUILD, "Build", Environment={**BUILD_ENVIRONMENT, "Image": "someone/builder"}),
    ),
    Weakness("a build without a key", "CB4", BUILD, _with(BUILD, "Build", EncryptionKey=None)),
    Weakness("a secret for ever", "SMG4", SECRET, _without(SECRET, "Rotation")),
]


def _template(resources: Resources) -> dict[str, Any]:
    return {"Resources": {name: {"Type": kind, "Properties": props} for name, (kind, props) in resources.items()}}


def _found(app: App, folder: Path, name: str, resources: Resources) -> set[str]:
    """The rules of cdk-nag that find something, without the pack's name."""
    file = folder / f"{name}.json"
    file.write_text(json.dumps(_template(resources)))
    stack = Stack(app, name)
    CfnInclude(stack, "Template", template_file=str(file))
    return {finding.split(" ")[0].removeprefix("AwsSolutions-") for finding in nag(stack)}


@pytest.mark.parametrize("weakness", WEAKNESSES, ids=lambda one: one.name)
def test_a_weakness_is_found_and_its_absence_is_not(weakness: Weakness, scratch: App, tmp_path: Path) -> None:
    assert weakness.rule not in _found(scratch, tmp_path, "sound", weakness.sound)
    assert weakness.rule in _found(scratch, tmp_path, "weak", weakness.weak)


MISTAKES = [
    ("an unknown property", _with(TABLE, "Table", Backup=True), "E3002"),
    ("a wrong kind of value", _with(TABLE, "Table", DeletionProtectionEnabled="perhaps"), "E3012"),
    ("a value that there is not", _with(TABLE, "Table", BillingMode="FREE"), "E3030"),
    ("a reference to nothing", _with(TABLE, "Table", TableName={"Ref": "Absent"}), "E1020"),
    ("a type that there is not", {"Thing": ("AWS::S3::Cupboard", {})}, "E3006"),
    ("a property that is missing", _with(TABLE, "Table", KeySchema=None), "E3003"),
]


@pytest.mark.parametrize(("resources", "rule"), [one[1:] for one in MISTAKES], ids=[one[0] for one in MISTAKES])
def test_a_mistake_is_found(resources: Resources, rule: str) -> None:
    assert rule in {finding.split(" ")[0] for finding in lint(_template(resources))}
