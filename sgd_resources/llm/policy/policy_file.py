"""The policy file as typed values: which models answer a task, in which order, for how much, how long and how often.

What must not live here: sending, counting, or prices as the provider lists them (`catalog.py`).
"""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from sgd_resources.contracts import check_input, load_policy, policy_path
from sgd_resources.errors import InvalidInput, ValidationFailed

Strategy = Literal["priority", "cost", "latency", "least_busy", "quality"]
Surface = Literal["chat", "images"]

DialectName = Literal["openrouter", "openai", "azure", "vllm", "llamacpp", "lmstudio", "ollama"]
"""How a server speaks; `wire/dialects.py` says what differs."""
Prices = Literal["catalog", "policy", "free"]
"""Where a provider's prices stand: in its own list, in the policy's `models`, or nowhere because it costs nothing."""

POLICY_NAME = "openrouter_policy"
DEFAULT_PROVIDER = "openrouter"
LEVEL_OF_SCOPE: Mapping[str, str] = {"turn": "light", "task": "light", "project": "capable", "objective": "capable"}
"""Small steps go to the light model, work over a whole project to the capable one."""
MICROS_PER_USD = 1_000_000
RELOAD_CHECK_S = 1.0
_log = logging.getLogger(__name__)


def usd_to_micros(usd: float | str | Decimal, *, rounds_up: bool = True) -> int:
    """Integer micro-USD; parts of one are charged whole, so that rounding never lets money through."""
    exact = Decimal(str(usd)) * MICROS_PER_USD
    whole = int(exact)
    return whole + (1 if rounds_up and exact > whole else 0)


@dataclass(frozen=True)
class ModelFacts:
    """What the policy says of one model; None where it says nothing."""

    quality: float | None = None
    prompt_usd_per_million: float | None = None
    completion_usd_per_million: float | None = None
    image_usd: float | None = None
    surface: Surface | None = None
    provider: str = DEFAULT_PROVIDER
    name: str | None = None
    """What the provider calls the model; the slug when None."""
    context_tokens: int | None = None
    input_images: int | None = None
    """How many pictures it takes beside a prompt; further ones are not sent. None where nothing is known."""
    refuses: frozenset[str] = frozenset()
    """Request parameters the model does not take."""


@dataclass(frozen=True)
class ProviderPolicy:
    """A server that answers chat completions."""

    name: str
    base_url: str | None = None
    """None only for `openrouter`: the setting says it."""
    key_variable: str | None = None
    """The environment variable that holds the key; None for a server that wants none."""
    dialect: DialectName = "openrouter"
    prices: Prices = "catalog"
    api_version: str | None = None


OPENROUTER = ProviderPolicy(DEFAULT_PROVIDER, key_variable="OPENROUTER_API_KEY")


@dataclass(frozen=True)
class TaskPolicy:
    """How one kind of call is routed and what it may cost."""

    name: str
    level: str
    models: tuple[str, ...]
    """The primary, then the fallbacks in their order."""
    max_cost_usd_micros: int
    max_input_tokens: int
    max_output_tokens: int
    timeout_s: float
    cache_ttl_s: int = 0
    strategy: Strategy = "priority"
    surface: Surface | None = None
    temperature: float | None = None
    on_moderation: Literal["refuse", "fallback"] = "refuse"
    """What follows when a provider filters the request or its answer: the error, or the next model."""


@dataclass(frozen=True)
class RetryPolicy:
    """Tries per model, waits between them, and the deadline over all of them."""

    max_attempts: int = 2
    backoff_ms: int = 400
    has_jitter: bool = True
    cap_ms: int = 5_000
    total_deadline_s: float = 60.0


@dataclass(frozen=True)
class BreakerPolicy:
    """How many failures within the window open a breaker, and for how long."""

    failures: int = 5
    window_s: float = 60.0
    open_s: float = 30.0


@dataclass(frozen=True)
class RateLimits:
    """Calls and tokens a minute; None is no limit."""

    calls_per_min_per_model: int | None = None
    tokens_per_min_per_model: int | None = None
    calls_per_min_per_key: int | None = None
    tokens_per_min_per_key: int | None = None


@dataclass(frozen=True)
class BudgetLimits:
    """Micro-USD by scope, of UTC days and months; None is no limit."""

    request_usd_micros: int | None = None
    org_day_usd_micros: int | None = None
    global_day_usd_micros: int | None = None
    max_calls_per_job: int | None = None
    org_month_usd_micros: int | None = None
    global_month_usd_micros: int | None = None
    project_day_usd_micros: int | None = None
    project_month_usd_micros: int | None = None
    key_day_usd_micros: int | None = None
    key_month_usd_micros: int | None = None
    of_parts: Mapping[tuple[str, str], tuple[int | None, int | None]] = field(default_factory=dict, hash=False)
    """Of single keys and projects of the org, in place of the four above: (kind, id) -> (day, month)."""
    lines: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Of the org's keys that replaced others: the first of them, whose pots they draw from."""
    alert_percents: tuple[int, ...] = (50, 80, 100)
    alert_webhook_url: str | None = None


