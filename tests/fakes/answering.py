"""A provider that writes each request to a folder and takes its answer from there: a person or a model answers offline.

`NAME.request.json` holds what would have been sent, `NAME.answer.json` is what came back; NAME is the sha256 of the
request, so that the same question finds its answer again, also in another run. Cost is counted at given list prices.
What must not live here: answers, or what is believed of one.
"""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.answers.structured import judge
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.policy.tokens import family_of, most_tokens, scripts_of
from sgd_resources.llm.wire.replies import Completion

LIST_PRICES = {"openai/gpt-5.6-terra": (1.25, 10.0), "anthropic/claude-sonnet-4.5": (3.0, 15.0)}
"""Micro-USD per token in and out of the policy's models for the canon, as their lists had them in November 2026."""
MODEL = "openai/gpt-5.6-terra"
_LOOK_S = 0.2


class AnsweringModel:
    """The real gateway's call, answered from files.

    Args:
        folder: where requests and answers lie.
        wait_s: how long an answer is waited for; 0 looks once.
        model: whose list price is counted.
    """

    is_cloud = True

    def __init__(self, folder: Path, *, wait_s: float = 0.0, model: str = MODEL) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._wait_s, self._model = folder, wait_s, model
        self.open: list[str] = []
        """Names of requests that nobody has answered."""

    def complete(
        self, task: str, messages: Sequence[Mapping[str, Any]], *, caller: Caller, **options: Any
    ) -> Completion:
        """The answer in the folder, checked against the schema as the real gateway does.

        Raises:
            ProviderFailed: nobody answered in time; the request lies there.
        """
        name = self.write_request(task, messages, options["schema"])
        text = self._answer(name)
        if text is None:
            self.open.append(name)
            raise ProviderFailed("no answer lies beside the request", details={"kind": "timeout"})
        verdict = judge(text, options["schema"])
        prompt = [str(message["content"]) for message in messages]
        tokens_in, tokens_out = self._tokens([*prompt, json.dumps(options["schema"])]), self._tokens([text])
        price_in, price_out = LIST_PRICES[self._model]
        return Completion(
            text=text,
            data=verdict.data,
            validation=verdict.status,
            errors=verdict.errors,
            pictures=(),
            task=task,
            requested_model=self._model,
            served_model="answered from a folder",
            provider=None,
            cost_usd_micros=round(tokens_in * price_in + tokens_out * price_out),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            latency_ms=0,
            attempts=1,
            cache_state="off",
            trace_id="0" * 32,
        )

    def generate_image(self, *args: Any, **options: Any) -> list[Completion]:
        """Nobody paints by hand."""
        raise AssertionError("an answering model paints nothing")

    def write_request(self, task: str, messages: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> str:
        """Name of the request, which lies in the folder from now on."""
        asked = {"task": task, "messages": list(messages), "schema": schema}
        told = json.dumps(asked, sort_keys=True, ensure_ascii=False, indent=1)
        name = hashlib.sha256(told.encode()).hexdigest()[:16]
        path = self._folder / f"{name}.request.json"
        if not path.exists():
            path.write_text(told, "utf-8")
        return name

    def _answer(self, name: str) -> str | None:
        path, until = self._folder / f"{name}.answer.json", time.monotonic() + self._wait_s
        while not path.is_file():
            if time.monotonic() >= until:
                return None
            time.sleep(_LOOK_S)
        return path.read_text("utf-8")

    def _tokens(self, texts: Sequence[str]) -> int:
        """The most that the texts can be: what a call would reserve, an upper bound of what it costs."""
        return most_tokens(scripts_of(texts), family_of(self._model))
