"""What a task does without a model: the service starts without a key, says so, and works as far as it can.

What must not live here: the local routes themselves (they are the stages' own logic).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sgd_resources.errors import Unavailable
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.wire.replies import Completion

NO_KEY = "OPENROUTER_API_KEY is not set"

LocalRoute = Callable[[Sequence[Mapping[str, Any]], Mapping[str, Any] | None], Awaitable[Any]]
"""(messages, schema) -> the answer: a text, or JSON data when a schema is given."""

LOCAL_ROUTES: Mapping[str, str | None] = {
    "canon_extractor": "measured facts and stated rules from the documents",
    "planner": "deterministic plan from request and canon",
    "draft": "deterministic plan from request and canon",
    "image": "compositor: layout, palette, real logo, live text",
    "critic": "measured colours, contrast, clear space and text",
    "analyze": None,
    "api_chat": None,
    "moderation": "word lists of the content policy",
}
"""By task: what stands in for the model, or None where nothing does."""


def no_model(task: str, reason: str, *, retry_after_s: float = 60.0) -> Unavailable:
    """The error that says why no model was asked and what the caller may do instead."""
    route = LOCAL_ROUTES.get(task)
    return Unavailable(
        f"the task {task} has no model: {reason}",
        retry_after_s=retry_after_s,
        details={"task": task, "reason": reason, "local_route": route},
    )


class WithoutModels:
    """The gateway of a process without a key: no loop, no connection, every call says which local route stands in."""

    is_cloud = False

    def complete(
        self, task: str, messages: Sequence[Mapping[str, Any]], *, caller: Caller, **options: Any
    ) -> Completion:
        """Raises Unavailable: there is no model."""
        raise no_model(task, NO_KEY)

    def generate_image(
        self, task: str, prompt: str, references: Sequence[bytes] = (), *, caller: Caller, **options: Any
    ) -> list[Completion]:
        """Raises Unavailable: there is no model."""
        raise no_model(task, NO_KEY)
