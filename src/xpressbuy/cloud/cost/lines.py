"""The positions of the bill: which service takes what for which part of the traffic. One position for each price,
so that an allowance is given once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xpressbuy.cloud.cost import traffic as month
from xpressbuy.cloud.cost.bill import Line
from xpressbuy.cloud.cost.journeys import Journeys, Use
from xpressbuy.cloud.cost.prices import PriceList
from xpressbuy.cloud.cost.shape import Shape, firewall_rules
from xpressbuy.cloud.cost.shop import Shop
from xpressbuy.cloud.cost.size import FUNCTION_MEMORY_MAX, function_memory, memory_needed, task_size
from xpressbuy.cloud.cost.traffic import GB, HOURS, Traffic
from xpressbuy.cloud.sizes import TASKS_MAX

MILLION = Decimal(1_000_000)
BALANCER_ADDRESSES = 2
"""One in each of its two zones; AWS adds some when it grows."""
CONNECTIONS_PER_UNIT = 25 * 3600
"""New connections of an hour in one capacity unit."""
FRONT_REGION = "us-east-1"
FAR_REGIONS = ("ap-south-1",)
NEAR_CLASS = "PriceClass_100"
"""North America and Europe; visitors elsewhere are served from there."""
SES_NOTE = (
    "New AWS accounts send by the SES plan Essentials, 0.16 USD for 1,000 mails. "
    "Pay-as-you-go is 0.10 USD; you may switch to it in the SES console."
)
CATALOGUE_TOO_LARGE = "No machine of this kind holds this catalogue in memory, so the sum is too low."
RENDITIONS = 6
"""Files of one picture: three widths in two formats."""


@dataclass(frozen=True, slots=True)
class Month:
    """Everything that the positions are made of."""

    shop: Shop
    prices: PriceList
    known: Journeys
    shape: Shape
    traffic: Traffic
    tasks: tuple[int, int]
    starts: Decimal
    """Cold starts of the web function."""

    @property
    def is_fargate(self) -> bool:
        """Whether tasks are paid for."""
        return self.shop.profile == "fargate" and not self.shop.is_paused

    @property
    def is_serverless(self) -> bool:
        """Whether the web function runs."""
        return self.shop.profile == "serverless" and not self.shop.is_paused

    @property
    def orders(self) -> Decimal:
        """Orders of the month: none while paused."""
        return Decimal(0 if self.shop.is_paused else self.shop.orders)

    def line(self, service: str, what: str, price: str, quantity: Decimal | int, why: str) -> Line:
        """A position; the price's own doubt goes into its words."""
        found = self.prices[price]
        said = f"{why}; at us-east-1's price, as none was found for {self.shop.region}" if found.is_stand_in else why
        return Line(service, what, Decimal(quantity), found, said)


def lines_of(shop: Shop, prices: PriceList, known: Journeys, shape: Shape) -> Iterator[Line]:
    """Every position, also those of nothing."""
    traffic = month.closed(shop, known) if shop.is_paused else month.traffic_of(shop, known)
    tasks = (0, 0) if shop.is_paused or shop.profile == "serverless" else month.tasks_of(traffic, known, shape)
    starts = Decimal(0) if shop.is_paused else month.starts_of(shop, traffic, known)
    facts = Month(shop, prices, known, shape, traffic, tasks, starts)
    yield from _computing(facts)
    yield from _front(facts)
    yield from _keeping(facts)
    yield from _functions(facts)
    yield from _people(facts)
    yield from _watching(facts)


def notes_of(shop: Shop, lines: tuple[Line, ...], known: Journeys, shape: Shape) -> Iterator[str]:
    """What the owner should know beside the sum."""
    if not shop.is_paused:
        yield from _sizes(shop, known, shape)
    if shop.region in FAR_REGIONS and shape.price_class == NEAR_CLASS:
        yield f"Edges are priced as in {shop.region}, where the templates' {NEAR_CLASS} has none: set PriceClass."
    if any(line.price.is_stand_in for line in lines):
        yield f"Some prices of {shop.region} were not found; their lines say so."
    if any(line.service == "SES" for line in lines):
        yield SES_NOTE


