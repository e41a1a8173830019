"""What the shop itself uses: table calls and units by step, items on disk, bytes on the wire. Measured, never typed in.

`python -m tests.cloud.cost.measuring` measures against a local AWS of its own and writes the `measured` part of
`src/xpressbuy/cloud/cost/journeys.json`.
"""

from __future__ import annotations

import asyncio
import csv
import json
import secrets
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import brotli
import httpx
from tests.budgets.conftest import Cost, Counted, size_of
from tests.modules.reading import picture
from tests.whole import ADDRESS, ASHA, MEERA, Whole, provider_says_yes, whole_shop

from xpressbuy.aws.mail import Mailer
from xpressbuy.catalog.jobs import import_file
from xpressbuy.catalog.model import Category
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.kit.ids import OrderId, earliest_id
from xpressbuy.local import sample
from xpressbuy.local.emulator import Emulator
from xpressbuy.local.sample.build import sample_picture
from xpressbuy.local.stack import client
from xpressbuy.media.model import ImageRecord
from xpressbuy.media.model.renditions import render_renditions
from xpressbuy.notifications.model.letter import ShopFacts
from xpressbuy.notifications.service import OrderMails
from xpressbuy.notifications.store import Mails
from xpressbuy.orders.store import Orders
from xpressbuy.table.client import Table
from xpressbuy.table.schema import GSI1PK, GSI2PK, PK
from xpressbuy.wiring import Shop, build

ROOT = Path(__file__).resolve().parents[3]
JOURNEYS = ROOT / "src" / "xpressbuy" / "cloud" / "cost" / "journeys.json"
DIST = ROOT / "web" / "storefront" / "dist"
INDEX_BYTES = 100
"""What DynamoDB adds to each item, in the table and in every index."""
READ_BYTES = 4096
BROTLI_QUALITY = 5
PICTURES_DRAWN = 6
PLENTY = 20
WEIGHED = 10
"""Products whose pages are weighed, since one's descriptions are longer than another's."""
Ask = Callable[[], Awaitable[httpx.Response]]
Figures = dict[str, Any]


@asynccontextmanager
async def sample_shop(endpoint: str, folder: Path) -> AsyncIterator[Whole]:
    """The sample catalogue with records of pictures and no drawn ones; its feed is read too seldom to be counted."""
    async with whole_shop(endpoint, folder, fill=_fill, feed_poll_seconds=60) as whole:
        yield whole


async def _fill(shop: Shop) -> None:
    numbers, known = count(1), dict[str, ImageRecord]()

    async def record(source: str) -> ImageRecord:
        return known.setdefault(source, picture(next(numbers)))

    await shop.editor.put_categories([Category("clothing", "Clothing")], actor="test")
    result = await import_file(shop.importer, sample.CATALOGUE_CSV, picture_source=record)
    assert result.errors_total == 0, result.errors[:1]


