"""Logos and fonts that cost minutes or gigabytes are refused within bounds, and what is harmless is drawn the same."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_resources.errors import RejectedEvidence
from sgd_resources.sandbox.drawing import drawing_sandbox
from sgd_resources.sandbox.pool import Sandbox
from tests.fakes.confined import FakeConfinedJobs
from tests.hostile import drawings
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

LOGO, FONT = "sgd_resources.drawing.settle.logo:settle_logo", "sgd_resources.drawing.settle.font:settle_font"
SVG = {"media_type": "image/svg+xml"}
CASES = Path(os.environ.get("SGD_SHARED", "/nonexistent")) / "cases" / "hostile"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with drawing_sandbox() as box:
        yield box


@pytest.mark.parametrize("name", sorted(drawings.LOGOS))
def test_a_logo_that_costs_too_much_is_refused(name: str, sandbox: Sandbox) -> None:
    with pytest.raises(RejectedEvidence) as caught:
        sandbox.call(LOGO, drawings.LOGOS[name], SVG, cpu_s=5)
    assert caught.value.reason in ("bomb", "malformed")


@pytest.mark.parametrize("flavor", [None, "woff", "woff2"])
def test_a_font_of_any_packing_is_settled(flavor: str | None, sandbox: Sandbox) -> None:
    answer = sandbox.call(FONT, drawings.font(flavor), {}, cpu_s=12)
    assert answer.result["facts"]["family"] == "Jost"


def test_a_webfont_that_unpacks_to_more_than_it_says_is_refused_before_it_is_unpacked(sandbox: Sandbox) -> None:
    with pytest.raises(RejectedEvidence) as caught:
        sandbox.call(FONT, drawings.woff2_bomb(2_000_000_000), {}, cpu_s=12)
    assert caught.value.reason == "bomb"


def test_a_render_beside_a_hostile_logo_is_made_and_says_what_is_missing(sandbox: Sandbox) -> None:
    brand = SampleBrand("larkfold")
    brand.items = [item for item in brand.items if not item.media_type.startswith("image/")]
    brand.add("logo.svg", drawings.LOGOS["morphology in a row"])
    record = render(brand, request('Post "Open day"', "300x250"), sandbox)
    [output] = record.outputs
    assert not record.guardrails_ok
    assert "logo_present" in {finding.rule for finding in output.critique.findings}
    assert any("logo.svg" in note for note in output.plan.notes)


def test_the_child_draws_the_same_bytes_as_this_process(sandbox: Sandbox) -> None:
    here = render(SampleBrand("kestrine"), request('Post "Open day"', "300x250"), FakeConfinedJobs())
    there = render(SampleBrand("kestrine"), request('Post "Open day"', "300x250"), sandbox)
    assert here == there


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside the repository (SGD_SHARED names them)")
@pytest.mark.parametrize("name", ["logo_morph.svg", "use_css_laughs.svg"])
def test_the_reported_logos_are_refused(name: str, sandbox: Sandbox) -> None:
    with pytest.raises(RejectedEvidence) as caught:
        sandbox.call(LOGO, (CASES / name).read_bytes(), SVG, cpu_s=5)
    assert caught.value.reason == "bomb"
