"""Writes `docs/cost.md` from the model itself: `python -m xpressbuy.cloud.cost.page`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from xpressbuy.cloud.cost.journeys import Journeys, Use, journeys
from xpressbuy.cloud.cost.model import Estimate, estimate
from xpressbuy.cloud.cost.prices import origin, price_list, regions
from xpressbuy.cloud.cost.shop import Shop
from xpressbuy.cloud.cost.show import dollars
from xpressbuy.cloud.cost.traffic import KINDS, SECONDS, visit

TARGET = Path(__file__).resolve().parents[4] / "docs" / "cost.md"
SIZES = (
    Shop(300, 3, 50),
    Shop(3_000, 60, 200),
    Shop(30_000, 700, 1_000),
    Shop(300_000, 8_000, 10_000),
    Shop(3_000_000, 100_000, 100_000),
)
PAUSED_LIMIT = Decimal(1)
HEAD = """# What a shop costs on AWS

USD a month of 730 hours before tax, by `xpressbuy cloud cost`, which needs no account and asks nobody. Each cell is
the sum at list prices; in brackets is what is left after the allowances that AWS gives every account each month for
good (CloudFront's terabyte, Lambda's million requests, DynamoDB's 25 GB, Cognito's 10,000 people, ten alarms), if
nothing else in the account uses them up. Credits for new accounts are not counted.

This page is written by `python -m xpressbuy.cloud.cost.page`; a test fails when it is not what the model says today.

"""
PAUSED = """## Paused

What stays is the data and who watches over it: one secret (0.40), the data stack's alarms (0.10 each), the sweep, the
stored products, orders and pictures, with `fargate` the images, and the visitors who find the shop closed. A hosted
zone (0.50) and the firewall (its web ACL, rules and requests) are billed while they exist, so they come on top.

"""
READING = """## How to read it

- A visit is {pages} pages, {requests} requests to CloudFront and {megabytes} MB. The units that each step takes from
  the table are measured through the whole app against the local AWS, not estimated; a test measures them again.
- Tasks: as many as the autoscaling's own target asks for at {busy} times the month's mean, never fewer than the
  templates' minimum. A task grows when the catalogue does not fit into its memory, as every process holds all of it.
- Reading the feed once a second takes {polls} million queries a month, of half a unit each when nothing is new:
  {feed} USD for each task in us-east-1. A sale is heard by every process, which then reads the stock of each variant
  of what was sold.
- Cognito is a large shop's largest line: 0.015 USD for each person who signs in in a month, on its Essentials plan.
- Target tracking keeps two alarms for each of its policies. They are billed, and counted here.
- Not counted: CloudFront's transfer to the app (requests are small), notifications, NAT (there is none), support
  plans.