class Sized(Counted):
    """Counts reads by the size of what came, as DynamoDB bills them: the local AWS says one size for all of them."""

    async def send_request(self, *, action: str, payload: dict[str, Any]) -> dict[str, Any]:
        before = self._cost.reads
        answer = await super().send_request(action=action, payload=payload)
        if action in ("GetItem", "Query"):
            found = answer["Items"] if action == "Query" else [item for item in [answer.get("Item")] if item]
            begun = max(1, -(-sum(size_of({"M": item}) for item in found) // READ_BYTES))
            self._cost.reads = before + (begun if payload.get("ConsistentRead") else begun / 2)
        return answer


async def measure(whole: Whole) -> Figures:
    """Every measured figure but the web app's, in the shape of the file."""
    slugs = sorted(product.slug for product in whole.shop.catalog.products())
    catalogue = await _stored(whole)
    steps, bytes_sent, order_items = await _steps(whole, slugs)
    return {
        "products": len(slugs),
        "steps": steps,
        "stored_bytes": {"product": round(catalogue / len(slugs)), "order": order_items},
        "start": await _start(whole, len(slugs)),
        "answer_bytes": bytes_sent,
        "compressed_share": await _compressed_share(whole, slugs[WEIGHED]),
        "picture_bytes": await asyncio.to_thread(picture_bytes),
        "pictures_per_product": round(_pictures(whole) / len(slugs), 2),
    }


def said(cost: Cost) -> Figures:
    """A cost as it stands in the file."""
    return {"calls": cost.calls.total(), "reads": cost.reads, "writes": cost.writes}


async def _steps(whole: Whole, slugs: list[str]) -> tuple[Figures, Figures, int]:
    notes = Notes(whole)
    bought = dict(list(_in_stock().items())[:2])
    one, other = bought.values()
    await _browse(notes, slugs)
    for slug in slugs[WEIGHED : 2 * WEIGHED]:
        await notes.weigh("product page", f"/p/{slug}")
        await notes.weigh("product answer", f"/api/products/{slug}")
    await _buy(notes, list(bought), one, other)
    order_bytes = await _order(notes, one, other)
    return notes.steps, {name: round(statistics.mean(sizes)) for name, sizes in notes.weights.items()}, order_bytes


class Notes:
    """What each step took, and how heavy its answer was."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self.steps: dict[str, Figures] = {}
        self.weights: dict[str, list[int]] = {}

    async def note(self, step: str, ask: Ask) -> httpx.Response:
        heard: list[httpx.Response] = []

        async def asked() -> None:
            heard.append(await ask())

        self.steps[step] = said(await counted(self.whole.shop.table, asked))
        assert heard[0].status_code in (200, 201, 204), heard[0].text[:500]
        self.weights[step] = [len(heard[0].content)]
        return heard[0]

    async def weigh(self, step: str, path: str) -> None:
        async with self.whole.browser() as visitor:
            self.weights[step].append(len((await visitor.get(path)).content))


async def _compressed_share(whole: Whole, slug: str) -> float:
    """What is left of pages when CloudFront has compressed them."""
    async with whole.browser() as visitor:
        bodies = [(await visitor.get(path)).content for path in ("/", "/c/clothing", f"/p/{slug}")]
    left = sum(len(brotli.compress(body, quality=BROTLI_QUALITY)) for body in bodies)
    return round(left / sum(map(len, bodies)), 3)


async def _browse(notes: Notes, slugs: list[str]) -> None:
    async with notes.whole.browser() as visitor:
        await notes.note("home page", lambda: visitor.get("/"))
        await notes.note("category page", lambda: visitor.get("/c/clothing"))
        await notes.note("search page", lambda: visitor.get("/search?q=tee"))
        await notes.note("product page", lambda: visitor.get(f"/p/{slugs[2]}"))
        await notes.note("category answer", lambda: visitor.get("/api/products?category=clothing&limit=24&facets=true"))
        await notes.note("search answer", lambda: visitor.get("/api/products?q=tee&limit=24&facets=true"))
        await notes.note("product answer", lambda: visitor.get(f"/api/products/{slugs[3]}"))
        await notes.note("reviews answer", lambda: visitor.get(f"/api/products/{slugs[3]}/reviews"))
        await notes.note("session of a visitor", lambda: visitor.get("/api/session"))
        await notes.note("personal page", lambda: visitor.get("/checkout"))


async def _buy(notes: Notes, slugs: list[str], one: str, other: str) -> None:
    async with notes.whole.browser() as guest:
        for slug in slugs:
            await guest.get(f"/p/{slug}")
        await notes.note("first into the cart", lambda: guest.put(f"/api/cart/lines/{one}", json={"quantity": 1}))
        await notes.note("next into the cart", lambda: guest.put(f"/api/cart/lines/{other}", json={"quantity": 1}))
        await notes.note("session of a guest", lambda: guest.get("/api/session"))
        await notes.note("cart", lambda: guest.get("/api/cart"))
        asked = {"shipping_address": {"country": "US"}, "shipping_method": "standard"}
        await notes.note("quote", lambda: guest.post("/api/checkout/quote", json=asked))
        location = (await guest.get("/auth/login", params={"next": "/checkout"})).headers["location"]
        callback = await provider_says_yes(location, MEERA)
        await notes.note("sign-in", lambda: guest.get(callback, headers={"sec-fetch-site": "cross-site"}))
        await notes.note("session of a customer", lambda: guest.get("/api/session"))


async def _order(notes: Notes, one: str, other: str) -> int:
    """Orders of one and of two lines and what follows from one. Gives the bytes that the order of two left behind."""
    whole, table = notes.whole, notes.whole.shop.table
    async with await whole.signed_in(ASHA) as browser:
        await browser.get("/api/session")
        before = 0
        for step, lines in (("order of one line", [one]), ("order of two lines", [one, other])):
            before, total = await _stored(whole), await _total(browser, lines)
            placed = await notes.note(step, partial(_place, browser, lines, total))
            order_id = OrderId(placed.json()["id"])
        await notes.note("order page", lambda: browser.get(f"/api/orders/{order_id}"))
        notes.steps["order mail"] = said(await counted(table, lambda: _mails(whole).confirm(order_id)))
        left = await _stored(whole) - before
        begun = earliest_id("evt", whole.shop.clock.now())
        await _place(browser, [one, other], await _total(browser, [one, other]))
        notes.steps["feed, one sale"] = said(await counted(table, partial(_follow_since, whole, begun)))
    notes.steps["sweep"] = said(await counted(table, _mails(whole).sweep))
    notes.steps["feed, nothing new"] = said(await counted(table, lambda: CatalogStore(table).feed_after("evt_7")))
    return left


async def _place(browser: httpx.AsyncClient, skus: list[str], total: object) -> httpx.Response:
    """Buys one of each by cash on delivery."""
    body = {
        "contact": {"email": ASHA.email, "name": ASHA.name},
        "shipping_address": ADDRESS,
        "shipping_method": "standard",
        "payment": {"method": "cod"},
        "lines": [{"sku": sku, "quantity": 1} for sku in skus],
        "expected_total": total,
    }
    return await browser.post("/api/orders", json=body, headers={"idempotency-key": secrets.token_hex(8)})


async def _total(browser: httpx.AsyncClient, skus: list[str]) -> object:
    lines = [{"sku": sku, "quantity": 1} for sku in skus]
    asked = {"shipping_address": {"country": "US"}, "lines": lines, "shipping_method": "standard"}
    return (await browser.post("/api/checkout/quote", json=asked)).json()["totals"]["total"]


async def _follow_since(whole: Whole, begun: str) -> None:
    """What another process does when it hears of a sale, without the feed's older entries."""
    entries = await CatalogStore(whole.shop.table).feed_after(begun)
    assert len(entries) == 1
    await whole.shop.catalog._follower._refresh_stock(entries[0].product_ids)


def _mails(whole: Whole) -> OrderMails:
    """The notifier as its function has it, with keys for the local SES."""
    shop, settings = whole.shop, whole.settings
    ses = client("sesv2", whole.endpoint)
    ses.create_email_identity(EmailIdentity=settings.mail_sender)
    return OrderMails(
        mails=Mails(shop.table),
        orders=Orders(shop.table),
        mailer=Mailer(ses, sender_name=settings.shop_name, sender=settings.mail_sender),
        shop=ShopFacts(
            name=settings.shop_name,
            public_url=settings.public_url,
            images_url=settings.images_url,
            support_email=settings.support_email,
            locale=settings.locale,
        ),
        clock=shop.clock,
        ids=shop.ids,
    )


async def counted(table: Table, do: Callable[[], Awaitable[object]]) -> Cost:
    """What something does to the table."""
    cost = Cost()
    kept: Any = table._client
    listening: Any = Sized(kept, cost)
    table._client = listening
    try:
        await do()
    finally:
        table._client = kept
    return cost


async def _start(whole: Whole, products: int) -> Figures:
    """Another process's load of the whole catalogue from the table."""
    other = build(whole.settings)
    try:
        cost = await counted(other.table, other.catalog._follower._load_all)
    finally:
        await other.transport.close()
    return {**said(cost), "reads_per_product": round(cost.reads / products, 3)}


async def _stored(whole: Whole) -> int:
    """Bytes that DynamoDB bills for: items with their overhead, once more for every index that they stand in."""
    return await asyncio.to_thread(_scan, whole)


def _scan(whole: Whole) -> int:
    pages = client("dynamodb", whole.endpoint).get_paginator("scan").paginate(TableName=whole.settings.table_name)
    return sum(_billed(item) for page in pages for item in page["Items"] if _lasts(item))


def _lasts(item: Mapping[str, Any]) -> bool:
    """Not what expires by itself within days: feed entries, idempotency records, sessions."""
    return "expires_at" not in item and not item[PK]["S"].startswith(("REFRESH#", "CUSTOMER#g"))


def _billed(item: Mapping[str, Any]) -> int:
    copies = 1 + (GSI1PK in item) + (GSI2PK in item)
    return copies * (size_of({"M": item}) + INDEX_BYTES)


def _in_stock() -> dict[str, str]:
    """Slug and SKU of the sample's products that there is plenty of."""
    with sample.CATALOGUE_CSV.open(newline="", encoding="utf-8") as file:
        return {row["slug"]: row["sku"] for row in csv.DictReader(file) if int(row["stock"] or 0) >= PLENTY}


def _pictures(whole: Whole) -> int:
    return sum(len(product.images) for product in whole.shop.catalog.products())


def picture_bytes() -> dict[str, int]:
    """The mean weight of the sample's pictures by rendition, over a few that lie evenly among them."""
    from xpressbuy.local.sample.rows import picture_sources  # noqa: PLC0415

    sources = sorted(picture_sources())
    drawn = [render_renditions(sample_picture(s)) for s in sources[:: len(sources) // PICTURES_DRAWN][:PICTURES_DRAWN]]
    weights: dict[str, list[int]] = {}
    for renditions in drawn:
        largest = max(renditions.widths)
        for (width, form), body in renditions.files.items():
            weights.setdefault(f"{'largest' if width == largest else width} {form}", []).append(len(body))
    return {name: round(statistics.mean(sizes)) for name, sizes in sorted(weights.items())}


def web_bytes() -> Figures:
    """Files and Brotli bytes that a first page needs, by the build's own manifest."""
    manifest = json.loads((DIST / ".vite" / "manifest.json").read_text())
    found: set[str] = set()
    waiting = ["src/theme-start.ts", "src/main.tsx", "src/app/routes/home.tsx", "src/app/routes/product.tsx"]
    while waiting:
        chunk = manifest[waiting.pop()]
        if chunk["file"] not in found:
            found |= {chunk["file"], *chunk.get("css", ())}
            waiting += chunk.get("imports", ())
    fonts = [path for path in DIST.iterdir() if path.suffix == ".woff2"]
    code = sum(len(brotli.compress((DIST / name).read_bytes(), quality=11)) for name in found)
    return {"files": len(found) + len(fonts), "bytes": code + sum(path.stat().st_size for path in fonts)}


def main() -> None:
    """Measures, and writes."""
    with tempfile.TemporaryDirectory() as folder, Emulator(Path(folder) / "aws", keep=False) as emulator:

        async def run() -> Figures:
            async with sample_shop(emulator.url, Path(folder)) as whole:
                return await measure(whole)

        figures = asyncio.run(run())
    figures["web"] = web_bytes()
    kept = json.loads(JOURNEYS.read_text()) if JOURNEYS.exists() else {}
    JOURNEYS.write_text(json.dumps({**kept, "measured": figures}, indent=2) + "\n")


def differences(old: Mapping[str, Any], new: Mapping[str, Any], share: float, path: str = "") -> Iterable[str]:
    """Numbers that are further apart than this share of the old one, with their names."""
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from differences(before, after, share, f"{path}{name} / ")
        elif before is None or after is None or abs(after - before) > share * abs(before):
            yield f"{path}{name}: {before} in the file, {after} measured"


if __name__ == "__main__":
    main()
