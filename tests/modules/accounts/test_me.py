"""Profile and address book: own things only, one default always, two changes at once never both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tests.modules.accounts.fake_cognito import OTHER_SUB, Person
from tests.modules.accounts.people import Instance

from xpressbuy.accounts.model.address import ADDRESSES_MAX, COUNTRIES
from xpressbuy.accounts.store import address_from_item, address_key
from xpressbuy.kit.ids import AddressId, CustomerId

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
HOME = {
    "name": "Asha Rao", "line1": "14 Lake Road", "line2": "Flat 2", "city": "Pune", "region": "MH",
    "postal_code": "411001", "country": "IN", "phone": "+91 20 1234 5678",
}  # fmt: skip
BOOK = "/api/me/addresses"


@pytest.fixture
async def asha(people: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with people.signed_in() as browser:
        yield browser


async def added(browser: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await browser.post(BOOK, json={**HOME, **changes})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def book(browser: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await browser.get(BOOK)
    assert answer.json()["next_cursor"] is None
    return list(answer.json()["items"])


def test_countries_are_those_of_iso_3166() -> None:
    assert len(COUNTRIES) == 249


async def test_an_address_comes_back_as_it_was_sent(asha: httpx.AsyncClient) -> None:
    sent = await added(asha)
    assert {name: sent[name] for name in HOME} == HOME
    assert sent["is_default"] is True
    assert await book(asha) == [sent]


async def test_what_may_be_left_out(asha: httpx.AsyncClient) -> None:
    short = {"name": "A", "line1": " 1 Main ", "city": "Hamilton", "country": "BM", "line2": None, "phone": ""}
    answer = await asha.post(BOOK, json=short)
    assert answer.status_code == 201
    assert answer.json()["line1"] == "1 Main"
    assert answer.json()["line2"] is None
    assert answer.json()["postal_code"] == ""


async def test_there_is_always_exactly_one_default(asha: httpx.AsyncClient) -> None:
    first, second = await added(asha), await added(asha, line1="2")
    third = await added(asha, line1="3", is_default=True)
    assert [a["id"] for a in await book(asha)] == [third["id"], first["id"], second["id"]]
    changed = await asha.put(f"{BOOK}/{second['id']}", json={**HOME, "is_default": True})
    assert changed.json()["is_default"] is True
    assert changed.json()["version"] == 2
    assert [a["is_default"] for a in await book(asha)] == [True, False, False]
    kept = await asha.put(f"{BOOK}/{second['id']}", json={**HOME, "is_default": False})
    assert kept.json()["is_default"] is True, "a default is replaced, never only taken away"
    assert (await asha.delete(f"{BOOK}/{second['id']}")).status_code == 204
    assert [(a["id"], a["is_default"]) for a in await book(asha)] == [(first["id"], True), (third["id"], False)]
    for address in await book(asha):
        assert (await asha.delete(f"{BOOK}/{address['id']}")).status_code == 204
    assert await book(asha) == []
    assert (await added(asha))["is_default"] is True


async def test_many_at_once_leave_one_default_and_no_more_than_twenty(asha: httpx.AsyncClient) -> None:
    made = 0
    for _ in range(12):
        answers = await asyncio.gather(*(asha.post(BOOK, json={**HOME, "is_default": True}) for _ in range(3)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        made += sum(answer.status_code == 201 for answer in answers)
        kept = await book(asha)
        assert sum(address["is_default"] for address in kept) == 1
        assert len(kept) == made <= ADDRESSES_MAX
    for _ in range(ADDRESSES_MAX - made):
        await added(asha)
    full = await asha.post(BOOK, json=HOME)
    assert full.status_code == 409
    assert full.json()["code"] == "too_many_addresses"


async def test_52_two_changes_of_one_address_at_once(asha: httpx.AsyncClient) -> None:
    address = await added(asha)
    path = f"{BOOK}/{address['id']}"
    answers = await asyncio.gather(*(asha.put(path, json={**HOME, "line1": f"{i}", "version": 1}) for i in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    winner = next(answer.json() for answer in answers if answer.status_code == 200)
    assert await book(asha) == [winner]
    stale = await asha.put(path, json={**HOME, "version": 1})
    assert stale.json()["code"] == "address_changed"
    assert (await asha.put(path, json=HOME)).status_code == 200, "without a version the last one wins"


async def test_52_the_default_of_many_changed_at_once(asha: httpx.AsyncClient) -> None:
    ids = [(await added(asha, line1=str(i)))["id"] for i in range(5)]
    changes = (asha.put(f"{BOOK}/{i}", json={**HOME, "is_default": True}) for i in ids)
    removals = (asha.delete(f"{BOOK}/{i}") for i in ids[:2])
    answers = await asyncio.gather(*changes, *removals)
    assert all(answer.status_code in {200, 204, 404, 409} for answer in answers)
    assert sum(address["is_default"] for address in await book(asha)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"country": "XX"}, {"country": "in"}, {"country": "IND"}, {"country": "EU"}, {"name": ""}, {"line1": "  "},
        {"city": None}, {"line1": "a" * 121}, {"postal_code": "1" * 17}, {"phone": "call me"}, {"phone": "123"},
        {"line1": "a\u0000b"}, {"city": "a\nb"}, {"id": "adr_x"}, {"PK": "x"}, {"sub": "x"}, {"is_default": "yes"},
        {"is_default": 1}, {"version": "1"}, {"version": -1}, {"name": ["a"]},
    ],
)  # fmt: skip
async def test_16_wrong_addresses(change: dict[str, Any], asha: httpx.AsyncClient) -> None:
    answer = await asha.post(BOOK, json={**HOME, **change})
    assert answer.status_code == 422
    assert len(answer.content) < 1024
    assert await book(asha) == []


async def test_15_another_persons_address_does_not_exist(people: Instance, asha: httpx.AsyncClient) -> None:
    address = await added(asha)
    async with people.signed_in(Person(sub=OTHER_SUB)) as other:
        assert await book(other) == []
        for identifier in (address["id"], "adr_00000000000000000000000000", "x", "%2e%2e"):
            foreign = await other.put(f"{BOOK}/{identifier}", json=HOME)
            removal = await other.delete(f"{BOOK}/{identifier}")
            assert {foreign.status_code, removal.status_code} == {404}
    assert await book(asha) == [address]


async def test_nothing_of_this_is_for_guests(people: Instance) -> None:
    async with people.browser() as guest:
        await guest.post("/api/test/shop", json={})
        answers = [
            await guest.get("/api/me"), await guest.patch("/api/me", json={"name": "x"}), await guest.get(BOOK),
            await guest.post(BOOK, json=HOME), await guest.put(f"{BOOK}/adr_1", json=HOME),
            await guest.delete(f"{BOOK}/adr_1"), await guest.post("/api/auth/sign-out-everywhere"),
        ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {401}


async def test_a_profile_is_changed(asha: httpx.AsyncClient) -> None:
    assert (await asha.get("/api/me")).json()["name"] == "Asha Rao"
    answer = await asha.patch("/api/me", json={"name": " Asha R. ", "phone": "+91 98765 43210"})
    assert answer.json()["name"] == "Asha R."
    assert answer.json()["version"] == 1
    assert (await asha.get("/api/session")).json()["customer"]["name"] == "Asha R.", "at once, in this process"
    stale = await asha.patch("/api/me", json={"name": "x", "version": 0})
    assert stale.status_code == 409
    assert stale.json()["code"] == "profile_changed"
    assert (await asha.patch("/api/me", json={"phone": "", "version": 1})).json()["phone"] is None


async def test_52_two_changes_of_a_profile_at_once(asha: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(asha.patch("/api/me", json={"name": f"Name {i}", "version": 0}) for i in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]


@pytest.mark.parametrize(
    "change", [{"email": "x@example.com"}, {"id": "x"}, {"roles": ["operators"]}, {"name": ""}, {"version": True}]
)
async def test_16_a_profile_takes_nothing_else(change: dict[str, Any], asha: httpx.AsyncClient) -> None:
    assert (await asha.patch("/api/me", json=change)).status_code == 422


async def test_checkout_reads_an_address_by_its_key(people: Instance, asha: httpx.AsyncClient) -> None:
    sent = await added(asha)
    key = address_key(CustomerId(Person().sub), AddressId(sent["id"]))
    found = await people.store.addresses._table.get_many([key])
    address = address_from_item(found[key])
    assert (address.id, address.postal.city, address.is_default) == (sent["id"], "Pune", True)
    assert await people.accounts.profiles.find_address(CustomerId(Person().sub), AddressId(sent["id"])) == address
