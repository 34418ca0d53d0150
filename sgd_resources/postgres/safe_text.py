"""All text on its way into the database: what Postgres cannot hold is replaced, in every statement of every table.

NUL, halves of surrogate pairs and numbers that JSON does not have would fail the whole statement, and with it what
somebody paid for or waits for; a text beyond all measure is cut, with a mark. Parameters of raw SQL and of tables pass
here alike, also those that look a row up, so that a text finds the row it made. What must not live here: what a caller
may send (the API refuses it), or how a value is named.
"""

import logging
import math
import re
from collections.abc import Mapping
from typing import Any

from psycopg.types.json import Json, Jsonb
from sqlalchemy import Engine, event

MOST_CHARACTERS = 1_000_000
"""Of one text. No field of ours comes near it; one row of ten such texts is still a row that Postgres handles well."""
CUT = " … (cut)"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_log = logging.getLogger(__name__)


def guard(engine: Engine) -> None:
    """Let every parameter of every statement of this engine pass `safe`."""
    event.listen(engine, "before_cursor_execute", _before_execute, retval=True)


def safe_text(text: str, *, most: int = MOST_CHARACTERS) -> str:
    """The text with U+FFFD for what Postgres cannot hold, and cut at `most` characters."""
    if len(text) > most:
        _log.warning("a text of %d characters is stored cut to %d", len(text), most)
        text = text[: max(0, most - len(CUT))] + CUT
    if _UNSAFE.search(text) is None:
        return text
    if _SURROGATE.search(text) is not None:
        # whole pairs become their character, halves the replacement
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\x00", _REPLACEMENT)


def safe(value: Any) -> Any:
    """A parameter that Postgres can hold: texts at any depth are made safe, everything else is passed on."""
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, (Jsonb, Json)):
        return type(value)(safe_json(value.obj), dumps=value.dumps)
    if isinstance(value, (list, tuple)):
        return type(value)(safe(item) for item in value)
    return value


def safe_json(value: Any) -> Any:
    """A JSON value that jsonb can hold; NaN and the infinities become null."""
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, Mapping):
        return {safe_json(key): safe_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [safe_json(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _before_execute(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
) -> tuple[str, Any]:
    # Many rows in one INSERT ... RETURNING are one mapping, and are called `executemany` all the same.
    if executemany and not isinstance(parameters, Mapping):
        return statement, [_safe_row(row) for row in parameters]
    return statement, _safe_row(parameters)


def _safe_row(row: Any) -> Any:
    if isinstance(row, Mapping):
        return {name: safe(value) for name, value in row.items()}
    return safe(row)
