"""Stands in for the schedule that AWS runs the mail sweeper on: a mail that its stream missed goes out all the same."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

import structlog

from xpressbuy.kit.errors import ShopError
from xpressbuy.notifications.service import OrderMails

SWEEP_SECONDS = 60.0
_log = structlog.get_logger("xpressbuy.local")


class Outbox:
    """`async with Outbox(mails):` sweeps once a minute until it is left."""

    def __init__(self, mails: OrderMails) -> None:
        self._mails = mails
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._sweep_on())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _sweep_on(self) -> None:
        while True:
            try:
                await self._mails.sweep()
            except ShopError as error:
                _log.warning("sweep_failed", code=error.code)
            await asyncio.sleep(SWEEP_SECONDS)
