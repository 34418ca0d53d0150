"""Writes the `dagster.yaml` of one machine under `var/dagster`. That of many machines is `deploy/dagster.yaml`.

What must not live here: the graph. Imports no dagster, so that the command line stays quick.
"""

import json
import os
from pathlib import Path
from uuid import uuid4

from sgd_resources.settings import Settings

INSTANCE_YAML = """\
# Written by SGD at start; edits are lost. That of many machines is deploy/dagster.yaml.
storage:
  custom:
    module: sgd_resources.dagster.storage
    class: PooledPostgresStorage
    config:
      postgres_url: {{env: DAGSTER_DATABASE_URL}}
      # A power cut may cost the last half second of events; the requests' own rows are always synced.
      durable_events: false

compute_logs:
  module: dagster._core.storage.local_compute_log_manager
  class: LocalComputeLogManager
  config:
    base_dir: {compute_logs}

run_monitoring:
  enabled: true
  start_timeout_seconds: 180
  max_runtime_seconds: {max_runtime_s}
  poll_interval_seconds: 30

run_retries:
  enabled: true
  max_retries: 3
  # Of lost processes. A stage that failed has said whether a retry helps: the sensor `retry_failed` waits, then asks.
  retry_on_asset_or_op_failure: false

concurrency:
  runs:
    max_concurrent_runs: {max_concurrent_runs}
  pools:
    granularity: run
    default_limit: {max_concurrent_runs}

telemetry:
  enabled: false
nux:
  enabled: false
"""


def prepare_dagster_home(settings: Settings) -> Path:
    """The directory to use as `DAGSTER_HOME`, its `dagster.yaml` up to date. Safe when two start at once."""
    home = settings.var_dir / "dagster"
    (home / "compute_logs").mkdir(parents=True, exist_ok=True)
    text = INSTANCE_YAML.format(
        # JSON is YAML: a blank, `#` or `:` in the path stays part of it.
        compute_logs=json.dumps(str(home / "compute_logs")),
        max_runtime_s=settings.sgd_batch_max_runtime_s,
        max_concurrent_runs=max(2, settings.sgd_workers),
    )
    path = home / "dagster.yaml"
    if not path.is_file() or path.read_text("utf-8") != text:
        temp = path.with_name(f".dagster.yaml.{uuid4().hex}")
        temp.write_text(text, "utf-8")
        os.replace(temp, path)
    return home
