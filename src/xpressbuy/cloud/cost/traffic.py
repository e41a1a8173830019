"""What a month of a shop uses of everything: requests, bytes, units, runs. Pure arithmetic over the journeys.

No prices and no AWS services' names; those are in `lines`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xpressbuy.cloud.cost.journeys import Journeys, Use
from xpressbuy.cloud.cost.shape import Shape
from xpressbuy.cloud.cost.shop import Shop

HOURS = Decimal(730)
SECONDS = HOURS * 3600
MINUTES = HOURS * 60
DAYS = HOURS / 24
GB = Decimal(1024**3)
KINDS = ("home", "category", "search", "product")
SNAPSHOT_MINUTES = 15
"""A process keeps a snapshot of the catalogue for the next start, at most this often and only after a change."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """A month's sums. `edge` is what visitors ask of CloudFront, `web` and `api` what of it reaches the app."""

    edge_requests: Decimal = Decimal(0)
    edge_bytes: Decimal = Decimal(0)
    web_requests: Decimal = Decimal(0)
    api_requests: Decimal = Decimal(0)
    app_bytes: Decimal = Decimal(0)
    picture_fetches: Decimal = Decimal(0)
    table: Use = field(default_factory=Use)

    @property
    def app_requests(self) -> Decimal:
        """Requests that no cache answers."""
        return self.web_requests + self.api_requests

    def __add__(self, other: Traffic) -> Traffic:
        return Traffic(
            self.edge_requests + other.edge_requests,
            self.edge_bytes + other.edge_bytes,
            self.web_requests + other.web_requests,
            self.api_requests + other.api_requests,
            self.app_bytes + other.app_bytes,
            self.picture_fetches + other.picture_fetches,
            self.table + other.table,
        )

    def __mul__(self, times: Decimal) -> Traffic:
        return Traffic(
            self.edge_requests * times,
            self.edge_bytes * times,
            self.web_requests * times,
            self.api_requests * times,
            self.app_bytes * times,
            self.picture_fetches * times,
            self.table * times,
        )


def traffic_of(shop: Shop, known: Journeys) -> Traffic:
    """All visits, carts and orders of a running shop."""
    carts = Decimal(shop.visits) * known.assumed["carts_per_visit"]
    return (
        visit(known) * Decimal(shop.visits) + cart(known) * (carts + shop.orders) + order(known) * Decimal(shop.orders)
    )


def visit(known: Journeys) -> Traffic:
    """Somebody who looks around: the first page as a document, the others as answers; scripts, fonts, pictures."""
    assumed, steps = known.assumed, known.steps
    pages = {kind: assumed[f"{kind}_pages"] for kind in KINDS}
    count = sum(pages.values(), Decimal(0))
    documents = sum((pages[kind] / count * known.bytes_of(f"{kind} page") for kind in KINDS), Decimal(0))
    later = (count - 1) / count
    answers = sum((pages[kind] * later * known.bytes_of(_answer(kind)) for kind in KINDS), Decimal(0))
    read = documents + answers + pages["product"] * known.bytes_of("reviews answer")
    squeezed = known.measured["compressed_share"]
    files = assumed["first_visits"] * known.measured["web"]["files"]
    code = assumed["first_visits"] * known.measured["web"]["bytes"]
    pictures, picture_bytes = _pictures(known)
    missed = 1 - assumed["edge_hits"]
    asked = count - 1 + pages["product"] + 1
    signed_in = assumed["signed_in_visits"]
    renewal = Use(Decimal(3), assumed["renewal_reads"], assumed["renewal_writes"])
    table = steps["product page"] * pages["product"] + steps["reviews answer"] * pages["product"]
    table += steps["session of a visitor"] + steps["session of a customer"] * signed_in
    table += renewal * (signed_in * assumed["renewals_per_signed_in_visit"])
    return Traffic(
        edge_requests=1 + asked + files + pictures,
        edge_bytes=read * squeezed + code + picture_bytes,
        web_requests=1 + files * missed,
        api_requests=asked,
        app_bytes=read + code * missed,
        picture_fetches=pictures * missed,
        table=table,
    )


def _answer(kind: str) -> str:
    return "category answer" if kind == "home" else f"{kind} answer"


def _pictures(known: Journeys) -> tuple[Decimal, Decimal]:
    """How many a visit looks at, and their bytes. Cards take the middle width, a product's own the largest."""
    assumed, weigh = known.assumed, known.measured["picture_bytes"]
    lists = assumed["category_pages"] + assumed["search_pages"]
    cards = assumed["home_pages"] * assumed["pictures_of_home"] + lists * assumed["pictures_of_list"]
    large = assumed["product_pages"] * assumed["pictures_of_product"]
    sent = (cards * weigh["640 avif"] + large * weigh["largest avif"]) * assumed["photo_factor"]
    return cards + large, sent


