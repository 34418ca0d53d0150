"""The org's canon, its versions and what changed between them."""

import httpx
import pytest

from sgd_assets.canon.model import Canon, Citation, Fact, Voice
from sgd_assets.documents.manifest import DocumentFailure, DocumentsManifest
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows import orgs
from sgd_resources.storage.keys import canon_key, manifest_key
from sgd_resources.storage.local import LocalObjectStore

CITATION = Citation(evidence_sha256="a" * 64, file_name="guide.pdf", page=1, quote="#112233")
FACT = Fact(
    id="colour:112233", kind="colour", value="#112233", citations=(CITATION,), method="stated_hex", confidence=1
)
OLD = Canon(palette_hex=("#112233",), status="incomplete", facts=(FACT,))
NEW = Canon(
    palette_hex=("#445566", "#112233"),
    fonts=("Inter",),
    voice=Voice(tone="warm"),
    status="complete",
    facts=(FACT,),
    logo_donts=("Do not tilt it.",),
)


def keep_canon(database: Database, store: LocalObjectStore, org_id: str, canon: Canon) -> None:
    store.put(canon_key(org_id, canon.version), canon.canonical_json())
    with database.org_transaction(org_id) as connection:
        orgs.ensure_org(connection, org_id)
        canon_rows.insert_version(
            connection,
            org_id,
            version=canon.version,
            status=canon.status,
            key=canon_key(org_id, canon.version),
            palette=canon.palette_hex,
            fonts=canon.fonts,
        )


@pytest.fixture
def two_versions(database: Database, store: LocalObjectStore) -> None:
    keep_canon(database, store, "acme", OLD)
    keep_canon(database, store, "acme", NEW)


@pytest.mark.usefixtures("two_versions")
async def test_the_current_canon_is_answered_with_its_facts(acme: httpx.AsyncClient) -> None:
    answer = await acme.get("/canon")
    assert answer.status_code == 200
    found = answer.json()
    assert faults("canon_derive_response", found) == []
    assert (found["version"], found["voice"]["tone"]) == (NEW.version, "warm")
    assert found["facts"][0]["citations"][0]["quote"] == "#112233"
    assert Canon.model_validate({name: found[name] for name in Canon.model_fields if name in found}) == NEW


