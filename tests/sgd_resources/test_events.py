"""Events are one line of JSON with fields, safe to read and to collect."""

import json
import logging
from pathlib import Path

import pytest

from sgd_resources.events import LOGGER, alarm, tell, to_file, warn


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_an_event_is_one_line_with_its_fields_level_and_time(tmp_path: Path) -> None:
    log = tmp_path / "log" / "stack.log"
    with to_file(log):
        tell("job.taken", job_id="j1", attempt=1)
        warn("job.lost", job_id="j1")
        alarm("job.crashed", job_id="j1", reason=None)
    found = lines(log)
    assert [(line["event"], line["level"]) for line in found] == [
        ("job.taken", "info"), ("job.lost", "warning"), ("job.crashed", "error"),
    ]  # fmt: skip
    assert (found[0]["job_id"], found[0]["attempt"], found[2]["reason"]) == ("j1", 1, None)
    assert all(str(line["at"]).endswith("+00:00") for line in found)


def test_a_strangers_text_cannot_begin_a_line_of_its_own_or_turn_one_around(tmp_path: Path) -> None:
    log = tmp_path / "stack.log"
    with to_file(log):
        warn("upload.refused", name='a\n{"event": "forged"}\u202e', reason="x" * 5_000)
    (line,) = lines(log)
    assert line["name"] == 'a%0A{"event": "forged"}%E2%80%AE'
    assert len(str(line["reason"])) == 300


def test_without_a_place_for_them_starts_and_ends_are_not_even_made(caplog: pytest.LogCaptureFixture) -> None:
    assert not logging.getLogger(LOGGER).isEnabledFor(logging.INFO)
    tell("api.started", pid=1)
    warn("breaker.opened", model="acme/good-1")
    assert [json.loads(record.getMessage())["event"] for record in caplog.records] == ["breaker.opened"]


def test_a_file_is_let_go_at_the_end_of_its_block(tmp_path: Path) -> None:
    log = tmp_path / "stack.log"
    with to_file(log):
        tell("stack.started")
    tell("stack.stopped")
    assert [line["event"] for line in lines(log)] == ["stack.started"]
    assert logging.getLogger(LOGGER).handlers == []
