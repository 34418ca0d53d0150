"""`python -m tests.load [--short] [soak spike users beside]`: a report under `reports/`, code 1 when a rule broke."""

import argparse
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from tests.load.place import place
from tests.load.report import page
from tests.load.scenarios import SCENARIOS

WHOLE = {"soak": (5.0, 600.0), "spike": (50.0, 60.0), "users": (1_000, 120.0), "beside": (1.0, 120.0)}
SHORT = {"soak": (2.0, 10.0), "spike": (10.0, 5.0), "users": (100, 10.0), "beside": (0.5, 10.0)}
"""(rate a second, or people; seconds)"""


def main() -> int:
    """Run the loads one after another in one installation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="soak|spike|users|beside")
    parser.add_argument("--short", action="store_true", help="seconds instead of minutes; shows that it works")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--report", type=Path, default=Path("reports/load.html"))
    given = parser.parse_args()
    if unknown := set(given.names) - set(SCENARIOS):
        parser.error(f"no such load: {', '.join(sorted(unknown))}")
    loads = {name: load for name, load in (SHORT if given.short else WHOLE).items() if name in (given.names or WHOLE)}
    fastest = max(_per_s(name, rate) for name, (rate, _) in loads.items())
    parts = []
    with place(workers=given.workers, per_s=fastest) as made:
        for name, (rate, seconds) in loads.items():
            run, rules = SCENARIOS[name](made.with_new_keys(_per_s(name, rate)), rate, seconds)
            parts.append((run, rules))
            for rule in rules:
                print(f"{'kept  ' if rule.is_kept else 'BROKEN'} {run.name}: {rule.says}; found {rule.found}")  # noqa: T201
    machine = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {platform.machine()}, {given.workers} workers"
    )
    given.report.parent.mkdir(parents=True, exist_ok=True)
    given.report.write_text(page(parts, machine), "utf-8")
    print(f"report: {given.report}")  # noqa: T201 - what a person waits for
    return int(any(not rule.is_kept for _, rules in parts for rule in rules))


def _per_s(name: str, rate: float) -> float:
    return rate / 20 if name == "users" else rate  # people look at something every 20 seconds


if __name__ == "__main__":
    raise SystemExit(main())
