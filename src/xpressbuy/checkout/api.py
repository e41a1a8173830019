"""The checkout over HTTP: quotes, and orders that are placed once however often they are sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from xpressbuy.checkout import schemas, service
from xpressbuy.checkout.service import ANONYMOUS, Checkout
from xpressbuy.http.problems import Problem
from xpressbuy.http.request import ShopperActor, VisitorActor, shopper
from xpressbuy.http.strict import StrictRoute
from xpressbuy.kit.errors import Malformed, Unavailable
from xpressbuy.orders.model import Order
from xpressbuy.orders.schemas import Order as OrderAnswer
from xpressbuy.table.idempotency import KEY_LENGTH_MAX, KEY_LENGTH_MIN, request_hash

HEADER = "idempotency-key"
OPERATION = "place_order"
_KEY = re.compile(rf"[A-Za-z0-9._-]{{{KEY_LENGTH_MIN},{KEY_LENGTH_MAX}}}")


def _peer(request: Request) -> str:
    return request.client.host if request.client is not None else ""


def idempotency_key(request: Request) -> str:
    """The one key of the request. Malformed if it is missing, doubled or of another alphabet."""
    given = request.headers.getlist(HEADER)
    if not given:
        raise Malformed("idempotency_key_missing", "Send an Idempotency-Key with the order.")
    if len(given) > 1 or not _KEY.fullmatch(given[0]):
        allowed = f"{KEY_LENGTH_MIN} to {KEY_LENGTH_MAX} letters, digits, dots, dashes and underscores"
        raise Malformed("idempotency_key_invalid", f"An Idempotency-Key is {allowed}.")
    return given[0]


IdempotencyKey = Annotated[str, Depends(idempotency_key)]
_REFUSALS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": text}
    for status, text in (
        (400, "The key is missing or the body cannot be read."),
        (409, "insufficient_stock, price_changed, cart_changed, cart_empty and other refusals of the shop."),
        (422, "A wrong shape, or a key that was used for another order."),
        (429, "Too many orders in one hour."),
    )
}


def router(checkout: Checkout, *, images_url: str, client_address: Callable[[Request], str] = _peer) -> APIRouter:
    """`/api/checkout/quote` and `POST /api/orders`."""
    routes = APIRouter(prefix="/api", tags=["checkout"], route_class=StrictRoute)

    def render(order: Order) -> str:
        return OrderAnswer.of(order, images_url).model_dump_json(by_alias=True)

    @routes.post("/checkout/quote")
    async def quote(body: schemas.QuoteRequest, actor: ShopperActor) -> schemas.Quote:
        """What the cart, or these lines, would come to. A visitor becomes a guest, so that the order has an owner."""
        lines = schemas.merged(body.lines) if body.lines is not None else None
        country = body.shipping_address.country
        answer = await checkout.quote(actor.customer_id, country, body.shipping_method, lines)
        return schemas.Quote.of(answer, images_url)

    @routes.post(
        "/orders",
        status_code=201,
        response_model=OrderAnswer,
        responses=_REFUSALS,
        openapi_extra={
            "parameters": [
                {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "required": True,
                    "description": "One for each order; the same for every repeat of it.",
                    "schema": {"type": "string", "pattern": f"^{_KEY.pattern}$"},
                }
            ]
        },
    )
    async def place_order(
        key: IdempotencyKey, visitor: VisitorActor, request: Request, body: schemas.OrderRequest
    ) -> Response:
        """Place an order. Sent again with the same key and body it is answered with the same bytes."""
        actor = shopper(request)
        if actor.customer_id is None:
            raise Unavailable("no_session", "The shop cannot keep an order for you right now. Try again in a moment.")
        asked = service.Request(
            customer_id=actor.customer_id,
            scope=visitor.customer_id or ANONYMOUS,
            signed_in=actor.signed_in,
            own_email=actor.email if actor.signed_in else "",
            address=client_address(request),
            key=key,
            hash=request_hash(OPERATION, body.canonical()),
            command=body.to_command(),
        )
        replay = await checkout.place(asked, render)
        return Response(replay.body, replay.status, media_type="application/json")

    return routes
