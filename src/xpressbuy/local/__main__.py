"""`python -m xpressbuy.local`: a whole shop on this machine. `make run` calls it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.local.emulator import LocalProblem
from xpressbuy.local.run import run


def main(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Where the shop is served.")] = 3000,
    data_dir: Annotated[Path, typer.Option(envvar="XPRESSBUY_DATA_DIR", help="Where its data is kept.")] = Path(
        ".xpressbuy"
    ),
) -> None:
    """Starts the local AWS, makes the resources, loads the sample catalogue and serves the shop."""
    try:
        run(port, data_dir)
    except (LocalProblem, CloudProblem) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from problem


app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
app.command()(main)

if __name__ == "__main__":
    app()
