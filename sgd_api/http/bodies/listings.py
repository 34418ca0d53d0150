"""The HTTP bodies of lists, status pages and comparisons. Contracts of the same names in `contracts/`.

What must not live here: the agreed request and response bodies (`schemas.py`).
"""

from typing import Any, Literal

from pydantic import Field

from sgd_api.http.bodies.base import Body, Sha256, Timestamp
from sgd_api.http.bodies.schemas import RenderAudit, RenderedAsset, RequestStatus
from sgd_assets.renders.model import RenderPlan

# ---------------------------------------------------------------- uploads


class ParseResult(Body):
    """What the parser said of the clean bytes; the same bytes are not asked about again."""

    state: Literal["read", "refused"]
    reason: str | None = Field(default=None, description="why it was refused")
    notes: tuple[str, ...] = Field(default=(), description="what was left out of it, or more on the refusal")


class UploadScan(Body):
    """Who looked for malware in a file, and what came of it."""

    engine: str | None = Field(default=None, description="the engines that looked, with their versions")
    rules: str | None = Field(default=None, description="the embedded engine's rules")
    verdict: str = Field(description="clean | infected | suspicious | not_scanned | unavailable")


class Upload(Body):
    """One uploaded file and what the gate said of it."""

    upload_id: str
    project_id: str | None = None
    file_name: str
    declared_type: str | None = None
    size_bytes: int = Field(ge=0)
    source_sha256: Sha256 | None = None
    status: Literal["quarantined", "promoted", "rejected", "discarded", "failed"]
    verdict: str | None = None
    reason: str | None = Field(default=None, description="why it stayed in quarantine")
    message: str | None = Field(default=None, description="the reason in words: what was counted, and the limit")
    av: UploadScan | None = Field(default=None, description="absent until the gate has looked")
    removed: dict[str, int] | None = Field(
        default=None, description="what the gate took out of the file, by kind; absent when nothing"
    )
    evidence_sha256: Sha256 | None = None
    parse: ParseResult | None = Field(default=None, description="absent until a run has read the evidence")
    is_duplicate: bool | None = Field(default=None, description="the org had these bytes; nothing new was stored")
    created_at: Timestamp | None = None
    processed_at: Timestamp | None = None


class LeftOutFile(Body):
    """A file of the request that was not taken, and why."""

    file_name: str
    reason: str


class UploadReceipt(Body):
    """Answer of `POST /uploads`, in the order of the files."""

    uploads: tuple[Upload, ...]
    left_out: tuple[LeftOutFile, ...] | None = Field(
        default=None, description="files that were not taken; absent when all were"
    )


class EvidenceRemoval(Body):
    """Answer of `DELETE /uploads/{id}` and `DELETE /evidence/{sha256}`: what this call took back."""

    removed_uploads: tuple[str, ...] = Field(default=(), description="ids; empty when they had been taken back before")
    removed_evidence: tuple[Sha256, ...] = Field(default=(), description="clean files that no other upload gives")
    job_id: str | None = Field(default=None, description="the job that derives the canon anew without them")
    status_url: str | None = Field(default=None, description="where to ask for that job")


class UploadPage(Body):
    """One page of `GET /uploads`, newest first."""

    uploads: tuple[Upload, ...]
    next_cursor: str | None = Field(default=None, description="pass as `cursor` for the next page; absent on the last")


# ---------------------------------------------------------------- model calls


class InferenceCall(Body):
    """One row of the call log: a try at a model, or an answer that had been kept."""

    call_id: str
    created_at: Timestamp
    day: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="the UTC day its cost is booked on")
    task: str
    level: str | None = None
    requested_model: str | None = None
    served_model: str | None = None
    provider: str | None = None
    outcome: str = Field(description="succeeded | failed | unknown | cached | refused")
    error_kind: str | None = Field(default=None, description="of a try that failed")
    attempt: int = Field(ge=0, description="which try of its call; 0 for a kept answer")
    tokens_in: int = Field(ge=0)
    tokens_out: int = Field(ge=0)
    cost_usd_micros: int = Field(ge=0)
    cost_source: str = Field(description="provider | generation | policy (its prices) | estimate | none")
    saved_usd_micros: int = Field(ge=0, description="what a kept answer had cost the first time")
    latency_ms: int = Field(ge=0)
    cache_state: str | None = None
    project_id: str | None = None
    key_id: str | None = None
    request_id: str | None = None
    trace_id: str | None = None


class InferenceCallPage(Body):
    """One page of `GET /api/inference/calls`, newest first."""

    calls: tuple[InferenceCall, ...]
    next_cursor: str | None = Field(default=None, description="pass as `cursor` for the next page; absent on the last")


# ---------------------------------------------------------------- work in progress


class StoredError(Body):
    """Why a request failed, as it is kept on its row."""

    code: str
    message: str
    details: dict[str, Any] | None = None


class RenderStep(Body):
    """One step of a render that has ended."""

    step: str = Field(
        description="validate | brief | canon | plan | guard | generate | compose | measure | repair | store | audit"
    )
    at: Timestamp = Field(description="when it began")
    ms: int | None = Field(default=None, ge=0, description="how long it took")
    picture: int | None = Field(default=None, ge=0, description="index of the picture it was for")


