"""What wakes the owner while the shop runs. An alarm costs 0.10 USD a month, so each is one that asks for something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Aws, CfnCondition, Fn
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from infra.constructs.balancer import Balancer
from infra.constructs.function import WebFunction
from infra.constructs.service_parameters import Conditions

MINUTE, FIVE_MINUTES = 60, 300
FAILURES_MAX = 5
"""Failed answers in five minutes that nobody need look at: a process that was ended, an outage of seconds."""
FRONT_FAILURES_PERCENT = 5
FRONT_REGION = "us-east-1"
"""CloudFront's metrics are there and nowhere else, and an alarm sees its own region only."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One number that AWS keeps, and of what."""

    namespace: str
    name: str
    statistic: str
    dimensions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Limit:
    """More than this, for so many periods of so many seconds, is worth a mail."""

    above: float
    period_seconds: int = FIVE_MINUTES
    periods: int = 1


def watch_balancer(scope: Construct, topic: str, balancer: Balancer) -> None:
    """Failed answers of the app and of the balancer itself, and targets that are not well."""
    whole = {"LoadBalancer": balancer.balancer.attr_load_balancer_full_name}
    for name, metric, who in (
        ("AppFailures", "HTTPCode_Target_5XX_Count", "The app"),
        ("BalancerFailures", "HTTPCode_ELB_5XX_Count", "The load balancer, for want of a healthy container,"),
    ):
        text = f"{who} gave more than {FAILURES_MAX} answers of 500 and above in five minutes."
        _alarm(scope, name, topic, text, Metric("AWS/ApplicationELB", metric, "Sum", whole), Limit(FAILURES_MAX))
    for role, targets in balancer.targets.items():
        _watch_targets(scope, role, topic, targets, whole)


def watch_function(scope: Construct, topic: str, web: WebFunction) -> None:
    """Failed answers, and calls that AWS refused since too many ran at once."""
    function = {"FunctionName": web.function.ref}
    text = f"The shop gave more than {FAILURES_MAX} answers of 500 and above in five minutes."
    _alarm(scope, "AppFailures", topic, text, Metric("AWS/Lambda", "Url5xxCount", "Sum", function), Limit(FAILURES_MAX))
    text = "Visitors were turned away: as many functions ran as the account may have at once."
    _alarm(scope, "Throttled", topic, text, Metric("AWS/Lambda", "Throttles", "Sum", function), Limit(0))


def watch_front(scope: Construct, topic: str, distribution: cloudfront.CfnDistribution, when: Conditions) -> None:
    """The share of failed answers as visitors see it; only for a shop in CloudFront's own region."""
    counted = CfnCondition(
        scope,
        "RunningWhereFrontIsCounted",
        expression=Fn.condition_and(when.is_running, Fn.condition_equals(Aws.REGION, FRONT_REGION)),
    )
    metric = Metric(
        "AWS/CloudFront", "5xxErrorRate", "Average", {"DistributionId": distribution.ref, "Region": "Global"}
    )
    text = f"More than {FRONT_FAILURES_PERCENT} % of all answers were failures for ten minutes."
    alarm = _alarm(scope, "FrontFailures", topic, text, metric, Limit(FRONT_FAILURES_PERCENT, periods=2))
    alarm.cfn_options.condition = counted


def _watch_targets(
    scope: Construct, role: str, topic: str, targets: elb.CfnTargetGroup, whole: Mapping[str, str]
) -> None:
    dimensions = {"TargetGroup": targets.attr_target_group_full_name, **whole}
    metric = Metric("AWS/ApplicationELB", "UnHealthyHostCount", "Maximum", dimensions)
    text = f"A container of {role} did not get well within five minutes."
    # A new container is unhealthy for some seconds at each deploy, so one minute says nothing.
    _alarm(scope, f"{role.title()}Unhealthy", topic, text, metric, Limit(0, period_seconds=MINUTE, periods=5))


def _alarm(  # noqa: PLR0917 - name, receiver, words, number and limit are what an alarm is
    scope: Construct, name: str, topic: str, text: str, metric: Metric, limit: Limit
) -> cloudwatch.CfnAlarm:
    return cloudwatch.CfnAlarm(
        scope,
        name,
        alarm_description=f"{text} docs/operate.md says what to do.",
        namespace=metric.namespace,
        metric_name=metric.name,
        dimensions=[
            cloudwatch.CfnAlarm.DimensionProperty(name=key, value=value) for key, value in metric.dimensions.items()
        ],
        statistic=metric.statistic,
        period=limit.period_seconds,
        datapoints_to_alarm=limit.periods,
        evaluation_periods=limit.periods,
        threshold=limit.above,
        comparison_operator="GreaterThanThreshold",
        # No visitor, no failure.
        treat_missing_data="notBreaching",
        alarm_actions=[topic],
        ok_actions=[topic],
    )
