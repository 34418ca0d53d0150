"""The models of one render request: asks them for its caller, and keeps account of every call for the audit.

What must not live here: what is asked (`plan/ask_planner.py`, `generate/`, `compliance/ask_critic.py`), or sending.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol

from sgd_assets.renders.model import ModelCall
from sgd_resources.errors import SgdError
from sgd_resources.llm.prompts import Prompt
from sgd_resources.llm.wire.replies import Completion
from sgd_resources.ports import Caller, LlmGateway


class Journal(Protocol):
    """Keeps the calls of a request where its next try finds them, should this one's process end."""

    def read(self) -> tuple[ModelCall, ...]:
        """Calls of earlier tries of the request."""
        ...

    def write(self, calls: Sequence[ModelCall]) -> None:
        """All calls of all tries so far."""
        ...


@dataclass
class ModelCalls:
    """Calls of one request. Safe in threads."""

    gateway: LlmGateway | None = None
    """None and one without a key ask nobody."""
    caller: Caller | None = None
    journal: Journal | None = None
    made: list[ModelCall] = field(default_factory=list)
    """Of this try, in the order in which they ended."""
    earlier: tuple[ModelCall, ...] = ()
    """Of tries whose process ended."""
    prompts: dict[str, str] = field(default_factory=dict)
    """Hash of each prompt in use, by task."""
    _has_begun: bool = False
    _lock: Lock = field(default_factory=Lock)

    @property
    def is_on(self) -> bool:
        """Whether a model can be asked."""
        return self.gateway is not None and self.caller is not None and self.gateway.is_cloud

    def begin(self) -> None:
        """Take over what earlier tries of the request were billed; once, before the first call of this one."""
        if self.journal is not None and not self._has_begun:
            self.earlier = self.journal.read()
        self._has_begun = True

    @property
    def all(self) -> tuple[ModelCall, ...]:
        """Calls of every try."""
        return (*self.earlier, *self.made)

    @property
    def cost_usd_micros(self) -> int:
        """All that was billed for the request: every try, failed and refused calls included."""
        return sum(call.cost_usd_micros for call in self.all)

    def complete(self, prompt: Prompt, messages: Sequence[Mapping[str, Any]], **options: Any) -> Completion:
        """An answer to the task of `prompt`. Raises as `LlmGateway.complete`."""
        assert self.gateway is not None
        assert self.caller is not None
        self.prompts[prompt.task] = prompt.sha256
        try:
            answer = self.gateway.complete(prompt.task, messages, caller=self.caller, **options)
        except SgdError as error:
            self._failed(prompt.task, error)
            raise
        self.took(answer)
        return answer

    def generate(self, prompt: Prompt, text: str, references: Sequence[bytes], **options: Any) -> Completion:
        """One picture. Whoever gets it says with `took` or `refused` what became of it.

        Raises:
            SgdError: as `LlmGateway.generate_image`.
        """
        assert self.gateway is not None
        assert self.caller is not None
        self.prompts[prompt.task] = prompt.sha256
        try:
            return self.gateway.generate_image(prompt.task, text, references, caller=self.caller, n=1, **options)[0]
        except SgdError as error:
            self._failed(prompt.task, error)
            raise

    def took(self, answer: Completion) -> ModelCall:
        """The entry of an answer that is used."""
        return self._note(answer, "succeeded", None)

    def refused(self, answer: Completion, reason: str) -> ModelCall:
        """The entry of an answer that was paid for and is not used."""
        return self._note(answer, "refused", reason)

    def _note(self, answer: Completion, outcome: Any, reason: str | None) -> ModelCall:
        entry = ModelCall(
            task=answer.task,
            outcome=outcome,
            requested_model=answer.requested_model,
            served_model=answer.served_model,
            provider=answer.provider,
            cost_usd_micros=answer.cost_usd_micros,
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
            attempts=answer.attempts,
            cache=answer.cache_state if answer.cache_state not in {"miss", "off"} else None,
            trace_id=answer.trace_id,
            reason=reason,
        )
        self._add(entry)
        return entry

    def _add(self, entry: ModelCall) -> None:
        with self._lock:
            self.made.append(entry)
            if self.journal is not None:
                self.journal.write(self.all)

    def _failed(self, task: str, error: SgdError) -> None:
        spent, kind = error.details.get("spent_usd_micros"), error.details.get("kind")
        is_bill = isinstance(spent, int) and "attempts" in error.details
        self._add(
            ModelCall(
                task=task,
                outcome="failed",
                cost_usd_micros=spent if is_bill and isinstance(spent, int) else 0,
                attempts=error.details.get("attempts", 0),
                trace_id=self.caller.trace_id if self.caller else None,
                reason=str(kind or error.code),
            )
        )
