from hypothesis import given, settings
from hypothesis import strategies as st

from sgd_assets.renders.compose.typeset import Faces, fit, flow, line_width
from sgd_resources.drawing.faces import build_font_library

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzÄéß", min_size=1, max_size=14), min_size=1, max_size=14).map(
    " ".join
)


def _words(lines: tuple[str, ...]) -> list[str]:
    """The words of set lines; a word that did not fit a line is put together again."""
    return "".join(line.removesuffix("-") if line.endswith("-") else f"{line} " for line in lines).split()


def _faces(*families: str) -> Faces:
    faces = [build_font_library().face(family, weight=500) for family in families]
    return tuple(face for face in faces if face is not None)


@settings(max_examples=25, deadline=None)
@given(text=WORDS, width=st.floats(40, 900), height=st.floats(30, 600))
def test_fitted_text_never_leaves_its_box_and_loses_no_word(text: str, width: float, height: float) -> None:
    made = fit(text, _faces("Inter"), width=width, height=height, largest=200, smallest=8, leading=1.1)
    assert _words(made.lines) == text.split()
    assert made.width_px <= width + 0.01
    assert made.height_px <= height + 0.01


@settings(max_examples=25, deadline=None)
@given(text=WORDS, width=st.floats(60, 700), height=st.floats(30, 500))
def test_flowed_text_keeps_its_width_and_every_word(text: str, width: float, height: float) -> None:
    made = flow(text, _faces("Lato"), width=width, height=height, size=22, smallest=9, leading=1.4)
    assert _words(made.lines) == text.split()
    assert made.width_px <= width + 0.01 or made.size_px < 3


def test_lines_are_balanced() -> None:
    made = fit("one two three four", _faces("Inter"), width=100, height=60, largest=30, smallest=8, leading=1.1)
    widths = [line_width(line, made.faces, 1, 0) for line in made.lines]
    assert max(widths) < 2 * min(widths)


def test_a_glyph_the_face_lacks_is_taken_from_the_next_one() -> None:
    made = fit("Привет", _faces("Poppins", "Noto Sans"), width=400, height=80, largest=40, smallest=8, leading=1.1)
    assert made.missing == ()
    assert "<path" in made.svg(0, 0, "#000000")


def test_a_glyph_nobody_has_is_reported() -> None:
    assert fit(
        "日", _faces("Poppins", "Noto Sans"), width=99, height=99, largest=40, smallest=8, leading=1
    ).missing == ("日",)
