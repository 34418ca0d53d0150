"""The status is that of all processes: what others failed at, counted or hold open is seen by one that never called."""

import asyncio

import pytest

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.call.parts import GatewayParts
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.policy.policy_file import BreakerPolicy, BudgetLimits, RateLimits
from sgd_resources.llm.shown.exposition import exposition
from sgd_resources.llm.shown.told import Shown
from sgd_resources.llm.status import NOTHING, OwnUse, describe
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.llm import Bench, FixedPolicy, bench, policy
from tests.fakes.transport import FakeTransport
from tests.sgd_resources.llm.test_gateway import ASK

pytestmark = pytest.mark.embedded


async def _tell(made: Bench) -> None:
    assert made.attempts.shown is not None
    await made.attempts.shown.tell()


async def test_failures_of_a_worker_are_seen_by_the_process_that_is_asked(redis_url: str) -> None:
    rules = policy(breaker=BreakerPolicy(failures=2, window_s=60, open_s=30))
    down = FakeTransport()
    down.is_down = True
    async with (
        bench(redis_url, transport=down, rules=rules) as worker,
        bench(redis_url, transport=FakeTransport()) as api,
    ):
        assert (await describe(api.gateway, "acme", NOTHING))["state"] == "ok"
        for _ in range(3):
            with pytest.raises(ProviderFailed):
                await worker.gateway.complete("planner", ASK, caller=Caller("acme"))
        await _tell(worker)
        found = await describe(api.gateway, "acme", NOTHING)
        kind = found["last_error"]
        assert found["state"] == "unavailable"
        assert f"no model has answered since {found['failures'][0]['since']}: {kind}" == found["reason"]
        assert {failure["model"] for failure in found["failures"]} <= {"acme/good-1", "acme/good-2"}
        assert "open" in found["breakers"].values()
        assert found["providers"][0]["models_failing"] == len(found["failures"])
        # One that answers again ends it, also for the others.
        await api.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert (await describe(worker.gateway, "acme", NOTHING))["state"] == "degraded"


async def test_a_refused_request_of_one_caller_is_no_outage_but_three_in_a_row_are(redis_url: str) -> None:
    async with bench(redis_url, transport=FakeTransport()) as made:
        shown = made.attempts.shown
        assert shown is not None
        await describe(made.gateway, "acme", NOTHING)
        for _ in range(2):
            shown.failed("acme/good-1", "invalid_request")
        before = await describe(made.gateway, "acme", NOTHING)
        assert (before["state"], before["connectivity"]["is_reachable"]) == ("ok", True)
        shown.failed("acme/good-1", "invalid_request")
        found = await describe(made.gateway, "acme", NOTHING)
        assert found["state"] == "unavailable"
        # The server answers a probe; that serves nobody while no model answers.
        for told in (found["connectivity"], found["providers"][0]):
            assert (told["is_reachable"], told["kind"]) == (False, "invalid_request")
        assert (found["last_error"], found["providers"][0]["has_key"]) == ("invalid_request", True)
        await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        after = await describe(made.gateway, "acme", NOTHING)
        assert (after["state"], after["connectivity"]["is_reachable"], after["last_error"]) == ("ok", True, None)


async def test_a_task_whose_models_all_rest_tells_the_first_cause(redis_url: str) -> None:
    down = FakeTransport()
    down.is_down = True
    rules = policy(breaker=BreakerPolicy(failures=2, window_s=60, open_s=30))
    async with bench(redis_url, transport=down, rules=rules) as made:
        for _ in range(4):
            with pytest.raises(ProviderFailed) as caught:
                await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        error = caught.value
        assert error.details["kind"] == "breaker_open"
        assert {one["fault"] for one in error.details["resting"]} == {"connect_failed"}
        assert "(connect_failed)" in error.message
        assert {one["model"] for one in error.details["resting"]} == {"acme/good-1", "acme/good-2"}


