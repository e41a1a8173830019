"""The mailbox of a local run: what was sent, newest first; a mail's HTML as nobody's page; nothing at all elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI

from xpressbuy.http import problems
from xpressbuy.local import mailbox
from xpressbuy.local.emulator import Emulator
from xpressbuy.local.stack import client
from xpressbuy.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
SENDER = "orders@shop.test"
HOSTILE = "<script>alert(1)</script>"


@asynccontextmanager
async def _browser(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    problems.install(app)
    app.include_router(mailbox.router(settings))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://shop.test") as browser:
        yield browser


@pytest.fixture
async def browser(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with _browser(settings) as made:
        yield made


def _send(cloud: Emulator, to: str, subject: str, html: str = "<html><head></head><body>Hello</body></html>") -> str:
    ses = client("sesv2", cloud.url)
    if SENDER not in [identity["IdentityName"] for identity in ses.list_email_identities()["EmailIdentities"]]:
        ses.create_email_identity(EmailIdentity=SENDER)
    body = {"Text": {"Data": "Hello in text"}, "Html": {"Data": html}}
    content = {"Simple": {"Subject": {"Data": subject}, "Body": body}}
    answer = ses.send_email(FromEmailAddress=SENDER, Destination={"ToAddresses": [to]}, Content=content)
    return str(answer["MessageId"])


async def test_the_newest_mail_comes_first_with_all_its_parts(cloud: Emulator, browser: httpx.AsyncClient) -> None:
    _send(cloud, "first@example.com", "Something else")
    _send(cloud, "second@example.com", "Your XpressBuy order XB-7K4M-9QPT is confirmed")
    answer = await browser.get("/dev/mailbox.json")
    newest, older = answer.json()["items"][:2]
    assert (newest["to"], newest["kind"]) == ("second@example.com", "confirmation")
    assert (older["to"], older["kind"], older["text"]) == ("first@example.com", "other", "Hello in text")
    assert newest["sent_at"] >= older["sent_at"]
    assert newest["sent_at"].endswith("Z")
    assert set(newest) == {"id", "to", "subject", "text", "html", "sent_at", "kind"}


async def test_a_code_of_the_user_pool_is_found_by_its_kind(cloud: Emulator, browser: httpx.AsyncClient) -> None:
    people = client("cognito-idp", cloud.url)
    pool = people.create_user_pool(PoolName="mailbox", UsernameAttributes=["email"], AutoVerifiedAttributes=["email"])[
        "UserPool"
    ]["Id"]
    app = people.create_user_pool_client(UserPoolId=pool, ClientName="shop")["UserPoolClient"]["ClientId"]
    people.sign_up(ClientId=app, Username="new@example.com", Password="correct horse 1A!")
    newest = (await browser.get("/dev/mailbox.json")).json()["items"][0]
    assert (newest["to"], newest["kind"]) == ("new@example.com", "code")
    assert any(word.strip(".").isdigit() for word in (newest["text"] + newest["html"]).split())


async def test_the_list_is_bounded(cloud: Emulator) -> None:
    sent = [_send(cloud, f"{number}@example.com", "Bounded") for number in range(3)]
    assert [mail.id for mail in await mailbox.read_mailbox(cloud.url, limit=2)] == sent[:0:-1]


async def test_a_mails_html_can_run_nothing(cloud: Emulator, browser: httpx.AsyncClient) -> None:
    html = f"<html><head><title>x</title></head><body>{HOSTILE}</body></html>"
    mail = _send(cloud, "a@example.com", HOSTILE, html)
    page = await browser.get("/dev/mailbox", params={"mail": mail})
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    letter = await browser.get("/dev/mailbox/letter", params={"mail": mail})
    policy = letter.headers["content-security-policy"]
    # Opened by itself the letter must be as harmless as in its frame.
    assert policy.startswith("sandbox allow-popups")
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert '<head><base target="_blank">' in letter.text


async def test_a_list_looks_for_new_mails_and_an_open_mail_stays(cloud: Emulator, browser: httpx.AsyncClient) -> None:
    mail = _send(cloud, "a@example.com", "Hello")
    assert 'http-equiv="refresh"' in (await browser.get("/dev/mailbox")).text
    assert 'http-equiv="refresh"' not in (await browser.get("/dev/mailbox", params={"mail": mail})).text


@pytest.mark.parametrize("path", ["/dev/mailbox?mail=nobody", "/dev/mailbox/letter?mail=nobody"])
async def test_a_mail_that_is_not_there(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "mail_not_found")


async def test_a_local_aws_that_is_away_is_a_plain_refusal(settings: Settings) -> None:
    async with _browser(settings.model_copy(update={"aws_endpoint_url": "http://127.0.0.1:9"})) as browser:
        answer = await browser.get("/dev/mailbox.json")
    assert (answer.status_code, answer.json()["code"]) == (503, "mailbox_unavailable")


@pytest.mark.parametrize("path", ["/dev/mailbox", "/dev/mailbox.json", "/dev/mailbox/letter?mail=x"])
async def test_production_has_no_mailbox(settings: Settings, path: str) -> None:
    async with _browser(settings.model_copy(update={"environment": "production"})) as browser:
        assert (await browser.get(path)).status_code == 404
