"""Orgs and connections for the database tests."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs


@pytest.fixture
def two_orgs(database: Database) -> Database:
    """A database with the orgs `acme` and `globex`."""
    for org_id in ("acme", "globex"):
        with database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
    return database


@pytest.fixture
def owner(database: Database) -> Iterator[Connection]:
    """A connection as the schema owner, rolled back."""
    assert database.owner_url is not None
    engine = create_engine(database.owner_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
