"""Language and image models, as stage logic asks them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sgd_resources.llm.caller import Caller
from sgd_resources.llm.wire.replies import Completion


class LlmGateway(Protocol):
    """The one way to models, as stage logic uses it. `sgd_resources/llm/gateway.py` says what each call may raise."""

    @property
    def is_cloud(self) -> bool:
        """Whether a model can be asked; else every task runs its local route."""
        ...

    def complete(
        self, task: str, messages: Sequence[Mapping[str, Any]], *, caller: Caller, **options: Any
    ) -> "Completion":
        """An answer in text, or JSON that was validated against `schema=`. `caller` says who pays."""
        ...

    def generate_image(
        self, task: str, prompt: str, references: Sequence[bytes] = (), *, caller: Caller, **options: Any
    ) -> "list[Completion]":
        """One answer with a picture for each of `n=` variants. `caller` says who pays."""
        ...
