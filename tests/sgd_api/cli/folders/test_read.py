"""What of a folder is a file, and what is named as left out."""

import os
import socket
from pathlib import Path

import pytest

from sgd_api.cli.folders.read import contents_below
from sgd_api.cli.left_out import LeftOut
from sgd_resources.errors import InvalidInput


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    kit = tmp_path / "kit"
    (kit / "deep" / ".hidden").mkdir(parents=True)
    (kit / "deep" / "guide.md").write_bytes(b"Primary: #112233")
    (kit / "deep" / ".hidden" / "x.md").write_bytes(b"x")
    (tmp_path / "outside.md").write_bytes(b"x")
    return kit


def test_links_pipes_and_sockets_are_named_and_a_link_within_the_folder_is_a_file(kit: Path) -> None:
    (kit / "again.md").symlink_to(kit / "deep" / "guide.md")
    (kit / "out.md").symlink_to(kit.parent / "outside.md")
    (kit / "nowhere.md").symlink_to(kit / "gone.md")
    (kit / "ring").symlink_to(kit)
    os.mkfifo(kit / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        # A socket's path holds about 100 characters, so it is bound by a short one.
        before = Path.cwd()
        os.chdir(kit)
        try:
            listener.bind("socket")
        finally:
            os.chdir(before)
        found = contents_below(kit)
    assert [file.name for file in found.files] == ["again.md", "deep/guide.md"]
    assert found.left_out == [
        LeftOut("nowhere.md", "a link that leads nowhere: No such file or directory"),
        LeftOut("out.md", "a link out of the folder"),
        LeftOut("pipe", "a pipe"),
        LeftOut("ring", "a link to a folder"),
        LeftOut("socket", "a socket"),
    ]


def test_a_device_is_named_through_a_link(kit: Path) -> None:
    (kit / "zero").symlink_to("/dev/zero")
    assert contents_below(kit).left_out == [LeftOut("zero", "a link out of the folder")]


def test_a_folder_of_nothing_but_links_says_so(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "a.md").symlink_to(tmp_path / "b.md")
    with pytest.raises(InvalidInput, match=r"holds no files: a\.md is a link that leads nowhere"):
        contents_below(tmp_path / "kit")


def test_a_closed_folder_is_named_and_the_rest_is_read(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kit / "closed").mkdir()
    read = Path.iterdir

    def refuse(folder: Path) -> object:
        if folder.name == "closed":
            raise PermissionError(13, "Permission denied")
        return read(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = contents_below(kit)
    assert [file.name for file in found.files] == ["deep/guide.md"]
    assert found.left_out == [LeftOut("closed", "a folder that cannot be read: Permission denied")]
