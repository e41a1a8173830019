"""The queries of `bench/quality` that are drawn from the sample catalogue, held to what the shop promises."""

from pathlib import Path

from bench.quality.catalogues import SAMPLE, Catalogues
from bench.quality.score import CLEAN_MIN, MISSPELT_MIN, load, missed, shares


def test_what_is_looked_for_is_among_the_first_five(tmp_path: Path) -> None:
    catalogues = Catalogues(tmp_path)
    queries = [query for query in load() if query.product.startswith(f"{SAMPLE}/")]
    assert len(load()) == 300
    assert len(queries) > 150
    failed = missed(catalogues, queries)
    found = shares(queries, failed)
    assert found["all clean"] >= CLEAN_MIN, failed
    assert found["all misspelt"] >= MISSPELT_MIN, failed
