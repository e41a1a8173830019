from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from xpressbuy.checkout.service.pace import NAMES_MAX, Pace
from xpressbuy.kit.clock import FixedClock, from_rfc3339
from xpressbuy.kit.errors import TooMany

pytestmark = pytest.mark.anyio


def make_clock() -> FixedClock:
    return FixedClock(from_rfc3339("2026-11-20T12:00:00Z"))


async def _try(pace: Pace, *, placed: bool = True, limit: int = 3, name: str = "a") -> None:
    async with pace.turn({name: limit}) as turn:
        await asyncio.sleep(0)
        turn.placed = placed


async def test_the_limit_is_exact_when_all_try_at_once() -> None:
    pace = Pace(make_clock())
    outcomes = await asyncio.gather(*(_try(pace) for _ in range(50)), return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) == 3
    assert sum(isinstance(outcome, TooMany) for outcome in outcomes) == 47


async def test_what_was_not_placed_does_not_count() -> None:
    pace = Pace(make_clock())
    await asyncio.gather(*(_try(pace, placed=False) for _ in range(50)))
    await _try(pace)


async def test_a_failure_gives_its_place_back() -> None:
    pace = Pace(make_clock())
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            async with pace.turn({"a": 1}):
                raise ZeroDivisionError
    await _try(pace, limit=1)


async def test_after_the_window_it_begins_again_and_says_when() -> None:
    clock = make_clock()
    pace = Pace(clock)
    await _try(pace, limit=1)
    clock.advance(timedelta(minutes=50))
    with pytest.raises(TooMany) as refused:
        await _try(pace, limit=1)
    assert refused.value.retry_after_seconds is not None
    assert 600 <= refused.value.retry_after_seconds <= 602
    clock.advance(timedelta(minutes=10))
    await _try(pace, limit=1)


async def test_names_do_not_disturb_each_other() -> None:
    pace = Pace(make_clock())
    await _try(pace, limit=1, name="a")
    await _try(pace, limit=1, name="b")


async def test_memory_is_bounded() -> None:
    pace = Pace(make_clock())
    for number in range(NAMES_MAX + 50):
        async with pace.turn({f"name-{number}": 1}):
            pass
    assert len(pace._names) <= NAMES_MAX + 1
