"""The whole way through the local AWS: a real user pool from the data stack, its mails, its login page, its tokens."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.modules.accounts.fake_cognito import FakeCognito
from tests.modules.accounts.people import ORIGIN, Instance, MovableClock, cleared, running
from tests.template_values import resolve

from xpressbuy.accounts.service import Accounts
from xpressbuy.aws.identity import Identity, IdentityConfig
from xpressbuy.local.emulator import REGION, Emulator
from xpressbuy.local.stack import client, template
from xpressbuy.table.client import Table

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
EMAIL = "meera@example.com"
PASSWORD = "correct horse"


@pytest.fixture
async def shop(cloud: Emulator, table: Table, movable: MovableClock, fake: FakeCognito) -> AsyncIterator[Instance]:
    """The people of a shop whose provider is the local AWS, configured as the data stack does it."""
    idp = client("cognito-idp", cloud.url)
    resources = template()["Resources"]
    names = {"ShopName": "people", "ShopTitle": "XpressBuy", "PublicUrl": ORIGIN}
    pool_properties = resolve(resources["People"]["Properties"], names)
    pool_properties["PoolName"] = pool_properties.pop("UserPoolName")
    pool = idp.create_user_pool(**pool_properties)["UserPool"]["Id"]
    client_properties = resolve(resources["ShopClient"]["Properties"], {**names, "People": pool})
    made = idp.create_user_pool_client(**client_properties)["UserPoolClient"]
    idp.create_group(GroupName="operators", UserPoolId=pool)
    instance = Instance(fake, table, movable)
    config = IdentityConfig(
        REGION, cloud.url, cloud.url, f"{cloud.url}/{pool}/.well-known/jwks.json", made["ClientId"],
        made["ClientSecret"], ORIGIN,
    )  # fmt: skip
    instance.accounts = Accounts.build(
        identity=Identity(config),
        store=instance.store,
        issuer=f"https://cognito-idp.{REGION}.amazonaws.com/{pool}",
        client_id=made["ClientId"],
        clock=movable,
        ids=instance.ids,
        on_sign_in=instance.merges,
        even_seconds=0.01,
    )
    instance.app = instance._app()
    instance.pool = pool
    async with running(instance):
        yield instance


def mails(cloud: Emulator) -> list[dict[str, Any]]:
    answer = httpx.get(f"{cloud.url}/_ministack/ses/messages", timeout=10)
    return [mail for by_account in answer.json()["messages"].values() for mail in by_account]


async def post(browser: httpx.AsyncClient, path: str, **body: str) -> int:
    return (await browser.post(f"/api/auth/{path}", json=body)).status_code


async def sign_in(shop: Instance, browser: httpx.AsyncClient, password: str = PASSWORD) -> httpx.Response:
    """What a person does at the provider's page."""
    location = (await browser.get("/auth/login?next=/account")).headers["location"]
    async with httpx.AsyncClient() as outside:
        page = await outside.get(location)
        assert page.status_code == 200
        form = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        assert set(hidden) >= {"client_id", "state"}
        base = location.split("/oauth2/")[0]
        answer = await outside.post(f"{base}/login", data={**form, "username": EMAIL, "password": password})
    if answer.status_code != 302:
        return answer
    target = answer.headers["location"]
    assert target.startswith(f"{ORIGIN}/auth/callback?")
    return await browser.get(target.removeprefix(ORIGIN), headers={"sec-fetch-site": "cross-site"})


async def test_a_new_shopper(shop: Instance, cloud: Emulator) -> None:
    async with shop.browser() as browser:
        before = len(mails(cloud))
        assert await post(browser, "sign-up", email=EMAIL, password=PASSWORD, name="Meera Nair") == 202
        [mail] = mails(cloud)[before:]
        code = re.search(r"\b\d{6}\b", str(mail))
        assert code is not None
        assert "XpressBuy" in str(mail)
        assert await post(browser, "sign-up", email=EMAIL, password="another one", name="Somebody") == 202
        early = await sign_in(shop, browser)
        assert "__Host-at" not in browser.cookies, early.text[:100]
        assert await post(browser, "confirm", email=EMAIL, code=code[0]) == 204
        answer = await sign_in(shop, browser)
        assert answer.status_code == 200
        assert 'content="0;url=/account"' in answer.text
        told = (await browser.get("/api/session")).json()
        assert told["customer"]["email"] == EMAIL
        assert told["customer"]["name"] == "Meera Nair"
        assert told["roles"] == []
        assert (await browser.get("/api/me")).json()["email"] == EMAIL


async def test_a_forgotten_password(shop: Instance, cloud: Emulator) -> None:
    await confirmed(shop)
    async with shop.browser() as browser, shop.browser() as former:
        await sign_in(shop, former)
        assert (await former.get("/api/test/mine")).status_code == 200
        before = len(mails(cloud))
        assert await post(browser, "forgot-password", email="nobody@example.com") == 202
        assert len(mails(cloud)) == before
        assert await post(browser, "forgot-password", email=EMAIL) == 202
        [mail] = mails(cloud)[before:]
        code = re.search(r"\b\d{6}\b", str(mail))
        assert code is not None
        shop.clock.advance(2)
        assert await post(browser, "reset-password", email=EMAIL, code=code[0], password="a new password") == 204
        assert (await former.get("/api/test/mine")).status_code == 401, "who had the old password is out"
        await sign_in(shop, browser)
        assert "__Host-at" not in browser.cookies, "the old password is none any more"


async def test_an_operator_stays_one_when_the_session_is_renewed(shop: Instance, cloud: Emulator) -> None:
    await confirmed(shop)
    idp = client("cognito-idp", cloud.url)
    idp.admin_add_user_to_group(UserPoolId=shop.pool, Username=EMAIL, GroupName="operators")
    async with shop.browser() as browser:
        await sign_in(shop, browser)
        assert (await browser.get("/api/test/admin")).json() == {"roles": ["operators"]}
        shop.clock.advance(250)
        renewed = await browser.get("/api/test/admin")
        assert renewed.json() == {"roles": ["operators"]}
        assert len(renewed.headers.get_list("set-cookie")) == 3
        out = await browser.post("/auth/logout")
        assert cleared(out) == {"__Host-at", "__Host-it", "__Host-rt"}
        gone = await browser.get("/auth/signed-out")
    async with httpx.AsyncClient() as outside:
        ended = await outside.get(gone.headers["location"])
    assert ended.headers["location"] == f"{ORIGIN}/"


async def test_a_revoked_refresh_token_ends_the_session(shop: Instance) -> None:
    await confirmed(shop)
    async with shop.browser() as browser:
        await sign_in(shop, browser)
        kept = shop.cookies.session(dict(browser.cookies))
        assert kept is not None
        await shop.accounts.identity.revoke(kept.refresh_token)
        shop.clock.advance(290)
        answer = await browser.get("/api/test/mine")
    assert answer.status_code == 401
    assert cleared(answer) == {"__Host-at", "__Host-it", "__Host-rt"}


async def confirmed(shop: Instance) -> None:
    async with shop.browser() as browser:
        assert await post(browser, "sign-up", email=EMAIL, password=PASSWORD, name="Meera Nair") == 202
        assert await post(browser, "confirm", email=EMAIL, code="123456") == 204
