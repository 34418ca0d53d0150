"""The words of a request as they may stay once it has ended: as they came, without personal data, or none at all.

The shape stays, so that whoever lists a campaign still finds its rows and sizes. What must not live here: when a
request has ended, or where its words lie.
"""

import csv
import io
import re
from collections.abc import Mapping
from typing import Any, Literal

from sgd_resources.llm.safety.redaction import Redaction

TextKept = Literal["kept", "redacted", "none"]
TextState = Literal["whole", "redacted", "removed"]
NOTHING = "-"
"""In the place of words that are gone: a text may not be empty, and a line of a table not blank."""
_WORDS = frozenset({"instruction", "copy", "plan", "metadata", "csv", "rows", "prompt", "guidance", "examples"})
"""Fields of jobs' bodies with all that people wrote in them; what else a body holds are ids, sizes and choices."""
_FIELD = re.compile(r"\{[^{}\r\n]{1,64}\}")


def words_as_kept(words: str, mode: TextKept) -> str:
    """One text; `none` leaves the names of the fields that it is filled with, as `{city}`."""
    if mode == "kept":
        return words
    if mode == "redacted":
        return Redaction().redact(words)
    return " ".join([NOTHING, *_FIELD.findall(words)])


def all_as_kept(value: Any, mode: TextKept) -> Any:
    """Every text in a JSON value."""
    if isinstance(value, str):
        return words_as_kept(value, mode)
    if isinstance(value, Mapping):
        return {name: all_as_kept(inner, mode) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [all_as_kept(inner, mode) for inner in value]
    return value


def body_as_kept(body: Mapping[str, Any], mode: TextKept) -> tuple[dict[str, Any], TextState]:
    """A job's body, and what became of its words; `whole` where nothing had to go."""
    found = {name: _field(name, value, mode) for name, value in body.items()}
    if found == dict(body):
        return found, "whole"
    return found, "redacted" if mode == "redacted" else "removed"


def _field(name: str, value: Any, mode: TextKept) -> Any:
    if name == "csv" and mode == "none" and isinstance(value, str):
        return _without_cells(value)
    if name in _WORDS:
        return all_as_kept(value, mode)
    if name == "prompts" and isinstance(value, Mapping):
        return {inner: _field(inner, part, mode) for inner, part in value.items()}
    return value


def _without_cells(table: str) -> str:
    """The line of names and as many lines as there were, with nothing in them."""
    head = table.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    lines = [
        cells for cells in csv.reader(io.StringIO(table, newline=""), delimiter=delimiter) if any(map(str.strip, cells))
    ]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerow(lines[0] if lines else [])
    writer.writerows([NOTHING] * len(cells) for cells in lines[1:])
    return written.getvalue()
