"""The HTTP bodies of the prompt service: what is asked to be analysed, and the validated answer.

Contracts of the same names in `contracts/`. What must not live here: schemas and templates that are kept
(`prompt_store.py`).
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from sgd_api.http.bodies.base import Body
from sgd_assets.prompts.prepare import MAX_PROMPT_CHARACTERS

OutputFormat = Literal["json", "xml"]
Prompt = Annotated[str, Field(min_length=1, max_length=MAX_PROMPT_CHARACTERS, pattern=r"\S")]
JsonValue = dict[str, Any] | list[Any] | str | bool | int | float
"""Any JSON but null, which a body leaves out."""


class AnalyzeOptions(Body):
    """How one analysis is made; everything has a default."""

    model_config = ConfigDict(protected_namespaces=())

    include_confidence: bool = Field(default=True, description="whether the answer says how far it can be relied on")
    language_detection: bool = Field(default=True, description="whether the answer names the prompt's language")
    cache_ttl: int | None = Field(
        default=None, ge=60, le=86_400, description="seconds the answer is kept; the policy's when left out"
    )
    bypass_cache: bool = Field(default=False, description="a model is asked anew; its answer is kept for others")
    provider: str | None = Field(
        default=None, min_length=1, max_length=100, description="only models of this provider, or of this maker"
    )
    model: str | None = Field(default=None, min_length=1, max_length=200, description="one of the task's models, alone")
    strategy: Literal["priority", "cost", "latency", "least_busy", "quality"] | None = Field(
        default=None, description="the order in which models are asked, in place of the policy's"
    )
    temperature: float | None = Field(default=None, ge=0, le=1)
    max_tokens: int | None = Field(default=None, ge=100, le=4_096, description="of the answer; at most the policy's")
    redact_pii: bool | None = Field(
        default=None,
        description="whether personal data is replaced before a model sees it, and put back in the answer; "
        "false only where the policy lets it leave",
    )
    retry_relaxed: bool = Field(
        default=False, description="an answer that breaks the schema is taken with half of each `required` let go"
    )
    spans: bool = Field(default=False, description="each value with the characters of the prompt it comes from")


class AnalyzeRequest(Body):
    """Body of `POST /v1/analyze`."""

    model_config = ConfigDict(serialize_by_alias=True)

    prompt: Prompt | None = Field(default=None, description="what to analyse; left out when a template makes it")
    format: OutputFormat = "json"
    schema_: dict[str, Any] | None = Field(
        default=None, alias="schema", description="JSON Schema (draft 7 or 2020-12) of what `data` must be"
    )
    schema_id: str | None = Field(
        default=None, min_length=1, max_length=100, description="a kept schema: `id` or `id@version`"
    )
    template_id: str | None = Field(
        default=None, min_length=1, max_length=100, description="a kept template: `id` or `id@version`"
    )
    parameters: dict[str, str | bool | int | float] | None = Field(default=None, description="of the template")
    options: AnalyzeOptions = AnalyzeOptions()


class Fault(Body):
    """A rule that an answer breaks."""

    path: str
    message: str
    schema_path: str | None = None


class ValidationResult(Body):
    """What checking the answer said."""

    errors: tuple[Fault, ...] = Field(default=(), description="rules that are broken still: of a relaxed answer")
    warnings: tuple[str, ...] = ()


class Entities(Body):
    """The facts of a prompt."""

    key_details: tuple[str, ...]
    source: str | None = None
    target: str | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)


class InjectionScore(Body):
    """How much a prompt looks like orders to a model; never a refusal."""

    score: float = Field(ge=0, le=1)
    is_flagged: bool
    reasons: tuple[str, ...] = ()


class ValueSpan(Body):
    """Where in the prompt a value comes from, as this service found it."""

    path: str
    start: int = Field(ge=0, description="characters of the prompt as sent")
    end: int = Field(ge=0, description="not included")
    text: str


class AnalyzeResponse(Body):
    """Answer of `POST /v1/analyze`."""

    model_config = ConfigDict(protected_namespaces=())

    request_id: str
    intent: str
    subject: str
    entities: Entities
    data: JsonValue | None = Field(default=None, description="keeps the caller's schema; absent without one")
    output_format: OutputFormat
    original_language: str | None = Field(
        default=None, pattern=r"^([a-z]{2}|und)$", description="ISO 639-1; `und` where nobody could say"
    )
    confidence: float | None = Field(default=None, ge=0, le=1)
    validation_status: Literal["passed", "repaired", "relaxed"]
    validation: ValidationResult
    spans: tuple[ValueSpan, ...] | None = None
    ungrounded: tuple[str, ...] | None = Field(default=None, description="paths of values that no words bear out")
    injection: InjectionScore
    redacted: dict[str, int] | None = Field(default=None, description="how many of each kind a model did not see")
    processing_time_ms: int = Field(ge=0)
    provider_used: str
    model_used: str
    cached: bool
    cost_usd: float = Field(ge=0)


class BatchItem(Body):
    """One prompt of a batch; what it leaves out is the batch's."""

    model_config = ConfigDict(serialize_by_alias=True)

    prompt: Prompt
    id: str | None = Field(default=None, min_length=1, max_length=100, description="comes back with its result")


class AnalyzeBatchRequest(Body):
    """Body of `POST /v1/analyze/batch`."""

    model_config = ConfigDict(serialize_by_alias=True)

    prompts: tuple[Prompt | BatchItem, ...] = Field(min_length=1, max_length=100)
    format: OutputFormat = "json"
    schema_: dict[str, Any] | None = Field(default=None, alias="schema", description="as for one prompt, of them all")
    schema_id: str | None = Field(default=None, min_length=1, max_length=100)
    template_id: str | None = Field(default=None, min_length=1, max_length=100)
    parameters: dict[str, str | bool | int | float] | None = None
    options: AnalyzeOptions = AnalyzeOptions()


class ItemError(Body):
    """Why one prompt of a batch has no answer."""

    code: str
    message: str
    details: dict[str, Any] | None = None


class BatchResult(Body):
    """What came of one prompt."""

    index: int = Field(ge=0)
    id: str | None = None
    status: Literal["succeeded", "failed"]
    result: AnalyzeResponse | None = None
    error: ItemError | None = None
    duplicate_of: int | None = Field(default=None, ge=0, description="the equal prompt that was asked for both")


class BatchSummary(Body):
    """The batch in numbers."""

    total: int = Field(ge=1)
    successful: int = Field(ge=0)
    failed: int = Field(ge=0)
    cached: int = Field(ge=0)
    cost_usd: float = Field(ge=0)


class AnalyzeBatchResponse(Body):
    """Answer of `POST /v1/analyze/batch`, in the order of the prompts."""

    request_id: str
    results: tuple[BatchResult, ...]
    summary: BatchSummary
    processing_time_ms: int = Field(ge=0)
