"""The whole shop as production wires it, on a fresh table and user pool of the local AWS, answered in this process.

People sign in as a browser does it: through the provider's page and back.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from starlette.types import ASGIApp, Message
from tests.conftest import ORIGIN
from tests.modules.catalog.samples import draft
from tests.modules.reading import write_build
from tests.template_values import resolve

from xpressbuy.asgi import create_app
from xpressbuy.catalog.model import Category
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY
from xpressbuy.local.people import DemoPerson
from xpressbuy.local.stack import client, create_bare_table, new_cookie_key, template
from xpressbuy.settings import Settings
from xpressbuy.wiring import Shop, build

ASHA = DemoPerson("Shopper", "asha@example.com", "Asha Rao", "harbour-lantern-7")
MEERA = DemoPerson("Another shopper", "meera@example.com", "Meera Nair", "harbour-lantern-8")
OMAR = DemoPerson("Operator", "omar@example.com", "Omar Diaz", "harbour-lantern-9", "operators")
ORIGIN_HOST = urlsplit(ORIGIN).netloc
PEOPLE = (ASHA, MEERA, OMAR)
BROWSER_HEADERS = {"origin": ORIGIN, "sec-fetch-site": "same-origin", "content-type": "application/json"}
START_SECONDS_MAX = 60
MOVING = ("REFRESH#", "FEED#")
"""Partitions that sessions and processes write on their own; no request of a test changes anything but beside them."""

ADDRESS = {
    "name": "Asha Rao",
    "line1": "12 Long Street",
    "city": "Springfield",
    "region": "IL",
    "postal_code": "62701",
    "country": "US",
}


@dataclass
class Whole:
    """A running shop, its app, and a look behind the counter."""

    endpoint: str
    settings: Settings
    shop: Shop
    app: ASGIApp
    _sealed: dict[str, dict[str, str]] = field(default_factory=dict)

    def browser(self, cookies: Mapping[str, str] | None = None, **headers: str) -> httpx.AsyncClient:
        """A browser on the shop's own pages. It shows a server error as an answer instead of raising it."""
        jar = httpx.Cookies()
        for name, value in (cookies or {}).items():
            jar.set(name, value, domain=ORIGIN_HOST, path="/")
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url=self.settings.public_url,
            cookies=jar,
            headers={**BROWSER_HEADERS, **headers},
        )

    def stranger(self) -> httpx.AsyncClient:
        """A client that sends no header by itself, neither origin nor type."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False), base_url=self.settings.public_url
        )

    async def cookies_of(self, person: DemoPerson) -> dict[str, str]:
        """The session cookies of a person who signed in; the same ones each time."""
        if person.email not in self._sealed:
            async with self.browser() as browser:
                answer = await sign_in(browser, person)
                assert answer.status_code == 200, answer.text
                self._sealed[person.email] = dict(browser.cookies)
        return self._sealed[person.email]

    async def signed_in(self, person: DemoPerson) -> httpx.AsyncClient:
        return self.browser(await self.cookies_of(person))

    async def everything(self) -> dict[str, Any]:
        """All that a request could have changed: every item, every account, how many mails went out."""
        return await asyncio.to_thread(self._everything)

    def _everything(self) -> dict[str, Any]:
        dynamodb = client("dynamodb", self.endpoint)
        pages = dynamodb.get_paginator("scan").paginate(TableName=self.settings.table_name, ConsistentRead=True)
        items = {
            (item["PK"]["S"], item["SK"]["S"]): item
            for page in pages
            for item in page["Items"]
            if not item["PK"]["S"].startswith(MOVING)
        }
        users = client("cognito-idp", self.endpoint).list_users(UserPoolId=self.settings.user_pool_id)["Users"]
        accounts = {user["Username"]: (user["UserStatus"], user["Enabled"], user["Attributes"]) for user in users}
        return {"items": items, "accounts": accounts, "mails": mail_count(self.endpoint)}


def mail_count(endpoint: str) -> int:
    """How many mails the local AWS has sent since its start."""
    answer = httpx.get(f"{endpoint}/_ministack/ses/messages", timeout=10)
    return sum(len(mails) for mails in answer.json()["messages"].values())


@asynccontextmanager
async def whole_shop(
    endpoint: str, folder: Path, *, fill: Callable[[Shop], Awaitable[None]] | None = None, **changes: Any
) -> AsyncIterator[Whole]:
    """A shop on resources of its own, filled before it opens, started and stopped by its lifespan."""
    settings = await asyncio.to_thread(make_resources, endpoint, folder)
    shop = build(settings.model_copy(update=changes))
    if fill is not None:
        await fill(shop)
    app = create_app(shop)
    async with lifespan(app):
        yield Whole(endpoint, shop.settings, shop, app)


@asynccontextmanager
async def lifespan(app: ASGIApp) -> AsyncIterator[None]:
    """Starts and stops an app as its server does."""
    told: asyncio.Queue[Message] = asyncio.Queue()
    said: asyncio.Queue[Message] = asyncio.Queue()
    serving = asyncio.create_task(_serve(app, told, said))
    await told.put({"type": "lifespan.startup"})
    answer = await asyncio.wait_for(said.get(), START_SECONDS_MAX)
    assert answer["type"] == "lifespan.startup.complete", answer
    try:
        yield
    finally:
        await told.put({"type": "lifespan.shutdown"})
        await serving


async def _serve(app: ASGIApp, told: asyncio.Queue[Message], said: asyncio.Queue[Message]) -> None:
    await app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, told.get, said.put)


async def stock_shelves(whole: Whole, slugs: tuple[str, ...] = ("plain-tee", "warm-scarf")) -> None:
    """A small catalogue through the editor: products of two sizes with 50 of each, in one category."""
    await whole.shop.editor.put_categories([Category("clothing", "Clothing")], actor="test")
    for slug in slugs:
        await whole.shop.editor.create(draft(slug, stock=50, categories=("clothing",)), actor="test")
    await whole.shop.catalog.follow()


async def sign_in(browser: httpx.AsyncClient, person: DemoPerson, destination: str = "/account") -> httpx.Response:
    """What a person does at the provider's page. Gives the answer of the shop's callback."""
    location = (await browser.get("/auth/login", params={"next": destination})).headers["location"]
    callback = await provider_says_yes(location, person)
    return await browser.get(callback, headers={"sec-fetch-site": "cross-site"})


async def provider_says_yes(location: str, person: DemoPerson) -> str:
    """From the shop's redirect to the provider's: the address of the callback, as a path."""
    base, _, query = location.partition("/oauth2/authorize?")
    form = {name: values[0] for name, values in parse_qs(query).items()}
    async with httpx.AsyncClient(timeout=30) as outside:
        assert (await outside.get(location)).status_code == 200
        answer = await outside.post(
            f"{base}/login", data={**form, "username": person.email, "password": person.password}
        )
    target = answer.headers["location"]
    assert target.startswith(f"{ORIGIN}/auth/callback?"), target
    return str(target.removeprefix(ORIGIN))


async def place_order(browser: httpx.AsyncClient, sku: str, key: str | None = None, **changes: Any) -> httpx.Response:
    """Buys one of a SKU by cash on delivery, at the price that a quote says."""
    lines = [{"sku": sku, "quantity": 1}]
    asked = {"shipping_address": {"country": "US"}, "lines": lines, "shipping_method": "standard"}
    quote = (await browser.post("/api/checkout/quote", json=asked)).json()
    body = {
        "contact": {"email": ASHA.email, "name": ASHA.name},
        "shipping_address": ADDRESS,
        "shipping_method": "standard",
        "payment": {"method": "cod"},
        "lines": lines,
        "expected_total": quote["totals"]["total"],
        **changes,
    }
    said = {name: value for name, value in body.items() if value is not None}
    return await browser.post("/api/orders", json=said, headers={"idempotency-key": key or secrets.token_hex(8)})


def make_resources(endpoint: str, folder: Path) -> Settings:
    """Table, bucket and user pool as the data stack has them, without the functions around them."""
    name = f"whole-{secrets.token_hex(4)}"
    create_bare_table(endpoint, name)
    client("s3", endpoint).create_bucket(Bucket=f"{name}-images")
    idp = client("cognito-idp", endpoint)
    resources = template()["Resources"]
    names = {"ShopName": name, "ShopTitle": "XpressBuy", "PublicUrl": ORIGIN, "People": ""}
    pool_properties = resolve(resources["People"]["Properties"], names)
    pool_properties["PoolName"] = pool_properties.pop("UserPoolName")
    pool = idp.create_user_pool(**pool_properties)["UserPool"]["Id"]
    client_properties = resolve(resources["ShopClient"]["Properties"], {**names, "People": pool})
    made = idp.create_user_pool_client(**client_properties)["UserPoolClient"]
    idp.create_group(GroupName="operators", UserPoolId=pool)
    for person in PEOPLE:
        _enrol(idp, pool, person)
    return Settings(
        aws_region=REGION,
        aws_endpoint_url=endpoint,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        dynamodb_seconds_max=10,
        environment="local",
        public_url=ORIGIN,
        table_name=name,
        images_bucket=f"{name}-images",
        user_pool_id=pool,
        user_pool_client_id=made["ClientId"],
        user_pool_client_secret=made["ClientSecret"],
        identity_url=endpoint,
        jwks_url=f"{endpoint}/{pool}/.well-known/jwks.json",
        cookie_keys=(new_cookie_key(),),
        web_dist=write_build(folder / "dist"),
    )


def _enrol(idp: Any, pool: str, person: DemoPerson) -> None:
    facts = {"email": person.email, "email_verified": "true", "name": person.name}
    idp.admin_create_user(
        UserPoolId=pool,
        Username=person.email,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": fact, "Value": value} for fact, value in facts.items()],
    )
    idp.admin_set_user_password(UserPoolId=pool, Username=person.email, Password=person.password, Permanent=True)
    if person.group:
        idp.admin_add_user_to_group(UserPoolId=pool, Username=person.email, GroupName=person.group)
