"""How many containers there are: between two bounds, by what their processors do and by how many requests each gets."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Fn
from aws_cdk import aws_applicationautoscaling as scaling
from constructs import Construct

from infra.constructs.balancer import Balancer
from infra.constructs.tasks import Services

CPU_PERCENT = 60
REQUESTS_A_MINUTE = 1500
"""25 a second for each container. A quarter of a core answered some 50 pages a second when it was measured, so one
container still answers while the next one starts."""
OUT_SECONDS = 30
IN_SECONDS = 300
"""Down slowly: a container too many for five minutes costs a tenth of a cent, one too few costs sales."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most containers of each role."""

    least: float
    most: float


def add_scaling(scope: Construct, services: Services, balancer: Balancer, bounds: Bounds) -> None:
    """A target and two policies for each role."""
    for role, service in services.by_role.items():
        target = scaling.CfnScalableTarget(
            scope,
            f"{role.title()}Scaling",
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=Fn.join("/", ["service", services.cluster.ref, service.attr_name]),
            min_capacity=bounds.least,
            max_capacity=bounds.most,
        )
        label = Fn.join(
            "/", [balancer.balancer.attr_load_balancer_full_name, balancer.targets[role].attr_target_group_full_name]
        )
        metric = scaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty
        cpu = metric(predefined_metric_type="ECSServiceAverageCPUUtilization")
        requests = metric(predefined_metric_type="ALBRequestCountPerTarget", resource_label=label)
        _add_policy(scope, f"{role.title()}ByCpu", target, cpu, CPU_PERCENT)
        _add_policy(scope, f"{role.title()}ByRequests", target, requests, REQUESTS_A_MINUTE)


def _add_policy(
    scope: Construct,
    name: str,
    target: scaling.CfnScalableTarget,
    metric: scaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty,
    value: float,
) -> None:
    policy = scaling.CfnScalingPolicy
    policy(
        scope,
        name,
        policy_name=name,
        policy_type="TargetTrackingScaling",
        scaling_target_id=target.ref,
        target_tracking_scaling_policy_configuration=policy.TargetTrackingScalingPolicyConfigurationProperty(
            target_value=value,
            scale_out_cooldown=OUT_SECONDS,
            scale_in_cooldown=IN_SECONDS,
            predefined_metric_specification=metric,
        ),
    )
