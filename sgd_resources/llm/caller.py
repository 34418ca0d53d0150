"""Who asks for a model call: one value from the public calls down to the call log, the budgets and the traces.

What must not live here: what is asked for (`call/request.py`), or what a caller may spend (`money/`).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Caller:
    """Who asks, and as part of what.

    Attributes:
        org_id: who pays; answers are never shared between orgs.
        project_id: for the call log and traces; a project may have budgets of its own.
        request_id: for the call log; all calls of one request share a budget.
        job_id: the run that asks; all calls of one job share a limit on their number.
        trace_id: groups calls in the call log and traces; without one each call is a trace of its own.
        key_id: the API key behind it, where there is one; a key may have budgets of its own.
        key_line: the first of the keys that replaced each other up to this one: they share budgets.
    """

    org_id: str
    project_id: str | None = None
    request_id: str | None = None
    job_id: str | None = None
    trace_id: str | None = None
    key_id: str | None = None
    key_line: str | None = None
