"""Taking evidence back: audited in the same transaction, a repeat does nothing, and no other org is touched."""

from functools import partial

import pytest
from dagster import DagsterEventType

from sgd_assets.evidence.drops import DropRules
from sgd_assets.graph.sweep import sweep_job
from sgd_resources.dagster.resources import as_definition
from sgd_resources.errors import NotFound
from sgd_resources.ports import AvReport, EvidenceRecord, PurgeableEvidence
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.evidence_removal import (
    Removal,
    orgs_to_purge,
    remove_evidence,
    remove_uploads,
    removed_evidence,
    supersede_others,
)
from tests.fakes.audit import list_entries
from tests.fakes.ledgers import dropped
from tests.fakes.object_store import FakeObjectStore
from tests.fakes.resources import fixed

pytestmark = pytest.mark.embedded
CLEAN, SOURCE = "c" * 64, "5" * 64
RECORD = EvidenceRecord(CLEAN, SOURCE, "logo.svg", "image/svg+xml", 10, f"org/acme/evidence/{CLEAN}", AvReport("clean"))


def given(database: Database, name: str = "logo.svg", record: EvidenceRecord = RECORD, org_id: str = "acme") -> str:
    """A promoted upload."""
    ledger = DatabaseUploadLedger(database)
    upload = ledger.register_dropped(org_id, dropped(org_id, name, state=name))
    assert upload is not None
    assert ledger.promote(org_id, upload.upload_id, record, verdict="accept", details={"pages": 1})
    return upload.upload_id


def take(database: Database, *upload_ids: str, org_id: str = "acme") -> Removal:
    with database.org_transaction(org_id) as connection:
        return remove_uploads(connection, org_id, upload_ids, actor="ann")


def status(database: Database, upload_id: str) -> tuple[str, str | None]:
    with database.org_transaction("acme") as connection:
        row = uploads.get_upload(connection, "acme", upload_id)
    return row.status, row.reason


def actions(database: Database, actor: str) -> list[tuple[str, str]]:
    with database.org_transaction("acme") as connection:
        found = list_entries(connection, "acme")
    return sorted((entry.action, entry.subject) for entry in found if entry.actor == actor)


def test_an_upload_takes_its_evidence_along_once_and_is_audited(two_orgs: Database) -> None:
    upload_id = given(two_orgs)
    first = take(two_orgs, upload_id)
    assert (first.upload_ids, first.evidence_sha256s) == ((upload_id,), (CLEAN,))
    again = take(two_orgs, upload_id)
    assert (again.upload_ids, again.evidence_sha256s) == ((), ())
    assert DatabaseUploadLedger(two_orgs).evidence("acme") == []
    assert status(two_orgs, upload_id) == ("discarded", "removed")
    assert actions(two_orgs, "ann") == [("evidence.removed", CLEAN), ("upload.removed", upload_id)]


def test_evidence_that_another_upload_gives_stays(two_orgs: Database) -> None:
    first, second = given(two_orgs), given(two_orgs, "copy.svg")
    assert take(two_orgs, first).evidence_sha256s == ()
    assert DatabaseUploadLedger(two_orgs).evidence("acme") == [RECORD]
    assert take(two_orgs, second).evidence_sha256s == (CLEAN,)


def test_evidence_takes_every_upload_that_gave_it(two_orgs: Database) -> None:
    first, second = given(two_orgs), given(two_orgs, "copy.svg")
    remove = partial(remove_evidence, org_id="acme", evidence_sha256=CLEAN, actor="ann")
    with two_orgs.org_transaction("acme") as connection:
        assert set(remove(connection).upload_ids) == {first, second}
        assert remove(connection).upload_ids == ()
        assert [found.file_name for found in removed_evidence(connection, "acme")] == ["logo.svg"]


def test_another_orgs_upload_and_evidence_are_not_found(two_orgs: Database) -> None:
    theirs = given(two_orgs, org_id="globex")
    mine = given(two_orgs, "mine.svg", EvidenceRecord("d" * 64, SOURCE, "mine.svg", "x/y", 1, "k", AvReport("clean")))
    with pytest.raises(NotFound):
        take(two_orgs, mine, theirs)
    assert status(two_orgs, mine)[0] == "promoted"
    with pytest.raises(NotFound), two_orgs.org_transaction("acme") as connection:
        remove_evidence(connection, "acme", CLEAN, actor="ann")
    assert DatabaseUploadLedger(two_orgs).evidence("globex") == [RECORD]


