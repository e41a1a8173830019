"""The shop's image: where it is kept, and what builds it from a zip of the source. Neither bills while idle."""

from __future__ import annotations

import json

from aws_cdk import Fn
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.rights import Statement, accept_token_right, add_role, writes_logs
from infra.shop_stack import accept

SOURCES = "source/*"
"""Where the command line puts a source; a build reads nothing else of the bucket."""
IMAGES_KEPT = 10
LOG_DAYS = 30
BUILD_MINUTES_MAX = 30
BUILDER = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
STEPS = {
    "version": "0.2",
    "phases": {
        "pre_build": {
            "commands": [
                "aws ecr get-login-password | docker login --username AWS --password-stdin ${IMAGE_URI%%/*}",
            ]
        },
        # In one phase, since a later phase would run even if the build had failed.
        "build": {"commands": ["docker build --tag $IMAGE_URI .", "docker push $IMAGE_URI"]},
    },
}
"""IMAGE_URI comes with each build: the repository and the tag, which is a hash of the source."""


def add_repository(scope: Construct) -> ecr.CfnRepository:
    """`Repository`: a tag never changes what it names, each image is scanned, the last ten stay."""
    keep = {
        "rules": [
            {
                "rulePriority": 1,
                "description": f"Keep the last {IMAGES_KEPT}",
                "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": IMAGES_KEPT},
                "action": {"type": "expire"},
            }
        ]
    }
    return ecr.CfnRepository(
        scope,
        "Repository",
        repository_name=Fn.sub("${ShopName}"),
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration=ecr.CfnRepository.ImageScanningConfigurationProperty(scan_on_push=True),
        encryption_configuration=ecr.CfnRepository.EncryptionConfigurationProperty(encryption_type="AES256"),
        lifecycle_policy=ecr.CfnRepository.LifecyclePolicyProperty(
            lifecycle_policy_text=json.dumps(keep, sort_keys=True)
        ),
        empty_on_delete=True,
    )


def add_build(scope: Construct, bucket: s3.CfnBucket, repository: ecr.CfnRepository) -> codebuild.CfnProject:
    """`Build` with its role and log. It is started by hand, with a source and an IMAGE_URI."""
    group = logs.CfnLogGroup(
        scope, "BuildLogs", log_group_name=Fn.sub("/aws/codebuild/${ShopName}-image"), retention_in_days=LOG_DAYS
    )
    project = codebuild.CfnProject(
        scope,
        "Build",
        name=Fn.sub("${ShopName}-image"),
        description="Builds the shop's image from a zip of the source",
        service_role=_role(scope, bucket, repository, group).attr_arn,
        source=codebuild.CfnProject.SourceProperty(
            type="S3",
            # A build names a zip of its own; the project has to name one, too.
            location=f"{bucket.ref}/source/none.zip",
            build_spec=json.dumps(STEPS, indent=1),
        ),
        artifacts=codebuild.CfnProject.ArtifactsProperty(type="NO_ARTIFACTS"),
        environment=codebuild.CfnProject.EnvironmentProperty(
            type="ARM_CONTAINER",
            compute_type="BUILD_GENERAL1_SMALL",
            image=BUILDER,
            # Docker builds in Docker.
            privileged_mode=True,
        ),
        logs_config=codebuild.CfnProject.LogsConfigProperty(
            cloud_watch_logs=codebuild.CfnProject.CloudWatchLogsConfigProperty(status="ENABLED", group_name=group.ref)
        ),
        timeout_in_minutes=BUILD_MINUTES_MAX,
    )
    accept(
        project,
        ["AwsSolutions-CB4"],
        "A build leaves no artefact in S3 that a key of our own could encrypt; the image goes to the registry. A key "
        "would cost 1 USD a month.",
    )
    return project


def _role(
    scope: Construct, bucket: s3.CfnBucket, repository: ecr.CfnRepository, group: logs.CfnLogGroup
) -> iam.CfnRole:
    pushes = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ]
    rights: list[Statement] = [
        _allow(["s3:GetObject", "s3:GetObjectVersion"], f"{bucket.attr_arn}/{SOURCES}"),
        _allow(["s3:GetBucketAcl", "s3:GetBucketLocation"], bucket.attr_arn),
        _allow(["ecr:GetAuthorizationToken"], "*"),
        _allow(pushes, repository.attr_arn),
        writes_logs(group.attr_arn),
    ]
    role = add_role(scope, "BuildRole", "codebuild.amazonaws.com", rights)
    accept_token_right(role)
    accept(
        role,
        [f"AwsSolutions-IAM5[Resource::<Code.Arn>/{SOURCES}]"],
        "Each source is named for its content, so only the folder is known beforehand. It holds nothing else.",
    )
    return role


def _allow(actions: list[str], resource: str) -> Statement:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}
