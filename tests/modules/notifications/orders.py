"""Orders as the checkout stores them, for tests of the mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from xpressbuy.accounts.model import PostalAddress
from xpressbuy.cart.model import Totals
from xpressbuy.kit.ids import CustomerId, OrderId, ProductId, Sku
from xpressbuy.kit.money import Money, total
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

PLACED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ORDER_ID = OrderId("ord_01kb0000000000000000000000")
CUSTOMER_ID = CustomerId("0a6f1c3e-1111-4222-8333-444455556666")


def picture(name: str = "img_" + "a" * 26, colour: str = "#dfe6e4") -> ImageRecord:
    return ImageRecord(ImageId(name), "Front", 1200, 1500, colour, (320, 640, 1200))


def order_line(**changes: Any) -> OrderLine:
    quantity, unit_price = changes.get("quantity", 2), changes.get("unit_price", Money(4900, "USD"))
    line = OrderLine(
        product_id=ProductId("prd_01kb0000000000000000000000"),
        sku=Sku("TEE-IND-M"),
        slug="heavy-tee",
        name="Heavy tee",
        options={"Colour": "Indigo", "Size": "M"},
        image=picture(),
        quantity=quantity,
        unit_price=unit_price,
        line_total=unit_price * quantity,
    )
    return replace(line, **changes)


def order(*lines: OrderLine, shipping: int = 500, discount: int = 0, tax: int | None = None, **changes: Any) -> Order:
    bought = lines or (order_line(),)
    currency = bought[0].unit_price.currency
    subtotal = total((line.line_total for line in bought), currency)
    whole = Money(subtotal.amount + shipping - discount + (tax or 0), currency)
    placed = Order(
        id=ORDER_ID,
        number="XB-7K4M-9QPT",
        customer_id=CUSTOMER_ID,
        state=OrderState.PLACED,
        placed_at=PLACED_AT,
        lines=bought,
        totals=Totals(
            subtotal=subtotal,
            discount=Money(discount, currency),
            shipping=Money(shipping, currency),
            tax=None if tax is None else Money(tax, currency),
            total=whole,
        ),
        contact=Contact("asha@example.com", "Asha Rao", "+91 98450 12345"),
        shipping_address=PostalAddress(
            name="Asha Rao",
            line1="14 Lavelle Road",
            line2="Flat 3",
            city="Bengaluru",
            region="Karnataka",
            postal_code="560001",
            country="IN",
        ),
        billing_address=None,
        shipping_method=ChosenShipping(
            "standard", "Standard delivery", Money(shipping, currency), date(2026, 11, 25), date(2026, 11, 28)
        ),
        payment=Payment(PaymentMethod.CASH_ON_DELIVERY, PaymentState.DUE),
        history=(HistoryEntry(PLACED_AT, OrderState.PLACED),),
        locale="en_US",
    )
    return replace(placed, **changes)
