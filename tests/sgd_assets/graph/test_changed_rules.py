"""The sensor of changed rules: a few orgs at a time, none twice, none beside a run of its own."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from dagster import DagsterInstance, SensorResult, SkipReason, build_sensor_context
from dagster._core.test_utils import create_run_for_test

from sgd_assets.graph import changed_rules as subject
from sgd_assets.graph.changed_rules import TAGS, changed_rules
from sgd_assets.graph.jobs import ingest_job
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.storage.keys import manifest_key
from tests.fakes.graph import fake_graph
from tests.fakes.ledgers import dropped
from tests.fakes.resources import fixed

pytestmark = pytest.mark.embedded


def evidence(database: Database, org_id: str, judged_by: str = "old") -> None:
    ledger, sha256 = DatabaseUploadLedger(database), uuid4().hex * 2
    upload = ledger.register_dropped(org_id, dropped(org_id, f"{sha256}.md"))
    assert upload is not None
    record = EvidenceRecord(sha256, sha256, "a.md", "text/markdown", 1, f"org/{org_id}/evidence/{sha256}", AvReport())
    ledger.promote(org_id, upload.upload_id, record, verdict="accept", details={}, judged_by=judged_by)


def tick(database: Database, instance: DagsterInstance, cursor: str | None = None) -> SensorResult | SkipReason:
    gate = SimpleNamespace(judging_versions=frozenset({"today"}))
    resources = {"database": fixed(database), "gate": fixed(gate)}
    with build_sensor_context(instance=instance, cursor=cursor, resources=resources) as context:
        result = changed_rules(context)
    assert isinstance(result, SensorResult | SkipReason)
    return result


def asked(result: SensorResult | SkipReason) -> list[str]:
    assert isinstance(result, SensorResult)
    return [request.partition_key or "" for request in result.run_requests or ()]


def test_orgs_of_older_rules_are_asked_for_below_all_other_work(database: Database) -> None:
    evidence(database, "acme")
    evidence(database, "globex", "today")
    with DagsterInstance.ephemeral() as instance:
        result = tick(database, instance)
    assert asked(result) == ["acme"]
    assert isinstance(result, SensorResult)
    assert result.run_requests is not None
    assert result.run_requests[0].tags["dagster/priority"] == "-1"


def test_only_so_many_wait_at_once_and_the_round_goes_on_behind_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "MOST_AT_ONCE", 2)
    for org_id in ("aa", "bb", "cc"):
        evidence(database, org_id)
    with DagsterInstance.ephemeral() as instance:
        first = tick(database, instance)
        assert isinstance(first, SensorResult)
        assert asked(first) == ["aa", "bb"]
        assert asked(tick(database, instance, first.cursor)) == ["cc"]
        for org_id in ("aa", "bb"):
            create_run_for_test(instance, ingest_job.name, tags={**TAGS, "dagster/partition": org_id})
        assert isinstance(tick(database, instance, first.cursor), SkipReason)


def test_the_run_key_changes_once_files_were_judged(database: Database) -> None:
    evidence(database, "acme")
    with DagsterInstance.ephemeral() as instance:
        first, again = tick(database, instance), tick(database, instance)
        evidence(database, "acme")
        later = tick(database, instance)
    keys = []
    for result in (first, again, later):
        assert isinstance(result, SensorResult)
        keys += [request.run_key for request in result.run_requests or ()]
    assert keys[0] == keys[1] != keys[2]


def test_a_rule_that_hits_evidence_takes_it_out_of_the_canon_in_the_same_run() -> None:
    with fake_graph() as graph:
        graph.drop("acme", "guide.md", "# Brand colours\n\nPrimary: #0086BF\n")
        graph.drop("acme", "bad.md", "# Brand colours\n\nSecondary: #FFD400\n")
        assert graph.run("ingest_job", "acme").success
        before = graph.store.get(manifest_key("acme", "brand_canon"))
        graph.gate.judging_versions = frozenset({"stricter"})
        graph.gate.held = b"FFD400"
        assert graph.run("ingest_job", "acme").success
        after = graph.store.get(manifest_key("acme", "brand_canon"))
    assert (b"#FFD400" in before, b"#FFD400" in after) == (True, False)
    assert b"#0086BF" in after
