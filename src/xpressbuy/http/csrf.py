"""Cross-site defence: an unsafe request must say that it comes from our own origin, and bring JSON."""

from __future__ import annotations

from collections.abc import Mapping

from xpressbuy.kit.errors import Denied

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_JSON_TYPES = frozenset({"application/json", "application/json; charset=utf-8", "application/json;charset=utf-8"})


def check(method: str, headers: Mapping[str, str], origin: str) -> None:
    """Denied for an unsafe request from elsewhere (`cross_site`) or without JSON (`not_json`).

    The browser's own statement counts first; `Origin` serves clients that do not make one. Neither is a refusal.
    """
    if method in SAFE_METHODS:
        return
    site = headers.get("sec-fetch-site")
    stated = headers.get("origin")
    if site is not None and site != "same-origin":
        raise Denied("cross_site", "This request did not come from the shop's own pages.")
    if stated is not None and stated != origin:
        raise Denied("cross_site", "This request did not come from the shop's own pages.")
    if site is None and stated is None:
        raise Denied("cross_site", "This request does not say where it comes from.")
    if headers.get("content-type", "").strip().lower() not in _JSON_TYPES:
        raise Denied("not_json", "Send the body as application/json.")
