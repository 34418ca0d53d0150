import pytest

from sgd_assets.canon.sides.marks import mark_of, without_mark


@pytest.mark.parametrize(
    ("line", "side", "bare"),
    [
        ("✗ Stretch the logo", "dont", "Stretch the logo"),
        ("❌ **Stretch** it", "dont", "Stretch** it"),
        ("✖️ Tilt it", "dont", "Tilt it"),
        ("- :x: Shout", "dont", "Shout"),
        ("× Crop it", "dont", "Crop it"),
        ("✔ Keep it upright", "do", "Keep it upright"),
        ("☑ Keep it", "do", "Keep it"),
        (":white_check_mark: Keep it", "do", "Keep it"),
        ("Keep it ✓", None, "Keep it ✓"),
        ("×2 scale", None, "×2 scale"),
        ("x marks the spot", None, "x marks the spot"),
        ("", None, ""),
    ],
)
def test_the_mark_in_front_of_a_line_takes_its_side(line: str, side: str | None, bare: str) -> None:
    assert (mark_of(line), without_mark(line)) == (side, bare)
