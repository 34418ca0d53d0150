"""The text of /metrics: what all processes counted, what models cost, and what stands in the database right now.

What must not live here: the route, or counting.
"""

from collections.abc import Iterator
from functools import cache

from prometheus_client import Metric, generate_latest
from redis.exceptions import RedisError

from sgd_api.http.services import Services
from sgd_resources.errors import SgdError
from sgd_resources.llm.policy.policy_file import PolicyFile
from sgd_resources.llm.shown import exposition as models
from sgd_resources.llm.shown.view import KEYS, READ, SharedView, read_answer
from sgd_resources.observed.exposition import exposition, gauge
from sgd_resources.observed.view import ProcessesView
from sgd_resources.postgres.rows.work.standing import Standing, read_standing


def metrics_text(services: Services) -> bytes:
    """The exposition; what cannot be read is told by a gauge of its own and left out."""
    asked = _models(services)
    standing = generate_latest(_Standing(_standing(services)))
    counted = exposition(_processes(services), (services.metrics.registry,), asked.counts if asked else ())
    return counted + models.exposition(asked) + standing


def _processes(services: Services) -> ProcessesView | None:
    try:
        return services.teller.read()
    except RedisError:
        # Told as `sgd_metrics_view_up 0`.
        return None


def _models(services: Services) -> SharedView | None:
    try:
        return read_answer(services.redis.eval(READ, len(KEYS), *KEYS))
    except RedisError:
        # Told as `sgd_llm_view_up 0`.
        return None


def _standing(services: Services) -> Standing | None:
    try:
        with services.database.directory() as connection:
            return read_standing(connection)
    except SgdError:
        # Told as `sgd_standing_up 0`.
        return None


@cache
def _policy_file() -> PolicyFile:
    return PolicyFile()


class _Standing:
    def __init__(self, standing: Standing | None) -> None:
        self._standing = standing

    def collect(self) -> Iterator[Metric]:
        found = self._standing
        yield gauge("sgd_standing_up", "1 when the database could be asked what waits", [({}, found is not None)])
        if found is None:
            return
        labelled = [({"kind": line.kind, "status": line.status}, line) for line in found.jobs]
        yield gauge("sgd_jobs_open", "Jobs that wait (queued) or run", [(labels, one.jobs) for labels, one in labelled])
        yield gauge(
            "sgd_job_oldest_age_seconds",
            "Age of the oldest of them",
            [(labels, one.oldest_s) for labels, one in labelled],
        )
        yield gauge("sgd_orgs", "Orgs", [({}, found.orgs)])
        yield gauge("sgd_uploads_pending", "Uploads that the gate has not judged", [({}, found.uploads)])
        yield gauge("sgd_upload_oldest_age_seconds", "Age of the oldest of them", [({}, found.oldest_upload_s)])
        budgets = _policy_file().current().budgets
        spent = {"day": found.spent_today_usd_micros, "month": found.spent_month_usd_micros}
        limits = {"day": budgets.global_day_usd_micros, "month": budgets.global_month_usd_micros}
        yield gauge(
            "sgd_budget_spent_usd_micros",
            "Money that all orgs spent on models",
            [({"period": p}, v) for p, v in spent.items()],
        )
        yield gauge(
            "sgd_budget_limit_usd_micros", "What all orgs may spend; absent where nothing is set",
            [({"period": period}, limit) for period, limit in limits.items() if limit is not None],
        )  # fmt: skip
