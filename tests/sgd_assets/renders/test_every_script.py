"""Copy of any script on a picture: set in the brand's own font, a lent one, or refused by name; never empty boxes."""

from pathlib import Path

import pytest

from sgd_assets.renders import picture_job
from sgd_assets.renders.model import RenderOutput
from sgd_assets.renders.picture_files import PictureFiles
from sgd_assets.renders.pictures import check_words
from sgd_resources import font_shelf as shelf_module
from sgd_resources.drawing.faces import WheelFontLibrary
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.errors import ValidationFailed
from sgd_resources.font_packs import pack_files
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

pytestmark = pytest.mark.slow

PACKS = dict(pack_files())


@pytest.fixture
def brand() -> SampleBrand:
    return SampleBrand("larkfold")


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where `fonts-intl` is not installed."""
    monkeypatch.setattr(shelf_module, "pack_files", lambda: iter(()))
    monkeypatch.setattr("sgd_assets.renders.compose.type.settable.has_packs", lambda: False)
    painter = ResvgPainter(fonts=WheelFontLibrary())
    monkeypatch.setattr(picture_job, "_painter", lambda: painter)


def _made(brand: SampleBrand, instruction: str, size: str = "270x338") -> RenderOutput:
    return render(brand, request(instruction, size), FakeConfinedJobs()).outputs[0]


def _add_font(brand: SampleBrand, family: str, name: str) -> None:
    path: Path = PACKS[family]
    brand.add(name, path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "לילה Open Studio פתוח", "תערוכה 30% הנחה עד 15/09/2027", "عرض 30% حتى 15/09/2027 (49.90 ريال)",
        "कार्यशाला की शाम", "คืนเปิดเวิร์กช็อปวันศุกร์", "秋の新しい工房がいよいよ始まります。", "가을 공방의 밤",
        "Мастерская ночью", "Εργαστήριο",
    ],
)  # fmt: skip
def test_copy_of_a_script_stands_whole_and_keeps_every_rule(brand: SampleBrand, words: str) -> None:
    made = _made(brand, f'Poster: "{words}"')
    assert made.plan.headline == words
    assert (made.plan.unmet, made.critique.violations) == ((), ())


@pytest.mark.parametrize(
    ("words", "script"), [("ليلة الورشة الجديدة", "Arabic"), ("秋の工房、いよいよ開店です。", "Japanese")]
)
@pytest.mark.usefixtures("without_extra")
def test_without_a_font_the_script_is_refused_with_what_to_install(brand: SampleBrand, words: str, script: str) -> None:
    with pytest.raises(ValidationFailed, match=script) as refused:
        _made(brand, f'Poster: "{words}"')
    assert refused.value.details["path"] == "$.copy.headline"
    assert script in refused.value.details["scripts"]
    assert "fonts-intl" in refused.value.details["mend"]
    assert all(character.startswith("U+") for character in refused.value.details["characters"])


@pytest.mark.usefixtures("without_extra")
def test_a_font_among_the_evidence_sets_its_script_though_the_canon_names_another(brand: SampleBrand) -> None:
    _add_font(brand, "Noto Sans Hebrew", "own-hebrew.ttf")
    made = _made(brand, 'Poster: "ערב Workshop חדש"')
    assert (made.plan.headline, made.plan.unmet, made.critique.violations) == ("ערב Workshop חדש", (), ())


@pytest.mark.slow
@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize("size", ["270x338", "728x90"])
def test_japanese_in_the_brands_own_font_stands_in_lines(brand: SampleBrand, size: str) -> None:
    _add_font(brand, "Noto Sans JP", "own-japanese.ttf")
    made = _made(brand, 'Poster: "秋の新しい工房がいよいよ始まります。ぜひお立ち寄りください。"', size)
    assert (made.plan.unmet, made.critique.violations) == ((), ())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("quoted", "headline"),
    [
        (
            "<i>Late</i> & <script>go(1)</script> show &amp; tell",
            "<i>Late</i> & <script>go(1)</script> show &amp; tell",
        ),
        ("Late\u202eShow\u202c today", "LateShow today"),
        ("Late show\r\nfor all", "Late show\r\nfor all"),
        ("https://www.fairwater.example/campaigns/registration/early", None),
    ],
)
def test_markup_controls_and_line_ends_in_copy_are_harmless(
    brand: SampleBrand, quoted: str, headline: str | None
) -> None:
    made = _made(brand, f'Poster: "{quoted}"')
    assert made.plan.headline == (headline or quoted)
    assert made.critique.violations == ()
    assert any("U+202E" in note for note in made.plan.notes) is ("\u202e" in quoted)


def test_letters_without_a_font_are_found_before_anything_is_ordered_and_latin_asks_nobody(brand: SampleBrand) -> None:
    jobs = FakeConfinedJobs()
    plan = _made(brand, 'Post "Open day"').plan
    check_words(plan, lambda _: PictureFiles(), jobs)
    assert jobs.called == []
    check_words(plan.model_copy(update={"body": "Дом"}), lambda _: PictureFiles(), jobs)
    with pytest.raises(ValidationFailed, match="Egyptian in the body"):
        check_words(plan.model_copy(update={"body": "\U00013080"}), lambda _: PictureFiles(), jobs)
    assert jobs.called == ["sgd_assets.renders.picture_job:check_words"] * 2
