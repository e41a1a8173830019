"""The network of the containers: two public subnets in two zones, and no gateway that bills by the hour.

Containers have public addresses to reach AWS and the identity provider; their security group lets nobody but the
balancer in. A NAT gateway would cost more than everything else here together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aws_cdk import Aws, Fn, Tags
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from infra.constructs import rights
from infra.constructs.service_parameters import Holdings
from infra.shop_stack import accept

RANGE = "10.20.0.0/20"
SUBNETS = (("PublicA", "10.20.0.0/22"), ("PublicB", "10.20.4.0/22"))
"""A thousand addresses each: a deploy doubles the tasks, and the balancer takes up to eight in each."""
EVERYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, slots=True)
class Network:
    """What the balancer and the containers stand in. `ready` must be there before anything can reach the internet."""

    vpc: ec2.CfnVPC
    subnets: tuple[str, ...]
    ready: ec2.CfnRoute


def add_network(scope: Construct, shop_name: str, holdings: Holdings) -> Network:
    """VPC, subnets, the way out, and the two gateway endpoints, which are free."""
    vpc = ec2.CfnVPC(scope, "Vpc", cidr_block=RANGE, enable_dns_hostnames=True, enable_dns_support=True)
    Tags.of(vpc).add("Name", shop_name)
    accept(
        vpc,
        ["AwsSolutions-VPC7"],
        "Flow logs would keep the address of every peer, at a price by the gigabyte. Both security groups admit one "
        "peer each; the app and the balancer's metrics say what came of a request.",
    )
    gateway = ec2.CfnInternetGateway(scope, "InternetGateway")
    attachment = ec2.CfnVPCGatewayAttachment(
        scope, "InternetAttachment", vpc_id=vpc.ref, internet_gateway_id=gateway.ref
    )
    table = ec2.CfnRouteTable(scope, "PublicRoutes", vpc_id=vpc.ref)
    route = ec2.CfnRoute(
        scope,
        "InternetRoute",
        route_table_id=table.ref,
        destination_cidr_block=EVERYWHERE,
        gateway_id=gateway.ref,
    )
    route.add_resource_dependency(attachment)
    subnets = tuple(_add_subnet(scope, vpc, table, number) for number in range(len(SUBNETS)))
    _add_endpoint(scope, vpc, table, "dynamodb", _table_only(holdings))
    _add_endpoint(scope, vpc, table, "s3", _layers_and_snapshot(holdings))
    return Network(vpc, subnets, route)


def _add_subnet(scope: Construct, vpc: ec2.CfnVPC, table: ec2.CfnRouteTable, number: int) -> str:
    name, block = SUBNETS[number]
    subnet = ec2.CfnSubnet(
        scope,
        name,
        vpc_id=vpc.ref,
        cidr_block=block,
        availability_zone=Fn.select(number, Fn.get_azs()),
        # What needs a public address asks for it itself.
        map_public_ip_on_launch=False,
    )
    ec2.CfnSubnetRouteTableAssociation(scope, f"{name}Routes", subnet_id=subnet.ref, route_table_id=table.ref)
    return subnet.ref


def _add_endpoint(
    scope: Construct, vpc: ec2.CfnVPC, table: ec2.CfnRouteTable, service: str, statements: list[dict[str, Any]]
) -> None:
    ec2.CfnVPCEndpoint(
        scope,
        {"dynamodb": "TableEndpoint", "s3": "StoreEndpoint"}[service],
        vpc_id=vpc.ref,
        service_name=Fn.join(".", ["com.amazonaws", Aws.REGION, service]),
        vpc_endpoint_type="Gateway",
        route_table_ids=[table.ref],
        policy_document={
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": "*", **one} for one in statements],
        },
    )


def _table_only(holdings: Holdings) -> list[dict[str, Any]]:
    return [{"Action": [*rights.READS, *rights.WRITES], "Resource": rights.table_and_indexes(holdings)}]


def _layers_and_snapshot(holdings: Holdings) -> list[dict[str, Any]]:
    """ECR hands its layers out from a bucket of AWS's; of the shop's own objects a container knows one."""
    layers = f"arn:{Aws.PARTITION}:s3:::prod-{Aws.REGION}-starport-layer-bucket/*"
    return [
        {"Action": ["s3:GetObject"], "Resource": [layers]},
        {"Action": list(rights.KEEPS), "Resource": [rights.snapshot_object(holdings)]},
    ]
