"""The shipped chains can be asked to their end: computed from list prices that are recorded here."""

from dataclasses import replace

import orjson
import pytest

from sgd_resources.llm.policy.catalog import Model, parse_models
from sgd_resources.llm.policy.policy_file import ModelFacts, Policy, PolicyFile
from sgd_resources.llm.policy.reachability import cap_concerns

PER_MILLION = {
    "openai/gpt-5.6-terra": ("1.25", "10"),
    "openai/gpt-5.6-luna": ("0.25", "2"),
    "anthropic/claude-sonnet-4.5": ("3", "15"),
    "anthropic/claude-opus-5.5": ("5", "25"),
    "deepseek/deepseek-v3.2": ("0.28", "0.42"),
    "deepseek/deepseek-v4-flash": ("0.14", "0.28"),
    "google/gemini-nano-banana-2.1": ("0.3", "2.5"),
    "google/gemini-3-pro-image": ("2", "12"),
    "bytedance-seed/seedream-4.5": ("0", "0"),
}
"""USD per million tokens in and out. Where no list of November 2026 was at hand, those of the model's predecessor."""


@pytest.fixture
def shipped() -> Policy:
    return PolicyFile().current()


@pytest.fixture
def listed() -> dict[str, Model]:
    data = [
        {"id": slug, "pricing": {"prompt": f"{float(tokens_in) / 1e6:.9f}", "completion": f"{float(out) / 1e6:.9f}"}}
        for slug, (tokens_in, out) in PER_MILLION.items()
    ]
    return parse_models(orjson.dumps({"data": data}))


def test_every_model_of_the_shipped_policy_is_reached_with_all_the_input_its_task_may_send(
    shipped: Policy, listed: dict[str, Model]
) -> None:
    assert set(shipped.slugs()) <= set(PER_MILLION)
    assert cap_concerns(shipped, listed) == []


def test_a_model_above_its_cap_is_named_with_the_numbers(shipped: Policy, listed: dict[str, Model]) -> None:
    task = replace(shipped.task("canon_extractor"), max_cost_usd_micros=50_000)
    task = replace(task, models=("openai/gpt-5.6-terra", "anthropic/claude-opus-5.5"))
    found = {one.slug: one for one in cap_concerns(replace(shipped, tasks={"canon_extractor": task}), listed)}
    assert {slug: one.kind for slug, one in found.items()} == {
        "openai/gpt-5.6-terra": "short",
        "anthropic/claude-opus-5.5": "unreachable",
    }
    told = found["anthropic/claude-opus-5.5"].message
    assert told == (
        "is never asked for canon_extractor: 500 tokens in and 4000 out cost up to $0.1025, the cap is $0.0500"
    )


def test_a_model_without_known_prices_takes_what_is_left_and_is_no_concern(shipped: Policy) -> None:
    texts = {name: task for name, task in shipped.tasks.items() if name != "image"}
    assert cap_concerns(replace(shipped, tasks=texts, models={}), {}) == []


def test_a_painter_without_any_price_of_a_picture_is_named_with_the_field_to_state(shipped: Policy) -> None:
    task = replace(shipped.task("image"), models=("acme/painter",))
    policy = replace(shipped, tasks={"image": task}, models={})
    (found,) = cap_concerns(policy, {})
    assert (found.slug, found.kind) == ("acme/painter", "unpriced")
    assert "image_usd" in found.message
    assert cap_concerns(replace(policy, models={"acme/painter": ModelFacts(image_usd=0.0)}), {}) == []
