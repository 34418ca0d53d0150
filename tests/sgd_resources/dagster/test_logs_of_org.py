"""Logs in files: those of an org's runs go, those that orgs share keep the lines of the others."""

from pathlib import Path
from typing import cast

import pytest

from sgd_resources.dagster.logs_of_org import DagsterLogs
from sgd_resources.dagster.rows_of_org import DagsterRows
from sgd_resources.storage.local import LocalObjectStore


class Rows:
    def own_runs(self, org_id: str) -> list[str]:
        return ["own"] if org_id == "acme" else []

    def end_runs(self, org_id: str) -> None:
        pass


@pytest.fixture
def logs(tmp_path: Path) -> DagsterLogs:
    return DagsterLogs(tmp_path, LocalObjectStore(tmp_path / "objects"), cast("DagsterRows", Rows()))


def laid(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_output_of_an_orgs_runs_goes_from_disk_and_bucket(logs: DagsterLogs, tmp_path: Path) -> None:
    laid(tmp_path / "dagster/compute_logs/own/compute_logs/a.err", "nothing said")
    other = laid(tmp_path / "dagster/compute_logs/other/compute_logs/a.err", "nothing said")
    store = LocalObjectStore(tmp_path / "objects")
    for run in ("own", "other"):
        store.put(f"dagster/compute-logs/storage/{run}/compute_logs/a.err", b"x")
    assert logs.count("acme") == {"files of runs": 2}
    logs.erase("acme")
    assert not (tmp_path / "dagster/compute_logs/own").exists()
    assert other.read_text() == "nothing said"
    assert [one.key.split("/")[3] for one in store.list("dagster/")] == ["other"]


def test_shared_logs_are_covered_where_they_tell_of_the_org_and_nowhere_else(logs: DagsterLogs, tmp_path: Path) -> None:
    text = 'run - acme: done\nacme: "Größe anna.txt" accept\nacme-two: "b.txt" accept\norg_id=acme\n'
    run = laid(tmp_path / "dagster/compute_logs/shared/compute_logs/a.err", text)
    code = laid(tmp_path / "log/dagster-code.log", text)
    untouched = laid(tmp_path / "log/api.log", "org_id=acme")
    assert logs.count("acme") == {"shared files": 2}
    with code.open("ab") as writer:
        logs.erase("acme")
        writer.write(b"later\n")
    assert logs.count("acme") == {}
    assert [line.strip("*") for line in run.read_text().splitlines()] == [
        "run - ", "", 'acme-two: "b.txt" accept', "org_id=",
    ]  # fmt: skip
    assert code.read_text().splitlines()[2:] == ['acme-two: "b.txt" accept', "org_id=acme", "later"]
    assert "anna" not in code.read_text()
    assert untouched.read_text() == "org_id=acme"
