"""With a key a model's findings stand beside what was measured, and never in its place."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.lazy import Lazy
from tests.fakes.openrouter import Step, error_body
from tests.fakes.render_models import RenderModels, Scripts, good_answer, render_models
from tests.sgd_api.http.routes.test_critiques import evidence_id  # noqa: F401  # a fixture

pytestmark = pytest.mark.embedded

BREACH = {"rule": "composition", "message": "the eye finds no message", "is_breach": True}


def _answers(*findings: dict[str, Any]) -> Any:
    return lambda body: good_answer(body, findings=list(findings))


@pytest.fixture
def scripts() -> Scripts:
    """What the critic answers; a test sets it."""
    return Scripts(critic=_answers(BREACH))


@pytest.fixture
def models(app_services: Services, redis_url: str, scripts: Scripts) -> Iterator[RenderModels]:
    """The services of the app, with a key."""
    with render_models(redis_url, scripts) as made:
        object.__setattr__(app_services, "llm", Lazy(lambda: made.gateway))
        yield made


async def _judged(client: httpx.AsyncClient, asset_id: str) -> dict[str, Any]:
    answer = await client.post("/critique", json={"project_id": "p", "asset_ids": [asset_id]})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert faults("critique_response", found) == []
    return found


async def test_a_models_finding_is_told_beside_the_measured_ones_and_lowers_the_score(
    acme: httpx.AsyncClient,
    evidence_id: dict[str, str],  # noqa: F811  # the fixture
    models: RenderModels,
) -> None:
    found = await _judged(acme, evidence_id["stray"])
    rules = [finding["rule"] for finding in found["findings"]]
    assert ("palette_only" in rules, rules[-1]) == (True, "composition")
    assert "composition: the eye finds no message" in found["violations"]
    assert found["items"][0]["rules"], "the verdicts of the measured rules are still told"
    [asked] = models.of("critic")
    assert asked.pictures[0].startswith(b"\xff\xd8\xff")


async def test_a_model_that_finds_all_in_order_takes_no_measured_failure_away(
    acme: httpx.AsyncClient,
    evidence_id: dict[str, str],  # noqa: F811  # the fixture
    models: RenderModels,
    scripts: Scripts,
) -> None:
    with_breach = await _judged(acme, evidence_id["stray"])
    scripts.critic = _answers()
    without = await _judged(acme, evidence_id["stray"])
    assert without["violations"]
    assert 0 <= with_breach["score"] <= without["score"] < 1


async def test_a_model_that_fails_leaves_the_measured_critique_as_it_is(
    acme: httpx.AsyncClient,
    evidence_id: dict[str, str],  # noqa: F811  # the fixture
    models: RenderModels,
    scripts: Scripts,
) -> None:
    scripts.critic = Step(status=400, body=error_body(400, "no"))
    found = await _judged(acme, evidence_id["good"])
    assert (found["score"], found["violations"]) == (1.0, [])
