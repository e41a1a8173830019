from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.modules.orders.samples import NOON, make_order

from xpressbuy.orders.model import HISTORY_MAX, TRANSITIONS, ForbiddenTransition, OrderState, can, move


def test_a_placed_order_is_shipped_then_delivered() -> None:
    delivered = move(move(make_order(), OrderState.SHIPPED, NOON), OrderState.DELIVERED, NOON + timedelta(days=2))
    assert [entry.state for entry in delivered.history] == [
        OrderState.PLACED,
        OrderState.SHIPPED,
        OrderState.DELIVERED,
    ]
    assert delivered.version == 3


@pytest.mark.parametrize("state", list(OrderState))
def test_only_the_steps_of_the_table_are_possible(state: OrderState) -> None:
    order = replace(make_order(), state=state)
    for to in OrderState:
        if to in TRANSITIONS[state]:
            assert move(order, to, NOON).state is to
        else:
            with pytest.raises(ForbiddenTransition):
                move(order, to, NOON)


def test_every_state_stands_in_the_table() -> None:
    assert set(TRANSITIONS) == set(OrderState)


def test_the_history_is_bounded_and_keeps_the_newest() -> None:
    order = replace(make_order(), history=make_order().history * HISTORY_MAX)
    moved = move(order, OrderState.SHIPPED, NOON)
    assert len(moved.history) == HISTORY_MAX
    assert moved.history[-1].state is OrderState.SHIPPED


def test_a_cancelled_order_is_not_reviewed() -> None:
    assert can(make_order()).review
    assert not can(move(make_order(), OrderState.CANCELLED, NOON)).review
