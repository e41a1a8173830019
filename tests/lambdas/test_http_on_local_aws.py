"""The real zip as a Lambda of the local AWS: visitors come by requests as CloudFront's arrive, and buy."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import brotli
import httpx
import pytest
from tests.conftest import ORIGIN
from tests.lambdas.web_function import ORIGIN_SECRET, Browser, event, read
from tests.modules.catalog.samples import draft
from tests.whole import ADDRESS, ASHA, PEOPLE, Whole, lifespan, make_resources

from xpressbuy.asgi import create_app
from xpressbuy.catalog.model import Category
from xpressbuy.catalog.store.snapshot import KEY
from xpressbuy.cloud.bundle import WEB_DIST, WEB_HANDLER, build_lambda_zip
from xpressbuy.local.emulator import REGION, ROOT, Emulator
from xpressbuy.local.stack import client
from xpressbuy.settings import Settings
from xpressbuy.wiring import build

pytestmark = pytest.mark.cloud
ROLE = "arn:aws:iam::000000000000:role/shop"
SKU = "PLAIN-TEE-S0"


@dataclass
class Function:
    """The shop's function, its resources, and its function URL's id."""

    endpoint: str
    settings: Settings
    name: str
    url_id: str

    def invoke(self, sent: dict[str, Any]) -> dict[str, Any]:
        answer = client("lambda", self.endpoint).invoke(FunctionName=self.name, Payload=json.dumps(sent).encode())
        said = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, said
        return dict(said)

    def browser(self) -> Browser:
        return Browser(self.invoke)


def _environment(endpoint: str, settings: Settings, secret_id: str) -> dict[str, str]:
    """As a stack sets them: no cookie key, no client secret."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "XPRESSBUY_DYNAMODB_SECONDS_MAX": "10",
        "XPRESSBUY_PUBLIC_URL": ORIGIN,
        "XPRESSBUY_TABLE_NAME": settings.table_name,
        "XPRESSBUY_IMAGES_BUCKET": settings.images_bucket,
        "XPRESSBUY_USER_POOL_ID": settings.user_pool_id,
        "XPRESSBUY_USER_POOL_CLIENT_ID": settings.user_pool_client_id,
        "XPRESSBUY_IDENTITY_URL": settings.identity_url,
        "XPRESSBUY_JWKS_URL": settings.jwks_url,
        "XPRESSBUY_SECRET_ID": secret_id,
        "XPRESSBUY_ORIGIN_SECRET": ORIGIN_SECRET,
    }


async def _fill(settings: Settings) -> None:
    shop = build(settings)
    await shop.editor.put_categories([Category("tops", "Tops")], actor="test")
    await shop.editor.create(draft(stock=50, categories=("tops",)), actor="test")
    await shop.transport.close()


@pytest.fixture(scope="module")
def function(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Function]:
    folder = tmp_path_factory.mktemp("web")
    settings = make_resources(cloud.url, folder)
    asyncio.run(_fill(settings))
    code = build_lambda_zip(folder / "web.zip", kind="web", platform="local").read_bytes()
    bucket, name = f"code-{secrets.token_hex(4)}", f"web-{secrets.token_hex(4)}"
    s3, functions = client("s3", cloud.url), client("lambda", cloud.url)
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="web.zip", Body=code)
    keys = ",".join(key.get_secret_value() for key in settings.cookie_keys)
    secret = client("secretsmanager", cloud.url).create_secret(
        Name=name, SecretString=json.dumps({"cookie_keys": keys})
    )["ARN"]
    functions.create_function(
        FunctionName=name,
        Runtime="python3.11",
        Role=ROLE,
        Handler=WEB_HANDLER,
        Code={"S3Bucket": bucket, "S3Key": "web.zip"},
        Timeout=60,
        MemorySize=1769,
        Environment={"Variables": _environment(cloud.url, settings, secret)},
    )
    url = functions.create_function_url_config(FunctionName=name, AuthType="NONE")["FunctionUrl"]
    yield Function(cloud.url, settings, name, url.split("://")[1].split(".")[0])
    functions.delete_function(FunctionName=name)


def test_pages_come_with_their_words_and_their_headers(function: Function) -> None:
    browser = function.browser()
    for path in ("/", "/p/plain-tee", "/c/tops"):
        page = browser.get(path)
        assert page.status == 200, page.body[:500]
        assert b"Plain tee" in page.body
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "s-maxage" in page.headers["cache-control"]
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert "max-age" in page.headers["strict-transport-security"]
        assert page.cookies == []
        again = browser.get(path, headers={"if-none-match": page.headers["etag"]})
        assert (again.status, again.body, again.headers["content-type"]) == (304, b"", page.headers["content-type"])
    found = browser.get("/api/products", query="q=tee&sort=price_asc")
    assert [item["slug"] for item in found.json()["items"]] == ["plain-tee"]
    assert browser.get("/nothing-here").status == 404


