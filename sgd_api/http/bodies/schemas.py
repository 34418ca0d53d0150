"""The HTTP bodies that clients send and get. Contracts of the same names in `contracts/`.

Required fields are those of the agreed contracts; everything of ours is optional. What must not live here: bodies
of lists and status pages (`listings.py`), stored shapes (`sgd_assets/*/model.py`), limits that are no contract
(`request_limits.py`).
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from sgd_api.http.bodies.base import Body, Sha256, Timestamp
from sgd_assets.canon.model import Abstention, Conflict, Fact, Statement
from sgd_assets.renders.model import Critique, ModelCall, PictureSource, RenderPlan, RuleVerdict, Violation

Hex = Annotated[str, Field(pattern=r"^#([0-9a-fA-F]{6})$")]
Reference = Annotated[str, Field(description="object key of this org or https URL on an allowlisted domain")]
IngestAsset = Annotated[str, Field(description="upload id, or object key in this org's quarantine")]
AssetId = Annotated[
    str, Field(description="object key of this org, render id, evidence sha256, or https URL on an allowlisted domain")
]
RequestStatus = Literal["queued", "running", "succeeded", "failed", "cancelled"]

# ---------------------------------------------------------------- render


class RenderPrompts(Body):
    """What to draw."""

    task: Literal["create", "edit", "variations"]
    instruction: str | None = Field(default=None, min_length=5)
    references: tuple[
        Annotated[str, Field(description="object key of this org or https URL on an allowlisted domain")], ...
    ] = Field(default=(), max_length=8)


class RenderOutputs(Body):
    """How many pictures, of what kind."""

    count: int = Field(ge=1, le=6)
    format: Literal["png", "jpg", "webp"]
    dimensions: str = Field(pattern=r"^[0-9]{2,5}x[0-9]{2,5}$", description="width x height in px, e.g. '1200x630'")
    also: tuple[Literal["pdf", "svg"], ...] | None = Field(
        default=None, max_length=2, description="the same composition as vectors, beside each picture"
    )


class RenderConstraints(Body):
    """Narrower rules than the canon's, for this request only."""

    palette_hex: tuple[Hex, ...] = Field(default=(), max_length=12)
    fonts: tuple[str, ...] = Field(default=(), max_length=6)
    logo_safe_zone_pct: float | None = Field(default=None, ge=0, le=40)


class RenderCopy(Body):
    """The words of the picture, printed exactly so and never parsed; in place of words in the instruction."""

    headline: str | None = None
    body: str | None = None
    call_to_action: str | None = Field(default=None, description="what the reader is to do, such as 'Book now'")
    date: str | None = None
    price: str | None = None
    url: str | None = None
    legal: str | None = Field(default=None, description="small print")
    extra: tuple[str, ...] = Field(default=(), max_length=8, description="further lines, in order")


class RenderMetadata(Body):
    """What the files tell of their pictures (XMP, resolution); what is left out is worked out or absent."""

    title: str | None = Field(default=None, description="the headline when unset")
    alt: str | None = Field(default=None, description="alternative text; from the words and what is seen when unset")
    credit: str | None = Field(default=None, description="whom to name beside the picture")
    rights: str | None = Field(default=None, description="copyright notice; none when unset")
    dpi: int | None = Field(
        default=None, ge=36, le=1200, description="pixels per inch that the file states; 96 when unset"
    )


class RenderRequest(Body):
    """Body of `POST /render`."""

    model_config = ConfigDict(serialize_by_alias=True)

    project_id: str
    prompts: RenderPrompts
    outputs: RenderOutputs
    constraints: RenderConstraints = RenderConstraints()
    words: RenderCopy | None = Field(default=None, alias="copy")
    dry_run: bool | None = Field(
        default=None, description="true: brief, plans, predicted cost and violations; nothing is spent, made or kept"
    )
    seed: int | None = Field(
        default=None, ge=0, le=4294967295, description="another seed, another look; the same seed, the same bytes"
    )
    allow_draft: bool | None = Field(
        default=None,
        description="where no picture can be generated: true makes a draft without one and says so (`model_route`, "
        "`unmet`); else the request fails with 502 or 429",
    )
    plan: dict[str, Any] | None = Field(
        default=None,
        description="a finished plan (contract render_plan): its fields are kept, those it leaves open are planned; "
        "one that breaks the contract or the canon is refused with 422",
    )
    metadata: RenderMetadata | None = None
    plan_id: str | None = Field(
        default=None,
        description="a picture of this org as a template, `render_id` or `render_id/index`: its layout, colours, "
        "pattern and pictures stay; words that are given (best as `copy`) replace its parts of the same name",
    )


class SynthId(Body):
    """A declared or verified watermark of a generated picture."""

    present: bool | None = None
    payload: str | None = None


