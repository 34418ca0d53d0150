"""A command's terminal has what a person asked for; its log lines are in a file."""

import logging
import sys
from pathlib import Path

import pytest

from sgd_api.cli import app as cli
from sgd_api.cli.command_log import logs_off_the_terminal
from sgd_resources.events import warn


def test_a_warning_of_a_command_is_in_its_log_and_not_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SGD_VAR_DIR", str(tmp_path))
    with logs_off_the_terminal():
        warn("sandbox.child_ended", verdict="bomb")
    assert capsys.readouterr() == ("", "")
    assert '"event": "sandbox.child_ended"' in (tmp_path / "log" / "command-line.log").read_text("utf-8")


def test_a_log_that_cannot_be_written_stops_no_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_text("a file where the folder would be")
    monkeypatch.setenv("SGD_VAR_DIR", str(tmp_path))
    with logs_off_the_terminal():
        warn("sandbox.child_ended", verdict="bomb")
    assert capsys.readouterr() == ("", "")


def test_every_command_runs_with_its_log_lines_kept_off_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(cli, "app", lambda: seen.extend(type(one).__name__ for one in logging.getLogger().handlers))
    cli.main()
    assert "CommandLog" in seen
    assert "CommandLog" not in [type(one).__name__ for one in logging.getLogger().handlers]


@pytest.mark.parametrize(
    "words",
    [
        ["critique", "{}/none.png", "--org", "kone"],
        ["critique", "{}", "--org", "kone"],
        ["verify", "{}/none.png", "--org", "kone"],
        ["canon", "derive", "{}/none"],
        ["canon", "export", "{}/none"],
        ["canon", "evaluate", "{}/none"],
        ["content", "set", "--org", "kone", "{}/none.json"],
        ["restore", "--check", "{}/none"],
        ["ingest", "{}/none", "--org", "kone"],
        ["backfill", "{}/none"],
        ["analyze", "--file", "{}/none.txt"],
    ],
)
def test_a_file_that_is_not_there_is_the_callers_to_mend_and_is_named(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SGD_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(sys, "argv", ["sgd", *(word.format(tmp_path) for word in words)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    assert "something failed on our side" not in capsys.readouterr().err


def test_a_page_for_a_folder_that_is_not_there_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["critique", str(tmp_path / "a.png"), "--org", "kone", "--html", str(tmp_path / "nowhere" / "page.html")]
    monkeypatch.setattr(sys, "argv", ["sgd", *words])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert (stopped.value.code, "is no folder" in capsys.readouterr().err) == (2, True)