def _sizes(shop: Shop, known: Journeys, shape: Shape) -> Iterator[str]:
    if shop.profile == "serverless":
        memory = function_memory(shop, known, shape)
        if memory > FUNCTION_MEMORY_MAX:
            yield f"{CATALOGUE_TOO_LARGE} Run it as `fargate`."
        elif memory > shape.web_memory:
            yield f"This catalogue asks for a larger web function: deploy with --web-memory {math.ceil(memory * 1024)}."
        return
    most = max(month.tasks_of(month.traffic_of(shop, known), known, shape))
    if most > shape.tasks_max:
        yield (
            f"This traffic asks for {most} tasks of a service, and there are {shape.tasks_max} at most unless said "
            f"otherwise: deploy with --max-tasks {min(most, TASKS_MAX)}."
        )
    size = task_size(shop, known, shape)
    if size.memory < memory_needed(shop, known):
        yield CATALOGUE_TOO_LARGE
    elif size.memory > shape.task_memory:
        units, megabytes = size.cpu * 1024, size.memory * 1024
        yield f"This catalogue asks for tasks of {size}: deploy with --cpu {units:.0f} --memory {megabytes:.0f}."


def _computing(facts: Month) -> Iterator[Line]:
    if not facts.is_fargate:
        return
    web, api = facts.tasks
    hours, size = (web + api) * HOURS, task_size(facts.shop, facts.known, facts.shape)
    each = f"{web} web + {api} api tasks of {size}, arm64"
    yield facts.line("Fargate", "processors", "fargate_vcpu", hours * size.cpu, each)
    yield facts.line("Fargate", "memory", "fargate_memory", hours * size.memory, each)
    yield facts.line("Load balancer", "hours", "balancer", HOURS, "one, all month")
    units = max(
        facts.traffic.app_bytes / GB,
        facts.traffic.app_requests * facts.known.assumed["connections_per_request"] / CONNECTIONS_PER_UNIT,
    )
    yield facts.line(
        "Load balancer", "capacity units", "balancer_units", units, "bytes or connections, whichever is more"
    )
    addresses = BALANCER_ADDRESSES + web + api
    why = f"{BALANCER_ADDRESSES} of the load balancer and one a task, instead of a NAT gateway"
    yield facts.line("VPC", "public IPv4 addresses", "public_address", addresses * HOURS, why)


def _front(facts: Month) -> Iterator[Line]:
    traffic, shop = facts.traffic, facts.shop
    who = "the closed page" if shop.is_paused else "pages, answers, scripts and pictures"
    yield facts.line("CloudFront", "transfer", "edge_transfer", traffic.edge_bytes / GB, who)
    yield facts.line("CloudFront", "requests", "edge_requests", traffic.edge_requests / 10_000, who)
    runs = traffic.edge_requests if shop.is_paused else Decimal(0)
    yield facts.line(
        "CloudFront", "function", "edge_function", runs / MILLION, "shows the closed page for every address"
    )
    if shop.domain:
        yield facts.line("Route 53", "hosted zone", "zone", 1, "a domain of your own; names of CloudFront are free")
    if shop.waf:
        yield facts.line("WAF", "web ACL", "firewall", 1, "stays while paused")
        yield facts.line("WAF", "rules", "firewall_rules", firewall_rules(), "as the template has them")
        yield facts.line(
            "WAF", "requests", "firewall_requests", traffic.edge_requests / MILLION, "all that reach CloudFront"
        )


def _keeping(facts: Month) -> Iterator[Line]:
    shop, known, traffic = facts.shop, facts.known, facts.traffic
    use = _table_use(facts)
    yield facts.line(
        "DynamoDB", "writes", "table_writes", use.writes / MILLION, "carts, orders, sign-ins, mails, edits"
    )
    yield facts.line("DynamoDB", "reads", "table_reads", use.reads / MILLION, _reading(facts))
    stored = month.stored_bytes(shop, known) / GB
    kept = f"products and {known.assumed['months_of_orders']} months of orders, with their indexes"
    yield facts.line("DynamoDB", "storage", "table_storage", stored, kept)
    yield facts.line("DynamoDB", "recovery to any second", "table_recovery", stored, "the same bytes")
    pictures = month.picture_bytes_stored(shop, known) / GB
    yield facts.line("S3", "storage", "objects_storage", pictures, f"{RENDITIONS} files of each picture")
    if not shop.is_paused:
        uploads = month.changes_of(shop, known) * known.measured["pictures_per_product"] * RENDITIONS
        writes = (uploads + month.snapshots_of(shop, known)) / 1000
        yield facts.line("S3", "writes", "objects_writes", writes, "new pictures, snapshots of the catalogue")
        reads = (traffic.picture_fetches + facts.starts) / 1000
        yield facts.line("S3", "reads", "objects_reads", reads, "pictures that CloudFront does not have, and starts")
    if shop.profile == "fargate":
        yield facts.line("ECR", "images", "image_storage", known.assumed["image_gb"], "the last ten")
    if facts.is_fargate:
        minutes = known.assumed["deploys"] * known.assumed["build_minutes"]
        yield facts.line("CodeBuild", "builds", "builds", minutes, f"{known.assumed['deploys']} deployments")


