"""The cart over HTTP. Whoever only looks gets no cookie; the first change makes a guest of a visitor."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from xpressbuy.cart import model, schemas
from xpressbuy.cart.model import Priced
from xpressbuy.cart.schemas import SKU_PATTERN
from xpressbuy.cart.service import CartService
from xpressbuy.http.request import ShopperActor, VisitorActor
from xpressbuy.http.strict import StrictRoute
from xpressbuy.kit.actor import Actor
from xpressbuy.kit.errors import Conflict, Unavailable
from xpressbuy.kit.ids import CustomerId, Sku
from xpressbuy.shipping.service import Shipping

SkuPath = Annotated[str, Path(pattern=SKU_PATTERN)]


def router(carts: CartService, shipping: Shipping, *, images_url: str) -> APIRouter:
    """`/api/cart` and what is below it."""
    routes = APIRouter(prefix="/api/cart", tags=["cart"], route_class=StrictRoute)

    def shown(cart: model.Cart, priced: Priced) -> schemas.Cart:
        return schemas.Cart.of(cart, priced, shipping.estimate(priced.totals.subtotal), images_url)

    async def looked_up(actor: Actor) -> schemas.Cart:
        cart = await carts.get(actor.customer_id)
        return shown(cart, await carts.price_now(cart.lines))

    @routes.get("")
    async def read_cart(actor: VisitorActor) -> schemas.Cart:
        """The cart with prices and stock of now."""
        return await looked_up(actor)

    @routes.put("/lines/{sku}")
    async def set_line(sku: SkuPath, body: schemas.LineQuantity, actor: ShopperActor) -> schemas.Cart:
        """Give a line its quantity; 0 takes it out."""
        cart = await carts.set_line(_customer(actor), Sku(sku), body.quantity, new=actor.new)
        return shown(cart, carts.price_from_memory(cart.lines))

    @routes.delete("/lines/{sku}")
    async def remove_line(sku: SkuPath, actor: VisitorActor) -> schemas.Cart:
        """Take a line out, if it is there."""
        if actor.customer_id is None:
            return await looked_up(actor)
        cart = await carts.remove_line(actor.customer_id, Sku(sku))
        return shown(cart, carts.price_from_memory(cart.lines))

    @routes.put("/coupon")
    async def set_coupon(body: schemas.CouponCode) -> schemas.Cart:  # noqa: ARG001 - read so that its shape is checked
        """Coupons come later; until then no code is valid."""
        raise Conflict("coupon_unavailable", "This code is not valid.")

    @routes.delete("/coupon")
    async def remove_coupon(actor: VisitorActor) -> schemas.Cart:
        """The cart, which has no coupon."""
        return await looked_up(actor)

    return routes


def _customer(actor: Actor) -> CustomerId:
    if actor.customer_id is None:
        raise Unavailable("no_session", "The shop cannot keep a cart for you right now. Try again in a moment.")
    return actor.customer_id
