"""Which model is asked next: the same after a pause, the next of the chain, or none; and the error when none answered.

What must not live here: the order of the chain (`policy/routing.py`), or asking.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sgd_resources.errors import (
    BudgetExceeded,
    PayloadTooLarge,
    ProviderFailed,
    ProviderRefused,
    RateLimited,
    Unavailable,
)
from sgd_resources.events import warn
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Rest
from sgd_resources.llm.call.call import Call
from sgd_resources.llm.wire.replies import CallFailed
from sgd_resources.llm.wire.retry import pause_s
from sgd_resources.shown.moment import rfc3339

FAULTS_OF_ACCOUNT = frozenset({"unauthorized", "payment_required", "forbidden", "tls_failed"})
"""Another model of the same provider would say the same; another provider may answer."""


class Chain:
    """Which model to ask next: the same after a pause, the next one, or none; skips those whose breaker is open."""

    def __init__(
        self,
        models: Sequence[str],
        attempts: Attempts,
        call: Call,
        *,
        context_of: Callable[[str], int | None] = lambda _: None,
    ) -> None:
        self._models = list(models)
        self._context_of = context_of
        self._too_small = 0
        """Tokens of the largest context that was too small for this call."""
        self._without: set[str] = set()
        """Providers that refused the account: none of their models helps."""
        self._attempts = attempts
        self._call = call
        self._at = 0
        self._tries = 0
        self._pause_s: float | None = None
        self._resting: list[tuple[str, Rest]] = []
        self._rests: ProviderFailed | None = None
        """The error while nothing but rests was met."""
        self.last: Exception | None = None

    @property
    def is_first_try(self) -> bool:
        """Whether the model just given has not been asked before."""
        return self._tries == 1

    def would_ask(self, model: str) -> bool:
        """Whether a model that was not asked yet would be, now."""
        return self._helps(model) and self._attempts.breakers.wait_s(model, self._call.policy.breaker) == 0

    def note(self, failed: CallFailed, *, again: bool = False) -> None:
        """The try failed. Decides whether there is another one; `again` asks the same model with a changed request."""
        self.last = failed
        left_s = self._call.deadline.left_s()
        self._pause_s = 0.0 if again else pause_s(self._call.policy.retry, failed, self._tries, left_s)
        if self._pause_s is not None:
            self._tell(failed, "another try")
            return
        model = self._models[self._at]
        if failed.kind == "context_too_long":
            self._too_small = max(self._too_small, self._context_of(model) or 0)
        if failed.kind in FAULTS_OF_ACCOUNT:
            self._without.add(self._call.policy.provider_of(model).name)
        goes_on = failed.tries_next or failed.kind in FAULTS_OF_ACCOUNT or self._may_moderate(failed)
        self._tell(failed, "the next model" if goes_on and self._at + 1 < len(self._models) else "nothing")
        self._at, self._tries = (self._at + 1, 0) if goes_on else (len(self._models), 0)

    def _may_moderate(self, failed: CallFailed) -> bool:
        return failed.kind == "content_filtered" and self._call.task.on_moderation == "fallback"

    def _helps(self, model: str) -> bool:
        """Whether asking the model can bring more than those before it did."""
        room = self._context_of(model)
        if room is not None and room <= self._too_small:
            return False
        return self._call.policy.provider_of(model).name not in self._without

    def _tell(self, failed: CallFailed, follows: str) -> None:
        call = self._call
        warn(
            "model.try_failed", task=call.task.name, org_id=call.caller.org_id, trace_id=call.trace_id,
            model=self._models[self._at], attempt=self._tries, kind=failed.kind, status=failed.status,
            follows=follows, pause_s=self._pause_s,
        )  # fmt: skip

    def refuse(self, refused: RateLimited | BudgetExceeded) -> None:
        """The try was not made. Raises when no other model can help; after a failed try that one is the reason told."""
        scope = refused.details.get("scope")
        can_help = (isinstance(refused, RateLimited) and scope == "model") or scope == "task"
        if not can_help:
            raise refused
        if self.last is None or isinstance(self.last, RateLimited | BudgetExceeded):
            self.last = refused
        self._pause_s = None
        self._at, self._tries = self._at + 1, 0

    def __aiter__(self) -> "Chain":
        return self

    async def __anext__(self) -> str:
        if self._pause_s is not None:
            await asyncio.sleep(self._pause_s)
            self._pause_s = None
        if self._call.deadline.left_s() <= 0:
            raise StopAsyncIteration
        while self._at < len(self._models):
            model = self._models[self._at]
            if self._tries == 0 and not self._helps(model):
                self._at += 1
                continue
            rest = self._attempts.breakers.rest(model, self._call.policy.breaker)
            if rest is None:
                self._tries += 1
                return model
            if self.last is None or self.last is self._rests:
                self._resting.append((model, rest))
                self.last = self._rests = resting_error(self._call.task.name, self._resting)
            self._at, self._tries = self._at + 1, 0
        raise StopAsyncIteration


def resting_error(task: str, resting: Sequence[tuple[str, Rest]], now: datetime | None = None) -> ProviderFailed:
    """That every model of a task rests: for which failure each, and until when; `Retry-After` is the first of them."""
    at = now or datetime.now(UTC)
    models = [
        {
            "model": model, "fault": rest.kind, "of": "provider" if rest.is_of_provider else "model",
            "until": rfc3339(at + timedelta(seconds=rest.wait_s)),
        }
        for model, rest in resting
    ]  # fmt: skip
    named = "; ".join(f"{one['model']} until {one['until']} ({one['fault']})" for one in models)
    return ProviderFailed(
        f"the models of this task are resting after failures: {named}",
        retry_after_s=max(1.0, min(rest.wait_s for _, rest in resting)),
        details={"kind": "breaker_open", "task": task, "resting": models},
    )


def given_up(call: Call, last: Exception | None, n_attempts: int) -> Exception:
    """The error a caller sees when no model answered."""
    if not isinstance(last, CallFailed):
        return last or Unavailable("every model of the task is resting after failures", retry_after_s=30)
    details = {
        "kind": last.kind,
        "status": last.status,
        "task": call.task.name,
        "attempts": n_attempts,
        "charge": last.charge,
        "spent_usd_micros": sum(call.spent_usd_micros),
    }
    if last.kind == "context_too_long":
        return PayloadTooLarge(f"no model of the task {call.task.name} has room for this call", details=details)
    if last.kind == "unsupported_parameter":
        return ProviderRefused(f"no model of the task takes this request: {last.message}", details=details)
    if last.is_retryable or last.tries_next:
        return ProviderFailed(
            f"no model answered the task {call.task.name}: {last.message}",
            retry_after_s=last.retry_after_s if last.retry_after_s is not None else 5.0,
            details=details,
        )
    return ProviderRefused(f"the model provider refused: {last.message}", details=details)
