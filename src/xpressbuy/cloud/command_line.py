"""The options that several cloud commands share, by name, and how what was said becomes a shop's options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from xpressbuy.cloud.options import Options
from xpressbuy.cloud.sizes import TASKS_MAX, WEB_MEMORY_MAX, WEB_MEMORY_MIN


class Environment(StrEnum):
    """`local` takes code made for this machine; for the local AWS."""

    PRODUCTION = "production"
    LOCAL = "local"


class ProfileName(StrEnum):
    """What runs the shop."""

    FARGATE = "fargate"
    SERVERLESS = "serverless"


Shop = Annotated[str, typer.Option("--shop", help="The shop's name; the names of all it has in AWS begin with it.")]
Region = Annotated[str | None, typer.Option(help="The AWS region. If not said: AWS_REGION, else us-east-1.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Pace = Annotated[float, typer.Option(hidden=True, min=0.01, help="Seconds between two looks at AWS.")]
TemplatesFolder = Annotated[Path, typer.Option("--templates", hidden=True, help="Templates other than the package's.")]
RunBy = Annotated[ProfileName | None, typer.Option("--profile", help="What runs the shop. At first: fargate.")]
Domain = Annotated[str | None, typer.Option(help='A domain of your own; "" goes back to the name that AWS gives.')]
HostedZone = Annotated[str | None, typer.Option(help="The Route 53 zone that the domain lies in.")]
Waf = Annotated[bool | None, typer.Option("--waf/--no-waf", help="Rate rules in front of the shop; they bill monthly.")]
MailSender = Annotated[str | None, typer.Option(help="The address that mails come from. Needed the first time.")]
AlarmEmail = Annotated[str | None, typer.Option(help="Who hears of alarms and of the budget.")]
Currency = Annotated[str | None, typer.Option(help="The shop's one currency, ISO 4217.")]
Country = Annotated[str | None, typer.Option(help="Where the shop is, ISO 3166.")]
Title = Annotated[str | None, typer.Option(help="The shop's name as shoppers read it.")]
SupportEmail = Annotated[str | None, typer.Option(help="Where shoppers reach the shop. If never said: the sender.")]
Locale = Annotated[str | None, typer.Option(help="How mails write money and dates, such as de_DE.")]
Budget = Annotated[int | None, typer.Option(min=1, help="USD a month above which AWS warns.")]
MinTasks = Annotated[int | None, typer.Option(min=1, max=TASKS_MAX, help="Least tasks of each service (fargate).")]
MaxTasks = Annotated[int | None, typer.Option(min=1, max=TASKS_MAX, help="Most tasks of each service (fargate).")]
Cpu = Annotated[int | None, typer.Option(help="Processor of a task; 1024 is a core. At first: 256 (fargate).")]
Memory = Annotated[int | None, typer.Option(help="Memory of a task in MB. At first: 512 (fargate).")]
WebMemory = Annotated[
    int | None,
    typer.Option(min=WEB_MEMORY_MIN, max=WEB_MEMORY_MAX, help="Memory of the function in MB (serverless)."),
]
CodeFor = Annotated[Environment | None, typer.Option("--environment", hidden=True, help="Where the shop runs.")]


def said_options(
    *,
    profile: ProfileName | None,
    environment: Environment | None,
    domain: str | None,
    hosted_zone: str | None,
    waf: bool | None,
    mail_sender: str | None,
    alarm_email: str | None,
    currency: str | None,
    country: str | None,
    title: str | None,
    support_email: str | None,
    locale: str | None,
    budget: int | None,
    min_tasks: int | None,
    max_tasks: int | None,
    cpu: int | None,
    memory: int | None,
    web_memory: int | None,
) -> Options:
    """The options as they were said; None where nothing was."""
    return Options(
        profile=profile.value if profile else None,
        environment=environment.value if environment else None,
        domain=domain,
        hosted_zone=hosted_zone,
        waf=waf,
        mail_sender=mail_sender,
        alarm_email=alarm_email,
        currency=currency,
        country=country,
        title=title,
        support_email=support_email,
        locale=locale,
        budget=budget,
        min_tasks=min_tasks,
        max_tasks=max_tasks,
        cpu=cpu,
        memory=memory,
        web_memory=web_memory,
    )
