from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpressbuy.cart.model import (
    LINE_TOTAL_MAX,
    LINES_MAX,
    QUANTITY_MAX,
    LineProblem,
    Offer,
    PricedLine,
    merge,
    offer,
    price,
    problem_of,
    totals,
)
from xpressbuy.catalog.model import Product, Stock, Variant
from xpressbuy.kit.ids import ProductId, Sku
from xpressbuy.kit.money import AMOUNT_MAX, Money

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TEE = Product(ProductId("prd_1"), "tee", "Tee", 1, NOW, NOW)
SKUS = st.sampled_from([Sku(f"S{number}") for number in range(80)])
QUANTITIES = st.integers(1, QUANTITY_MAX)
CARTS = st.dictionaries(SKUS, QUANTITIES, max_size=LINES_MAX)


def make_offer(amount: int = 1000, available: int | None = 10, *, sellable: bool = True) -> Offer:
    variant = Variant(Sku("S"), {}, Money(amount, "USD"))
    return Offer(TEE, variant, variant.price, 1, sellable, available)


def make_stock(*, price_version: int, amount: int, sellable: bool = True, available: int = 5) -> Stock:
    return Stock(Sku("S"), available, Money(amount, "USD"), None, price_version, sellable, NOW, TEE.id)


@pytest.mark.parametrize(
    ("quantity", "offered", "expected"),
    [
        (10, make_offer(), None),
        (11, make_offer(), LineProblem.INSUFFICIENT_STOCK),
        (1, make_offer(available=0), LineProblem.SOLD_OUT),
        (1, make_offer(available=-3), LineProblem.SOLD_OUT),
        (999, make_offer(available=None), None),
        (1, make_offer(sellable=False), LineProblem.GONE),
        (1, None, LineProblem.GONE),
        (2, make_offer(LINE_TOTAL_MAX, 10), LineProblem.TOO_MUCH),
        (1, make_offer(LINE_TOTAL_MAX, 10), None),
    ],
)
def test_what_stands_against_a_line(quantity: int, offered: Offer | None, expected: LineProblem | None) -> None:
    assert problem_of(quantity, offered) is expected


def test_the_newer_price_counts_whichever_item_has_it() -> None:
    variant = Variant(Sku("S"), {}, Money(1000, "USD"), price_version=2)
    assert offer(TEE, variant, None).price.amount == 1000
    assert offer(TEE, variant, make_stock(price_version=3, amount=1500)).price.amount == 1500
    assert offer(TEE, variant, make_stock(price_version=1, amount=500)).price.amount == 1000
    assert offer(TEE, variant, make_stock(price_version=3, amount=1500)).price_version == 3


def test_what_is_taken_off_sale_in_either_item_is_not_sold() -> None:
    on_sale = Variant(Sku("S"), {}, Money(1000, "USD"))
    off_sale = Variant(Sku("S"), {}, Money(1000, "USD"), sellable=False)
    assert not offer(TEE, on_sale, make_stock(price_version=1, amount=1000, sellable=False)).sellable
    assert not offer(TEE, off_sale, make_stock(price_version=1, amount=1000)).sellable
    assert offer(TEE, on_sale, make_stock(price_version=1, amount=1000)).sellable


