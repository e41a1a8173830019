"""`python -m bench.quality [--draw] [--data FOLDER]`: prints the score; `--draw` draws the set anew first."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.quality.catalogues import DATA, Catalogues
from bench.quality.draw import draw
from bench.quality.score import CLEAN_MIN, MISSPELT_MIN, load, missed, save, shares


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality")
    parser.add_argument("--draw", action="store_true", help="draw the queries anew")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with the catalogue files")
    given = parser.parse_args()
    catalogues = Catalogues(given.data)
    if given.draw:
        save(draw(catalogues.products))
    queries = [one for one in load() if one.product in catalogues.products]
    failed = missed(catalogues, queries)
    found = shares(queries, failed)
    table = Table("kind", "in the first 5", title=f"{len(queries)} queries, {len(catalogues.products)} products")
    for name, share in found.items():
        table.add_row(name, f"{share:.1%}")
    console = Console()
    console.print(table)
    for query, keys in failed.items():
        console.print(f"  {query.kind}: {query.text!r} means {query.product}, finds {', '.join(keys) or 'nothing'}")
    return 0 if found["all clean"] >= CLEAN_MIN and found["all misspelt"] >= MISSPELT_MIN else 1


if __name__ == "__main__":
    sys.exit(main())
