"""A picture that passes its bounds is made without the logo, then without the brand's fonts, and says so."""

from collections.abc import Mapping
from typing import Any

import pytest

from sgd_resources.errors import BrokenContract, RejectedEvidence, ValidationFailed
from tests.fakes.confined import FakeAnswer, FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

PICTURE = "sgd_assets.renders.picture_job:make_picture"


class Strict(FakeConfinedJobs):
    """Refuses pictures made with any of these arguments."""

    def __init__(self, *costly: str, reason: str = "bomb") -> None:
        super().__init__()
        self.costly = costly
        self.reason = reason

    def call(
        self, target: str, data: bytes, arguments: Mapping[str, Any] | None = None, *, cpu_s: int | None = None
    ) -> FakeAnswer:
        if target == PICTURE and any((arguments or {})[name] for name in self.costly):
            self.called.append(target)
            raise RejectedEvidence("reject", self.reason, details={"message": "out of memory"})
        return super().call(target, data, arguments, cpu_s=cpu_s)


def test_a_logo_that_costs_too_much_in_the_picture_is_left_out_and_told() -> None:
    record = render(SampleBrand("kestrine"), request('Post "Open day"', "300x250"), Strict("logo"))
    [output] = record.outputs
    assert output.plan.logo_sha256 is None
    assert output.plan.heading_font is not None
    assert output.plan.heading_font.source == "evidence"
    assert any("logo is left out" in note for note in output.plan.notes)
    assert "logo_present" in {finding.rule for finding in output.critique.findings}
    assert not record.guardrails_ok


def test_fonts_that_cost_too_much_are_left_out_and_told() -> None:
    record = render(SampleBrand("kestrine"), request('Post "Open day"', "300x250"), Strict("fonts"))
    [output] = record.outputs
    assert output.plan.heading_font is not None
    assert output.plan.heading_font.source == "open"
    assert any("font files are left out" in note for note in output.plan.notes)


def test_a_picture_that_passes_its_bounds_without_them_fails_with_a_reason() -> None:
    jobs = FakeConfinedJobs(PICTURE)
    with pytest.raises(BrokenContract, match="bounds"):
        render(SampleBrand("kestrine"), request('Post "Open day"', "300x250"), jobs)
    assert jobs.called.count(PICTURE) == 3


def test_a_picture_whose_drawing_fails_is_not_told_to_pass_its_bounds() -> None:
    jobs = Strict("plan", reason="malformed")
    with pytest.raises(BrokenContract, match="the picture could not be drawn") as caught:
        render(SampleBrand("kestrine"), request('Post "Open day"', "300x250"), jobs)
    assert caught.value.details == {"index": 0, "reason": "malformed"}
    assert jobs.called.count(PICTURE) == 3


def test_a_refused_logo_beside_a_good_one_is_noted_and_breaks_no_rule() -> None:
    brand = SampleBrand("larkfold")
    brand.add(
        "logo-old.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="a"><use href="#a"/></g></svg>',
    )
    record = render(brand, request('Post "Open day"', "300x250"), FakeConfinedJobs())
    assert record.guardrails_ok
    assert any("logo-old.svg is not used" in note for note in record.outputs[0].plan.notes)


def test_a_copy_that_shows_nothing_is_refused_before_anything_is_drawn() -> None:
    jobs = FakeConfinedJobs()
    for body, path in (
        ({**request(None, "300x250"), "copy": {"headline": "\u200b"}}, r"\$\.copy\.headline"),
        (request('Poster: "\u200b"', "300x250"), r"\$\.prompts\.instruction"),
    ):
        with pytest.raises(ValidationFailed, match=path):
            render(SampleBrand("kestrine"), body, jobs)
    assert PICTURE not in jobs.called
