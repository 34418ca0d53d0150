"""Rows of named fields, from JSON or from CSV. A field is text and stands as it was written.

What must not live here: what a field is used for (`fill.py`).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from sgd_resources.errors import ValidationFailed

MAX_FIELDS = 50
MAX_FIELD_NAME_CHARACTERS = 64
MAX_FIELD_CHARACTERS = 2_000
_NOT_IN_NAMES = frozenset("{}\r\n")
_DELIMITERS = ",;\t"
"""A spreadsheet writes `;` where the comma parts decimals."""

Row = Mapping[str, str]


def rows_of(body: Mapping[str, Any]) -> tuple[Row, ...]:
    """The batch's rows; one without fields where it gives none.

    Args:
        body: a valid `render_batch_request`.

    Raises:
        ValidationFailed: `details.errors` has one entry per fault, with the row it is in.
    """
    rows = read_csv(body["csv"]) if body.get("csv") is not None else tuple(body.get("rows") or ({},))
    faults = [
        {"path": f"$.rows[{index}]", "message": message} for index, row in enumerate(rows) for message in _faults(row)
    ]
    if faults:
        raise refusal(faults)
    return rows


def read_csv(text: str) -> tuple[Row, ...]:
    """Rows of a CSV with a line of names at its head; blank lines are passed over.

    Raises:
        ValidationFailed: no head, a name missing or twice, no rows, or a row with more or fewer cells than names.
    """
    text = text.removeprefix("\ufeff")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise refusal([{"path": "$.csv", "message": f"not CSV: {error}"}]) from error
    lines = [cells for cells in lines if any(cell.strip() for cell in cells)]
    if len(lines) < 2:
        raise refusal([{"path": "$.csv", "message": "a line of names and at least one row"}])
    names = [name.strip() for name in lines[0]]
    if not all(names) or len(set(names)) != len(names):
        raise refusal([{"path": "$.csv", "message": "each column has a name of its own in the first line"}])
    faults = [
        {"path": f"$.rows[{index}]", "message": f"{len(cells)} cells, and {len(names)} names{_lacking(names, cells)}"}
        for index, cells in enumerate(lines[1:])
        if len(cells) != len(names)
    ]
    if faults:
        raise refusal(faults)
    return tuple(dict(zip(names, cells, strict=True)) for cells in lines[1:])


def refusal(faults: Sequence[Mapping[str, str]], most: int = 200) -> ValidationFailed:
    """All faults of a batch as one error, at most `most` of them told."""
    first, more = faults[0], f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return ValidationFailed(
        f"{first['path']}: {first['message']}{more}", details={"errors": [dict(fault) for fault in faults[:most]]}
    )


def _delimiter(text: str) -> str:
    """What parts the names in the first line: the one that stands there most often, a comma where none does."""
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=head.count)


def _lacking(names: Sequence[str], cells: Sequence[str]) -> str:
    missing = names[len(cells) :]
    return f": {', '.join(missing[:10])} missing" if missing else ""


def _faults(row: Row) -> list[str]:
    if len(row) > MAX_FIELDS:
        return [f"at most {MAX_FIELDS} fields"]
    found = []
    for name, value in row.items():
        if not 0 < len(name) <= MAX_FIELD_NAME_CHARACTERS or name != name.strip() or _NOT_IN_NAMES & set(name):
            found.append(f"a field's name is 1 to {MAX_FIELD_NAME_CHARACTERS} characters of one line without braces")
        elif len(value) > MAX_FIELD_CHARACTERS:
            found.append(f"{name}: at most {MAX_FIELD_CHARACTERS} characters")
    return found
