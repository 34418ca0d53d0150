"""The bulk reader says what pikepdf's parser says, or nothing."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.parsers.pdf.ink.paths import Outline, joined
from sgd_resources.parsers.pdf.ink.tokens import (
    PAINT_PATH,
    PATH,
    Instruction,
    by_pikepdf,
    read_instructions,
    scan,
    written,
)
from sgd_resources.parsers.pdf.pages.geometry import Box

pytestmark = pytest.mark.slow

LIMIT = 1000
NUMBER = st.one_of(
    st.integers(-2000, 2000).map(str),
    st.decimals(-2000, 2000, places=3).map(str),
    st.sampled_from(["0", "-0", "+5", ".5", "-.25", "5.", "007", "0.50", "00.1"]),
)
SPACE = st.sampled_from([" ", "\n", "\r\n", "\t", "  "])
BREAK = st.one_of(SPACE, st.just(" % (no string\n"))
STRING = st.sampled_from(["(a)", "()", "(a(b)c)", r"(\()", r"(\\)", "(% m l)", "(1 0 0 rg)", "<>", "<48 6>", "(a\nb)"])
NAME = st.sampled_from(["/A", "/Cs1", "/PANTONE#20186#20C", "/a.b-c", "/"])
BAD = st.sampled_from(["((", ")", "<<", "]", "1.2.3", "--1", "null", "/#zz", "BI /W 1 ID x EI", "{", "\x80", "12 m"])


@st.composite
def instructions(draw: st.DrawFn) -> str:
    operator, size = draw(
        st.sampled_from(
            [
                *(
                    ("m", 2),
                    ("l", 2),
                    ("c", 6),
                    ("v", 4),
                    ("y", 4),
                    ("h", 0),
                    ("re", 4),
                    ("cm", 6),
                    ("w", 1),
                    ("Td", 2),
                ),
                *(("w", 1), ("Td", 2), ("g", 1), ("RG", 3), ("k", 4), ("scn", 3), ("Tr", 1)),
                *((operator, 0) for operator in ("q", "Q", "f", "f*", "n", "W", "B*", "BT", "ET", "EMC", "T*")),
            ]
        )
    )
    words = [*(draw(NUMBER) for _ in range(size)), operator]
    text = draw(
        st.one_of(
            st.just(words),
            st.tuples(STRING, st.sampled_from(["Tj", "'"])),
            st.tuples(st.just("["), STRING, NUMBER, STRING, st.just("]"), st.just("TJ")),
            st.tuples(NAME, st.sampled_from(["gs", "Do", "sh", "cs", "scn", "BMC"])),
            st.tuples(NAME, st.just("<</MCID 3 /A [1 (b)]>>"), st.just("BDC")),
            st.tuples(st.just("[3 1] 0"), st.just("d")),
        )
    )
    return draw(SPACE).join(text) + draw(BREAK)


def summed_up(found: list[Instruction]) -> list[object]:
    """What must agree: a path's points in any order, operands as text, counts of operators."""
    said: list[object] = []
    path: list[Outline] = []
    for operator, operands, outline, count in found:
        if operator == PATH and outline:
            path.append(outline)
        elif operator in PAINT_PATH:
            said.append((operator, _points(path), count))
            path = []
        else:
            said.append((operator, written(operands), count))
    return [*said, _points(path)]


def _points(path: list[Outline]) -> tuple[Box, list[tuple[float, float]]] | None:
    if not path:
        return None
    outline = joined(path)
    return outline.box, sorted(outline.points())


def by_parser(data: bytes) -> list[Instruction]:
    with pikepdf.new() as document:
        return list(by_pikepdf(document.make_stream(data)))


@pytest.mark.slow
@given(st.lists(instructions(), max_size=12))
def test_whatever_is_written_well_is_read_in_bulk_and_alike(lines: list[str]) -> None:
    data = "".join(lines).encode("latin-1")
    found = scan(data, LIMIT)
    assert found is not None
    assert summed_up(found) == summed_up(by_parser(data))


@pytest.mark.slow
@given(st.lists(instructions(), max_size=4), BAD, st.lists(instructions(), max_size=4))
def test_damage_is_left_to_the_parser(before: list[str], bad: str, after: list[str]) -> None:
    data = ("".join(before) + bad + " 1 0 0 rg " + "".join(after)).encode("latin-1")
    assert scan(data, LIMIT) is None


@pytest.mark.parametrize("data", [b"1 m", b"1 2 3 l f", b"1 2 3 4 5 c", b"1 2 re", b"9999999999999999999 0 m", b"1"])
def test_a_path_whose_operands_do_not_add_up_is_left_to_the_parser(data: bytes) -> None:
    assert scan(data, LIMIT) is None


def test_a_stream_is_read_either_way() -> None:
    made = pikepdf.new()
    plain, picture = b"1 0 0 rg 0 0 5 5 re f", b" BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"
    assert scan(plain, LIMIT) is not None
    assert scan(plain + picture, LIMIT) is None
    for content, last in ((plain, []), (plain + picture, [b"inline image"])):
        found = read_instructions(made.make_stream(content), LIMIT)
        assert [operator for operator, _, _, _ in found] == [b"rg", b"path", b"f", *last, b"end"]


def test_parts_of_a_page_are_words_apart() -> None:
    made = pikepdf.new()
    page = made.add_blank_page()
    page.Contents = pikepdf.Array([made.make_stream(b"1 0 0 rg 0 0 5"), made.make_stream(b"5 re f")])
    found = read_instructions(page, LIMIT)
    assert [(operator, outline.box if outline else None) for operator, _, outline, _ in found] == [
        (b"rg", None),
        (b"path", (0, 0, 5, 5)),
        (b"f", None),
        (b"end", None),
    ]


def test_reading_stops_behind_the_limit() -> None:
    found = scan(b"q Q " * 1000, 10)
    assert found is not None
    assert found[-1][3] == 11


@pytest.mark.parametrize("bit", ["(", "<<", "[(", "(\\", "<</a[", "/a ", "1 ", "1", "% \n", "[(a)]", "#", "(()", "(a)"])
def test_a_long_stretch_without_an_operator_is_given_up(bit: str) -> None:
    """Quadratic loops would take minutes here."""
    is_blank = bit.startswith("%")
    assert (scan(bit.encode() * 300_000, LIMIT) is None) != is_blank
