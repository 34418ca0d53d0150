"""File names that are no text, or more than one line of it: the rest of the folder is read, and each is named."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sgd_api.cli.app import app
from sgd_api.cli.folders.read import contents_below
from sgd_api.cli.terminal import PlainConsole, as_json_text

ODD = [
    b"Stra\xdfe.md",
    b"two\nlines.md",
    "turned\u202edm.md".encode(),
    b"-rf.md",
    b"..md",
    b"x" * 252 + b".md",
    b"\xff\xfe",
]
VOICE = b"# Voice\n\nPrimary colour: #0A5C36\n\nFont: Inter\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / os.fsdecode(b"br\xe4nd")
    inside.mkdir()
    for number, name in enumerate(ODD):
        (inside / os.fsdecode(name)).write_bytes(VOICE + b"%d\n" % number)
    (inside / "plain.md").write_bytes(VOICE)
    return inside


def test_a_folder_is_listed_whole_under_names_that_can_be_shown(folder: Path) -> None:
    names = [file.name for file in contents_below(folder).files]
    assert len(names) == len(ODD)  # all but the hidden one, and the plain one
    assert {"Stra%DFe.md", "two%0Alines.md", "turned%E2%80%AEdm.md", "-rf.md", "%FF%FE", "plain.md"} <= set(names)
    assert all(file.path.is_file() for file in contents_below(folder).files)


@pytest.mark.slow
def test_a_canon_is_derived_from_a_folder_with_names_that_are_not_utf8(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / os.fsdecode(b"p\xe4ge.html")
    found = CliRunner().invoke(app, ["canon", "derive", str(folder), "--json", "--html", str(page)])
    assert found.exit_code == 1, found.output  # one file is left out: its name says nothing of its kind
    canon = json.loads(found.stdout)
    assert canon["palette_hex"] == ["#0A5C36"]
    assert [refusal["file_name"] for refusal in canon["refused"]] == ["%FF%FE"]
    assert "Stra%DFe.md" in page.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("options", [["--json"], []], ids=["json", "table"])
def test_files_are_inspected_under_names_that_are_not_utf8(folder: Path, options: list[str]) -> None:
    found = CliRunner().invoke(app, ["evidence", "inspect", *options, *map(str, sorted(folder.iterdir()))])
    assert found.exit_code == 1, found.output  # as above
    if options:
        rows = [json.loads(line) for line in found.stdout.splitlines()]
        assert len(rows) == len(ODD) + 1
        assert all(row["file"].isprintable() for row in rows)


def test_a_terminal_is_never_told_what_utf8_cannot_carry(capsys: pytest.CaptureFixture[str]) -> None:
    PlainConsole(highlight=False).print(os.fsdecode(b"no folder /br\xe4nd"), markup=False)
    assert capsys.readouterr().out.encode("utf-8").startswith(b"no folder /br")
    assert json.loads(as_json_text({"file": os.fsdecode(b"\xe4")}))["file"] == os.fsdecode(b"\xe4")
