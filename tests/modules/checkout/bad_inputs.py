"""Bodies that must be refused with a small 4xx, wherever a quantity is read."""

from __future__ import annotations

BAD_QUANTITIES = [
    "-1", "-999999", "1000", "1000000000", "2147483648", "9223372036854775808", "9" * 4000, "9" * 5000, "1.5", "3.0",
    "1e2", '"3"', '" 3 "', '"1_000"', "true", "false", "null", "[]", "{}", "NaN", "Infinity", "-Infinity", "1e999",
    '"\\ud800"', "",
]  # fmt: skip
EXTRA_FIELDS = [
    "price", "unit_price", "total", "discount", "currency", "role", "sub", "status", "PK", "SK", "gsi1pk", "version",
    "customer_id", "__proto__",
]  # fmt: skip
REFUSED = {400, 422}
SMALL = 4096
