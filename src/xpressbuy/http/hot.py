"""Hot reads: answers that are the same for everybody, sent again from memory without asking the app.

Outside the edge layer: what is kept is what that layer let out, its headers included. A request that the edge might
refuse, or that is unusual in any way, goes to it. Nothing is kept that the app did not call public.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from urllib.parse import urlencode

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xpressbuy.http.encodings import best_of_all
from xpressbuy.http.kept import SHELF_BYTES_MAX, Form, Headers, Kept, Shelf
from xpressbuy.http.middleware import HEADER_BYTES_MAX, SINGLE
from xpressbuy.http.parameters import Pairs, read_pairs
from xpressbuy.http.shared import MAKING, Making
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Malformed

TARGET_LENGTH_MAX = 1_000
"""Path and query together. Our own web app's longest is about 300; longer ones are answered, but not kept."""
SPELLINGS_MAX = 4_096
"""Queries remembered with the key that they mean, so that a hot one is not read again: 4 MB at worst."""
REFUSED = frozenset({b"authorization", b"content-encoding", b"content-length", b"transfer-encoding"})
WATCHED = frozenset({b"accept-encoding", b"if-none-match", b"host", *REFUSED, *(name.encode() for name in SINGLE)})
_SHARED_SECONDS = re.compile(rb"public,.*\bs-maxage=(\d{1,6})\b")
_NEVER_KEPT = frozenset({b"set-cookie", b"content-encoding"})
NO_BODY: Message = {"type": "http.response.body", "body": b""}
_OWN = frozenset({b"x-request-id", b"content-length"})
_log = structlog.get_logger("xpressbuy.http")

KeyOf = Callable[[str, Pairs], str | None]
"""Path and parameters -> the answer's key, the same for all spellings of one address; None for what is not kept."""


def path_only(path: str, _: Pairs) -> str:
    """For an endpoint that reads no parameter: whatever stands behind the question mark, it is one answer."""
    return path


def by_parameters(path: str, pairs: Pairs) -> str:
    """For an endpoint that reads its parameters by name: their order does not matter, that of one name's values may."""
    return f"{path}?{urlencode(sorted(pairs, key=lambda pair: pair[0]))}" if pairs else path


@dataclass(slots=True)
class _Asked:
    """What of a request decides its answer, and when it came."""

    key: str
    accept: bytes | None
    tag: bytes | None
    started: float


@dataclass(slots=True)
class _Flight:
    """One answer being made; who else asks for it meanwhile waits. It gives None if it is not one to be kept."""

    generation: int
    landed: asyncio.Future[Kept | None]


