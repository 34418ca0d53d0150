import pytest

from sgd_api.canon_page.contrast import contrast_matrix, grade_of, readable_on


@pytest.mark.parametrize(
    ("ratio", "grade"), [(21.0, "AAA"), (7.0, "AAA"), (6.99, "AA"), (4.5, "AA"), (4.49, "AA large"), (2.99, "fails")]
)
def test_grades_follow_wcag(ratio: float, grade: str) -> None:
    assert grade_of(ratio) == grade


def test_white_and_black_stand_beside_the_palette_once() -> None:
    matrix = contrast_matrix(("#FFFFFF", "#1E4D3A"))
    assert matrix.colours == ("#FFFFFF", "#1E4D3A", "#000000")
    assert [len(pairs) for _, pairs in matrix.rows] == [3, 3, 3]


def test_a_colour_on_itself_is_no_pair() -> None:
    for ground, pairs in contrast_matrix(("#1E4D3A",)).rows:
        assert [p is None for p in pairs].count(True) == 1
        assert all(p.ground_hex == ground for p in pairs if p is not None)


def test_a_ratio_is_never_rounded_up_into_a_pass() -> None:
    # #777777 on white measures 4.48
    pair = next(p for p in contrast_matrix(("#777777",)).rows[1][1] if p is not None and p.text_hex == "#777777")
    assert (pair.ratio, pair.grade) == ("4.4", "AA large")


def test_long_palettes_are_cut_and_say_so() -> None:
    palette = tuple(f"#0000{n:02X}" for n in range(1, 31))
    matrix = contrast_matrix(palette)
    assert (len(matrix.colours), matrix.left_out) == (14, 18)


def test_words_on_a_swatch_take_the_clearer_ink() -> None:
    assert (readable_on("#FFD200"), readable_on("#1B1130")) == ("#000000", "#FFFFFF")
