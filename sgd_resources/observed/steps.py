"""How long each step of a finished render took, from what its row tells of them.

What must not live here: what the steps are, or when they begin (`sgd_assets/renders/progress.py`).
"""

from collections.abc import Mapping
from typing import Any

from sgd_resources.observed.counts import process_counts


def count_steps(progress: Mapping[str, Any]) -> None:
    """Count each step of `progress["done"]`: `{"step", "ms"}`."""
    for step in progress["done"]:
        process_counts().render_steps.labels(step["step"]).observe(step["ms"] / 1000)
