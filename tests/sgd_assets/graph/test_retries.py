"""What failed in a run that nobody waits for is tried again a few times, where that helps, and named after that."""

import time
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from dagster import DagsterInstance, SensorResult, SkipReason, build_sensor_context
from dagster._core.storage.tags import SENSOR_NAME_TAG

from sgd_assets.graph.failed_orgs import MOST_RETRIES, TRIES_TAG, FailedOrg, failures_left
from sgd_assets.graph.retries import RetryCursor, retry_failed
from sgd_resources.errors import InvalidInput, Unavailable
from tests.fakes.graph import FakeGraph, fake_graph

pytestmark = pytest.mark.slow

BY_SENSOR = {SENSOR_NAME_TAG: "new_uploads"}


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGraph]:
    """A graph whose steps are not retried within their run."""
    monkeypatch.setattr("sgd_assets.graph.per_org.runs.MAX_RETRIES", 0)
    with fake_graph() as made:
        yield made


class Clock:
    """The sensor's time, moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead_s = 0.0
        monkeypatch.setattr("sgd_assets.graph.retries.time", SimpleNamespace(time=lambda: time.time() + self.ahead_s))


def fail(graph: FakeGraph, error: Exception, *org_ids: str, tags: dict[str, str] | None = None) -> None:
    graph.gate.error, graph.gate.error_on = error, b"broken"
    for org_id in org_ids:
        graph.drop(org_id, f"{org_id}.md", "broken")
    assert not graph.run("ingest_job", *org_ids, tags=tags if tags is not None else BY_SENSOR).success


def tick(instance: DagsterInstance, cursor: str | None = None) -> tuple[list[Any], str, str]:
    """Requests, cursor, and what the tick says."""
    with build_sensor_context(instance=instance, cursor=cursor) as context:
        result = retry_failed(context)
        if isinstance(result, SkipReason):
            return [], context.cursor or "", result.skip_message or ""
        assert isinstance(result, SensorResult)
        return list(result.run_requests or ()), result.cursor or "", ""


@pytest.mark.slow
def test_what_was_down_is_tried_again_after_a_rest(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    fail(graph, Unavailable("the vector store is away"), "acme")
    requests, cursor, said = tick(graph.instance)
    assert (requests, "1 orgs rest" in said) == ([], True)
    clock.ahead_s = 121
    (request,), cursor, _ = tick(graph.instance, cursor)
    assert (request.partition_key, request.tags[TRIES_TAG]) == ("acme", "1")
    assert tick(graph.instance, cursor)[0] == []


@pytest.mark.slow
def test_of_a_range_only_the_org_that_failed_is_tried_again(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    graph.drop("globex", "guide.md", "# Voice")
    clock = Clock(monkeypatch)
    graph.gate.error, graph.gate.error_on = Unavailable("away"), b"broken"
    graph.drop("acme", "acme.md", "broken")
    assert not graph.run("ingest_job", "acme", "globex", tags=BY_SENSOR).success
    clock.ahead_s = 121
    assert [request.partition_key for request in tick(graph.instance)[0]] == ["acme"]


@pytest.mark.slow
def test_what_another_run_has_done_meanwhile_is_left_alone(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    fail(graph, Unavailable("away"), "acme")
    graph.gate.error = None
    assert graph.run("ingest_job", "acme").success
    clock.ahead_s = 121
    assert tick(graph.instance)[0] == []
    assert failures_left(graph.instance, 0) == []


@pytest.mark.slow
def test_input_that_must_change_is_not_tried_again_and_named(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    fail(graph, InvalidInput("the policy names no such engine"), "acme")
    clock.ahead_s = 10_000
    requests, _, said = tick(graph.instance)
    assert requests == []
    assert "acme: brand_evidence: INVALID_REQUEST: the policy names no such engine; a retry does not help" in said


@pytest.mark.slow
def test_after_three_retries_it_is_given_up_and_named(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    fail(graph, Unavailable("away"), "acme", tags={**BY_SENSOR, TRIES_TAG: str(MOST_RETRIES)})
    clock.ahead_s = 100_000
    requests, cursor, said = tick(graph.instance)
    assert (requests, "acme: brand_evidence: UNAVAILABLE: away; given up after 3 retries" in said) == ([], True)
    assert "given up" in tick(graph.instance, cursor)[2]
    (left,) = failures_left(graph.instance, 0)
    assert (left.org_id, left.stage, left.is_given_up) == ("acme", "brand_evidence", True)


@pytest.mark.slow
def test_pauses_grow_and_an_error_may_ask_for_longer(graph: FakeGraph) -> None:
    fail(graph, Unavailable("away"), "acme", tags={**BY_SENSOR, TRIES_TAG: "2"})
    fail(graph, Unavailable("the day's money is spent", retry_after_s=9_000), "globex")
    later, longer = failures_left(graph.instance, 0)
    assert round(later.due_at - later.failed_at) == 1920
    assert round(longer.due_at - longer.failed_at) == 9_000


@pytest.mark.slow
def test_whoever_asked_by_hand_is_told_and_nothing_is_asked_for_him(
    graph: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    fail(graph, Unavailable("away"), "acme", tags={})
    clock.ahead_s = 10_000
    assert tick(graph.instance)[0] == []


def test_the_cursor_survives_its_text_form() -> None:
    away = FailedOrg("acme", "brand_evidence", "UNAVAILABLE", "away", "run", failed_at=1.5, tries=1, retry_after_s=None)
    cursor = RetryCursor(12.5, [away, replace(away, org_id="globex", retry_after_s=9.25)])
    assert RetryCursor.parse(cursor.text()) == cursor
