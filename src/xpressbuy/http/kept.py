"""Answers kept ready to send: their bytes, their packed forms, their headers; and a shelf of them with an end.

Knows neither paths nor requests, and nothing of what makes an answer old but the marks it is given.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xpressbuy.http.encodings import COMPRESS_FROM_BYTES, pack
from xpressbuy.http.shared import matches

SHELF_BYTES_MAX = 64 * 1024 * 1024
KEPT_BYTES_MAX = 512 * 1024
"""One answer; the largest of ours, a list of 100 with facets, is under 200 KB. What is larger is not kept."""
OVERHEAD_BYTES = 4 * 1024
"""For an answer's headers in three forms, its key and its objects; an estimate on the high side."""
PACK_AT = 2
"""An answer is packed when it is asked for packed a second time: what is asked for once is not worth it."""

Headers = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Form:
    """One way to send an answer. `body` is the ASGI message, the same one each time."""

    etag: str
    headers: Headers
    body: dict[str, Any]


@dataclass(slots=True)
class Kept:
    """One answer with status 200. It is true under one generation, from `made_at` until `until`.

    `headers` are all but the length, with a strong ETag among them.
    """

    content: bytes
    etag: str
    headers: Headers
    generation: int
    made_at: datetime
    until: datetime
    forms: dict[str | None, Form] = field(default_factory=dict)
    asked_packed: int = 0

    def __post_init__(self) -> None:
        self.forms = {None: _form(self.headers, self.etag, self.content)}

    def fresh(self, generation: int, now: datetime) -> bool:
        """Whether it may be sent. A clock that went back makes it old."""
        return self.generation == generation and self.made_at <= now < self.until

    @property
    def size(self) -> int:
        """Bytes of memory, about."""
        return sum(len(form.body["body"]) for form in self.forms.values()) + OVERHEAD_BYTES

    def form(self, encoding: str | None) -> Form:
        """In this encoding, made now if it is worth it; else as it is."""
        form = self.forms.get(encoding)
        if form is not None:
            return form
        assert encoding is not None
        self.asked_packed += 1
        if self.asked_packed < PACK_AT or len(self.content) < COMPRESS_FROM_BYTES:
            return self.forms[None]
        packed = pack(self.content, encoding)
        etag = f'{self.etag[:-1]}-{encoding}"'
        headers = [(name, etag.encode() if name == b"etag" else value) for name, value in self.headers]
        form = _form([*headers, (b"content-encoding", encoding.encode())], etag, packed)
        if len(packed) >= len(self.content):
            form = self.forms[None]
        self.forms[encoding] = form
        return form

    def match(self, if_none_match: str) -> str | None:
        """The ETag of ours that the caller has. Whatever its encoding, it is the same answer."""
        stem = self.etag[:-1]
        tags = (self.etag, f'{stem}-br"', f'{stem}-gzip"')
        return next((tag for tag in tags if matches(if_none_match, tag)), None)

    def renew(self, former: Kept | None) -> Kept:
        """This one; with the forms of a former one if that said the same, since packing is the dear part.

        The ETag is among the headers, so the same headers mean the same bytes.
        """
        if former is not None and former.headers == self.headers:
            self.forms, self.asked_packed = former.forms, former.asked_packed
        return self


class Shelf:
    """Answers by key, the least lately asked for going first. Never more than `bytes_max` together."""

    def __init__(self, bytes_max: int = SHELF_BYTES_MAX) -> None:
        self._bytes_max = bytes_max
        self._kept: OrderedDict[str, tuple[Kept, int]] = OrderedDict()
        self._bytes = 0

    @property
    def size(self) -> int:
        """Bytes of all, about."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: str) -> Kept | None:
        """What is there, however old."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: str, kept: Kept) -> None:
        """Takes an answer in, in place of the one under its key; or its present size, after a form was made."""
        size = kept.size + len(key)
        _, former = self._kept.pop(key, (None, 0))
        self._bytes -= former
        if len(kept.content) > KEPT_BYTES_MAX or size > self._bytes_max:
            return
        self._kept[key] = (kept, size)
        self._bytes += size
        while self._bytes > self._bytes_max:
            _, (_, freed) = self._kept.popitem(last=False)
            self._bytes -= freed


def _form(headers: Headers, etag: str, body: bytes) -> Form:
    length = (b"content-length", str(len(body)).encode())
    return Form(etag, [length, *headers], {"type": "http.response.body", "body": body})
