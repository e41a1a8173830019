"""One whole shop for each file of these tests: they ask it much and change it little."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from tests.whole import ADDRESS, ASHA, MEERA, OMAR, Whole, place_order, stock_shelves, whole_shop

from xpressbuy.local.emulator import Emulator


@dataclass
class Scene:
    """A shop in use: two shoppers with an address and an order each, a guest with a cart and an order, an operator."""

    whole: Whole
    visitor: httpx.AsyncClient
    guest: httpx.AsyncClient
    asha: httpx.AsyncClient
    meera: httpx.AsyncClient
    omar: httpx.AsyncClient
    orders: dict[str, str]
    addresses: dict[str, str]
    sku: str = "PLAIN-TEE-S0"
    slug: str = "plain-tee"

    def who(self, name: str) -> httpx.AsyncClient:
        found = getattr(self, name)
        assert isinstance(found, httpx.AsyncClient)
        return found


@pytest.fixture(scope="module")
async def scene(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    async with whole_shop(cloud.url, tmp_path_factory.mktemp("whole")) as whole:
        await stock_shelves(whole)
        visitor, guest = whole.browser(), whole.browser()
        asha, meera, omar = [await whole.signed_in(person) for person in (ASHA, MEERA, OMAR)]
        scene = Scene(whole, visitor, guest, asha, meera, omar, {}, {})
        for name in ("guest", "asha", "meera"):
            await _settle(scene, name)
        yield scene
        for browser in (visitor, guest, asha, meera, omar):
            await browser.aclose()


async def _settle(scene: Scene, name: str) -> None:
    browser = scene.who(name)
    put = await browser.put(f"/api/cart/lines/{scene.sku}", json={"quantity": 2})
    assert put.status_code == 200, put.text
    placed = await place_order(browser, scene.sku, contact={"email": f"{name}@example.com", "name": name})
    assert placed.status_code == 201, placed.text
    scene.orders[name] = placed.json()["id"]
    if name != "guest":
        kept = await browser.post("/api/me/addresses", json=ADDRESS)
        assert kept.status_code == 201, kept.text
        scene.addresses[name] = kept.json()["id"]
