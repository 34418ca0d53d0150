"""Files laid into quarantine by hand: read once they lie still, followed when replaced, never half."""

import os
from pathlib import Path
from typing import BinaryIO

import pytest

from sgd_assets.evidence.drops import DropRules, is_dropped, settled_drops, take_drops
from sgd_assets.graph.dropped_files import all_passed_over, changed_drops, told
from sgd_resources.ports import StoredObject
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes.ledgers import FakeUploadLedger
from tests.fakes.object_store import FakeObjectStore

ORG, RULES = "acme", DropRules(settle_s=30)
PATH = f"org/{ORG}/quarantine/kit/guide.pdf"


def look(store: FakeObjectStore, ledger: FakeUploadLedger, *, at: float = 1_000.0) -> int:
    return take_drops(ORG, store=store, ledger=ledger, rules=RULES, max_file_bytes=1_000, now=lambda: at)


def lay(store: FakeObjectStore, data: bytes, *, at: float, key: str = PATH) -> None:
    store.put(key, data)
    store.note_change(key, at)


def taken(store: FakeObjectStore, ledger: FakeUploadLedger) -> list[bytes]:
    return [store.objects[upload.key][0] for upload in ledger.pending(ORG)]


def test_a_file_that_is_still_written_is_left_alone_until_it_lies_still() -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    lay(store, b"half", at=1_000)
    assert look(store, ledger, at=1_010) == 0
    lay(store, b"half and half", at=1_020)
    assert look(store, ledger, at=1_040) == 0
    assert look(store, ledger, at=1_050) == 1
    assert taken(store, ledger) == [b"half and half"]
    assert look(store, ledger, at=1_100) == 0


def test_what_is_judged_is_a_copy_that_a_later_write_does_not_reach() -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    lay(store, b"one", at=0)
    look(store, ledger)
    lay(store, b"two", at=1_001)
    [upload] = ledger.pending(ORG)
    assert store.objects[upload.key][0] == b"one"
    assert (upload.file_name, upload.size_bytes) == ("guide.pdf", 3)


def test_a_file_replaced_under_its_name_is_taken_again() -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    lay(store, b"first", at=0)
    assert look(store, ledger) == 1
    lay(store, b"other", at=2_000)
    assert look(store, ledger, at=3_000) == 1
    assert taken(store, ledger) == [b"first", b"other"]


def test_a_file_that_was_only_touched_is_read_once_more_and_makes_nothing_new() -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    lay(store, b"same", at=0)
    look(store, ledger)
    lay(store, b"same", at=2_000)
    assert look(store, ledger, at=3_000) == 0
    reads = len(store.reads)
    assert look(store, ledger, at=4_000) == 0
    assert len(store.reads) == reads
    assert len([key for key in store.objects if key.startswith(f"org/{ORG}/")]) == 2


def test_a_file_written_to_while_it_is_copied_is_left_for_a_later_look() -> None:
    class Growing(FakeObjectStore):
        def open(self, key: str) -> BinaryIO:
            stream = super().open(key)
            lay(self, b"more than that", at=1_000, key=key)
            return stream

        def copy(self, source_key: str, target_key: str) -> StoredObject:
            with self.open(source_key) as stream:
                return self.put(target_key, stream.read())

    store, ledger = Growing(), FakeUploadLedger()
    lay(store, b"not all", at=0)
    assert look(store, ledger) == 0
    assert list(store.objects) == [PATH]


def test_a_file_over_the_cap_is_refused_by_its_name_and_not_copied() -> None:
    store, ledger = FakeObjectStore(), FakeUploadLedger()
    lay(store, b"x" * 1_001, at=0)
    assert look(store, ledger) == 1
    assert [reason for _, _, reason in ledger.held] == ["too_large"]
    assert list(store.objects) == [PATH]
    assert store.reads == []