class VectorAsset(Body):
    """A picture's composition as vectors, behind a signed URL that lives as long as the picture's."""

    format: Literal["pdf", "svg"]
    url: str
    key: str
    sha256: Sha256
    media_type: str
    bytes: int = Field(ge=0)
    expires_at: Timestamp | None = None
    manifest_url: str | None = Field(
        default=None, description="its C2PA manifest, signed alike: a file of its own, kept beside this one"
    )


class RenderedAsset(Body):
    """One picture, behind a signed URL that lives at most 900 s."""

    url: str
    synthid: SynthId | None = None
    index: int | None = Field(default=None, ge=0)
    key: str | None = None
    sha256: Sha256 | None = None
    media_type: str | None = None
    width_px: int | None = Field(default=None, ge=1)
    height_px: int | None = Field(default=None, ge=1)
    size_bytes: int | None = Field(default=None, ge=0)
    bytes: int | None = Field(default=None, ge=0, description="the same as size_bytes")
    expires_at: Timestamp | None = None
    critique: Critique | None = None
    plan: RenderPlan | None = None
    also: tuple[VectorAsset, ...] | None = Field(default=None, description="what `outputs.also` asks for")
    unmet: tuple[str, ...] | None = Field(default=None, description="what was asked and this picture does not do")
    alt: str | None = Field(default=None, description="alternative text: what is seen and the words, in reading order")


class RenderAudit(Body):
    """How the pictures came to be and what they cost."""

    trace_id: str | None = None
    model_route: str | None = None
    cost_usd: float | None = None
    guardrails_ok: bool | None = None
    verified_by: Literal["declared", "external", "none"] | None = None
    cost_usd_micros: int | None = Field(default=None, ge=0)
    canon_version: str | None = None
    dagster_run_id: str | None = None
    models: tuple[ModelCall, ...] | None = Field(
        default=None, description="every call of a model, also failed and refused ones; `cost_usd` is their sum"
    )
    prompt_sha256s: dict[str, str] | None = Field(default=None, description="of the prompts in use, by task")
    plan_sha256: str | None = Field(default=None, description="of the plans of all pictures, in order")
    sources: tuple[PictureSource, ...] | None = Field(
        default=None, description="generated pictures as served; what `verified_by: declared` speaks of"
    )


class PredictedCost(Body):
    """What a request may cost: from what it costs when no model answers to the sum of all its tasks' caps."""

    low_usd_micros: int = Field(ge=0)
    high_usd_micros: int = Field(ge=0)


class DryRun(Body):
    """What a request would give, by the local route; nothing was spent or kept."""

    plans: tuple[RenderPlan, ...] = Field(description="of each picture, in order")
    violations: tuple[str, ...] = Field(default=(), description="rules of the canon that the pictures would break")
    cost: PredictedCost


class RenderResponse(Body):
    """Answer of `POST /render` when the pictures are ready."""

    assets: tuple[RenderedAsset, ...]
    audit: RenderAudit
    plan: RenderPlan | None = Field(default=None, description="of the first picture; `brief` is what was understood")
    unmet: tuple[str, ...] | None = Field(
        default=None, description="what was asked and is not done, of all pictures; `guardrails_ok` is false then"
    )
    notes: tuple[str, ...] | None = Field(default=None, description="decisions a person should know of")
    alt: str | None = Field(default=None, description="alternative text of the first picture")
    dry_run: DryRun | None = Field(default=None, description="only for a request with `dry_run: true`")
    render_id: str | None = None
    budget_exhausted: bool | None = Field(
        default=None, description="true: a model would have been asked, and a budget had no room for it"
    )
    project_id: str | None = None
    status: RequestStatus | None = None
    created_at: Timestamp | None = None
    finished_at: Timestamp | None = None


# ---------------------------------------------------------------- ingest


class IngestRequest(Body):
    """Body of `POST /ingest`."""

    project_id: str
    assets: tuple[IngestAsset, ...] = Field(max_length=50)


class IngestedFile(Body):
    """What became of one file."""

    file_name: str
    upload_id: str | None = None
    status: str | None = Field(default=None, description="promoted | rejected | quarantined | failed | discarded")
    verdict: str | None = None
    reason: str | None = None
    message: str | None = Field(default=None, description="the reason in words: what was counted, and the limit")
    evidence_sha256: str | None = None


class IngestResponse(Body):
    """Answer of `POST /ingest` when the run is over."""

    processed: int | None = None
    qdrant_ids: tuple[str, ...] = ()
    job_id: str | None = None
    status: RequestStatus | None = None
    canon_version: str | None = None
    chunks: int | None = Field(default=None, ge=0, description="chunks in the org's collection")
    stages_ms: dict[str, float] = Field(default_factory=dict, description="duration of each stage of the run")
    budget_exhausted: bool | None = Field(
        default=None, description="true: a model would have been asked, and a budget had no room for it"
    )
    files: tuple[IngestedFile, ...] = ()


