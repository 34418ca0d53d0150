"""A job of any kind as the body of an answer.

What must not live here: what is told of a job (`sgd_assets/on_demand/resource`), what one kind alone tells
(`stored/`), or routes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from sgd_api.http.bodies import work
from sgd_api.http.dependencies import stored_error
from sgd_api.http.services import Services
from sgd_assets.on_demand.resource.job import told_jobs
from sgd_resources.postgres.rows.jobs import Job, get_job


def one_job(services: Services, org_id: str, job_id: str) -> work.Job:
    """One job of the org. Raises NotFound, for another org's too."""
    with services.database.org_transaction(org_id) as connection:
        [found] = many_jobs(services, connection, org_id, [get_job(connection, org_id, job_id)])
    return found


def many_jobs(services: Services, connection: Connection, org_id: str, rows: Sequence[Job]) -> tuple[work.Job, ...]:
    """Jobs of the org in the order of their rows, read in the transaction that found them."""
    return tuple(_body(document) for document in told_jobs(connection, services.store, org_id, rows))


def _body(document: Mapping[str, Any]) -> work.Job:
    return work.Job(**{**document, "error": stored_error(document.get("error"))})
