"""Sets of slots as integers, against Python's own sets."""

from hypothesis import given
from hypothesis import strategies as st

from xpressbuy.search.model.bits import FEW, Members, Numbers, add_up, mask_of, slots_of
from xpressbuy.search.model.facets import BUCKETS_MAX, price_range


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 3 * FEW), max_size=FEW)), max_size=8))
def test_members_hold_what_was_added_however_many(steps: list[tuple[bool, set[int]]]) -> None:
    members, held = Members(), set[int]()
    for adding, slots in steps:
        change = slots - held if adding else slots & held
        (members.add if adding else members.discard)(sorted(change))
        held = held | change if adding else held - change
        assert slots_of(members.bits) == sorted(held)
        assert len(members) == len(held)
        assert members.count_in(mask_of([1, 5, 90]), b"\0\1\0\0\0\1" + 84 * b"\0" + b"\1") == len(held & {1, 5, 90})


@given(st.dictionaries(st.integers(0, 200), st.integers(0, 10**12), min_size=1), st.integers(-5, 10**12))
def test_numbers_are_compared_exactly(known: dict[int, int], bound: int) -> None:
    numbers = Numbers()
    numbers.add(dict.fromkeys(known, 7).items())
    numbers.discard(dict.fromkeys(known, 7).items())
    numbers.add(known.items())
    everyone = mask_of(list(known))
    assert slots_of(numbers.below(everyone, bound)) == sorted(slot for slot in known if known[slot] < bound)
    assert (numbers.least(everyone), numbers.greatest(everyone)) == (min(known.values()), max(known.values()))


@given(st.lists(st.tuples(st.sets(st.integers(0, 20)), st.integers(1, 5)), max_size=6))
def test_weighted_sets_add_up(weighted: list[tuple[set[int], int]]) -> None:
    sums = add_up((mask_of(sorted(slots)), weight) for slots, weight in weighted)
    expected = {slot: sum(weight for slots, weight in weighted if slot in slots) for slot in range(21)}
    found = {slot: total for total, bits in sums for slot in slots_of(bits)}
    assert found == {slot: total for slot, total in expected.items() if total}
    assert [total for total, _ in sums] == sorted((total for total, _ in sums), reverse=True)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50))
def test_price_buckets_are_few_round_and_hold_every_price_once(prices: list[int]) -> None:
    numbers = Numbers()
    numbers.add(enumerate(prices))
    found = price_range(numbers, mask_of(range(len(prices))))
    assert found is not None
    assert (found.low, found.high) == (min(prices), max(prices))
    assert len(found.buckets) <= BUCKETS_MAX
    assert sum(bucket.count for bucket in found.buckets) == len(prices)
    for left, right in zip(found.buckets, found.buckets[1:], strict=False):
        assert left.high + 1 == right.low
    assert all(bucket.low % 100 == 0 for bucket in found.buckets)
