"""Rows as frozen dataclasses: a query selects exactly the columns its dataclass names. And a page of them.

What must not live here: queries.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Table

from sgd_resources.errors import NotFound

RowShape = TypeVar("RowShape")


def columns_of(table: Table, shape: type[Any]) -> list[ColumnElement[Any]]:
    """The table's columns that the dataclass has a field for, in the order of its fields."""
    return [table.c[field.name] for field in fields(shape)]


def one_of(shape: type[RowShape], row: Row[Any] | None, what: str) -> RowShape:
    """The row as its dataclass. Raises NotFound when there is none."""
    if row is None:
        raise NotFound(f"no such {what}")
    return shape(*row)


def all_of(shape: type[RowShape], rows: Iterable[Row[Any]]) -> list[RowShape]:
    """Every row as its dataclass, order kept."""
    return [shape(*row) for row in rows]


def newest_first(query: Select[Any], place: ColumnElement[Any], *, before: int | None, limit: int) -> Select[Any]:
    """One page of the query: the highest places first, below the last one of the page before."""
    page = query if before is None else query.where(place < before)
    return page.order_by(place.desc()).limit(limit)


def known_uuid(text: str, what: str) -> str:
    """The id in its canonical form. Raises NotFound when it cannot be an id of ours."""
    try:
        return str(UUID(text))
    except (ValueError, AttributeError, TypeError):
        raise NotFound(f"no such {what}") from None
