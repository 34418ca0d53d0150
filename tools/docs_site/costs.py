"""The page of costs, computed from the policy's caps and from what one core does in a second.

What must not live here: prices of a cloud, which are a reader's own.
"""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PICTURES_PER_CORE_S = 3.05
"""Pictures of 600 x 314, drawn and judged, by one core: 6.1/s on two (a spike of 3,000 over HTTP, all drained)."""
AREA_FACTOR = (1200 * 628) / (600 * 314)
BUSY_RATIO = 0.5
"""Half of a core's time, so that a peak of twice the mean still keeps up."""
LOADS = (1_000, 10_000, 100_000, 1_000_000)
_DAY_S = 86_400


def page() -> str:
    """Money of models by task and by picture, cores by load."""
    policy = json.loads((ROOT / "policies" / "openrouter_policy.json").read_text("utf-8"))
    return "\n\n".join(["# What it costs", _INTRO, _tasks(policy), _pictures(policy), _cores()]) + "\n"


def per_picture_usd(policy: dict[str, Any]) -> dict[str, float]:
    """The most that one picture may cost, by what is asked of models; money is reserved up to it before a call."""
    caps = {name: float(task["max_cost_usd"]) for name, task in policy["tasks"].items() if "max_cost_usd" in task}
    planned = caps["planner"] + caps["critic"]
    return {
        "no key (local routes)": 0.0,
        "planner and critic": planned,
        "with a generated picture": planned + caps["image"],
    }


def cores_for(renders_per_day: int) -> float:
    """Cores of workers for so many pictures of 1200 x 628 a day, spread evenly, half busy."""
    return renders_per_day / _DAY_S / (PICTURES_PER_CORE_S / AREA_FACTOR) / BUSY_RATIO


_INTRO = (
    "Computed when this page is built: money from `policies/openrouter_policy.json` (caps, so the most and not the "
    "mean; `sgd usage` tells what was really spent), cores from a measured rate. Multiply cores and storage by "
    "your own prices."
)


def _tasks(policy: dict[str, Any]) -> str:
    rows = [
        f"| `{name}` | {float(task['max_cost_usd']):.4f} | {float(task['max_cost_usd']) * 1000:.2f} |"
        for name, task in sorted(policy["tasks"].items())
        if "max_cost_usd" in task
    ]
    return "## Model calls\n\n| task | most per call, USD | per 1,000 calls, USD |\n|---|---|---|\n" + "\n".join(rows)


def _pictures(policy: dict[str, Any]) -> str:
    head = "| of models | " + " | ".join(f"{load:,} a month" for load in LOADS) + " |\n|---|" + "---|" * len(LOADS)
    rows = [
        f"| {name} | " + " | ".join(f"{usd * load:,.0f} USD" for load in LOADS) + " |"
        for name, usd in per_picture_usd(policy).items()
    ]
    return f"## Pictures\n\nThe most that models may cost:\n\n{head}\n" + "\n".join(rows)


def _cores() -> str:
    rows = [f"| {load:,} | {cores_for(load):.1f} |" for load in LOADS]
    return (
        "## Machines\n\nWorkers for pictures of 1200 x 628 with critique, without a model, half busy at an even load. "
        "Beside them: one core for the API up to about 50 requests a second, one for Dagster, Postgres and Redis.\n\n"
        "| pictures a day | cores of workers |\n|---|---|\n" + "\n".join(rows)
    )
