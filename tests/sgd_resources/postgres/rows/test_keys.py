"""API keys: shown once, stored as a hash, found without knowing the org, dead once revoked."""

import hashlib

import pytest
from sqlalchemy import text

from sgd_resources.errors import NotFound, Unauthorized
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys

pytestmark = pytest.mark.embedded


def make(database: Database, org_id: str = "acme") -> keys.CreatedKey:
    with database.org_transaction(org_id) as connection:
        return keys.create_key(connection, org_id, label="tests")


def identity(database: Database, plaintext: str) -> keys.KeyIdentity:
    with database.directory() as connection:
        return keys.authenticate(connection, plaintext)


def test_a_key_names_its_org(two_orgs: Database) -> None:
    created = make(two_orgs, "globex")
    assert identity(two_orgs, created.plaintext) == keys.KeyIdentity("globex", created.key_id)


def test_only_the_hash_and_a_short_prefix_are_stored(two_orgs: Database) -> None:
    created = make(two_orgs)
    with two_orgs.org_transaction("acme") as connection:
        row = str(connection.execute(text("SELECT * FROM api_keys")).mappings().one())
    assert created.plaintext not in row
    assert hashlib.sha256(created.plaintext.encode()).hexdigest() in row
    assert created.plaintext.startswith(created.prefix)
    assert len(created.plaintext) - len(created.prefix) >= 32


def test_no_two_keys_are_alike(two_orgs: Database) -> None:
    assert len({make(two_orgs).plaintext for _ in range(20)}) == 20


@pytest.mark.parametrize("plaintext", ["", "sgd_unknown", "sgd_\x00", "sgd_\ud800", "' OR true --"])
def test_an_unknown_key_is_unauthorized(two_orgs: Database, plaintext: str) -> None:
    make(two_orgs)
    with pytest.raises(Unauthorized):
        identity(two_orgs, plaintext)


def test_the_stored_hash_is_no_key(two_orgs: Database) -> None:
    created = make(two_orgs)
    with pytest.raises(Unauthorized):
        identity(two_orgs, hashlib.sha256(created.plaintext.encode()).hexdigest())


def test_a_revoked_key_stops_at_once_and_revoking_again_keeps_the_time(two_orgs: Database) -> None:
    created = make(two_orgs)
    for _ in range(2):
        with two_orgs.org_transaction("acme") as connection:
            keys.revoke_key(connection, "acme", created.key_id)
            (listed,) = keys.list_keys(connection, "acme")
            revoked_at = listed.revoked_at
        with pytest.raises(Unauthorized):
            identity(two_orgs, created.plaintext)
    with two_orgs.org_transaction("acme") as connection:
        keys.revoke_key(connection, "acme", created.key_id)
        assert keys.list_keys(connection, "acme")[0].revoked_at == revoked_at


def test_another_orgs_key_cannot_be_revoked_or_listed(two_orgs: Database) -> None:
    created = make(two_orgs, "globex")
    with pytest.raises(NotFound), two_orgs.org_transaction("acme") as connection:
        keys.revoke_key(connection, "globex", created.key_id)
    with two_orgs.org_transaction("acme") as connection:
        assert keys.list_keys(connection, "acme") == []
        assert keys.list_keys(connection, "globex") == []
    assert identity(two_orgs, created.plaintext).org_id == "globex"


def test_use_is_noted(two_orgs: Database) -> None:
    created = make(two_orgs)
    identity(two_orgs, created.plaintext)
    with two_orgs.org_transaction("acme") as connection:
        first = keys.list_keys(connection, "acme")[0].last_used_at
    assert first is not None
    identity(two_orgs, created.plaintext)
    with two_orgs.org_transaction("acme") as connection:
        assert keys.list_keys(connection, "acme")[0].last_used_at == first


def test_an_unknown_org_gets_no_key(database: Database) -> None:
    with pytest.raises(NotFound), database.org_transaction("nobody") as connection:
        keys.create_key(connection, "nobody")
