"""The weaknesses that a service stack could have, planted one by one, as those of the other stacks are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App
from tests.infra.test_planted_weaknesses import Resources, Weakness, _found, _with, _without

ORIGIN: dict[str, Any] = {
    "Id": "app",
    "DomainName": "app.shop.test",
    "CustomOriginConfig": {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1.2"]},
}
OLD_ORIGIN = {
    **ORIGIN,
    "CustomOriginConfig": {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1", "TLSv1.2"]},
}
BUCKET_ORIGIN: dict[str, Any] = {
    "Id": "app",
    "DomainName": {"Fn::GetAtt": ["Bucket", "RegionalDomainName"]},
    "S3OriginConfig": {"OriginAccessIdentity": ""},
}
CERTIFICATE = {
    "AcmCertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/1",
    "SslSupportMethod": "sni-only",
    "MinimumProtocolVersion": "TLSv1.2_2021",
}
CONFIG: dict[str, Any] = {
    "Enabled": True,
    "Origins": [ORIGIN],
    "DefaultCacheBehavior": {"TargetOriginId": "app", "ViewerProtocolPolicy": "redirect-to-https"},
    "Restrictions": {"GeoRestriction": {"RestrictionType": "whitelist", "Locations": ["DE"]}},
    "WebACLId": "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1",
    "Logging": {"Bucket": "logs.s3.amazonaws.com"},
    "ViewerCertificate": CERTIFICATE,
}


def front(**changes: Any) -> Resources:
    config = {key: value for key, value in {**CONFIG, **changes}.items() if value is not None}
    return {"Front": ("AWS::CloudFront::Distribution", {"DistributionConfig": config})}


BUCKET: Resources = {"Bucket": ("AWS::S3::Bucket", {})}
GUARDED_BUCKET = {**BUCKET, **front(Origins=[{**BUCKET_ORIGIN, "OriginAccessControlId": "E1"}])}
BALANCER: Resources = {
    "Balancer": (
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        {
            "Subnets": ["subnet-1", "subnet-2"],
            "LoadBalancerAttributes": [{"Key": "access_logs.s3.enabled", "Value": "true"}],
        },
    )
}
CLUSTER: Resources = {
    "Cluster": ("AWS::ECS::Cluster", {"ClusterSettings": [{"Name": "containerInsights", "Value": "enabled"}]})
}
CONTAINER: dict[str, Any] = {"Name": "web", "Image": "shop:1", "LogConfiguration": {"LogDriver": "awslogs"}}


def task(**changes: Any) -> Resources:
    container = {key: value for key, value in {**CONTAINER, **changes}.items() if value is not None}
    return {"Task": ("AWS::ECS::TaskDefinition", {"ContainerDefinitions": [container]})}


NETWORK: Resources = {
    "Network": ("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16"}),
    "Flow": (
        "AWS::EC2::FlowLog",
        {"ResourceId": {"Ref": "Network"}, "ResourceType": "VPC", "TrafficType": "ALL", "LogGroupName": "flow"},
    ),
}
FUNCTION: Resources = {
    "Function": (
        "AWS::Lambda::Function",
        {"Runtime": "python3.14", "Handler": "a.b", "Role": "arn", "Code": {"S3Bucket": "b", "S3Key": "k"}},
    )
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
ANYBODY = [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIpv6": "::/0"}]

WEAKNESSES = [
    Weakness("a front for the whole world", "CFR1", front(), front(Restrictions=None)),
    Weakness("a front without a firewall", "CFR2", front(), front(WebACLId=None)),
    Weakness("a front without a log", "CFR3", front(), front(Logging=None)),
    Weakness(
        "a front that speaks old TLS",
        "CFR4",
        front(),
        front(ViewerCertificate={**CERTIFICATE, "MinimumProtocolVersion": "TLSv1"}),
    ),
    Weakness("a front on CloudFront's certificate", "CFR4", front(), front(ViewerCertificate=None)),
    Weakness("a way to the app with old TLS", "CFR5", front(), front(Origins=[OLD_ORIGIN])),
    Weakness("a bucket that anybody must read", "CFR7", GUARDED_BUCKET, {**BUCKET, **front(Origins=[BUCKET_ORIGIN])}),
    Weakness("a balancer without a log", "ELB2", BALANCER, _with(BALANCER, "Balancer", LoadBalancerAttributes=None)),
    Weakness("a cluster that nobody watches", "ECS4", CLUSTER, _with(CLUSTER, "Cluster", ClusterSettings=None)),
    Weakness("settings in a task", "ECS2", task(), task(Environment=[{"Name": "KEY", "Value": "secret"}])),
    Weakness("a container without a log", "ECS7", task(), task(LogConfiguration=None)),
    Weakness("a network without flow logs", "VPC7", NETWORK, _without(NETWORK, "Flow")),
    Weakness("an old runtime", "L1", FUNCTION, _with(FUNCTION, "Function", Runtime="python3.9")),
    Weakness("a balancer open to all", "EC23", GROUP, _with(GROUP, "Group", SecurityGroupIngress=ANYBODY)),
]


@pytest.mark.parametrize("weakness", WEAKNESSES, ids=lambda one: one.name)
def test_a_weakness_is_found_and_its_absence_is_not(weakness: Weakness, scratch: App, tmp_path: Path) -> None:
    assert weakness.rule not in _found(scratch, tmp_path, "sound", weakness.sound)
    assert weakness.rule in _found(scratch, tmp_path, "weak", weakness.weak)
