import pikepdf
import pytest

from sgd_resources.parsers.pdf.ink.content import read_ink
from sgd_resources.parsers.pdf.ink.paths import box_under, joined, read_run, rectangle
from sgd_resources.parsers.pdf.ink.spaces import ColourSpaces
from sgd_resources.parsers.pdf.pages.geometry import IDENTITY, Box

PAGE: Box = (0, 0, 600, 800)


def painted(content: bytes) -> list[Box | None]:
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(600, 800))
        page.Contents = document.make_stream(content)
        ink = read_ink(page, ColourSpaces(document), PAGE)
        assert not ink.is_cut_short
        return [paint.box for paint in ink.paints]


@pytest.mark.parametrize(
    ("run", "box", "operators"),
    [
        (b"10 20 m 30 5 l h", (10, 5, 30, 20), 3),
        (b" 1 2 m\n1 2 3 4 5 60 c 0 0 7 -8 v", (0, -8, 7, 60), 3),
        (b"10 10 m 20 20 l 1 2 3 4 re 5 50 l", (1, 2, 20, 50), 4),
        (b"5 5 -3 -2 re h", (2, 3, 5, 5), 2),
    ],
)
def test_a_run_has_the_box_of_its_points(run: bytes, box: Box, operators: int) -> None:
    read = read_run(run)
    assert read is not None
    outline, count = read
    assert outline is not None
    assert (outline.box, count) == (box, operators)


@pytest.mark.parametrize(
    "run", [b"1 m", b"1 2 3 m", b"1 2 3 re", b"1.2.3 4 m", b"- 4 m", b"1" * 4000 + b" 1 m", b"1e400 1 m"]
)
def test_a_run_that_does_not_add_up_is_not_read(run: bytes) -> None:
    assert read_run(run) is None


def test_closing_alone_has_no_outline() -> None:
    assert read_run(b"h h") == (None, 2)


def test_a_turned_path_is_measured_by_its_points() -> None:
    """The box of a diamond is smaller than its turned box."""
    read = read_run(b"0 10 m 10 0 l 20 10 l 10 20 l h")
    assert read is not None
    assert read[0] is not None
    half = 0.5**0.5
    box = box_under((half, half, -half, half, 0, 0), read[0])
    assert box == pytest.approx((-7.0711, 7.0711, 7.0711, 21.2132), abs=1e-3)
    assert box_under((-1, 0, 0, 2, 100, 0), read[0]) == (80, 0, 100, 40)


def test_parts_of_a_path_are_one() -> None:
    outline = joined([rectangle(0, 0, 1, 1), rectangle(5, -2, 6, 0)])
    assert box_under(IDENTITY, outline) == (0, -2, 6, 1)
    assert len(list(outline.points())) == 8


def test_a_path_is_painted_where_its_matrix_and_clip_put_it() -> None:
    boxes = painted(b"1 0 0 rg q 2 0 0 2 10 10 cm 0 0 20 20 re W n 5 5 m 30 5 l 30 30 l f Q 0 0 9 9 re f")
    assert boxes == [(20, 20, 50, 50), (0, 0, 9, 9)]


@pytest.mark.parametrize("between", [b" % a note\n", b" BMC ", b" BI /W 1 /H 1 /BPC 8 /CS /G ID x EI "])
@pytest.mark.slow
def test_a_path_of_many_parts_is_read_in_one_go(between: bytes) -> None:
    """Growing a path part by part would take minutes here."""
    parts = [b"%d %d l" % (number % 500, number % 700) for number in range(60_000)]
    assert painted(b"1 0 0 rg 3 4 m " + b" BMC ".join(parts) + between + b" f") == [(0, 0, 499, 699)]
