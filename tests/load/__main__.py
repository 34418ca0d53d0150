"""`python -m tests.load [--short] [NAME ...]`: a report under `reports/`, code 1 when a rule broke."""

import argparse
import os
import platform
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.load.analyses import ANALYSES, PAUSE_S, provider
from tests.load.drive import Run
from tests.load.place import place
from tests.load.report import page
from tests.load.scenarios import SCENARIOS, Rule

WHOLE = {
    "soak": (5.0, 600.0), "spike": (50.0, 60.0), "users": (1_000, 120.0), "beside": (1.0, 120.0),
    "analyses0": (1_000, 60.0), "analyses40": (1_000, 60.0), "analyses60": (1_000, 60.0),
}  # fmt: skip
SHORT = {
    "soak": (2.0, 10.0), "spike": (10.0, 5.0), "users": (100, 10.0), "beside": (0.5, 10.0),
    "analyses0": (100, 10.0), "analyses40": (100, 10.0), "analyses60": (100, 10.0),
}  # fmt: skip
"""(rate a second, or people; seconds)"""
LOADS = {**SCENARIOS, **ANALYSES}


def main() -> int:
    """Run the loads one after another in one installation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="|".join(LOADS))
    parser.add_argument("--short", action="store_true", help="seconds instead of minutes; shows that it works")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--report", type=Path, default=Path("reports/load.html"))
    given = parser.parse_args()
    if unknown := set(given.names) - set(LOADS):
        parser.error(f"no such load: {', '.join(sorted(unknown))}")
    loads = {name: load for name, load in (SHORT if given.short else WHOLE).items() if name in (given.names or WHOLE)}
    parts = []
    # Models take part in analyses only: what pictures take is measured without a provider.
    for chosen, has_provider in ((SCENARIOS, False), (ANALYSES, True)):
        mine = {name: load for name, load in loads.items() if name in chosen}
        if mine:
            with ExitStack() as beside:
                environment = beside.enter_context(provider()) if has_provider else {}
                parts += _in_one_place(mine, given.workers, environment)
    machine = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {platform.machine()}, {given.workers} workers"
    )
    given.report.parent.mkdir(parents=True, exist_ok=True)
    given.report.write_text(page(parts, machine), "utf-8")
    print(f"report: {given.report}")  # noqa: T201 - what a person waits for
    return int(any(not rule.is_kept for _, rules in parts for rule in rules))


def _in_one_place(
    loads: Mapping[str, tuple[float, float]], workers: int, environment: Mapping[str, str]
) -> list[tuple[Run, list[Rule]]]:
    fastest = max(_per_s(name, rate) for name, (rate, _) in loads.items())
    parts: list[tuple[Run, list[Rule]]] = []
    with place(workers=workers, per_s=fastest, environment=environment, has_canons=not environment) as made:
        for name, (rate, seconds) in loads.items():
            run, rules = LOADS[name](made.with_new_keys(_per_s(name, rate)), rate, seconds)
            parts.append((run, rules))
            for rule in rules:
                told = "kept  " if rule.is_kept else "BROKEN"
                print(f"{told} {run.name}: {rule.says}; found {rule.found}", flush=True)  # noqa: T201 - the same
    return parts


def _per_s(name: str, rate: float) -> float:
    return rate / PAUSE_S if name == "users" or name in ANALYSES else rate  # people do something every 20 seconds


if __name__ == "__main__":
    raise SystemExit(main())
