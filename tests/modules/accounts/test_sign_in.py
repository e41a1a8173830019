"""Leaving for the provider and coming back: nobody is signed in by a link, led elsewhere, or told a token."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest
from tests.modules.accounts.fake_cognito import OTHER_SUB, FakeCognito, Person
from tests.modules.accounts.people import Instance, cleared, set_cookies

from xpressbuy.accounts.model.session import local_destination

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
THREE = {"__Host-at", "__Host-it", "__Host-rt"}
CROSS_SITE = {"sec-fetch-site": "cross-site"}

ELSEWHERE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example",
    "http://evil.example", "//evil.example/%2f..", "/%09/evil.example", "/\t/evil.example", "/%0a/evil.example",
    "/%0d%0aset-cookie:a=b", "/\r\nset-cookie: a=b", "/..//evil.example", "/../..//evil.example", "/.//evil.example",
    "///evil.example", "////evil.example", "/%2fevil.example", "/%2F%2Fevil.example", "/%5cevil.example",
    "/%5C%5Cevil.example", "/@evil.example", "//user@evil.example", "//shop.test@evil.example", "https://shop.test.evil",
    "https://shop.test@evil.example", "shop.test.evil", "evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "data:text/html,hi", "vbscript:x", "/javascript:alert(1)", "", " ", " /cart", "/cart ", "\t/cart", "\u3000/cart",
    "/\u2028evil", "/evil\u3002example", "//evil\u3002example", "/\uff0fevil.example", "\uff0f\uff0fevil.example",
    "/%E3%80%82evil", "/%ef%bc%8fevil.example", "/cart#//evil", "/cart\x00", "/%00", "/\x7f", "/%7f", "/%",
    "/%zz", "?next=/", "cart", "./cart", "../cart", "/./cart", "/../cart", "/cart/..;/evil", "/a//evil.example",
    "/auth/login", "/auth/callback?code=x", "/auth", "/api/me", "/cart?x=%0d%0a", "/" + "a" * 2000, '/cart"><script>',
    "http:/evil.example", "http:///evil.example", "https:/\\evil.example", "/:80/x",
]  # fmt: skip
HERE = [
    "/",
    "/cart",
    "/p/aero-tee",
    "/c/men/tops?sort=price_asc&option.Colour=Red",
    "/search?q=caf%C3%A9%20x",
    "/account/orders",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_38_a_return_path_leads_nowhere_else(text: str) -> None:
    assert local_destination([text]) == "/"


def test_the_corpus_is_large() -> None:
    assert len(ELSEWHERE) > 60


@pytest.mark.parametrize("text", HERE)
def test_a_path_of_the_shop_is_kept(text: str) -> None:
    assert local_destination([text]) == text


def test_38_a_repeated_return_path_is_none() -> None:
    assert local_destination(["/cart", "//evil.example"]) == "/"
    assert local_destination([]) == "/"


async def begin(browser: httpx.AsyncClient, destination: str = "/cart?a=1&b=2") -> str:
    answer = await browser.get("/auth/login", params={"next": destination})
    assert answer.status_code == 302
    return answer.headers["location"]


async def back(browser: httpx.AsyncClient, query: dict[str, Any]) -> httpx.Response:
    return await browser.get("/auth/callback", params=query, headers=CROSS_SITE)


def error_of(answer: httpx.Response) -> str:
    assert answer.status_code == 302
    parts = urlsplit(answer.headers["location"])
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "/sign-in")
    assert "__Host-at" not in set_cookies(answer)
    return parse_qs(parts.query)["error"][0]


async def test_the_way_out_carries_code_pkce_state_and_nonce(people: Instance) -> None:
    async with people.browser() as browser:
        answer = await browser.get("/auth/login?next=/cart")
    url = urlsplit(answer.headers["location"])
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert answer.headers["location"].startswith(f"{people.fake.url}/oauth2/authorize?")
    assert query["redirect_uri"] == "https://shop.test/auth/callback"
    assert query["scope"] == "openid email profile"
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) == 43
    assert len(query["state"]) >= 43
    assert len(query["nonce"]) >= 43
    line = answer.headers["set-cookie"]
    assert line.startswith("__Host-tx=")
    assert line.endswith("; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax")
    assert answer.headers["cache-control"] == "no-store"
    for secret in ("state", "nonce"):
        assert query[secret] not in line


async def test_signing_in(people: Instance) -> None:
    async with people.browser() as browser:
        answer = await back(browser, people.fake.authorize(await begin(browser)))
        assert answer.status_code == 200
        assert set(set_cookies(answer)) == THREE | {"__Host-tx"}
        assert cleared(answer) == {"__Host-tx"}
        refresh = re.search(r'http-equiv="refresh" content="0;url=([^"]*)"', answer.text)
        assert refresh is not None
        assert unescape(refresh[1]) == "/cart?a=1&b=2"
        assert 'href="/cart?a=1&amp;b=2"' in answer.text
        assert "<script" not in answer.text
        assert "eyJ" not in answer.text + str(answer.headers)
        assert answer.headers["cache-control"] == "no-store"
        for line in answer.headers.get_list("set-cookie"):
            same_site = "Lax" if line.startswith("__Host-tx") else "Strict"
            assert line.endswith(f"; Secure; HttpOnly; SameSite={same_site}")
            assert "; Path=/; " in line
            assert "Domain" not in line
        told = (await browser.get("/api/session")).json()
        assert told["signed_in"] is True
        assert told["customer"] == {"id": Person().sub, "email": "asha@example.com", "name": "Asha Rao"}
        me = (await browser.get("/api/me")).json()
        assert me["email"] == "asha@example.com"
        assert me["version"] == 1
    assert people.merges.heard == [(None, Person().sub)]


async def test_a_callback_works_once(people: Instance) -> None:
    async with people.browser() as browser:
        query = people.fake.authorize(await begin(browser))
        assert (await back(browser, query)).status_code == 200
        assert error_of(await back(browser, query)) == "expired"


async def test_a_captured_attempt_does_not_take_a_code_twice(people: Instance) -> None:
    async with people.browser() as browser:
        query = people.fake.authorize(await begin(browser))
        jar = dict(browser.cookies)
        assert (await back(browser, query)).status_code == 200
    async with people.browser(jar) as replay:
        assert error_of(await back(replay, query)) == "refused"


async def test_13_a_code_is_not_taken_from_another_browser(people: Instance) -> None:
    async with people.browser() as attacker, people.browser() as victim:
        query = people.fake.authorize(await begin(attacker))
        assert error_of(await back(victim, query)) == "expired"
        await begin(victim)
        answer = await back(victim, query)
        assert error_of(answer) == "mismatch"
        assert set_cookies(answer) == {}, "the victim's own sign-in, in another tab, goes on"
    assert people.fake.calls["authorization_code"] == 0


async def test_a_swapped_code_fails_its_verifier(people: Instance) -> None:
    async with people.browser() as one, people.browser() as two:
        first = people.fake.authorize(await begin(one))
        second = people.fake.authorize(await begin(two), Person(sub=OTHER_SUB))
        answer = await back(two, {"code": first["code"], "state": second["state"]})
        assert error_of(answer) == "refused"
        assert cleared(answer) == {"__Host-tx"}


async def test_two_tabs(people: Instance) -> None:
    async with people.browser() as browser:
        first = people.fake.authorize(await begin(browser))
        second = people.fake.authorize(await begin(browser))
        assert error_of(await back(browser, first)) == "mismatch"
        assert (await back(browser, second)).status_code == 200


async def test_an_attempt_lasts_ten_minutes(people: Instance) -> None:
    async with people.browser() as browser:
        query = people.fake.authorize(await begin(browser))
        people.clock.advance(601)
        assert error_of(await back(browser, query)) == "expired"


@pytest.mark.parametrize("broken", ["nonce", "no_nonce", "two_people", "client", "no_refresh", "unsigned"])
async def test_the_tokens_must_fit_the_attempt(broken: str, people: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = people.fake
    granted = FakeCognito.grant

    def grant(self: FakeCognito, person: Person, auth_time: int, nonce: str = "") -> dict[str, Any]:
        if broken == "two_people":
            self.id_person = Person(sub=OTHER_SUB)
        answer = granted(self, person, auth_time, {"nonce": "another", "no_nonce": ""}.get(broken, nonce))
        if broken == "client":
            answer["access_token"] = fake.access_key.sign(fake.access_claims(client_id="another"))
        if broken == "unsigned":
            answer["access_token"] = answer["access_token"].rpartition(".")[0] + "."
        return answer

    monkeypatch.setattr(FakeCognito, "grant", grant)
    if broken == "no_refresh":
        monkeypatch.setattr(FakeCognito, "new_refresh", lambda _, __: "")
    async with people.browser() as browser:
        answer = await back(browser, fake.authorize(await begin(browser)))
    assert error_of(answer) == "refused"
    assert people.merges.heard == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [("500", "unavailable"), ("429", "unavailable"), ("hang", "unavailable"), ("garbage", "unavailable"),
     ("error:invalid_grant", "refused"), ("error:invalid_client", "unavailable"), ("lost", "unavailable")],
)  # fmt: skip
async def test_a_failing_provider_leads_to_a_page(fault: str, code: str, people: Instance) -> None:
    async with people.browser() as browser:
        query = people.fake.authorize(await begin(browser))
        people.fake.faults.append(fault)
        answer = await back(browser, query)
    assert error_of(answer) == code
    assert unquote(answer.headers["location"]).endswith("next=/cart?a=1&b=2")


@pytest.mark.parametrize(
    "query",
    [
        {"error": "access_denied", "error_description": "<script>alert(1)</script>"},
        {"error": "server_error", "code": "abc"},
        {},
        {"code": ""},
        {"code": ["a", "b"]},
        {"code": "x" * 3000},
    ],
)
async def test_odd_answers_sign_nobody_in(query: dict[str, Any], people: Instance) -> None:
    async with people.browser() as browser:
        state = people.fake.authorize(await begin(browser))["state"]
        answer = await back(browser, {**query, "state": state})
        assert error_of(answer) == "denied"
        assert "script" not in answer.headers["location"]
        assert error_of(await back(browser, {**query, "state": [state, state]})) in {"expired", "mismatch"}
    assert people.fake.calls["authorization_code"] == 0


@pytest.mark.parametrize("value", ["", "x", "A" * 3000, "e30", "null"])
async def test_a_made_up_attempt_is_none(value: str, people: Instance) -> None:
    async with people.browser({"__Host-tx": value}) as browser:
        assert error_of(await back(browser, {"code": "a", "state": "b"})) == "expired"


async def test_a_guest_is_taken_over_once(people: Instance) -> None:
    async with people.browser() as browser:
        guest = (await browser.post("/api/test/shop", json={})).json()["customer"]
        answer = await back(browser, people.fake.authorize(await begin(browser)))
        assert people.merges.heard == [(guest, Person().sub)]
        assert cleared(answer) == {"__Host-tx", "__Host-guest"}
        assert (await browser.post("/api/test/shop", json={})).json()["customer"] == Person().sub


async def test_a_failing_merge_keeps_nobody_out_and_is_tried_again(people: Instance) -> None:
    people.merges.fails = True
    async with people.browser() as browser:
        guest = (await browser.post("/api/test/shop", json={})).json()["customer"]
        answer = await back(browser, people.fake.authorize(await begin(browser)))
        assert answer.status_code == 200
        assert cleared(answer) == {"__Host-tx"}
        assert (await browser.post("/api/test/shop", json={})).json()["customer"] == Person().sub
        people.merges.fails = False
        people.clock.advance(people.fake.lifetime)
        renewed = await browser.get("/api/test/mine")
        assert renewed.status_code == 200
        assert cleared(renewed) == {"__Host-guest"}
    assert people.merges.heard == [(guest, Person().sub)] * 2


async def test_a_guest_stays_a_guest_after_signing_out(people: Instance) -> None:
    async with people.browser() as browser:
        await back(browser, people.fake.authorize(await begin(browser)))
        await browser.post("/auth/logout")
        customer = (await browser.post("/api/test/shop", json={})).json()["customer"]
    assert customer.startswith("gst_")


async def test_a_login_that_the_provider_remembered_from_before_a_sign_out_everywhere(
    people: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stolen browser at the provider must not outlive the owner's new password."""
    stale = people.fake.now - 600
    granted = FakeCognito.grant
    monkeypatch.setattr(FakeCognito, "grant", lambda self, person, _, nonce="": granted(self, person, stale, nonce))
    session = people.session()
    await people.accounts.end_all_sessions(session.customer_id)
    async with people.browser() as browser:
        answer = await back(browser, people.fake.authorize(await begin(browser)))
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{people.fake.url}/logout?")
    assert "__Host-at" not in set_cookies(answer)


async def test_40_signing_out_is_a_post_from_our_own_pages(people: Instance) -> None:
    async with people.signed_in() as browser:
        assert (await browser.get("/auth/logout")).status_code == 405
        assert (await browser.post("/auth/logout", headers=CROSS_SITE)).status_code == 403
        assert (await browser.post("/auth/logout", headers={"content-type": "text/plain"})).status_code == 403
        assert (await browser.get("/api/test/mine")).status_code == 200


async def test_signing_out_of_the_provider_itself(people: Instance) -> None:
    async with people.browser() as browser:
        answer = await browser.get("/auth/signed-out")
        assert answer.status_code == 302
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert query["logout_uri"] == ["https://shop.test/"]
        assert (await browser.post("/auth/logout")).status_code == 204, "without a session too"
