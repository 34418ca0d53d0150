"""Whether each model of the policy can be asked at all: what a call reserves at list prices, beside its task's cap.

A model whose least bound lies above the cap is never asked, and a chain that leans on it has a fallback less than it
says. What must not live here: reading prices (`catalog.py`), or asking.
"""

from collections.abc import Mapping

from sgd_resources.llm.policy.catalog import Concern, Model, upper_bound_usd_micros
from sgd_resources.llm.policy.policy_file import MICROS_PER_USD, Policy, TaskPolicy

LEAST_TOKENS_IN = 500
"""A short instruction and a short question: hardly any task sends less."""

IMAGE_TASK = "image"


def cap_concerns(policy: Policy, models: Mapping[str, Model]) -> list[Concern]:
    """Each model that its cap never lets be asked (`unreachable`), or not with all the input of its task (`short`).

    Args:
        policy: with the caps.
        models: the providers' lists by slug; a model without known prices reserves what is left of the cap, and fits.
    """
    found = []
    for task in policy.tasks.values():
        for slug in task.models:
            listed = models.get(slug) if policy.provider_of(slug).prices == "catalog" else None
            least = _bound(policy, task, slug, listed, LEAST_TOKENS_IN)
            most = _bound(policy, task, slug, listed, task.max_input_tokens)
            if task.name == IMAGE_TASK and not _has_picture_price(policy, slug, listed):
                found.append(Concern(slug, "unpriced", _unpriced(task)))
            if least is not None and least > task.max_cost_usd_micros:
                found.append(Concern(slug, "unreachable", _told(task, least, LEAST_TOKENS_IN, "is never asked")))
            elif most is not None and most > task.max_cost_usd_micros:
                told = _told(task, most, task.max_input_tokens, "is not asked with that much")
                found.append(Concern(slug, "short", told))
    return found


def _bound(policy: Policy, task: TaskPolicy, slug: str, listed: Model | None, tokens_in: int) -> int | None:
    facts = policy.models.get(slug)
    is_painter = (facts is not None and facts.image_usd is not None) or (listed is not None and listed.makes_images)
    images = int(is_painter)
    return upper_bound_usd_micros(tokens_in, task.max_output_tokens, images=images, model=listed, facts=facts)


def _has_picture_price(policy: Policy, slug: str, listed: Model | None) -> bool:
    facts = policy.models.get(slug)
    is_stated = facts is not None and facts.image_usd is not None
    return is_stated or policy.provider_of(slug).prices == "free" or (listed is not None and listed.makes_images)


def _unpriced(task: TaskPolicy) -> str:
    cap = task.max_cost_usd_micros / MICROS_PER_USD
    return (
        f"has no image_usd under models and no listed price of a picture: each one reserves all that is left of the"
        f" cap of ${cap:.4f}; state image_usd (0 for a server of your own)"
    )


def _told(task: TaskPolicy, bound: int, tokens_in: int, outcome: str) -> str:
    costs, cap = bound / MICROS_PER_USD, task.max_cost_usd_micros / MICROS_PER_USD
    return (
        f"{outcome} for {task.name}: {tokens_in} tokens in and {task.max_output_tokens} out cost up to ${costs:.4f},"
        f" the cap is ${cap:.4f}"
    )
