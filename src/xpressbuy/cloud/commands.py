"""`xpressbuy cloud …`: the commands, their options and their exit codes. What they do is said in the modules beside."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="The shop in your AWS account: deploy, pause, resume, end it.")


@app.callback()
def _root() -> None:
    """Keeps `xpressbuy cloud` a group of commands."""