@pytest.mark.parametrize(
    "name",
    [
        "11111111-1111-4111-8111-111111111111", "guide.pdf.1a2b3c4d.partial", "guide.pdf.part", ".guide.pdf.Xy12ab",
        "kit/~$guide.docx", "kit/.sync/guide.pdf", "guide.pdf.crdownload", "~syncthing~guide.pdf.tmp", "kit/Thumbs.db",
        "guide.pdf.filepart", "guide.pdf~", ".DS_Store",
    ],
)  # fmt: skip
def test_uploads_of_the_api_and_names_of_files_still_in_transfer_are_no_drops(name: str) -> None:
    assert not is_dropped(name)


@pytest.mark.parametrize("name", ["guide.pdf", "kit/2026/Guide ü.pdf", "kit/11111111-1111-4111-8111-111111111111"])
def test_any_other_name_is_a_drop(name: str) -> None:
    assert is_dropped(name)


def test_a_copy_that_keeps_the_originals_time_is_still_seen_as_fresh(tmp_path: Path) -> None:
    store = LocalObjectStore(tmp_path)
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    os.utime(path, (1, 1))
    changed_at = path.stat().st_ctime
    assert list(settled_drops(store, ORG, RULES, now=lambda: changed_at + 29)) == []
    assert [found.key for found in settled_drops(store, ORG, RULES, now=lambda: changed_at + 31)] == [PATH]


def test_a_link_a_pipe_and_a_link_to_a_folder_are_named_and_never_opened(tmp_path: Path) -> None:
    quarantine = tmp_path / "org" / ORG / "quarantine"
    quarantine.mkdir(parents=True)
    (tmp_path / "secret.md").write_bytes(b"not of this org")
    (quarantine / "good.md").write_bytes(b"x")
    (quarantine / "link.md").symlink_to(tmp_path / "secret.md")
    (quarantine / "folder").symlink_to(tmp_path)
    os.mkfifo(quarantine / "pipe.md")
    store = LocalObjectStore(tmp_path)
    wanted = [f"org/{ORG}/quarantine/{name}" for name in ("folder", "link.md", "pipe.md")]
    assert all_passed_over(store) == wanted
    found = changed_drops(store, {}, rules=DropRules(0), after_org="", max_orgs=10, max_changed=10)
    assert found.passed_over == wanted
    ledger = FakeUploadLedger()
    assert take_drops(ORG, store=store, ledger=ledger, rules=DropRules(0), max_file_bytes=1_000) == 1


def test_names_that_can_be_no_key_are_named_and_the_others_are_taken(tmp_path: Path) -> None:
    kit = tmp_path / "org" / ORG / "quarantine" / "kit"
    kit.mkdir(parents=True)
    for name in (b"caf\xe9.md", b"half\xe9.md.part", b"two\nlines.md", b"good.md"):
        Path(os.fsdecode(bytes(kit) + b"/" + name)).write_bytes(b"x")
    (tmp_path / "org" / "Big Corp" / "quarantine").mkdir(parents=True)
    (tmp_path / "org" / "Big Corp" / "quarantine" / "a.md").write_bytes(b"x")
    (tmp_path / "org" / ".stfolder").mkdir()
    store = LocalObjectStore(tmp_path)
    found = changed_drops(store, {}, rules=DropRules(0), after_org="", max_orgs=10, max_changed=10)
    assert list(found.changed) == [ORG]
    wanted = [
        "org/Big Corp/",
        *(os.fsdecode(b"org/acme/quarantine/kit/" + n) for n in (b"caf\xe9.md", b"two\nlines.md")),
    ]
    assert sorted(found.passed_over) == sorted(wanted)
    assert sorted(all_passed_over(store)) == sorted(wanted)
    assert '"org/acme/quarantine/kit/caf%E9.md"' in told(found.passed_over)
    ledger = FakeUploadLedger()
    assert take_drops(ORG, store=store, ledger=ledger, rules=DropRules(0), max_file_bytes=1_000) == 1


def test_of_very_many_names_a_few_are_told_and_the_rest_counted() -> None:
    assert told([f"n{number}" for number in range(25)]).endswith('"n9" and 15 more')
