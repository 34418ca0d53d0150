"""Marks the runs of dead processes failed, and tells whose ingest failed, for `sgd doctor`: a JSON object on stdout.

    python -m sgd_assets.running.mend  ->
        {"failed": ["<run id>", ...], "failed_ingests": {"<org id>": "<why>"}, "failed_runs": {"<org id>": "<why>"}}

`failed_ingests` were asked of the API, `failed_runs` came of sensors and schedules.

What must not live here: deciding who is dead (`owner.py`).
"""

import json
import os
import sys
import time

from sgd_assets.graph.failed_orgs import LOOKED_BACK_S, failures_left
from sgd_assets.running.dead_runs import fail_runs_of_dead_owners
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.dagster.home import prepare_dagster_home
from sgd_resources.embedded.services import embedded_services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.failed_ingests import failed_ingests, orgs_with_failed_ingest
from sgd_resources.settings import load_settings


def main() -> None:
    """Mend and tell."""
    settings = load_settings()
    with embedded_services(settings) as urls:
        os.environ["DAGSTER_DATABASE_URL"] = urls.dagster_url
        with warm_instance(str(prepare_dagster_home(settings))) as instance:
            failed = fail_runs_of_dead_owners(instance)
            left = failures_left(instance, time.time() - LOOKED_BACK_S)
        told = {
            "failed": failed,
            "failed_ingests": _failed_ingests(urls.database_url),
            "failed_runs": {one.org_id: one.told() for one in left},
        }
    sys.stdout.write(json.dumps(told) + "\n")


def _failed_ingests(url: str) -> dict[str, str]:
    """Org id to how often in a row, and why the last time, for orgs whose newest ingest failed."""
    database = Database(url, pool_size=1)
    try:
        with database.directory() as connection:
            org_ids = orgs_with_failed_ingest(connection)
        told: dict[str, str] = {}
        for org_id in org_ids:
            with database.org_transaction(org_id) as connection:
                found = failed_ingests(connection, org_id)
            if found is not None:
                why = f"{found.error.get('code')}: {found.error.get('message')}"
                told[org_id] = f"{found.times} in a row, the last for {why}"
        return told
    finally:
        database.dispose()


if __name__ == "__main__":
    main()
