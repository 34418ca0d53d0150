import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from sgd_assets.documents.settled.keep import SettledFiles
from sgd_assets.renders.brand_files import BrandFiles
from sgd_assets.renders.model import RenderOutput, RenderRecord
from sgd_assets.renders.prove.replay import Changed, Replayed, replay, replay_under
from sgd_resources.errors import NotFound
from sgd_resources.font_shelf import font_shelf
from sgd_resources.postgres.rows.renders import Render
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import ORG, SampleBrand, request
from tests.sgd_assets.renders.prove.sealed_renders import sealed_render

WORDS = ("Open day", "Spring seeds, 20 % off", "Late opening on Friday: until 9 pm", "Ask us anything", "Closed")
SIZES = ("300x250", "540x540", "728x90", "320x568")


def _row(record: RenderRecord, output: RenderOutput) -> Render:
    told = output.model_dump(include={"index", "sha256", "key", "media_type", "width_px", "height_px", "size_bytes"})
    return Render(
        render_id=record.render_id,
        plan={},
        critique={},
        canon_version=record.canon_version,
        model_route="local",
        cost_usd_micros=0,
        verified_by="none",
        trace_id="t",
        created_at=datetime.now(UTC),
        unsigned_sha256=output.unsigned_sha256,
        **told,
    )


def _replayed(brand: SampleBrand, record: RenderRecord, at: int = 0) -> Replayed:
    row = _row(record, record.outputs[at])
    return replay(row, org_id=ORG, store=brand.store, jobs=FakeConfinedJobs())


@pytest.mark.parametrize("picture_format", ["png", "jpg", "webp"])
def test_a_picture_made_again_is_the_stored_file_to_the_byte(picture_format: str) -> None:
    brand = SampleBrand("larkfold")
    found = _replayed(brand, sealed_render(brand, request('Post "Open day"', "300x250", format=picture_format)))
    assert (found.is_unsigned_identical, found.is_identical) == (True, True)
    assert found.made_by == found.code_version


def test_a_picture_whose_logo_was_taken_back_cannot_be_made_again_and_says_so() -> None:
    brand = SampleBrand("larkfold")
    record = sealed_render(brand, request('Post "Open day"', "300x250"))
    logo = record.outputs[0].plan.logo_sha256
    for stored in list(brand.store.list(f"org/{ORG}/documents/{logo}/")):
        brand.store.delete(stored.key)
    with pytest.raises(NotFound, match="is gone"):
        _replayed(brand, record)


def test_an_unrecorded_picture_says_that_it_was_not_recorded() -> None:
    brand = SampleBrand("larkfold")
    record = sealed_render(brand, request('Post "Open day"', "300x250"))
    brand.store.delete(f"org/{ORG}/renders/{record.render_id}/recipes/0.json")
    with pytest.raises(NotFound, match="nothing was recorded"):
        _replayed(brand, record)


@pytest.mark.slow
def test_another_canon_shows_what_it_would_change_in_words_and_as_a_picture() -> None:
    brand = SampleBrand("larkfold")
    record = sealed_render(brand, request('Post "Open day"', "300x250"))
    same = _under(brand, record)
    assert same.changes == ()
    assert same.apart < 1
    brand.canon = brand.canon.model_copy(update={"palette_hex": ("#5B2A86", "#FFFFFF", "#111111"), "facts": ()})
    changed = _under(brand, record)
    assert any(line.startswith("palette_hex: ") and "#5B2A86" in line for line in changed.changes)
    assert changed.apart > 2
    sheet = Image.open(io.BytesIO(changed.shown))
    assert sheet.width > 3 * sheet.height


@pytest.mark.slow
def test_sixty_pictures_of_two_brands_are_made_again_to_the_byte() -> None:
    seen = 0
    for slug in ("larkfold", "kestrine"):
        brand = SampleBrand(slug)
        for number in range(15):
            words, size = WORDS[number % len(WORDS)], SIZES[number % len(SIZES)]
            body = request(f'Poster "{words}"', size, count=2, format=("png", "jpg", "webp")[number % 3])
            record = sealed_render(brand, body, render_id=f"00000000-0000-4000-8000-{number:012d}")
            for at in range(2):
                found = _replayed(brand, record, at)
                assert (found.is_unsigned_identical, found.is_identical) == (True, True), (slug, body, at)
                seen += 1
    assert seen == 60


def _under(brand: SampleBrand, record: RenderRecord) -> Changed:
    jobs = FakeConfinedJobs()
    files = BrandFiles.find(brand.evidence, SettledFiles(ORG, store=brand.store, jobs=jobs), font_shelf())
    row = _row(record, record.outputs[0])
    return replay_under(row, brand.canon, files, org_id=ORG, store=brand.store, jobs=jobs)