async def test_metrics_add_up_over_processes_and_outlive_them(redis_url: str) -> None:
    async with (
        bench(redis_url, transport=FakeTransport()) as first,
        bench(redis_url, transport=FakeTransport()) as second,
    ):
        for made in (first, second, second):
            await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        await _tell(first)
        await _tell(first)
        await _tell(second)
    state = SharedState(redis_url)
    view = await Shown(state).read()
    await state.close()
    text = exposition(view).decode()
    assert 'sgd_llm_calls_total{outcome="succeeded",task="planner"} 3.0' in text
    assert 'sgd_llm_call_duration_seconds_count{task="planner"} 3.0' in text
    assert 'sgd_llm_call_duration_seconds_bucket{le="+Inf",task="planner"} 3.0' in text
    assert "sgd_llm_processes 0.0" in text
    assert "sgd_llm_view_up 1.0" in text
    assert b"sgd_llm_view_up 0.0" in exposition(None)


async def test_a_batch_of_counts_that_is_sent_twice_counts_once(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bench(redis_url, transport=FakeTransport()) as made:
        await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        shown = made.attempts.shown
        assert shown is not None
        real = made.state.run

        async def answer_lost(*args: object) -> object:
            await real(*args)  # type: ignore[arg-type]  # as it was called
            raise ConnectionError

        monkeypatch.setattr(made.state, "run", answer_lost)
        with pytest.raises(ConnectionError):
            await shown.tell()
        monkeypatch.setattr(made.state, "run", real)
        await shown.tell()
        assert (await shown.read()).total("sgd_llm_calls_total") == 1


async def test_the_status_shows_nothing_of_what_other_orgs_did(redis_url: str) -> None:
    rules = policy(rate_limits=RateLimits(calls_per_min_per_key=10, tokens_per_min_per_model=1_000))
    async with (
        bench(redis_url, transport=FakeTransport(), rules=rules) as one,
        bench(redis_url, transport=FakeTransport(), rules=rules) as other,
    ):
        before = await describe(other.gateway, "globex", NOTHING)
        for _ in range(2):
            await one.gateway.complete("planner", ASK, caller=Caller("acme"))
        await one.books()
        await _tell(one)
        found = await describe(other.gateway, "globex", NOTHING)
        assert found == {**before, "processes": 1}
        own = await describe(one.gateway, "acme", OwnUse({"acme/good-1": (3, 70)}, calls=4, cached=1))
        assert own["rate_limits"] == [
            {"scope": "key", "model": None, "unit": "calls", "limit_per_min": 10, "used": 3},
            *(
                {"scope": "model", "model": model, "unit": "tokens", "limit_per_min": 1_000, "used": used}
                for model, used in {**dict.fromkeys(sorted(rules.slugs()), 0), "acme/good-1": 70}.items()
            ),
        ]
        assert own["cache"] == {"hit_ratio": 0.25, "hits": 1}
        assert list(found["budgets"]) == ["org_day"]
        assert found["budgets"]["org_day"]["spent_usd_micros"] == 0
        assert "12.5" not in str(found)  # what the operator's key may still spend
        assert "saved" not in str(found)


async def test_everybodys_budget_that_is_spent_is_a_reason_without_a_figure(redis_url: str) -> None:
    full = policy(budgets=BudgetLimits(org_day_usd_micros=10**9, global_day_usd_micros=1))
    async with (
        bench(redis_url, transport=FakeTransport()) as one,
        bench(redis_url, transport=FakeTransport(), rules=full) as other,
    ):
        await one.gateway.complete("planner", ASK, caller=Caller("acme"))
        await one.books()
        found = await describe(other.gateway, "globex", NOTHING)
        assert found["reason"] == "nothing is left of global_day: calls that cost money are refused"
        assert list(found["budgets"]) == ["org_day"]


async def test_a_process_without_a_key_still_shows_what_others_see(redis_url: str) -> None:
    async with bench(redis_url, transport=FakeTransport()) as worker:
        await worker.gateway.complete("planner", ASK, caller=Caller("acme"))
        await _tell(worker)
        state = SharedState(redis_url)
        parts = GatewayParts(FixedPolicy(policy()), None, ResponseCache(), closers=(state.close,), shown=Shown(state))
        bare = LlmGateway(parts)
        found = await describe(bare, "acme", NOTHING)
        assert (found["state"], found["processes"]) == ("degraded", 1)
        assert found["breakers"]["acme/good-1"] == "closed"
        await bare.close()
        await asyncio.sleep(0)
