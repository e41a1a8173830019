"""How a shop stands, asked of AWS at this moment. It reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from xpressbuy.cloud.account import Cloud, error_code
from xpressbuy.cloud.blueprints import Role
from xpressbuy.cloud.deploying import survey
from xpressbuy.cloud.options import ADDRESS_FOLLOWS, Options, is_paused, profile_of, remembered
from xpressbuy.cloud.pausing import tasks
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.stacks import FAILED_CREATE, Stack

ALARMS_MAX = 100
SETTINGS = {
    "XPRESSBUY_PUBLIC_URL": "PublicUrl",
    "XPRESSBUY_TABLE_NAME": "TableName",
    "XPRESSBUY_IMAGES_BUCKET": "ImagesBucket",
    "XPRESSBUY_USER_POOL_ID": "UserPoolId",
    "XPRESSBUY_USER_POOL_CLIENT_ID": "UserPoolClientId",
    "XPRESSBUY_IDENTITY_URL": "IdentityUrl",
    "XPRESSBUY_SECRET_ID": "ShopSecretArn",
    "XPRESSBUY_SHOP_NAME": "ShopTitle",
    "XPRESSBUY_SUPPORT_EMAIL": "SupportEmail",
    "XPRESSBUY_MAIL_SENDER": "MailSender",
    "XPRESSBUY_CURRENCY": "Currency",
    "XPRESSBUY_COUNTRY": "Country",
    "XPRESSBUY_LOCALE": "Locale",
}
"""Variable -> the stacks' name for it."""


@dataclass(frozen=True, slots=True)
class Status:
    """What `xpressbuy cloud status` tells. `state` is none, running, paused, changing or broken."""

    state: str
    address: str
    profile: str
    options: Options
    stacks: tuple[tuple[str, str, str], ...]
    """Name, region and CloudFormation's state of each."""
    tasks: tuple[tuple[str, int, int], ...]
    function: str
    image: str
    alarms: tuple[str, ...]
    failed_mails: int | None
    """Orders whose mail the stream has given up on; the sweep sends those."""
    people_mail: str
    """Who sends codes to people: cognito, ses, or nobody yet."""


def read_status(cloud: Cloud) -> Status:
    """Everything that is cheap to ask."""
    standing = survey(cloud)
    service, data = standing["service"], standing["data"]
    url = service.parameters.get("PublicUrl", "") if service else ""
    return Status(
        state=_state(standing),
        address="" if url == ADDRESS_FOLLOWS else url,
        profile=profile_of(service) or "",
        options=remembered(standing),
        stacks=tuple(
            (stack.name, cloud.region_of(role), stack.status) for role, stack in standing.items() if stack is not None
        ),
        tasks=tuple(tasks(cloud, service)) if service else (),
        function=service.outputs.get("WebFunction", "") if service else "",
        image=service.parameters.get("ImageUri", "") if service else "",
        alarms=_alarms(cloud, standing) if data else (),
        failed_mails=_failed_mails(cloud) if data else None,
        people_mail=data.parameters.get("PeopleMail", "") if data else "",
    )


def read_settings(cloud: Cloud) -> dict[str, str]:
    """The shop's settings by their variables, for the command line and for a process beside the shop.

    CloudProblem if there is no shop.
    """
    standing = survey(cloud)
    data, service = standing["data"], standing["service"]
    if data is None or "TableName" not in data.outputs:
        raise CloudProblem(
            f"There is no shop named {cloud.shop} in {cloud.region}. `xpressbuy cloud deploy` makes one."
        )
    known = {**data.parameters, **(service.parameters if service else {}), **data.outputs}
    named = {variable: known.get(name, "") for variable, name in SETTINGS.items()}
    return {"AWS_REGION": cloud.region} | {variable: value for variable, value in named.items() if value}


def _state(standing: dict[Role, Stack | None]) -> str:
    there = [stack for stack in standing.values() if stack is not None]
    service = standing["service"]
    if not there:
        return "none"
    if any(stack.busy for stack in there):
        return "changing"
    if service is None or any(stack.status in FAILED_CREATE or stack.status.endswith("FAILED") for stack in there):
        return "broken"
    if is_paused(service):
        return "paused"
    return "running" if service.parameters.get("State") == "running" else "broken"


def _alarms(cloud: Cloud, standing: dict[Role, Stack | None]) -> tuple[str, ...]:
    """Names of the shop's alarms that are in ALARM, by the stacks that hold them."""
    names = []
    for role in ("data", "service"):
        stack = standing[role]
        if stack is not None:
            pages: Any = cloud.formation().get_paginator("list_stack_resources").paginate(StackName=stack.id)
            names += [
                one.get("PhysicalResourceId", "")
                for page in pages
                for one in page["StackResourceSummaries"]
                if one["ResourceType"] == "AWS::CloudWatch::Alarm"
            ]
    if not names:
        return ()
    found: Any = cloud.client("cloudwatch").describe_alarms(AlarmNames=names[:ALARMS_MAX], StateValue="ALARM")
    return tuple(sorted(one["AlarmName"] for one in found["MetricAlarms"]))


def _failed_mails(cloud: Cloud) -> int | None:
    queues: Any = cloud.client("sqs")
    try:
        address = queues.get_queue_url(QueueName=f"{cloud.shop}-order-mail-failures")["QueueUrl"]
        asked = queues.get_queue_attributes(QueueUrl=address, AttributeNames=["ApproximateNumberOfMessages"])
    except ClientError as error:
        if error_code(error) in ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"):
            return None
        raise
    return int(asked["Attributes"]["ApproximateNumberOfMessages"])
