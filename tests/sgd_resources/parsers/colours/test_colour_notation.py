import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.parsers.colours.colour_notation import find_colours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use #0A7 here", "#00AA77"),
        ("HEX 1b2c3d", "#1B2C3D"),
        ("Hex code: 1B2C3D", "#1B2C3D"),
        ("rgb(10, 20, 30)", "#0A141E"),
        ("rgba(10 20 30 / 50%)", "#0A141E"),
        ("rgb(100%, 0%, 50%)", "#FF0080"),
        ("RGB 10 / 20 / 30", "#0A141E"),
        ("RGB: 10, 20, 30", "#0A141E"),
        ("R 10 G 20 B 30", "#0A141E"),
        ("R10 G20 B30", "#0A141E"),
        ("10R 20G 30B", "#0A141E"),
        ("RGB 10;20;30", "#0A141E"),
        ("RGB 010.020.030", "#0A141E"),
        ("RVB 10 / 20 / 30", "#0A141E"),
        ("R10 V20 B30", "#0A141E"),
        ("Rot 10, Grün 20, Blau 30", "#0A141E"),
        ("Colour # 0a 14 1e", "#0A141E"),
        ("Colour: F3 E9 DC (hex)", "#F3E9DC"),
        ("RGB：10，20，30", "#0A141E"),
        ("＃ＦＦ５Ａ５Ｆ", "#FF5A5F"),
        ("#FF5\u200bA5F", "#FF5A5F"),
        ("HSB 120 100 50", "#008000"),
        ("R: 10\nG: 20\nB: 30", "#0A141E"),
        ("hsl(120, 100%, 25%)", "#008000"),
        (r"\definecolor{sea}{HTML}{1B2C3D}", "#1B2C3D"),
        (r"\definecolor{sea}{RGB}{10,20,30}", "#0A141E"),
        (r"\definecolor{sea}{rgb}{1,0,0.5}", "#FF0080"),
    ],
)
def test_a_written_colour_is_found_in_every_notation(text: str, expected: str) -> None:
    assert [mention.hex for mention in find_colours(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    ["C0 M50 Y100 K0", "CMYK 0, 50, 100, 0", "CMYK: 0 / 50 / 100 / 0", "C 0% M 50% Y 100% K 0%", "0c 50m 100y 0k"],
)
def test_four_inks_are_found_without_a_hex_because_that_needs_a_profile(text: str) -> None:
    (mention,) = find_colours(text)
    assert (mention.space, mention.hex, mention.components) == ("cmyk", None, (0, 0.5, 1, 0))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PANTONE 186 C", "PANTONE 186 C"),
        ("Pantone® 186C", "PANTONE 186 C"),
        ("PMS 3125", "PANTONE 3125"),
        ("PMS C 7460", "PANTONE 7460 C"),
        ("Pantone Cool Gray 11 C", "PANTONE Cool Gray 11 C"),
    ],
)
def test_spot_inks_are_named(text: str, name: str) -> None:
    assert [mention.spot_name for mention in find_colours(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "See issue #123 and #4567",
        "Ask in #12f-design",
        "Tagged #add and #fade",
        "facade decade 123456",
        "Call 555 123 4567",
        "&#8217;",
        "version 10.20.30",
        "https://example.org/page#abc",
    ],
)
def test_numbers_that_are_no_colours_are_left_alone(text: str) -> None:
    assert find_colours(text) == []


def test_bare_values_count_only_where_a_header_says_what_they_are() -> None:
    assert find_colours("10 20 30") == []
    assert [mention.hex for mention in find_colours("10 20 30", hint="RGB")] == ["#0A141E"]
    assert find_colours("1B2C3D") == []
    assert [mention.hex for mention in find_colours("1B2C3D", hint="Hex Code")] == ["#1B2C3D"]
    assert [mention.spot_name for mention in find_colours("3125", hint="PMS")] == ["PANTONE 3125"]


@given(st.text(max_size=200), st.sampled_from(["", "RGB", "hex", "CMYK", "PMS"]))
def test_mentions_are_ordered_substrings_that_do_not_overlap(text: str, hint: str) -> None:
    end = 0
    for mention in find_colours(text, hint=hint):
        assert mention.start >= end
        assert text[mention.start : mention.end].startswith(mention.text)
        end = mention.end


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_any_hex_reads_back_as_itself(red: int, green: int, blue: int) -> None:
    written = f"#{red:02X}{green:02X}{blue:02X}"
    assert [mention.hex for mention in find_colours(f"The colour {written}.")] == [written]


@pytest.mark.parametrize("text", ["C100 M63 J16 N78", "CMJN 100 / 63 / 16 / 78", "CMAN 100, 63, 16, 78"])
def test_inks_are_read_in_the_letters_of_other_languages(text: str) -> None:
    assert [mention.components for mention in find_colours(text)] == [(1.0, 0.63, 0.16, 0.78)]


@pytest.mark.parametrize("text", ["Room # 12 34 56", "A 10 V 20 B 30", "1.010.037.064"])
def test_digits_that_no_word_calls_a_colour_are_left_alone(text: str) -> None:
    assert find_colours(text) == []


def test_a_value_with_unseen_characters_is_quoted_as_it_is_written() -> None:
    text = "Sand\u200b #F3\u200bE9DC, then #0A2540"
    assert [(mention.text, text[mention.start : mention.end]) for mention in find_colours(text)] == [
        ("#F3\u200bE9DC", "#F3\u200bE9DC"),
        ("#0A2540", "#0A2540"),
    ]


def test_a_sign_behind_the_digits_counts_in_a_line_from_right_to_left() -> None:
    assert [mention.hex for mention in find_colours("FF5A60# :\u05d0\u05dc\u05de\u05d5\u05d2")] == ["#FF5A60"]
    assert find_colours("see FF5A60# there") == []
