"""Every way to fail ends as it should, asked whole and as a stream, through two fakes that share no code.

Of each: what the caller gets, how often each model was asked, what is booked, what the call log says, the breaker.
"""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sgd_resources.errors import SgdError
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.policy.policy_file import BreakerPolicy, ModelFacts, Policy
from tests.fakes.fault import COST_USD_MICROS
from tests.fakes.llm import Bench, bench, policy
from tests.fakes.raw_provider import RawProvider, RawTransport, socket_path
from tests.sgd_resources.llm.faults import first_fake, modes_lines, modes_refused, modes_replies
from tests.sgd_resources.llm.faults.mode import BOUND_USD_MICROS, TIMEOUT_S, Mode, Right

FAULTY, GOOD = "acme/good-1", "acme/good-2"
ASK = [{"role": "user", "content": "Plan a poster"}]
MODES: dict[str, Mode] = {**modes_refused.MODES, **modes_replies.MODES, **modes_lines.MODES}
FAKES = ("memory", "bytes")
SURFACES = ("whole", "stream")

pytestmark = pytest.mark.embedded


@dataclass
class Met:
    """A gateway before a provider with one fault, and whom it asked."""

    made: Bench
    asked: "list[str]"


def _rules(mode: Mode, right: Right) -> Policy:
    """Two models, the second with more room; so few failures open a breaker as this mode makes."""
    waits = mode.fault.line.startswith(("stalls", "drips"))
    found = policy(
        breaker=BreakerPolicy(failures=right.tries, window_s=60, open_s=30),
        models={FAULTY: ModelFacts(context_tokens=4_000), GOOD: ModelFacts(context_tokens=64_000)},
    )
    task = replace(found.tasks["planner"], timeout_s=TIMEOUT_S if waits else 5.0)
    retry = replace(found.retry, total_deadline_s=20.0)
    return replace(found, tasks={"planner": task}, retry=retry)


@asynccontextmanager
async def _met(fake: str, mode: Mode, right: Right, redis_url: str) -> AsyncIterator[Met]:
    rules = _rules(mode, right)
    async with AsyncExitStack() as stack:
        if fake == "memory":
            wire = first_fake.transport(mode.fault, FAULTY)
            made = await stack.enter_async_context(bench(redis_url, transport=wire, rules=rules))
            yield Met(made, asked=_MemoryAsked(wire))
            return
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sgd-"))
        path = stack.enter_context(socket_path(Path(folder)))
        provider = RawProvider(mode.fault, FAULTY)
        stack.push_async_callback(provider.close)
        if mode.fault.line not in {"refused", "no name"}:
            await provider.listen(path)
        made = await stack.enter_async_context(bench(redis_url, transport=RawTransport(path), rules=rules))
        yield Met(made, provider.asked)


class _MemoryAsked(list[str]):
    """The models that the transport in memory was asked for, as they come."""

    def __init__(self, wire: Any) -> None:
        super().__init__()
        self._wire = wire

    def __iter__(self) -> Any:
        return iter([body["model"] for body in self._wire.bodies])


async def _call(made: Bench, surface: str) -> Any:
    params = {"temperature": 0.2}
    if surface == "whole":
        return await made.gateway.complete("planner", ASK, params=params, caller=Caller("acme"))
    last = None
    async for event in made.gateway.stream("planner", ASK, params=params, caller=Caller("acme")):
        last = event.completion or last
    return last


@pytest.mark.parametrize("fake", FAKES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", MODES)
async def test_a_fault_ends_as_it_should_and_is_booked_as_it_was_billed(
    name: str, surface: str, fake: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mode = MODES[name]
    right: Right = getattr(mode, surface)
    monkeypatch.setattr("sgd_resources.llm.call.steps.upper_bound_usd_micros", lambda *_, **__: BOUND_USD_MICROS)
    async with _met(fake, mode, right, redis_url) as met:
        answer, error = None, None
        try:
            answer = await _call(met.made, surface)
        except SgdError as raised:
            error = raised
        falls_back = right.error is None and right.kind is not None
        states = met.made.attempts.breakers.states()
        booked = await met.made.books()
        rows = sorted(met.made.ledger.rows, key=lambda row: row.attempt)
    assert type(error) is (right.error or type(None))
    if error is not None:
        assert error.details["kind"] == right.kind
    else:
        assert answer is not None
        assert answer.requested_model == (GOOD if falls_back else FAULTY)
        assert answer.text.strip() or answer.refusal
    if mode.fault.line not in {"refused", "no name"}:
        assert list(met.asked) == [FAULTY] * right.tries + [GOOD] * falls_back
    each, source = right.booked
    seen = [(row.requested_model, row.outcome, row.error_kind, row.cost_usd_micros, row.cost_source) for row in rows]
    assert (
        seen
        == [(FAULTY, right.outcome, right.kind, each, source)] * right.tries
        + [(GOOD, "succeeded", None, COST_USD_MICROS, "provider")] * falls_back
    )
    assert booked == (0, each * right.tries + COST_USD_MICROS * falls_back)
    opened = {name for name, state in states.items() if state == "open"}
    assert opened == ({"*"} if right.opens == "provider" else {FAULTY} if right.opens else set())


def test_there_are_more_than_sixty_modes_and_none_is_there_twice() -> None:
    parts = (modes_refused.MODES, modes_replies.MODES, modes_lines.MODES)
    assert len(MODES) == sum(map(len, parts)) >= 60
