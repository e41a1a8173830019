"""The pictures' bucket: private, over TLS only, read by nobody from outside but the shop's own CloudFront."""

from __future__ import annotations

from aws_cdk import Aws, Fn, RemovalPolicy
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.shop_stack import accept

SERVED = ("images/*", "closed/*")
"""What CloudFront may read: the pictures, and the page of a shop that is closed."""
UNFINISHED_UPLOAD_DAYS = 1


def add_bucket(scope: Construct, logical_id: str, name: str, rules: list[s3.CfnBucket.RuleProperty]) -> s3.CfnBucket:
    """A bucket that nothing can make public, with these rules and one for uploads that were never finished."""
    return s3.CfnBucket(
        scope,
        logical_id,
        bucket_name=name,
        bucket_encryption=s3.CfnBucket.BucketEncryptionProperty(
            server_side_encryption_configuration=[
                s3.CfnBucket.ServerSideEncryptionRuleProperty(
                    server_side_encryption_by_default=s3.CfnBucket.ServerSideEncryptionByDefaultProperty(
                        sse_algorithm="AES256"
                    )
                )
            ]
        ),
        lifecycle_configuration=s3.CfnBucket.LifecycleConfigurationProperty(
            rules=[
                s3.CfnBucket.RuleProperty(
                    id="unfinished-uploads",
                    status="Enabled",
                    abort_incomplete_multipart_upload=s3.CfnBucket.AbortIncompleteMultipartUploadProperty(
                        days_after_initiation=UNFINISHED_UPLOAD_DAYS
                    ),
                ),
                *rules,
            ]
        ),
        ownership_controls=s3.CfnBucket.OwnershipControlsProperty(
            rules=[s3.CfnBucket.OwnershipControlsRuleProperty(object_ownership="BucketOwnerEnforced")]
        ),
        public_access_block_configuration=s3.CfnBucket.PublicAccessBlockConfigurationProperty(
            block_public_acls=True, block_public_policy=True, ignore_public_acls=True, restrict_public_buckets=True
        ),
    )


def only_over_tls(bucket: s3.CfnBucket) -> dict[str, object]:
    """The statement that refuses every request to a bucket that is not encrypted on its way."""
    return {
        "Sid": "OnlyOverTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket.attr_arn, f"{bucket.attr_arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def add_images(scope: Construct) -> s3.CfnBucket:
    """`Images`, kept when its stack goes, and its policy."""
    images = add_bucket(scope, "Images", Fn.sub("${ShopName}-images-${AWS::AccountId}-${AWS::Region}"), [])
    images.apply_removal_policy(RemovalPolicy.RETAIN)
    accept(
        images,
        ["AwsSolutions-S1"],
        "Anybody may see the pictures, so a log of who read them protects nothing; it would be one more bucket that "
        "grows and is paid for. CloudFront counts the requests.",
    )
    s3.CfnBucketPolicy(
        scope,
        "ImagesPolicy",
        bucket=images.ref,
        policy_document={
            "Version": "2012-10-17",
            "Statement": [
                only_over_tls(images),
                {
                    "Sid": "ReadByCloudFront",
                    "Effect": "Allow",
                    "Principal": {"Service": "cloudfront.amazonaws.com"},
                    "Action": "s3:GetObject",
                    "Resource": [f"{images.attr_arn}/{prefix}" for prefix in SERVED],
                    # The distribution lies in another stack, which can come and go; it is of this account.
                    "Condition": {
                        "ArnLike": {"aws:SourceArn": f"arn:{Aws.PARTITION}:cloudfront::{Aws.ACCOUNT_ID}:distribution/*"}
                    },
                },
            ],
        },
    )
    return images
