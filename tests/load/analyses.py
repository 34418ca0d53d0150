"""A thousand people who have prompts analysed, ten one at a time to one batch, against a provider of this machine.

What must not live here: sending at given moments (`drive.py`), an installation (`place.py`).
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from sgd_resources.contracts import POLICIES_DIR
from tests.benchmarks.prompt_case import SCHEMA
from tests.benchmarks.report import free_port
from tests.load.drive import Asked, Run, as_key, at_rate, client, quantile
from tests.load.place import Place
from tests.load.scenarios import Rule, at_most

PROVIDER_MS = 50
PAUSE_S = 20.0
"""Of a person between two prompts."""
SINGLES_TO_A_BATCH = 10
PROMPTS_OF_A_BATCH = 5
_LIMITS = {"calls_per_min_per_model": 100_000, "tokens_per_min_per_model": 1_000_000_000}
_BUDGETS = {"request_usd": 1.0, "org_day_usd": 100_000.0, "global_day_usd": 1_000_000.0}
"""As an operator with so many people would set them: the shipped ones are for one model and a handful of people."""
_KNOWN = 20
"""Prompts that come again and again, each asked once of each org before the load."""
_OFF_BY = 0.05
"""Of the share of known prompts that chance drew: a few of the first may come while the cache is not filled yet."""


@contextmanager
def provider() -> Iterator[dict[str, str]]:
    """What an installation needs in its environment to have its prompts answered by this machine."""
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.prompt_provider", str(port), str(PROVIDER_MS)]
    with subprocess.Popen(command, cwd=Path(__file__).resolve().parents[2]) as server:
        try:
            with TemporaryDirectory(prefix="sgd-load-policies-") as policies:
                (Path(policies) / "openrouter_policy.json").write_text(json.dumps(fitted()), "utf-8")
                yield {
                    "OPENROUTER_API_KEY": "sk-test", "OPENROUTER_BASE_URL": f"http://127.0.0.1:{port}/v1",
                    "SGD_POLICY_DIR": policies,
                }  # fmt: skip
        finally:
            server.kill()


def fitted() -> dict[str, Any]:
    """The shipped policy with limits and budgets for a thousand people."""
    shipped: dict[str, Any] = json.loads((POLICIES_DIR / "openrouter_policy.json").read_text("utf-8"))
    return {**shipped, "rate_limits": _LIMITS, "budgets": _BUDGETS}


def analyses(place: Place, count: float, seconds: float, *, share_known: float) -> tuple[Run, list[Rule]]:
    """So many people, of whose prompts this share was asked before.

    Args:
        place: where.
        count: people.
        seconds: how long.
        share_known: of the prompts, 0 to 1.
    """
    run, chance = Run(f"analyses, {share_known:.0%} known"), random.Random(1)  # a load, no secret
    told = _Told()
    asyncio.run(_all(run, place, count / PAUSE_S, seconds, share_known, chance, told))
    answered = [asked.answered_ms for asked in run.asked]
    failed = Counter(asked.end for asked in run.asked if asked.status >= 500 or asked.status == 0)
    refused = sum(400 <= asked.status < 500 for asked in run.asked)
    found, drawn = (part / told.prompts if told.prompts else -1.0 for part in (told.cached, told.known))
    return run, [
        Rule("answers that are 5xx or none: at most 0", f"{failed.total()} {dict(failed) or ''}".rstrip(), not failed),
        at_most("requests that were refused", refused, 0),
        at_most("prompts of batches without an answer", told.failed, 0),
        Rule(
            f"share from the cache: that of the known, drawn as {share_known:.2f}, at most {_OFF_BY} off",
            f"{found:.3f} of {told.prompts}, known {drawn:.3f}", told.prompts > 0 and abs(found - drawn) <= _OFF_BY,
        ),
        Rule("p95 and p99 of an answer, ms", f"{quantile(answered, 0.95):.0f}, {quantile(answered, 0.99):.0f}", True),
    ]  # fmt: skip


ANALYSES: dict[str, Callable[[Place, float, float], tuple[Run, list[Rule]]]] = {
    f"analyses{share}": partial(analyses, share_known=share / 100) for share in (0, 40, 60)
}


class _Told:
    """What the answers say of the cache."""

    prompts = 0
    known = 0
    """Of those that were sent, drawn by chance."""
    cached = 0
    failed = 0
    """Prompts of batches without an answer."""

    def add(self, answers: Sequence[Mapping[str, Any] | None]) -> None:
        self.prompts += len(answers)
        self.cached += sum(answer is not None and bool(answer["cached"]) for answer in answers)
        self.failed += sum(answer is None for answer in answers)


async def _all(
    run: Run, place: Place, per_s: float, seconds: float, share_known: float, chance: random.Random, told: _Told
) -> None:
    salt = time.monotonic_ns()

    def prompt(number: int) -> str:
        if chance.random() < share_known:
            told.known += 1
            return f"Order mugs of design {chance.randrange(_KNOWN)} for the load {salt}."
        return f"Order mugs of design {number} alone {chance.random()} for the load {salt}."

    async with client(place.url) as http:
        for _, key in dict(place.keys).items():
            for known in range(_KNOWN if share_known else 0):
                await _ask(http, key, [f"Order mugs of design {known} for the load {salt}."], Asked(0.0), _Told())

        async def ask(number: int, asked: Asked) -> None:
            _, key = place.keys[number % len(place.keys)]
            is_batch = number % (SINGLES_TO_A_BATCH + 1) == SINGLES_TO_A_BATCH
            await _ask(http, key, [prompt(number) for _ in range(PROMPTS_OF_A_BATCH if is_batch else 1)], asked, told)

        await at_rate(run, per_s, seconds, ask)


async def _ask(http: httpx.AsyncClient, key: str, prompts: list[str], asked: Asked, told: _Told) -> None:
    began, beside = time.monotonic(), {"schema": SCHEMA}
    try:
        if len(prompts) == 1:
            answer = await http.post("/v1/analyze", json={"prompt": prompts[0], **beside}, headers=as_key(key))
        else:
            answer = await http.post("/v1/analyze/batch", json={"prompts": prompts, **beside}, headers=as_key(key))
        asked.status, asked.end = answer.status_code, "succeeded" if answer.is_success else f"http {answer.status_code}"
        if answer.is_success:
            document = answer.json()
            items = [document] if len(prompts) == 1 else [item.get("result") for item in document["results"]]
            told.add(items)
    except httpx.HTTPError as error:
        asked.end = type(error).__name__
    asked.answered_ms = asked.done_ms = (time.monotonic() - began) * 1000