# ---------------------------------------------------------------- canon


class CanonDeriveRequest(Body):
    """Body of `POST /canon/derive`."""

    project_id: str
    evidence_ids: tuple[
        Annotated[
            str, Field(description="evidence sha256 or upload id: a draft of these files alone; none: the org's canon")
        ],
        ...,
    ]
    require_complete: bool | None = Field(
        default=None,
        description="true: 422 naming what the contract misses, in place of 200 with an incomplete canon",
    )


class CanonVoice(Body):
    """How the brand speaks."""

    tone: str | None = None
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()


class CanonDeriveResponse(Body):
    """Answer of `POST /canon/derive` and `GET /canon`: the canon, complete or not."""

    palette_hex: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    voice: CanonVoice | None = None
    version: str | None = None
    status: Literal["complete", "incomplete"] | None = None
    logo_safe_zone: str | None = None
    logo_dos: tuple[str, ...] = ()
    logo_donts: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    abstained: tuple[Abstention, ...] = ()
    statements: tuple[Statement, ...] = Field(default=(), description="what people decided of facts")
    derived_by: str | None = None
    evidence_sha256s: tuple[str, ...] = ()
    notes: tuple[str, ...] = Field(
        default=(),
        description="what was left out of the canon, and of the current one files that were not read, or not wholly",
    )
    budget_exhausted: bool | None = Field(
        default=None, description="true: a model would have been asked, and a budget had no room for it"
    )
    is_draft: bool | None = Field(
        default=None, description="true: of some files only, and never the org's current canon"
    )
    created_at: Timestamp | None = None
    job_id: str | None = None


# ---------------------------------------------------------------- critique


class CritiqueRequest(Body):
    """Body of `POST /critique`."""

    project_id: str
    asset_ids: tuple[AssetId, ...]
    expected_copy: tuple[str, ...] | None = Field(
        default=None, description="every text that is to stand on the pictures; what is read beside them is stray"
    )
    expected_size: str | None = Field(default=None, description="width x height in px, e.g. '1080x1350'")
    expected_format: Literal["png", "jpg", "webp"] | None = None
    profile: Literal["strict", "social", "own"] | None = Field(
        default=None, description="weights and limits of policies/compliance.json; its default_profile when left out"
    )


class CritiquedAsset(Body):
    """The critique of one picture."""

    asset_id: str
    score: float = Field(ge=0, le=1)
    violations: tuple[str, ...] = ()
    repair_suggestions: tuple[str, ...] = ()
    findings: tuple[Violation, ...] = ()
    measurements: dict[str, float] = Field(default_factory=dict)
    rules: tuple[RuleVerdict, ...] | None = Field(
        default=None, description="the verdict of every rule with its weight, kept and untold ones included"
    )
    width_px: int | None = Field(default=None, ge=1)
    height_px: int | None = Field(default=None, ge=1)
    marked_url: str | None = Field(
        default=None,
        description="signed URL of the picture with its findings drawn on it; none where nothing was found",
    )
    expires_at: Timestamp | None = Field(default=None, description="of marked_url")


class CritiqueResponse(Body):
    """Answer of `POST /critique`: the worst score of all pictures, and each one's own."""

    score: float | None = Field(default=None, ge=0, le=1)
    violations: tuple[str, ...] = ()
    findings: tuple[Violation, ...] | None = Field(default=None, description="of all pictures, in order")
    repair_suggestions: tuple[str, ...] = ()
    canon_version: str | None = None
    profile: str | None = Field(default=None, description="which weights and limits the pictures were judged by")
    items: tuple[CritiquedAsset, ...] = ()


# ---------------------------------------------------------------- errors

ErrorCode = Literal[
    "INVALID_REQUEST",
    "UNAUTHORIZED",
    "FORBIDDEN",
    "NOT_FOUND",
    "CONFLICT",
    "REQUEST_TIMEOUT",
    "PAYLOAD_TOO_LARGE",
    "VALIDATION_FAILED",
    "CONTENT_BLOCKED",
    "RATE_LIMIT_EXCEEDED",
    "BUDGET_EXCEEDED",
    "LLM_PROVIDER_ERROR",
    "UNAVAILABLE",
    "INTERNAL_ERROR",
]


class ErrorInfo(Body):
    """What went wrong, for a person and for a program."""

    code: ErrorCode
    message: str
    details: dict[str, Any]
    request_id: str
    timestamp: Timestamp


class ErrorEnvelope(Body):
    """Body of every answer with status 400 or above."""

    error: ErrorInfo
