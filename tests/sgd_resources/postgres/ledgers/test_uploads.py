"""What the ledger remembers of uploads: promote and hold are idempotent, dropped files are met once."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text

from sgd_resources.errors import Conflict, NotFound, ValidationFailed
from sgd_resources.ports import AvReport, EvidenceRecord, KnownDrop, PendingUpload, UploadLedger
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows import uploads
from tests.fakes.audit import list_entries
from tests.fakes.ledgers import dropped

pytestmark = pytest.mark.embedded

CLEAN, SOURCE = "c" * 64, "5" * 64
RECORD = EvidenceRecord(
    CLEAN, SOURCE, "logo.svg", "image/svg+xml", 10, f"org/acme/evidence/{CLEAN}", AvReport("not_scanned")
)


@pytest.fixture
def ledger(two_orgs: Database) -> UploadLedger:
    return DatabaseUploadLedger(two_orgs)


def drop(
    ledger: UploadLedger, name: str = "logo.svg", org_id: str = "acme", *, state: str | None = None
) -> PendingUpload:
    made = ledger.register_dropped(org_id, dropped(org_id, name, state=state or str(uuid4())))
    assert made is not None
    return made


def row(database: Database, upload: PendingUpload) -> uploads.Upload:
    with database.org_transaction("acme") as connection:
        return uploads.get_upload(connection, "acme", upload.upload_id)


def actions(database: Database) -> list[str]:
    with database.org_transaction("acme") as connection:
        return [entry.action for entry in list_entries(connection, "acme")]


def retry(ledger: UploadLedger, upload: PendingUpload) -> None:
    ledger.hold(
        "acme", upload.upload_id, verdict="quarantine", reason="scanner away", details={}, source_sha256=None,
        is_retryable=True,
    )  # fmt: skip


def test_a_state_of_a_dropped_file_is_met_once(ledger: UploadLedger) -> None:
    upload = drop(ledger, state="10:1.0")
    assert ledger.register_dropped("acme", dropped("acme", "logo.svg", state="10:1.0")) is None
    assert ledger.pending("acme") == [upload]


def test_what_was_last_taken_from_a_path_is_known(ledger: UploadLedger) -> None:
    drop(ledger, state="10:1.0")
    second = drop(ledger, state="10:2.0")
    drop(ledger, "logo.svg", "globex", state="10:3.0")
    path = "org/acme/quarantine/logo.svg"
    assert ledger.known_drops("acme", [path, "org/acme/quarantine/other"]) == {
        path: KnownDrop(second.upload_id, "10:2.0", None)
    }
    ledger.note_drop_state("acme", second.upload_id, "10:4.0")
    assert ledger.known_drops("acme", [path])[path].state == "10:4.0"


def test_a_replaced_file_takes_the_earlier_ones_place_once_it_is_evidence(
    ledger: UploadLedger, two_orgs: Database
) -> None:
    first, other, second = drop(ledger), drop(ledger, "kept.svg"), drop(ledger)
    ledger.promote("acme", first.upload_id, RECORD, verdict="accept", details={})
    kept = replace(RECORD, evidence_sha256="d" * 64, file_name="kept.svg")
    ledger.promote("acme", other.upload_id, kept, verdict="accept", details={})
    assert row(two_orgs, first).status == "promoted"
    new = replace(RECORD, evidence_sha256="e" * 64)
    ledger.promote("acme", second.upload_id, new, verdict="accept", details={})
    assert ledger.evidence("acme") == [kept, new]
    gone = row(two_orgs, first)
    assert (gone.status, gone.reason, gone.details["superseded_by"]) == ("discarded", "superseded", second.upload_id)
    assert {"upload.superseded", "evidence.superseded"} <= set(actions(two_orgs))


def test_a_dropped_file_makes_its_org(database: Database) -> None:
    ledger = DatabaseUploadLedger(database)
    assert ledger.register_dropped("initech", dropped("initech", "a.css"))
    assert [upload.file_name for upload in ledger.pending("initech")] == ["a.css"]


def test_pending_is_oldest_first_and_per_org(ledger: UploadLedger) -> None:
    names = ["b.svg", "a.svg", "c.svg"]
    for name in names:
        drop(ledger, name)
    drop(ledger, "other.svg", "globex")
    assert [upload.file_name for upload in ledger.pending("acme")] == names


def test_promoting_twice_tells_it_once(ledger: UploadLedger, two_orgs: Database) -> None:
    upload = drop(ledger)
    for _ in range(2):
        ledger.promote("acme", upload.upload_id, RECORD, verdict="accept", details={"pages": 1})
    assert ledger.pending("acme") == []
    assert ledger.evidence("acme") == [RECORD]
    assert actions(two_orgs) == ["upload.promoted", "upload.dropped"]
    kept = row(two_orgs, upload)
    assert (kept.status, kept.evidence_sha256, kept.source_sha256) == ("promoted", CLEAN, SOURCE)
    assert kept.processed_at is not None


def test_the_same_bytes_under_two_names_are_one_evidence(ledger: UploadLedger) -> None:
    for name in ("logo.svg", "copy.svg"):
        ledger.promote("acme", drop(ledger, name).upload_id, RECORD, verdict="accept", details={})
    assert ledger.evidence("acme") == [RECORD]


def test_a_failed_promotion_leaves_no_half(ledger: UploadLedger) -> None:
    with pytest.raises(NotFound):
        ledger.promote("acme", "11111111-1111-4111-8111-111111111111", RECORD, verdict="accept", details={})
    assert ledger.evidence("acme") == []


@pytest.mark.parametrize(("verdict", "status"), [("reject", "rejected"), ("quarantine", "quarantined")])
def test_a_held_upload_says_why_and_is_not_pending(
    ledger: UploadLedger, two_orgs: Database, verdict: str, status: str
) -> None:
    upload = drop(ledger)
    ledger.hold(
        "acme", upload.upload_id, verdict=verdict, reason="encrypted", details={"page": 1}, source_sha256=SOURCE
    )
    assert ledger.pending("acme") == []
    kept = row(two_orgs, upload)
    assert (kept.status, kept.verdict, kept.reason, kept.details) == (status, verdict, "encrypted", {"page": 1})
    assert actions(two_orgs) == ["upload.held", "upload.dropped"]


def test_a_retryable_hold_stays_pending_and_rests(ledger: UploadLedger, two_orgs: Database) -> None:
    upload = drop(ledger)
    retry(ledger, upload)
    (pending,) = ledger.pending("acme")
    assert pending.attempts == 1
    with two_orgs.directory() as connection:
        assert uploads.orgs_with_pending(connection) == []
    kept = row(two_orgs, upload)
    assert kept.retry_after is not None
    assert (kept.retry_after - kept.created_at).total_seconds() >= uploads.FIRST_PAUSE_S


def test_tries_end_some_day(ledger: UploadLedger, two_orgs: Database) -> None:
    upload = drop(ledger)
    for _ in range(uploads.MAX_ATTEMPTS):
        retry(ledger, upload)
    assert ledger.pending("acme") == []
    assert row(two_orgs, upload).status == "failed"


def test_a_late_hold_does_not_undo_a_promotion(ledger: UploadLedger, two_orgs: Database) -> None:
    upload = drop(ledger)
    ledger.promote("acme", upload.upload_id, RECORD, verdict="accept", details={})
    retry(ledger, upload)
    ledger.hold("acme", upload.upload_id, verdict="reject", reason="late", details={}, source_sha256=None)
    assert row(two_orgs, upload).status == "promoted"


def test_another_orgs_upload_is_not_found(ledger: UploadLedger) -> None:
    upload = drop(ledger, org_id="globex")
    with pytest.raises(NotFound):
        ledger.hold("acme", upload.upload_id, verdict="reject", reason="x", details={}, source_sha256=None)
    with pytest.raises(NotFound):
        ledger.promote("acme", "no uuid at all", RECORD, verdict="accept", details={})


def test_a_later_scan_is_noted_and_never_taken_back(ledger: UploadLedger) -> None:
    for number, av in enumerate(("not_scanned", "clean", "not_scanned")):
        scanned = EvidenceRecord(CLEAN, SOURCE, "logo.svg", "image/svg+xml", 10, RECORD.key, AvReport(av))
        ledger.promote("acme", drop(ledger, str(number)).upload_id, scanned, verdict="accept", details={})
    assert [record.av.verdict for record in ledger.evidence("acme")] == ["clean"]


def test_orgs_with_pending_come_in_order_of_their_newest_upload(ledger: UploadLedger, two_orgs: Database) -> None:
    drop(ledger, "1", "globex")
    drop(ledger, "2", "acme")
    drop(ledger, "3", "globex")
    with two_orgs.directory() as connection:
        found = uploads.orgs_with_pending(connection)
        assert [(org.org_id, org.pending) for org in found] == [("acme", 1), ("globex", 2)]
        assert uploads.orgs_with_pending(connection, found[0].newest_seq) == found[1:]
        assert uploads.orgs_with_pending(connection, limit=1) == found[:1]
        assert uploads.orgs_with_pending(connection, found[1].newest_seq) == []


def test_two_rows_for_one_key_conflict(two_orgs: Database) -> None:
    def record(upload_id: str) -> None:
        with two_orgs.org_transaction("acme") as connection:
            uploads.record_upload(
                connection, "acme", upload_id=upload_id, key="k", file_name="f", declared_type=None, size_bytes=3
            )

    record("11111111-1111-4111-8111-111111111111")
    with pytest.raises(Conflict):
        record("22222222-2222-4222-8222-222222222222")


def test_lists_are_newest_first_and_paged(ledger: UploadLedger, two_orgs: Database) -> None:
    for name in "abc":
        drop(ledger, name)
    with two_orgs.org_transaction("acme") as connection:
        first = uploads.list_uploads(connection, "acme", limit=2)
        rest = uploads.list_uploads(connection, "acme", limit=2, before_seq=first[-1].seq)
        assert [upload.file_name for upload in [*first, *rest]] == ["c", "b", "a"]
        assert uploads.stored_bytes(connection, "acme") == 30


def test_an_upload_cannot_be_promoted_without_evidence(ledger: UploadLedger, two_orgs: Database) -> None:
    upload = drop(ledger)
    with pytest.raises(ValidationFailed), two_orgs.org_transaction("acme") as connection:
        connection.execute(text("UPDATE uploads SET status = 'promoted', processed_at = now()"))
    assert row(two_orgs, upload).status == "quarantined"
