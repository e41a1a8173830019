"""What the layer of hot reads keeps, for how long, and whom it leaves to the layers inside. Over a small app."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import brotli
import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from xpressbuy.http.hot import SPELLINGS_MAX, TARGET_LENGTH_MAX, HotReads, by_parameters
from xpressbuy.http.kept import OVERHEAD_BYTES
from xpressbuy.http.middleware import EdgeMiddleware
from xpressbuy.http.shared import answer
from xpressbuy.kit.clock import FixedClock

pytestmark = pytest.mark.anyio
ORIGIN = "https://shop.test"
TEXT = b"all the same to everybody " * 100


def say(request: Request, **changes: Any) -> Response:
    asked: dict[str, Any] = {"shared_seconds": 5, **changes}
    return answer(request, asked.pop("body", TEXT), "text/plain", **asked)


@dataclass
class Place:
    """The layer over an app that counts how often it is asked and answers what `make` makes."""

    clock: FixedClock = field(default_factory=lambda: FixedClock(datetime(2026, 11, 1, tzinfo=UTC)))
    generation: int = 0
    asked: list[str] = field(default_factory=list)
    make: Callable[[Request], Response] = say
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    bytes_max: int = 100_000

    def __post_init__(self) -> None:
        self.gate.set()
        self.edge = EdgeMiddleware(self._app, public_url=ORIGIN, new_request_id=lambda: f"edge_{len(self.asked)}")
        self.hot = HotReads(
            self.edge,
            key_of=by_parameters,
            generation=lambda: self.generation,
            clock=self.clock,
            new_request_id=lambda: "hot",
            proof=self.edge.proof,
            bytes_max=self.bytes_max,
        )
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.hot), base_url=ORIGIN)

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        self.asked.append(str(request.url.path))
        await self.gate.wait()
        await self.make(request)(scope, receive, send)

    async def nothing(self) -> Any:
        return {"type": "http.request", "body": b""}

    async def until_asked(self, times: int) -> None:
        """Lets the others run until the app was asked so often, and all who wait do wait."""
        for _ in range(200):
            await asyncio.sleep(0)
        assert len(self.asked) == times

    async def get(self, path: str = "/", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(path, headers={"accept-encoding": "identity", **named})


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    made = Place()
    yield made
    await made.client.aclose()


async def test_the_second_asker_gets_the_same_without_the_app(place: Place) -> None:
    first, second = await place.get(), await place.get()
    assert place.asked == ["/"]
    assert second.content == first.content == TEXT
    assert (first.headers.pop("x-request-id"), second.headers.pop("x-request-id")) == ("edge_0", "hot")
    assert dict(first.headers) == dict(second.headers)
    assert second.headers["vary"] == "accept-encoding"
    assert second.headers["x-content-type-options"] == "nosniff"


async def test_a_change_makes_everything_old(place: Place) -> None:
    await place.get()
    place.generation += 1
    await place.get()
    assert len(place.asked) == 2


@pytest.mark.parametrize(("step", "times"), [(4.9, 1), (5.0, 2), (-1.0, 2)])
async def test_time_makes_it_old_whichever_way_the_clock_goes(place: Place, step: float, times: int) -> None:
    await place.get()
    place.clock.advance(timedelta(seconds=step))
    await place.get()
    assert len(place.asked) == times


async def test_an_answer_goes_when_what_it_holds_is_too_old(place: Place) -> None:
    """Stock that was read 1.5 s ago may be shown for another half second, not for as long as the rest may be kept."""
    limit = place.clock.now() + timedelta(seconds=0.5)
    place.make = lambda request: say(request, fresh_until=limit)
    await place.get()
    place.clock.advance(timedelta(seconds=0.4))
    await place.get()
    assert len(place.asked) == 1
    place.clock.advance(timedelta(seconds=0.1))
    await place.get()
    await place.get()
    assert len(place.asked) == 3, "what is too old when it is made is not kept at all"


UNKEPT: dict[str, Callable[[Request], Response]] = {
    "not public": lambda request: Response(TEXT, headers={"etag": '"a"'}),
    "private": lambda request: Response(TEXT, headers={"etag": '"a"', "cache-control": "private, s-maxage=9"}),
    "no-store": lambda request: Response(TEXT, headers={"etag": '"a"', "cache-control": "no-store"}),
    "a cookie": lambda request: say(request, headers={"set-cookie": "a=b"}),
    "not found": lambda request: say(request, status=404),
    "no etag": lambda request: Response(TEXT, headers={"cache-control": "public, s-maxage=9"}),
}


@pytest.mark.parametrize("name", UNKEPT)
async def test_what_the_app_does_not_give_to_everybody_is_not_kept(place: Place, name: str) -> None:
    place.make = UNKEPT[name]
    first, second = await place.get(), await place.get()
    assert len(place.asked) == 2
    assert len(place.hot.shelf) == 0
    assert first.content == second.content == TEXT


UNUSUAL = [
    {"authorization": "Bearer x"},
    {"content_length": "0"},
    {"content_encoding": "gzip"},
    {"host": "elsewhere.test"},
    {"x_padding": "x" * 33_000},
]


@pytest.mark.parametrize("headers", UNUSUAL, ids=lambda one: next(iter(one)))
async def test_an_unusual_request_is_for_the_edge_to_judge(place: Place, headers: dict[str, str]) -> None:
    plain = await place.get()
    unusual = await place.get(**headers)
    through = await place.get(**headers)
    assert unusual.headers["x-request-id"].startswith("edge_")
    assert through.headers["x-request-id"].startswith("edge_")
    refused = bool({"content_encoding", "host", "x_padding"} & set(headers))
    assert unusual.status_code == through.status_code == {"content_encoding": 415}.get(next(iter(headers)), 400) or (
        not refused and unusual.content == plain.content
    )


async def test_other_methods_are_for_the_app(place: Place) -> None:
    await place.get()
    for method in ("POST", "PUT", "OPTIONS"):
        headers = {"origin": ORIGIN, "content-type": "application/json"}
        await place.client.request(method, "/", headers=headers)
    assert len(place.asked) == 4


async def test_head_is_get_without_the_body(place: Place) -> None:
    shown = await place.get()
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    scope = {"type": "http", "method": "HEAD", "path": "/", "query_string": b"", "headers": [(b"host", b"shop.test")]}
    await place.hot(scope, place.nothing, send)
    assert place.asked == ["/"]
    assert said[1] == {"type": "http.response.body", "body": b""}
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    assert {**headers, "x-request-id": ""} == {**shown.headers, "x-request-id": ""}


async def test_forms_are_packed_when_they_are_asked_for_twice(place: Place) -> None:
    forms = [await place.get(accept_encoding="gzip, br") for _ in range(3)]
    assert [one.headers.get("content-encoding") for one in forms] == [None, "br", "br"]
    assert {one.content for one in forms} == {TEXT}
    packed = await place.get(accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(gzip.compress(TEXT, 5, mtime=0))
    assert len({one.headers["etag"] for one in (forms[0], forms[1], packed)}) == 3
    assert (await place.get(accept_encoding="br;q=0")).headers.get("content-encoding") is None
    assert place.asked == ["/"]
    assert int(forms[1].headers["content-length"]) == len(brotli.compress(TEXT, quality=5))


async def test_what_stays_the_same_is_not_packed_again(place: Place) -> None:
    for _ in range(2):
        await place.get(accept_encoding="br")
    place.generation += 1
    assert (await place.get(accept_encoding="br")).headers["content-encoding"] == "br"
    assert len(place.asked) == 2
    place.generation += 1
    place.make = lambda request: say(request, body=b"something else " * 100)
    changed = await place.get(accept_encoding="br")
    assert changed.text.startswith("something else")


async def test_who_has_it_is_told_so_in_any_form(place: Place) -> None:
    tags = {(await place.get(accept_encoding=name)).headers["etag"] for name in ("identity", "br", "br", "gzip")}
    assert len(tags) == 3
    place.generation += 1
    for tag in tags:
        known = await place.get(if_none_match=f'"other", W/{tag}')
        assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
        assert "content-length" not in known.headers
        assert known.headers["cache-control"] == "public, max-age=0, s-maxage=5, must-revalidate"
    assert (await place.get(if_none_match='"other"')).status_code == 200
    assert len(place.asked) == 2


async def test_an_answer_is_kept_whole_though_its_first_asker_had_it(place: Place) -> None:
    tag = (await place.get()).headers["etag"]
    place.generation += 1
    assert (await place.get(if_none_match=tag)).status_code == 304
    assert (await place.get()).content == TEXT
    assert len(place.asked) == 2


async def test_many_who_ask_at_once_are_one_question(place: Place) -> None:
    place.gate.clear()
    asking = [asyncio.create_task(place.get()) for _ in range(20)]
    await place.until_asked(1)
    asking[3].cancel()
    place.gate.set()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert place.asked == ["/"]
    assert [one.content for one in answers if isinstance(one, httpx.Response)] == [TEXT] * 19


async def test_nobody_joins_what_began_before_a_change(place: Place) -> None:
    place.gate.clear()
    before = asyncio.create_task(place.get())
    await place.until_asked(1)
    place.generation += 1
    place.make = lambda request: say(request, body=b"new")
    after = asyncio.create_task(place.get())
    await place.until_asked(2)
    place.gate.set()
    await before
    assert (await after).content == b"new"
    assert (await place.get()).content == b"new"


async def test_whoever_waits_for_one_who_left_asks_again(place: Place) -> None:
    place.gate.clear()
    leader = asyncio.create_task(place.get())
    await place.until_asked(1)
    waiting = asyncio.create_task(place.get())
    await place.until_asked(1)
    leader.cancel()
    await asyncio.gather(leader, return_exceptions=True)
    place.gate.set()
    assert (await waiting).content == TEXT


async def test_the_order_of_parameters_makes_no_other_answer(place: Place) -> None:
    await place.get("/?a=1&b=2")
    await place.get("/?b=2&a=1")
    assert len(place.asked) == 1
    await place.get("/?b=1&a=2")
    assert len(place.asked) == 2


async def test_memory_has_an_end(place: Place) -> None:
    small = Place(bytes_max=10 * (OVERHEAD_BYTES + len(TEXT) + 40))
    for number in range(50):
        await small.get("/first")
        await small.get(f"/{number}")
    assert small.hot.shelf.size <= small.bytes_max
    assert len(small.hot.shelf) == 10
    assert small.asked.count("/first") == 1, "what is asked for stays"
    for number in range(49, 40, -1):
        for _ in range(2):
            await small.get(f"/{number}", accept_encoding="br")
    assert small.hot.shelf.size <= small.bytes_max
    kept = small.hot.shelf._kept
    assert small.hot.shelf.size == sum(one.size + len(key) for key, (one, _) in kept.items()), "packed forms count"
    await small.client.aclose()


async def test_what_is_far_too_large_is_not_kept() -> None:
    wide = Place(bytes_max=2_000_000, make=lambda request: say(request, body=bytes(600_000)))
    for _ in range(2):
        assert len((await wide.get()).content) == 600_000
    assert len(wide.asked) == 2
    await wide.client.aclose()


async def test_addresses_made_up_fill_nothing(place: Place) -> None:
    long = "/?q=" + "x" * TARGET_LENGTH_MAX
    for _ in range(2):
        assert (await place.get(long)).content == TEXT
    assert len(place.asked) == 2
    assert len(place.hot.shelf) == 0
    place.hot._spellings.update({("/", str(number).encode()): None for number in range(SPELLINGS_MAX)})
    await place.get("/?a=1")
    assert len(place.hot._spellings) == 1
    assert (await place.get("/?a=%ff")).content == TEXT
