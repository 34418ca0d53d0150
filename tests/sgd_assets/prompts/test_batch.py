"""Many prompts at once: bounded, in order, equal ones asked once."""

import asyncio
import json
from typing import Any

import pytest

from sgd_assets.prompts.analyze import Ready, get_ready
from sgd_assets.prompts.batch import AT_ONCE, analyze_all
from sgd_assets.prompts.model import Analysis, Ask
from sgd_resources.errors import RateLimited
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.wire.replies import Completion

WHO = Caller("acme", request_id="r")


def completion(text: str, data: Any, validation: Any = "passed") -> Completion:
    return Completion(
        text=text, data=data, validation=validation, errors=(), pictures=(), task="analyze",
        requested_model="acme/good", served_model="acme/good", provider="Acme", cost_usd_micros=3, tokens_in=1,
        tokens_out=1, latency_ms=1, attempts=1, cache_state="miss", trace_id="t",
    )  # fmt: skip


class Models:
    """Answers every prompt with its own words, slowly; prompts with 'busy' in them are refused."""

    def __init__(self) -> None:
        self.in_flight = self.most = self.calls = 0

    async def complete(self, task: str, messages: Any, *, caller: Caller, judge: Any = None, **_: Any) -> Completion:
        self.calls += 1
        self.in_flight += 1
        self.most = max(self.most, self.in_flight)
        for _turn in range(5):
            await asyncio.sleep(0)
        self.in_flight -= 1
        words = messages[-1]["content"].splitlines()[1]
        if "busy" in words:
            raise RateLimited("too many calls")
        entities: dict[str, Any] = {"key_details": [], "source": None, "target": None, "metadata": {}}
        text = json.dumps({"intent": "x", "subject": words, "entities": entities})
        verdict = judge(text)
        return completion(text, verdict.data, verdict.status)

    def stream(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError


def ready(*prompts: str) -> list[Ready]:
    return [get_ready(Ask(prompt)) for prompt in prompts]


async def test_so_many_are_in_flight_and_no_more() -> None:
    models = Models()
    ends = await analyze_all(models, ready(*(f"prompt {n}" for n in range(100))), WHO)
    assert models.most == AT_ONCE
    assert [end.found.subject for end in ends if isinstance(end.found, Analysis)] == [f"prompt {n}" for n in range(100)]


async def test_equal_prompts_share_one_call_and_what_fails_fails_alone() -> None:
    models = Models()
    first, busy, again, busy_again = await analyze_all(models, ready("a", "busy", "a", "busy"), WHO)
    assert models.calls == 2
    assert (first.duplicate_of, busy.duplicate_of, again.duplicate_of, busy_again.duplicate_of) == (None, None, 0, 1)
    assert again.found == first.found
    assert isinstance(busy_again.found, RateLimited)


async def test_a_fault_of_ours_is_not_taken_for_an_answer() -> None:
    class Broken(Models):
        async def complete(self, *_: Any, **__: Any) -> Completion:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await analyze_all(Broken(), ready("a", "b"), WHO)
