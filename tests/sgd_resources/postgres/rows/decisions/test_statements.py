"""Statements on facts: one stands for each, another org's stay unseen, what is taken back is kept."""

import pytest
from sqlalchemy import func, select

from sgd_resources.errors import NotFound
from sgd_resources.ports.statements import FactStatement
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.rows.decisions import statements
from sgd_resources.postgres.tables.brand import canon_statements

pytestmark = pytest.mark.embedded
MADE = FactStatement(
    "correct", "f1", "colour", "#112233", "a slip", "user:u1", 0, new_value="#112234", evidence_sha256s=("a" * 64,)
)


@pytest.fixture(autouse=True)
def _orgs(database: Database) -> None:
    for org_id in ("acme", "globex"):
        with database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)


def test_a_statement_is_found_again_with_the_entry_of_its_audit_row(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        made = statements.state(connection, "acme", MADE)
        assert made.audit_entry > 0
        assert statements.standing(connection, "acme") == [made]


def test_another_org_sees_none_of_it(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        statements.state(connection, "acme", MADE)
    with database.org_transaction("globex") as connection:
        assert statements.standing(connection, "acme") == []
        assert statements.standing(connection, "globex") == []


def test_a_second_statement_on_the_fact_ends_the_first_and_both_are_kept(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        first = statements.state(connection, "acme", MADE)
        second = statements.state(connection, "acme", MADE)
        assert statements.standing(connection, "acme") == [second]
        assert second.audit_entry > first.audit_entry
        assert connection.execute(select(func.count()).select_from(canon_statements)).scalar_one() == 2


def test_what_is_withdrawn_stands_no_longer_and_cannot_be_withdrawn_again(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        made = statements.state(connection, "acme", MADE)
        assert statements.withdraw(connection, "acme", "f1", actor="user:u2") == made
        assert statements.standing(connection, "acme") == []
        with pytest.raises(NotFound):
            statements.withdraw(connection, "acme", "f1", actor="user:u2")
