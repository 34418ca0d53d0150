"""How far a render is: steps in order with their times, written where one takes its time, to its end or failure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sgd_assets.graph.failures import error_row
from sgd_assets.renders.fulfil import fulfil_requests
from sgd_assets.renders.model import RenderRecord
from sgd_assets.renders.progress import Progress
from sgd_assets.renders.render import render_request
from sgd_resources.errors import Unavailable, ValidationFailed
from sgd_resources.font_shelf import font_shelf
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.ledgers import FakeRenderLedger
from tests.sgd_assets.renders.brand import ORG, RENDER_ID, SampleBrand

BODY: dict[str, Any] = {
    "project_id": "p",
    "prompts": {"task": "create"},
    "copy": {"headline": "Doors open"},
    "outputs": {"count": 2, "format": "png", "dimensions": "120x80"},
}


def ticking() -> Any:
    """A clock that is a tenth of a second on at each look."""
    moments = iter(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=100 * tick) for tick in range(999))
    return lambda: next(moments)


def served(ledger: FakeRenderLedger, brand: SampleBrand) -> None:
    def render(render_id: str, body: Mapping[str, Any], progress: Progress) -> RenderRecord:
        return render_request(
            body, brand.canon, org_id=ORG, render_id=render_id, canon_version=brand.canon.version,
            evidence=brand.evidence, store=brand.store, jobs=FakeConfinedJobs(), fonts=font_shelf(), progress=progress,
        )  # fmt: skip

    fulfil_requests(ORG, [RENDER_ID], run_id="run", requests=ledger, render=render, word_error=error_row)


def test_a_step_ends_with_the_beginning_of_the_next() -> None:
    progress = Progress(clock=ticking())
    progress.begin("brief")
    progress.begin("plan", picture=1)
    told = progress.told()
    assert (told["step"], told["picture"], told["at"]) == ("plan", 1, "2026-01-01T00:00:00.100Z")
    assert [(step["step"], step.get("ms")) for step in told["done"][1:]] == [("brief", 100)]


def test_only_steps_that_take_their_time_are_written_at_once() -> None:
    written: list[Mapping[str, Any]] = []
    progress = Progress(written.append, ticking())
    progress.begin("brief")
    progress.begin("generate", takes_time=True)
    progress.begin("store")
    assert [told["step"] for told in written] == ["generate"]


def test_pictures_that_follow_fast_are_not_written_one_by_one() -> None:
    written: list[Mapping[str, Any]] = []
    progress = Progress(written.append, ticking())
    for picture in range(6):
        progress.begin("compose", picture=picture, takes_time=True)
    assert [told["picture"] for told in written] == [0, 3]


def test_what_the_child_measured_stands_in_place_of_the_step_that_waited_for_it() -> None:
    progress = Progress(clock=ticking())
    progress.begin("compose", picture=0)
    progress.was((("compose", 0.02), ("measure", 0.03)))
    progress.begin("store", picture=0)
    assert [(step["step"], step["ms"], step["at"][-5:]) for step in progress.told()["done"][1:]] == [
        ("compose", 20, ".000Z"), ("measure", 30, ".020Z"),
    ]  # fmt: skip


def test_a_render_tells_every_step_of_each_picture() -> None:
    ledger = FakeRenderLedger({RENDER_ID: BODY})
    served(ledger, SampleBrand("larkfold"))
    last = ledger.progress[-1]
    of_picture = ["plan", "guard", "compose", "measure", "store"]
    steps = [step["step"] for step in last["done"] if step["step"] != "repair"]
    assert steps == ["validate", "brief", "canon", *of_picture, *of_picture]
    assert last["step"] == "audit"
    written = [told["step"] for told in ledger.progress]
    assert (written[:2], written[-1]) == (["validate", "compose"], "audit")


def test_a_failed_render_tells_the_step_it_failed_in() -> None:
    ledger = FakeRenderLedger({RENDER_ID: {**BODY, "outputs": {**BODY["outputs"], "dimensions": "12x12"}}})
    with pytest.raises(ValidationFailed):
        served(ledger, SampleBrand("larkfold"))
    assert ledger.progress[-1]["step"] == "plan"


def test_a_database_that_is_away_for_a_moment_does_not_fail_a_render() -> None:
    class Away(FakeRenderLedger):
        def note_progress(self, org_id: str, render_id: str, *, run_id: str, progress: Mapping[str, Any]) -> bool:
            raise Unavailable("no database")

    ledger = Away({RENDER_ID: BODY})
    served(ledger, SampleBrand("larkfold"))
    assert list(ledger.finished) == [RENDER_ID]
