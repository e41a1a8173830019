"""The pool's keys, kept in memory: loaded at start, renewed in the background, never thrown away for an error.

A key that is not known costs one fetch in ten seconds at most, whatever arrives, so that forged tokens can neither
flood the provider nor empty the ring.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

import structlog
from joserfc.jwk import RSAKey

from xpressbuy.accounts.model.keys import Keys, KeysUnreadable, parse_keys
from xpressbuy.accounts.service.flight import SingleFlight
from xpressbuy.aws.identity import IdentityUnavailable

RENEW_SECONDS = 15 * 60
REST_SECONDS = 10
STALE_SECONDS_MAX = 24 * 3600
_log = structlog.get_logger("xpressbuy.accounts")


class KeysUnavailable(Exception):
    """Whether a token is good cannot be known now."""


class KeyRing:
    """One instance a process. `fetch` gives the JWKS document or raises IdentityUnavailable."""

    def __init__(self, fetch: Callable[[], Awaitable[bytes]], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._monotonic = monotonic
        self._keys: Keys = {}
        self._loaded_at: float | None = None
        self._tried_at: float | None = None
        self._flight = SingleFlight[None]()
        self._renewing: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether there are keys that may be used."""
        return self._loaded_at is not None and self._monotonic() - self._loaded_at < STALE_SECONDS_MAX

    async def start(self, *, follow: bool = True) -> None:
        """Tries once, then goes on in the background. Never fails: a process without keys is alive but not ready.

        With `follow=False` nothing is begun: the first token loads the keys, and one that comes when they are old anew.
        """
        if not follow:
            return
        await self._flight.run("load", self._load)
        self._renewing = asyncio.create_task(self._keep_fresh())

    async def stop(self) -> None:
        if self._renewing is not None:
            self._renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._renewing
            self._renewing = None

    async def find(self, kid: str) -> RSAKey | None:
        """The key, or None if the pool has no such key. KeysUnavailable if the pool cannot be asked."""
        if self.ready and kid in self._keys and not self._overdue:
            return self._keys[kid]
        resting = self._tried_at is not None and self._monotonic() - self._tried_at < REST_SECONDS
        if self._flight.busy("load") or not resting:
            await self._flight.run("load", self._load)
        if self.ready and kid in self._keys:
            return self._keys[kid]
        if not self.ready or self._tried_at != self._loaded_at:
            raise KeysUnavailable
        return None

    @property
    def _overdue(self) -> bool:
        """Whether the keys are old and nothing renews them in the background."""
        loaded_at = self._loaded_at
        return self._renewing is None and loaded_at is not None and self._monotonic() - loaded_at >= RENEW_SECONDS

    async def _load(self) -> None:
        tried_at = self._tried_at = self._monotonic()
        try:
            keys = parse_keys(await self._fetch())
        except (IdentityUnavailable, KeysUnreadable) as error:
            _log.warning("keys_not_renewed", reason=str(error)[:80], known=len(self._keys))
            return
        self._keys, self._loaded_at = keys, tried_at

    async def _keep_fresh(self) -> None:
        while True:
            loaded = self._loaded_at is not None and self._loaded_at == self._tried_at
            await asyncio.sleep(RENEW_SECONDS if loaded else REST_SECONDS)
            await self._flight.run("load", self._load)
