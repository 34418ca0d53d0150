"""What an operator looks for, told as one line of JSON with fields: the form of the access log.

An event is a start or an end, a verdict, a retry, a refusal, a limit that was met; what a metric shows from moment to
moment is none. Never in a field: secrets, personal data, the contents of files, prompts or replies. What must not live
here: what happened (whoever saw it tells it), or where lines go for good (the machine's log collector).
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sgd_resources.shown.name import shown_name

LOGGER = "sgd.events"
FIELDS = "sgd_fields"
"""Attribute of a log record that holds an event's fields, for whoever writes lines in another form."""
_LONGEST_TEXT = 300
"""Enough for a reason in a sentence; what is longer was not written by us."""
_log = logging.getLogger(LOGGER)

Field = str | int | float | bool | None
Hearer = Callable[[str, Mapping[str, Field]], None]
_hearers: list[Hearer] = []


def tell(event: str, **fields: Field) -> None:
    """Log one event.

    Args:
        event: `subject.what_happened`, the same words each time, so that it can be searched for and counted.
        fields: ids, numbers with their unit in the name, short words. A stranger's text is escaped and cut here.
    """
    _write(logging.INFO, event, fields)


def warn(event: str, **fields: Field) -> None:
    """Log an event that somebody should look at some day."""
    _write(logging.WARNING, event, fields)


def alarm(event: str, **fields: Field) -> None:
    """Log an event that somebody should look at now."""
    _write(logging.ERROR, event, fields)


def hear(hearer: Hearer) -> None:
    """From now on this hears each event with its fields, whether or not it is logged; it must not raise."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def to_stderr() -> None:
    """Show events on this process' standard error, whatever else its logging does: for processes of our own."""
    _show(logging.StreamHandler(sys.stderr))


@contextmanager
def to_file(path: Path) -> Iterator[None]:
    """Append events to a file for as long as the block lasts: for a process whose terminal is a person's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    level = _log.level
    _show(handler)
    try:
        yield
    finally:
        _log.removeHandler(handler)
        _log.setLevel(level)
        _log.propagate = True
        handler.close()


def _show(handler: logging.Handler) -> None:
    handler.setFormatter(logging.Formatter("%(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


def _write(level: int, event: str, fields: Mapping[str, Field]) -> None:
    for hearer in _hearers:
        hearer(event, fields)
    if not _log.isEnabledFor(level):
        return
    shown = {name: _cut(value) if isinstance(value, str) else value for name, value in fields.items()}
    line = {"event": event, "level": logging.getLevelName(level).lower(), "at": datetime.now(UTC).isoformat(), **shown}
    _log.log(level, json.dumps(line), extra={FIELDS: line})


def _cut(text: str) -> str:
    return shown_name(text)[:_LONGEST_TEXT]