def _reading(facts: Month) -> str:
    if facts.is_fargate:
        return "visits, the sweep; each task reads the feed, each sale and once a day the catalogue"
    return "visits, the sweep; a request reads the feed" if facts.is_serverless else "the sweep"


def _table_use(facts: Month) -> Use:
    shop, known, traffic = facts.shop, facts.known, facts.traffic
    use = traffic.table + known.steps["sweep"] * known.assumed["sweeps"]
    if shop.is_paused:
        return use
    mails = facts.orders * known.assumed["mails_per_order"]
    use += known.steps["order mail"] * mails + Use(writes=mails * known.assumed["events_per_mail"])
    use += Use(writes=month.changes_of(shop, known) * known.assumed["writes_per_change"])
    if facts.is_fargate:
        return use + month.following(shop, sum(facts.tasks), known)
    return use + month.waking(shop, traffic, known)


def _functions(facts: Month) -> Iterator[Line]:
    assumed = facts.known.assumed
    mails = facts.orders * assumed["mails_per_order"]
    events, sweeps = mails * assumed["events_per_mail"], assumed["sweeps"]
    web = facts.traffic.app_requests if facts.is_serverless else Decimal(0)
    starts = facts.starts if facts.is_serverless else Decimal(0)
    small = mails * assumed["mail_milliseconds"] + events * assumed["event_milliseconds"]
    small += sweeps * assumed["sweep_milliseconds"]
    start = assumed["start_seconds"] + assumed["start_ms_per_product"] * facts.shop.catalog / 1000
    busy = web * assumed["web_milliseconds"] / 1000 + starts * start
    seconds = small / 1000 * facts.shape.mail_memory + busy * function_memory(facts.shop, facts.known, facts.shape)
    parts = ["the sweep every five minutes", *(["mails and their events"] if mails else [])]
    parts += ["every request that no cache answers, and cold starts"] if facts.is_serverless else []
    why = ", ".join(parts)
    yield facts.line("Lambda", "requests", "function_requests", (mails + events + sweeps + web) / MILLION, why)
    yield facts.line("Lambda", "time", "function_time", seconds, why)
    if facts.shape.sweep_is_scheduled:
        yield facts.line("EventBridge", "schedule", "schedules", sweeps / MILLION, "the sweep")


def _people(facts: Month) -> Iterator[Line]:
    assumed, shop = facts.known.assumed, facts.shop
    mails = facts.orders * assumed["mails_per_order"]
    yield facts.line("SES", "mails", "mails", mails / 1000, "one confirmation an order")
    visits = Decimal(0 if shop.is_paused else shop.visits)
    people = facts.orders * assumed["people_per_order"] + visits * assumed["people_per_visit"]
    yield facts.line("Cognito", "people", "people", people, "who signed in this month")


def _watching(facts: Month) -> Iterator[Line]:
    assumed, shape, shop = facts.known.assumed, facts.shape, facts.shop
    yield facts.line("Secrets Manager", "secret", "secret", 1, "the key of the cookies")
    starts = facts.starts if facts.is_serverless else assumed["deploys"] * sum(facts.tasks)
    yield facts.line("Secrets Manager", "reads", "secret_reads", starts / 10_000, "one a start")
    alarms = shape.data_alarms
    if not shop.is_paused:
        alarms += shape.service_alarms + (shape.front_alarms if shop.region == FRONT_REGION else 0)
    of = f"{shape.data_alarms} of what is kept"
    more = "" if shop.is_paused else f" + {alarms - shape.data_alarms} of the service"
    more += ", autoscaling's own included" if facts.is_fargate else ""
    yield facts.line("CloudWatch", "alarms", "alarms", alarms, of + more)
    mails = facts.orders * assumed["mails_per_order"]
    runs = assumed["sweeps"] + mails * (1 + assumed["events_per_mail"])
    asked = Decimal(0) if shop.is_paused else facts.traffic.app_requests
    runs += asked if facts.is_serverless else Decimal(0)
    logged = (asked * assumed["log_bytes_per_request"] + runs * assumed["log_bytes_per_invocation"]) / GB
    yield facts.line("CloudWatch", "logs", "log_intake", logged, "a line a request, and Lambda's own")
    yield facts.line(
        "CloudWatch", "logs kept", "log_storage", logged * assumed["log_compression"], "30 days, compressed"
    )
