"""Asks the queries and counts: a query is answered if the product that is meant is among the first five."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from bench.quality.catalogues import Catalogues
from bench.quality.draw import MISSPELT, Query
from xpressbuy.search.model.query import Filters, Sort

SET = Path(__file__).with_name("queries.json")
FIRST = 5
CLEAN_MIN = 0.98
MISSPELT_MIN = 0.92


def load() -> list[Query]:
    return [Query(**one) for one in json.loads(SET.read_text())]


def save(queries: Iterable[Query]) -> None:
    lines = ",\n".join(json.dumps(asdict(one), ensure_ascii=False) for one in queries)
    SET.write_text(f"[\n{lines}\n]\n")


def missed(catalogues: Catalogues, queries: Iterable[Query]) -> dict[Query, list[str]]:
    """The queries that do not find their product, with what they find."""
    failed = {}
    for query in queries:
        found = catalogues.index.find(Filters(q=query.text), Sort.RELEVANCE, {}, limit=FIRST)
        keys = [catalogues.keys[one] for one in found.ids]
        if query.product not in keys:
            failed[query] = keys
    return failed


def shares(queries: Iterable[Query], failed: Mapping[Query, object]) -> dict[str, float]:
    """The share that is answered, of each kind, of the clean ones and of the misspelt ones."""
    known = list(queries)
    groups = {kind: [one for one in known if one.kind == kind] for kind in dict.fromkeys(one.kind for one in known)}
    groups["all clean"] = [one for one in known if one.kind != MISSPELT]
    groups["all misspelt"] = groups.get(MISSPELT, [])
    return {name: sum(one not in failed for one in held) / len(held) if held else 1.0 for name, held in groups.items()}
