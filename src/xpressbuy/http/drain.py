"""A process that is about to leave: what it says of itself until then. Nothing here knows signals or servers."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Drain:
    """Whether this process is about to leave. Once begun it stays so."""

    __slots__ = ("_begun",)

    def __init__(self) -> None:
        self._begun = False

    def begin(self) -> None:
        """From now on the process is not ready, and each answer ends its connection."""
        self._begun = True

    @property
    def begun(self) -> bool:
        return self._begun


class DrainMiddleware:
    """Asks for another connection with every answer once the drain has begun, so that none is cut at the end."""

    def __init__(self, app: ASGIApp, drain: Drain) -> None:
        self._app = app
        self._drain = drain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def closing(message: Message) -> None:
            # Looked at with the answer, not with the request: a drain may begin between the two.
            if self._drain.begun and message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            await send(message)

        await self._app(scope, receive, closing)