LINES = st.lists(
    st.builds(
        PricedLine,
        SKUS,
        QUANTITIES,
        st.integers(0, LINE_TOTAL_MAX // QUANTITY_MAX).map(lambda amount: Money(amount, "USD")),
    ),
    max_size=LINES_MAX,
)


@given(LINES, st.one_of(st.none(), st.integers(0, LINE_TOTAL_MAX)))
def test_parts_sum_to_the_whole_and_nothing_is_negative(lines: list[PricedLine], fee: int | None) -> None:
    shipping = None if fee is None else Money(fee, "USD")
    sums = totals(lines, "USD", shipping)
    assert sums.subtotal.amount == sum(line.unit_price.amount * line.quantity for line in lines)
    tax = sums.tax.amount if sums.tax else 0
    assert sums.total.amount == sums.subtotal.amount - sums.discount.amount + (fee or 0) + tax
    assert min(sums.subtotal.amount, sums.discount.amount, sums.total.amount) >= 0
    assert sums.total.amount <= AMOUNT_MAX


@given(LINES)
def test_the_order_of_lines_makes_no_difference(lines: list[PricedLine]) -> None:
    assert totals(lines, "USD") == totals(lines[::-1], "USD")


def test_fifty_lines_at_their_bound_and_the_dearest_delivery_fit() -> None:
    line = PricedLine(Sku("S"), 1, Money(LINE_TOTAL_MAX, "USD"))
    assert totals([line] * LINES_MAX, "USD", Money(LINE_TOTAL_MAX, "USD")).total.amount <= AMOUNT_MAX


@pytest.mark.parametrize(("quantity", "amount"), [(0, 1), (-1, 1), (QUANTITY_MAX + 1, 1), (1, -1), (2, LINE_TOTAL_MAX)])
def test_no_line_is_out_of_bounds(quantity: int, amount: int) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        PricedLine(Sku("S"), quantity, Money(amount, "USD"))


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="two currencies"):
        totals([PricedLine(Sku("S"), 1, Money(1, "EUR"))], "USD")


def test_what_is_gone_or_too_much_costs_nothing_and_stays_in_sight() -> None:
    lines = {Sku("A"): 1, Sku("B"): 2, Sku("C"): 3}
    priced = price(lines, {Sku("A"): make_offer(250), Sku("B"): make_offer(LINE_TOTAL_MAX)}, "USD")
    assert {line.sku: line.problem for line in priced.lines} == {
        "A": None,
        "B": LineProblem.TOO_MUCH,
        "C": LineProblem.GONE,
    }
    assert priced.totals.total == Money(250, "USD")
    assert [line.sku for line in priced.problems] == ["B", "C"]


@given(st.dictionaries(SKUS, QUANTITIES, max_size=LINES_MAX))
def test_lines_keep_their_places_however_the_map_is_ordered(lines: dict[Sku, int]) -> None:
    backwards = dict(reversed(lines.items()))
    offers = {sku: make_offer() for sku in lines}
    assert price(lines, offers, "USD") == price(backwards, offers, "USD")


@given(CARTS, CARTS)
def test_merging_neither_loses_nor_doubles(guest: dict[Sku, int], own: dict[Sku, int]) -> None:
    merged = merge(guest, own, {})
    assert len(merged.moved) <= LINES_MAX
    for sku in {*guest, *own}:
        together = merged.moved.get(sku, 0) + merged.left.get(sku, 0)
        assert together == min(guest.get(sku, 0) + own.get(sku, 0), QUANTITY_MAX)


@given(CARTS, CARTS)
def test_merging_again_changes_nothing(guest: dict[Sku, int], own: dict[Sku, int]) -> None:
    once = merge(guest, own, {})
    assert merge(once.left, once.moved, {}).moved == once.moved


@given(CARTS, CARTS, st.dictionaries(SKUS, st.integers(0, 2000)))
def test_stock_bounds_only_what_merging_makes_larger(
    guest: dict[Sku, int], own: dict[Sku, int], available: dict[Sku, int]
) -> None:
    moved = merge(guest, own, available).moved
    for sku, quantity in own.items():
        if sku not in guest:
            assert moved[sku] == quantity
        elif sku in available and available[sku] > 0:
            assert moved[sku] <= available[sku]
        else:
            assert moved[sku] >= max(quantity, guest[sku])


@pytest.mark.parametrize(
    ("guest", "own", "available", "expected"),
    [
        (2, 3, None, 5),
        (2, 3, 10, 5),
        (2, 3, 4, 4),
        (2, 3, 1, 1),
        (2, 3, 0, 3),
        (600, 600, None, QUANTITY_MAX),
    ],
)
def test_a_sku_in_both_carts(guest: int, own: int, available: int | None, expected: int) -> None:
    stock = {} if available is None else {Sku("S"): available}
    assert merge({Sku("S"): guest}, {Sku("S"): own}, stock).moved == {"S": expected}
