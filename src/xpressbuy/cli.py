"""The command line door: mounts commands, decides nothing. Works on the shop of the environment's settings, or on the
local shop that runs on a data folder.
"""

from __future__ import annotations

import asyncio
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from xpressbuy.aws.secrets import SecretsUnread
from xpressbuy.catalog.jobs import import_file
from xpressbuy.catalog.model.imports import ImportRefused
from xpressbuy.catalog.service import ImportResult
from xpressbuy.cloud.commands import app as cloud
from xpressbuy.cloud.cost.command import cost
from xpressbuy.kit.errors import ShopError
from xpressbuy.settings import Settings
from xpressbuy.wiring import Shop, build, complete_settings

LOCAL_SETTINGS = "shop.env"
FAILED = 1
UNUSABLE = 2
ROW_ERRORS_SHOWN = 50

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="XpressBuy: an online shop on AWS.")
catalog = typer.Typer(no_args_is_help=True, help="Products, prices and stock.")
app.add_typer(catalog, name="catalog")
app.add_typer(cloud, name="cloud")
cloud.command()(cost)

DataDir = Annotated[Path, typer.Option(envvar="XPRESSBUY_DATA_DIR", help="The data folder of a running local shop.")]


@app.callback()
def _root() -> None:
    """Keeps `xpressbuy` a group of commands."""


def settings_for(data_dir: Path) -> Settings:
    """The running local shop's settings if its folder has any, else the environment's."""
    file = data_dir / LOCAL_SETTINGS
    return Settings(_env_file=file) if file.exists() else Settings()


@catalog.command("import")
def import_catalog(
    file: Annotated[Path, typer.Argument(help="A CSV: our own, or an export of Shopify or WooCommerce.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing.")] = False,
    rate: Annotated[str | None, typer.Option(help="Turns prices in another currency into the shop's.")] = None,
    data_dir: DataDir = Path(".xpressbuy"),
) -> None:
    """Fill the catalogue from a file. What is there and equal stays untouched."""
    console = Console()
    try:
        exchange = Decimal(rate) if rate is not None else None
        result = asyncio.run(
            _import(
                build(complete_settings(settings_for(data_dir))), file, dry_run=dry_run, rate=exchange, console=console
            )
        )
    except InvalidOperation:
        console.print("The rate is not a number.", style="red")
        raise typer.Exit(UNUSABLE) from None
    except ImportRefused as refused:
        console.print(str(refused), style="red", markup=False)
        raise typer.Exit(UNUSABLE) from refused
    except SecretsUnread as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(UNUSABLE) from error
    except ShopError as error:
        console.print(f"The shop cannot be reached ({error.code}). Is it running?", style="red", markup=False)
        raise typer.Exit(UNUSABLE) from error
    _tell(result, console)
    if result.errors_total:
        raise typer.Exit(FAILED)


async def _import(shop: Shop, file: Path, *, dry_run: bool, rate: Decimal | None, console: Console) -> ImportResult:
    try:
        with Progress(TextColumn("{task.description}"), BarColumn(40), MofNCompleteColumn(), console=console) as bars:
            task = bars.add_task("Products", total=None)
            return await import_file(
                shop.importer,
                file,
                dry_run=dry_run,
                rate=rate,
                report=lambda progress: bars.update(task, completed=progress.done, total=progress.total),
            )
    finally:
        await shop.transport.close()


def _tell(result: ImportResult, console: Console) -> None:
    for row in result.errors[:ROW_ERRORS_SHOWN]:
        console.print(f"row {row.row}, {row.column}: {row.sentence}", style="red", markup=False, highlight=False)
    if result.errors_total > ROW_ERRORS_SHOWN:
        console.print(f"… and {result.errors_total - ROW_ERRORS_SHOWN} more")
    title = "Dry run: nothing was written. " if result.dry_run else ""
    console.print(
        f"{title}{result.created} created, {result.changed} changed, {result.unchanged} unchanged, "
        f"{result.failed} failed; {result.categories} categories written, {result.pictures_pending} pictures to fetch.",
        highlight=False,
    )


def main() -> None:
    """The `xpressbuy` command."""
    app()


if __name__ == "__main__":
    main()
