"""The container's door: serves the shop in the role that its settings name, and leaves without dropping a request."""

from __future__ import annotations
