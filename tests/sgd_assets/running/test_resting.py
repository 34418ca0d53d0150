"""A run that met a full disk does not end its request: whoever serves it rests, and the try counts."""

import errno
from types import SimpleNamespace
from typing import Any

import pytest

from sgd_assets.graph.failures import UNEXPECTED, error_row
from sgd_assets.on_demand.plain.serve import PlainJobs
from sgd_assets.running.warm_runs import Kind, WarmRuns
from sgd_resources.errors import StorageFull, Unavailable

FULL = error_row(StorageFull("no room", retry_after_s=60))


class Rows:
    """Rows of requests that remember what was written."""

    def __init__(self, owner: str | None = None) -> None:
        self.of, self.written = owner, list[str]()

    def owner(self, org_id: str, row_id: str) -> str | None:
        return self.of

    def claim(self, org_id: str, row_id: str, *, run_id: str) -> dict[str, Any]:
        self.written.append(f"claim {run_id}")
        return {}

    def fail(self, org_id: str, row_id: str, *, run_id: str, error: dict[str, Any]) -> bool:
        self.written.append(str(error["code"]))
        return True


def rest(kind: Kind, rows: Rows, why: Any) -> None:
    runs = WarmRuns.__new__(WarmRuns)
    runs._renders = rows  # type: ignore[assignment]  # as much of it as is asked
    runs._rest_for_room(kind, "acme", "r1", "run", why)


@pytest.mark.parametrize(("kind", "owner", "written"), [
    ("render", "run", []), ("render", None, ["claim run"]), ("render", "older", ["claim run"]), ("ingest", None, []),
])  # fmt: skip
def test_a_run_without_room_is_handed_back_and_counts_as_a_try(
    kind: Kind, owner: str | None, written: list[str]
) -> None:
    rows = Rows(owner)
    with pytest.raises(StorageFull):
        rest(kind, rows, FULL)
    assert rows.written == written


@pytest.mark.parametrize("why", [UNEXPECTED, error_row(Unavailable("the parser is away"))])
def test_any_other_failure_is_the_end_of_its_request(why: Any) -> None:
    rows = Rows()
    rest("render", rows, why)
    assert rows.written == []


def test_a_job_of_one_step_that_meets_a_full_disk_has_not_ended() -> None:
    def step(*_: object) -> dict[str, Any]:
        raise OSError(errno.ENOSPC, "no space left on device")

    rows, jobs = Rows(), PlainJobs.__new__(PlainJobs)
    jobs._rows, jobs._steps, jobs._resources = rows, {"replay": step}, {"database": SimpleNamespace()}  # type: ignore[assignment,dict-item]  # as much of them as is asked
    with pytest.raises(StorageFull):
        jobs.serve("replay", "acme", "j1", "w")
    assert [one.partition(" ")[0] for one in rows.written] == ["claim"]
