"""Keeps what a person decided of a canon's fact, and asks for the canon that follows: one transaction.

What must not live here: whether the statement can be made (`sgd_assets/canon/statements/check.py`).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from sgd_assets.on_demand.request import ask_for
from sgd_resources.ports.statements import FactStatement
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs
from sgd_resources.postgres.rows.decisions import statements

FOLLOW_STATEMENTS: Mapping[str, Any] = {"project_id": "canon", "evidence_ids": [], "reason": "fact_stated"}


def request_statement(database: Database, org_id: str, statement: FactStatement) -> str:
    """Id of the job that derives the canon with this statement.

    Raises:
        Unavailable: the database cannot be reached; nothing was written. Retry.
    """
    with database.org_transaction(org_id) as connection:
        statements.state(connection, org_id, statement)
        return _follow(connection, org_id, actor=statement.subject)


def request_withdrawal(database: Database, org_id: str, fact_id: str, *, actor: str) -> str:
    """Id of the job that derives the canon without the statement on this fact.

    Raises:
        NotFound: nobody stated anything of it.
        Unavailable: the database cannot be reached; nothing was written. Retry.
    """
    with database.org_transaction(org_id) as connection:
        statements.withdraw(connection, org_id, fact_id, actor=actor)
        return _follow(connection, org_id, actor=actor)


def _follow(connection: Connection, org_id: str, *, actor: str) -> str:
    """One that is queued already and has not begun will see it too, so that a hundred decisions cost one run."""
    waiting = jobs.find_queued(connection, org_id, kind="canon_derive", body=FOLLOW_STATEMENTS)
    return (
        waiting.job_id if waiting is not None else ask_for(connection, org_id, "canon_derive", FOLLOW_STATEMENTS, actor)
    )
