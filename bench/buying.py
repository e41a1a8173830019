"""What buying costs our process: CPU milliseconds, user and system, for each request of a guest who orders."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from http.client import HTTPConnection
from itertools import count
from typing import Any

from bench.shop import usage

TIMES = 150
ADDRESS = {
    "name": "Asha Rao", "line1": "12 Long Street", "city": "Springfield", "region": "IL", "postal_code": "62701",
    "country": "US",
}  # fmt: skip


class Guest:
    """A guest's browser: one connection, one cookie."""

    def __init__(self, port: int, address: str = "10.1.1.1") -> None:
        self._address = address
        self._host = f"localhost:{port}"
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self._cookie = ""

    def ask(self, method: str, path: str, body: Any = None, **more: str) -> Any:
        headers = {"Host": self._host, "Origin": f"http://{self._host}", "Content-Type": "application/json", **more}
        headers["X-Forwarded-For"] = self._address
        if self._cookie:
            headers["Cookie"] = self._cookie
        self._connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self._connection.getresponse()
        said = answer.read()
        for line in answer.headers.get_all("set-cookie") or ():
            self._cookie = line.partition(";")[0]
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:300]!r}")
        return json.loads(said) if said else None


def cpu_of_buying(port: int, skus: tuple[str, str]) -> dict[str, float]:
    """CPU milliseconds of one add to cart, one view of it, and one order of two lines with all that goes before it."""
    guest = Guest(port)
    addresses = count(1)

    def add(sku: str, guest: Guest = guest) -> Any:
        return guest.ask("PUT", f"/api/cart/lines/{sku}", {"quantity": 1})

    def order() -> None:
        # Another guest at another address each time: the shop limits how much one orders in an hour.
        number = next(addresses)
        guest = Guest(port, f"10.0.{number}.7")
        for sku in skus:
            add(sku, guest)
        cart = guest.ask("GET", "/api/cart")
        asked = {"shipping_address": {"country": "US"}, "shipping_method": "standard"}
        total = guest.ask("POST", "/api/checkout/quote", asked)["totals"]["total"]
        body = {
            "contact": {"email": f"guest{number}@example.com", "name": "Asha Rao"}, "shipping_address": ADDRESS,
            "shipping_method": "standard", "payment": {"method": "cod"}, "cart_version": cart["version"],
            "expected_total": total,
        }  # fmt: skip
        guest.ask("POST", "/api/orders", body, **{"Idempotency-Key": secrets.token_hex(8)})

    return {
        "add to cart": _cpu_ms(port, lambda: add(skus[0])),
        "view cart": _cpu_ms(port, lambda: guest.ask("GET", "/api/cart")),
        "two adds, cart, quote, order": _cpu_ms(port, order),
    }


def _cpu_ms(port: int, ask: Callable[[], Any]) -> float:
    for _ in range(10):
        ask()
    before = usage(port)["cpu_seconds"]
    for _ in range(TIMES):
        ask()
    return round((usage(port)["cpu_seconds"] - before) / TIMES * 1000, 2)
