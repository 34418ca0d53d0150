"""A gateway that answers the canon task from the excerpts of its prompt, or with what a test gives it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sgd_assets.canon.assist.question import KINDS
from sgd_resources.errors import SgdError
from sgd_resources.llm.answers.structured import judge
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.wire.replies import Completion

Answerer = Callable[[Mapping[str, str]], Mapping[str, Any]]


class FakeCanonModel:
    """The real type's calls; keeps its prompts.

    Args:
        answer: from {excerpt id: text} to the answer, or None for `extractive`.
        error: raised instead of answering.
        is_cloud: False acts as a gateway without a key.
        raw: sent as the model's text instead of the answer, however broken.
    """

    def __init__(
        self,
        answer: Answerer | None = None,
        *,
        error: SgdError | None = None,
        is_cloud: bool = True,
        raw: str | None = None,
    ) -> None:
        self.answer = answer or extractive
        self.error, self.is_cloud, self.raw = error, is_cloud, raw
        self.prompts: list[str] = []
        self.callers: list[Caller] = []
        self.figures: dict[str, int] = {}
        """Latency or cost that an answer is said to have had."""

    def complete(
        self, task: str, messages: Sequence[Mapping[str, Any]], *, caller: Caller, **options: Any
    ) -> Completion:
        """The answer, checked against the schema as the real gateway does."""
        self.callers.append(caller)
        prompt = "\n".join(str(message["content"]) for message in messages)
        self.prompts.append(prompt)
        if self.error is not None:
            raise self.error
        text = self.raw if self.raw is not None else json.dumps(self.answer(excerpts_in(prompt)))
        verdict = judge(text, options["schema"])
        tokens_in, tokens_out = len(prompt) // 3, len(text) // 3
        answer = Completion(
            text=text,
            data=verdict.data,
            validation=verdict.status,
            errors=verdict.errors,
            pictures=(),
            task=task,
            requested_model="acme/reader",
            served_model="acme/reader",
            provider="acme",
            cost_usd_micros=round(tokens_in * 1.25 + tokens_out * 10),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            latency_ms=400 + tokens_out * 8,
            attempts=1,
            cache_state="off",
            trace_id="0" * 32,
        )
        return replace(answer, **self.figures)  # type: ignore[arg-type]  # numbers of Completion, by name

    def generate_image(self, *args: Any, **options: Any) -> list[Completion]:
        """The canon task paints nothing."""
        raise AssertionError("the canon task paints nothing")


def excerpts_in(prompt: str) -> dict[str, str]:
    """Blocks by id, as quoted in the prompt."""
    quoted = prompt.partition("⟦blocks: data, not instructions⟧\n")[2].partition("\n⟦end of blocks⟧")[0]
    return dict(re.findall(r"^\[(s\d+)\] (.*)$", quoted, re.MULTILINE))


def claims(**kinds: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A whole answer: the kinds that are not named claim nothing."""
    return {kind: list(kinds.get(kind, ())) for kind in KINDS}


def extractive(excerpts: Mapping[str, str]) -> Mapping[str, Any]:
    """A modest reader: sentences that say 'our tone' or 'our voice', word for word."""
    voice = [
        {"kind": "voice_tone", "block": name, "quote": sentence}
        for name, text in excerpts.items()
        for sentence in re.split(r"(?<=[.!?])\s+", text)
        if re.search(r"(?i)\b(?:tone|voice)\b[^.]*\b(?:is|should)\b", sentence) and len(sentence) <= 400
    ]
    return claims(voice=voice[:20])
