"""Release and discard in Postgres: audited with who did it, idempotent, and never across orgs."""

import pytest

from sgd_resources.errors import NotFound
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from tests.fakes.audit import list_entries
from tests.fakes.ledgers import dropped

pytestmark = pytest.mark.embedded

SOURCE = "5" * 64
RECORD = EvidenceRecord(
    SOURCE, SOURCE, "form.pdf", "application/pdf", 10, f"org/acme/evidence/{SOURCE}", AvReport("clean")
)


def held(ledger: DatabaseUploadLedger) -> str:
    made = ledger.register_dropped("acme", dropped("acme", "form.pdf"))
    assert made is not None
    ledger.hold(
        "acme", made.upload_id, verdict="quarantine", reason="active_content", details={"findings": ["JS"]},
        source_sha256=SOURCE,
    )  # fmt: skip
    return made.upload_id


def actors(database: Database, action: str) -> list[str]:
    with database.org_transaction("acme") as connection:
        return [entry.actor for entry in list_entries(connection, "acme") if entry.action == action]


def test_a_release_is_audited_once_with_who_did_it(two_orgs: Database) -> None:
    ledger = DatabaseUploadLedger(two_orgs)
    upload_id = held(ledger)
    assert (ledger.held("acme", upload_id).status, ledger.held("acme", upload_id).reason) == (
        "quarantined", "active_content",
    )  # fmt: skip
    for _ in range(2):
        ledger.release("acme", upload_id, RECORD, actor="ann", details={"findings": ["JS"]})
    assert ledger.evidence("acme") == [RECORD]
    assert ledger.held("acme", upload_id).verdict == "accept:released"
    assert actors(two_orgs, "upload.released") == ["ann"]


def test_a_discard_is_audited_once_and_keeps_the_reason(two_orgs: Database) -> None:
    ledger = DatabaseUploadLedger(two_orgs)
    upload_id = held(ledger)
    for _ in range(2):
        ledger.discard("acme", upload_id, actor="ann")
    found = ledger.held("acme", upload_id)
    assert (found.status, found.reason) == ("discarded", "active_content")
    assert actors(two_orgs, "upload.discarded") == ["ann"]


def test_another_orgs_upload_is_not_there(two_orgs: Database) -> None:
    ledger = DatabaseUploadLedger(two_orgs)
    upload_id = held(ledger)
    for call in (
        lambda: ledger.held("globex", upload_id),
        lambda: ledger.discard("globex", upload_id, actor="eve"),
    ):
        with pytest.raises(NotFound):
            call()
