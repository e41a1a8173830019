"""The two twins of a mail from what it says. HTML is escaped by the template engine, plain text needs no escaping."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from xpressbuy.notifications.model.letter import LetterView

TEXT_WIDTH = 66
"""Columns of the plain text: a line of figures still fits a quoted reply of 72."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is sent."""

    subject: str
    text: str
    html: str


def render(view: LetterView) -> Letter:
    """The confirmation in both forms."""
    templates = _templates()
    facts = {"mail": view, "width": TEXT_WIDTH}
    return Letter(
        subject=view.subject,
        text=templates.get_template("order_confirmation.txt").render(facts),
        html=templates.get_template("order_confirmation.html").render(facts),
    )


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("xpressbuy.notifications.model", "templates"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["row"] = _row
    return environment


def _row(label: str, amount: str, width: int = TEXT_WIDTH) -> str:
    """A label at the left and an amount at the right of a line; on a line of its own if they do not fit."""
    gap = width - len(label) - len(amount)
    return f"{label}{' ' * gap}{amount}" if gap > 1 else f"{label}\n{amount:>{width}}"
