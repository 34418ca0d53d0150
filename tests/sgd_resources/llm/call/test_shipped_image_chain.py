"""The shipped chain of pictures: when the first model does not paint, the second one does, inside the task's cap."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.policy.policy_file import Policy, PolicyFile
from tests.fakes.llm import bench
from tests.fakes.openrouter import Step, chat_reply, error_body, png, usage
from tests.fakes.transport import FakeTransport

pytestmark = pytest.mark.embedded

FIRST, SECOND = "google/gemini-nano-banana-2.1", "bytedance-seed/seedream-4.5"
SECOND_COSTS = 50_000


@pytest.fixture
def shipped() -> Policy:
    found = PolicyFile().current()
    return replace(found, retry=replace(found.retry, backoff_ms=1, cap_ms=2))


def painters(first: Callable[[], Step]) -> FakeTransport:
    """The first model as told, the second one with a picture at its price."""

    def answer(body: Mapping[str, Any]) -> Step:
        if body["model"] == FIRST:
            return first()
        return Step(body=images_reply(SECOND_COSTS / 1_000_000))

    return FakeTransport(answer)


def images_reply(cost_usd: float) -> dict[str, Any]:
    import base64

    picture = base64.b64encode(png()).decode()
    return {"created": 1, "data": [{"b64_json": picture}], "usage": {**usage(), "cost": cost_usd}}


async def test_the_second_model_paints_when_the_first_is_down_and_its_bill_alone_is_booked(
    redis_url: str, shipped: Policy
) -> None:
    wire = painters(lambda: Step(status=503, body=error_body(503)))
    async with bench(redis_url, transport=wire, rules=shipped) as made:
        (answer,) = await made.gateway.generate_image("image", "a fox", [png()], caller=Caller("acme"))
        assert (answer.requested_model, answer.cost_usd_micros) == (SECOND, SECOND_COSTS)
        assert answer.pictures[0].media_type == "image/png"
        assert wire.paths == ["/chat/completions"] * shipped.retry.max_attempts + ["/images"]
        assert await made.books() == (0, SECOND_COSTS)
    assert [row.outcome for row in made.ledger.rows] == ["failed", "failed", "succeeded"]
    assert [row.cost_usd_micros for row in made.ledger.rows] == [0, 0, SECOND_COSTS]
    assert "input_references" in wire.bodies[-1]
    assert json.dumps(wire.bodies[-1]).count("a fox") == 1


async def test_a_failed_picture_that_was_billed_leaves_room_only_within_the_cap(
    redis_url: str, shipped: Policy
) -> None:
    billed = 0.06
    wire = painters(lambda: Step(body=chat_reply("I cannot draw that", cost=billed)))
    async with bench(redis_url, transport=wire, rules=shipped) as made:
        with pytest.raises(ProviderFailed) as failed:
            await made.gateway.generate_image("image", "a fox", caller=Caller("acme"))
        # $0.06 of $0.10 are spent: neither another try for $0.08 nor the second model for $0.05 fits.
        assert failed.value.details["spent_usd_micros"] == round(billed * 1_000_000)
        assert await made.books() == (0, round(billed * 1_000_000))
        assert SECOND not in [body["model"] for body in wire.bodies]


async def test_a_cheap_failure_of_the_first_leaves_room_for_the_second(redis_url: str, shipped: Policy) -> None:
    wire = painters(lambda: Step(body=chat_reply("I cannot draw that", cost=0.01)))
    async with bench(redis_url, transport=wire, rules=shipped) as made:
        (answer,) = await made.gateway.generate_image("image", "a fox", caller=Caller("acme"))
        assert answer.requested_model == SECOND
        assert answer.cost_usd_micros <= shipped.task("image").max_cost_usd_micros
        assert await made.books() == (0, answer.cost_usd_micros)