@dataclass(frozen=True)
class Policy:
    """The whole file."""

    version: int
    tasks: Mapping[str, TaskPolicy]
    retry: RetryPolicy
    breaker: BreakerPolicy
    rate_limits: RateLimits
    budgets: BudgetLimits
    models: Mapping[str, ModelFacts] = field(default_factory=dict)
    trace_sample_ratio: float = 1.0
    is_telemetry_enabled: bool = True
    redacts_pii: bool = True
    levels: Mapping[str, str] = field(default_factory=dict)
    """The model of each level."""
    providers: Mapping[str, ProviderPolicy] = field(default_factory=dict)

    def task(self, name: str, level: str | None = None, model: str | None = None) -> TaskPolicy:
        """The task's policy.

        Args:
            name: of the task.
            level: a level, or the scope of the work (`turn`, `task`, `project`, `objective`): its model is asked first
                then, whatever the task's own primary is; the task's other models follow.
            model: one of the task's models or of the levels: it alone is asked then.

        Raises:
            InvalidInput: the file names no such task or level, or no such model for it.
        """
        try:
            found = self.tasks[name]
        except KeyError:
            raise InvalidInput(f"no policy for the task {name!r}", details={"tasks": sorted(self.tasks)}) from None
        if model is not None:
            if model not in {*found.models, *self.levels.values()}:
                raise InvalidInput(f"the task {name} has no model {model[:100]!r}", details={"models": found.models})
            return replace(found, models=(model,))
        if level is None:
            return found
        named = LEVEL_OF_SCOPE.get(level, level)
        if named not in self.levels:
            known = sorted({*self.levels, *LEVEL_OF_SCOPE})
            raise InvalidInput(f"no level {level!r}", details={"levels": known})
        models = tuple(dict.fromkeys([self.levels[named], *found.models]))
        return replace(found, level=named, models=models, strategy="priority")

    def provider(self, name: str) -> ProviderPolicy:
        """A provider by its name; `openrouter` needs no entry."""
        return self.providers.get(name) or OPENROUTER

    def provider_of(self, slug: str) -> ProviderPolicy:
        """Where the model is asked."""
        facts = self.models.get(slug)
        return self.provider(facts.provider if facts else DEFAULT_PROVIDER)

    def name_of(self, slug: str) -> str:
        """What its provider calls the model."""
        facts = self.models.get(slug)
        return (facts.name if facts else None) or slug

    def slugs(self) -> list[str]:
        """Every model any task may call, sorted."""
        return sorted({slug for task in self.tasks.values() for slug in task.models} | set(self.levels.values()))


def parse_policy(document: Mapping[str, Any]) -> Policy:
    """The typed policy of a document that satisfies the contract `openrouter_policy`.

    Raises:
        ValidationFailed: it does not; `details` names the paths.
    """
    check_input(POLICY_NAME, document)
    _check_providers(document)
    retry, breaker = document["retry"], document.get("breaker")
    limits, budgets, telemetry = document.get("rate_limits", {}), document.get("budgets", {}), document["telemetry"]
    return Policy(
        version=document["version"],
        tasks={name: _task(name, body, document["levels"]) for name, body in document["tasks"].items()},
        retry=RetryPolicy(
            max_attempts=retry["max_attempts"],
            backoff_ms=retry["backoff_ms"],
            has_jitter=retry["jitter"] == "full",
            cap_ms=retry["cap_ms"],
            total_deadline_s=float(retry["total_deadline_s"]),
        ),
        breaker=BreakerPolicy(**breaker) if breaker else BreakerPolicy(),
        rate_limits=RateLimits(**limits),
        budgets=_budgets(budgets),
        models={slug: _facts(body) for slug, body in document.get("models", {}).items()},
        levels=dict(document["levels"]),
        providers={name: _provider(name, body) for name, body in document.get("providers", {}).items()},
        trace_sample_ratio=float(telemetry.get("sample_ratio", 1.0)),
        is_telemetry_enabled=telemetry["is_enabled"],
        redacts_pii=telemetry.get("redact_pii", True),
    )