def test_a_verdict_that_comes_after_the_removal_changes_nothing(two_orgs: Database) -> None:
    ledger = DatabaseUploadLedger(two_orgs)
    upload = ledger.register_dropped("acme", dropped("acme", "a.svg"))
    assert upload is not None
    take(two_orgs, upload.upload_id)
    assert not ledger.promote("acme", upload.upload_id, RECORD, verdict="accept", details={})
    ledger.hold("acme", upload.upload_id, verdict="quarantine", reason="late", details={}, source_sha256=None)
    assert ledger.evidence("acme") == []
    assert status(two_orgs, upload.upload_id) == ("discarded", "removed")


def test_what_comes_again_counts_again_under_its_new_name(two_orgs: Database) -> None:
    take(two_orgs, given(two_orgs))
    renamed = EvidenceRecord(CLEAN, SOURCE, "new.svg", "image/svg+xml", 10, RECORD.key, AvReport("clean"))
    given(two_orgs, "new.svg", renamed)
    assert DatabaseUploadLedger(two_orgs).evidence("acme") == [renamed]
    with two_orgs.org_transaction("acme") as connection:
        assert removed_evidence(connection, "acme") == []


def test_stored_objects_are_forgotten_once_and_not_while_the_canon_uses_them(two_orgs: Database) -> None:
    ledger = DatabaseUploadLedger(two_orgs)
    removal = take(two_orgs, given(two_orgs))
    forgotten: list[PurgeableEvidence] = []
    assert ledger.purge("acme", forgotten.append, still_used=[CLEAN]) == []
    assert ledger.purge("acme", forgotten.append) == [CLEAN]
    assert ledger.purge("acme", forgotten.append) == []
    assert forgotten == [PurgeableEvidence(CLEAN, removal.upload_keys)]


def test_another_set_of_files_takes_the_place_of_one_project_only(two_orgs: Database) -> None:
    ids: dict[str, str] = {}
    with two_orgs.org_transaction("acme") as connection:
        for name, project in (("old", "demo"), ("kept", "demo"), ("other", "spring")):
            ids[name] = f"0000000{len(ids)}-0000-4000-8000-000000000000"
            uploads.record_upload(
                connection, "acme", upload_id=ids[name], key=name, file_name=name, declared_type=None, size_bytes=1,
                project_id=project,
            )  # fmt: skip
        supersede_others(connection, "acme", project_id="demo", keep={ids["kept"]}, actor="demo")
    assert {name: status(two_orgs, upload_id)[0] for name, upload_id in ids.items()} == {
        "old": "discarded", "kept": "quarantined", "other": "quarantined",
    }  # fmt: skip


def test_the_sweep_knows_what_is_wanted_and_which_orgs_have_something_to_delete(two_orgs: Database) -> None:
    ledger = DatabaseUploadLedger(two_orgs)
    kept = given(
        two_orgs, "kept.svg", EvidenceRecord("d" * 64, SOURCE, "kept.svg", "x/y", 1, "kept-key", AvReport("clean"))
    )
    gone = take(two_orgs, given(two_orgs)).upload_keys
    with two_orgs.org_transaction("acme") as connection:
        kept_key = uploads.get_upload(connection, "acme", kept).key
    assert ledger.wanted_uploads("acme", [kept_key, *gone, "nobodys"]) == {kept_key}
    assert ledger.evidence_keys("acme") == {"kept-key", RECORD.key}
    assert ledger.evidence_keys("acme", is_kept_only=True) == {"kept-key"}
    with two_orgs.directory() as connection:
        assert orgs_to_purge(connection) == ["acme"]
    ledger.purge("acme", lambda evidence: None)
    assert ledger.evidence_keys("acme") == {"kept-key"}
    with two_orgs.directory() as connection:
        assert orgs_to_purge(connection) == []


def test_the_hourly_sweep_runs_as_a_job_and_tells_its_counts(two_orgs: Database) -> None:
    store = FakeObjectStore()
    take(two_orgs, given(two_orgs))
    store.put(RECORD.key, b"x")
    resources = {
        "database": as_definition(fixed(two_orgs)),
        "store": as_definition(fixed(store)),
        "drop_rules": as_definition(fixed(DropRules(0))),
        "request_text": as_definition(fixed("kept")),
    }
    result = sweep_job.execute_in_process(resources=resources)
    assert result.success
    assert RECORD.key not in store.objects
    told = [event for event in result.all_events if event.event_type == DagsterEventType.STEP_OUTPUT]
    [output] = [event for event in told if event.step_key == "sweep_store"]
    assert output.step_output_data.metadata["purged"].value == 1
