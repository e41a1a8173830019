"""Sessions that last: renewed once whoever asks, kept through outages, ended when they must be."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.conftest import another_table
from tests.modules.accounts.fake_cognito import OTHER_SUB, FakeCognito, Person
from tests.modules.accounts.people import Instance, MovableClock, cleared, running, set_cookies

from xpressbuy.accounts.model.session import Session
from xpressbuy.kit.ids import CustomerId
from xpressbuy.local.emulator import Emulator

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
THREE = {"__Host-at", "__Host-it", "__Host-rt"}
ME = CustomerId(Person().sub)


@pytest.fixture
async def second(fake: FakeCognito, cloud: Emulator, table_name: str, movable: MovableClock) -> AsyncIterator[Instance]:
    """Another process of the same shop."""
    async with another_table(cloud.url, table_name) as table, running(Instance(fake, table, movable)) as instance:
        yield instance


def expired(people: Instance, **parts: Any) -> Session:
    """A session whose tokens ran out ten seconds ago."""
    session = people.session(**parts)
    people.clock.advance(people.fake.lifetime + 10)
    return session


async def get(people: Instance, session: Session, path: str = "/api/test/mine") -> httpx.Response:
    async with people.browser(people.sealed(session)) as browser:
        return await browser.get(path)


async def test_54_an_expired_session_is_renewed(people: Instance) -> None:
    answer = await get(people, expired(people))
    assert answer.status_code == 200
    assert set(set_cookies(answer)) == THREE
    assert not cleared(answer)
    assert answer.headers["cache-control"] == "no-store"
    assert people.fake.calls["refresh_token"] == 1
    async with people.browser(set_cookies(answer)) as browser:
        again = await browser.get("/api/test/mine")
    assert again.status_code == 200
    assert set_cookies(again) == {}
    assert people.fake.calls["refresh_token"] == 1


async def test_an_answer_with_cookies_is_kept_by_nobody(people: Instance) -> None:
    session = people.session()
    assert (await get(people, session, "/api/test/kept")).headers["cache-control"] == "public, max-age=600"
    people.clock.advance(people.fake.lifetime + 10)
    renewed = await get(people, session, "/api/test/kept")
    assert set(set_cookies(renewed)) == THREE
    assert renewed.headers.get_list("cache-control") == ["no-store"]


async def test_a_session_is_renewed_a_minute_early(people: Instance) -> None:
    session = people.session()
    people.clock.advance(people.fake.lifetime - 62)
    assert set_cookies(await get(people, session)) == {}
    people.clock.advance(5)
    assert set(set_cookies(await get(people, session))) == THREE


async def test_a_renewed_session_still_ends_30_days_after_its_login(people: Instance) -> None:
    began = people.clock.now() - timedelta(days=29, hours=23)
    session = people.session(began_at=began)
    people.clock.advance(people.fake.lifetime + 10)
    answer = await get(people, session)
    for line in answer.headers.get_list("set-cookie"):
        seconds = int(line.partition("Max-Age=")[2].partition(";")[0])
        assert 0 < seconds <= 3600
    people.clock.advance(3600)
    async with people.browser(set_cookies(answer)) as browser:
        late = await browser.get("/api/test/mine")
    assert late.status_code == 401
    assert cleared(late) == THREE


@pytest.mark.parametrize("rotate", [False, True])
async def test_fifty_requests_and_two_processes_renew_once(rotate: bool, people: Instance, second: Instance) -> None:
    people.fake.rotate = rotate
    people.fake.delay = 0.2
    for _ in range(3):
        people.fake.calls.clear()
        session = expired(people)
        instances = (people, second)
        answers = await asyncio.gather(*(get(instances[i % 2], session) for i in range(50)))
        assert {answer.status_code for answer in answers} == {200}
        assert people.fake.calls["refresh_token"] == 1
        assert not any(cleared(answer) for answer in answers)
        renewals = {people.cookies.session(set_cookies(answer)) for answer in answers}
        assert len({kept.refresh_token for kept in renewals if kept is not None}) == 1
        assert len({kept.access_token for kept in renewals if kept is not None}) == 1


async def test_55_a_dead_refresh_token_ends_the_session_once(people: Instance, second: Instance) -> None:
    session = expired(people)
    people.fake.refreshes[session.refresh_token].alive = False
    people.fake.delay = 0.1
    instances = (people, second)
    answers = await asyncio.gather(*(get(instances[i % 2], session) for i in range(20)))
    assert {answer.status_code for answer in answers} == {401}
    assert sum(cleared(answer) == THREE for answer in answers) == 1, "who merely waited clears nothing"
    assert people.fake.calls["refresh_token"] == 1


async def test_55_whoever_comes_late_with_a_followed_token_clears_nothing(people: Instance) -> None:
    """Its browser has had newer cookies for a while; clearing would throw those away."""
    people.fake.rotate = True
    session = expired(people)
    assert (await get(people, session)).status_code == 200
    people.clock.advance(65)  # over the provider's grace, over our successor's minute
    late = await get(people, session)
    assert late.status_code == 401
    assert set_cookies(late) == {}
    people.clock.advance(180)
    later = await get(people, session)
    assert later.status_code == 401
    assert cleared(later) == THREE


async def test_a_tab_that_comes_within_the_minute_gets_the_successor(people: Instance, second: Instance) -> None:
    people.fake.rotate = True
    people.fake.grace = 0
    session = expired(people)
    first = await get(people, session)
    people.clock.advance(30)
    other = await get(second, session)
    assert other.status_code == 200
    assert people.fake.calls["refresh_token"] == 1
    kept = [people.cookies.session(set_cookies(answer)) for answer in (first, other)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("fault", ["500", "429", "503", "hang", "garbage", "lost", "400:invalid_client", "other:x"])
async def test_56_an_outage_keeps_the_session(fault: str, people: Instance) -> None:
    session = expired(people)
    people.fake.faults.append("error:invalid_client" if fault.startswith("400") else fault)
    answer = await get(people, session)
    assert answer.status_code == 503
    assert answer.json()["code"] == "sign_in_unavailable"
    assert int(answer.headers["retry-after"]) > 0
    assert set_cookies(answer) == {}
    await asyncio.sleep(1.05)
    assert (await get(people, session)).status_code == 200


async def test_a_lost_rotating_answer_is_mended_within_the_grace(people: Instance) -> None:
    people.fake.rotate = True
    session = expired(people)
    people.fake.faults.append("lost")
    assert (await get(people, session)).status_code == 503
    await asyncio.sleep(1.05)
    assert (await get(people, session)).status_code == 200


async def test_an_outage_with_living_tokens_is_not_felt(people: Instance) -> None:
    session = people.session()
    people.clock.advance(people.fake.lifetime - 30)
    people.fake.faults.append("500")
    answer = await get(people, session)
    assert answer.status_code == 200
    assert set_cookies(answer) == {}


async def test_after_an_outage_the_provider_is_left_alone_for_a_second(people: Instance) -> None:
    session = expired(people)
    people.fake.faults.extend(["500"] * 100)
    for _ in range(20):
        assert (await get(people, session)).status_code == 503
    assert people.fake.calls["refresh_token"] <= 2


async def test_browsing_and_the_session_call_work_when_the_provider_hangs(people: Instance) -> None:
    session = expired(people)
    people.fake.faults.append("hang")
    async with people.browser(people.sealed(session)) as browser:
        answer = await browser.get("/api/products")
        assert answer.status_code == 200
        assert people.fake.calls["refresh_token"] == 0
        told = await browser.get("/api/session")
    assert told.status_code == 200
    expected: dict[str, Any] = {
        "signed_in": False,
        "customer": None,
        "roles": [],
        "cart_count": 0,
        "problem": "sign_in_unavailable",
    }
    assert told.json() == expected
    assert told.headers["cache-control"] == "no-store"


async def test_a_person_is_not_turned_into_a_guest_by_an_outage(people: Instance) -> None:
    session = expired(people)
    people.fake.faults.append("500")
    async with people.browser(people.sealed(session)) as browser:
        answer = await browser.post("/api/test/shop", json={})
    assert answer.status_code == 503
    assert people.handled == 0


async def test_58_a_post_is_processed_once_when_the_session_is_renewed_on_the_way(people: Instance) -> None:
    session = expired(people)
    async with people.browser(people.sealed(session)) as browser:
        answer = await browser.post("/api/test/shop", json={"lines": [1, 2, 3]})
    assert answer.json() == {"customer": ME, "signed_in": True, "body": {"lines": [1, 2, 3]}}
    assert set(set_cookies(answer)) == THREE
    assert people.handled == 1


async def test_new_tokens_of_somebody_else_are_never_taken(people: Instance) -> None:
    session = expired(people)
    people.fake.refreshes[session.refresh_token].person = Person(sub=OTHER_SUB)
    answer = await get(people, session)
    assert answer.status_code == 503
    assert set_cookies(answer) == {}


async def test_44_sign_out_ends_captured_cookies_everywhere(people: Instance, second: Instance) -> None:
    session = people.session()
    for instance in (people, second):
        assert (await get(instance, session)).status_code == 200
    async with people.browser(people.sealed(session)) as browser:
        answer = await browser.post("/auth/logout")
    assert answer.status_code == 204
    assert cleared(answer) == THREE
    assert people.fake.refreshes[session.refresh_token].alive is False
    assert (await get(people, session)).status_code == 401
    second.accounts.standings.forget(ME)  # what 30 s do
    gone = await get(second, session)
    assert gone.status_code == 401
    assert cleared(gone) == THREE


async def test_sign_out_leaves_other_browsers_signed_in(people: Instance) -> None:
    here, there = people.session(), people.session()
    async with people.browser(people.sealed(here)) as browser:
        await browser.post("/auth/logout")
    assert (await get(people, here)).status_code == 401
    assert (await get(people, there)).status_code == 200


@pytest.mark.parametrize("error", ["500", "hang", "UnsupportedTokenTypeException"])
async def test_sign_out_works_when_the_provider_does_not(error: str, people: Instance) -> None:
    session = people.session()
    people.fake.api_error = error
    async with people.browser(people.sealed(session)) as browser:
        answer = await browser.post("/auth/logout")
    assert answer.status_code == 204
    assert cleared(answer) == THREE
    assert (await get(people, session)).status_code == 401
    people.clock.advance(people.fake.lifetime + 10)
    assert (await get(people, session)).status_code == 401, "not even by renewing it"


async def test_a_renewal_under_way_does_not_revive_a_signed_out_session(people: Instance, second: Instance) -> None:
    """Signed out by another process, which this one, that remembers the customer's standing, has not heard of."""
    session = people.session()
    assert (await get(people, session)).status_code == 200
    people.clock.advance(people.fake.lifetime + 10)
    people.fake.may_answer.clear()
    renewing = asyncio.create_task(get(people, session))
    await people.fake.asked.wait()
    await second.accounts.standings.end_one(ME, session.session_id)
    people.fake.may_answer.set()
    answer = await renewing
    assert answer.status_code == 401
    assert cleared(answer) == THREE