class RenderProgress(Body):
    """How far a render is: the step it is in, and those behind it. Of one that has ended: the step it ended in."""

    step: str
    at: Timestamp = Field(description="when it began")
    picture: int | None = Field(default=None, ge=0, description="index of the picture it is for")
    done: tuple[RenderStep, ...] = Field(default=(), description="in order; steps of each picture come again")


class RenderStatus(Body):
    """A render request at any stage of its life; also the 202 answer of `POST /render`."""

    render_id: str
    status: RequestStatus
    status_url: str
    project_id: str | None = None
    assets: tuple[RenderedAsset, ...] = ()
    audit: RenderAudit | None = None
    plan: RenderPlan | None = Field(default=None, description="of the first picture; `brief` is what was understood")
    unmet: tuple[str, ...] | None = Field(
        default=None, description="what was asked and is not done, of all pictures; `guardrails_ok` is false then"
    )
    notes: tuple[str, ...] | None = Field(default=None, description="decisions a person should know of")
    alt: str | None = Field(default=None, description="alternative text of the first picture")
    budget_exhausted: bool | None = Field(
        default=None, description="true: a model would have been asked, and a budget had no room for it"
    )
    removed_evidence: tuple[Sha256, ...] | None = Field(
        default=None, description="evidence behind this render that was taken back since"
    )
    progress: RenderProgress | None = Field(default=None, description="absent until a worker has taken it up")
    error: StoredError | None = None
    created_at: Timestamp | None = None
    started_at: Timestamp | None = None
    finished_at: Timestamp | None = None


class JobStatus(Body):
    """An ingest or derive job at any stage of its life; also the 202 answer of what asked for it."""

    job_id: str
    kind: str
    status: RequestStatus
    status_url: str
    result: dict[str, Any] | None = None
    error: StoredError | None = None
    created_at: Timestamp | None = None
    started_at: Timestamp | None = None
    finished_at: Timestamp | None = None


# ---------------------------------------------------------------- canon


class CanonVersion(Body):
    """One immutable version of an org's canon."""

    version: str
    status: Literal["complete", "incomplete"]
    palette_hex: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    is_current: bool
    is_draft: bool | None = Field(default=None, description="true: of some files only, never current")
    previous_version: str | None = None
    created_at: Timestamp | None = None


class CanonVersions(Body):
    """One page of `GET /canon/versions`, newest first."""

    versions: tuple[CanonVersion, ...]
    next_cursor: str | None = Field(default=None, description="pass as `cursor` for the next page; absent on the last")


class ListChange(Body):
    """How an ordered list changed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    is_reordered: bool = False


class ValueChange(Body):
    """How one value changed; an absent side means that it was not stated."""

    before: str | None = None
    after: str | None = None


class CanonDiff(Body):
    """Answer of `GET /canon/diff`: what changed from one version to another."""

    from_version: str
    to_version: str
    is_same: bool
    palette_hex: ListChange
    fonts: ListChange
    voice_tone: ValueChange | None = None
    voice_dos: ListChange
    voice_donts: ListChange
    logo_safe_zone: ValueChange | None = None
    logo_dos: ListChange | None = None
    logo_donts: ListChange | None = None
    facts: ListChange = Field(description="ids of facts")
    evidence: ListChange = Field(description="sha256s of evidence read")
    statements: ListChange | None = Field(default=None, description="what people decided of facts, in words")


# ---------------------------------------------------------------- search


class SearchResult(Body):
    """One passage, best first, with the place it comes from."""

    point_id: str
    score: float
    text: str
    file_name: str | None = None
    evidence_sha256: str | None = None
    page: int | None = Field(default=None, ge=1)
    kind: str | None = None
    source: dict[str, Any] | None = Field(default=None, description="everything the index knows of the passage's place")


class SearchResponse(Body):
    """Answer of `GET /search`."""

    query: str
    hits: tuple[SearchResult, ...]


# ---------------------------------------------------------------- health


class Dependency(Body):
    """One outside part this process needs."""

    name: str
    state: Literal["up", "down"]
    latency_ms: float = Field(ge=0)
    reason: str | None = None


Effect = Literal[
    "local_rate_limits", "caches_off", "model_calls_refused", "search_unavailable", "ingest_held", "nothing_accepted",
    "files_unavailable", "models_throttled",
]  # fmt: skip
"""For a program: what a caller meets while a part is down."""


class Degradation(Body):
    """What follows from one part that is down or strained."""

    part: str
    effects: tuple[Effect, ...] = Field(min_length=1)
    detail: str
    models: tuple[str, ...] | None = Field(default=None, description="of the part `models`: which")


class Readiness(Body):
    """Answer of `GET /readyz`: 200 when this process does its work, if need be without a part; else 503."""

    status: Literal["ready", "degraded", "not_ready"] = Field(
        description="`degraded`: requests are served, and `degraded` says what is different; `not_ready` (503): a part "
        "is down that nothing can be done without"
    )
    dependencies: tuple[Dependency, ...]
    degraded: tuple[Degradation, ...] | None = None
