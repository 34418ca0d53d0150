"""The HTTP bodies of jobs of any kind. Contracts of the same names in `contracts/`.

What must not live here: the parameters of a kind (its own request body has them), or limits that are no contract.
"""

from typing import Any, Literal

from pydantic import Field

from sgd_api.http.bodies.base import Body, Timestamp
from sgd_api.http.bodies.listings import StoredError
from sgd_api.http.bodies.schemas import RequestStatus

JobType = Literal["analyze", "render", "batch", "ingest", "canon", "replay"]


class JobRequest(Body):
    """Body of `POST /v1/jobs`."""

    job_type: JobType = Field(
        description="what `request_params` are the body of: render of POST /render, batch of POST /render/batch, "
        "ingest of POST /ingest, canon of POST /canon/derive, analyze of POST /v1/analyze; replay takes a `render_id`"
    )
    request_params: dict[str, Any]
    metadata: dict[str, Any] | None = Field(default=None, description="told back as it is; at most 4096 bytes of JSON")
    webhook_url: str | None = Field(
        default=None, min_length=9, max_length=2_048,
        description="told of the end: a webhook of the org, or a new one that hears of the jobs that name it",
    )  # fmt: skip


class ReplayRequest(Body):
    """Parameters of a replay: a render is made again from what was recorded, and compared to the byte."""

    render_id: str = Field(min_length=1, max_length=100)


class Job(Body):
    """A job at any stage of its life, however it was asked for."""

    job_id: str
    job_type: str
    status: RequestStatus
    status_url: str
    events_url: str = Field(description="its stream of events")
    result_url: str | None = Field(default=None, description="where its kind tells all of it")
    project_id: str | None = None
    webhook_id: str | None = Field(default=None, description="of the webhook that its `webhook_url` named")
    metadata: dict[str, Any] | None = None
    progress: dict[str, Any] | None = Field(default=None, description="as its kind tells it; absent until it began")
    result: dict[str, Any] | None = None
    error: StoredError | None = None
    cancel_requested: bool | None = Field(default=None, description="true from the asking for its end on")
    cost_usd: float | None = Field(default=None, description="of its model calls so far, also when it was cancelled")
    cost_usd_micros: int | None = Field(default=None, ge=0)
    created_at: Timestamp
    started_at: Timestamp | None = None
    finished_at: Timestamp | None = None
    expires_at: Timestamp | None = Field(default=None, description="when it is removed with its result; absent: never")


class JobPage(Body):
    """A page of the org's jobs, newest first."""

    jobs: tuple[Job, ...]
    next_cursor: str | None = Field(default=None, description="pass as `cursor` for the next page; absent on the last")
