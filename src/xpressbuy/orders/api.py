"""A customer's own orders over HTTP. Who asks is known from the session alone, never from the request."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from xpressbuy.http.parameters import read_pairs
from xpressbuy.http.request import SignedInActor, VisitorActor, signed_in
from xpressbuy.http.strict import StrictRoute
from xpressbuy.kit.ids import CustomerId
from xpressbuy.orders import schemas
from xpressbuy.orders.service import OrderService

ORDER_ID_LENGTH_MAX = 64


def router(orders: OrderService, *, images_url: str) -> APIRouter:
    """`/api/orders` for reading; placing one is the checkout's."""
    routes = APIRouter(prefix="/api/orders", tags=["orders"], route_class=StrictRoute)

    @routes.get("", openapi_extra={"parameters": list(schemas.PAGE_PARAMETERS)})
    async def list_orders(request: Request, actor: SignedInActor) -> schemas.OrderList:
        """Own orders, newest first."""
        assert actor.customer_id is not None
        limit, cursor = schemas.page_query(read_pairs(request.scope["query_string"]))
        page = await orders.page(actor.customer_id, limit=limit, cursor=cursor)
        return schemas.OrderList.of(page, images_url)

    @routes.get("/{order_id}")
    async def read_order(
        order_id: Annotated[str, Path(max_length=ORDER_ID_LENGTH_MAX)], request: Request, actor: VisitorActor
    ) -> schemas.Order:
        """One own order; a guest's by the cookie it was placed with."""
        customer_id: CustomerId | None = actor.customer_id or signed_in(request).customer_id
        assert customer_id is not None
        return schemas.Order.of(await orders.get(customer_id, order_id), images_url)

    return routes
