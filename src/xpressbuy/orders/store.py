"""Orders as items: under their customer, newest last, found by id through GSI1 and by state through GSI2.

Also builds the item that makes the confirmation mail due, since it is part of the order's own unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from xpressbuy.accounts.model import PostalAddress
from xpressbuy.cart.model import Totals
from xpressbuy.kit.clock import from_rfc3339, to_rfc3339
from xpressbuy.kit.ids import CustomerId, OrderId, ProductId, Sku
from xpressbuy.kit.money import Money
from xpressbuy.media.model import ImageId, ImageRecord
from xpressbuy.orders.model import (
    ChosenShipping,
    Contact,
    HistoryEntry,
    Order,
    OrderLine,
    OrderState,
    Payment,
    PaymentMethod,
    PaymentState,
)
from xpressbuy.table import keys
from xpressbuy.table.client import Query, Table
from xpressbuy.table.schema import GSI1, GSI1PK, GSI1SK, GSI2PK, GSI2SK, PK, SK
from xpressbuy.table.unit import ABSENT, Put, Unit

CONFIRMATION = "CONFIRMATION"
ORDER_LABEL = "order"
MAIL_LABEL = "mail"


class Orders:
    """Reads orders and adds new ones to units."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def get(self, customer_id: CustomerId, order_id: OrderId, *, consistent: bool = False) -> Order | None:
        """One order of one customer: 1 GetItem."""
        item = await self._table.get(keys.order(customer_id, order_id), consistent=consistent)
        return read_order(item) if item else None

    async def by_id(self, order_id: OrderId) -> Order | None:
        """Anybody's order, for operators and the mail: 1 Query on GSI1. Never decide on money by this copy."""
        where = keys.gsi1_order(order_id)
        rows = await self._table.query(Query(where.pk, index=GSI1), limit=1)
        return read_order(rows.items[0]) if rows.items else None

    async def page_of_customer(
        self, customer_id: CustomerId, *, limit: int, before: OrderId | None = None
    ) -> tuple[list[Order], OrderId | None]:
        """A customer's orders, newest first: 1 Query. The second part is where the next page begins, if there is one.

        Ids sort by the moment they were made, so the id is the position.
        """
        pk, prefix = keys.order(customer_id, "")
        query = Query(pk, begins_with=prefix, forward=False)
        start = {PK: pk, SK: keys.order(customer_id, before).sk} if before else None
        rows = await self._table.query(query, limit=limit, start=start)
        last = str(rows.last_key[SK]).removeprefix(prefix) if rows.last_key else None
        return [read_order(item) for item in rows.items], OrderId(last) if last else None


def place(unit: Unit, order: Order) -> None:
    """Adds a new order and the mail that it owes to a unit; either fails if it is there already."""
    unit.add(ORDER_LABEL, Put(order_item(order), ABSENT))
    unit.add(MAIL_LABEL, mail_pending(order))


def mail_pending(order: Order) -> Put:
    """The item that makes the confirmation mail due. `notifications` takes it from here."""
    where = keys.mail(order.id, CONFIRMATION)
    due = keys.gsi2_mails_open(to_rfc3339(order.placed_at))
    item = {
        PK: where.pk,
        SK: where.sk,
        GSI2PK: due.pk,
        GSI2SK: due.sk,
        "state": "PENDING",
        "kind": CONFIRMATION,
        "customer_id": order.customer_id,
        "order_id": order.id,
        "to": order.contact.email,
        "created_at": to_rfc3339(order.placed_at),
    }
    return Put(item, ABSENT)


def order_item(order: Order) -> dict[str, Any]:
    """The item of an order."""
    where = keys.order(order.customer_id, order.id)
    by_id = keys.gsi1_order(order.id)
    by_state = keys.gsi2_orders(order.state, to_rfc3339(order.placed_at))
    return {
        PK: where.pk,
        SK: where.sk,
        GSI1PK: by_id.pk,
        GSI1SK: by_id.sk,
        GSI2PK: by_state.pk,
        GSI2SK: by_state.sk,
        "id": order.id,
        "number": order.number,
        "customer_id": order.customer_id,
        "state": order.state.value,
        "placed_at": to_rfc3339(order.placed_at),
        "lines": [_line_item(line) for line in order.lines],
        "currency": order.totals.total.currency,
        "totals": _totals_item(order.totals),
        "contact": {"email": order.contact.email, "name": order.contact.name, "phone": order.contact.phone},
        "shipping_address": _address_item(order.shipping_address),
        **_present(billing_address=order.billing_address and _address_item(order.billing_address)),
        "shipping_method": {
            "id": order.shipping_method.id,
            "name": order.shipping_method.name,
            "price": order.shipping_method.price.amount,
            "delivery_from": order.shipping_method.delivery_from.isoformat(),
            "delivery_to": order.shipping_method.delivery_to.isoformat(),
        },
        "payment": {"method": order.payment.method.value, "state": order.payment.state.value},
        "history": [
            {"at": to_rfc3339(entry.at), "state": entry.state.value, "note": entry.note} for entry in order.history
        ],
        "locale": order.locale,
        "version": order.version,
    }


