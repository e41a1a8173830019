from __future__ import annotations

from datetime import timedelta

import pytest
from tests.modules.orders.samples import NOON, make_order

from xpressbuy.kit.ids import CustomerId, OrderId
from xpressbuy.orders import store
from xpressbuy.orders.store import Orders
from xpressbuy.table.client import Table
from xpressbuy.table.unit import Unit, UnitRefused

pytestmark = [pytest.mark.anyio, pytest.mark.cloud]
OWNER = CustomerId("gst_00000000000000000000000001")


async def _place(table: Table, number: int, customer: str = OWNER) -> OrderId:
    unit = Unit()
    order_id = OrderId(f"ord_{number:026d}")
    store.place(unit, make_order(order_id, customer, at=NOON + timedelta(minutes=number)))
    await table.commit(unit)
    return order_id


@pytest.mark.parametrize("currency", ["USD", "JPY", "INR"])
def test_an_order_reads_back_as_it_was_written(currency: str) -> None:
    order = make_order(currency=currency)
    assert store.read_order(store.order_item(order)) == order


async def test_an_order_survives_the_table(table: Table) -> None:
    order_id = await _place(table, 1)
    expected = make_order(order_id, at=NOON + timedelta(minutes=1))
    assert await Orders(table).get(OWNER, order_id) == expected
    assert await Orders(table).by_id(order_id) == expected


async def test_another_customer_does_not_find_it(table: Table) -> None:
    order_id = await _place(table, 1)
    assert await Orders(table).get(CustomerId("gst_other"), order_id) is None


async def test_the_same_order_is_never_written_twice(table: Table) -> None:
    await _place(table, 1)
    with pytest.raises(UnitRefused) as refused:
        await _place(table, 1)
    assert refused.value.labels() == {store.ORDER_LABEL, store.MAIL_LABEL}


async def test_pages_run_from_new_to_old_without_a_gap(table: Table) -> None:
    placed = [await _place(table, number) for number in range(5)]
    await _place(table, 9, "gst_other")
    orders = Orders(table)
    seen: list[OrderId] = []
    before: OrderId | None = None
    for _ in range(4):
        page, before = await orders.page_of_customer(OWNER, limit=2, before=before)
        seen += [order.id for order in page]
        if before is None:
            break
    assert seen == placed[::-1]


async def test_the_mail_item_is_due_and_says_whose_it_is(table: Table) -> None:
    put = store.mail_pending(make_order())
    assert put.item["PK"] == "MAIL#ord_00000000000000000000000001"
    assert put.item["SK"] == "CONFIRMATION"
    assert put.item["GSI2PK"] == "MAILS#open"
    assert (put.item["state"], put.item["to"]) == ("PENDING", "asha@example.com")
    assert put.item["customer_id"] == OWNER
