"""The form of this process' log lines: JSON for a collector, or one readable line each for a person.

Whatever logs, each line bears the time, the level, and the request, job, org and trace it belongs to, and no secret:
what looks like one is masked, in the message of a library too. What must not live here: what is worth a line
(`sgd_resources/events.py`), or where lines go for good (a collector reads standard error).
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from sgd_resources.events import FIELDS
from sgd_resources.observed.spans import trace_id
from sgd_resources.settings import Settings

OURS = ("sgd", "sgd_resources", "sgd_assets", "sgd_api")
"""Loggers that follow `LOG_LEVEL`; libraries are heard from WARNING on, whatever it says."""
_LONGEST_TEXT = 4_000
"""A traceback of thirty frames."""
_MASKED = "***"
_SECRETS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {_MASKED}"),
    (re.compile(r"(://[^\s:/@]*):[^\s/@]+@"), rf"\1:{_MASKED}@"),
    (re.compile(r"\bsgd_[A-Za-z0-9_-]{16,}"), _MASKED),
    (re.compile(r"\bsk-[A-Za-z0-9_-]{12,}"), _MASKED),
    (re.compile(r"(?i)\b(signature|sig|token|api[_-]?key|password|secret)=[^\s&'\"]+"), rf"\1={_MASKED}"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), _MASKED),
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "***@***"),
)
"""Authorization values, passwords in addresses, our own keys and others', signed queries, tokens, mail addresses."""


def write_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """Write this process' lines to a stream, standard error by default; called once, before it serves.

    Args:
        settings: `LOG_LEVEL` and `LOG_FORMAT`.
        stream: in place of standard error.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(is_json=settings.logs_are_json, is_terminal=bool((stream or sys.stderr).isatty())))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(settings.log_level)


@contextmanager
def about(**fields: str | None) -> Iterator[None]:
    """All lines within the block, of whoever, bear these ids."""
    with structlog.contextvars.bound_contextvars(**{name: value for name, value in fields.items() if value}):
        yield


def _formatter(*, is_json: bool, is_terminal: bool) -> logging.Formatter:
    shared: list[Processor] = [_spread, structlog.contextvars.merge_contextvars, _place]
    renderer: Any = structlog.processors.JSONRenderer()
    if not is_json:
        renderer = structlog.dev.ConsoleRenderer(
            colors=is_terminal, timestamp_key="at", sort_keys=False, pad_event_to=24
        )
    # A traceback becomes text before secrets are looked for: a message in it may quote an address.
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        _redact,
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*last, renderer])


def _spread(logger: Any, method: str, line: EventDict) -> EventDict:
    """The fields of an event in place of its text; a library's sentence is the event `log`, with its logger."""
    record: logging.LogRecord = line["_record"]
    fields = getattr(record, FIELDS, None)
    if fields is not None:
        return {**{name: value for name, value in line.items() if name != "event"}, **fields}
    return {**line, "event": "log", "message": line["event"], "logger": record.name}


def _place(logger: Any, method: str, line: EventDict) -> EventDict:
    record: logging.LogRecord = line["_record"]
    line.setdefault("level", record.levelname.lower())
    line.setdefault("at", structlog.processors.TimeStamper(fmt="iso", utc=True)(logger, method, {})["timestamp"])
    if (trace := trace_id()) is not None:
        line.setdefault("trace_id", trace)
    return line


def _redact(logger: Any, method: str, line: EventDict) -> EventDict:
    return {name: redacted(value) if isinstance(value, str) else value for name, value in line.items()}


def redacted(text: str) -> str:
    """The text without what looks like a secret or a mail address, and not longer than a traceback."""
    for pattern, mask in _SECRETS:
        text = pattern.sub(mask, text)
    if len(text) <= _LONGEST_TEXT:
        return text
    # A traceback says at its end what went wrong and where.
    return f"{text[: _LONGEST_TEXT // 4]}\n...\n{text[-_LONGEST_TEXT * 3 // 4 :]}"