"""
SIZES_HEAD = "| visits | orders | products | fargate | serverless | fargate, paused | serverless, paused |\n"
PAUSED_HEAD = "| visits | orders | products | all | of it storage | closed page | under 1 USD |\n"


def page() -> str:
    """The whole page."""
    return "".join((HEAD, *_sizes(), PAUSED, *_paused(), *_example(), _reading(), *_steps(), *_assumed(), *_prices()))


def _sizes() -> Iterator[str]:
    yield SIZES_HEAD
    yield "|---:|---:|---:|---:|---:|---:|---:|\n"
    for size in SIZES:
        cells = [_both(estimate(shop)) for shop in _variants(size)]
        yield f"| {size.visits:,} | {size.orders:,} | {size.catalog:,} | {' | '.join(cells)} |\n"
    yield "\nEach cell is one command, by row:\n\n```\n"
    for size in SIZES:
        yield "".join(f"{command(shop)}\n" for shop in _variants(size))
    yield "```\n\n"
    for size in SIZES:
        said = dict.fromkeys(
            note for shop in _variants(size)[:2] for note in estimate(shop).notes if "catalogue" in note
        )
        yield "".join(f"With {size.catalog:,} products: {note}\n\n" for note in said)


def _variants(size: Shop) -> list[Shop]:
    running = [size, replace(size, profile="serverless")]
    return [*running, *(replace(shop, state="paused") for shop in running)]


def command(shop: Shop) -> str:
    """The very command that says this estimate."""
    words = f"xpressbuy cloud cost --visits {shop.visits} --orders {shop.orders} --catalog {shop.catalog}"
    profile = "" if shop.profile == "fargate" else f" --profile {shop.profile}"
    return f"{words}{profile}{' --paused' if shop.is_paused else ''}"


def _both(found: Estimate) -> str:
    return f"{dollars(found.total)} ({dollars(found.total_after_free)})"


def _paused() -> Iterator[str]:
    yield f"{PAUSED_HEAD}|---:|---:|---:|---:|---:|---:|---|\n"
    for size in SIZES:
        found = estimate(replace(size, state="paused"))
        stored = sum(
            line.amount for line in found.lines if line.what in {"storage", "recovery to any second", "images"}
        )
        seen = sum(line.amount for line in found.lines if line.service == "CloudFront")
        cells = (dollars(found.total), dollars(Decimal(stored)), dollars(Decimal(seen)))
        verdict = "yes" if found.total < PAUSED_LIMIT else "no"
        yield f"| {size.visits:,} | {size.orders:,} | {size.catalog:,} | {' | '.join(cells)} | {verdict} |\n"
    yield "\n"


def _example() -> Iterator[str]:
    size = SIZES[2]
    both = [estimate(shop) for shop in _variants(size)[:2]]
    yield f"## One shop by line: {size.visits:,} visits, {size.orders:,} orders, {size.catalog:,} products\n\n"
    for found in both:
        yield f"`{command(found.shop)}`\n\n| line | list | after free | why |\n|---|---:|---:|---|\n"
        for line in found.lines:
            amounts = f"{dollars(line.amount)} | {dollars(line.amount_after_free)}"
            yield f"| {line.service}: {line.what} | {amounts} | {line.why} |\n"
        yield f"| **sum** | **{dollars(found.total)}** | **{dollars(found.total_after_free)}** | |\n\n"


def _reading() -> str:
    known, prices = journeys(), price_list("us-east-1")
    one = visit(known)
    reads = known.steps["feed, nothing new"].reads * SECONDS
    return READING.format(
        pages=sum(known.assumed[f"{kind}_pages"] for kind in KINDS),
        requests=round(one.edge_requests),
        megabytes=round(one.edge_bytes / 1_000_000, 1),
        busy=known.assumed["busy_factor"],
        polls=round(SECONDS / 1_000_000, 1),
        feed=dollars(prices["table_reads"].amount(reads / 1_000_000)),
    )


def _steps() -> Iterator[str]:
    known = journeys()
    yield "## Measured: the table\n\n| step | calls | read units | write units |\n|---|---:|---:|---:|\n"
    for name, use in known.steps.items():
        yield f"| {name} | {_use(use)} |\n"
    measured = known.measured
    yield (
        f"\nStored with indexes: {measured['stored_bytes']['product']:,} bytes a product with {_variants_text(known)}, "
        f"{measured['stored_bytes']['order']:,} an order of two lines. Reading the whole catalogue takes "
        f"{measured['start']['reads_per_product']} read units a product.\n\n"
    )


def _use(use: Use) -> str:
    return f"{use.calls} | {use.reads} | {use.writes}"


def _variants_text(known: Journeys) -> str:
    return f"{known.measured['pictures_per_product']} pictures, as the sample has them"


def _assumed() -> Iterator[str]:
    known = journeys()
    yield "## Assumed\n\nThese are in `src/xpressbuy/cloud/cost/journeys.json`, for you to change.\n\n"
    yield "| what | value | why |\n|---|---:|---|\n"
    for name, value in known.assumed.items():
        yield f"| {name.replace('_', ' ')} | {value} | {known.reasons[name]} |\n"
    yield "\n"


def _prices() -> Iterator[str]:
    lists = [price_list(region) for region in regions()]
    yield f"## Prices\n\n{origin()} Looked up on {lists[0].looked_up}; `*` marks a figure of another region.\n\n"
    yield f"| price | unit | {' | '.join(regions())} | always free | as of |\n"
    yield f"|---|---|{'---:|' * (len(regions()) + 1)}---|\n"
    for name, price in lists[0].prices.items():
        cells = [f"{found[name].usd:f}{'*' if found[name].is_stand_in else ''}" for found in lists]
        free = f"{price.always_free:,}" if price.always_free else ""
        title = f"[{name.replace('_', ' ')}]({price.page})"
        yield f"| {title} | {price.unit} | {' | '.join(cells)} | {free} | {price.as_of} |\n"
    yield "\n"
    for name, price in lists[0].prices.items():
        if price.evidence:
            yield f"- {name.replace('_', ' ')}: {price.evidence}\n"


def main() -> None:
    """Writes the page."""
    TARGET.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
