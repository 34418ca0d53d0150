"""DELETE /org: an admin of an org ends it, confirmed; nobody else does."""

from collections.abc import Callable

import httpx

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from sgd_resources.postgres.rows.keys import KeyRights
from sgd_resources.postgres.rows.whole.erasure import count_rows, list_tombstones, mark_of
from tests.sgd_api.conftest import BASE_URL


def key_with(database: Database, org_id: str, *scopes: str) -> dict[str, str]:
    rights = KeyRights(team="", scopes=scopes, expires_at=None, per_min=None, per_hour=None)
    with database.org_transaction(org_id) as connection:
        orgs.ensure_org(connection, org_id)
        return {"Authorization": f"Bearer {keys.create_key(connection, org_id, label='t', rights=rights).plaintext}"}


async def test_a_confirmed_deletion_ends_the_org_and_tells_what_there_was(
    anonymous: httpx.AsyncClient, app_services: Services, database: Database, globex: httpx.AsyncClient
) -> None:
    admin = key_with(database, "acme", "org:*")
    app_services.store.put("org/acme/evidence/a", b"1")
    app_services.store.put("org/globex/evidence/a", b"1")
    for wrong in ("", "?confirm=", "?confirm=globex", "?confirm=ACME"):
        answer = await anonymous.delete(f"/org{wrong}", headers=admin)
        assert answer.status_code in (400, 422), answer.text
    answer = await anonymous.delete("/org?confirm=acme", headers=admin)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert faults("org_erased", told) == []
    assert told["erased"]["objects"] == {"evidence": 1}
    assert told["erased"]["postgres"]["api_keys"] == 1
    with database.org_transaction(mark_of("acme")) as connection:
        [left] = list_tombstones(connection, told["tombstone"])
    assert (left.chain_seq, left.chain_sha256, left.is_finished) == (told["chain_seq"], told["chain_sha256"], True)
    assert left.chain_seq is not None
    assert (await anonymous.get("/renders", headers=admin)).status_code == 401
    with database.org_transaction("acme") as connection:
        assert count_rows(connection, "acme") == {}
    assert (await globex.get("/renders")).status_code == 200
    assert app_services.store.stat("org/globex/evidence/a") is not None


async def test_who_may_not_change_the_org_does_not_end_it(
    anonymous: httpx.AsyncClient, database: Database, as_org: Callable[[str], httpx.AsyncClient]
) -> None:
    for headers in (key_with(database, "acme", "org:read", "renders:*"), key_with(database, "acme", "keys:*")):
        assert (await anonymous.delete("/org?confirm=acme", headers=headers)).status_code == 403
    async with httpx.AsyncClient(transport=anonymous._transport, base_url=BASE_URL) as nobody:
        assert (await nobody.delete("/org?confirm=acme")).status_code == 401
    with database.org_transaction("acme") as connection:
        assert count_rows(connection, "acme")["orgs"] == 1
