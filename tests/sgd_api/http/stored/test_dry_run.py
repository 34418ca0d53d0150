"""A dry run tells what a request would give, and leaves nothing behind."""

from dataclasses import replace
from typing import Any, cast

import pytest

from sgd_api.http.services import Services
from sgd_api.http.stored.dry_run import MAX_DRY_RUN_PX, dry_run, most_usd_micros
from sgd_assets.renders.brief.model import Brief, WantedImagery
from sgd_resources.contracts import faults, load_policy
from sgd_resources.errors import NotFound, ValidationFailed
from sgd_resources.lazy import Lazy
from sgd_resources.llm.policy.policy_file import parse_policy
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.storage.keys import manifest_key
from tests.sgd_api.http.routes.test_canon import keep_canon
from tests.sgd_assets.renders.brand import SampleBrand, request

pytestmark = pytest.mark.embedded


class _NoKey:
    def run(self, ask: Any) -> None:
        return None


@pytest.fixture
def keyless(app_services: Services) -> Services:
    return replace(app_services, llm=Lazy(lambda: cast(SyncLlmGateway, _NoKey())))


@pytest.fixture
def brand(keyless: Services) -> SampleBrand:
    made = SampleBrand("larkfold")
    for item in made.items:
        keyless.store.put(item.key, made.store.get(item.key))
    keep_canon(keyless.database, cast(Any, keyless.store), "acme", made.canon)
    keyless.store.put(manifest_key("acme", "brand_evidence"), made.evidence.model_dump_json().encode())
    return made


def test_a_dry_run_gives_plans_and_violations_and_keeps_nothing(keyless: Services, brand: SampleBrand) -> None:
    body = request('Poster "Open day"', count=2)
    answer = dry_run(keyless, "acme", {**body, "dry_run": True})
    assert faults("render_response", answer.wire()) == []
    assert answer.dry_run is not None
    assert [plan.headline for plan in answer.dry_run.plans] == ["Open day", "Open day"]
    assert (answer.assets, answer.dry_run.cost.high_usd_micros, answer.audit.guardrails_ok) == ((), 0, True)
    assert list(keyless.store.list("org/acme/public/")) == []


def test_a_dry_run_larger_than_one_may_wait_for_is_refused_with_its_limit(keyless: Services) -> None:
    body = request("Poster", "4096x4096", count=6)
    with pytest.raises(ValidationFailed, match=str(MAX_DRY_RUN_PX)):
        dry_run(keyless, "acme", body)


def test_a_dry_run_without_a_canon_says_what_to_do(keyless: Services) -> None:
    with pytest.raises(NotFound, match="ingest"):
        dry_run(keyless, "nobody", request("Poster for the fair"))


def test_the_most_a_request_can_cost_is_the_caps_of_its_calls_or_its_own() -> None:
    policy = parse_policy(load_policy("openrouter_policy"))
    caps = {name: task.max_cost_usd_micros for name, task in policy.tasks.items()}
    photo, none = (Brief(imagery=WantedImagery(kind=kind)) for kind in ("photo", "none"))
    assert most_usd_micros(policy, none, 1) == caps["planner"] + caps["critic"]
    assert most_usd_micros(policy, photo, 1) == caps["planner"] + caps["critic"] + caps["image"]
    assert most_usd_micros(policy, photo, 6) == policy.budgets.request_usd_micros
