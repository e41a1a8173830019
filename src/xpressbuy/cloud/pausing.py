"""Pausing takes away what bills by the hour and leaves the address with a page on it; resuming brings it back.

Both change parameters of the stacks and never their templates, so that a pause does nothing but pause.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from xpressbuy.cloud.account import SHOP_TAG, WAF_TAG, Cloud
from xpressbuy.cloud.blueprints import Role
from xpressbuy.cloud.closed_page import upload_closed_page
from xpressbuy.cloud.deploying import survey
from xpressbuy.cloud.options import is_paused, remembered
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.progress import Screen
from xpressbuy.cloud.stacks import FAILED_CREATE, Proposal, Stack, Stacks, Steps

HEALTHY_SECONDS_MAX = 900.0
GOES_ON = (
    "What stays: orders, accounts, pictures, mails that wait, and the address, which shows that the shop is closed.",
    (
        "What goes on costing: stored data (about 0.25 USD a GB and month in the table, 0.02 in the bucket), 0.40 "
        "for the secret, 0.10 for each alarm, 0.50 for a hosted zone if there is one."
    ),
)
TYPES_SHOWN = 12


@dataclass(slots=True)
class Switch:
    """Pauses and resumes one shop."""

    cloud: Cloud
    screen: Screen
    service: Stack
    edge: Stack | None

    @classmethod
    def of(cls, cloud: Cloud, screen: Screen) -> Switch:
        """CloudProblem if there is no shop, or none that could be paused."""
        standing = survey(cloud)
        service = standing["service"]
        if service is None or service.status in FAILED_CREATE:
            raise CloudProblem(
                f"There is no shop named {cloud.shop} in {cloud.region}. `xpressbuy cloud deploy` makes one; --shop "
                "and --region name another."
            )
        if service.busy:
            raise CloudProblem(
                f"{service.name} is being changed at this moment. `xpressbuy cloud status` tells when it has ended."
            )
        return cls(cloud, screen, service, standing["edge"])

    @property
    def paused(self) -> bool:
        """Whether it is paused, the edge included."""
        return is_paused(self.service) and (self.edge is None or self.edge.parameters.get("Waf") != "on")

    def plan_pause(self) -> list[str]:
        """What a pause removes, in words."""
        proposal = self._propose(self.service, "service", {"State": "paused", "WebAclArn": ""})
        self._stacks("service").withdraw(proposal)
        held = Counter(kind for _, kind, _, _ in self._stacks("service").resources(self.service))
        removed = Counter(one.type for one in proposal.changes if one.kind == "removed") or held
        lines = [f"    {count} x {kind}" for kind, count in sorted(removed.items()) if kind in _BILLED]
        if self.edge is not None and self.edge.parameters.get("Waf") == "on":
            lines.append("    1 x AWS::WAFv2::WebACL")
        return lines[:TYPES_SHOWN]

    def pause(self) -> None:
        """The page first, then the service, then what the service had used of the edge."""
        data = survey(self.cloud)["data"]
        if data is None:
            raise CloudProblem(f"The stack {self.cloud.stack_name('data')} is missing, so there is no page to show.")
        options = remembered({"data": data, "service": self.service, "edge": self.edge})
        upload_closed_page(self.cloud, data.outputs["ImagesBucket"], options)
        self._apply("service", self.service, {"State": "paused", "WebAclArn": ""})
        if self.edge is not None:
            self._apply("edge", self.edge, {"Waf": "off"})

    def resume(self) -> str:
        """The edge as it was, the service, and then nothing until its tasks run. The shop's address."""
        firewall = ""
        if self.edge is not None:
            wanted = self.edge.tags.get(WAF_TAG, "off")
            self.edge = self._apply("edge", self.edge, {"Waf": wanted})
            firewall = self.edge.outputs.get("WebAclArn", "") if wanted == "on" else ""
        self.service = self._apply("service", self.service, {"State": "running", "WebAclArn": firewall})
        wait_until_healthy(self.cloud, self.service, self.screen)
        return self.service.parameters["PublicUrl"]

    def _apply(self, role: Role, stack: Stack, parameters: dict[str, str]) -> Stack:
        proposal = self._propose(stack, role, parameters)
        if proposal.id is None:
            return stack
        with self.screen.stack(stack.name, f"Stack {role}") as report:
            return self._stacks(role).execute(proposal, report)

    def _propose(self, stack: Stack, role: Role, parameters: dict[str, str]) -> Proposal:
        given: dict[str, str | None] = dict.fromkeys(stack.parameters)
        given |= {name: value for name, value in parameters.items() if name in stack.parameters}
        tags = stack.tags or {SHOP_TAG: self.cloud.shop}
        return self._stacks(role).propose(stack.name, None, given, tags)

    def _stacks(self, role: Role) -> Stacks:
        return Stacks(self.cloud, self.cloud.region_of(role))


_BILLED = frozenset(
    {
        "AWS::EC2::EIP",
        "AWS::EC2::NatGateway",
        "AWS::EC2::VPC",
        "AWS::ECS::Cluster",
        "AWS::ECS::Service",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::CloudWatch::Alarm",
        "AWS::Lambda::Function",
    }
)
"""What an owner wants to see go; their many small parts go with them."""


def tasks(cloud: Cloud, service: Stack) -> list[tuple[str, int, int]]:
    """Name, running and wanted tasks of each ECS service of the stack; empty for a shop on Lambda or a paused one."""
    cluster = service.outputs.get("ClusterName")
    names = [service.outputs[key] for key in ("WebService", "ApiService") if service.outputs.get(key)]
    if not cluster or not names:
        return []
    found: Any = cloud.containers.describe_services(cluster=cluster, services=names)["services"]
    return [(one["serviceName"], one["runningCount"], one["desiredCount"]) for one in found]


def wait_until_healthy(cloud: Cloud, service: Stack, screen: Screen) -> None:
    """Until all wanted tasks run. CloudProblem if they do not within HEALTHY_SECONDS_MAX."""
    deadline = time.monotonic() + HEALTHY_SECONDS_MAX
    if not tasks(cloud, service):
        return
    with screen.bar("Tasks") as report:
        while True:
            counts = tasks(cloud, service)
            running, wanted = sum(one[1] for one in counts), sum(one[2] for one in counts)
            report(Steps(min(running, wanted), wanted, "starting"))
            if running >= wanted:
                return
            if time.monotonic() > deadline:
                raise CloudProblem(
                    f"Only {running} of {wanted} tasks run after {HEALTHY_SECONDS_MAX / 60:.0f} minutes. `xpressbuy "
                    "cloud status` follows them; their logs are in CloudWatch."
                )
            time.sleep(cloud.pace)
