"""Text of other scripts as it is set: lines, order, side, faces."""

import pytest

from sgd_assets.renders.compose.type.fit import fit
from sgd_assets.renders.compose.type.flow import flow
from sgd_assets.renders.compose.type.missing import Faces
from sgd_assets.renders.compose.type.runs import runs_of
from sgd_assets.renders.compose.type.set_text import SetText
from sgd_assets.renders.compose.typefaces import choose_font, open_faces
from sgd_resources.drawing.faces import build_font_library


def _faces(text: str) -> Faces:
    library = build_font_library()
    choice = choose_font("Inter", weight=600, brand_fonts=(), fonts=library)
    return open_faces(choice, is_display=True, brand_fonts=(), fonts=library, text=text)


def _set(text: str, width: float = 400, height: float = 400, largest: float = 60) -> SetText:
    return fit(text, _faces(text), width=width, height=height, largest=largest, smallest=12, leading=1.1)


@pytest.mark.parametrize(
    "text",
    [
        "ליל הסטודיו הפתוח", "خصم 25% حتى الجمعة", "स्टूडियो की खुली रात", "สตูดิโอเปิดบ้านคืนวันเสาร์นี้",
        "春の新作コレクションがついに登場しました。", "봄 신상품 컬렉션", "春季新品發表會",
    ],
)  # fmt: skip
def test_every_letter_has_a_face_and_keeps_to_its_box(text: str) -> None:
    made = _set(text)
    assert made.missing == ()
    assert made.width_px <= 400.01
    assert made.height_px <= 400.01
    assert "".join("".join(made.lines).split()) == "".join(text.split())


def test_arabic_letters_join() -> None:
    face = next(face for face in _faces("سلام") if not face.missing("سلام"))
    apart = sum(face.advance_em(letter) for letter in "سلام")
    assert face.advance_em("سلام") < 0.9 * apart


def test_text_from_right_to_left_ends_flush_right() -> None:
    made = _set("ليلة الاستوديو المفتوح 2026 في المدينة", width=260)
    assert (made.direction, len(made.lines) > 1) == ("rtl", True)
    assert made.left(100, "end") == pytest.approx(100 - made.width_px)


def test_an_address_is_broken_behind_a_slash_and_nothing_is_lost() -> None:
    text = "https://www.fairwater.example/campaigns/registration"
    made = _set(text, width=200)
    assert "".join(made.lines) == text
    starts = made.lines[1:]
    assert all(line.startswith(".") or before.endswith("/") for before, line in zip(made.lines, starts, strict=False))


def test_what_does_not_fit_at_a_legible_size_says_so_and_is_whole() -> None:
    text = "Every word of this is wanted and not one of them may be lost on the way"
    made = flow(text, _faces(text), width=60, height=40, size=14, smallest=12, leading=1.3)
    assert made.is_too_small
    assert "".join(line.rstrip("-") for line in made.lines).replace(" ", "") == text.replace(" ", "")


def test_a_long_word_that_would_make_a_headline_tiny_is_hyphenated() -> None:
    made = _set("Donaudampfschifffahrtsgesellschaft", width=300, largest=80)
    assert made.lines[0].endswith("-")
    assert made.size_px > 24


def test_a_space_behind_a_pictograph_is_as_wide_as_between_words() -> None:
    faces = _faces("a 🎉 b")
    runs = runs_of("a 🎉 b", (0,) * 5, faces, 0.0, None)
    assert [run.text for run in runs if run.face is not faces[0]] == ["🎉"]


def test_a_mark_over_a_capital_stays_in_the_box() -> None:
    plain, marked = _set("Ubung"), _set("Übung")
    assert marked.rise_em is not None
    assert marked.cap_px / marked.size_px > plain.cap_px / plain.size_px + 0.05
    assert marked.leading == plain.leading


def test_the_language_that_is_told_decides_where_a_word_is_hyphenated() -> None:
    word = "Internationalisierung"
    lines = {
        language: fit(
            word, _faces(word), width=150, height=400, largest=60, smallest=12, leading=1.1, language=language
        ).lines
        for language in ("de", "en")
    }
    assert lines["de"] != lines["en"]
