"""On-demand render, request to recorded materialization, against the same job launched through Dagster's GraphQL.

python -m tests.benchmarks.bench_on_demand [--quick]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster import AssetKey, AssetRecordsFilter, DagsterInstance

from sgd_assets.graph.partitions import ensure_partition
from sgd_assets.on_demand.request import request_render
from sgd_assets.running.warm_runs import REQUEST_TAG, warm_instance
from sgd_resources.embedded.services import embedded_services
from sgd_resources.settings import Settings
from tests.benchmarks.graph_stack import BODY, GraphStack, graph_stack
from tests.benchmarks.report import Row, free_port, percentile, print_rows

RATE_PER_S = 5.0
WORKERS = 2
LAUNCH = """
mutation ($params: ExecutionParams!) {
  launchPipelineExecution(executionParams: $params) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
  }
}
"""


def main(argv: Sequence[str] | None = None) -> list[Row]:
    """Print and return the rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args(argv).quick
    with tempfile.TemporaryDirectory(prefix="sgd-bench-") as folder:
        settings = Settings(sgd_var_dir=Path(folder)).model_copy(
            update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
        )
        with embedded_services(settings) as urls, graph_stack(Path(folder), urls) as stack:
            stack.seed_org("bench")
            instance = warm_instance(str(stack.dagster_home))
            ensure_partition(instance, "bench")
            with stack.worker(WORKERS):
                _warm_up(stack, instance, rounds=8)
                latencies = on_demand_latencies(stack, instance, requests=40 if quick else 150)
            peer = graphql_latencies(stack, instance, launches=3 if quick else 10)
    p50, p95 = percentile(latencies, 50), percentile(latencies, 95)
    peer_p50 = statistics.median(peer)
    rows = [
        Row("on-demand render, p50", p50, "ms", "GraphQL launch, in-process executor, p50", peer_p50),
        Row("on-demand render, p95", p95, "ms", "GraphQL launch, in-process executor, p95", percentile(peer, 95)),
    ]
    print_rows(rows)
    return rows


def on_demand_latencies(stack: GraphStack, instance: DagsterInstance, *, requests: int) -> list[float]:
    """Milliseconds from just before the request is written to its materialization event, at a steady rate."""
    began: dict[str, float] = {}

    def ask(at: float) -> None:
        time.sleep(max(0.0, at - time.time()))
        start = time.time()
        began[request_render(stack.database, "bench", BODY).render_id] = start

    first = time.time() + 0.2
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(ask, [first + number / RATE_PER_S for number in range(requests)]))
    recorded = _materialized_at(instance, requests, after=first)
    return [(recorded[render_id] - start) * 1000 for render_id, start in began.items()]


def graphql_latencies(stack: GraphStack, instance: DagsterInstance, *, launches: int) -> list[float]:
    """The same job, one launch after another, each waited for."""
    spent = []
    with _webserver(stack) as url:
        for number in range(launches + 1):
            render_id = request_render(stack.database, "bench", BODY).render_id
            start = time.time()
            _launch(url, render_id)
            at = _materialized_at(instance, 1, after=start)
            if number:
                spent.append((at[render_id] - start) * 1000)
    return spent


def _warm_up(stack: GraphStack, instance: DagsterInstance, *, rounds: int) -> None:
    start = time.time()
    for _ in range(rounds):
        request_render(stack.database, "bench", BODY)
    _materialized_at(instance, rounds, after=start, timeout_s=90)


def _materialized_at(instance: DagsterInstance, count: int, *, after: float, timeout_s: float = 60) -> dict[str, float]:
    """Render id to the time its materialization was recorded."""
    deadline = time.monotonic() + timeout_s
    filters = AssetRecordsFilter(AssetKey("render_outputs"), after_timestamp=after)
    while time.monotonic() < deadline:
        records = instance.fetch_materializations(filters, limit=count + 10).records
        if len(records) >= count:
            found = {}
            for record in records:
                run = instance.get_run_by_id(record.run_id)
                assert run is not None
                name = run.tags.get(REQUEST_TAG) or _configured_id(run.run_config)
                found[name] = record.timestamp
            return found
        time.sleep(0.05)
    raise TimeoutError(f"fewer than {count} materializations in {timeout_s} s")


def _configured_id(run_config: Any) -> str:
    return str(run_config["ops"]["render_outputs"]["config"]["render_ids"][0])


@contextmanager
def _webserver(stack: GraphStack) -> Iterator[str]:
    port = free_port()
    root = Path(__file__).resolve().parents[2]
    command = [
        str(Path(sys.executable).with_name("dagster-webserver")),
        "-m", "tests.benchmarks.noop_definitions", "-h", "127.0.0.1", "-p", str(port),
    ]  # fmt: skip
    # Its best case: launched at once by the webserver, not through the daemon's queue.
    yaml = stack.dagster_home / "dagster.yaml"
    kept = yaml.read_text("utf-8")
    before = kept[: kept.index("concurrency:")]
    yaml.write_text(
        before + "run_coordinator:\n  module: dagster._core.run_coordinator\n  class: DefaultRunCoordinator\n"
        "telemetry:\n  enabled: false\n",
        "utf-8",
    )
    log = (stack.settings.var_dir / "webserver.log").open("wb")
    with log:
        server = subprocess.Popen(command, env={**os.environ, **stack.environment()}, cwd=root, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/server_info")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)
        yaml.write_text(kept, "utf-8")


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(url)


def _launch(url: str, render_id: str) -> None:
    params = {
        "selector": {
            "repositoryLocationName": "tests.benchmarks.noop_definitions",
            "repositoryName": "__repository__",
            "jobName": "render_job",
        },
        "mode": "default",
        "runConfigData": {"ops": {"render_outputs": {"config": {"render_ids": [render_id]}}}},
        "executionMetadata": {"tags": [{"key": "dagster/partition", "value": "bench"}]},
    }
    body = json.dumps({"query": LAUNCH, "variables": {"params": params}}).encode()
    request = urllib.request.Request(f"{url}/graphql", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        result = json.loads(answer.read())
    launched = result["data"]["launchPipelineExecution"]
    if launched["__typename"] != "LaunchRunSuccess":
        raise RuntimeError(json.dumps(launched)[:500])


if __name__ == "__main__":
    main()
