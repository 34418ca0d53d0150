"""A look into the directory without BEGIN and COMMIT: what it notes is kept, and the connection is as it was."""

from sqlalchemy import text

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys


def _org(database: Database) -> str:
    with database.directory() as connection:
        return str(connection.scalar(text("SELECT current_setting('app.org_id', true)")) or "")


def test_the_use_of_a_key_is_noted_though_nothing_commits(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        key = keys.create_key(connection, "acme", label="x").plaintext
    with two_orgs.directory_statement() as connection:
        assert keys.authenticate(connection, key).org_id == "acme"
    with two_orgs.org_transaction("acme") as connection:
        [kept] = keys.list_keys(connection, "acme")
    assert kept.last_used_at is not None


def test_it_belongs_to_no_org_and_the_next_transaction_is_one(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme"):
        pass
    with two_orgs.directory_statement() as connection:
        assert not connection.scalar(text("SELECT current_setting('app.org_id', true)"))
        assert connection.scalar(text("SELECT count(*) FROM orgs")) == 0
    assert _org(two_orgs) == ""
    with two_orgs.org_transaction("acme") as connection:
        assert connection.scalar(text("SELECT count(*) FROM orgs")) == 1
