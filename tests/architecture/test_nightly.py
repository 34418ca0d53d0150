"""What `make nightly` runs beside load: its tests are there, and a skipped one is no success."""

import subprocess
from pathlib import Path

import pytest

from tests.nightly.__main__ import EXTRAS, ROOT, main, ran_all


def test_every_nightly_test_is_there_and_skips_with_a_reason_elsewhere() -> None:
    for extra in EXTRAS:
        assert "pytest.importorskip(" in (ROOT / extra.tests).read_text("utf-8")
    assert "-m tests.nightly" in (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize(("tests", "skipped", "ran"), [(3, 0, True), (0, 0, False), (3, 1, False)])
def test_a_skipped_test_is_no_success(tests: int, skipped: int, ran: bool, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(f'<testsuites><testsuite tests="{tests}" skipped="{skipped}"/></testsuites>', "utf-8")
    assert ran_all(report) is ran


def test_an_unknown_extra_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["none"]) == 2
    assert "no such extra: none" in capsys.readouterr().err


def test_a_part_of_the_night_that_fails_is_told_and_the_others_run() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nnightly:")[2].partition("\n\n")[0]
    parts = [line for line in recipe.splitlines() if line.startswith("\tpart ")]
    assert len(parts) >= 7
    # `make -n` would run a line that names $(MAKE), and the night with it
    assert "$(MAKE)" not in recipe
    function = recipe.splitlines()[1].removeprefix("\t@").rstrip("\\").replace("$$", "$")
    script = f"set -eu; {function} part false; part echo on; part true; exit $failed"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, "=== failed: false" in done.stderr) == (1, True)
    assert "\non\n" in done.stdout
