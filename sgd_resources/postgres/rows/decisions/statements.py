"""Statements on facts of an org's canon: one stands for each fact; what was withdrawn or replaced is kept.

What must not live here: whether there is such a fact, and what a statement does to a canon.
"""

from dataclasses import asdict, fields, replace

from sqlalchemy import Connection, func, insert, select, text, update

from sgd_resources.errors import NotFound
from sgd_resources.ports.statements import FactStatement
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.tables.brand import canon_statements

_COLUMNS = [canon_statements.c[field.name] for field in fields(FactStatement)]


def state(connection: Connection, org_id: str, statement: FactStatement) -> FactStatement:
    """The statement with its audit entry; it takes the place of one that stood for the same fact."""
    _one_at_a_time(connection, org_id)
    told = {"verb": statement.verb, "fact_id": statement.fact_id, "kind": statement.kind}
    entry = audit.append(
        connection, org_id, actor=statement.subject, action="canon.fact_stated", subject=statement.fact_id, details=told
    )
    _end(connection, org_id, statement.fact_id)
    made = replace(statement, audit_entry=entry)
    row = {**asdict(made), "org_id": org_id, "evidence_sha256s": list(made.evidence_sha256s)}
    connection.execute(insert(canon_statements).values(row))
    return made


def withdraw(connection: Connection, org_id: str, fact_id: str, *, actor: str) -> FactStatement:
    """The statement that stood for a fact and stands no longer, audited. Raises NotFound."""
    _one_at_a_time(connection, org_id)
    found = next((one for one in standing(connection, org_id) if one.fact_id == fact_id), None)
    if found is None:
        raise NotFound("nobody stated anything of this fact")
    _end(connection, org_id, fact_id)
    told = {"verb": found.verb, "fact_id": fact_id, "audit_entry": found.audit_entry}
    audit.append(connection, org_id, actor=actor, action="canon.fact_withdrawn", subject=fact_id, details=told)
    return found


def standing(connection: Connection, org_id: str) -> list[FactStatement]:
    """Those that stand, in the order in which they were made."""
    mine = (canon_statements.c.org_id == org_id, canon_statements.c.withdrawn_at.is_(None))
    rows = connection.execute(select(*_COLUMNS).where(*mine).order_by(canon_statements.c.audit_entry))
    return [
        FactStatement(**{**row._mapping, "evidence_sha256s": tuple(row._mapping["evidence_sha256s"])}) for row in rows
    ]


def _one_at_a_time(connection: Connection, org_id: str) -> None:
    """Two people at once must not both find nothing standing."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"statements:{org_id}"})


def _end(connection: Connection, org_id: str, fact_id: str) -> None:
    mine = (
        canon_statements.c.org_id == org_id,
        canon_statements.c.fact_id == fact_id,
        canon_statements.c.withdrawn_at.is_(None),
    )
    connection.execute(update(canon_statements).where(*mine).values(withdrawn_at=func.now()))
