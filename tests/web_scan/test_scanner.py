"""The scanner is taken from the PATH, else fetched by uv, else installed once below the data directory."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web_scan.__main__ import SCANNER, scanner_command


def on_the_path(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[list[str]]:
    """Only these programs are there; what would be run is noted."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> None:
        asked.append(command)

    monkeypatch.setattr(shutil, "which", lambda name: name if name in names else None)
    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_what_is_on_the_path_is_taken_and_nothing_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = on_the_path(monkeypatch, "wapiti", "uvx")
    assert scanner_command(tmp_path) == ("wapiti",)
    assert asked == on_the_path(monkeypatch, "uvx")
    assert scanner_command(tmp_path) == ("uvx", "--quiet", "--from", SCANNER, "wapiti")


def test_without_either_it_is_installed_once_below_the_data_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = on_the_path(monkeypatch)
    there = tmp_path / "web-scan" / "bin" / "wapiti"
    assert scanner_command(tmp_path) == (str(there),)
    assert [command[-1] for command in asked] == [str(tmp_path / "web-scan"), SCANNER]
    there.parent.mkdir(parents=True)
    there.touch()
    asked.clear()
    assert scanner_command(tmp_path) == (str(there),)
    assert asked == []
