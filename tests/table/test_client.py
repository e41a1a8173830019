"""The table's client against the emulated DynamoDB."""

from __future__ import annotations

import asyncio

import pytest

from xpressbuy.table.client import Query, Table
from xpressbuy.table.keys import Key
from xpressbuy.table.unit import ABSENT, ConditionFailed, Put, Unit, UnitRefused, Update

pytestmark = pytest.mark.anyio


def item(pk: str, sk: str, **rest: object) -> dict[str, object]:
    return {"PK": pk, "SK": sk, **rest}


async def test_writes_and_reads_back(table: Table) -> None:
    await table.write(Put(item("A", "1", n=3, text="ü", deep={"a": [1, True, None]})))
    assert await table.get(Key("A", "1")) == item("A", "1", n=3, text="ü", deep={"a": [1, True, None]})
    assert await table.get(Key("A", "2")) is None


async def test_a_failed_condition_tells_what_is_there(table: Table) -> None:
    await table.write(Put(item("A", "1", n=1)))
    with pytest.raises(ConditionFailed) as refused:
        await table.write(Put(item("A", "1", n=2), ABSENT))
    assert refused.value.item == item("A", "1", n=1)


async def test_a_unit_is_all_or_nothing_and_names_what_failed(table: Table) -> None:
    await table.write(Put(item("S", "1", available=1)))
    unit = Unit()
    unit.add("order", Put(item("O", "1"), ABSENT))
    take = Update(Key("S", "1"), "SET #available = #available - :q", "#available >= :q", {"q": 2})
    unit.add("stock", take)
    with pytest.raises(UnitRefused) as refused:
        await table.commit(unit)
    assert [(failure.label, failure.item) for failure in refused.value.failures] == [
        ("stock", item("S", "1", available=1))
    ]
    assert await table.get(Key("O", "1")) is None


async def test_a_token_makes_a_repeat_the_same_request(table: Table) -> None:
    unit = Unit()
    unit.add("count", Update(Key("C", "1"), "ADD #n :one", None, {"one": 1}))
    await table.commit(unit, "t" * 36)
    await table.commit(unit, "t" * 36)
    assert await table.get(Key("C", "1")) == item("C", "1", n=1)


async def test_a_unit_refuses_two_writes_to_one_item() -> None:
    unit = Unit()
    unit.add("a", Put(item("A", "1")))
    with pytest.raises(ValueError, match="two writes"):
        unit.add("b", Put(item("A", "1")))


async def test_queries_page_and_narrow(table: Table) -> None:
    await table.put_many([item("Q", f"K#{n:03d}", n=n) for n in range(60)])
    first = await table.query(Query("Q", begins_with="K#"), limit=40)
    rest = await table.query(Query("Q", begins_with="K#"), limit=40, start=first.last_key)
    assert [row["n"] for row in first.items + rest.items] == list(range(60))
    assert rest.last_key is None
    after = await table.query(Query("Q", after="K#057"))
    assert [row["n"] for row in after.items] == [58, 59]
    backwards = await table.query(Query("Q", forward=False), limit=1)
    assert backwards.items[0]["n"] == 59


async def test_many_are_read_in_one_call(table: Table) -> None:
    calls: list[str] = []
    await table.put_many([item("M", str(n)) for n in range(30)])
    table.observe(lambda action, _: calls.append(action))
    found = await table.get_many([Key("M", str(n)) for n in range(40)])
    assert len(found) == 30
    assert calls == ["BatchGetItem"]


async def test_conditional_updates_race_fairly(table: Table) -> None:
    await table.write(Put(item("S", "1", available=10)))

    async def take() -> bool:
        unit = Unit()
        unit.add("s", Update(Key("S", "1"), "SET #available = #available - :q", "#available >= :q", {"q": 1}))
        try:
            await table.commit(unit)
        except UnitRefused:
            return False
        return True

    taken = await asyncio.gather(*(take() for _ in range(50)))
    assert sum(taken) == 10
    assert await table.get(Key("S", "1")) == item("S", "1", available=0)
