"""What both profiles of the service stack share: parameters, state, front and outputs. What runs behind is theirs."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import CfnCondition, CfnResource
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk.aws_logs import CfnLogGroup
from constructs import Construct

from infra.constructs.front import AppOrigin, add_front, either
from infra.constructs.service_alarms import watch_front
from infra.constructs.service_parameters import PAUSED, RUNNING, add_conditions, read_front, read_shop
from infra.shop_stack import SHOP_NAME_PATTERN, ShopStack


class ServiceStack(ShopStack):
    """Reads the parameters; a profile adds what runs, then calls `finish` with where it answers."""

    def __init__(self, scope: Construct, name: str, *, description: str) -> None:
        super().__init__(scope, name, description=description)
        self.shop_name = self.text(
            "ShopName", "The shop's name in names of resources", default="xpressbuy", pattern=SHOP_NAME_PATTERN
        )
        self.state = self.text(
            "State",
            "running, or paused: then nothing is left but the front, and the page that says so",
            default=PAUSED,
            allowed=[RUNNING, PAUSED],
        )
        self.facts, self.holdings = read_shop(self)
        self.front = read_front(self, self.shop_name)
        self.alarm_topic = self.text("AlarmTopicArn", "Where alarms are sent")
        self.when = add_conditions(self, self.state, self.front)

    def finish(self, origin: AppOrigin, answered_by: Mapping[str, str]) -> None:
        """Puts the front before `origin` and ties all else to the state. `answered_by` names processes by role."""
        behind = self._resources()
        distribution = add_front(self, self.front, origin, answered_by, self.when)
        front = self._resources()
        watch_front(self, self.alarm_topic, distribution, self.when)
        for resource in self._resources():
            if resource in behind or resource not in front:
                self._exist_while_running(resource)
        self._add_outputs(distribution)

    def _resources(self) -> list[CfnResource]:
        return [one for one in self.node.find_all() if isinstance(one, CfnResource)]

    def _exist_while_running(self, resource: CfnResource) -> None:
        """What has a condition of its own has one that includes this; a test evaluates them all.

        The logs stay, since whoever pauses a shop in trouble wants to read them. They empty themselves after a month.
        """
        if resource.cfn_options.condition is None and not isinstance(resource, CfnLogGroup):
            resource.cfn_options.condition = self.when.running

    def _add_outputs(self, distribution: cloudfront.CfnDistribution) -> None:
        host = either(self.when.with_domain, self.front.domain, distribution.attr_domain_name).to_string()
        self.output("DistributionDomain", distribution.attr_domain_name, "CloudFront's own name for the shop")
        self.output("DistributionId", distribution.ref, "The distribution")
        self.output("Url", f"https://{host}", "Where the shop is: the PublicUrl to give")
        self.output("State", self.state, "running or paused")

    @property
    def running(self) -> CfnCondition:
        """The condition of all that a pause removes."""
        return self.when.running
