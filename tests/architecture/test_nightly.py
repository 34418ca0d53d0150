"""What `make nightly` runs beside load: its tests are there, and a skipped one is no success."""

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
