"""Our errors for Dagster and for the row of the request that failed.

    SgdError        what Dagster hears            the request's row
    InvalidInput    Failure, no retry             4xx code, the caller must change something
    Unavailable     RetryRequested, then Failure  UNAVAILABLE and its kin, with `retry_after_s`
    BrokenContract  Failure, no retry             INTERNAL_ERROR

What must not live here: codes (each class carries its own: `sgd_resources/errors.py`), HTTP (`sgd_api/http/errors.py`).
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from dagster import DagsterEvent, DagsterEventType, ExecuteInProcessResult, Failure, MetadataValue, RetryRequested

from sgd_resources import errors
from sgd_resources.disk_full import storage_full, tells_of_full_disk
from sgd_resources.errors import SgdError, Unavailable

MAX_RETRIES = 3
LONGEST_RETRY_WAIT_S = 60.0
"""A run that waits longer than this holds its place for nothing: run retries take over."""
ERROR_METADATA = "sgd_error"

UNEXPECTED: Mapping[str, Any] = {
    "code": SgdError.code,
    "message": "the run failed unexpectedly; its Dagster run has the details",
    "details": {},
}


def error_row(error: SgdError) -> dict[str, Any]:
    """`{"code", "message", "details"}` as a failed request's row keeps it; no secret, no document text."""
    details = dict(error.details)
    if isinstance(error, Unavailable):
        details["retry_after_s"] = error.retry_after_s
    return {"code": error.code, "message": error.message, "details": details}


def to_dagster(error: SgdError, *, may_wait: bool) -> Failure | RetryRequested:
    """What an asset raises for `error`.

    Args:
        error: what the stage raised.
        may_wait: False when somebody waits for this run: then it fails at once and says when to come back.
    """
    if isinstance(error, Unavailable) and may_wait:
        return RetryRequested(max_retries=MAX_RETRIES, seconds_to_wait=min(error.retry_after_s, LONGEST_RETRY_WAIT_S))
    row = error_row(error)
    return Failure(
        description=f"{row['code']}: {error.message}",
        metadata={ERROR_METADATA: MetadataValue.text(json.dumps(row, default=str))},
        allow_retries=isinstance(error, Unavailable),
    )


_CONNECTION_ERRORS = frozenset({"OperationalError", "InterfaceError", "DisconnectionError"})
"""What SQLAlchemy and both Postgres drivers raise when the server is gone, restarted, or ended the session."""


def is_lost_connection(error: BaseException) -> bool:
    """Whether Dagster's own storage, or ours, went away: nothing that the request could have caused."""
    known: BaseException | None = error
    while known is not None:
        if type(known).__name__ in _CONNECTION_ERRORS:
            return True
        known = known.__cause__ or known.__context__
    return False


def has_lost_connection(result: ExecuteInProcessResult) -> bool:
    """The same of a run whose failure was recorded once the server was back."""
    if result.success:
        return False
    for event in result.all_events:
        if event.event_type == DagsterEventType.STEP_FAILURE:
            found = event.step_failure_data.error
        elif event.event_type == DagsterEventType.PIPELINE_FAILURE:
            found = event.job_failure_data.error
        else:
            continue
        while found is not None:
            if found.cls_name in _CONNECTION_ERRORS:
                return True
            found = found.cause
    return False


def failed_run_error(result: ExecuteInProcessResult) -> dict[str, Any]:
    """The row of the error that failed a run; `UNEXPECTED` when it was none of ours."""
    return error_of_events(result.all_events)


def error_of_events(events: Iterable[DagsterEvent]) -> dict[str, Any]:
    """The same from the events of a run."""
    for event in events:
        if event.event_type != DagsterEventType.STEP_FAILURE:
            continue
        failure = event.step_failure_data.user_failure_data
        if failure is not None and ERROR_METADATA in failure.metadata:
            row = json.loads(str(failure.metadata[ERROR_METADATA].value))
            assert isinstance(row, dict)
            return row
        # An upstream value that could not be loaded fails before any asset body: only the recorded chain tells.
        cause = event.step_failure_data.error
        while cause is not None:
            kind = getattr(errors, cause.cls_name or "", None)
            if isinstance(kind, type) and issubclass(kind, SgdError):
                details = {"retry_after_s": LONGEST_RETRY_WAIT_S} if issubclass(kind, Unavailable) else {}
                return {"code": kind.code, "message": cause.message.partition(": ")[2].strip(), "details": details}
            if cause.cls_name in _CONNECTION_ERRORS:
                return error_row(Unavailable("the database went away in the middle of the run"))
            if tells_of_full_disk(cause.cls_name or "", cause.message):
                return error_row(storage_full())
            cause = cause.cause
    return dict(UNEXPECTED)
