"""The errors a caller can act on: a stable public code and a kind. HTTP statuses belong to `http.problems`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ERRORS_MAX = 60
"""Details in one error: 50 cart lines and a few fields around them."""


@dataclass(frozen=True, slots=True)
class ErrorItem:
    """One thing that is wrong: a JSON pointer into the request (or a line), a code, a sentence.

    `extra` holds small public facts that help to go on, such as how many units are left.
    """

    pointer: str
    code: str
    detail: str
    extra: Mapping[str, int | str] = field(default_factory=dict)


class ShopError(Exception):
    """Base of every refusal. Its class is the kind; `code` is public and documented, class names are not."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        errors: Sequence[ErrorItem] = (),
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.errors = tuple(errors[:ERRORS_MAX])
        self.retry_after_seconds = retry_after_seconds


class Malformed(ShopError):
    """The request cannot be read at all."""


class Invalid(ShopError):
    """The request can be read, but its payload has a wrong shape."""


class Unauthenticated(ShopError):
    """Nobody is signed in, or the sign-in has ended."""


class Denied(ShopError):
    """Who asks is known and may not."""


class NotFound(ShopError):
    """There is no such thing for this caller."""


class MethodRefused(ShopError):
    """The path exists, the method does not."""


class Conflict(ShopError):
    """The request is fine, the shop's state is against it."""


class TooLarge(ShopError):
    """The body or a header is over its bound."""


class Unsupported(ShopError):
    """The encoding of the body is not taken."""


class TooMany(ShopError):
    """The caller goes too fast."""


class Unavailable(ShopError):
    """A part of the shop cannot be reached at the moment; nothing was changed, or the same key may be sent again."""
