"""An estimate as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal

from rich.console import Console
from rich.table import Table

from xpressbuy.cloud.cost.bill import Line
from xpressbuy.cloud.cost.model import Estimate

CENT = Decimal("0.01")
LITTLE = Decimal("0.005")
QUANTITY_DIGITS = 4


def dollars(amount: Decimal) -> str:
    """To the cent. What is less than half a cent, but not nothing, is said to be little."""
    if 0 < amount < LITTLE:
        return "< 0.01"
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,}"


def show(estimate: Estimate, console: Console) -> None:
    """The positions, both sums, and the notes."""
    shop = estimate.shop
    title = (
        f"{shop.visits:,} visits, {shop.orders:,} orders, {shop.catalog:,} products: "
        f"{shop.profile}, {shop.state}, {shop.region}"
    )
    table = Table(title=title, title_justify="left", show_footer=True)
    table.add_column("", "A month, in USD", overflow="fold")
    table.add_column("Quantity", justify="right", overflow="fold")
    table.add_column("List", dollars(estimate.total), justify="right", no_wrap=True)
    table.add_column("After free", dollars(estimate.total_after_free), justify="right", no_wrap=True)
    table.add_column("Why", overflow="fold")
    for line in estimate.lines:
        table.add_row(
            f"{line.service}: {line.what}",
            _quantity(line),
            dollars(line.amount),
            dollars(line.amount_after_free),
            line.why,
        )
    console.print(table)
    console.print(
        f"List prices before tax, looked up on {estimate.looked_up}. `After free`: without what AWS gives every "
        "account each month for good, if nothing else in the account uses it up.",
        highlight=False,
        markup=False,
    )
    for note in estimate.notes:
        console.print(note, highlight=False, markup=False)


def as_json(estimate: Estimate) -> str:
    """Everything, amounts as texts so that none is rounded."""
    shop = estimate.shop
    return json.dumps(
        {
            "shop": {
                "visits": shop.visits,
                "orders": shop.orders,
                "catalog": shop.catalog,
                "profile": shop.profile,
                "region": shop.region,
                "state": shop.state,
                "domain": shop.domain,
                "waf": shop.waf,
            },
            "currency": "USD",
            "looked_up": estimate.looked_up.isoformat(),
            "lines": [
                {
                    "service": line.service,
                    "what": line.what,
                    "quantity": _plain(line.quantity),
                    "unit": line.price.unit,
                    "unit_price": _plain(line.price.usd),
                    "amount": _plain(line.amount),
                    "amount_after_free": _plain(line.amount_after_free),
                    "why": line.why,
                    "source": line.price.page,
                    "as_of": line.price.as_of.isoformat(),
                }
                for line in estimate.lines
            ],
            "total": _plain(estimate.total),
            "total_after_free": _plain(estimate.total_after_free),
            "notes": list(estimate.notes),
        },
        indent=2,
    )


def _quantity(line: Line) -> str:
    rounded = round(line.quantity, QUANTITY_DIGITS if line.quantity < 1 else 1)
    number, unit = f"{rounded.normalize():,f}" if rounded else "< 0.0001", line.price.unit
    return f"{number} x {unit}" if unit[0].isdigit() else f"{number} {unit}"


def _plain(value: Decimal) -> str:
    return f"{value:f}"