class HotReads:
    """See the module. `generation` is a number that rises when anything shown has changed."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        key_of: KeyOf,
        generation: Callable[[], int],
        clock: Clock,
        new_request_id: Callable[[], str],
        proof: tuple[bytes, bytes],
        bytes_max: int = SHELF_BYTES_MAX,
    ) -> None:
        self._app = app
        self._key_of = key_of
        self._generation = generation
        self._clock = clock
        self._new_request_id = new_request_id
        self._proof = proof
        self._watched = WATCHED | {proof[0]}
        self._spellings: dict[tuple[str, bytes], str | None] = {}
        self._flights: dict[str, _Flight] = {}
        self.shelf = Shelf(bytes_max)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = self._asked(scope) if scope["type"] == "http" else None
        if asked is None:
            await self._app(scope, receive, send)
            return
        kept = self.shelf.get(asked.key)
        if kept is not None and kept.fresh(self._generation(), self._clock.now()):
            await self._tell(kept, asked, scope, send)
        elif scope["method"] == "GET":
            await self._fly(asked, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _key(self, scope: Scope) -> str | None:
        method, path, query = scope["method"], scope["path"], scope["query_string"]
        if method != "GET" and (method != "HEAD" or path.startswith("/api")):
            return None
        if len(path) + len(query) > TARGET_LENGTH_MAX:
            return None
        spelling = (path, query)
        if spelling not in self._spellings:
            if len(self._spellings) >= SPELLINGS_MAX:
                self._spellings.clear()
            try:
                self._spellings[spelling] = self._key_of(path, read_pairs(query))
            except Malformed:
                self._spellings[spelling] = None
        return self._spellings[spelling]

    def _asked(self, scope: Scope) -> _Asked | None:
        """What is asked for; None if that is not kept, or if anything about the headers is for the edge to judge."""
        started = perf_counter()
        key = self._key(scope)
        if key is None:
            return None
        found: dict[bytes, bytes] = {}
        size = 0
        watched = self._watched
        for name, value in scope["headers"]:
            size += len(name) + len(value)
            if name in watched:
                if name in found:
                    return None
                found[name] = value
        name, wanted = self._proof
        if size > HEADER_BYTES_MAX or not hmac.compare_digest(found.get(name, b""), wanted):
            return None
        if not REFUSED.isdisjoint(found):
            return None
        return _Asked(key, found.get(b"accept-encoding"), found.get(b"if-none-match"), started)

    async def _fly(self, asked: _Asked, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends a fresh answer, made for this request or for one before it that is still under way."""
        generation = self._generation()
        flight = self._flights.get(asked.key)
        if flight is not None and flight.generation == generation:
            kept = await asyncio.shield(flight.landed)
            if kept is None:
                await self._app(scope, receive, send)
            else:
                await self._tell(kept, asked, scope, send)
            return
        flight = _Flight(generation, asyncio.get_running_loop().create_future())
        self._flights[asked.key] = flight
        catch = _Catch(send)
        kept = None
        try:
            kept = await self._make(asked.key, generation, scope, receive, catch)
        finally:
            if self._flights.get(asked.key) is flight:
                del self._flights[asked.key]
            flight.landed.set_result(kept)
        if kept is not None:
            # The edge has been asked, so it has written the line under the id that it gave.
            await self._send(kept, asked, scope["method"], send, catch.request_id)

    async def _make(self, key: str, generation: int, scope: Scope, receive: Receive, catch: _Catch) -> Kept | None:
        made_at = self._clock.now()
        making = Making()
        asked = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
        await self._app({**scope, "headers": asked, MAKING: making}, receive, catch.send)
        if not catch.holds:
            return None
        until = made_at + timedelta(seconds=catch.shared_seconds)
        if making.fresh_until is not None:
            until = min(until, making.fresh_until)
        kept = Kept(bytes(catch.body), catch.etag, catch.headers, generation, made_at, until)
        kept.renew(self.shelf.get(key))
        if kept.fresh(generation, self._clock.now()):
            self.shelf.put(key, kept)
        return kept

    async def _tell(self, kept: Kept, asked: _Asked, scope: Scope, send: Send) -> None:
        """Sends an answer that the edge never sees, and writes the line that it would have written."""
        request_id = self._new_request_id()
        status = await self._send(kept, asked, scope["method"], send, request_id.encode())
        _log.info(
            "request",
            id=request_id,
            method=scope["method"],
            path=scope["path"][:200],
            status=status,
            ms=round((perf_counter() - asked.started) * 1000, 1),
        )

    async def _send(self, kept: Kept, asked: _Asked, method: str, send: Send, request_id: bytes) -> int:
        status, body = 304, NO_BODY
        known = kept.match(asked.tag.decode("latin-1")) if asked.tag is not None else None
        if known is not None:
            headers = [(name, known.encode() if name == b"etag" else value) for name, value in kept.headers]
        else:
            form = self._form(kept, asked)
            status, headers = 200, form.headers
            body = form.body if method == "GET" else NO_BODY
        await send(
            {"type": "http.response.start", "status": status, "headers": [*headers, (b"x-request-id", request_id)]}
        )
        await send(body)
        return status

    def _form(self, kept: Kept, asked: _Asked) -> Form:
        if asked.accept is None:
            return kept.form(None)
        forms = len(kept.forms)
        form = kept.form(best_of_all(asked.accept))
        if len(kept.forms) != forms and self.shelf.get(asked.key) is kept:
            self.shelf.put(asked.key, kept)
        return form


class _Catch:
    """Holds an answer back that may be kept, and lets any other one through as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.holds = False
        self.shared_seconds = 0
        self.etag = ""
        self.request_id = b""
        self.headers: Headers = []
        self.body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            facts = dict(message["headers"])
            self.shared_seconds = _shared_seconds(message["status"], facts)
            self.holds = self.shared_seconds > 0
            if self.holds:
                self.etag = facts[b"etag"].decode()
                self.request_id = facts.get(b"x-request-id", b"")
                self.headers = [pair for pair in message["headers"] if pair[0] not in _OWN]
        if not self.holds:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def _shared_seconds(status: int, found: Mapping[bytes, bytes]) -> int:
    """For how long an answer may be kept for everybody; 0 for not at all."""
    if status != 200 or b"etag" not in found or not _NEVER_KEPT.isdisjoint(found):
        return 0
    said = _SHARED_SECONDS.match(found.get(b"cache-control", b""))
    return int(said[1]) if said else 0
