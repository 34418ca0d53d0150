"""The policy file as typed values: which models answer a task, in which order, for how much, how long and how often.

What must not live here: sending, counting, or prices as the provider lists them (`catalog.py`).
"""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from sgd_resources.contracts import POLICIES_DIR, check_input, load_policy
from sgd_resources.errors import InvalidInput, ValidationFailed

Strategy = Literal["priority", "cost", "latency", "least_busy", "quality"]
Surface = Literal["chat", "images"]

POLICY_NAME = "openrouter_policy"
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
    """Micro-USD by scope; None is no limit."""

    request_usd_micros: int | None = None
    org_day_usd_micros: int | None = None
    global_day_usd_micros: int | None = None
    max_calls_per_job: int | None = None
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
    max_logged_characters: int = 512
    is_telemetry_enabled: bool = True
    redacts_pii: bool = True

    def task(self, name: str) -> TaskPolicy:
        """The task's policy. Raises InvalidInput for a task the file does not name."""
        try:
            return self.tasks[name]
        except KeyError:
            raise InvalidInput(f"no policy for the task {name!r}", details={"tasks": sorted(self.tasks)}) from None

    def slugs(self) -> list[str]:
        """Every model any task may call, sorted."""
        return sorted({slug for task in self.tasks.values() for slug in task.models})


def parse_policy(document: Mapping[str, Any]) -> Policy:
    """The typed policy of a document that satisfies the contract `openrouter_policy`.

    Raises:
        ValidationFailed: it does not; `details` names the paths.
    """
    check_input(POLICY_NAME, document)
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
        models={slug: ModelFacts(**facts) for slug, facts in document.get("models", {}).items()},
        max_logged_characters=telemetry["max_logged_characters"],
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
    )


def _budgets(body: Mapping[str, Any]) -> BudgetLimits:
    def micros(name: str) -> int | None:
        return usd_to_micros(body[name], rounds_up=False) if name in body else None

    ratios = body.get("alert_at_ratio", (0.5, 0.8, 1.0))
    return BudgetLimits(
        request_usd_micros=micros("request_usd"),
        org_day_usd_micros=micros("org_day_usd"),
        global_day_usd_micros=micros("global_day_usd"),
        max_calls_per_job=body.get("max_calls_per_job"),
        alert_percents=tuple(sorted(round(ratio * 100) for ratio in ratios)),
        alert_webhook_url=body.get("alert_webhook_url"),
    )


class PolicyFile:
    """The policy of a directory, read again when the file changes; a broken edit keeps the last good one.

    Safe in threads. `current()` looks at the file at most once a second.
    """

    def __init__(self, directory: Path = POLICIES_DIR) -> None:
        """Read it now. Raises ValidationFailed when even the first reading is broken."""
        self._directory = directory
        self._path = directory / f"{POLICY_NAME}.json"
        self._lock = threading.Lock()
        self._stamp = self._read_stamp()
        self._policy = parse_policy(load_policy(POLICY_NAME, directory=directory))
        self._checked_at = time.monotonic()
        self.rejected_edits = 0

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
            self.rejected_edits += 1
            _log.error("policy %s was edited into something invalid; the last good one stays: %s", POLICY_NAME, error)

    def _read_stamp(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size


class FixedPolicy:
    """A policy that never changes: tests, and services configured in code."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def current(self) -> Policy:
        """The policy."""
        return self._policy
