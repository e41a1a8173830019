"""Every key of the table, as templates. `docs/access-patterns.md` lists them; a test holds the two equal.

Only stores call these. Ownership stands in the partition key, so another customer's item cannot be addressed.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

CATALOG_BUCKETS = 10
PADDING = 8
"""Digits of a padded count: 99,999,999 units of one SKU."""


class Key(NamedTuple):
    """Primary key of one item."""

    pk: str
    sk: str


def product(product_id: str) -> Key:
    return Key(f"PRODUCT#{product_id}", "PRODUCT")


def sku(product_id: str, sku_code: str) -> Key:
    return Key(f"PRODUCT#{product_id}", f"SKU#{sku_code}")


SKU_PREFIX = "SKU#"


def review(product_id: str, review_id: str) -> Key:
    return Key(f"PRODUCT#{product_id}", f"REVIEW#{review_id}")


REVIEW_PREFIX = "REVIEW#"


def review_guard(customer_id: str, product_id: str) -> Key:
    """There is one as soon as this customer has reviewed this product, so that a second review is refused."""
    return Key(f"CUSTOMER#{customer_id}", f"REVIEWED#{product_id}")


def slug_guard(slug: str) -> Key:
    return Key(f"SLUG#{slug}", f"SLUG#{slug}")


def sku_guard(sku_code: str) -> Key:
    return Key(f"SKUID#{sku_code}", f"SKUID#{sku_code}")


def email_guard(email: str) -> Key:
    """Leads from an address, in lower case, to the customer who signed in with it last."""
    return Key(f"EMAIL#{email}", f"EMAIL#{email}")


def category(slug: str) -> Key:
    return Key(CATEGORIES, f"CATEGORY#{slug}")


CATEGORIES = "CATEGORY"


CATEGORY_PREFIX = "CATEGORY#"


def profile(customer_id: str) -> Key:
    return Key(f"CUSTOMER#{customer_id}", "PROFILE")


def address(customer_id: str, address_id: str) -> Key:
    return Key(f"CUSTOMER#{customer_id}", f"ADDRESS#{address_id}")


ADDRESS_PREFIX = "ADDRESS#"


def security(customer_id: str) -> Key:
    return Key(f"CUSTOMER#{customer_id}", "SEC")


def cart(customer_id: str) -> Key:
    return Key(f"CUSTOMER#{customer_id}", "CART")


def order(customer_id: str, order_id: str) -> Key:
    """The mail Lambda listens to INSERTs of this sort-key prefix. Nothing else may begin with it."""
    return Key(f"CUSTOMER#{customer_id}", f"ORDER#{order_id}")


ORDER_PREFIX = "ORDER#"


def order_log(order_id: str, entry_id: str) -> Key:
    return Key(f"ORDERLOG#{order_id}", entry_id)


def mail(order_id: str, kind: str) -> Key:
    return Key(f"MAIL#{order_id}", kind)


def idempotency(customer_id: str, key: str) -> Key:
    return Key(f"IDEMPOTENCY#{customer_id}#{key}", "IDEMPOTENCY")


def session_refresh(token_hash: str) -> Key:
    """The lease and the successor of one refresh token, so that two processes refresh it once."""
    return Key(f"REFRESH#{token_hash}", "REFRESH")


def feed(entry_id: str) -> Key:
    return Key(CATALOG_FEED, entry_id)


CATALOG_FEED = "FEED#CATALOG"


def audit(month: str, entry_id: str) -> Key:
    """`month` as `2026-11`."""
    return Key(f"AUDIT#{month}", entry_id)


def gsi1_catalog(product_id: str, updated_at: str) -> Key:
    """Ten buckets by a stable hash, so that a process that starts reads the catalogue with ten parallel queries."""
    bucket = hashlib.sha256(product_id.encode()).digest()[0] % CATALOG_BUCKETS
    return Key(catalog_bucket(bucket), f"{updated_at}#{product_id}")


def catalog_bucket(bucket: int) -> str:
    return f"CATALOG#{bucket}"


def gsi1_sku(sku_code: str) -> Key:
    return Key(f"SKU#{sku_code}", "SKU")


def gsi1_order(order_id: str) -> Key:
    return Key(f"ORDER#{order_id}", "ORDER")


def gsi1_review(customer_id: str, product_id: str) -> Key:
    return Key(f"CUSTOMER#{customer_id}", f"REVIEW#{product_id}")


def gsi1_audit(kind: str, subject_id: str, at: str) -> Key:
    """What happened to one thing, in time's order."""
    return Key(f"AUDIT#{kind}#{subject_id}", at)


def gsi2_low_stock(available: int, sku_code: str) -> Key:
    return Key(LOW_STOCK, f"{max(available, 0):0{PADDING}d}#{sku_code}")


LOW_STOCK = "LOWSTOCK"


def gsi2_orders(state: str, placed_at: str) -> Key:
    return Key(f"ORDERS#{state}", placed_at)


def gsi2_mails_open(created_at: str) -> Key:
    return Key("MAILS#open", created_at)


def gsi2_reviews_pending(created_at: str) -> Key:
    return Key("REVIEWS#pending", created_at)