def cart(known: Journeys) -> Traffic:
    """Something is put into the cart, and the cart looked at."""
    steps, lines, views = known.steps, known.assumed["lines_per_order"], known.assumed["cart_views"]
    table = steps["first into the cart"] + steps["next into the cart"] * (lines - 1)
    table += steps["cart"] * views + steps["session of a guest"]
    sent = known.bytes_of("next into the cart") * lines + known.bytes_of("cart") * views
    asked = lines + views + 1
    return Traffic(edge_requests=asked, edge_bytes=sent, api_requests=asked, app_bytes=sent, table=table)


def order(known: Journeys) -> Traffic:
    """Signing in, the checkout, the order and its page. The mail is counted apart."""
    steps, assumed = known.steps, known.assumed
    quotes, sign_ins = assumed["quotes_per_order"], assumed["sign_ins_per_order"]
    table = steps["quote"] * quotes + steps["sign-in"] * sign_ins + steps["session of a customer"] * Decimal(2)
    table += known.order(assumed["lines_per_order"]) + steps["order page"]
    sent = known.bytes_of("quote") * quotes + known.bytes_of("order of two lines") + known.bytes_of("order page")
    asked = quotes + 2 + 2 + sign_ins * 2
    shown = sign_ins + 1
    pages = shown * known.bytes_of("personal page")
    return Traffic(
        edge_requests=asked + shown,
        edge_bytes=sent + pages,
        web_requests=shown,
        api_requests=asked,
        app_bytes=sent + pages,
        table=table,
    )


def closed(shop: Shop, known: Journeys) -> Traffic:
    """The same visitors in front of a paused shop."""
    visits = Decimal(shop.visits)
    asked, sent = known.assumed["closed_requests"], known.assumed["closed_bytes"]
    return Traffic(edge_requests=visits * asked, edge_bytes=visits * sent)


def tasks_of(traffic: Traffic, known: Journeys, shape: Shape) -> tuple[int, int]:
    """How many tasks web and api keep: as many as the autoscaling's own figure of requests a minute asks for."""
    web, api = (
        max(shape.tasks_min, _ceiling(requests / MINUTES * known.assumed["busy_factor"] / shape.requests_per_task))
        for requests in (traffic.web_requests, traffic.api_requests)
    )
    return web, api


def _ceiling(value: Decimal) -> int:
    whole = int(value)
    return whole if whole == value else whole + 1


def starts_of(shop: Shop, traffic: Traffic, known: Journeys) -> Decimal:
    """Cold starts of the web function: of a quiet shop with nearly every visit, of a busy one with its rushes."""
    idle = min(Decimal(shop.visits), known.assumed["starts_idle"])
    return idle + traffic.app_requests * known.assumed["starts_per_request"]


def changes_of(shop: Shop, known: Journeys) -> Decimal:
    """Products written in a month."""
    return Decimal(shop.catalog) * known.assumed["product_changes"]


def snapshots_of(shop: Shop, known: Journeys) -> Decimal:
    """Snapshots of the catalogue written in a month."""
    return min(MINUTES / SNAPSHOT_MINUTES, shop.orders + changes_of(shop, known))


def following(shop: Shop, processes: int, known: Journeys) -> Use:
    """What processes that never sleep read: the feed once a second, each sale, and all of the catalogue once a day."""
    load = Use(reads=known.measured["start"]["reads_per_product"] * shop.catalog * DAYS)
    sale = known.steps["feed, one sale"] + known.steps["feed, nothing new"] * Decimal(-1)
    one = known.steps["feed, nothing new"] * SECONDS + sale * Decimal(shop.orders) + load
    return one * Decimal(processes)


def waking(shop: Shop, traffic: Traffic, known: Journeys) -> Use:
    """What functions read that sleep between requests: the feed before each, and all of the catalogue once a day."""
    load = Use(reads=known.measured["start"]["reads_per_product"] * shop.catalog * DAYS)
    asked = traffic.app_requests + starts_of(shop, traffic, known)
    return known.steps["feed, nothing new"] * asked + known.steps["feed, one sale"] * Decimal(shop.orders) + load


def stored_bytes(shop: Shop, known: Journeys) -> Decimal:
    """Of the table with its indexes."""
    weigh: Mapping[str, Decimal] = known.measured["stored_bytes"]
    return weigh["product"] * shop.catalog + weigh["order"] * shop.orders * known.assumed["months_of_orders"]


def picture_bytes_stored(shop: Shop, known: Journeys) -> Decimal:
    """Of every rendition of every picture."""
    each: Decimal = sum(known.measured["picture_bytes"].values(), Decimal(0)) * known.assumed["photo_factor"]
    pictures: Decimal = known.measured["pictures_per_product"] * shop.catalog
    return each * pictures
