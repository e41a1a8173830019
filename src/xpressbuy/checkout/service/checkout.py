"""Places orders: one consistent read, then one transaction in which everything happens or nothing.

Prices come from memory with the version they are known by; the transaction refuses an old one and shows the new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xpressbuy.accounts.model import PostalAddress
from xpressbuy.cart import model as cart_model
from xpressbuy.cart.model import LineProblem, Priced, Totals
from xpressbuy.cart.service import CartService
from xpressbuy.catalog.model import Stock
from xpressbuy.catalog.service import Catalog
from xpressbuy.checkout import store
from xpressbuy.checkout.model import NewOrder, PlaceOrder, Quote, make_order, stock_lines
from xpressbuy.checkout.service.pace import Limits, Pace
from xpressbuy.checkout.service.refusals import Refusals
from xpressbuy.checkout.store import Before, Checkouts
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.errors import Conflict, Invalid, NotFound, ShopError, Unavailable
from xpressbuy.kit.ids import CustomerId, Ids, OrderId, Sku
from xpressbuy.orders.model import Order, PaymentMethod
from xpressbuy.orders.service import OrderService
from xpressbuy.shipping.model import ShippingOffer
from xpressbuy.shipping.service import Shipping
from xpressbuy.table.idempotency import Replay
from xpressbuy.table.unit import Commit, Unit, UnitRefused

PRICE_ATTEMPTS_MAX = 3
"""A price that changed and came back has a new version at the old amount; nobody is asked about that."""
CREATED = 201
ANONYMOUS = "anonymous"
"""Scope of keys of visitors without a cookie, so that their repeat, still without one, is known again."""
Render = Callable[[Order], str]
"""The answer's body for an order, decided before it is stored so that every repeat is answered with the same bytes."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who orders what under which key. `scope` is whose keys they are, `address` where the request comes from."""

    customer_id: CustomerId
    scope: str
    signed_in: bool
    own_email: str
    address: str
    key: str
    hash: str
    command: PlaceOrder


