"""A call's first try is admitted in the step in which its flight is joined; no money stays held, whatever follows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from sgd_resources.errors import BudgetExceeded, RateLimited, Unavailable
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.policy.policy_file import BudgetLimits, RateLimits
from tests.fakes.llm import Bench, FixedPolicy, bench, policy
from tests.fakes.transport import FakeTransport

pytestmark = pytest.mark.embedded

CALLER = Caller("acme", request_id="r1")


def ask(number: int) -> list[dict[str, str]]:
    return [{"role": "user", "content": f"call {number}"}]


def counted(made: Bench, monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The keys of each round trip of a call from now on; those of the background are left out."""
    seen: list[Sequence[str]] = []
    run = made.state.run

    async def counting(script: str, keys: Sequence[str], args: Sequence[str | int | bytes]) -> Any:
        if any(part in key for key in keys for part in (":held:", ":flight:", ":window:")):
            seen.append(keys)
        return await run(script, keys, args)

    monkeypatch.setattr(made.state, "run", counting)
    return seen


async def test_a_call_waits_for_redis_twice(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with bench(redis_url, transport=FakeTransport()) as made:
        await made.gateway.complete("planner", ask(0), caller=CALLER)
        seen = counted(made, monkeypatch)
        await made.gateway.complete("planner", ask(1), caller=CALLER)
        await made.gateway.complete("planner", ask(2), caller=replace(CALLER, request_id="r2"))
        assert len(seen) == 4
        assert (await made.books())[0] == 0


async def test_a_limit_refuses_in_that_step_and_nothing_is_held(redis_url: str) -> None:
    rules = replace(policy(), rate_limits=RateLimits(calls_per_min_per_key=2))
    async with bench(redis_url, transport=FakeTransport(), rules=rules) as made:
        for number in range(2):
            await made.gateway.complete("planner", ask(number), caller=CALLER)
        spent = (await made.books())[1]
        with pytest.raises(RateLimited) as refused:
            await made.gateway.complete("planner", ask(2), caller=CALLER)
        assert refused.value.details["scope"] == "key"
        assert await made.books() == (0, spent)


async def test_a_budget_refuses_in_that_step_with_a_row_of_its_own(redis_url: str) -> None:
    async with bench(redis_url, transport=FakeTransport()) as made:
        await made.gateway.complete("planner", ask(0), caller=CALLER)
        spent = (await made.books())[1]
        rules = replace(policy(), budgets=BudgetLimits(org_day_usd_micros=spent, global_day_usd_micros=10**9))
        made.gateway.parts.policies = FixedPolicy(rules)
        with pytest.raises(BudgetExceeded):
            await made.gateway.complete("planner", ask(1), caller=CALLER)
        assert [row.outcome for row in made.ledger.rows] == ["succeeded", "refused"]
        assert await made.books() == (0, spent)


async def test_money_that_no_try_used_is_given_back(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with bench(redis_url, transport=FakeTransport()) as made:
        await made.gateway.complete("planner", ask(0), caller=CALLER)
        spent = (await made.books())[1]

        async def broken(*_: Any) -> Any:
            assert (await made.held())[0] > 0
            raise Unavailable("nothing is tried")

        monkeypatch.setattr(made.gateway._steps, "_try_models", broken)
        with pytest.raises(Unavailable):
            await made.gateway.complete("planner", ask(1), caller=CALLER)
        await made.budget.settle_doubtful()
        assert await made.books() == (0, spent)


async def test_money_granted_by_an_answer_that_was_lost_is_given_back(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bench(redis_url, transport=FakeTransport()) as made:
        await made.gateway.complete("planner", ask(0), caller=CALLER)
        spent = (await made.books())[1]
        run = made.state.run

        async def lost(script: str, keys: Sequence[str], args: Sequence[str | int | bytes]) -> Any:
            await run(script, keys, args)
            raise Unavailable("Redis went away with the answer")

        monkeypatch.setattr(made.state, "run", lost)
        with pytest.raises(Unavailable):
            await made.gateway.complete("planner", ask(1), caller=CALLER)
        monkeypatch.setattr(made.state, "run", run)
        assert (await made.held())[0] > 0
        await made.budget.settle_doubtful()
        assert await made.books() == (0, spent)


async def test_a_call_whose_flight_is_another_process_reserves_nothing(redis_url: str) -> None:
    async with (
        bench(redis_url, transport=FakeTransport()) as here,
        bench(redis_url, transport=FakeTransport()) as there,
    ):
        for made in (here, there):
            await made.gateway.complete("planner", ask(0), caller=CALLER)
        found = await here.gateway.complete("draft", ask(1), caller=CALLER)
        spent = (await here.books())[1]
        again = await there.gateway.complete("draft", ask(1), caller=CALLER)
        assert (found.cache_state, again.cache_state) == ("miss", "redis")
        assert await there.books() == (0, spent)
