"""Columns and defaults that many tables share. What must not live here: a table."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, DateTime, ForeignKeyConstraint, MetaData, Text, Uuid, text

metadata = MetaData()

ID = Uuid(as_uuid=False)
NOW = text("now()")
EMPTY = text("''::text")
EMPTY_OBJECT = text("'{}'::jsonb")
ZERO = text("0")


def created_at() -> Column[datetime]:
    """When the row was made; the database says."""
    return Column("created_at", DateTime(timezone=True), nullable=False, server_default=NOW)


def at(name: str) -> Column[datetime]:
    """A moment, or none."""
    return Column(name, DateTime(timezone=True))


def count(name: str) -> Column[int]:
    """A number that begins at 0."""
    return Column(name, BigInteger, nullable=False, server_default=ZERO)


def of_org(name: str = "org_id") -> ForeignKeyConstraint:
    """The row goes with its org."""
    return ForeignKeyConstraint([name], ["orgs.org_id"], ondelete="CASCADE")


def org_id() -> Column[str]:
    """Whose the row is."""
    return Column("org_id", Text, nullable=False)
