"""Logs as JSON lines. What could be a token or a cookie is taken out before it is written."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_TOKEN = re.compile(r"eyJ[\w-]{5,}(\.[\w-]*){0,4}")
_SECRET_NAMES = frozenset({"cookie", "set-cookie", "authorization", "password", "code", "token", "secret"})


def configure(level: str) -> None:
    """Sets up structlog for the process; other libraries' warnings go the same way."""
    number = logging.getLevelNamesMapping()[level]
    structlog.configure(
        processors=[*_FACTS, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        # Not kept by the loggers, so that a later configuration reaches modules that have logged already.
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *_FACTS],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler])


def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replaces anything that looks like a token, wherever it stands, and the values of secret fields."""
    return {name: "[redacted]" if name.lower() in _SECRET_NAMES else _clean(value) for name, value in event.items()}


def _clean(value: Any) -> Any:  # noqa: ANN401 - log values are anything
    if isinstance(value, str):
        return _TOKEN.sub("[redacted]", value)
    if isinstance(value, dict):
        return redact(None, "", value)
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value


_FACTS: tuple[Processor, ...] = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    redact,
)