def _task(name: str, body: Mapping[str, Any], levels: Mapping[str, str]) -> TaskPolicy:
    primary = body.get("primary") or levels[body["level"]]
    return TaskPolicy(
        name=name,
        level=body["level"],
        models=tuple(dict.fromkeys([primary, *body["fallbacks"]])),
        max_cost_usd_micros=usd_to_micros(body["max_cost_usd"], rounds_up=False),
        max_input_tokens=body["max_input_tokens"],
        max_output_tokens=body["max_output_tokens"],
        timeout_s=float(body["timeout_s"]),
        cache_ttl_s=body.get("cache_ttl_s", 0),
        strategy=body.get("strategy", "priority"),
        surface=body.get("surface"),
        temperature=body.get("temperature"),
        on_moderation=body.get("on_moderation", "refuse"),
    )


def _facts(body: Mapping[str, Any]) -> ModelFacts:
    return ModelFacts(**{**body, "refuses": frozenset(body.get("refuses", ()))})


def _provider(name: str, body: Mapping[str, Any]) -> ProviderPolicy:
    default_key = OPENROUTER.key_variable if name == DEFAULT_PROVIDER else None
    dialect = body["dialect"]
    return ProviderPolicy(
        name=name,
        base_url=body.get("base_url"),
        key_variable=body.get("key_variable", default_key),
        dialect=dialect,
        prices=body.get("prices", "catalog" if dialect == "openrouter" else "policy"),
        api_version=body.get("api_version"),
    )


def _check_providers(document: Mapping[str, Any]) -> None:
    """Raises ValidationFailed for what the contract cannot say: names that lead nowhere."""
    known = {DEFAULT_PROVIDER, *document.get("providers", {})}
    errors = [
        {"path": f"$.models['{slug}'].provider", "message": f"no such provider: {facts['provider']}"}
        for slug, facts in document.get("models", {}).items()
        if facts.get("provider", DEFAULT_PROVIDER) not in known
    ]
    errors += [
        {"path": f"$.providers.{name}.base_url", "message": "required"}
        for name, body in document.get("providers", {}).items()
        if name != DEFAULT_PROVIDER and "base_url" not in body
    ]
    if errors:
        raise ValidationFailed(f"{POLICY_NAME} breaks its contract", details={"errors": errors})


def _budgets(body: Mapping[str, Any]) -> BudgetLimits:
    def micros(name: str) -> int | None:
        return usd_to_micros(body[name], rounds_up=False) if name in body else None

    ratios = body.get("alert_at_ratio", (0.5, 0.8, 1.0))
    return BudgetLimits(
        request_usd_micros=micros("request_usd"),
        org_day_usd_micros=micros("org_day_usd"),
        global_day_usd_micros=micros("global_day_usd"),
        max_calls_per_job=body.get("max_calls_per_job"),
        org_month_usd_micros=micros("org_month_usd"),
        global_month_usd_micros=micros("global_month_usd"),
        project_day_usd_micros=micros("project_day_usd"),
        project_month_usd_micros=micros("project_month_usd"),
        key_day_usd_micros=micros("key_day_usd"),
        key_month_usd_micros=micros("key_month_usd"),
        alert_percents=tuple(sorted(round(ratio * 100) for ratio in ratios)),
        alert_webhook_url=body.get("alert_webhook_url"),
    )


class PolicyFile:
    """The policy in force, or that of a directory; read again when the file changes, a broken edit keeps the last good.

    Safe in threads. `current()` looks at the file at most once a second.
    """

    def __init__(self, directory: Path | None = None) -> None:
        """Read it now. Raises ValidationFailed when even the first reading is broken."""
        self._directory = directory
        self._lock = threading.Lock()
        self._stamp = self._read_stamp()
        self._policy = parse_policy(load_policy(POLICY_NAME, directory=directory))
        self._checked_at = time.monotonic()

    def current(self) -> Policy:
        """The policy in force."""
        now = time.monotonic()
        if now - self._checked_at >= RELOAD_CHECK_S:
            with self._lock:
                self._checked_at = now
                self.reload()
        return self._policy

    def reload(self) -> None:
        """Look at the file now."""
        stamp = self._read_stamp()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._policy = parse_policy(load_policy(POLICY_NAME, directory=self._directory))
            _log.info("policy %s version %d is in force", POLICY_NAME, self._policy.version)
        except ValidationFailed as error:
            _log.error("policy %s was edited into something invalid; the last good one stays: %s", POLICY_NAME, error)

    def _read_stamp(self) -> tuple[Path, int, int] | None:
        name = f"{POLICY_NAME}.json"
        path = self._directory / name if self._directory else policy_path(name)
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        return path, found.st_mtime_ns, found.st_size
