"""Files into quarantine: streamed, capped, never twice, all of a request or none."""

import asyncio
import errno
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_assets.documents.manifest import DocumentFailure, DocumentsManifest
from sgd_resources.contracts import faults
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows.uploads import mark_held
from sgd_resources.storage.keys import manifest_key
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes.audit import list_entries
from tests.sgd_api.conftest import serving
from tests.sgd_api.doubles import sha256


def _stored(store: LocalObjectStore) -> list[str]:
    return [found.key for found in store.list("org/")]


async def _upload(client: httpx.AsyncClient, *files: tuple[str, bytes], project_id: str | None = "p") -> httpx.Response:
    form = [("files", (name, data, "image/svg+xml")) for name, data in files]
    return await client.post("/uploads", files=form, data={"project_id": project_id} if project_id else {})


async def test_files_lie_in_quarantine_under_server_made_keys(acme: httpx.AsyncClient, store: LocalObjectStore) -> None:
    answer = await _upload(acme, ("../../etc/lögo.svg", b"<svg/>"), ("b.svg", b"<svg></svg>"))
    assert answer.status_code == 201
    assert faults("upload_receipt", answer.json()) == []
    first, second = answer.json()["uploads"]
    assert first["file_name"] == "lögo.svg"
    assert first["source_sha256"] == sha256(b"<svg/>")
    assert first["status"] == "quarantined"
    assert store.get(f"org/acme/quarantine/{first['upload_id']}") == b"<svg/>"
    assert store.get(f"org/acme/quarantine/{second['upload_id']}") == b"<svg></svg>"


async def test_an_upload_tells_what_the_parser_said_of_it(
    acme: httpx.AsyncClient, database: Database, store: LocalObjectStore
) -> None:
    upload = (await _upload(acme, ("a.html", b"<p>"))).json()["uploads"][0]
    assert "parse" not in upload
    record = EvidenceRecord(
        "b" * 64, upload["source_sha256"], "a.html", "text/html", 3, "org/acme/evidence/x", AvReport("clean")
    )
    DatabaseUploadLedger(database).promote("acme", upload["upload_id"], record, verdict="accept", details={})
    failure = DocumentFailure(evidence_sha256="b" * 64, file_name="a.html", reason="bomb", message="too long")
    manifest = DocumentsManifest(org_id="acme", failures=(failure,))
    store.put(manifest_key("acme", "parsed_documents"), manifest.model_dump_json().encode())
    page = (await acme.get("/uploads")).json()
    assert faults("upload_page", page) == []
    assert page["uploads"][0]["parse"] == {"state": "refused", "reason": "bomb", "notes": ["too long"]}
    one = (await acme.get(f"/uploads/{upload['upload_id']}")).json()
    assert one["parse"] == page["uploads"][0]["parse"]


async def test_an_upload_tells_who_scanned_it_and_what_was_taken_out(
    acme: httpx.AsyncClient, database: Database
) -> None:
    upload = (await _upload(acme, ("a.pdf", b"%PDF"))).json()["uploads"][0]
    assert not {"av", "removed"} & set(upload)
    av = {"engine": "yara-x 1.23.0", "rules": "sgd 0123456789ab", "verdict": "clean"}
    record = EvidenceRecord("b" * 64, upload["source_sha256"], "a.pdf", "application/pdf", 3, "k", AvReport(**av))
    details = {"pages": 1, "removed": {"JavaScript": 1}, "av": av}
    DatabaseUploadLedger(database).promote("acme", upload["upload_id"], record, verdict="accept", details=details)
    told = (await acme.get(f"/uploads/{upload['upload_id']}")).json()
    assert (told["av"], told["removed"]) == (av, {"JavaScript": 1})
    assert DatabaseUploadLedger(database).evidence("acme")[0].av == AvReport(**av)


