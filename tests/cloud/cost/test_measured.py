"""The figures in `journeys.json` are what the shop really uses: measured again, they must come out the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cloud.cost.measuring import DIST, JOURNEYS, differences, measure, sample_shop, web_bytes

from xpressbuy.cloud.cost.journeys import journeys
from xpressbuy.local.emulator import Emulator

AGAIN = "If the change is meant, run `python -m tests.cloud.cost.measuring` and `python -m xpressbuy.cloud.cost.page`."
BYTES_SHARE = 0.1
"""How far weights may drift: texts and pictures change a little with every release."""


@pytest.mark.cloud
@pytest.mark.anyio
async def test_the_measured_figures_still_hold(cloud: Emulator, tmp_path: Path) -> None:
    old = json.loads(JOURNEYS.read_text())["measured"]
    async with sample_shop(cloud.url, tmp_path) as whole:
        new = await measure(whole)
    exact = ("steps", "products", "pictures_per_product")
    found = [text for name in exact for text in differences({name: old[name]}, {name: new[name]}, 0)]
    weights = sorted({*new} - {*exact})
    found += [text for name in weights for text in differences({name: old[name]}, {name: new[name]}, BYTES_SHARE)]
    assert not found, "\n".join([*found, AGAIN])


@pytest.mark.skipif(not (DIST / ".vite").exists(), reason="the web app is not built")
def test_the_web_app_weighs_what_the_file_says() -> None:
    old = json.loads(JOURNEYS.read_text())["measured"]["web"]
    found = list(differences(old, web_bytes(), BYTES_SHARE))
    assert not found, "\n".join([*found, AGAIN])


def test_every_assumption_has_its_reason() -> None:
    known = journeys()
    assert all(reason.strip().endswith((".", ")")) and len(reason) >= 10 for reason in known.reasons.values())
    assert all(value >= 0 for value in known.assumed.values())
