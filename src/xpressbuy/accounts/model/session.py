"""A session: who it is of, when it began, when it must end. Also guests, and where a sign-in may lead.

Nothing here knows a cookie's name or the identity provider.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from xpressbuy.kit.ids import CustomerId

SESSION_LASTS = timedelta(days=30)
"""From the first login, however often it is renewed."""
RENEW_BEFORE_SECONDS = 60
DESTINATION_LENGTH_MAX = 1024
ENDED_KEPT_MAX = 40
"""Ended sessions that are remembered by name; each is dead at the provider as well."""
_GUEST_SECRET = re.compile(r"[0-9a-hjkmnp-tv-z]{52}")
_SESSION_ID = re.compile(r"ses_[0-9a-hjkmnp-tv-z]{26}")
_DESTINATION = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*")
_UNSAFE_ESCAPES = re.compile(r"%(?:[01][0-9a-f]|20|2f|5c|7f|[89a-f][0-9a-f]|(?![0-9a-f]{2}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Session:
    """One login of one browser: its own id, whose it is, when it began, and its tokens as they are now.

    A token is empty when its cookie is gone or does not open.
    """

    session_id: str
    customer_id: CustomerId
    began_at: datetime
    access_token: str = ""
    id_token: str = ""
    refresh_token: str = ""

    def renewed(self, access_token: str, id_token: str, refresh_token: str) -> Session:
        """The same login with new tokens."""
        return replace(self, access_token=access_token, id_token=id_token, refresh_token=refresh_token)

    def over(self, now: datetime) -> bool:
        """Whether its 30 days have passed."""
        return now >= self.began_at + SESSION_LASTS

    def seconds_left(self, now: datetime) -> int:
        """What a cookie of it may still live."""
        return max(0, int((self.began_at + SESSION_LASTS - now).total_seconds()))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the shop itself says of a customer's sessions, whatever the provider's tokens say.

    Every session that began before `valid_after` is dead, and so is each of `ended`.
    """

    valid_after: datetime | None = None
    ended: frozenset[str] = frozenset()
    name: str = ""

    def allows(self, session_id: str, began_at: datetime) -> bool:
        if self.valid_after is not None and began_at < self.valid_after:
            return False
        return session_id not in self.ended


def is_session_id(text: str) -> bool:
    """Whether the text has the shape of a session's id."""
    return _SESSION_ID.fullmatch(text) is not None


def guest_id_of(secret: str) -> CustomerId | None:
    """The guest whom a secret belongs to: 104 bits of its hash. None for what never was a secret of ours."""
    if not _GUEST_SECRET.fullmatch(secret):
        return None
    return CustomerId("gst_" + hashlib.sha256(secret.encode()).hexdigest()[:26])


def local_destination(candidates: list[str]) -> str:
    r"""Where to go after signing in: a path of this shop with its query, else `/`.

    Browsers read `//`, `/\` and an escaped control character as the start of another host or drop them, and servers
    fold `/../`; so only plain letters and harmless escapes pass, and a parameter given twice is none at all.
    """
    if len(candidates) != 1:
        return "/"
    text = candidates[0]
    if len(text) > DESTINATION_LENGTH_MAX or not _DESTINATION.fullmatch(text):
        return "/"
    path, _, query = text.partition("?")
    if "//" in path or "@" in path or "/." in path or ":" in path:
        return "/"
    if _UNSAFE_ESCAPES.search(path) or re.search(r"%(?:[01][0-9a-f]|7f|(?![0-9a-f]{2}))", query, re.IGNORECASE):
        return "/"
    # The sign-in's own paths would lead in a circle.
    if path == "/auth" or path.startswith(("/auth/", "/api/")):
        return "/"
    return text
