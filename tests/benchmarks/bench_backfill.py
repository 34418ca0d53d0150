"""Backfill of small orgs (one SVG each) in ranged runs, against one run per org.

Platform overhead is the wall time per org without what the stages themselves took. The peer is kind to Dagster:
one run per org, but in this warm process instead of a process each.

    python -m tests.benchmarks.bench_backfill [--quick]
"""

import argparse
import logging
import os
import time
from collections.abc import Sequence

from sgd_assets.running.backfill_process import backfill
from tests.benchmarks.ingest_stack import IngestStack, ingest_stack, small_svg
from tests.benchmarks.report import Row, print_rows


def main(argv: Sequence[str] | None = None) -> list[Row]:
    """Print and return the rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args(argv).quick
    logging.disable(logging.INFO)
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "500")
    with ingest_stack() as stack:
        warm, single = [f"warm-{n}" for n in range(3)], [f"single-{n:04d}" for n in range(8 if quick else 40)]
        ranged = [f"org-{n:04d}" for n in range(100 if quick else 1000)]
        for number, org_id in enumerate([*warm, *single, *ranged]):
            stack.upload(org_id, [("logo.svg", small_svg(number))])
        for org_id in warm:
            stack.ingest(org_id)
        began = time.time()
        for org_id in single:
            stack.ingest(org_id)
        peer_total, peer_overhead = _per_org_ms(stack, began, len(single))
        began = time.time()
        for finished in backfill(stack.instance, stack.job, ranged):
            failed = [org_id for org_id, state in finished.items() if state != "ok"]
            if failed:
                raise RuntimeError(f"{len(failed)} orgs failed")
        total, overhead = _per_org_ms(stack, began, len(ranged))
    rows = [
        Row(f"backfill of {len(ranged)} orgs, overhead per org", overhead, "ms", "one run per org", peer_overhead),
        Row(f"backfill of {len(ranged)} orgs, all per org", total, "ms", "one run per org", peer_total),
    ]
    print_rows(rows)
    return rows


def _per_org_ms(stack: IngestStack, began: float, orgs: int) -> tuple[float, float]:
    wall = time.time() - began
    return wall / orgs * 1000, (wall - stack.stage_seconds(began)) / orgs * 1000


if __name__ == "__main__":
    main()
