"""`xpressbuy cloud cost`: parses, asks, prints. 0 when it could say a sum, 2 when the question was not one."""

from __future__ import annotations

from typing import Annotated, Literal

import typer
from rich.console import Console

from xpressbuy.cloud.cost.model import estimate
from xpressbuy.cloud.cost.prices import regions
from xpressbuy.cloud.cost.shop import Shop
from xpressbuy.cloud.cost.show import as_json, show
from xpressbuy.cloud.problem import CloudProblem

UNUSABLE = 2
PIPE_WIDTH = 160
"""Columns when nobody watches: a file keeps the table's lines whole."""


def cost(
    *,
    visits: Annotated[int, typer.Option(help="Visits in a month.")],
    orders: Annotated[int, typer.Option(help="Orders in a month.")],
    catalog: Annotated[int, typer.Option(help="Products in the catalogue.")],
    profile: Annotated[Literal["fargate", "serverless"], typer.Option(help="What the shop runs on.")] = "fargate",
    region: Annotated[str, typer.Option(help=f"One of {', '.join(regions())}.")] = "us-east-1",
    paused: Annotated[bool, typer.Option("--paused", help="Count only what stays while the shop is paused.")] = False,
    domain: Annotated[bool, typer.Option("--domain", help="With a domain of your own in Route 53.")] = False,
    waf: Annotated[bool, typer.Option("--waf", help="With the web firewall.")] = False,
    as_data: Annotated[bool, typer.Option("--json", help="As JSON, unrounded.")] = False,
) -> None:
    """Estimate a month on AWS by line, at list prices. Needs no account and asks nobody."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH)
    try:
        shop = Shop(
            visits=visits,
            orders=orders,
            catalog=catalog,
            profile=profile,
            region=region,
            state="paused" if paused else "running",
            domain=domain,
            waf=waf,
        )
        found = estimate(shop)
    except CloudProblem as problem:
        Console(stderr=True).print(str(problem), style="red", markup=False, highlight=False)
        raise typer.Exit(UNUSABLE) from problem
    if as_data:
        typer.echo(as_json(found))
    else:
        show(found, console)