async def test_signing_out_everywhere(people: Instance, second: Instance) -> None:
    here, there, other = people.session(), people.session(), people.session(Person(sub=OTHER_SUB))
    people.clock.advance(2)
    async with people.browser(people.sealed(here)) as browser:
        answer = await browser.post("/api/auth/sign-out-everywhere")
    assert answer.status_code == 204
    assert cleared(answer) == THREE
    assert (await get(second, there)).status_code == 401
    assert (await get(second, other)).status_code == 200
    people.clock.advance(2)
    assert (await get(second, people.session())).status_code == 200, "a new sign-in is a new session"


async def test_what_ends_sessions_is_asked_every_half_minute(people: Instance) -> None:
    session = people.session()
    asked: list[str] = []
    people.store.sessions._table.observe(lambda action, _: asked.append(action))
    for _ in range(5):
        await get(people, session)
    assert asked == ["BatchGetItem"]


async def test_guests_get_a_cookie_when_they_need_one(people: Instance) -> None:
    async with people.browser() as browser:
        quiet = await browser.get("/api/session")
        assert set_cookies(quiet) == {}
        assert quiet.json()["cart_count"] == 0
        first = await browser.post("/api/test/shop", json={})
        guest = first.json()["customer"]
        assert guest.startswith("gst_")
        assert len(guest) == 30
        line = first.headers["set-cookie"]
        assert line.startswith("__Host-guest=")
        assert line.endswith("; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax")
        assert guest[4:] not in line, "the id is a hash of the secret"
        second = await browser.post("/api/test/shop", json={})
        assert second.json()["customer"] == guest
        assert set_cookies(second) == {}
        assert (await browser.get("/api/session")).json()["cart_count"] == 3
        assert (await browser.get("/api/test/mine")).status_code == 401


@pytest.mark.parametrize("secret", ["", "short", "A" * 52, "g" * 53, "../" * 17 + "a", "0" * 51 + "l"])
async def test_made_up_guest_cookies_are_nobody(secret: str, people: Instance) -> None:
    async with people.browser({"__Host-guest": secret}) as browser:
        assert (await browser.get("/api/products")).json()["customer"] is None
        answer = await browser.post("/api/test/shop", json={})
    assert set(set_cookies(answer)) == {"__Host-guest"}


async def test_a_static_file_is_no_concern_of_sessions(people: Instance) -> None:
    session = expired(people)
    answer = await get(people, session, "/assets/app.js")
    assert answer.status_code == 404
    assert people.fake.calls["refresh_token"] == 0


async def test_cookies_carry_every_protection(people: Instance) -> None:
    for line in people.cookies.keep(people.session()):
        name, _, rest = line.partition("=")
        value, _, attributes = rest.partition("; ")
        assert name in THREE
        assert attributes == "Path=/; Max-Age=2591999; Secure; HttpOnly; SameSite=Strict"
        assert not re.search(r"eyJ[\w-]+\.", value), "a sealed value has no dots; a token has two"
        assert len(line) < 4096