def read_order(item: Mapping[str, Any]) -> Order:
    """The order in an item. Every amount of an order is in its one currency."""
    currency = str(item["currency"])
    shipping, billing = item["shipping_method"], item.get("billing_address")
    return Order(
        id=OrderId(item["id"]),
        number=item["number"],
        customer_id=CustomerId(item["customer_id"]),
        state=OrderState(item["state"]),
        placed_at=from_rfc3339(item["placed_at"]),
        lines=tuple(_read_line(line, currency) for line in item["lines"]),
        totals=_read_totals(item["totals"], currency),
        contact=Contact(item["contact"]["email"], item["contact"]["name"], item["contact"]["phone"]),
        shipping_address=_read_address(item["shipping_address"]),
        billing_address=_read_address(billing) if billing else None,
        shipping_method=ChosenShipping(
            id=shipping["id"],
            name=shipping["name"],
            price=Money(int(shipping["price"]), currency),
            delivery_from=date.fromisoformat(shipping["delivery_from"]),
            delivery_to=date.fromisoformat(shipping["delivery_to"]),
        ),
        payment=Payment(PaymentMethod(item["payment"]["method"]), PaymentState(item["payment"]["state"])),
        history=tuple(
            HistoryEntry(from_rfc3339(entry["at"]), OrderState(entry["state"]), entry["note"])
            for entry in item["history"]
        ),
        locale=item["locale"],
        version=int(item["version"]),
    )


def _present(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _line_item(line: OrderLine) -> dict[str, Any]:
    return {
        "product_id": line.product_id,
        "sku": line.sku,
        "slug": line.slug,
        "name": line.name,
        "options": dict(line.options),
        "quantity": line.quantity,
        "unit_price": line.unit_price.amount,
        "line_total": line.line_total.amount,
        **_present(image=line.image and _image_item(line.image)),
    }


def _read_line(item: Mapping[str, Any], currency: str) -> OrderLine:
    image = item.get("image")
    return OrderLine(
        product_id=ProductId(item["product_id"]),
        sku=Sku(item["sku"]),
        slug=item["slug"],
        name=item["name"],
        options=dict(item["options"]),
        image=_read_image(image) if image else None,
        quantity=int(item["quantity"]),
        unit_price=Money(int(item["unit_price"]), currency),
        line_total=Money(int(item["line_total"]), currency),
    )


def _image_item(image: ImageRecord) -> dict[str, Any]:
    return {
        "id": image.id,
        "alt": image.alt,
        "width": image.width,
        "height": image.height,
        "placeholder": image.placeholder,
        "widths": list(image.widths),
        "formats": list(image.formats),
    }


def _read_image(item: Mapping[str, Any]) -> ImageRecord:
    return ImageRecord(
        id=ImageId(item["id"]),
        alt=item["alt"],
        width=int(item["width"]),
        height=int(item["height"]),
        placeholder=item["placeholder"],
        widths=tuple(int(width) for width in item["widths"]),
        formats=tuple(item["formats"]),
    )


def _totals_item(totals: Totals) -> dict[str, Any]:
    return {
        "subtotal": totals.subtotal.amount,
        "discount": totals.discount.amount,
        "total": totals.total.amount,
        **_present(
            shipping=totals.shipping.amount if totals.shipping is not None else None,
            tax=totals.tax.amount if totals.tax is not None else None,
        ),
    }


def _read_totals(item: Mapping[str, Any], currency: str) -> Totals:
    def money(name: str) -> Money | None:
        return Money(int(item[name]), currency) if name in item else None

    return Totals(
        subtotal=Money(int(item["subtotal"]), currency),
        discount=Money(int(item["discount"]), currency),
        shipping=money("shipping"),
        tax=money("tax"),
        total=Money(int(item["total"]), currency),
    )


def _address_item(address: PostalAddress) -> dict[str, str]:
    return asdict(address)


def _read_address(item: Mapping[str, str]) -> PostalAddress:
    return PostalAddress(**item)
