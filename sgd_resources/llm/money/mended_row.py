"""A row of the call log that the database refused, as one that it takes: its money and its call stay, the rest is cut.

What must not live here: writing rows (`ledger.py`).
"""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sgd_resources.postgres.safe_text import safe_text

if TYPE_CHECKING:
    from sgd_resources.llm.money.ledger import CallRow

MOST_CHARACTERS = 500
"""Of one name in a row; model slugs are a tenth of it."""
MENDED = "row_mended"
"""`error_kind` of a row that says nothing worse of itself."""
_LARGEST, _LARGEST_ATTEMPT = 2**63 - 1, 2**31 - 1
_SOURCES = ("provider", "generation", "policy", "estimate", "none")


def plain(row: "CallRow") -> dict[str, Any]:
    """The row's columns; names are of a length that a name has."""
    return {
        name: safe_text(value, most=MOST_CHARACTERS) if isinstance(value, str) and not _is_plain(value) else value
        for name, value in vars(row).items()
    }


def mended(row: "CallRow") -> "CallRow":
    """The row with each value in the range of its column, and a mark."""
    counts: dict[str, Any] = {
        field.name: max(0, min(int(value), _LARGEST)) if _is_number(value) else 0
        for field in fields(row)
        if field.type is int or field.type == "int"
        for value in [getattr(row, field.name)]
    }
    now = datetime.now(UTC).isoformat()
    return replace(
        row,
        **{**counts, "attempt": min(counts["attempt"], _LARGEST_ATTEMPT)},
        call_id=_uuid(row.call_id),
        cost_source=row.cost_source if row.cost_source in _SOURCES else "none",
        error_kind=row.error_kind or MENDED,
        created_at=row.created_at if _is_time(row.created_at) else now,
        day=row.day if _is_day(row.day) else now[:10],
    )


def _is_plain(text: str) -> bool:
    """Most names are; the look is a tenth of the work of `safe_text`."""
    return len(text) <= MOST_CHARACTERS and text.isascii() and "\0" not in text


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and value == value and abs(value) != float("inf")  # noqa: PLR0124 - NaN


def _uuid(call_id: str) -> str:
    try:
        return str(UUID(call_id))
    except ValueError:
        return str(uuid5(NAMESPACE_OID, safe_text(call_id)))


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
