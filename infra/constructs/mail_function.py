"""One Lambda function of the mails' zip, with a log that ends and a role that may only what it is given here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Fn
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.rights import Statement, add_role, writes_logs
from infra.shop_stack import accept

LOG_DAYS = 30
MEGABYTES = 512
SECONDS_MAX = 30
"""Less than the lease that a mail is claimed for, so that a function that was ended has lost its claim."""


@dataclass(frozen=True, slots=True)
class MailCode:
    """Where the zip lies, what runs it, and the settings of all its doors; each text is a parameter of the stack."""

    bucket: str
    key: str
    runtime: str
    architecture: str
    settings: Mapping[str, str]


def add_mail_function(
    scope: Construct,
    logical_id: str,
    *,
    title: str,
    handler: str,
    code: MailCode,
    statements: Sequence[Statement],
    accepted: Mapping[str, str],
) -> lambda_.CfnFunction:
    """`<id>`, `<id>Logs` and `<id>Role`. The function is called `<shop>-<title>`; `statements` are all it may do.

    `accepted` are findings of cdk-nag on the role that stand, with the reason.
    """
    name = f"${{ShopName}}-{title}"
    group = logs.CfnLogGroup(
        scope, f"{logical_id}Logs", log_group_name=Fn.sub(f"/aws/lambda/{name}"), retention_in_days=LOG_DAYS
    )
    rights = [*statements, writes_logs(group.attr_arn)]
    role = add_role(scope, f"{logical_id}Role", "lambda.amazonaws.com", rights)
    for finding, reason in accepted.items():
        accept(role, [finding], reason)
    function = lambda_.CfnFunction(
        scope,
        logical_id,
        function_name=Fn.sub(name),
        runtime=code.runtime,
        architectures=[code.architecture],
        handler=handler,
        code=lambda_.CfnFunction.CodeProperty(s3_bucket=code.bucket, s3_key=code.key),
        role=role.attr_arn,
        timeout=SECONDS_MAX,
        memory_size=MEGABYTES,
        environment=lambda_.CfnFunction.EnvironmentProperty(
            variables={**code.settings, "POWERTOOLS_SERVICE_NAME": title}
        ),
    )
    function.add_resource_dependency(group)
    accept(
        function,
        ["AwsSolutions-L1"],
        "The parameter's default is the Python that the zip is built and tested for. A newer one needs a newer zip, "
        "and the command line gives both.",
    )
    return function
