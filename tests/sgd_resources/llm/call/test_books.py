"""What a caller is told of its money, and which limits hold for calls that cost none."""

from collections.abc import Mapping, Sequence

import pytest

from sgd_resources.errors import BudgetExceeded, NotFound
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.money.scopes import Scope
from sgd_resources.llm.policy.policy_file import BudgetLimits, ModelFacts
from tests.fakes.llm import bench, policy
from tests.fakes.openrouter import Step, chat_reply, error_body, usage
from tests.fakes.transport import FakeTransport

ASK = [{"role": "user", "content": "Plan a poster"}]
COST = 1_100

pytestmark = pytest.mark.embedded


async def test_the_cost_of_a_completion_holds_the_failed_attempts_that_were_billed(redis_url: str) -> None:
    steps = iter([Step(body={**error_body(502), "usage": usage()}), Step(body=chat_reply())])
    async with bench(redis_url, transport=FakeTransport(lambda _: next(steps))) as made:
        answer = await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert (answer.attempts, answer.cost_usd_micros) == (2, 2 * COST)
        assert await made.books() == (0, 2 * COST)


async def test_free_calls_need_no_money_but_count_for_their_job(redis_url: str) -> None:
    free = ModelFacts(prompt_usd_per_million=0, completion_usd_per_million=0)
    rules = policy(
        models={"acme/good-1": free, "acme/good-2": free},
        budgets=BudgetLimits(org_day_usd_micros=0, global_day_usd_micros=0, max_calls_per_job=2),
    )
    async with bench(redis_url, transport=FakeTransport(), rules=rules) as made:
        for number in range(2):
            ask = [{"role": "user", "content": f"call {number}"}]
            await made.gateway.complete("planner", ask, caller=Caller("acme", job_id="run"))
        with pytest.raises(BudgetExceeded) as refused:
            await made.gateway.complete("planner", ASK, caller=Caller("acme", job_id="run"))
        assert refused.value.details["scope"] == "job_calls"
        await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert await made.books() == (0, 0)


async def test_an_org_that_does_not_exist_is_refused_before_the_call(redis_url: str) -> None:
    class NoSuchOrg:
        def spent(self, org_id: str, scopes: Sequence[Scope]) -> Sequence[int]:
            raise NotFound("no such org")

        def of_requests(self, org_id: str, day: str) -> Mapping[str, int]:
            raise NotFound("no such org")

    wire = FakeTransport()
    async with bench(redis_url, transport=wire) as made:
        made.budget._ledger = NoSuchOrg()
        with pytest.raises(NotFound):
            await made.gateway.complete("planner", ASK, caller=Caller("nobody"))
        assert wire.bodies == []
