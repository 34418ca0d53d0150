"""Postgres errors -> our errors, by SQLSTATE. Messages never repeat Postgres' own: those hold row values.

Source: https://www.postgresql.org/docs/18/errcodes-appendix.html (2026-11).
"""

from sqlalchemy.exc import DataError, DBAPIError

from sgd_resources.errors import (
    BrokenContract,
    Conflict,
    Forbidden,
    NotFound,
    SgdError,
    StorageFull,
    Unavailable,
    ValidationFailed,
)  # fmt: skip

UNIQUE_VIOLATION = "23505"
FOREIGN_KEY_VIOLATION = "23503"
INSUFFICIENT_PRIVILEGE = "42501"
DISK_FULL = "53100"
RETRYABLE_CLASSES = ("08", "40", "53", "55", "57", "58")
"""Connection, rollback (deadlock), resources, lock not available, operator intervention, system error."""


def as_sgd_error(error: DBAPIError) -> SgdError:
    """The error to raise in its place; `details["sqlstate"]` says what Postgres said."""
    sqlstate: str | None = getattr(error.orig, "sqlstate", None)
    details = {"sqlstate": sqlstate}
    if isinstance(error, DataError):
        return ValidationFailed("a value does not fit its column", details=details)
    if sqlstate is None or error.connection_invalidated:
        # Without a state the server was not reached at all.
        return Unavailable("the database cannot be reached", retry_after_s=2.0, details=details)
    if sqlstate == DISK_FULL:
        return StorageFull("the database has no room left", details=details)
    if sqlstate.startswith(RETRYABLE_CLASSES):
        return Unavailable("the database is busy", retry_after_s=1.0, details=details)
    if sqlstate == UNIQUE_VIOLATION:
        return Conflict("this already exists", details=details)
    if sqlstate == FOREIGN_KEY_VIOLATION:
        return NotFound("what this refers to does not exist", details=details)
    if sqlstate == INSUFFICIENT_PRIVILEGE:
        return Forbidden("the database forbids this", details=details)
    # 54: a value is beyond a limit, such as a text too long for its index
    if sqlstate.startswith(("22", "23", "54")):
        return ValidationFailed("a value does not fit its column", details=details)
    return BrokenContract("a statement failed", details=details)
