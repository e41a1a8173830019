"""The release stack: where a version of the shop is built and kept before it runs. It costs cents a month."""

from __future__ import annotations

from aws_cdk import Fn
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.image_build import add_build, add_repository
from infra.constructs.images import add_bucket, only_over_tls
from infra.shop_stack import SHOP_NAME_PATTERN, ShopStack, accept

PASSING = {"source/": 14, "templates/": 14}
"""Folders of the bucket whose files are of use on one day; after how many they go. Code stays, for a way back."""


class ReleaseStack(ShopStack):
    """A bucket, a registry and a build."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name, description="XpressBuy release stack - code, images and how they are built")
        self.text(
            "ShopName",
            "What names of resources begin with: 3 to 28 small letters, digits and hyphens",
            default="xpressbuy",
            pattern=SHOP_NAME_PATTERN,
        )
        bucket = self._add_bucket()
        repository = add_repository(self)
        project = add_build(self, bucket, repository)
        self.output("CodeBucket", bucket.ref, "Bucket of the code, of large templates and of sources to build")
        self.output("RepositoryUri", repository.attr_repository_uri, "The registry's address of the shop's images")
        self.output("RepositoryName", repository.ref, "The registry's name for them")
        self.output("BuildProject", project.ref, "What builds an image")

    def _add_bucket(self) -> s3.CfnBucket:
        rules = [
            s3.CfnBucket.RuleProperty(
                id=f"old-{prefix.removesuffix('/')}", status="Enabled", prefix=prefix, expiration_in_days=days
            )
            for prefix, days in PASSING.items()
        ]
        bucket = add_bucket(self, "Code", Fn.sub("${ShopName}-code-${AWS::AccountId}-${AWS::Region}"), rules)
        accept(
            bucket,
            ["AwsSolutions-S1"],
            "It holds what the owner uploads and AWS reads. A log of that would be one more bucket to keep and pay.",
        )
        s3.CfnBucketPolicy(
            self,
            "CodePolicy",
            bucket=bucket.ref,
            policy_document={"Version": "2012-10-17", "Statement": [only_over_tls(bucket)]},
        )
        return bucket
