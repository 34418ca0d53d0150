"""Pictures judged from their pixels alone: our own, sent back in any format, break nothing; spoiled ones do."""

import io
from functools import lru_cache

import pytest
from PIL import Image, ImageDraw, ImageFilter

from sgd_assets.renders.compliance.case import Expected
from sgd_assets.renders.compliance.judging import Judgement, judge_candidate
from sgd_assets.renders.compliance.policy import compliance_policy, profile_of
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

COPY = ("Open day", "Saturday")
pytestmark = pytest.mark.slow


@lru_cache(maxsize=4)
def _own(slug: str, size: str) -> tuple[SampleBrand, bytes]:
    brand = SampleBrand(slug)
    record = render(brand, request(f'Post "{COPY[0]}" "{COPY[1]}"', size), FakeConfinedJobs())
    return brand, brand.store.get(record.outputs[0].key)


def _judged(brand: SampleBrand, picture: bytes, expected: Expected = Expected(lines=COPY)) -> Judgement:
    return judge_candidate(
        picture, brand.canon, jobs=FakeConfinedJobs(), profile=profile_of(compliance_policy()), max_pixels=4_000_000,
        logos=brand.files.logos_with_data(4), names=("Larkfold", "Kestrine"), expected=expected,
    )  # fmt: skip


def _saved(image: Image.Image, kind: str = "PNG", **options: int) -> bytes:
    sink = io.BytesIO()
    image.convert("RGB").save(sink, kind, **options)
    return sink.getvalue()


def _rules(judged: Judgement) -> set[str]:
    return {finding.rule for finding in judged.critique.findings if finding.severity == "violation"}


@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
@pytest.mark.parametrize(("kind", "quality"), [("PNG", 0), ("JPEG", 60), ("JPEG", 95), ("WEBP", 75)])
def test_an_own_render_that_is_sent_back_breaks_nothing(slug: str, kind: str, quality: int) -> None:
    brand, picture = _own(slug, "1080x1080")
    options = {"quality": quality} if quality else {}
    assert _judged(brand, _saved(Image.open(io.BytesIO(picture)), kind, **options)).critique.violations == ()


@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
def test_what_is_spoiled_is_found_by_its_rule(slug: str) -> None:
    brand, picture = _own(slug, "1080x1080")
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    assert _rules(_judged(brand, _saved(image.filter(ImageFilter.GaussianBlur(3))))) >= {"blur"}
    assert _rules(_judged(brand, _saved(image, "JPEG", quality=15))) >= {"jpeg_artefacts"}
    assert _rules(_judged(brand, _saved(image), Expected(COPY, 1080, 1350))) == {"dimensions"}
    assert _rules(_judged(brand, _saved(image), Expected(COPY, formats=("webp",)))) == {"format"}
    stray = image.copy()
    ImageDraw.Draw(stray).rectangle((0, 900, 170, 1079), fill=(230, 0, 230))
    assert "off_palette_region" in _rules(_judged(brand, _saved(stray)))
