"""The daily job: what left the log of requests is told in the run; the schedules of keeping run from the start."""

from datetime import UTC, datetime, timedelta

import pytest
from dagster import DagsterInstance, DefaultScheduleStatus

from sgd_assets.graph.definitions import build_definitions
from sgd_assets.graph.retention import daily_retention
from sgd_assets.graph.sweep import hourly_sweep
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.rows.whole.request_log import LoggedRequest, keep, list_requests


def test_the_schedules_of_keeping_run_from_the_start_once_a_day_or_oftener() -> None:
    assert {daily_retention.default_status, hourly_sweep.default_status} == {DefaultScheduleStatus.RUNNING}
    assert [one.cron_schedule for one in (daily_retention, hourly_sweep)] == ["23 3 * * *", "17 * * * *"]


@pytest.mark.embedded
def test_the_daily_job_tells_how_many_requests_it_removed(database: Database) -> None:
    now = datetime.now(UTC)
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
    with database.directory() as connection:
        made = [LoggedRequest(now - timedelta(days=n), "r-1", "GET", "/", 200, 1.0, 1, "key:k") for n in (1, 99, 100)]
        keep(connection, [("acme", one) for one in made])
    definitions = build_definitions({
        "database": Lazy(lambda: database), "places": Lazy(lambda: ()), "request_log_days": Lazy(lambda: 90),
    })  # fmt: skip
    with DagsterInstance.ephemeral() as instance:
        done = definitions.resolve_job_def("retention_job").execute_in_process(instance=instance)
    (told,) = [
        event.step_output_data.metadata for event in done.all_events
        if event.is_successful_output and event.step_key == "drop_old_requests"
    ]  # fmt: skip
    assert (told["kept_days"].value, told["removed_requests"].value) == (90, 2)
    with database.org_transaction("acme") as connection:
        assert len(list_requests(connection, "acme", limit=9)) == 1
