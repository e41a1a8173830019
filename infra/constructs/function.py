"""The whole shop as one function, for the profile that costs nothing while nobody visits."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs import rights
from infra.constructs.environment import environment
from infra.constructs.service_parameters import Holdings, ShopFacts
from infra.shop_stack import accept

HANDLER = "xpressbuy.lambdas.http.handler"
TRUSTED_PROXIES = 0
"""A function's address keeps only what the visitor wrote of `X-Forwarded-For`, so nothing of it is believed. Who asks
is in a header of CloudFront's own, which the handler reads."""
TIMEOUT_SECONDS = 15
"""8 s to open the shop and 10 s for an answer are its own bounds; both together happen to nobody who still waits."""
CHORES_MINUTES = 15
"""How old the catalogue may be that a new environment starts from. Between requests nothing runs that would save it."""
LOG_DAYS = 30


@dataclass(frozen=True, slots=True)
class Code:
    """Where the code is, what runs it, and with how much memory."""

    bucket: str
    key: str
    runtime: str
    architecture: str
    memory_mb: float


@dataclass(frozen=True, slots=True)
class WebFunction:
    """The function and its address."""

    function: lambda_.CfnFunction
    url: lambda_.CfnUrl


def add_function(scope: Construct, facts: ShopFacts, holdings: Holdings, code: Code, origin_secret: str) -> WebFunction:
    """Function, role, logs and address."""
    group = logs.CfnLogGroup(scope, "FunctionLogs", retention_in_days=LOG_DAYS)
    role = rights.add_role(
        scope,
        "FunctionRole",
        "lambda.amazonaws.com",
        [
            *rights.reads_table(holdings),
            rights.writes_table(holdings),
            rights.keeps_snapshot(holdings),
            *rights.opens_secrets(holdings),
            rights.writes_logs(group.attr_arn),
        ],
    )
    settings = environment(facts, role="all", trusted_proxies=TRUSTED_PROXIES)
    function = lambda_.CfnFunction(
        scope,
        "WebFunction",
        description="The shop",
        handler=HANDLER,
        runtime=code.runtime,
        architectures=[code.architecture],
        code=lambda_.CfnFunction.CodeProperty(s3_bucket=code.bucket, s3_key=code.key),
        role=role.attr_arn,
        memory_size=code.memory_mb,
        timeout=TIMEOUT_SECONDS,
        logging_config=lambda_.CfnFunction.LoggingConfigProperty(log_group=group.ref),
        # The function's address is open, so the app itself demands what CloudFront adds.
        environment=lambda_.CfnFunction.EnvironmentProperty(
            variables={**settings, "XPRESSBUY_ORIGIN_SECRET": origin_secret}
        ),
    )
    url = lambda_.CfnUrl(
        scope, "FunctionUrl", auth_type="NONE", invoke_mode="BUFFERED", target_function_arn=function.attr_arn
    )
    for permission in _add_permissions(scope, function):
        # So that the address answers from its first moment.
        url.add_resource_dependency(permission)
    accept(
        function,
        ["AwsSolutions-L1"],
        "The runtime is a parameter, python3.13 unless the local AWS wants another, so the rule cannot read it.",
    )
    _add_chores(scope, function)
    return WebFunction(function, url)


def _add_chores(scope: Construct, function: lambda_.CfnFunction) -> None:
    rule = events.CfnRule(
        scope,
        "Chores",
        description="What no visitor should have to wait for: the catalogue that a new environment starts from",
        schedule_expression=f"rate({CHORES_MINUTES} minutes)",
        targets=[events.CfnRule.TargetProperty(id="shop", arn=function.attr_arn)],
    )
    lambda_.CfnPermission(
        scope,
        "ChoresPermission",
        action="lambda:InvokeFunction",
        function_name=function.ref,
        principal="events.amazonaws.com",
        source_arn=rule.attr_arn,
    )


def _add_permissions(scope: Construct, function: lambda_.CfnFunction) -> tuple[lambda_.CfnPermission, ...]:
    """An address wants both: to be called, and that the function is called through it and not otherwise."""
    return (
        lambda_.CfnPermission(
            scope,
            "UrlPermission",
            action="lambda:InvokeFunctionUrl",
            function_name=function.ref,
            principal="*",
            function_url_auth_type="NONE",
        ),
        lambda_.CfnPermission(
            scope,
            "InvokePermission",
            action="lambda:InvokeFunction",
            function_name=function.ref,
            principal="*",
            invoked_via_function_url=True,
        ),
    )
