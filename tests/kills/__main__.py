"""`python -m tests.kills [KIND ...]`: the whole matrix, with services of its own; code 1 when a job did not end well.

Prints a line for each job: kind, step, what happened to its worker, and what came of it.
"""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from sgd_resources.embedded.services import embedded_services
from sgd_resources.settings import Settings
from tests.benchmarks.graph_stack import graph_stack
from tests.kills.matrix import KINDS, MONEY, Row, matrix


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="|".join(KINDS))
    kinds = parser.parse_args().kinds or KINDS
    began = time.monotonic()
    with ExitStack() as everything:
        folder = Path(everything.enter_context(tempfile.TemporaryDirectory(prefix="sgd-kills-")))
        settings = Settings(sgd_var_dir=folder).model_copy(
            update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
        )
        services = everything.enter_context(embedded_services(settings, is_durable=False))
        stack = everything.enter_context(graph_stack(folder, services))
        rows: list[Row] = []
        with matrix(stack, folder / "kills", processes=2) as made:
            for kind in kinds:
                for place, step in enumerate(made.steps_of(kind)):
                    actions = ("kill", "hang") if place == 0 or step in MONEY else ("kill",)
                    rows += [made.ended_at(kind, place, step, action) for action in actions]
                    print(f"{time.monotonic() - began:6.0f} s  {kind} {place} {step}", file=sys.stderr)  # noqa: T201
            made.money_is_free(rows)
        rows = made.judged(rows)
    for row in rows:
        what = "killed" if row.action == "kill" else "hung, cancelled"
        end = f"{row.status}, told {row.ends_told}, webhook ids {row.message_ids}, held {row.held_usd_micros}"
        print(f"{row.kind:8} {row.step:26} {what:16} {end} {'; '.join(row.faults) or 'ok'}")  # noqa: T201
    broken = sum(bool(row.faults) for row in rows)
    print(f"{len(rows)} jobs, {broken} broken, {time.monotonic() - began:.0f} s")  # noqa: T201 - what a person waits for
    return int(bool(broken))


if __name__ == "__main__":
    raise SystemExit(main())
