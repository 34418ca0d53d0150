"""Dagster's own verbs on runs that executed outside of its daemon: re-execute, the Backfills page, tags.

A real `sgd up`: webserver, daemon and code server. The screenshots are test artefacts: `var/test-artefacts/*.png`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "var" / "test-artefacts"
CHROMIUM = Path("/usr/bin/chromium")
PATIENCE_S = 240.0
ORGS = ("one", "two")

pytestmark = pytest.mark.services

REEXECUTE = """
mutation($run: String!) {
  launchRunReexecution(reexecutionParams: {parentRunId: $run, strategy: ALL_STEPS}) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
  }
}"""
REEXECUTE_BACKFILL = """
mutation($backfill: String!) {
  reexecutePartitionBackfill(reexecutionParams: {parentRunId: $backfill, strategy: ALL_STEPS}) {
    __typename
    ... on LaunchBackfillSuccess { backfillId }
    ... on PythonError { message }
  }
}"""
RUNS = """
query { runsOrError(limit: 100) { ... on Runs { results {
  runId status parentRunId tags { key value } repositoryOrigin { repositoryLocationName } } } } }"""
BACKFILLS = """
query { partitionBackfillsOrError { ... on PartitionBackfills { results {
  id status numPartitions isAssetBackfill tags { key value } } } } }"""


@dataclass(frozen=True)
class Ui:
    """The webserver of a running stack."""

    url: str

    def ask(self, query: str, **variables: str) -> Mapping[str, Any]:
        """The data of a GraphQL answer."""
        answer = httpx.post(f"{self.url}/graphql", json={"query": query, "variables": variables}, timeout=60).json()
        assert "errors" not in answer, answer["errors"]
        (data,) = answer["data"].values()
        assert isinstance(data, dict)
        return data

    def runs(self) -> list[dict[str, Any]]:
        """Newest first; tags as a mapping."""
        return [_with_tags(run) for run in self.ask(RUNS)["results"]]

    def backfills(self) -> list[dict[str, Any]]:
        """Newest first; tags as a mapping."""
        return [_with_tags(backfill) for backfill in self.ask(BACKFILLS)["results"]]


def _with_tags(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "tags": {tag["key"]: tag["value"] for tag in row["tags"]}}


def until(found: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while not (value := found()):
        assert time.monotonic() < deadline, what
        time.sleep(1)
    return value


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ui]:
    """`sgd up`, then a backfill of two orgs and an ingest of a third from other processes."""
    folder = tmp_path_factory.mktemp("runs")
    for org_id in (*ORGS, "three"):
        (folder / "orgs" / org_id).mkdir(parents=True)
        guide = f"# Colours of {org_id}\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n"
        (folder / "orgs" / org_id / "guide.md").write_text(guide, "utf-8")
    (folder / "orgs" / "three").rename(folder / "three")
    var_dir = folder / "var"
    env = {**os.environ, "SGD_VAR_DIR": str(var_dir), "SGD_API_PORT": "8720", "SGD_DAGSTER_PORT": "3720"}
    sgd = [sys.executable, "-m", "sgd_api.cli.app"]
    up = subprocess.Popen([*sgd, "up"], env=env, stdout=subprocess.DEVNULL)
    try:
        state = var_dir / "run" / "up.json"

        def dagster_url() -> str:
            assert up.poll() is None, "sgd up ended"
            return (json.loads(state.read_text("utf-8"))["dagster_url"] or "") if state.is_file() else ""

        url = until(dagster_url, "sgd up did not come up")
        subprocess.run([*sgd, "backfill", str(folder / "orgs")], env=env, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            [*sgd, "ingest", str(folder / "three"), "--org", "three"], env=env, check=True, stdout=subprocess.DEVNULL
        )
        yield Ui(str(url))
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(60)


def run_of(ui: Ui, why: str) -> dict[str, Any]:
    found = [run for run in ui.runs() if run["tags"].get("sgd/why") == why and run["parentRunId"] is None]
    assert len(found) == 1, [run["tags"] for run in ui.runs()]
    return found[0]


def first_backfill(ui: Ui) -> dict[str, Any]:
    (found,) = [row for row in ui.backfills() if "dagster/parent_backfill_id" not in row["tags"]]
    assert found["tags"]["sgd/why"] == "backfill"
    return found


def test_each_run_says_who_asked_why_and_for_which_partition(ui: Ui) -> None:
    backfill, on_demand = run_of(ui, "backfill"), run_of(ui, "ingest")
    assert backfill["status"] == on_demand["status"] == "SUCCESS"
    assert backfill["tags"]["dagster/asset_partition_range_start"] == "one"
    assert backfill["tags"]["dagster/asset_partition_range_end"] == "two"
    assert on_demand["tags"]["dagster/partition"] == "three"
    assert on_demand["tags"]["sgd/request"]
    assert {run["repositoryOrigin"]["repositoryLocationName"] for run in (backfill, on_demand)} == {"sgd"}


@pytest.mark.parametrize("why", ["ingest", "backfill"])
def test_re_execute_launches_the_run_again_and_it_succeeds(ui: Ui, why: str) -> None:
    parent = run_of(ui, why)["runId"]
    answer = ui.ask(REEXECUTE, run=parent)
    assert answer["__typename"] == "LaunchRunSuccess", answer
    again = answer["run"]["runId"]

    def ended() -> str:
        status = next(run["status"] for run in ui.runs() if run["runId"] == again)
        return status if status in ("SUCCESS", "FAILURE", "CANCELED") else ""

    assert until(ended, "the run did not end") == "SUCCESS"


def test_the_backfill_is_on_its_page_and_can_be_re_executed_there(ui: Ui) -> None:
    first = first_backfill(ui)
    assert (first["status"], first["numPartitions"]) == ("COMPLETED_SUCCESS", len(ORGS))
    answer = ui.ask(REEXECUTE_BACKFILL, backfill=first["id"])
    assert answer["__typename"] == "LaunchBackfillSuccess", answer

    def ended() -> str:
        status = next(row["status"] for row in ui.backfills() if row["id"] == answer["backfillId"])
        return "" if status == "REQUESTED" else str(status)

    assert until(ended, "the backfill did not end") == "COMPLETED_SUCCESS"


def test_the_sensor_asked_for_none_of_it_again(ui: Ui) -> None:
    assert [run for run in ui.runs() if run["tags"].get("sgd/why") == "new uploads"] == []


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed (make test-services does)")
def test_the_pages_show_the_backfill_and_a_click_re_executes_a_run(ui: Ui) -> None:
    from playwright.sync_api import sync_playwright

    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    backfill = first_backfill(ui)
    run_id = run_of(ui, "ingest")["runId"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(viewport={"width": 1600, "height": 1000})
            page.goto(f"{ui.url}/runs/b/{backfill['id']}")
            page.get_by_text(backfill["id"]).first.wait_for(timeout=60_000)
            page.get_by_text("brand_canon").first.wait_for(timeout=60_000)
            page.screenshot(path=ARTEFACTS / "backfill.png")
            page.goto(f"{ui.url}/runs/{run_id}")
            page.get_by_text("RUN_SUCCESS").first.wait_for(timeout=60_000)
            page.screenshot(path=ARTEFACTS / "run.png")
            before = len(ui.runs())
            page.get_by_role("button", name="Re-execute all").first.click(timeout=60_000)
            until(lambda: len(ui.runs()) == before + 1, "the button launched nothing")
            page.screenshot(path=ARTEFACTS / "re_executed.png")
        finally:
            browser.close()
