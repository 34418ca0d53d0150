"""Folders into the graph: one bad file or folder is named and left out, the rest goes on."""

from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from sgd_api.api_client import ApiClient
from sgd_api.cli.folders.intake import Intake, intake_folder, not_read, org_folders
from sgd_api.cli.folders.read import contents_below
from sgd_api.cli.folders.upload import Repeat, unread_files, upload_files
from sgd_api.cli.left_out import LeftOut, end, held_files
from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.ingest_claims import ingest_claim
from tests.fakes.object_store import FakeObjectStore


class TakingClient:
    """Refuses empty files as the API does; counts what came in."""

    def __init__(self) -> None:
        self.pages: list[dict[str, Any]] = []

    def upload(self, file_name: str, stream: BinaryIO, *, project_id: str) -> dict[str, Any]:
        if not stream.read():
            raise InvalidInput("VALIDATION_FAILED: the file is empty")
        if file_name == "down":
            raise Unavailable("the API does not answer")
        return {"uploads": [{"upload_id": f"id-{file_name}"}]}

    def get(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        return self.pages[int(params.get("cursor", 0))]


def folder_of(root: Path, **files: bytes) -> Path:
    root.mkdir()
    for name, data in files.items():
        (root / name).write_bytes(data)
    return root


def test_an_empty_file_is_named_and_the_others_come_in(tmp_path: Path) -> None:
    files = contents_below(folder_of(tmp_path / "kit", a=b"1", empty=b"", z=b"2")).files
    sent = upload_files(cast(ApiClient, TakingClient()), files, project_id="p")
    assert sent.upload_ids == ["id-a", "id-z"]
    assert sent.repeats == []
    assert sent.left_out == [LeftOut("empty", "VALIDATION_FAILED: the file is empty")]


class ByBytesClient(TakingClient):
    """Takes the same bytes once and answers with the first upload, under its bare name, as the API does."""

    def __init__(self, **known: bytes) -> None:
        super().__init__()
        self.names = {data: name for name, data in known.items()}

    def upload(self, file_name: str, stream: BinaryIO, *, project_id: str) -> dict[str, Any]:
        data = stream.read()
        is_duplicate = data in self.names
        bare = self.names.setdefault(data, Path(file_name).name)
        return {"uploads": [{"upload_id": data.hex(), "file_name": bare, "is_duplicate": is_duplicate}]}


def test_a_file_whose_bytes_repeat_anothers_is_named_as_a_repeat_and_not_as_left_out(tmp_path: Path) -> None:
    kit = folder_of(tmp_path / "kit", **{"plain.md": b"1", "plain.txt": b"1", "other.md": b"2", "copy.md": b"3"})
    (kit / "sub").mkdir()
    (kit / "sub" / "plain.md").write_bytes(b"1")
    client = ByBytesClient(guide=b"3")
    wanted = [Repeat("copy.md", "guide"), Repeat("plain.txt", "plain.md"), Repeat("sub/plain.md", "plain.md")]
    for _ in range(2):  # sent again, the org has them all: the same files are repeats, no more
        sent = upload_files(cast(ApiClient, client), contents_below(kit).files, project_id="p")
        assert sent.repeats == wanted
        assert sent.left_out == []
        assert len(sent.upload_ids) == 3


def test_an_api_that_is_down_is_no_fault_of_the_file(tmp_path: Path) -> None:
    files = contents_below(folder_of(tmp_path / "kit", down=b"1")).files
    with pytest.raises(Unavailable):
        upload_files(cast(ApiClient, TakingClient()), files, project_id="p")


def test_what_the_gate_held_and_what_no_parser_read_is_left_out_too() -> None:
    rows = [
        {"file_name": "good.md", "status": "promoted"},
        {"file_name": "bad.md", "status": "rejected", "reason": "malformed"},
    ]
    assert held_files(rows) == [LeftOut("bad.md", "malformed")]
    client = TakingClient()
    refused = {"upload_id": "2", "file_name": "odd.pdf", "parse": {"state": "refused", "reason": "too_slow"}}
    client.pages = [
        {"uploads": [{"upload_id": "1", "file_name": "a.md", "parse": {"state": "read"}}], "next_cursor": "1"},
        {"uploads": [refused]},
    ]
    assert unread_files(cast(ApiClient, client), ["1", "2"]) == [LeftOut("odd.pdf", "not readable: too_slow")]


def test_something_left_out_is_exit_code_1_and_nothing_is_0() -> None:
    end([])
    with pytest.raises(SystemExit) as stopped:
        end([LeftOut("a", "b")])
    assert stopped.value.code == 1


def test_a_folder_whose_name_is_no_org_id_is_named_with_a_name_that_would_do(tmp_path: Path) -> None:
    for name in ("acme", "Big Corp", "Ö", ".git"):
        (tmp_path / name).mkdir()
    org_ids, left_out = org_folders(tmp_path)
    assert org_ids == ["acme"]
    assert [one.file for one in left_out] == ["Big Corp", "Ö"]
    assert left_out[0].reason.endswith('rename it, for example to "big-corp"')
    assert left_out[1].reason.endswith("rename it")


def test_a_file_beside_the_org_folders_is_named(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    for name in ("loose.md", ".DS_Store"):
        (tmp_path / name).write_text("# Brand\n")
    org_ids, left_out = org_folders(tmp_path)
    assert (org_ids, [one.file for one in left_out]) == (["acme"], ["loose.md"])


def test_a_folder_without_sub_folders_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no sub-folders"):
        org_folders(tmp_path)


def take(database: Database, store: FakeObjectStore, folder: Path) -> Intake:
    with ingest_claim(database) as claim:
        return intake_folder(database, store, "acme", folder, project_id="p", max_file_bytes=10, claim=claim)


@pytest.mark.embedded
def test_an_intake_names_what_it_leaves_out_and_takes_the_rest_once(database: Database, tmp_path: Path) -> None:
    store = FakeObjectStore()
    folder = folder_of(tmp_path / "acme", a=b"1", empty=b"", huge=b"x" * 11)
    intake = take(database, store, folder)
    assert [(one.org, one.file) for one in intake.left_out] == [("acme", "empty"), ("acme", "huge")]
    again = take(database, store, folder)
    assert (intake.new_files, again.new_files) == (1, 0)
    assert again.upload_ids == intake.upload_ids
    assert len(store.objects) == 1


@pytest.mark.embedded
def test_an_empty_folder_is_left_out_and_makes_no_org(database: Database, tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    intake = take(database, FakeObjectStore(), tmp_path / "acme")
    assert intake.upload_ids == []
    assert "holds no files" in intake.left_out[0].reason


@pytest.mark.embedded
def test_files_that_the_gate_refused_are_told_after_the_run(database: Database, tmp_path: Path) -> None:
    store = FakeObjectStore()
    intake = take(database, store, folder_of(tmp_path / "acme", bad=b"1"))
    with database.org_transaction("acme") as connection:
        uploads.mark_held(
            connection, "acme", intake.upload_ids[0],
            status="rejected", verdict="reject", reason="malformed", details={},
        )  # fmt: skip
    assert not_read(database, store, "acme", intake) == [LeftOut("bad", "malformed", "acme")]