async def test_the_same_bytes_again_give_the_first_upload_and_are_not_stored_twice(
    acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    first = (await _upload(acme, ("a.svg", b"<svg/>"))).json()["uploads"][0]
    answer = await _upload(acme, ("other.svg", b"<svg/>"))
    assert answer.status_code == 200
    assert answer.json()["uploads"][0]["upload_id"] == first["upload_id"]
    assert answer.json()["uploads"][0]["is_duplicate"] is True
    assert len(_stored(store)) == 1


async def test_a_file_sent_under_a_wrong_name_comes_in_under_its_own(
    acme: httpx.AsyncClient, database: Database
) -> None:
    wrong = (await _upload(acme, ("logo.woff2", b"<svg/>"))).json()["uploads"][0]
    waiting = (await _upload(acme, ("logo.svg", b"<svg/>"))).json()["uploads"][0]
    with database.org_transaction("acme") as connection:
        for upload_id in (wrong["upload_id"], waiting["upload_id"]):
            mark_held(
                connection, "acme", upload_id, status="rejected", verdict="reject", reason="mime_mismatch", details={}
            )
    again = (await _upload(acme, ("other.svg", b"<svg/>"))).json()["uploads"][0]
    text = (await _upload(acme, ("logo.txt", b"<svg/>"))).json()["uploads"][0]
    ids = [one["upload_id"] for one in (wrong, waiting, again, text)]
    assert [one["is_duplicate"] for one in (wrong, waiting, again, text)] == [False, False, True, False]
    assert (ids[2], len(set(ids))) == (ids[1], 3)


async def test_each_project_has_an_upload_of_its_own_of_the_same_bytes(acme: httpx.AsyncClient) -> None:
    first = (await _upload(acme, ("a.svg", b"<svg/>"))).json()["uploads"][0]
    second = (await _upload(acme, ("a.svg", b"<svg/>"), project_id="q")).json()["uploads"][0]
    again = (await _upload(acme, ("a.svg", b"<svg/>"), project_id="q")).json()["uploads"][0]
    assert (first["project_id"], second["project_id"]) == ("p", "q")
    assert second["upload_id"] != first["upload_id"]
    assert (again["upload_id"], again["is_duplicate"]) == (second["upload_id"], True)
    assert (await acme.delete(f"/uploads/{second['upload_id']}")).status_code == 200
    assert (await acme.get(f"/uploads/{first['upload_id']}")).json()["status"] == "quarantined"


async def test_two_uploads_of_the_same_bytes_at_once_make_one_row(
    acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    answers = await asyncio.gather(*(_upload(acme, ("a.svg", b"<svg/>")) for _ in range(4)))
    assert len({answer.json()["uploads"][0]["upload_id"] for answer in answers}) == 1
    assert len(_stored(store)) == 1


async def test_another_org_may_have_the_same_bytes(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    mine = (await _upload(acme, ("a.svg", b"<svg/>"))).json()["uploads"][0]
    theirs = (await _upload(globex, ("a.svg", b"<svg/>"))).json()["uploads"][0]
    assert mine["upload_id"] != theirs["upload_id"]
    assert "is_duplicate" in theirs
    assert theirs["is_duplicate"] is False


async def test_ten_gigabytes_are_refused_before_the_body_is_read(
    acme: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    async def body() -> AsyncIterator[bytes]:
        for chunk in [b"x"] * 3:
            reads.append(chunk)
            yield chunk

    reads: list[bytes] = []
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "10000000000"}
    answer = await acme.post("/uploads", content=body(), headers=headers)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "PAYLOAD_TOO_LARGE"
    assert reads == []
    (told,) = [json.loads(record.getMessage()) for record in caplog.records if record.name == "sgd.events"]
    assert (told["event"], told["org_id"], told["reason"]) == ("upload.refused", "acme", "PayloadTooLarge")


async def test_an_undeclared_flood_is_cut_off_at_the_cap_and_nothing_stays(
    acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    sent = 0

    async def flood() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="big.bin"\r\n\r\n'
        while sent < 50_000_000:
            sent += 65_536
            yield b"\0" * 65_536

    answer = await acme.post("/uploads", content=flood(), headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413
    assert answer.json()["error"]["details"] == {"max_bytes": 200_000}
    assert sent < 1_000_000
    assert _stored(store) == []


async def test_a_cut_off_upload_leaves_nothing(
    acme: httpx.AsyncClient, store: LocalObjectStore, tmp_path: Path
) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.svg"\r\n\r\n<svg'
    answer = await acme.post("/uploads", content=head, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 400
    assert _stored(store) == []
    assert [path for path in (tmp_path / "objects").rglob("*.sgd-tmp") if path.is_file()] == []


async def test_an_empty_file_is_named_and_the_others_are_taken(
    acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    answer = await _upload(acme, ("a.svg", b"<svg/>"), ("empty.svg", b""), ("b.svg", b"<svg />"))
    assert answer.status_code == 201
    assert faults("upload_receipt", answer.json()) == []
    assert [upload["file_name"] for upload in answer.json()["uploads"]] == ["a.svg", "b.svg"]
    assert answer.json()["left_out"] == [{"file_name": "empty.svg", "reason": "the file is empty"}]
    assert len(_stored(store)) == 2
    assert "left_out" not in (await _upload(acme, ("a.svg", b"<svg/>"))).json()


async def test_a_request_of_nothing_but_empty_files_is_refused_with_each_of_them(
    acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    answer = await _upload(acme, ("a.svg", b""), ("b.svg", b""))
    assert answer.status_code == 422
    why = "the file is empty"
    assert answer.json()["error"]["details"] == {
        "files": [{"file_name": "a.svg", "reason": why}, {"file_name": "b.svg", "reason": why}]
    }
    assert _stored(store) == []
    assert (await acme.get("/uploads")).json()["uploads"] == []


async def test_a_file_over_a_limit_says_what_was_counted_and_the_limit(
    acme: httpx.AsyncClient, database: Database
) -> None:
    (upload,) = (await _upload(acme, ("a.svg", b"<svg/>"))).json()["uploads"]
    DatabaseUploadLedger(database).hold(
        "acme", upload["upload_id"], verdict="reject", reason="bomb", source_sha256=None,
        details={"message": "9,000 pages; at most 2,000 are read", "pages": 9_000},
    )  # fmt: skip
    told = (await acme.get(f"/uploads/{upload['upload_id']}")).json()
    assert (told["reason"], told["message"]) == ("bomb", "9,000 pages; at most 2,000 are read")


async def test_empty_files_count_towards_the_number_of_files(acme: httpx.AsyncClient) -> None:
    answer = await _upload(acme, *((f"{i}.svg", b"") for i in range(4)))
    assert answer.status_code == 413


async def test_too_many_files_are_refused(acme: httpx.AsyncClient) -> None:
    answer = await _upload(acme, *((f"{i}.svg", bytes([65 + i])) for i in range(4)))
    assert answer.status_code == 413
    assert answer.json()["error"]["details"] == {"max_files": 3}


async def test_the_quota_is_for_all_of_an_orgs_uploads(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    for fill in (b"a", b"b"):
        assert (await _upload(acme, ("x.bin", fill * 190_000))).status_code == 201
    refused = await _upload(acme, ("x.bin", b"c" * 190_000))
    assert refused.status_code == 413
    assert "quota" in refused.json()["error"]["message"]
    assert (await _upload(globex, ("x.bin", b"c" * 190_000))).status_code == 201


@pytest.mark.parametrize("project_id", [None, "", "   ", "x" * 201, "a\x00b", "a\nb"])
async def test_a_project_id_is_needed_and_must_fit(
    acme: httpx.AsyncClient, store: LocalObjectStore, project_id: str | None
) -> None:
    answer = await _upload(acme, ("a.svg", b"<svg/>"), project_id=project_id)
    assert answer.status_code == 422
    assert _stored(store) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"--x--\r\n"),
        ("multipart/form-data; boundary=x", b"nonsense"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nA: " + b"b" * 20_000 + b"\r\n\r\n\r\n--x--\r\n"),
        ("multipart/form-data; boundary=" + "x" * 300, b"--x--\r\n"),
    ],
)
async def test_a_damaged_form_is_the_callers_fault(acme: httpx.AsyncClient, kind: str, body: bytes) -> None:
    answer = await acme.post("/uploads", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert faults("error_envelope", answer.json()) == []


async def test_uploads_are_listed_newest_first_in_pages(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    for name in "abc":
        await _upload(acme, (name, name.encode()))
    page = (await acme.get("/uploads", params={"limit": 2})).json()
    assert faults("upload_page", page) == []
    assert [row["file_name"] for row in page["uploads"]] == ["c", "b"]
    rest = (await acme.get("/uploads", params={"limit": 2, "cursor": page["next_cursor"]})).json()
    assert [row["file_name"] for row in rest["uploads"]] == ["a"]
    assert "next_cursor" not in rest
    assert (await globex.get("/uploads")).json() == {"uploads": []}


async def test_another_orgs_upload_looks_like_none(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    upload_id = (await _upload(acme, ("a.svg", b"<svg/>"))).json()["uploads"][0]["upload_id"]
    assert (await acme.get(f"/uploads/{upload_id}")).json()["upload_id"] == upload_id
    answers = [await globex.get(f"/uploads/{name}") for name in (upload_id, "0" * 32, "nonsense", "%00")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.json()["error"]["message"] for answer in answers}) == 1


async def test_an_upload_is_audited_with_the_key_that_brought_it(acme: httpx.AsyncClient, database: Database) -> None:
    upload_id = (await _upload(acme, ("a.svg", b"<svg/>"))).json()["uploads"][0]["upload_id"]
    with database.org_transaction("acme") as connection:
        entry = list_entries(connection, "acme")[0]
    assert (entry.action, entry.subject) == ("upload.received", upload_id)
    assert entry.actor.startswith("key:key_")


async def test_a_store_that_is_full_is_said_so_and_leaves_no_row(app_services: Services, database: Database) -> None:
    from tests.sgd_api.conftest import make_key

    class FullStore(LocalObjectStore):
        def _begin(self, target: Path) -> NoReturn:
            raise OSError(errno.ENOSPC, "no space left on device")

    full = replace(app_services, store=FullStore(Path("/nonexistent")))
    async with serving(full) as client:
        client.headers["X-API-Key"] = make_key(database, "acme")
        answer = await _upload(client, ("a.bin", b"x" * 150_000))
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert (await client.get("/uploads")).json()["uploads"] == []
