import pytest

from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.model import RenderRecord
from sgd_assets.renders.render import render_request
from sgd_resources.contracts import faults
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.errors import ValidationFailed
from sgd_resources.font_shelf import font_shelf
from sgd_resources.ports import Raster
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import ORG, RENDER_ID, SampleBrand, canon_of, request

PAINTER = ResvgPainter()


def _render(brand: SampleBrand, body: dict[str, object], *, render_id: str = RENDER_ID) -> RenderRecord:
    return render_request(
        body, brand.canon, org_id=ORG, render_id=render_id, canon_version=brand.canon.version, evidence=brand.evidence,
        store=brand.store, jobs=FakeConfinedJobs(), fonts=font_shelf(),
    )  # fmt: skip


@pytest.fixture
def brand() -> SampleBrand:
    return SampleBrand("larkfold")


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
@pytest.mark.parametrize("size", ["540x540", "960x540", "540x960", "728x90", "300x250", "160x600"])
def test_every_format_keeps_every_rule_with_both_sample_brands(slug: str, size: str) -> None:
    record = _render(SampleBrand(slug), request('Post "Open day" and "Saturday 12 June"', size, count=3))
    assert [output.critique.violations for output in record.outputs] == [(), (), ()]
    assert all(output.critique.measurements["palette_share_ratio"] > 0.99 for output in record.outputs)
    assert record.guardrails_ok


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
def test_an_icon_keeps_every_rule_and_names_the_words_it_has_no_room_for(slug: str) -> None:
    record = _render(SampleBrand(slug), request('Post "Open day" and "Saturday 12 June"', "64x64", count=3))
    assert [output.critique.violations for output in record.outputs] == [(), (), ()]
    assert {output.plan.unmet for output in record.outputs} == {("body: Saturday 12 June: no room at 64x64",)}
    assert not record.guardrails_ok


def test_the_same_request_gives_the_same_bytes_under_any_render_id(brand: SampleBrand) -> None:
    other = RENDER_ID.replace("1", "2")
    first = _render(brand, request("Poster about spring seeds", count=2))
    second = _render(brand, request("Poster about spring seeds", count=2), render_id=other)
    assert [output.sha256 for output in first.outputs] == [output.sha256 for output in second.outputs]
    assert first.outputs[0].key != second.outputs[0].key


@pytest.mark.slow
def test_variations_differ(brand: SampleBrand) -> None:
    record = _render(brand, request('Post "Open day"', count=6))
    assert len({output.sha256 for output in record.outputs}) == 6


def test_what_is_stored_is_what_the_record_says(brand: SampleBrand) -> None:
    output = _render(brand, request('Post "Open day"', "320x480")).outputs[0]
    stored = brand.store.get(output.key)
    picture = PAINTER.decode(stored)
    assert (picture.width_px, picture.height_px) == (320, 480) == (output.width_px, output.height_px)
    assert len(stored) == output.size_bytes
    assert output.key == f"org/{ORG}/public/renders/{RENDER_ID}/0.png"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("picture_format", "magic"), [("png", b"\x89PNG"), ("jpg", b"\xff\xd8\xff"), ("webp", b"RIFF")]
)
def test_each_format_is_delivered_and_judged_as_delivered(
    brand: SampleBrand, picture_format: str, magic: bytes
) -> None:
    record = _render(brand, request('Post "Open day"', format=picture_format))
    assert brand.store.get(record.outputs[0].key).startswith(magic)
    assert record.guardrails_ok


def test_the_record_meets_its_contract(brand: SampleBrand) -> None:
    record = _render(brand, request('Post "Open day"'))
    assert faults("render_record", record.model_dump(mode="json")) == []
    assert faults("render_plan", record.outputs[0].plan.model_dump(mode="json")) == []


def test_a_reference_is_put_in_the_picture_and_spared_by_the_palette_rule(brand: SampleBrand) -> None:
    violet = Raster(64, 64, bytes((140, 20, 200, 255)) * 64 * 64)
    item = brand.add("photo.png", PAINTER.encode(violet, "png"))
    record = _render(brand, request('Post "Open day"', references=[item.key]))
    output = record.outputs[0]
    x0, y0, x1, y1 = output.plan.picture_boxes_px[0]
    picture = PAINTER.decode(brand.store.get(output.key))
    middle = (int((y0 + y1) / 2) * picture.width_px + int((x0 + x1) / 2)) * 4
    assert tuple(picture.rgba[middle : middle + 3]) == (140, 20, 200)
    assert record.guardrails_ok


