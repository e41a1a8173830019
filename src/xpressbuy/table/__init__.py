"""The one table: its schema, keys, client, units of work, cursors and idempotency records. No business rule."""
