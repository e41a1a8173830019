"""The service stack of the profile `serverless`: one function, which costs nothing while nobody visits."""

from __future__ import annotations

from aws_cdk import Fn
from constructs import Construct

from infra.constructs.front import AppOrigin
from infra.constructs.front_policies import ALL_VIEWER_EXCEPT_HOST
from infra.constructs.function import Code, add_function
from infra.constructs.service_alarms import watch_function
from infra.service_stack import ServiceStack
from xpressbuy.cloud.sizes import WEB_MEMORY_MIN

MEMORY_MB = 1769
"""A function's processor grows with its memory and is one whole core here. With less a start takes longer in proportion
and costs as much."""


class ServiceServerlessStack(ServiceStack):
    """The function and its alarms behind the front."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name, description="XpressBuy service stack: the shop as a function")
        code = Code(
            bucket=self.text("CodeBucket", "The bucket that holds the shop's code"),
            key=self.text("WebCodeKey", "The key of the shop's code, a zip"),
            runtime=self.text("FunctionRuntime", "What runs the code", default="python3.13"),
            architecture=self.text(
                "FunctionArchitecture",
                "The machine that the code was built for",
                default="arm64",
                allowed=["arm64", "x86_64"],
            ),
            memory_mb=self.number("WebMemory", "Memory of the function in MB", default=MEMORY_MB, least=WEB_MEMORY_MIN),
        )
        web = add_function(self, self.facts, self.holdings, code, self.front.origin_secret)
        watch_function(self, self.alarm_topic, web)
        # https://host/ in its parts; the second is empty.
        host = Fn.select(2, Fn.split("/", web.url.attr_function_url))
        self.finish(AppOrigin(host, "https-only", ALL_VIEWER_EXCEPT_HOST), answered_by={"all": web.function.ref})
        self.output("WebFunction", web.function.ref, "The function", condition=self.running)
        self.output("FunctionUrl", web.url.attr_function_url, "The function's own address", condition=self.running)
