"""Small templates with the real ones' parameters and outputs, for what the engine does with any template."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any


def _parameters(*names: str, **defaults: str) -> dict[str, Any]:
    return {name: {"Type": "String"} for name in names} | {
        name: {"Type": "String", "Default": value} for name, value in defaults.items()
    }


RELEASE: dict[str, Any] = {
    "Parameters": _parameters("ShopName"),
    "Resources": {
        "Code": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "${ShopName}-code"}}},
        "Images": {
            "Type": "AWS::ECR::Repository",
            "Properties": {"RepositoryName": {"Ref": "ShopName"}, "ImageTagMutability": "IMMUTABLE"},
        },
    },
    "Outputs": {
        "CodeBucket": {"Value": {"Ref": "Code"}},
        "RepositoryName": {"Value": {"Ref": "Images"}},
        "RepositoryUri": {"Value": {"Fn::GetAtt": ["Images", "RepositoryUri"]}},
        "BuildProject": {"Value": "none"},
    },
}
DATA: dict[str, Any] = {
    "Parameters": _parameters("ShopName", "PublicUrl", "MailSender", "MailCodeKey", Currency="USD"),
    "Resources": {
        "Table": {
            "Type": "AWS::DynamoDB::Table",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "TableName": {"Ref": "ShopName"},
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
                "DeletionProtectionEnabled": True,
            },
        },
        "Images": {
            "Type": "AWS::S3::Bucket",
            "DeletionPolicy": "Retain",
            "Properties": {"BucketName": {"Fn::Sub": "${ShopName}-images-${AWS::AccountId}-${AWS::Region}"}},
        },
        "Note": {
            "Type": "AWS::SSM::Parameter",
            "Properties": {
                "Name": {"Fn::Sub": "/${ShopName}/note"},
                "Type": "String",
                "Value": {"Fn::Sub": "${PublicUrl} ${MailSender} ${MailCodeKey} ${Currency}"},
            },
        },
    },
    "Outputs": {"TableName": {"Value": {"Ref": "Table"}}, "ImagesBucket": {"Value": {"Ref": "Images"}}},
}
EDGE: dict[str, Any] = {
    "Parameters": _parameters("ShopName", "DomainName", "HostedZoneId", Waf="off"),
    "Conditions": {"WithWaf": {"Fn::Equals": [{"Ref": "Waf"}, "on"]}},
    "Resources": {
        "Always": {
            "Type": "AWS::SSM::Parameter",
            "Properties": {
                "Name": {"Fn::Sub": "/${ShopName}/edge"},
                "Type": "String",
                "Value": {"Fn::Sub": "${Waf} ${DomainName}"},
            },
        },
        "Firewall": {
            "Type": "AWS::WAFv2::WebACL",
            "Condition": "WithWaf",
            "Properties": {
                "Name": {"Fn::Sub": "${ShopName}-front"},
                "Scope": "CLOUDFRONT",
                "DefaultAction": {"Allow": {}},
                "Rules": [],
                "VisibilityConfig": {
                    "CloudWatchMetricsEnabled": False,
                    "SampledRequestsEnabled": False,
                    "MetricName": "front",
                },
            },
        },
    },
    "Outputs": {
        "EdgeCertificateArn": {"Value": "arn:aws:acm:us-east-1:000000000000:certificate/1"},
        "WebAclArn": {"Value": {"Fn::If": ["WithWaf", {"Fn::GetAtt": ["Firewall", "Arn"]}, ""]}},
    },
}
SERVICE: dict[str, Any] = {
    "Parameters": {
        **_parameters("ShopName", "PublicUrl", "TableName", "ImageUri", State="paused", WebAclArn="", DomainName=""),
        "OriginSecret": {"Type": "String", "NoEcho": True},
    },
    "Conditions": {"Running": {"Fn::Equals": [{"Ref": "State"}, "running"]}},
    "Resources": {
        "Distribution": {
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {
                "DistributionConfig": {
                    "Enabled": True,
                    "Comment": {"Fn::Sub": "${State} ${OriginSecret} ${WebAclArn}"},
                    "Origins": [{"Id": "one", "DomainName": "example.com", "S3OriginConfig": {}}],
                    "DefaultCacheBehavior": {"TargetOriginId": "one", "ViewerProtocolPolicy": "https-only"},
                }
            },
        },
        "Vpc": {"Type": "AWS::EC2::VPC", "Condition": "Running", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "Address": {
            "Type": "AWS::SSM::Parameter",
            "Condition": "Running",
            "Properties": {"Name": {"Fn::Sub": "/${ShopName}/url"}, "Type": "String", "Value": {"Ref": "PublicUrl"}},
        },
    },
    "Outputs": {
        "DistributionDomain": {"Value": {"Fn::GetAtt": ["Distribution", "DomainName"]}},
        "State": {"Value": {"Ref": "State"}},
    },
}
BROKEN: dict[str, Any] = {
    "Type": "AWS::KMS::Alias",
    "Properties": {"AliasName": "no-alias", "TargetKeyId": "none"},
}
"""A resource that cannot be made."""


def write(folder: Path, **changed: dict[str, Any]) -> Path:
    """The templates as files; a keyword replaces one, by name with `_` for `-`."""
    folder.mkdir(parents=True, exist_ok=True)
    serverless = copy.deepcopy(SERVICE)
    serverless["Parameters"]["WebCodeKey"] = serverless["Parameters"].pop("ImageUri")
    config = serverless["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    config["Comment"] = {"Fn::Sub": "on Lambda ${State} ${OriginSecret} ${WebAclArn}"}
    written = {
        "release": RELEASE,
        "data": DATA,
        "edge": EDGE,
        "service_fargate": SERVICE,
        "service_serverless": serverless,
    } | changed
    for name, content in written.items():
        (folder / f"{name.replace('_', '-')}.json").write_text(json.dumps(content))
    return folder
