"""The containers: one image in two roles, each a service that is replaced without a gap and rolled back by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Aws
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs import rights
from infra.constructs.balancer import PORTS, Balancer
from infra.constructs.environment import environment
from infra.constructs.network import EVERYWHERE, Network
from infra.constructs.service_parameters import Holdings, ShopFacts
from infra.shop_stack import accept

TRUSTED_PROXIES = 2
"""CloudFront and the balancer each add the address that they saw."""
LOG_DAYS = 30
STOP_SECONDS = 60
"""The app drains, finishes what is under way and closes in less: a test adds its bounds up."""
GRACE_SECONDS = 60
ALIVE_EVERY_SECONDS, ALIVE_TIMEOUT_SECONDS, ALIVE_RETRIES = 30, 5, 3
ECS_TASKS = "ecs-tasks.amazonaws.com"
USER = "10001:10001"
"""The image's own user, by number, so that it is nobody else whatever an image says."""


@dataclass(frozen=True, slots=True)
class Image:
    """What runs: an address with tag or digest, the repository's name, and how much machine it gets."""

    uri: str
    repository: str
    cpu: str
    memory: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a service stands in and answers through."""

    network: Network
    balancer: Balancer


@dataclass(frozen=True, slots=True)
class Services:
    """The cluster and its services by role."""

    cluster: ecs.CfnCluster
    by_role: Mapping[str, ecs.CfnService]


@dataclass(frozen=True, slots=True)
class _Process:
    """One of the two: its settings, its machine, where its lines go, and who starts it and who it is."""

    role: str
    facts: ShopFacts
    image: Image
    lines: logs.CfnLogGroup
    starter: iam.CfnRole
    own: iam.CfnRole


def add_services(scope: Construct, facts: ShopFacts, holdings: Holdings, image: Image, ground: Ground) -> Services:
    """Cluster, roles, logs, and a service for each role."""
    setting = ecs.CfnCluster.ClusterSettingsProperty(name="containerInsights", value="disabled")
    cluster = ecs.CfnCluster(scope, "Cluster", cluster_settings=[setting])
    accept(
        cluster,
        ["AwsSolutions-ECS4"],
        "Container Insights bills some twenty metrics a service, more than a small shop's containers. CPU, memory and "
        "the balancer's metrics come without it.",
    )
    lines = {role: logs.CfnLogGroup(scope, f"{role.title()}Logs", retention_in_days=LOG_DAYS) for role in PORTS}
    starter = rights.add_role(
        scope,
        "ExecutionRole",
        ECS_TASKS,
        [*rights.pulls_image(image.repository), rights.writes_logs(*(group.attr_arn for group in lines.values()))],
    )
    rights.accept_token_right(starter)
    every = [rights.keeps_snapshot(holdings), *rights.opens_secrets(holdings)]
    own_rights = {
        "web": [*rights.reads_catalog(holdings), rights.repairs_products(holdings)],
        "api": [*rights.reads_table(holdings), rights.writes_table(holdings)],
    }
    group = _add_group(scope, ground)
    services = {}
    for role in PORTS:
        own = rights.add_role(scope, f"{role.title()}TaskRole", ECS_TASKS, [*own_rights[role], *every])
        definition = _add_definition(scope, _Process(role, facts, image, lines[role], starter, own))
        services[role] = _add_service(scope, role, definition, cluster=cluster, group=group, ground=ground)
    return Services(cluster, services)


def _add_group(scope: Construct, ground: Ground) -> ec2.CfnSecurityGroup:
    group = ec2.CfnSecurityGroup
    return group(
        scope,
        "TaskGroup",
        group_description="The containers: in from the load balancer, out by HTTPS",
        vpc_id=ground.network.vpc.ref,
        security_group_ingress=[
            group.IngressProperty(
                ip_protocol="tcp",
                from_port=port,
                to_port=port,
                source_security_group_id=ground.balancer.group.attr_group_id,
                description=f"The load balancer to {role}",
            )
            for role, port in PORTS.items()
        ],
        security_group_egress=[
            group.EgressProperty(
                ip_protocol="tcp", from_port=443, to_port=443, cidr_ip=EVERYWHERE, description="AWS by HTTPS"
            )
        ],
    )


def _add_definition(scope: Construct, process: _Process) -> ecs.CfnTaskDefinition:
    definition = ecs.CfnTaskDefinition(
        scope,
        f"{process.role.title()}Task",
        requires_compatibilities=["FARGATE"],
        network_mode="awsvpc",
        cpu=process.image.cpu,
        memory=process.image.memory,
        runtime_platform=ecs.CfnTaskDefinition.RuntimePlatformProperty(
            cpu_architecture="ARM64", operating_system_family="LINUX"
        ),
        execution_role_arn=process.starter.attr_arn,
        task_role_arn=process.own.attr_arn,
        container_definitions=[_container(process)],
    )
    accept(
        definition,
        ["AwsSolutions-ECS2"],
        "The environment holds names and addresses only. The app reads its secrets itself, by the task's role.",
    )
    return definition


def _container(process: _Process) -> ecs.CfnTaskDefinition.ContainerDefinitionProperty:
    task = ecs.CfnTaskDefinition
    role = process.role
    settings = {"AWS_REGION": Aws.REGION, **environment(process.facts, role=role, trusted_proxies=TRUSTED_PROXIES)}
    return task.ContainerDefinitionProperty(
        name=role,
        image=process.image.uri,
        essential=True,
        port_mappings=[task.PortMappingProperty(container_port=PORTS[role], protocol="tcp")],
        environment=[task.KeyValuePairProperty(name=name, value=value) for name, value in settings.items()],
        # The app writes no file, so there is not even a volume for /tmp.
        readonly_root_filesystem=True,
        user=USER,
        privileged=False,
        linux_parameters=task.LinuxParametersProperty(
            init_process_enabled=True, capabilities=task.KernelCapabilitiesProperty(drop=["ALL"])
        ),
        health_check=task.HealthCheckProperty(
            command=["CMD", "python", "-m", "xpressbuy.alive", role],
            interval=ALIVE_EVERY_SECONDS,
            timeout=ALIVE_TIMEOUT_SECONDS,
            retries=ALIVE_RETRIES,
            start_period=GRACE_SECONDS,
        ),
        stop_timeout=STOP_SECONDS,
        log_configuration=task.LogConfigurationProperty(
            log_driver="awslogs",
            options={
                "awslogs-group": process.lines.ref,
                "awslogs-region": Aws.REGION,
                "awslogs-stream-prefix": role,
                # A slow log must not hold up an answer: lines wait in memory and the oldest are dropped.
                "mode": "non-blocking",
                "max-buffer-size": "4m",
            },
        ),
    )


def _add_service(
    scope: Construct,
    role: str,
    definition: ecs.CfnTaskDefinition,
    *,
    cluster: ecs.CfnCluster,
    group: ec2.CfnSecurityGroup,
    ground: Ground,
) -> ecs.CfnService:
    service = ecs.CfnService(
        scope,
        f"{role.title()}Service",
        cluster=cluster.ref,
        task_definition=definition.ref,
        launch_type="FARGATE",
        # No desired count: a deploy must not undo what scaling has decided.
        deployment_configuration=ecs.CfnService.DeploymentConfigurationProperty(
            minimum_healthy_percent=100,
            maximum_percent=200,
            deployment_circuit_breaker=ecs.CfnService.DeploymentCircuitBreakerProperty(enable=True, rollback=True),
        ),
        health_check_grace_period_seconds=GRACE_SECONDS,
        enable_execute_command=False,
        enable_ecs_managed_tags=True,
        propagate_tags="SERVICE",
        load_balancers=[
            ecs.CfnService.LoadBalancerProperty(
                container_name=role, container_port=PORTS[role], target_group_arn=ground.balancer.targets[role].ref
            )
        ],
        network_configuration=ecs.CfnService.NetworkConfigurationProperty(
            awsvpc_configuration=ecs.CfnService.AwsVpcConfigurationProperty(
                subnets=list(ground.network.subnets), security_groups=[group.attr_group_id], assign_public_ip="ENABLED"
            )
        ),
    )
    # A target group may be named only once a rule leads to it, and a task starts only with a way to the image.
    for needed in (*ground.balancer.rules, ground.network.ready):
        service.add_resource_dependency(needed)
    return service
