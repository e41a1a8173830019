"""What the templates say that costs money: alarms, sizes of tasks and functions, rules. So no figure is kept twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from xpressbuy.cloud.blueprints import Profile, Templates

ALARM = "AWS::CloudWatch::Alarm"
FUNCTION = "AWS::Lambda::Function"
SCALING = "AWS::ApplicationAutoScaling::ScalingPolicy"
ALARMS_OF_SCALING = 2
"""Target tracking makes an alarm for too much and one for too little, and they are billed like any other."""
UNITS_OF_A_CPU = 1024
MB_OF_A_GB = 1024


@dataclass(frozen=True, slots=True)
class Shape:
    """Figures of the deployed stacks. Memory in GB, processors in vCPU."""

    data_alarms: int
    service_alarms: int
    front_alarms: int
    """Those of CloudFront, that exist where CloudFront counts: in us-east-1."""
    tasks_min: int
    tasks_max: int
    task_cpu: Decimal
    task_memory: Decimal
    requests_per_task: Decimal
    """Requests a minute that one task is kept for."""
    web_memory: Decimal
    mail_memory: Decimal
    """Of the functions that send mails, hear of them and sweep."""
    price_class: str
    """Which of CloudFront's edges serve the shop."""
    sweep_is_scheduled: bool
    """Whether the sweep is called by EventBridge Scheduler, which counts; a rule's schedule is free."""


@cache
def shape(profile: Profile) -> Shape:
    """The shape of a shop with the templates' own defaults."""
    shipped = Templates()
    data, service = shipped.of("data").content, shipped.of("service", profile).content
    tasks, serverless = shipped.of("service", "fargate").content, shipped.of("service", "serverless").content
    alarms = _of_type(service, ALARM)
    front = [facts for facts in alarms if "FrontIsCounted" in facts.get("Condition", "")]
    policies = _of_type(service, SCALING)
    return Shape(
        data_alarms=_watched(_of_type(data, ALARM)),
        service_alarms=_watched(alarms) - _watched(front) + ALARMS_OF_SCALING * len(policies),
        front_alarms=_watched(front),
        tasks_min=int(_default(tasks, "MinTasks")),
        tasks_max=int(_default(tasks, "MaxTasks")),
        task_cpu=_default(tasks, "Cpu") / UNITS_OF_A_CPU,
        task_memory=_default(tasks, "Memory") / MB_OF_A_GB,
        requests_per_task=_requests_per_task(tasks),
        web_memory=_default(serverless, "WebMemory") / MB_OF_A_GB,
        mail_memory=max(Decimal(facts["Properties"]["MemorySize"]) for facts in _of_type(data, FUNCTION)) / MB_OF_A_GB,
        price_class=str(service["Parameters"]["PriceClass"]["Default"]),
        sweep_is_scheduled=bool(_of_type(data, "AWS::Scheduler::Schedule")),
    )


@cache
def firewall_rules() -> int:
    """How many rules the web ACL has."""
    edge = Templates().of("edge").content
    return sum(len(facts["Properties"]["Rules"]) for facts in _of_type(edge, "AWS::WAFv2::WebACL"))


def _requests_per_task(tasks: Mapping[str, Any]) -> Decimal:
    targets = [facts["Properties"]["TargetTrackingScalingPolicyConfiguration"] for facts in _of_type(tasks, SCALING)]
    metric = "ALBRequestCountPerTarget"
    return min(
        Decimal(target["TargetValue"])
        for target in targets
        if target["PredefinedMetricSpecification"]["PredefinedMetricType"] == metric
    )


def _watched(alarms: Sequence[Mapping[str, Any]]) -> int:
    """How many alarms are billed for: an alarm over several metrics counts once for each."""
    return sum(
        sum("MetricStat" in metric for metric in facts["Properties"].get("Metrics", ())) or 1 for facts in alarms
    )


def _of_type(template: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    return [facts for facts in template["Resources"].values() if facts["Type"] == kind]


def _default(template: Mapping[str, Any], parameter: str) -> Decimal:
    return Decimal(str(template["Parameters"][parameter]["Default"]))
