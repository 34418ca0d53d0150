"""How long each step of a finished render took, from what its row tells of them.

What must not live here: what the steps are, or when they begin (`sgd_assets/renders/progress.py`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sgd_resources.observed.counts import process_counts
from sgd_resources.observed.spans import record


def count_steps(progress: Mapping[str, Any]) -> None:
    """Count each step of `progress["done"]`, `{"step", "at", "ms", "picture"}`, and put it into the current trace."""
    for step in progress["done"]:
        process_counts().render_steps.labels(step["step"]).observe(step["ms"] / 1000)
        began_ns = round(datetime.fromisoformat(step["at"]).timestamp() * 1_000_000) * 1_000
        ended_ns = began_ns + step["ms"] * 1_000_000
        record(f"render {step['step']}", began_ns, ended_ns, sgd__picture=step.get("picture"))
