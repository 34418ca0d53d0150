"""A caller who may decide on facts."""

import httpx
import pytest

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from tests.sgd_api.conftest import BASE_URL


@pytest.fixture
def decider(anonymous: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """A client whose key was given the right to decide for acme."""
    rights = keys.KeyRights(scopes=("canon:*", "facts:write", "audit:read"))
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        key = keys.create_key(connection, "acme", rights=rights).plaintext
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.AsyncClient(transport=anonymous._transport, base_url=BASE_URL, headers=headers, timeout=30)