@dataclass(frozen=True, slots=True)
class Checkout:
    """Everything it needs of the other rooms, and one `commit`."""

    checkouts: Checkouts
    catalog: Catalog
    carts: CartService
    orders: OrderService
    shipping: Shipping
    commit: Commit
    clock: Clock
    ids: Ids
    currency: str
    locale: str
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pace", Pace(self.clock))

    async def quote(
        self, customer_id: CustomerId | None, country: str, method_id: str | None, lines: Mapping[Sku, int] | None
    ) -> Quote:
        """What the cart, or these lines, would come to: at most 2 calls. Conflict for an empty cart."""
        cart = await self.carts.get(customer_id) if lines is None else None
        wanted = cart.lines if cart is not None else lines
        if not wanted:
            raise Refusals.cart_empty()
        priced = await self.carts.price_now(wanted)
        return self._quote(priced, country, method_id, cart.version if cart is not None else None)

    async def place(self, request: Request, render: Render) -> Replay:
        """The answer to an order: a new one, or what the same request was answered with before.

        1 read and 1 transaction if nothing stands in the way. Raises the refusals that `api.md` names.
        """
        now = self._now()
        before = await self.checkouts.read(
            request.scope,
            request.key,
            request.customer_id,
            with_cart=request.command.cart_version is not None,
            address_id=request.command.address_id,
            now=now,
        )
        if before.replay is not None:
            return _same(before.replay, request)
        try:
            return await self._new(request, before, render)
        except ShopError:
            # Whatever stands in the way now, the same request may have been placed a moment ago: by its twin, or by a
            # write whose answer was lost. Only the table knows.
            found = await self.checkouts.replay(request.scope, request.key, self._now())
            if found is None:
                raise
            return _same(found, request)

    async def _new(self, request: Request, before: Before, render: Render) -> Replay:
        address = self._address(request.command, before)
        lines = self._lines(request, before)
        async with self.pace.turn(self._pace_of(request)) as turn:
            stocks: Mapping[Sku, Stock] = {}
            for _ in range(PRICE_ATTEMPTS_MAX):
                quote = await self._agreed(request.command, lines, address, stocks)
                order = self._order(request, quote, address)
                replay = Replay(request.hash, CREATED, render(order))
                try:
                    await self._commit(request, order, quote.priced, replay)
                except UnitRefused as refused:
                    if (twin := _twin(refused, self._now())) is not None:
                        return _same(twin, request)
                    stocks = self._met(refused, request, quote.priced)
                else:
                    turn.placed = True
                    return replay
        raise _busy()

    async def _commit(self, request: Request, order: Order, priced: Priced, replay: Replay) -> None:
        unit = Unit()
        store.record(unit, request.scope, request.key, replay, order.placed_at)
        self.catalog.take(unit, stock_lines(priced))
        self.orders.place(unit, order)
        if request.command.cart_version is not None:
            self.carts.clear(unit, request.customer_id, request.command.cart_version)
        self.catalog.announce(unit, [line.product_id for line in order.lines])
        await self.commit(unit, store.request_token(request.customer_id, request.key, order.id))

    def _met(self, refused: UnitRefused, request: Request, priced: Priced) -> dict[Sku, Stock]:
        """Raises what a refused transaction means, or gives the stock it met if only versions of prices differ."""
        by_label = {failure.label: failure for failure in refused.failures}
        if "cart" in by_label:
            cart = self.carts.parse(request.customer_id, by_label["cart"].item)
            raise Refusals.cart_changed() if cart.lines else Refusals.cart_empty()
        met: dict[Sku, Stock] = {}
        short: dict[Sku, int] = {}
        for line in priced.lines:
            failure = by_label.get(f"sku:{line.sku}")
            if failure is None:
                continue
            stock = self.catalog.stock_in(failure)
            if stock is None or not stock.sellable or stock.available < line.quantity:
                short[line.sku] = stock.available if stock is not None and stock.sellable else 0
            else:
                met[line.sku] = stock
        if short:
            raise Refusals.insufficient_stock(short)
        if not met:
            raise _busy()
        return met

    async def _agreed(
        self, command: PlaceOrder, lines: Mapping[Sku, int], address: PostalAddress, stocks: Mapping[Sku, Stock]
    ) -> Quote:
        """What the order comes to, which is what the shopper has seen; Conflict with the truth if it is not."""
        priced = cart_model.price(lines, self.carts.offers(lines, stocks), self.currency)
        _refuse_unsellable(priced)
        quote = self._quote(priced, address.country, command.shipping_method, None)
        if quote.priced.totals.total != command.expected_total and not stocks:
            # This process may be the one that is behind; look before saying that the shopper is.
            quote = self._quote(await self.carts.price_now(lines), address.country, command.shipping_method, None)
            _refuse_unsellable(quote.priced)
        if quote.priced.totals.total != command.expected_total:
            raise Refusals.price_changed(quote.priced, self.locale)
        return quote

    def _quote(self, priced: Priced, country: str, method_id: str | None, cart_version: int | None) -> Quote:
        methods = self.shipping.methods(country, priced.totals.subtotal)
        chosen = _chosen(methods, method_id)
        if chosen is None and method_id is not None:
            raise Conflict("shipping_method_unavailable", "This delivery is not offered to that address.")
        sums = self._sums(priced, chosen)
        return Quote(methods, chosen, Priced(priced.lines, sums), cart_version)

    def _sums(self, priced: Priced, chosen: ShippingOffer | None) -> Totals:
        counted = cart_model.counted(priced.lines)
        return cart_model.totals(counted, self.currency, chosen.price if chosen is not None else None)

    def _order(self, request: Request, quote: Quote, address: PostalAddress) -> Order:
        new = NewOrder(
            OrderId(self.ids.new("ord")), self.ids.order_number(), request.customer_id, self._now(), self.locale
        )
        return make_order(new, request.command, address, quote, quote.priced.totals)

    def _address(self, command: PlaceOrder, before: Before) -> PostalAddress:
        if command.payment_method != PaymentMethod.CASH_ON_DELIVERY:
            raise Conflict("payment_method_unavailable", "Cards are not taken yet. Choose cash on delivery.")
        if command.address is not None:
            return command.address
        if before.address is None:
            raise NotFound("not_found", "There is no such address.")
        return before.address.postal

    def _lines(self, request: Request, before: Before) -> Mapping[Sku, int]:
        if request.command.cart_version is None:
            return request.command.lines
        cart = self.carts.parse(request.customer_id, before.cart)
        if not cart.lines:
            raise Refusals.cart_empty()
        if cart.version != request.command.cart_version:
            raise Refusals.cart_changed()
        return cart.lines

    def _pace_of(self, request: Request) -> dict[str, int]:
        email = request.command.contact.email.casefold()
        names = {} if email == request.own_email.casefold() else {f"email:{email}": self.limits.per_email}
        if not request.signed_in:
            names[f"guest:{request.customer_id}"] = self.limits.per_guest
            names[f"address:{request.address}"] = self.limits.per_address
        return names

    def _now(self) -> datetime:
        """To the millisecond, as it is stored: the first answer and every later one show the same time."""
        now = self.clock.now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _chosen(methods: tuple[ShippingOffer, ...], method_id: str | None) -> ShippingOffer | None:
    if method_id is None:
        return methods[0] if methods else None
    return next((method for method in methods if method.id == method_id), None)


def _twin(refused: UnitRefused, now: datetime) -> Replay | None:
    """What the request that was faster under the same key was answered with, if there was one."""
    failure = next((one for one in refused.failures if one.label == store.RECORD_LABEL), None)
    return store.replay_in(failure, now) if failure is not None else None


def _busy() -> Unavailable:
    return Unavailable("busy", "Send the same order again, with the same key.", retry_after_seconds=1)


def _refuse_unsellable(priced: Priced) -> None:
    """What no transaction has to be asked about."""
    if gone := [line.sku for line in priced.lines if line.problem is LineProblem.GONE]:
        raise Refusals.insufficient_stock(dict.fromkeys(gone, 0))
    if any(line.problem is LineProblem.TOO_MUCH for line in priced.lines):
        raise Invalid("total_too_large", "That comes to more than one order can hold.")


def _same(replay: Replay, request: Request) -> Replay:
    if replay.request_hash != request.hash:
        raise Invalid("idempotency_key_reused", "This key was used for another order. Take a new one.")
    return replay