def test_an_edit_writes_on_its_picture_and_says_that_it_repaints_nothing(brand: SampleBrand) -> None:
    item = brand.add("photo.png", PAINTER.encode(Raster(32, 32, bytes((9, 90, 60, 255)) * 1024), "png"))
    record = _render(brand, request('Add the line "Open day"', task="edit", references=[item.key]))
    plan = record.outputs[0].plan
    assert plan.layout == "bleed_foot"
    assert plan.picture_boxes_px == ((0.0, 0.0, 540.0, 540.0),)
    assert "local_edit" in plan.ops
    assert any("does not repaint" in note for note in plan.notes)


@pytest.mark.parametrize(
    "key",
    [
        f"org/{ORG}/evidence/{'0' * 64}",
        "org/other/evidence/" + "0" * 64,
        "https://pictures.example/a.png",
        f"org/{ORG}/public/renders/../../x",
    ],
)
def test_an_unknown_reference_is_refused_with_its_path(brand: SampleBrand, key: str) -> None:
    with pytest.raises(ValidationFailed) as caught:
        _render(brand, request('Post "Open day"', references=[key]))
    assert caught.value.details["path"] == "$.prompts.references[0]"


def test_an_edit_without_a_picture_is_refused(brand: SampleBrand) -> None:
    with pytest.raises(ValidationFailed, match="needs the picture"):
        _render(brand, request("Make it brighter", task="edit"))


def test_a_body_that_breaks_the_contract_writes_nothing(brand: SampleBrand) -> None:
    brand.store.writes.clear()
    with pytest.raises(ValidationFailed):
        _render(brand, request('Post "Open day"', "axb"))
    assert brand.store.writes == []


def test_letters_that_no_font_has_are_refused_by_name_and_nothing_is_written(brand: SampleBrand) -> None:
    brand.store.writes.clear()
    with pytest.raises(ValidationFailed, match="sets Egyptian in the headline") as refused:
        _render(brand, request('Post "Open \U00013080"'))
    assert refused.value.details["path"] == "$.copy.headline"
    assert refused.value.details["characters"] == ["U+13080 EGYPTIAN HIEROGLYPH D010"]
    assert [key for key in brand.store.writes if "/public/" in key] == []


def test_a_pictograph_that_no_font_has_is_left_out_and_said(brand: SampleBrand) -> None:
    record = _render(brand, request('Post "Open \U0001fae9 day"'))
    assert record.outputs[0].plan.headline == "Open day"
    assert record.outputs[0].plan.unmet == ("headline: no installed font has \U0001fae9, left out",)
    assert not record.guardrails_ok


def test_an_org_without_a_logo_still_gets_its_picture() -> None:
    brand = SampleBrand("larkfold")
    record = render_request(
        request('Post "Open day"'), brand.canon, org_id=ORG, render_id=RENDER_ID, canon_version=brand.canon.version,
        evidence=EvidenceManifest(org_id=ORG), store=brand.store, jobs=FakeConfinedJobs(), fonts=font_shelf(),
    )  # fmt: skip
    assert record.outputs[0].plan.logo_sha256 is None
    assert any("no logo file" in note for note in record.outputs[0].plan.notes)


@pytest.mark.parametrize(
    ("palette", "fonts", "missing"), [((), ("Inter",), "palette_hex"), (("#112233", "#FFFFFF"), (), "fonts")]
)
def test_an_incomplete_canon_is_refused_and_what_is_missing_named(
    brand: SampleBrand, palette: tuple[str, ...], fonts: tuple[str, ...], missing: str
) -> None:
    brand.canon = canon_of(palette, fonts)
    with pytest.raises(ValidationFailed) as caught:
        _render(brand, request('Post "Open day"'))
    assert caught.value.details["missing"] == missing
