"""What is asked of an analysis, and what comes of it: values that cross every step.

What must not live here: HTTP bodies, or any step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sgd_assets.prompts.schema_guard.guard import CheckedSchema
from sgd_assets.prompts.spans import Span

TASK = "analyze"
"""Of the model policy."""
OutputFormat = Literal["json", "xml"]
ValidationStatus = Literal["passed", "repaired", "relaxed"]


@dataclass(frozen=True)
class Options:
    """How an analysis is made; the defaults are those of the address."""

    include_confidence: bool = True
    language_detection: bool = True
    cache_ttl_s: int | None = None
    """None leaves it to the policy."""
    bypass_cache: bool = False
    provider: str | None = None
    model: str | None = None
    strategy: str | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    redact_pii: bool | None = None
    """None as the policy says."""
    retry_relaxed: bool = False
    spans: bool = False


@dataclass(frozen=True)
class Example:
    """A prompt and the answer that is right for it."""

    prompt: str
    answer: Any


@dataclass(frozen=True)
class Ask:
    """One prompt, with everything that belongs to it."""

    prompt: str
    """Prepared: no NUL, no blanks around it."""
    format: OutputFormat = "json"
    schema: CheckedSchema | None = None
    options: Options = field(default_factory=Options)
    examples: tuple[Example, ...] = ()
    guidance: str | None = None
    """What the org's template says of the task."""
    template_id: str | None = None
    template_version: int | None = None


@dataclass(frozen=True)
class Analysis:
    """A validated answer."""

    intent: str
    subject: str
    entities: Mapping[str, Any]
    data: Any
    status: ValidationStatus
    errors: tuple[Mapping[str, str], ...]
    """Rules of the caller's schema that a relaxed answer still breaks."""
    warnings: tuple[str, ...]
    language: str | None
    confidence: float | None
    spans: tuple[Span, ...]
    ungrounded: tuple[str, ...]
    injection_score: float
    injection_reasons: tuple[str, ...]
    redacted: Mapping[str, int]
    model_used: str
    provider_used: str
    is_cached: bool
    cost_usd_micros: int


@dataclass(frozen=True)
class Failed:
    """An answer that met its schema neither at first nor when asked again."""

    raw_answer: str
    errors: tuple[Mapping[str, str], ...]
    model_used: str
    provider_used: str
    cost_usd_micros: int
    warnings: tuple[str, ...] = ()
