"""The handed cases of words that are hard to set, each by its id: what stands on the picture, in which lines."""

import json
import os
from pathlib import Path

import pytest

from sgd_assets.renders import picture_job
from sgd_assets.renders.compose.layouts.lay_out import lay_out
from sgd_assets.renders.compose.parts.canvas import Kit
from sgd_assets.renders.compose.scene import Scene, TextPlacement
from sgd_assets.renders.model import RenderOutput, RenderPlan
from sgd_resources import font_shelf as shelf_module
from sgd_resources.drawing.faces import WheelFontLibrary
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.errors import ValidationFailed
from sgd_resources.font_packs import pack_files
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

CASES = Path(os.environ.get("SGD_SHARED", "")) / "cases" / "public"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "SGD_SHARED" not in os.environ or not CASES.is_dir(),
        reason="the handed cases are not part of the project; set SGD_SHARED to their folder",
    ),
]
POSTER, BANNER = "540x675", "728x90"
OWN_FONTS = {"hebrew": "Noto Sans Hebrew", "arabic": "Noto Sans Arabic", "japanese": "Noto Sans JP"}


class Case:
    """One handed case, and the picture that is made of it."""

    def __init__(self, name: str) -> None:
        [self.folder] = CASES.glob(f"{name}-*")
        self.instruction = json.loads((self.folder / "request.json").read_text("utf-8"))["prompts"]["instruction"]
        self.right = json.loads((self.folder / "expect.json").read_text("utf-8"))["right"]
        self.words = self.instruction.split('"')[1]
        self.scenes: list[Scene] = []
        self.brand = SampleBrand("larkfold")

    def made(self) -> RenderOutput:
        size = BANNER if "banner" in self.folder.name else POSTER
        return render(self.brand, request(self.instruction, size), FakeConfinedJobs()).outputs[0]

    @property
    def headline(self) -> TextPlacement:
        return next(text for text in self.scenes[-1].texts if text.role in ("headline", "url"))

    @property
    def lines(self) -> list[str]:
        return list(self.headline.text.lines)


@pytest.fixture
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case by its id; where its name says whose font it is, no other font of its script is installed."""
    handed = Case(request.param)

    def laid(plan: RenderPlan, kit: Kit) -> Scene:
        handed.scenes.append(lay_out(plan, kit))
        return handed.scenes[-1]

    monkeypatch.setattr(picture_job, "lay_out", laid)
    name = handed.folder.name
    if name.endswith("-font"):
        if name.endswith("own-font"):
            family = next(family for script, family in OWN_FONTS.items() if script in name)
            handed.brand.add("own.ttf", dict(pack_files())[family].read_bytes())
        monkeypatch.setattr(shelf_module, "pack_files", lambda: iter(()))
        monkeypatch.setattr("sgd_assets.renders.compose.type.settable.has_packs", lambda: False)
        painter = ResvgPainter(fonts=WheelFontLibrary())
        monkeypatch.setattr(picture_job, "_painter", lambda: painter)
    return handed


def _keeps_every_rule(output: RenderOutput) -> bool:
    return (output.plan.unmet, output.critique.violations) == ((), ())


@pytest.mark.parametrize("case", ["30c", "30d"], indirect=True)
def test_words_of_two_directions_stand_whole_in_the_brands_own_font(case: Case) -> None:
    output = case.made()
    assert _keeps_every_rule(output)
    assert output.plan.headline == case.words
    shown = " ".join(case.lines)
    assert [piece for piece in case.right.split(", ") if piece not in shown] == []
    assert case.headline.text.direction == "rtl"


@pytest.mark.parametrize("case", ["30g", "30h"], indirect=True)
def test_words_without_a_font_are_refused_and_no_picture_is_made(case: Case) -> None:
    with pytest.raises(ValidationFailed) as refused:
        case.made()
    assert "fonts-intl" in refused.value.details["mend"]
    assert case.scenes == []


@pytest.mark.parametrize("case", ["30i", "30j"], indirect=True)
def test_japanese_is_broken_between_characters_and_nothing_is_lost(case: Case) -> None:
    assert _keeps_every_rule(case.made())
    assert "".join(case.lines) == case.words
    assert len(case.lines) > 1
    assert not any(line.startswith(("。", "、")) for line in case.lines)


@pytest.mark.parametrize("case", ["30k"], indirect=True)
def test_an_address_is_broken_at_its_slashes_or_refused(case: Case) -> None:
    output = case.made()
    assert "".join(case.lines) == case.words
    assert all(line.endswith("/") for line in case.lines[:-1])
    assert output.critique.violations == ()


@pytest.mark.parametrize("case", ["30n"], indirect=True)
def test_hindi_is_shaped(case: Case) -> None:
    assert _keeps_every_rule(case.made())
    assert " ".join(case.lines) == case.words
    text = case.headline.text
    runs = [run for line in text.placed(0, 0) for run, _, _ in line.runs]
    letter_by_letter = sum(run.face.advance_em(letter, run.shaping) for run in runs for letter in run.text)
    assert sum(run.face.advance_em(run.text, run.shaping) for run in runs) < letter_by_letter


@pytest.mark.parametrize("case", ["30q"], indirect=True)
def test_markup_stands_as_it_is_written(case: Case) -> None:
    assert _keeps_every_rule(case.made())
    assert "".join(case.lines).replace(" ", "") == case.words.replace(" ", "")  # a line may end behind a stroke


@pytest.mark.parametrize("case", ["30s"], indirect=True)
def test_controls_of_direction_turn_nothing_round_and_are_told(case: Case) -> None:
    output = case.made()
    assert _keeps_every_rule(output)
    assert not any(ord(letter) in range(0x202A, 0x202F) for line in case.lines for letter in line)
    assert "".join(case.lines).replace(" ", "").replace("\u200b", "") == "OpenStudioNightnow"
    assert case.headline.text.direction == "ltr"
    assert any("U+202E" in note for note in output.plan.notes)


@pytest.mark.parametrize("case", ["30t"], indirect=True)
def test_line_ends_of_every_kind_break_lines(case: Case) -> None:
    assert _keeps_every_rule(case.made())
    assert case.lines == ["Open studio", "night", "now"]


def test_every_handed_case_of_words_has_its_test() -> None:
    tried = {"30c", "30d", "30g", "30h", "30i", "30j", "30k", "30n", "30q", "30s", "30t"}
    assert {path.name.partition("-")[0] for path in CASES.glob("30*")} == tried
