"""Which pictures of the evidence a request shows."""

from typing import Any

import pytest

from sgd_assets.renders.model import RenderRecord
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import ORG, SampleBrand, request
from tests.sgd_assets.renders.imagery import pictures
from tests.sgd_assets.renders.rendering import render
from tests.sgd_resources.drawing.guide_pictures.test_find import pdf_of

pytestmark = pytest.mark.slow

PHOTO_JOB = "sgd_resources.drawing.measure_picture:measure_picture"


@pytest.fixture
def brand() -> SampleBrand:
    """A brand with a photograph, an illustration and a screen among its files."""
    brand = SampleBrand("larkfold")
    add(brand, "kitchen-garden-spring.jpg", pictures.photo(subject=(0.8, 0.4)))
    add(brand, "garden-hills-illustration.png", pictures.illustration())
    add(brand, "garden-website-screen.png", pictures.page_of_text())
    return brand


def add(brand: SampleBrand, name: str, data: bytes) -> str:
    item = brand.add(name, data)
    kind = "image/jpeg" if name.endswith("jpg") else "image/png"
    brand.items[-1] = item.model_copy(update={"media_type": kind})
    return item.key


def made(brand: SampleBrand, instruction: str, **changes: Any) -> RenderRecord:
    return render(brand, request(instruction, **changes), FakeConfinedJobs())


def shown(record: RenderRecord) -> str:
    imagery = record.outputs[0].plan.imagery
    return imagery.reason.split(",")[0] if imagery else ""


@pytest.mark.slow
def test_a_photograph_of_the_evidence_whose_name_fits_is_shown_and_cited(brand: SampleBrand) -> None:
    record = made(brand, 'Poster with a photo of a kitchen garden and the headline "Open day"')
    plan = record.outputs[0].plan
    assert plan.imagery is not None
    assert plan.imagery.kind == "photo"
    assert shown(record) == "kitchen-garden-spring.jpg"
    assert plan.imagery.evidence_sha256s == (brand.items[-3].evidence_sha256,)
    assert plan.picture_boxes_px
    assert plan.unmet == ()
    assert record.guardrails_ok


@pytest.mark.slow
def test_an_illustration_is_shown_where_one_is_asked_for_never_a_screen(brand: SampleBrand) -> None:
    record = made(brand, 'Poster with an illustration of garden hills and the headline "Open day"')
    assert shown(record) == "garden-hills-illustration.png"


@pytest.mark.slow
def test_a_photograph_that_is_not_there_is_named_and_the_guardrails_are_not_ok(brand: SampleBrand) -> None:
    record = made(brand, 'Poster with a photo of a sailing boat and the headline "Open day"')
    plan = record.outputs[0].plan
    assert plan.imagery is None
    assert plan.picture_boxes_px == ()
    assert plan.unmet == ("photo: sailing boat",)
    assert not record.guardrails_ok


@pytest.mark.slow
def test_a_scene_without_a_word_for_picture_is_looked_for_and_named_when_missing(brand: SampleBrand) -> None:
    record = made(brand, "A runner at dawn on a bridge")
    assert record.outputs[0].plan.unmet == ("picture: runner at dawn on a bridge",)
    assert not record.guardrails_ok


@pytest.mark.parametrize(
    "instruction",
    ['Poster with a pattern and the headline "Garden"', 'Poster, no photo, with the headline "Kitchen garden spring"'],
)
def test_no_picture_is_shown_where_a_pattern_is_wanted_or_photographs_are_refused(
    brand: SampleBrand, instruction: str
) -> None:
    record = made(brand, instruction)
    assert record.outputs[0].plan.imagery is None
    assert record.outputs[0].plan.picture_boxes_px == ()


def test_a_brand_without_a_wish_for_pictures_renders_as_before(brand: SampleBrand) -> None:
    assert made(brand, 'Poster with the headline "Garden"').outputs[0].plan.imagery is None


@pytest.mark.slow
def test_references_of_the_request_are_shown_before_the_evidence_and_told_as_such(brand: SampleBrand) -> None:
    key = brand.items[-2].key
    record = made(brand, 'Poster with a photo of a kitchen garden, "Open day"', references=[key])
    imagery = record.outputs[0].plan.imagery
    assert imagery is not None
    assert (imagery.kind, imagery.keys) == ("reference", (key,))


def test_pictures_are_measured_once_and_only_those_whose_names_fit(brand: SampleBrand) -> None:
    jobs = FakeConfinedJobs()
    body = request('Poster with a photo of a kitchen garden and the headline "Open day"')
    first = render(brand, body, jobs)
    assert jobs.called.count(PHOTO_JOB) == 1
    second = render(brand, body, jobs)
    assert jobs.called.count(PHOTO_JOB) == 1
    assert first.outputs[0].sha256 == second.outputs[0].sha256


def test_a_damaged_picture_is_no_imagery_and_does_not_end_the_request(brand: SampleBrand) -> None:
    add(brand, "sailing-boat.jpg", b"\xff\xd8\xff not a picture")
    record = made(brand, 'Poster with a photo of a sailing boat and the headline "Open day"')
    assert record.outputs[0].plan.unmet == ("photo: sailing boat",)


@pytest.mark.slow
def test_outputs_take_turns_with_pictures_that_fit_as_well(brand: SampleBrand) -> None:
    add(brand, "kitchen-garden-autumn.jpg", pictures.photo(seed=2))
    record = made(brand, 'Poster with a photo of a kitchen garden and "Open day"', count=2)
    keys = {output.plan.imagery.keys for output in record.outputs if output.plan.imagery}
    assert len(keys) == 2
    assert all(key[0].startswith(f"org/{ORG}/") for key in keys)


@pytest.mark.slow
def test_a_picture_is_found_by_what_a_page_says_of_it_and_its_citation_says_so(brand: SampleBrand) -> None:
    key = add(brand, "DSC_0012.jpg", pictures.photo(seed=5))
    page = b'<figure><img src="img/DSC_0012.jpg"><figcaption>Fishers mending nets</figcaption></figure>'
    brand.add("about.html", page)
    plan = made(brand, 'Poster with a photo of fishers mending nets and the headline "Open day"').outputs[0].plan
    assert plan.imagery is not None
    assert (plan.imagery.keys, plan.unmet) == ((key,), ())
    assert "what is said of it ('Fishers mending nets')" in plan.imagery.reason


@pytest.mark.slow
def test_a_photograph_inside_a_guide_is_shown_with_file_page_and_words_as_its_citation(brand: SampleBrand) -> None:
    guide = brand.add("photography.pdf", pdf_of(("Our photography", pictures.photo(640, 420), "Sailing boat at dawn")))
    record = made(brand, 'Poster with a photo of a sailing boat and the headline "Open day"')
    plan = record.outputs[0].plan
    assert plan.imagery is not None
    assert plan.imagery.evidence_sha256s == (guide.evidence_sha256,)
    assert plan.imagery.reason.startswith("a picture in photography.pdf, page 1, of the brand's own evidence")
    assert plan.picture_boxes_px
    assert record.guardrails_ok


def test_a_photograph_of_a_misuse_page_is_never_shown(brand: SampleBrand) -> None:
    brand.add("photography.pdf", pdf_of(("Misuse", pictures.photo(640, 420), "Sailing boat at dawn")))
    record = made(brand, 'Poster with a photo of a sailing boat and the headline "Open day"')
    assert record.outputs[0].plan.unmet == ("photo: sailing boat",)
