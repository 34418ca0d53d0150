"""A log line is one line, says where it belongs, and holds no secret."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from sgd_resources.events import tell, warn
from sgd_resources.observed.logs import OURS, about, redacted, write_logs
from sgd_resources.settings import Settings


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    for name in OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)


def written(**settings: object) -> io.StringIO:
    stream = io.StringIO()
    write_logs(Settings(_env_file=None, **settings), stream)  # type: ignore[arg-type]  # fields by name
    return stream


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_production_writes_json_and_development_a_line_to_read() -> None:
    assert Settings(_env_file=None, sgd_env="production").logs_are_json
    assert not Settings(_env_file=None, sgd_env="production", log_format="text").logs_are_json
    stream = written()
    tell("job.taken", job_id="j1")
    (line,) = stream.getvalue().splitlines()
    assert "job.taken" in line
    assert "job_id=j1" in line


def test_every_line_bears_the_ids_of_what_it_is_about() -> None:
    stream = written(log_format="json")
    with about(request_id="r1", job_id=None):
        tell("job.taken", job_id="j1")
        logging.getLogger("urllib3").warning("retrying")
    tell("api.stopped")
    first, second, third = lines(stream)
    assert (first["event"], first["job_id"], first["request_id"], first["level"]) == ("job.taken", "j1", "r1", "info")
    assert (second["event"], second["message"], second["logger"]) == ("log", "retrying", "urllib3")
    assert second["request_id"] == "r1"
    assert "request_id" not in third


def test_the_level_holds_for_our_lines_and_never_lets_libraries_talk() -> None:
    stream = written(log_format="json", log_level="WARNING")
    tell("job.taken", job_id="j1")
    warn("job.lost", job_id="j1")
    assert [line["event"] for line in lines(stream)] == ["job.lost"]
    stream = written(log_format="json", log_level="DEBUG")
    logging.getLogger("urllib3").info("a connection")
    assert lines(stream) == []


def test_a_traceback_is_one_line_without_what_its_message_holds_of_a_secret() -> None:
    stream = written(log_format="json")
    try:
        raise ConnectionError("postgresql://sgd_app:hunter2@db/sgd refused")
    except ConnectionError:
        logging.getLogger("sgd_assets.x").exception("the sweep failed")
    (line,) = lines(stream)
    assert "ConnectionError" in str(line["exception"])
    assert "hunter2" not in stream.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        "Authorization: Bearer abcdefghijklmnop",
        "redis://default:pa55word@cache:6379/0",
        "sgd_0123456789abcdefghijklmnop",
        "sk-or-v1-0123456789abcdef",
        "GET /assets/a?expires=1&signature=0123456789abcdef",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1In0xx.c2ln",
        "jane.doe@example.com",
    ],
)
def test_what_looks_like_a_secret_or_a_person_is_masked(secret: str) -> None:
    stream = written(log_format="json")
    logging.getLogger("some.library").warning("failed for %s", secret)
    told = str(lines(stream)[0]["message"])
    assert "***" in told
    for part in ("abcdefghijklmnop", "pa55word", "0123456789abcdef", "c2ln", "jane.doe"):
        assert part not in told


def test_ordinary_words_stay() -> None:
    assert redacted("the sensor asked for 3 runs at 12:00, status=failed") == (
        "the sensor asked for 3 runs at 12:00, status=failed"
    )


def test_of_a_long_traceback_both_ends_are_told() -> None:
    told = redacted("Traceback begins" + " frame" * 2_000 + " ValueError: what went wrong")
    assert told.startswith("Traceback begins")
    assert told.endswith("ValueError: what went wrong")
    assert len(told) <= 4_005