@pytest.mark.usefixtures("two_versions")
async def test_the_current_canon_says_which_files_it_does_not_know(
    acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    failure = DocumentFailure(evidence_sha256="b" * 64, file_name="a.html", reason="bomb", message="too long")
    manifest = DocumentsManifest(org_id="acme", failures=(failure,))
    store.put(manifest_key("acme", "parsed_documents"), manifest.model_dump_json().encode())
    found = (await acme.get("/canon")).json()
    assert faults("canon_derive_response", found) == []
    assert found["notes"] == ["a.html: not read: bomb (too long)"]
    older = (await acme.get(f"/canon/versions/{OLD.version}")).json()
    assert "notes" not in older or older["notes"] == []


async def test_an_incomplete_canon_is_answered_and_says_so(
    acme: httpx.AsyncClient, database: Database, store: LocalObjectStore
) -> None:
    keep_canon(database, store, "acme", OLD)
    found = (await acme.get("/canon")).json()
    assert (found["status"], found["fonts"]) == ("incomplete", [])
    assert "voice" not in found


async def test_an_org_without_a_canon_has_none(acme: httpx.AsyncClient) -> None:
    assert (await acme.get("/canon")).status_code == 404
    assert (await acme.get("/canon/versions")).json() == {"versions": []}


@pytest.mark.usefixtures("two_versions")
async def test_versions_are_listed_newest_first(acme: httpx.AsyncClient) -> None:
    found = (await acme.get("/canon/versions")).json()
    assert faults("canon_versions", found) == []
    assert [row["version"] for row in found["versions"]] == [NEW.version, OLD.version]
    assert [row["is_current"] for row in found["versions"]] == [True, False]


@pytest.mark.usefixtures("two_versions")
async def test_a_version_is_found_by_its_beginning_but_not_by_nonsense(acme: httpx.AsyncClient) -> None:
    assert (await acme.get(f"/canon/versions/{OLD.version[:8]}")).json()["version"] == OLD.version
    for wrong in ("zz", "0" * 64, OLD.version[:3], "%2e%2e%2f", OLD.version.upper()):
        assert (await acme.get(f"/canon/versions/{wrong}")).status_code == 404


@pytest.mark.usefixtures("two_versions")
async def test_a_difference_names_what_came_and_went(acme: httpx.AsyncClient) -> None:
    found = (await acme.get("/canon/diff", params={"from": OLD.version[:10]})).json()
    assert faults("canon_diff", found) == []
    assert found["palette_hex"] == {"added": ["#445566"], "removed": [], "is_reordered": False}
    assert found["fonts"]["added"] == ["Inter"]
    assert found["voice_tone"] == {"after": "warm"}
    assert found["logo_donts"] == {"added": ["Do not tilt it."], "removed": [], "is_reordered": False}
    assert found["is_same"] is False


@pytest.mark.usefixtures("two_versions")
async def test_a_version_differs_from_itself_in_nothing(acme: httpx.AsyncClient) -> None:
    found = (await acme.get("/canon/diff", params={"from": "current", "to": NEW.version})).json()
    assert found["is_same"] is True
    assert not any(
        change.get("added") or change.get("removed") for change in found.values() if isinstance(change, dict)
    )


@pytest.mark.usefixtures("two_versions")
async def test_another_orgs_versions_look_like_none(globex: httpx.AsyncClient) -> None:
    assert (await globex.get("/canon")).status_code == 404
    assert (await globex.get(f"/canon/versions/{NEW.version}")).status_code == 404
    answer = await globex.get("/canon/diff", params={"from": OLD.version, "to": NEW.version})
    assert answer.status_code == 404


async def test_a_diff_without_from_is_a_422(acme: httpx.AsyncClient) -> None:
    answer = await acme.get("/canon/diff")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")


@pytest.mark.usefixtures("two_versions")
async def test_versions_beyond_the_first_page_are_listed_and_answered(
    acme: httpx.AsyncClient, database: Database
) -> None:
    with database.org_transaction("acme") as connection:
        for number in range(248):
            name = f"{number:06x}".ljust(64, "f")
            canon_rows.insert_version(
                connection, "acme", version=name, status="incomplete", key=name, palette=(), fonts=()
            )
    seen: list[str] = []
    query: dict[str, str] = {}
    pages = 0
    while pages == 0 or query:
        found = (await acme.get("/canon/versions", params=query)).json()
        assert faults("canon_versions", found) == []
        seen += [row["version"] for row in found["versions"]]
        query = {"cursor": found["next_cursor"]} if "next_cursor" in found else {}
        pages += 1
    assert (len(seen), len(set(seen)), pages, seen[-2:]) == (250, 250, 3, [NEW.version, OLD.version])
    assert (await acme.get("/canon", params={"version": OLD.version})).json()["version"] == OLD.version
    assert (await acme.get(f"/canon/versions/{OLD.version[:8]}")).json()["version"] == OLD.version
    answer = await acme.get("/canon/diff", params={"from": OLD.version, "to": NEW.version})
    assert answer.json()["palette_hex"]["added"] == ["#445566"]


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("query", [{"cursor": "x"}, {"cursor": "-1"}, {"limit": "0"}, {"limit": "201"}])
async def test_a_page_that_cannot_be_is_refused(acme: httpx.AsyncClient, query: dict[str, str]) -> None:
    assert (await acme.get("/canon/versions", params=query)).status_code == 422


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("version", ["", "abc", "zzzzzz", "f" * 64, "../../x"])
async def test_a_version_that_is_none_is_not_found(acme: httpx.AsyncClient, version: str) -> None:
    assert (await acme.get("/canon", params={"version": version})).status_code == 404


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("section", ["colours", "fonts", "voice", "logo", "conflicts", "evidence"])
async def test_a_section_is_that_part_of_the_whole_answer_and_nothing_else(
    acme: httpx.AsyncClient, section: str
) -> None:
    whole = (await acme.get("/canon")).json()
    answer = await acme.get("/canon", params={"section": section})
    part = answer.json()
    assert faults("canon_derive_response", part) == []
    assert answer.headers["etag"] == f'"{NEW.version}.{section}"'
    assert part["version"] == NEW.version
    told = {name: value for name, value in part.items() if name not in ("facts", "conflicts", "abstained")}
    assert told == {name: whole[name] for name in told}
    assert ("palette_hex" in part) == (section == "colours")
    assert bool(part.get("facts")) == (section == "colours")


@pytest.mark.usefixtures("two_versions")
async def test_a_section_nobody_knows_is_refused(acme: httpx.AsyncClient) -> None:
    assert (await acme.get("/canon", params={"section": "smell"})).status_code == 422
