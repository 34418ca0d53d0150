"""What cannot hold the pictures is refused in words, before anything starts that would make them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sgd_api.cli.app import app
from sgd_api.cli.picture_folder import check_picture_folder
from sgd_api.local import stack as local_stack
from sgd_resources.errors import InvalidInput


def test_a_folder_that_is_there_or_can_be_made_passes_and_is_not_made_yet(tmp_path: Path) -> None:
    (tmp_path / "old.png").mkdir()
    for name in ("", "old.png", "new", "a/b/v1.2"):
        check_picture_folder(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["old.png"]


def test_a_file_a_place_below_one_and_a_dangling_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"kept")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("taken", "taken/below/it", "link"):
        with pytest.raises(InvalidInput, match="folder"):
            check_picture_folder(tmp_path / name)
    assert (tmp_path / "taken").read_bytes() == b"kept"


@pytest.mark.parametrize("name", ["picture.png", "a/PICTURE.JPG", "x.webp"])
def test_a_pictures_name_makes_no_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match="-o takes a folder"):
        check_picture_folder(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_render_asks_for_the_folder_before_it_starts_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_start(*_: object, **__: object) -> None:
        raise AssertionError("something was started")

    monkeypatch.setattr(local_stack, "local_stack", no_start)
    (tmp_path / "taken").write_bytes(b"kept")
    ended = CliRunner().invoke(app, ["render", "Poster", "--org", "acme", "-o", str(tmp_path / "taken")])
    assert isinstance(ended.exception, InvalidInput)


def test_help_says_that_the_output_is_a_folder() -> None:
    shown = CliRunner().invoke(app, ["render", "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).output
    assert "A folder for the pictures, not a file's name." in shown
