"""Orders to test with."""

from __future__ import annotations

from datetime import UTC, date, datetime

from xpressbuy.accounts.model import PostalAddress
from xpressbuy.cart.model import PricedLine, totals
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

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def make_order(
    order_id: str = "ord_00000000000000000000000001",
    customer_id: str = "gst_00000000000000000000000001",
    *,
    currency: str = "USD",
    at: datetime = NOON,
) -> Order:
    tee = Money(1999, currency)
    price = Money(500, currency)
    image = ImageRecord(ImageId("img_" + "a" * 26), "A tee, front", 1200, 1500, "#eeddcc", (320, 640, 1200))
    return Order(
        id=OrderId(order_id),
        number="XB-7K4M-9QPT",
        customer_id=CustomerId(customer_id),
        state=OrderState.PLACED,
        placed_at=at,
        lines=(
            OrderLine(
                product_id=ProductId("prd_00000000000000000000000001"),
                sku=Sku("TEE-RED-M"),
                slug="tee",
                name="Tee",
                options={"Colour": "Red", "Size": "M"},
                image=image,
                quantity=2,
                unit_price=tee,
                line_total=tee * 2,
            ),
        ),
        totals=totals([PricedLine(Sku("TEE-RED-M"), 2, tee)], currency, price),
        contact=Contact("asha@example.com", "Asha Rao"),
        shipping_address=PostalAddress("Asha Rao", "12 MG Road", "Bengaluru", "IN", region="KA", postal_code="560001"),
        billing_address=None,
        shipping_method=ChosenShipping("standard", "Standard", price, date(2026, 11, 24), date(2026, 11, 27)),
        payment=Payment(PaymentMethod.CASH_ON_DELIVERY, PaymentState.DUE),
        history=(HistoryEntry(at, OrderState.PLACED),),
        locale="en_US",
    )
