"""What the owner of a shop may say about it, and how it is remembered: as parameters of its stacks and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, cast

from xpressbuy.cloud.account import WAF_TAG
from xpressbuy.cloud.blueprints import Profile, Role
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.sizes import TASK_CPU, TASK_MEMORY, check_task_size
from xpressbuy.cloud.stacks import Stack

ADDRESS_FOLLOWS = "https://address-follows.invalid"
"""Stands for the shop's origin until CloudFront has given it one; a stack that has it was never finished."""
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
CURRENCY = re.compile(r"[A-Z]{3}")
COUNTRY = re.compile(r"[A-Z]{2}")
LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Options:
    """None: nothing was said, so that what the stacks remember or the templates' own default holds."""

    profile: Profile | None = None
    domain: str | None = None
    hosted_zone: str | None = None
    waf: bool | None = None
    mail_sender: str | None = None
    alarm_email: str | None = None
    currency: str | None = None
    country: str | None = None
    title: str | None = None
    support_email: str | None = None
    locale: str | None = None
    budget: int | None = None
    min_tasks: int | None = None
    max_tasks: int | None = None
    cpu: int | None = None
    memory: int | None = None
    web_memory: int | None = None
    environment: Literal["production", "local"] | None = None

    def over(self, remembered: Options) -> Options:
        """These, and what was remembered where nothing was said."""
        said = {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) is not None}
        return replace(remembered, **said)

    def check(self) -> None:
        """CloudProblem for what AWS would only refuse after minutes."""
        if not self.mail_sender:
            raise CloudProblem("Say which address the shop's mails come from, once: --mail-sender shop@your-domain.com")
        for name, address in (
            ("mail-sender", self.mail_sender),
            ("alarm-email", self.alarm_email),
            ("support-email", self.support_email),
        ):
            if address and not MAIL.fullmatch(address):
                raise CloudProblem(f"--{name} {address} is no e-mail address.")
        if self.domain and not DOMAIN.fullmatch(self.domain):
            raise CloudProblem(
                f"--domain {self.domain} is no domain. Give it without https://, such as shop.example.com."
            )
        if self.domain and not self.hosted_zone:
            raise CloudProblem("--domain needs the Route 53 zone that it lies in: --hosted-zone Z0123456789ABCDEFGHIJ")
        if self.currency and not CURRENCY.fullmatch(self.currency):
            raise CloudProblem(f"--currency {self.currency} is no ISO 4217 code, such as EUR.")
        if self.country and not COUNTRY.fullmatch(self.country):
            raise CloudProblem(f"--country {self.country} is no ISO 3166 code, such as DE.")

        if self.locale and not LOCALE.fullmatch(self.locale):
            raise CloudProblem(f"--locale {self.locale} is no locale, such as de_DE.")
        if self.min_tasks and self.max_tasks and self.min_tasks > self.max_tasks:
            raise CloudProblem(f"--min-tasks {self.min_tasks} is more than --max-tasks {self.max_tasks}.")
        check_task_size(self.cpu or TASK_CPU, self.memory or TASK_MEMORY)

    @property
    def wants_edge(self) -> bool:
        """Whether there is anything for the edge stack to hold."""
        return bool(self.domain or self.waf)

    def parameters(self) -> dict[str, str]:
        """By the templates' names; what was never said is left out."""
        support = self.support_email or self.mail_sender
        named: dict[str, str | None] = {
            "DomainName": self.domain or "",
            "HostedZoneId": self.hosted_zone if self.domain else "",
            "MailSender": self.mail_sender,
            "AlarmEmail": self.alarm_email,
            "Currency": self.currency,
            "Country": self.country,
            "ShopTitle": self.title,
            "SupportEmail": support,
            "Locale": self.locale,
            "BudgetUsd": _text(self.budget),
            "MinTasks": _text(self.min_tasks),
            "MaxTasks": _text(self.max_tasks),
            "Cpu": _text(self.cpu),
            "Memory": _text(self.memory),
            "WebMemory": _text(self.web_memory),
            "Environment": self.environment,
        }
        return {name: value for name, value in named.items() if value is not None}


def remembered(stacks: Mapping[Role, Stack | None]) -> Options:
    """What the stacks say, by role. Later deploys start from it."""
    known: dict[str, str] = {}
    remembering: tuple[Role, ...] = ("data", "edge", "service")
    for role in remembering:
        stack = stacks.get(role)
        # The data stack's DomainName is that of the mails.
        others = ("DomainName", "HostedZoneId") if role == "data" else ()
        said = stack.parameters if stack else {}
        known |= {key: value for key, value in said.items() if value and key not in others}
    edge = stacks.get("edge")
    return Options(
        profile=profile_of(stacks.get("service")),
        domain=known.get("DomainName"),
        hosted_zone=known.get("HostedZoneId"),
        waf=edge.tags.get(WAF_TAG) == "on" if edge else None,
        mail_sender=known.get("MailSender"),
        alarm_email=known.get("AlarmEmail"),
        currency=known.get("Currency"),
        country=known.get("Country"),
        title=known.get("ShopTitle"),
        support_email=known.get("SupportEmail"),
        locale=known.get("Locale"),
        budget=_number(known.get("BudgetUsd")),
        min_tasks=_number(known.get("MinTasks")),
        max_tasks=_number(known.get("MaxTasks")),
        cpu=_number(known.get("Cpu")),
        memory=_number(known.get("Memory")),
        web_memory=_number(known.get("WebMemory")),
        environment=cast("Literal['production', 'local'] | None", known.get("Environment")),
    )


def profile_of(service: Stack | None) -> Profile | None:
    """By what the stack's template takes: an image or a zip."""
    if service is None:
        return None
    return "fargate" if "ImageUri" in service.parameters else "serverless"


def is_paused(service: Stack | None) -> bool:
    """Whether the owner has paused it; a first deploy that broke off in the middle does not count."""
    return (
        service is not None
        and service.parameters.get("State") == "paused"
        and service.parameters.get("PublicUrl") != ADDRESS_FOLLOWS
    )


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> int | None:
    return int(float(text)) if text else None
