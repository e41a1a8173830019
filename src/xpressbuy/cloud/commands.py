"""`xpressbuy cloud …`: the commands and their exit codes. What they do is said in the modules beside.

Exit codes: 0 done, or nothing to do; 1 `diff` found changes, a question was answered with no, or something is left
over; 2 it could not be done, and the text says why; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError
from rich.console import Console

from xpressbuy.cloud import command_line as line
from xpressbuy.cloud.account import PACE_SECONDS, Cloud
from xpressbuy.cloud.advice import explain
from xpressbuy.cloud.blueprints import SHIPPED
from xpressbuy.cloud.deploying import Deployment, prepare
from xpressbuy.cloud.destroying import WHY_BACKUP, WHY_POOL, End
from xpressbuy.cloud.options import Options
from xpressbuy.cloud.pausing import GOES_ON, Switch
from xpressbuy.cloud.plan import Plan
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.progress import Screen
from xpressbuy.cloud.status import read_settings, read_status
from xpressbuy.cloud.telling import next_steps, status_lines
from xpressbuy.settings import Settings
from xpressbuy.settings import explain as explain_settings

SHOP = "xpressbuy"
DIFFERENT = 1
DECLINED = 1
LEFT_OVER = 1
FAILED = 2
INTERRUPTED = 130

app = typer.Typer(no_args_is_help=True, help="The shop in your AWS account: deploy, pause, resume, end it.")


@app.callback()
def _root() -> None:
    """Keeps `xpressbuy cloud` a group of commands."""


@app.command()
def deploy(
    *,
    shop: line.Shop = SHOP,
    region: line.Region = None,
    profile: line.RunBy = None,
    domain: line.Domain = None,
    hosted_zone: line.HostedZone = None,
    waf: line.Waf = None,
    mail_sender: line.MailSender = None,
    alarm_email: line.AlarmEmail = None,
    currency: line.Currency = None,
    country: line.Country = None,
    title: line.Title = None,
    support_email: line.SupportEmail = None,
    locale: line.Locale = None,
    budget: line.Budget = None,
    min_tasks: line.MinTasks = None,
    max_tasks: line.MaxTasks = None,
    cpu: line.Cpu = None,
    memory: line.Memory = None,
    web_memory: line.WebMemory = None,
    new_origin_secret: Annotated[
        bool, typer.Option("--new-origin-secret", help="Change what CloudFront proves itself by.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build the image anew, for what was mended below it (fargate).")
    ] = False,
    environment: line.CodeFor = None,
    templates: line.TemplatesFolder = SHIPPED,
    pace: line.Pace = PACE_SECONDS,
    yes: line.Yes = False,
) -> None:
    """Bring the shop into your account, or bring it up to date. What is as it should be stays untouched."""
    said = line.said_options(
        profile=profile, environment=environment, domain=domain, hosted_zone=hosted_zone, waf=waf,
        mail_sender=mail_sender, alarm_email=alarm_email, currency=currency, country=country, title=title,
        support_email=support_email, locale=locale, budget=budget, min_tasks=min_tasks, max_tasks=max_tasks,
        cpu=cpu, memory=memory, web_memory=web_memory,
    )  # fmt: skip
    with _at_work("deploy") as screen:
        cloud = _cloud(shop, region, pace)
        deployment = prepare(cloud, said, templates, screen, new_origin_secret=new_origin_secret, rebuild=rebuild)
        plan = _show(deployment)
        if plan.empty:
            return
        _ask("Go ahead?", yes=yes)
        address = deployment.run()
        _tell_deployed(screen, deployment, address)


@app.command()
def diff(
    *,
    shop: line.Shop = SHOP,
    region: line.Region = None,
    profile: line.RunBy = None,
    domain: line.Domain = None,
    hosted_zone: line.HostedZone = None,
    waf: line.Waf = None,
    mail_sender: line.MailSender = None,
    alarm_email: line.AlarmEmail = None,
    currency: line.Currency = None,
    country: line.Country = None,
    title: line.Title = None,
    support_email: line.SupportEmail = None,
    locale: line.Locale = None,
    budget: line.Budget = None,
    min_tasks: line.MinTasks = None,
    max_tasks: line.MaxTasks = None,
    cpu: line.Cpu = None,
    memory: line.Memory = None,
    web_memory: line.WebMemory = None,
    environment: line.CodeFor = None,
    templates: line.TemplatesFolder = SHIPPED,
    pace: line.Pace = PACE_SECONDS,
) -> None:
    """Say what `deploy` with the same options would do. Exit code 0: nothing; 1: something."""
    said = line.said_options(
        profile=profile, environment=environment, domain=domain, hosted_zone=hosted_zone, waf=waf,
        mail_sender=mail_sender, alarm_email=alarm_email, currency=currency, country=country, title=title,
        support_email=support_email, locale=locale, budget=budget, min_tasks=min_tasks, max_tasks=max_tasks,
        cpu=cpu, memory=memory, web_memory=web_memory,
    )  # fmt: skip
    with _at_work("diff") as screen:
        plan = _show(prepare(_cloud(shop, region, pace), said, templates, screen))
        if not plan.empty:
            raise typer.Exit(DIFFERENT)


@app.command()
def status(*, shop: line.Shop = SHOP, region: line.Region = None) -> None:
    """Say how the shop stands."""
    with _at_work("status") as screen:
        cloud = _cloud(shop, region)
        for text in status_lines(cloud, read_status(cloud)):
            screen.say(text)


@app.command()
def settings(*, shop: line.Shop = SHOP, region: line.Region = None) -> None:
    """Print what a process needs to work on this shop, as `shop.env` in a data folder has it. Holds no secret."""
    with _at_work("settings") as screen:
        cloud = _cloud(shop, region)
        for name, value in sorted(read_settings(cloud).items()):
            screen.say(f"{name}={value}")


@app.command()
def pause(
    *, shop: line.Shop = SHOP, region: line.Region = None, pace: line.Pace = PACE_SECONDS, yes: line.Yes = False
) -> None:
    """Take away what bills by the hour. Data and address stay; visitors read that the shop is closed."""
    with _at_work("pause") as screen:
        switch = Switch.of(_cloud(shop, region, pace), screen)
        if switch.paused:
            screen.say("The shop is paused already. `xpressbuy cloud resume` opens it.")
            return
        screen.say("A pause removes:")
        for text in switch.plan_pause():
            screen.say(text)
        for text in GOES_ON:
            screen.say(text)
        _ask("Close the shop?", yes=yes)
        switch.pause()
        screen.say("\nPaused. `xpressbuy cloud resume` opens the shop again, at the same address.")


@app.command()
def resume(*, shop: line.Shop = SHOP, region: line.Region = None, pace: line.Pace = PACE_SECONDS) -> None:
    """Open a paused shop again, with what it had, and wait until it is healthy."""
    with _at_work("resume") as screen:
        address = Switch.of(_cloud(shop, region, pace), screen).resume()
        screen.say(f"\nThe shop is open: {address}")


@app.command()
def destroy(
    *,
    shop: line.Shop = SHOP,
    region: line.Region = None,
    export: Annotated[bool, typer.Option("--export/--no-export", help="Bring table and pictures home first.")] = True,
    export_to: Annotated[Path, typer.Option(help="Where the export's folder is made.")] = Path("export"),
    yes_destroy: Annotated[str | None, typer.Option(help="The shop's name once more, instead of typing it.")] = None,
    pace: line.Pace = PACE_SECONDS,
) -> None:
    """End the shop: export its data, delete everything that bills, and say what is left and why."""
    with _at_work("destroy") as screen:
        cloud = _cloud(shop, region, pace)
        end = End(cloud, screen)
        if not end.look():
            screen.say(f"There is nothing of a shop named {shop} in {cloud.region}.")
            _tell_left(screen, end)
            return
        screen.say("This ends the shop for good. It deletes:")
        for text in end.plan():
            screen.say(text)
        screen.say(f"Exported to {export_to} first." if export else "Nothing is exported first.")
        typed = yes_destroy if yes_destroy is not None else typer.prompt(f"Type the shop's name ({shop}) to go ahead")
        if typed != shop:
            screen.say("That is not its name. Nothing was deleted.")
            raise typer.Exit(DECLINED)
        exported = end.run(export_to if export else None)
        if exported is not None:
            screen.say(
                f"\nExported {exported.items} items and {exported.pictures} files of the bucket to {exported.folder}."
            )
        _tell_left(screen, end)


@contextmanager
def _at_work(command: str) -> Iterator[Screen]:
    """Turns failures into a sentence and an exit code, and a Ctrl-C into what goes on without us."""
    screen = Screen(Console())
    try:
        yield screen
    except CloudProblem as problem:
        screen.say(f"\n{problem}", style="red")
        raise typer.Exit(FAILED) from problem
    except (ClientError, BotoCoreError) as error:
        screen.say(f"\n{explain(error)}", style="red")
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt:
        if screen.at_work:
            screen.say(
                f"\nStopped watching. AWS goes on with the stack {screen.at_work} by itself. `xpressbuy cloud status` "
                f"shows how far it is; `xpressbuy cloud {command}` with the same options continues."
            )
        else:
            screen.say(f"\nStopped. `xpressbuy cloud {command}` with the same options continues.")
        raise typer.Exit(INTERRUPTED) from None


def _cloud(shop: str, region: str | None, pace: float = PACE_SECONDS) -> Cloud:
    try:
        settings = Settings()
    except ValidationError as error:
        raise CloudProblem(explain_settings(error)) from error
    return Cloud(
        boto3.Session(), shop=shop, region=region or settings.aws_region, endpoint=settings.aws_endpoint_url, pace=pace
    )


def _show(deployment: Deployment) -> Plan:
    screen, cloud, options = deployment.screen, deployment.cloud, deployment.goal.options
    screen.say(f"Shop {cloud.shop} ({options.profile}) in {cloud.region}, account {cloud.account_id()}")
    plan = deployment.plan()
    for stack in plan.stacks:
        for text in stack.lines():
            screen.say(f"  {text}")
    if plan.builds_image:
        screen.say("  The image is built by AWS from this checkout.")
    if plan.empty:
        screen.say(f"Nothing to do. The shop is {deployment.goal.state} at {deployment.url}")
    return plan


def _ask(question: str, *, yes: bool) -> None:
    if not yes and not typer.confirm(question):
        raise typer.Exit(DECLINED)


def _tell_deployed(screen: Screen, deployment: Deployment, address: str) -> None:
    data = deployment.standing["data"]
    assert data is not None
    if deployment.goal.state == "paused":
        screen.say(f"\nUp to date, and still paused: {address}. `xpressbuy cloud resume` opens it.")
    else:
        screen.say(f"\nThe shop is open: {address}")
    options: Options = deployment.goal.options
    screen.say("What to do next:")
    for number, text in enumerate(next_steps(deployment.cloud, options, data), start=1):
        screen.say(f"  {number}. {text}")
    screen.say("`xpressbuy cloud status` shows how it stands, `xpressbuy cloud pause` closes it for a while.")


def _tell_left(screen: Screen, end: End) -> None:
    kept, over = end.left()
    if kept:
        screen.say("Kept on purpose:")
        for one in kept:
            screen.say(f"    {one.arn}")
        screen.say(WHY_POOL)
    if end.holdings.table:
        screen.say(WHY_BACKUP)
    if over:
        screen.say("AWS still lists these; run this once more in a few minutes, and look at what stays:")
        for one in over:
            screen.say(f"    {one.arn}")
        raise typer.Exit(LEFT_OVER)
    screen.say("Nothing that bills is left.")
