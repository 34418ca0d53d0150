"""Evidence judged again: what the rows, the audit log and the directory tell."""

from dataclasses import replace

import pytest

from sgd_resources.ports import AvReport, EvidenceRecord, JudgedUpload
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.evidence_removal import remove_uploads, removed_evidence
from sgd_resources.postgres.rows.judged_uploads import OrgToJudge, orgs_judged_otherwise
from tests.fakes.audit import list_entries
from tests.fakes.ledgers import dropped

pytestmark = pytest.mark.embedded

OLD = EvidenceRecord("c" * 64, "5" * 64, "logo.svg", "image/svg+xml", 10, f"org/acme/evidence/{'c' * 64}", AvReport())
NEW = replace(OLD, evidence_sha256="d" * 64, key=f"org/acme/evidence/{'d' * 64}")


@pytest.fixture
def ledger(two_orgs: Database) -> DatabaseUploadLedger:
    return DatabaseUploadLedger(two_orgs)


def promoted(ledger: DatabaseUploadLedger, org_id: str = "acme", *, judged_by: str = "v1") -> JudgedUpload:
    upload = ledger.register_dropped(org_id, dropped(org_id, "logo.svg"))
    assert upload is not None
    ledger.promote(org_id, upload.upload_id, OLD, verdict="accept", details={}, judged_by=judged_by)
    return JudgedUpload(replace(upload, source_sha256="5" * 64), OLD.evidence_sha256, is_released=False)


def withdraw(ledger: DatabaseUploadLedger, judged: JudgedUpload) -> bool:
    return ledger.withdraw("acme", judged, verdict="quarantine", reason="malware", details={}, judged_by="v2")


def due(database: Database, *versions: str, after: str = "") -> list[OrgToJudge]:
    with database.directory() as connection:
        return orgs_judged_otherwise(connection, versions, after, 10)


def actions(database: Database) -> set[str]:
    with database.org_transaction("acme") as connection:
        return {entry.action for entry in list_entries(connection, "acme")}


def test_only_what_other_rules_judged_is_due(ledger: DatabaseUploadLedger, two_orgs: Database) -> None:
    mine = promoted(ledger)
    promoted(ledger, "globex", judged_by="v0")
    assert ledger.judged_otherwise("acme", {"v1"}, limit=9) == []
    assert ledger.judged_otherwise("acme", {"v2"}, limit=9) == [mine]
    assert due(two_orgs, "v1") == [OrgToJudge("globex", 1)]
    assert due(two_orgs, "v2") == [OrgToJudge("acme", 1), OrgToJudge("globex", 1)]
    assert due(two_orgs, "v2", after="acme") == [OrgToJudge("globex", 1)]
    assert due(two_orgs, "v0", "v1") == []


def test_what_other_rules_clean_otherwise_takes_the_place_of_what_it_gave(
    ledger: DatabaseUploadLedger, two_orgs: Database
) -> None:
    judged = promoted(ledger)
    assert ledger.judge_again("acme", judged, NEW, verdict="accept", details={}, judged_by="v2")
    assert ledger.evidence("acme") == [NEW]
    assert due(two_orgs, "v2") == []
    assert {"upload.recleaned", "evidence.recleaned"} <= actions(two_orgs)
    assert ledger.purge("acme", lambda gone: None) == [OLD.evidence_sha256]


def test_the_same_outcome_is_noted_and_not_told(ledger: DatabaseUploadLedger, two_orgs: Database) -> None:
    judged = promoted(ledger)
    before = actions(two_orgs)
    assert ledger.judge_again("acme", judged, OLD, verdict="accept", details={}, judged_by="v2")
    ledger.note_judged("acme", [judged.upload.upload_id], judged_by="v3")
    assert ledger.evidence("acme") == [OLD]
    assert (due(two_orgs, "v3"), actions(two_orgs)) == ([], before)


def test_what_is_withdrawn_is_evidence_no_more_and_comes_back_by_other_rules(
    ledger: DatabaseUploadLedger, two_orgs: Database
) -> None:
    judged = promoted(ledger)
    assert withdraw(ledger, judged)
    assert ledger.evidence("acme") == []
    with two_orgs.org_transaction("acme") as connection:
        row = uploads.get_upload(connection, "acme", judged.upload.upload_id)
        (gone,) = removed_evidence(connection, "acme")
    assert (row.status, row.reason, row.evidence_sha256, gone.reason) == ("quarantined", "malware", None, "withdrawn")
    assert {"upload.withdrawn", "evidence.withdrawn"} <= actions(two_orgs)
    assert (due(two_orgs, "v2"), due(two_orgs, "v3")) == ([], [OrgToJudge("acme", 1)])
    (again,) = ledger.judged_otherwise("acme", {"v3"}, limit=9)
    assert again.evidence_sha256 is None
    assert ledger.judge_again("acme", again, OLD, verdict="accept", details={}, judged_by="v3")
    assert ledger.evidence("acme") == [OLD]
    assert "upload.restored" in actions(two_orgs)


def test_what_is_taken_back_meanwhile_stays_so_and_is_never_due_again(
    ledger: DatabaseUploadLedger, two_orgs: Database
) -> None:
    judged = promoted(ledger)
    withdraw(ledger, judged)
    with two_orgs.org_transaction("acme") as connection:
        remove_uploads(connection, "acme", [judged.upload.upload_id], actor="somebody")
    assert not withdraw(ledger, judged)
    assert not ledger.judge_again("acme", judged, NEW, verdict="accept", details={}, judged_by="v3")
    assert (ledger.evidence("acme"), due(two_orgs, "v3")) == ([], [])


def test_a_withdrawn_drop_does_not_come_back_once_its_path_holds_another(
    ledger: DatabaseUploadLedger, two_orgs: Database
) -> None:
    judged = promoted(ledger)
    withdraw(ledger, judged)
    newer = ledger.register_dropped("acme", dropped("acme", "logo.svg", state="11:2.0"))
    assert newer is not None
    ledger.promote("acme", newer.upload_id, NEW, verdict="accept", details={}, judged_by="v2")
    assert ledger.judged_otherwise("acme", {"v3"}, limit=9) == [
        JudgedUpload(replace(newer, source_sha256="5" * 64), NEW.evidence_sha256, is_released=False)
    ]
