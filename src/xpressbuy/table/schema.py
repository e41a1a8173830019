"""Names of the table's attributes and indexes, shared with the template that creates it."""

from __future__ import annotations

PK = "PK"
SK = "SK"
GSI1 = "GSI1"
GSI1PK = "GSI1PK"
GSI1SK = "GSI1SK"
GSI2 = "GSI2"
GSI2PK = "GSI2PK"
GSI2SK = "GSI2SK"
EXPIRES_AT = "expires_at"
"""TTL attribute, epoch seconds. The table deletes late, so whoever reads it compares the time himself."""

KEY_ATTRIBUTES = {None: (PK, SK), GSI1: (PK, SK, GSI1PK, GSI1SK), GSI2: (PK, SK, GSI2PK, GSI2SK)}
"""What a page's last key consists of, by index."""