def test_files_come_whole_compressed_or_not_at_all(function: Function) -> None:
    browser = function.browser()
    scripts = sorted((ROOT / WEB_DIST).glob("main-*.js"))
    font = next((ROOT / WEB_DIST).glob("*.woff2"))
    path = f"/assets/{scripts[0].name}"
    plain = browser.get(path)
    packed = browser.get(path, headers={"accept-encoding": "gzip, deflate, br"})
    assert (packed.headers["content-encoding"], packed.binary) == ("br", True)
    assert brotli.decompress(packed.body) == plain.body == scripts[0].read_bytes()
    binary = browser.get(f"/assets/{font.name}")
    assert (binary.body, binary.binary, binary.headers["content-type"]) == (font.read_bytes(), True, "font/woff2")
    asked = browser.get(path, headers={"if-none-match": plain.headers["etag"]})
    assert (asked.status, asked.body) == (304, b"")
    assert asked.headers["content-type"] == plain.headers["content-type"]
    head = browser.send("HEAD", path)
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", plain.headers["etag"])


def test_a_guest_buys_once_however_often_it_is_sent(function: Function) -> None:
    browser = function.browser()
    added = browser.send("PUT", f"/api/cart/lines/{SKU}", {"quantity": 2})
    assert added.status == 200, added.body
    assert added.cookies
    assert all(line.startswith("__Host-") for line in added.cookies)
    assert browser.get("/api/cart").json()["lines"][0]["quantity"] == 2
    quote = browser.send(
        "POST", "/api/checkout/quote", {"shipping_address": {"country": "US"}, "shipping_method": "standard"}
    ).json()
    order = {
        "contact": {"email": ASHA.email, "name": ASHA.name},
        "shipping_address": ADDRESS,
        "shipping_method": "standard",
        "payment": {"method": "cod"},
        "expected_total": quote["totals"]["total"],
        "cart_version": browser.get("/api/cart").json()["version"],
    }
    key = {"idempotency-key": secrets.token_hex(8)}
    first = browser.send("POST", "/api/orders", order, headers=key)
    again = browser.send("POST", "/api/orders", order, headers=key)
    assert (first.status, again.status) == (201, 201), first.body
    assert first.json() == again.json()
    assert browser.get("/api/cart").json()["lines"] == []
    placed = browser.get(f"/api/orders/{first.json()['id']}")
    assert placed.json()["lines"][0]["quantity"] == 2
    assert function.browser().get(f"/api/orders/{first.json()['id']}").status == 401


def test_a_base64_body_is_read(function: Function) -> None:
    answer = function.browser().send("PUT", f"/api/cart/lines/{SKU}", {"quantity": 1}, binary=True)
    assert answer.status == 200, answer.body


def test_who_signed_in_elsewhere_is_known_here(function: Function) -> None:
    """Cookies are opened with the secret's key, tokens with keys that are fetched when one comes."""

    async def cookies() -> dict[str, str]:
        shop = build(function.settings)
        app = create_app(shop)
        async with lifespan(app):
            return await Whole(function.endpoint, function.settings, shop, app).cookies_of(ASHA)

    browser = function.browser()
    browser.cookies = asyncio.run(cookies())
    session = browser.get("/api/session")
    assert session.json()["signed_in"] is True, session.body


@pytest.mark.parametrize("proof", [None, "", "wrong", ORIGIN_SECRET.upper(), f"{ORIGIN_SECRET},{ORIGIN_SECRET}"])
def test_past_cloudfront_nobody_is_answered(function: Function, proof: str | None) -> None:
    for path in ("/", "/api/cart", "/assets/x.js"):
        answer = function.browser().get(path, proof=proof)
        assert (answer.status, answer.json()["code"]) == (403, "origin_refused")
    assert function.browser().get("/healthz", proof=proof).status == 200


def test_the_function_url_itself_answers(function: Function) -> None:
    host = f"{function.url_id}.lambda-url.{REGION}.on.aws"
    with httpx.Client(base_url=function.endpoint, headers={"host": host}, timeout=60) as visitor:
        assert visitor.get("/").status_code == 403
        visitor.headers["x-origin-verify"] = ORIGIN_SECRET
        page = visitor.get("/p/plain-tee")
        assert page.status_code == 200
        assert "Plain tee" in page.text
        change = {"origin": ORIGIN, "content-type": "application/json"}
        added = visitor.put(f"/api/cart/lines/{SKU}", json={"quantity": 1}, headers=change)
        assert added.status_code == 200, added.text
        cookies = added.headers.get_list("set-cookie")
        assert cookies
        assert all(line.startswith("__Host-") and "Secure; HttpOnly" in line for line in cookies)


def test_the_first_start_leaves_a_snapshot_for_the_next(function: Function) -> None:
    assert read(function.invoke(event("GET", "/"))).status == 200
    stored = client("s3", function.endpoint).get_object(Bucket=function.settings.images_bucket, Key=KEY)
    assert stored["ContentLength"] > 0
    told = function.invoke({"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}})
    assert told["open"] is True


def test_nobody_of_the_people_is_in_the_environment(function: Function) -> None:
    """What describes a function shows its environment; no key and no app client's secret may stand in it."""
    said = client("lambda", function.endpoint).get_function_configuration(FunctionName=function.name)
    shown = json.dumps(said["Environment"])
    assert function.settings.user_pool_client_secret.get_secret_value() not in shown
    assert function.settings.cookie_keys[0].get_secret_value() not in shown
    assert not any(person.password in shown for person in PEOPLE)
