"""How requests reach DynamoDB: one pooled HTTP session a process, opened on first use inside the running loop."""

from __future__ import annotations

import aiohttp
from aiodynamo.client import Client
from aiodynamo.credentials import Credentials, Key, StaticCredentials
from aiodynamo.http.types import Request, RequestFailed, Response
from yarl import URL

from xpressbuy.table.client import OneAttempt

CONNECT_SECONDS_MAX = 1.0
CONNECTIONS_MAX = 100


class Transport:
    """Fits the SDK's protocol for an HTTP client: called with a request, gives a response or fails in its terms."""

    def __init__(self, *, seconds_max: float) -> None:
        self._timeout = aiohttp.ClientTimeout(total=seconds_max, sock_connect=CONNECT_SECONDS_MAX)
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, request: Request) -> Response:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS_MAX)
            self._session = aiohttp.ClientSession(timeout=self._timeout, connector=connector)
        try:
            async with self._session.request(
                request.method, request.url, headers=request.headers, data=request.body
            ) as response:
                return Response(response.status, await response.read())
        except aiohttp.ClientError as error:
            # The SDK raises what is inside; the table knows lost connections by Python's own name for them.
            raise RequestFailed(ConnectionError(str(error))) from error

    async def close(self) -> None:
        """Closes the connections. The next call opens new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def make_client(
    transport: Transport, *, region: str, endpoint: str | None, access_key: tuple[str, str] | None
) -> Client:
    """The SDK's client over our transport. Without an access key it finds the task's or function's own."""
    credentials = StaticCredentials(Key(*access_key)) if access_key else Credentials.auto()
    return Client(
        transport,
        credentials,
        region,
        endpoint=URL(endpoint) if endpoint else None,
        throttle_config=OneAttempt(time_limit_secs=60),
    )
