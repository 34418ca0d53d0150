"""The sweep takes what nobody can reach and is old, leaves everything else, and tells what is missing."""

import os
from pathlib import Path

import pytest

from sgd_assets.evidence.sweep import sweep
from sgd_assets.graph.sweep import due_orgs
from sgd_resources.errors import Unavailable
from sgd_resources.storage.keys import evidence_key, quarantine_key
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes.ledgers import FakeUploadLedger
from tests.fakes.object_store import FakeObjectStore

ORG, NOW, OLD, YOUNG = "acme", 1_000_000.0, 1_000.0, 999_000.0
UPLOAD = [quarantine_key(ORG, f"0000000{n}-0000-4000-8000-000000000000") for n in range(3)]
EVIDENCE = [evidence_key(ORG, letter * 64) for letter in "abc"]


class Rows(FakeUploadLedger):
    """Knows the first upload and the first file of evidence only."""

    def wanted_uploads(self, org_id: str, keys: object) -> set[str]:
        return {UPLOAD[0]}

    def evidence_keys(self, org_id: str, *, is_kept_only: bool = False) -> set[str]:
        if org_id == "down":
            raise Unavailable("the database is away")
        return {EVIDENCE[0]}


def store_of(*keys_and_times: tuple[str, float]) -> FakeObjectStore:
    store = FakeObjectStore()
    for key, at in keys_and_times:
        store.put(key, b"x")
        store.note_change(key, at)
    return store


def test_old_objects_without_a_row_go_and_young_ones_known_ones_and_drops_stay() -> None:
    drop = f"org/{ORG}/quarantine/kit/guide.pdf"
    store = store_of(
        (UPLOAD[0], OLD), (UPLOAD[1], OLD), (UPLOAD[2], YOUNG), (EVIDENCE[0], OLD), (EVIDENCE[1], OLD),
        (EVIDENCE[2], YOUNG), (drop, OLD),
    )  # fmt: skip
    swept = sweep([ORG], store=store, ledger=Rows(), min_age_s=86_400, now=lambda: NOW)
    assert set(store.objects) == {UPLOAD[0], UPLOAD[2], EVIDENCE[0], EVIDENCE[2], drop}
    assert (swept.counts["uploads"], swept.counts["evidence"], swept.lost) == (1, 1, ())


def test_evidence_without_its_object_is_named() -> None:
    swept = sweep([ORG], store=store_of(), ledger=Rows(), min_age_s=86_400, now=lambda: NOW)
    assert swept.lost == (EVIDENCE[0],)
    assert swept.json()["lost"] == [EVIDENCE[0]]


def test_an_org_that_cannot_be_swept_does_not_stop_the_others() -> None:
    store = store_of((UPLOAD[1], OLD), (EVIDENCE[0], OLD))
    swept = sweep(["down", ORG], store=store, ledger=Rows(), min_age_s=86_400, now=lambda: NOW)
    assert swept.failed == ("down: the database is away",)
    assert swept.counts["uploads"] == 1


def test_temp_files_of_a_killed_writer_and_lone_sidecars_go_from_the_disk(tmp_path: Path) -> None:
    store = LocalObjectStore(tmp_path)
    store.put("org/acme/evidence/one", b"kept")
    folder = tmp_path / "org/acme/evidence"
    for name in (".0123.sgd-tmp", ".0123.sgd-tmp.sgd-meta", ".gone.sgd-meta", ".hidden"):
        (folder / name).write_bytes(b"x")
    changed_at = (folder / ".hidden").stat().st_ctime
    assert store.remove_leftovers(changed_at - 60) == 0
    assert store.remove_leftovers(changed_at + 60) == 3
    assert sorted(os.listdir(folder)) == [".hidden", ".one.sgd-meta", "one"]
    assert store.get("org/acme/evidence/one") == b"kept"


@pytest.mark.parametrize("hours", [24])
def test_each_org_has_its_hour_of_the_day(hours: int) -> None:
    orgs = {f"org{number}" for number in range(500)}
    shares = [due_orgs(orgs, hour) for hour in range(hours)]
    assert set().union(*shares) == orgs
    assert sum(len(share) for share in shares) == len(orgs)
