"""Sets of products as the bits of one integer: a product is a slot, a set is an `int` with that bit. Knows no product.

At 100,000 products such a set has 12.5 KB; meeting two of them takes two microseconds, counting one four.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence

FEW = 128
"""So many slots are kept as a list: a set of bits costs as much as its greatest slot, however few it holds."""
_ONE = ord("1")
_ONES = bytes(byte == _ONE for byte in range(256))


def mask_of(slots: Collection[int]) -> int:
    """The set of these slots."""
    if not slots:
        return 0
    if len(slots) == 1:
        return 1 << next(iter(slots))
    # As digits to the base of two, which is read back in one go: twice as quick as setting bits of bytes.
    digits = bytearray(b"0") * (max(slots) + 1)
    for slot in slots:
        digits[slot] = _ONE
    digits.reverse()
    return int(digits, 2)


def flags_of(bits: int) -> bytes:
    """A byte per slot, 1 if it is in the set, up to the greatest slot in it."""
    return f"{bits:b}".encode().translate(_ONES)[::-1]


def slots_of(bits: int) -> list[int]:
    """The slots of a set, ascending."""
    flags = flags_of(bits)
    slots = []
    at = flags.find(1)
    while at >= 0:
        slots.append(at)
        at = flags.find(1, at + 1)
    return slots


class Members:
    """The products of one value of a filter: a short list while they are few, bits from then on."""

    __slots__ = ("_bits", "_few")

    def __init__(self) -> None:
        self._few: array[int] | None = array("I")
        self._bits = 0

    def __bool__(self) -> bool:
        return bool(self._bits if self._few is None else self._few)

    def __len__(self) -> int:
        return self._bits.bit_count() if self._few is None else len(self._few)

    def add(self, slots: Sequence[int]) -> None:
        """Take in slots that are not members yet."""
        if self._few is not None and len(self._few) + len(slots) <= FEW:
            self._few.extend(slots)
            return
        if self._few is not None:
            self._bits, self._few = mask_of(self._few), None
        self._bits |= mask_of(slots)

    def discard(self, slots: Sequence[int]) -> None:
        """Take out members."""
        if self._few is not None:
            gone = set(slots)
            self._few = array("I", (slot for slot in self._few if slot not in gone))
            return
        self._bits &= ~mask_of(slots)
        if self._bits.bit_count() <= FEW // 2:
            self._bits, self._few = 0, array("I", slots_of(self._bits))

    @property
    def bits(self) -> int:
        """The whole set."""
        return self._bits if self._few is None else mask_of(self._few)

    def count_in(self, bits: int, flags: bytes) -> int:
        """How many of them are in a set, given as bits and as flags."""
        if self._few is None:
            return (self._bits & bits).bit_count()
        end = len(flags)
        return sum(flags[slot] for slot in self._few if slot < end)


class Numbers:
    """A whole number >= 0 per product, one set for each of its binary digits, so that a range is a few meetings."""

    def __init__(self) -> None:
        self._digits: list[int] = []

    def add(self, held: Iterable[tuple[int, int]]) -> None:
        """Slots, none of which has a number yet, with theirs."""
        self._flip(held)

    def discard(self, held: Iterable[tuple[int, int]]) -> None:
        """Slots with the numbers they had."""
        self._flip(held)

    def below(self, bits: int, bound: int) -> int:
        """Those of a set whose number is less than `bound`."""
        if bound <= 0:
            return 0
        if bound.bit_length() > len(self._digits):
            return bits
        less, equal = 0, bits
        for at in range(len(self._digits) - 1, -1, -1):
            digit = self._digits[at]
            if bound >> at & 1:
                less |= equal & ~digit
                equal &= digit
            else:
                equal &= ~digit
            if not equal:
                break
        return less

    def least(self, bits: int) -> int:
        """The least number in a set that is not empty."""
        value = 0
        for at in range(len(self._digits) - 1, -1, -1):
            zeros = bits & ~self._digits[at]
            if zeros:
                bits = zeros
            else:
                value |= 1 << at
        return value

    def greatest(self, bits: int) -> int:
        """The greatest number in a set that is not empty."""
        value = 0
        for at in range(len(self._digits) - 1, -1, -1):
            ones = bits & self._digits[at]
            if ones:
                bits = ones
                value |= 1 << at
        return value

    def _flip(self, held: Iterable[tuple[int, int]]) -> None:
        slots: list[list[int]] = [[] for _ in self._digits]
        for slot, number in held:
            while number.bit_length() > len(slots):
                slots.append([])
            for at in range(number.bit_length()):
                if number >> at & 1:
                    slots[at].append(slot)
        self._digits += [0] * (len(slots) - len(self._digits))
        for at, changed in enumerate(slots):
            self._digits[at] ^= mask_of(changed)


def add_up(weighted: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sets with whole weights > 0, as (sum, slots of that sum) for each sum but zero, greatest first."""
    planes: list[int] = []
    for bits, weight in weighted:
        for at in range(weight.bit_length()):
            if weight >> at & 1:
                _carry(planes, bits, at)
    whole = 0
    for plane in planes:
        whole |= plane
    sums = [(0, whole)]
    for at in range(len(planes) - 1, -1, -1):
        split = (
            (value | one << at, bits & (planes[at] if one else ~planes[at])) for value, bits in sums for one in (1, 0)
        )
        sums = [(value, bits) for value, bits in split if bits]
    return sums


def _carry(planes: list[int], bits: int, at: int) -> None:
    while bits:
        while len(planes) <= at:
            planes.append(0)
        planes[at], bits = planes[at] ^ bits, planes[at] & bits
        at += 1
