import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from sgd_api.canon_page import crops
from sgd_api.canon_page.crops import Detail, read_sources
from sgd_assets.canon.model import Citation
from sgd_resources.errors import RejectedEvidence
from sgd_resources.sandbox.pool import Answer, Sandbox
from tests.sgd_api.canon_page.canons import CSS, SVG, cite, evidence, png

pytestmark = pytest.mark.slow


def pdf(pages: int = 2) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 400))
    for _ in range(pages):
        for radius in range(4, 400, 3):
            canvas.circle(150, 300, radius)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def on_page(page: int, box: tuple[float, float, float, float], quote: str = "#1E4D3A") -> Citation:
    return cite("b", "guide.pdf", page=page, bbox=box, line=None, quote=quote)


@pytest.mark.slow
def test_many_facts_of_one_page_share_one_picture(sandbox: Sandbox) -> None:
    places = {
        "f0": [on_page(1, (100, 50, 150, 100))],
        "f1": [on_page(1, (300, 200, 350, 220))],
        "f2": [on_page(2, (10, 10, 20, 20))],
    }
    cited = read_sources(places, [evidence("guide.pdf", "application/pdf", pdf(), "b")], sandbox)
    assert [p.id for p in cited.pictures] == ["p0", "p1"]
    first, second = cited.sources["f0"][0].window, cited.sources["f1"][0].window
    assert first is not None
    assert second is not None
    assert first.picture_id == second.picture_id == "p0"
    assert first.view != second.view
    for window in (first, second):
        [mark] = window.marks
        assert window.view[0] <= mark[0] < mark[2] <= window.view[2]
        assert window.view[1] <= mark[1] < mark[3] <= window.view[3]


@pytest.mark.slow
def test_a_source_names_the_file_as_uploaded_in_which_its_place_is_the_same(sandbox: Sandbox) -> None:
    known = cite(line=2, source_sha256="c" * 64)
    files = [evidence("brand.css", "text/css", CSS, "a")]
    assert read_sources({"f0": [known]}, files, sandbox).sources["f0"][0].source_sha256 == "c" * 64
    assert read_sources({"f0": [cite(line=2)]}, files, sandbox).sources["f0"][0].source_sha256 is None


@pytest.mark.slow
def test_a_window_never_leaves_its_picture(sandbox: Sandbox) -> None:
    places = {"f0": [on_page(1, (0, 0, 20, 20))]}
    cited = read_sources(places, [evidence("guide.pdf", "application/pdf", pdf(), "b")], sandbox)
    window, box = cited.sources["f0"][0].window, cited.pictures[0].box
    assert window is not None
    assert box[0] <= window.view[0]
    assert window.view[2] <= box[2]


def test_pictures_and_drawings_are_shown_whole_with_a_rim(sandbox: Sandbox) -> None:
    places = {
        "f0": [cite("c", "logo.png", page=1, bbox=(0, 0, 30, 40), line=None)],
        "f1": [cite("d", "logo.svg", page=1, bbox=(0, 0, 200, 50), line=1, xml_path="/*/*[1]")],
    }
    files = [evidence("logo.png", "image/png", png(), "c"), evidence("logo.svg", "image/svg+xml", SVG, "d")]
    cited = read_sources(places, files, sandbox)
    for key, size in (("f0", (60, 40)), ("f1", (200, 50))):
        window = cited.sources[key][0].window
        assert window is not None
        assert window.view[0] < 0 < size[0] < window.view[2]
        assert window.view[1] < 0 < size[1] < window.view[3]
    assert cited.sources["f1"][0].statements[0].excerpt[0].marked == "#1E4D3A"


def test_text_is_shown_as_lines_of_source(sandbox: Sandbox) -> None:
    [source] = read_sources({"f0": [cite()]}, [evidence("brand.css", "text/css", CSS, "a")], sandbox).sources["f0"]
    assert source.window is None
    assert [line.marked for line in source.statements[0].excerpt if line.marked] == ["#1e4d3a"]


def test_a_file_that_cannot_be_drawn_is_said_and_the_rest_goes_on(sandbox: Sandbox) -> None:
    places = {"f0": [on_page(1, (0, 0, 20, 20))], "f1": [cite()]}
    files = [
        evidence("guide.pdf", "application/pdf", b"%PDF-1.7 broken", "b"),
        evidence("brand.css", "text/css", CSS, "a"),
    ]
    cited = read_sources(places, files, sandbox)
    assert cited.sources["f0"][0].window is None
    assert cited.sources["f0"][0].note == "No picture: the file could not be drawn."
    assert cited.sources["f1"][0].statements[0].excerpt


def test_evidence_that_is_gone_is_said(sandbox: Sandbox) -> None:
    [source] = read_sources({"f0": [cite()]}, [], sandbox).sources["f0"]
    assert source.note == "This file is no longer among the evidence."
    assert source.statements[0].quote == "#1e4d3a"


@pytest.mark.slow
def test_too_many_bytes_are_drawn_coarser_then_left_out(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crops, "LEVELS", (Detail(200, 900_000, 900), Detail(40, 90_000, 90)))
    places = {"f0": [on_page(1, (100, 50, 150, 100))], "f1": [on_page(2, (100, 50, 150, 100))]}
    files = [evidence("guide.pdf", "application/pdf", pdf(), "b")]
    fine = read_sources(places, files, sandbox)
    sizes = [len(p.webp) for p in fine.pictures]
    monkeypatch.setattr(crops, "MAX_PICTURE_BYTES", sum(sizes) - 1)
    coarse = read_sources(places, files, sandbox)
    assert len(coarse.pictures) == 2
    assert sum(len(p.webp) for p in coarse.pictures) < sum(sizes)
    monkeypatch.setattr(crops, "MAX_PICTURE_BYTES", len(coarse.pictures[0].webp))
    cut = read_sources(places, files, sandbox)
    assert len(cut.pictures) == 1
    assert cut.sources["f1"][0].window is None


class LyingSandbox(Sandbox):
    """A child that was taken over answers what it likes."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(processes=1)
        self._lie = answer

    def call(self, *args: object, **kwargs: object) -> Answer:
        return self._lie


@pytest.mark.slow
@pytest.mark.parametrize(
    "answer",
    [
        Answer({"pictures": [{"page": 1, "box": [0, 0, 9, 9]}]}, (b"<svg onload=alert(1)>",), 1),
        Answer({"pictures": [{"page": 1, "box": ["</svg>", 0, 9, 9]}]}, (b"RIFF0000WEBP",), 1),
        Answer({"pictures": [{"page": 1, "box": [0, 0, float("nan"), 9]}]}, (b"RIFF0000WEBP",), 1),
        Answer({"pictures": [{"page": 1, "box": [9, 9, 0, 0]}]}, (b"RIFF0000WEBP",), 1),
        Answer({"pictures": "all"}, (), 1),
        Answer({}, (), 1),
    ],
)
def test_answers_of_the_sandbox_are_checked(answer: Answer) -> None:
    files = [evidence("guide.pdf", "application/pdf", pdf(), "b")]
    cited = read_sources({"f0": [on_page(1, (0, 0, 20, 20))]}, files, LyingSandbox(answer))
    assert cited.pictures == ()
    assert cited.sources["f0"][0].note is not None


def test_nonsense_lines_are_refused() -> None:
    with pytest.raises(RejectedEvidence):
        crops._checked_line("text")
