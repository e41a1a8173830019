"""What the person at the keyboard sees while AWS works. It formats and shows; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from xpressbuy.cloud.stacks import Report, Steps

BAR_WIDTH = 30
DOING_LENGTH_MAX = 46


class Screen:
    """A console with at most one bar. `at_work` names the stack that AWS is changing at this moment, if any."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.at_work: str | None = None

    def say(self, text: str = "", style: str | None = None) -> None:
        """A line, as it is."""
        self.console.print(text, style=style, markup=False, emoji=False, highlight=False, soft_wrap=True)

    @contextmanager
    def stack(self, name: str, title: str) -> Iterator[Report]:
        """A bar for one operation on a stack."""
        self.at_work = name
        with self.bar(title) as report:
            yield report
        self.at_work = None

    @contextmanager
    def bar(self, title: str) -> Iterator[Report]:
        """A bar; what is yielded moves it."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(BAR_WIDTH),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[doing]}", style="dim", markup=False),
        )
        with Progress(*columns, console=self.console) as bars:
            task = bars.add_task(title, total=None, doing="")

            def report(steps: Steps) -> None:
                bars.update(task, completed=steps.done, total=steps.total or None, doing=steps.doing[:DOING_LENGTH_MAX])

            yield report
            total = bars.tasks[0].total or 1
            bars.update(task, completed=total, total=total, doing="done")
