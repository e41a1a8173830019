"""Whether a snapshot of the catalogue may be used, and when the next one is due. Knows no products' rules."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from xpressbuy.catalog.store.snapshot import CONTENT_TYPE, Snapshot, Unusable, pack, unpack
from xpressbuy.catalog.store.writes import FEED_KEPT
from xpressbuy.kit.clock import Clock

HEARD_AGE_MAX = FEED_KEPT / 2
"""The feed must still hold whatever was announced since."""
LOADED_AGE_MAX = timedelta(days=1)
"""Each snapshot is made from the one before, so a mistake would be handed on. Once a day all is read from the table."""
SKEW_MAX = timedelta(seconds=10)
"""How far another process's clock may be ahead."""
SAVE_EVERY = timedelta(minutes=15)
SAVE_LATE = timedelta(hours=1)
"""When a request has to wait for it, because nothing else has done it."""
_log = structlog.get_logger("xpressbuy.catalog")


class Storage(Protocol):
    """Where the object is. Calls block and do not raise."""

    def read(self) -> bytes | None: ...

    def write(self, body: bytes, content_type: str) -> bool: ...


class Keeper:
    """One instance a process. Several processes may write; each snapshot is whole and says how old it is."""

    def __init__(self, storage: Storage, shop: str, clock: Clock) -> None:
        self._storage = storage
        self.shop = shop
        self._clock = clock
        self._known_at: datetime | None = None
        """How old the snapshot is that this process read or wrote; None if it knows of none."""

    async def restore(self, after: datetime | None) -> Snapshot | None:
        """The snapshot if it may be used by a process that heard the feed up to `after`. None otherwise: 1 GET."""
        snapshot = await asyncio.to_thread(self._read)
        if snapshot is None:
            return None
        now = self._clock.now()
        heard_ago, loaded_ago = now - snapshot.heard_at, now - snapshot.loaded_at
        if not (-SKEW_MAX <= heard_ago <= HEARD_AGE_MAX and loaded_ago <= LOADED_AGE_MAX):
            return None
        if after is not None and snapshot.heard_at <= after:
            return None
        self._known_at = snapshot.heard_at
        return snapshot

    def due(self, heard_at: datetime, *, every: timedelta = SAVE_EVERY) -> bool:
        """Whether a snapshot of this age would be worth its write."""
        return self._known_at is None or heard_at - self._known_at >= every

    async def save(self, snapshot: Snapshot) -> bool:
        """Writes it: 1 PUT. False, and later again, if that failed."""
        # The next try is not before the next time one is due, whatever comes of this one.
        self._known_at = snapshot.heard_at
        return await asyncio.to_thread(self._write, snapshot)

    def _read(self) -> Snapshot | None:
        body = self._storage.read()
        if body is None:
            return None
        try:
            return unpack(body, self.shop)
        except Unusable as error:
            _log.warning("catalog_snapshot_unusable", reason=str(error))
            return None

    def _write(self, snapshot: Snapshot) -> bool:
        try:
            return self._storage.write(pack(snapshot), CONTENT_TYPE)
        except Exception:  # noqa: BLE001 - the shop goes on without it, and no visitor may meet it; the log says why
            _log.exception("catalog_snapshot_unwritten")
            return False
