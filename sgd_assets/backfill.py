"""Ranged ingest runs over many orgs in this process: org ids on stdin, a JSON line per finished run on stdout.

    printf 'acme\\nglobex' | python -m sgd_assets.backfill

What must not live here: bringing files in, or what a stage does.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence

from dagster import DagsterInstance, JobDefinition
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

from sgd_assets.definitions import build_definitions
from sgd_assets.partitions import ORGS, ORGS_PER_RUN, chunked
from sgd_assets.warm_runs import warm_instance
from sgd_resources.dagster_home import prepare_dagster_home
from sgd_resources.embedded import embedded_services
from sgd_resources.settings import load_settings


def backfill(instance: DagsterInstance, job: JobDefinition, org_ids: Sequence[str]) -> Iterator[dict[str, str]]:
    """Run `job` over the orgs, up to `ORGS_PER_RUN` of them in one run; yields org id to `ok` or a reason."""
    for chunk in chunked(org_ids):
        instance.add_dynamic_partitions(ORGS, chunk)
    for first, last, members in ranges(list(instance.get_dynamic_partitions(ORGS)), org_ids):
        result = job.execute_in_process(
            instance=instance,
            tags={ASSET_PARTITION_RANGE_START_TAG: first, ASSET_PARTITION_RANGE_END_TAG: last},
            raise_on_error=False,
        )
        if result.success:
            yield dict.fromkeys(members, "ok")
            continue
        done = _stored_through(instance, result.run_id)
        yield {org: "ok" if org in done else f"see the run {result.run_id} in the Dagster UI" for org in members}


def ranges(partitions: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    """(first, last, members) of runs that cover `wanted` and nothing else, in partition order.

    A ranged run takes every partition between its ends, so a range breaks where an unwanted org lies between.
    """
    chosen = set(wanted)
    run: list[str] = []
    for org_id in [*partitions, None]:
        if org_id in chosen and len(run) < ORGS_PER_RUN:
            assert org_id is not None
            run.append(org_id)
            continue
        if run:
            yield run[0], run[-1], run
        run = [org_id] if org_id in chosen and org_id is not None else []


def _stored_through(instance: DagsterInstance, run_id: str) -> set[str]:
    """Orgs whose last stage this run recorded."""
    logs = instance.all_logs(run_id)
    through: set[str] = set()
    for entry in logs:
        event = entry.dagster_event
        if event is None or not event.is_step_materialization or event.asset_key is None:
            continue
        if event.asset_key.path[-1] == "brand_embeddings" and event.partition is not None:
            through.add(event.partition)
    return through


def main() -> None:
    """Read org ids from stdin and run."""
    org_ids = [line.strip() for line in sys.stdin if line.strip()]
    settings = load_settings()
    with embedded_services(settings) as urls:
        os.environ["DAGSTER_DATABASE_URL"] = urls.dagster_url
        instance = warm_instance(str(prepare_dagster_home(settings)))
        job = build_definitions(settings=settings).resolve_job_def("ingest_job")
        for finished in backfill(instance, job, org_ids):
            sys.stdout.write(json.dumps(finished) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
