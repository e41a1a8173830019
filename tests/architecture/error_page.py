"""Reads `docs/errors.md`."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(r"^\| `([a-z_]+)` \| (?:(\d{3}) \| )?(.+) \|$", re.MULTILINE)
PAGE = (ROOT / "docs" / "errors.md").read_text()
_ROWS = _ROW.findall(PAGE)

STATUSES: dict[str, int] = {code: int(status) for code, status, _ in _ROWS if status}
"""Codes of refusals and the status that each is answered with."""
PLACES: set[str] = {code for code, status, _ in _ROWS if not status}
"""Codes of single places in a request."""
SENTENCES: list[str] = [sentence for _, _, sentence in _ROWS]
