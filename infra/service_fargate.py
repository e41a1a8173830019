"""The service stack of the profile `fargate`: containers behind a load balancer, for shops with visitors all day."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.balancer import add_balancer
from infra.constructs.front import AppOrigin, either
from infra.constructs.front_policies import ALL_VIEWER
from infra.constructs.network import add_network
from infra.constructs.scaling import Bounds, add_scaling
from infra.constructs.service_alarms import watch_balancer
from infra.constructs.tasks import Ground, Image, add_services
from infra.service_stack import ServiceStack
from xpressbuy.cloud.sizes import TASK_CPU, TASK_MEMORY, TASK_SIZES

CPU_UNITS = [str(cpu) for cpu in TASK_SIZES]
MEMORY_MB = [str(memory) for memory in sorted({one for memories in TASK_SIZES.values() for one in memories})]
"""Of any size. That the two fit each other is the command line's to see, and Fargate's."""


class ServiceFargateStack(ServiceStack):
    """Network, balancer, containers, scaling and alarms behind the front."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name, description="XpressBuy service stack: containers behind a load balancer")
        prefix_list = self.text(
            "CloudFrontPrefixList", "The prefix list of CloudFront's addresses in this region", pattern="pl-[0-9a-f]+"
        )
        image = Image(
            uri=self.text("ImageUri", "The image that both services run, with its tag or digest"),
            repository=self.text("RepositoryName", "The repository that the image lies in"),
            cpu=self.text(
                "Cpu", "Processor of a container; 1024 is a whole core", default=str(TASK_CPU), allowed=CPU_UNITS
            ),
            memory=self.text("Memory", "Memory of a container in MB", default=str(TASK_MEMORY), allowed=MEMORY_MB),
        )
        bounds = Bounds(
            least=self.number("MinTasks", "The least containers of each service", default=1, least=1),
            most=self.number("MaxTasks", "The most containers of each service", default=4, least=1),
        )
        network = add_network(self, self.shop_name, self.holdings)
        balancer = add_balancer(self, self.front, network, prefix_list, self.when)
        services = add_services(self, self.facts, self.holdings, image, Ground(network, balancer))
        add_scaling(self, services, balancer, bounds)
        watch_balancer(self, self.alarm_topic, balancer)
        protocol = either(self.when.with_domain, "https-only", "http-only").to_string()
        origin = AppOrigin(balancer.balancer.attr_dns_name, protocol, ALL_VIEWER)
        self.finish(origin, answered_by={role: service.attr_name for role, service in services.by_role.items()})
        self.output("ClusterName", services.cluster.ref, "The cluster", condition=self.running)
        for role, service in services.by_role.items():
            self.output(f"{role.title()}Service", service.attr_name, f"The service of {role}", condition=self.running)
        self.output(
            "LoadBalancerDns", balancer.balancer.attr_dns_name, "The load balancer's own name", condition=self.running
        )
