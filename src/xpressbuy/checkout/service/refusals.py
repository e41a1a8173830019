"""Why an order is not placed, each with the lines it is about and what is true now."""

from __future__ import annotations

from collections.abc import Mapping

from xpressbuy.cart.model import Priced
from xpressbuy.cart.service import line_pointer, say_stock, stock_error
from xpressbuy.kit.errors import Conflict, ErrorItem
from xpressbuy.kit.ids import Sku
from xpressbuy.kit.money import format_money


class Refusals:
    """Conflicts, made in one place so that their codes and words stay the same."""

    @staticmethod
    def cart_empty() -> Conflict:
        return Conflict("cart_empty", "There is nothing in your cart.")

    @staticmethod
    def cart_changed() -> Conflict:
        return Conflict("cart_changed", "Your cart has changed in the meantime. Look it over and order again.")

    @staticmethod
    def insufficient_stock(available: Mapping[Sku, int]) -> Conflict:
        """`available` names every line that is short with what is left of it."""
        errors = [stock_error(sku, left) for sku, left in available.items()]
        sentence = (
            say_stock(next(iter(available.values()))) if len(available) == 1 else "Some of it is no longer there."
        )
        return Conflict("insufficient_stock", sentence, errors=errors)

    @staticmethod
    def price_changed(priced: Priced, locale: str) -> Conflict:
        """The new total first, then every line at its price now."""
        total = priced.totals.total
        said = format_money(total, locale)
        errors = [ErrorItem("/expected_total", "price_changed", f"Now {said}.", {"amount": total.amount})]
        errors += [
            ErrorItem(
                line_pointer(line.sku),
                "price_changed",
                f"{format_money(line.unit_price, locale)} each.",
                {"amount": line.unit_price.amount},
            )
            for line in priced.lines
        ]
        return Conflict("price_changed", f"The total is now {said}.", errors=errors)
