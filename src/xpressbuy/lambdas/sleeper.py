"""A shop that sleeps between requests: opened once an execution environment, on one event loop that lives as long.

Nothing runs in the background there, since an environment is frozen as soon as it has answered. What a process does
once a second elsewhere is done here before a request, if it is due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from mangum import Mangum

from xpressbuy.asgi import create_app
from xpressbuy.aws.secrets import SecretsUnread
from xpressbuy.catalog.service.keeper import SAVE_EVERY, SAVE_LATE
from xpressbuy.http import problems
from xpressbuy.http.log import configure
from xpressbuy.kit.clock import Clock, SystemClock
from xpressbuy.kit.errors import Unavailable
from xpressbuy.lambdas.function_url import BehindCloudFront, FunctionUrl
from xpressbuy.settings import Settings
from xpressbuy.wiring import Shop, build, complete_settings

OPEN_SECONDS_MAX = 8.0
"""The function is ended after 15 s, and whoever waits gets an answer before."""
IDLE_MAX = timedelta(seconds=15)
"""A connection that slept longer is not trusted to be one still."""
_ROOT = Path(__file__).resolve().parents[2]
"""The folder that the zip is unpacked to."""
_log = structlog.get_logger("xpressbuy.lambdas")


@dataclass(frozen=True, slots=True)
class _Open:
    shop: Shop
    adapter: Mangum


class Sleeper:
    """One instance an execution environment. Lambda gives it one event at a time."""

    def __init__(self, read_settings: Callable[[], Settings] = Settings, clock: Clock | None = None) -> None:
        self._read_settings = read_settings
        self._clock = clock or SystemClock()
        self._loop = asyncio.new_event_loop()
        self._open: _Open | None = None
        self._answered_at: datetime | None = None

    def try_open(self) -> bool:
        """Opens the shop unless it is open. False, with the reason in the log, if that failed: the next event tries."""
        if self._open is not None:
            return True
        try:
            self._open = self._opened()
        except SecretsUnread as error:
            _log.error("shop_not_opened", reason=str(error))
        except Exception:  # noqa: BLE001 - whatever it is, the next event must find a shop that can be opened
            _log.exception("shop_not_opened")
        return self._open is not None

    def answer(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's own
        """A request's answer. Any other event is the schedule's, for what nobody should have to wait for."""
        request = FunctionUrl.infer(dict(event), context, _NO_CONFIG)
        if not self.try_open() or self._open is None:
            return _not_ready(event) if request else {"open": False}
        shop = self._open.shop
        self._loop.run_until_complete(self._wake(shop))
        if not request:
            return {"open": True, "saved": self._loop.run_until_complete(_chores(shop))}
        asyncio.set_event_loop(self._loop)  # where the adapter looks for it
        answer = self._open.adapter(dict(event), context)
        self._loop.run_until_complete(shop.catalog.save_snapshot(every=SAVE_LATE))
        self._answered_at = self._clock.now()
        return answer

    def close(self) -> None:
        """Closes connections and the loop. Lambda never asks for it; tests do."""
        if self._open is not None:
            self._loop.run_until_complete(self._open.shop.stop())
            self._open = None
        # Connections end a turn of the loop after they were closed.
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
        asyncio.set_event_loop(None)

    def _opened(self) -> _Open:
        settings = self._read_settings()
        configure(settings.log_level)
        shop = build(_with_web(complete_settings(settings)), clock=self._clock)
        try:
            app = self._loop.run_until_complete(_start(shop))
        except BaseException:
            self._loop.run_until_complete(_abandon(shop))
            raise
        reader = BehindCloudFront if shop.settings.origin_secret.get_secret_value() else FunctionUrl
        readers: list[Any] = [reader]
        asyncio.set_event_loop(self._loop)  # or the adapter makes one of its own
        return _Open(shop, Mangum(app, lifespan="off", custom_handlers=readers))

    async def _wake(self, shop: Shop) -> None:
        now = self._clock.now()
        if self._answered_at is not None and not timedelta() <= now - self._answered_at < IDLE_MAX:
            await shop.transport.close()
        await shop.catalog.catch_up()


_NO_CONFIG: Any = None
_NO_CONTEXT: Any = None
"""The adapter hands these to every reader; ours need neither."""


async def _start(shop: Shop) -> Any:  # noqa: ANN401 - the adapter wants a coroutine function for an app
    """The app over the started shop. It is put together while the snapshot is on its way."""
    async with asyncio.timeout(OPEN_SECONDS_MAX):
        starting = asyncio.create_task(shop.start(follow=False))
        await asyncio.sleep(0)
        app = create_app(shop)
        await starting
    # After a full load there is none, and the next environment shall start from one.
    await shop.catalog.save_snapshot(every=SAVE_LATE)
    return app


async def _abandon(shop: Shop) -> None:
    """Ends a start that failed, with the reads that it did not wait for: they would go on beside the next one."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await shop.stop()


async def _chores(shop: Shop) -> bool:
    await shop.catalog.follow()
    return await shop.catalog.save_snapshot(every=SAVE_EVERY)


def _with_web(settings: Settings) -> Settings:
    """The web app lies beside the code in the zip, wherever the function is started from."""
    return settings.model_copy(update={"web_dist": _ROOT / settings.web_dist})


def _not_ready(event: Mapping[str, Any]) -> dict[str, Any]:
    error = Unavailable("not_ready", "The shop is still loading. Try again in a moment.", retry_after_seconds=2)
    refusal = problems.answer(error)
    headers = [[name, value] for name, value in refusal.raw_headers]
    reader = FunctionUrl(dict(event), _NO_CONTEXT, _NO_CONFIG)
    return reader({"status": refusal.status_code, "headers": headers, "body": bytes(refusal.body)})
