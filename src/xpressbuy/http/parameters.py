"""Reading query strings strictly: nothing unknown, nothing repeated that is single, bounds on all of it.

Knows no parameter of any endpoint. An empty value counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import parse_qsl

from xpressbuy.kit.errors import ErrorItem, Invalid, Malformed

PAIRS_MAX = 200
VALUE_LENGTH_MAX = 120
VALUES_MAX = 30
"""Values of one repeated parameter."""
_DIGITS = re.compile(r"[0-9]{1,13}")
_DECIMAL = re.compile(r"[0-9](\.[0-9])?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BOOLEANS = {"true": True, "false": False}

Pairs = Sequence[tuple[str, str]]
T = TypeVar("T")


def read_pairs(query_string: bytes) -> Pairs:
    """The parameters of a query string. Malformed (`bad_query`) if it is no UTF-8 or far too long."""
    try:
        return parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=PAIRS_MAX
        )
    except ValueError as error:
        raise Malformed("bad_query", "The address cannot be read.") from error


class Parameters:
    """Takes parameters out one after another and collects what is wrong with them; `finish` refuses it all at once."""

    def __init__(self, pairs: Pairs) -> None:
        self._left: dict[str, list[str]] = {}
        for name, value in pairs:
            self._left.setdefault(name, []).append(value)
        self._errors: list[ErrorItem] = []

    def text(self, name: str, length_max: int) -> str | None:
        """A single text without control characters."""
        values = self._left.pop(name, [])
        if len(values) > 1:
            self.refuse(name, "repeated", "This may be given only once.")
        value = values[0].strip() if values else ""
        if len(value) > length_max or _CONTROL.search(value):
            self.refuse(name, "out_of_bounds", "This text is too long or has signs that are not possible.")
            return None
        return value or None

    def whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number in digits."""
        value = self.text(name, VALUE_LENGTH_MAX)
        if value is None:
            return None
        if not _DIGITS.fullmatch(value) or not low <= int(value) <= high:
            self.refuse(name, "out_of_bounds", f"This is a whole number from {low} to {high}.")
            return None
        return int(value)

    def tenths(self, name: str, high: int) -> int | None:
        """A number under ten with at most one decimal, as tenths."""
        value = self.text(name, VALUE_LENGTH_MAX)
        if value is None:
            return None
        tenths = int(value.replace(".", "").ljust(2, "0")) if _DECIMAL.fullmatch(value) else high + 1
        if tenths > high:
            self.refuse(name, "out_of_bounds", f"This is a number from 0 to {high / 10:g}, with one decimal at most.")
            return None
        return tenths

    def flag(self, name: str) -> bool:
        """`true` or `false`; false if absent."""
        value = self.text(name, VALUE_LENGTH_MAX)
        if value is not None and value not in _BOOLEANS:
            self.refuse(name, "out_of_bounds", "This is true or false.")
        return _BOOLEANS.get(value or "false", False)

    def one_of(self, name: str, kind: Callable[[str], T]) -> T | None:
        """A value of an enumeration; `kind` raises ValueError for what is none."""
        value = self.text(name, VALUE_LENGTH_MAX)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError:
            self.refuse(name, "unknown_value", "This value is not known here.")
            return None

    def several(self, name: str, shown: str | None = None) -> tuple[str, ...]:
        """Short texts, each once, in the order given. `shown` is the name for errors, if the real one is made up."""
        values = [value.strip() for value in self._left.pop(name, [])]
        kept = tuple(dict.fromkeys(value for value in values if value))
        if len(values) > VALUES_MAX or any(len(value) > VALUE_LENGTH_MAX or _CONTROL.search(value) for value in kept):
            self.refuse(shown or name, "out_of_bounds", f"This takes at most {VALUES_MAX} short values.")
        return kept

    def names(self, prefix: str) -> list[str]:
        """Names not yet taken that begin with a prefix."""
        return [name for name in self._left if name.startswith(prefix)]

    def refuse(self, name: str, code: str, detail: str) -> None:
        """Notes an error. `name` is one of ours, never one that the request made up."""
        self._errors.append(ErrorItem(f"/query/{name}" if name else "/query", code, detail))

    def finish(self) -> None:
        """Invalid (`invalid`) with everything that is wrong, unknown parameters included."""
        if self._left:
            self.refuse("", "unknown_parameter", "There is no such parameter here.")
        if self._errors:
            raise Invalid("invalid", "Some parameters are missing or wrong.", errors=self._errors)
