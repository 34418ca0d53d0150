"""Fills `{name}` in texts with a row's fields, text for text: nothing of a template or a field is run, or read twice.

`{{` and `}}` stand for braces. What must not live here: where the rows come from (`rows.py`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sgd_assets.renders.campaign.rows import Row

_MARKS = re.compile(r"\{\{|\}\}|\{([^{}\r\n]{1,64})\}")
_BRACES = {"{{": "{", "}}": "}"}


def placeholders(texts: Sequence[str]) -> tuple[str, ...]:
    """Names that the texts ask for, each once, in order."""
    return tuple(
        dict.fromkeys(mark[1].strip() for text in texts for mark in _MARKS.finditer(text) if mark[1] is not None)
    )


def filled(text: str, row: Row) -> str:
    """The text with the row's fields in it. Raises KeyError for a field that the row has not."""
    return _MARKS.sub(lambda mark: row[mark[1].strip()] if mark[1] is not None else _BRACES[mark[0]], text)


def filled_copy(copy: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """Every part of a `copy`, filled; a part of which nothing is left is left out.

    Raises:
        KeyError: as `filled`.
    """
    found: dict[str, Any] = {}
    for part, words in copy.items():
        value: Any
        if isinstance(words, str):
            value = filled(words, row)
            is_there = bool(value.strip())
        else:
            value = [line for line in (filled(one, row) for one in words) if line.strip()]
            is_there = bool(value)
        if is_there:
            found[part] = value
    return found


def texts_of(copy: Mapping[str, Any]) -> list[str]:
    """All texts of a `copy`, in order."""
    return [text for words in copy.values() for text in ([words] if isinstance(words, str) else words)]
