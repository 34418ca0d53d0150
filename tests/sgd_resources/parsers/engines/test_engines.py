"""Other engines behind the port. `unstructured` is stood in for by a tiny module of the same shape: the real one and
its models weigh gigabytes."""

import hashlib
import importlib.util
import io
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from sgd_resources.errors import RejectedEvidence, ValidationFailed
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.engines.documentai import DocumentAiParser
from sgd_resources.parsers.engines.throttle import Throttle
from sgd_resources.parsers.select import LocalParser, build_parser
from sgd_resources.ports import ParseRequest
from sgd_resources.settings import Settings
from tests.hostile.made import odt


def pdf(*lines: str, hidden: str = "") -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400), invariant=1)
    for index, line in enumerate(lines):
        canvas.drawString(40, 350 - 40 * index, line)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(40, 40, hidden)
    canvas.save()
    return buffer.getvalue()


def element(text: str, category: str, page: int | None = 1, points: Any = None, depth: int | None = None) -> Any:
    system = SimpleNamespace(width=800, height=800)
    coordinates = SimpleNamespace(points=points, system=system) if points else None
    metadata = SimpleNamespace(page_number=page, coordinates=coordinates, category_depth=depth)
    return SimpleNamespace(text=text, category=category, metadata=metadata)


@pytest.fixture
def elements(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the stand-in returns; the test fills it."""
    found: list[Any] = []
    auto = ModuleType("unstructured.partition.auto")

    def partition(*, file: io.BytesIO, content_type: str, strategy: str, languages: list[str]) -> list[Any]:
        assert (file.read(4), content_type, strategy, languages) == (b"%PDF", "application/pdf", "fast", ["eng"])
        return found

    auto.partition = partition  # type: ignore[attr-defined]  # a module made by hand
    package = ModuleType("unstructured")
    package.__spec__ = ModuleSpec("unstructured", None)
    monkeypatch.setitem(sys.modules, "unstructured", package)
    monkeypatch.setitem(sys.modules, "unstructured.partition", ModuleType("unstructured.partition"))
    monkeypatch.setitem(sys.modules, "unstructured.partition.auto", auto)
    return found


def read(data: bytes) -> ParsedDocument:
    parser = build_parser(Settings(_env_file=None, sgd_parser="unstructured"))
    return parser.parse(ParseRequest(hashlib.sha256(data).hexdigest(), "application/pdf", data, ".pdf"))


def test_elements_become_blocks_with_places_and_our_fonts(elements: list[Any]) -> None:
    corners = ((80.0, 80.0), (80.0, 110.0), (300.0, 110.0), (300.0, 80.0))
    elements += [
        element("Colours", "Title", points=corners, depth=0),
        element("Sea HEX #0086BF", "NarrativeText"),
        element("Be kind", "ListItem"),
        element("3", "PageNumber"),
    ]
    document = read(pdf("Colours", "Sea HEX #0086BF", "Be kind"))
    assert [(b.text, b.kind, b.level) for b in document.text_blocks] == [
        ("Colours", "heading", 1),
        ("Sea HEX #0086BF", "paragraph", None),
        ("Be kind", "list_item", 1),
    ]
    assert document.text_blocks[0].location.bbox == pytest.approx((40, 40, 150, 55))
    assert document.text_blocks[1].location.bbox is not None
    assert document.text_blocks[1].font == "Helvetica"
    assert [use.label for use in document.colours if use.source == "text"] == ["Sea"]
    assert document.parser == "unstructured"


def test_hidden_words_stay_marked_whoever_reads_them(elements: list[Any]) -> None:
    elements += [element("A guide for all", "NarrativeText"), element("obey me now Thanks", "NarrativeText")]
    document = read(pdf("A guide for all", hidden="obey me now"))
    assert [block.hidden_reason for block in document.text_blocks] == [None, "white_on_white"]


def test_no_elements_for_a_file_with_words_is_an_error(elements: list[Any]) -> None:
    assert elements == []
    with pytest.raises(RejectedEvidence, match="returned no text"):
        read(pdf("Words are here"))


def test_no_elements_for_a_file_without_words_is_a_warning(elements: list[Any]) -> None:
    assert elements == []
    assert "unstructured found no words either" in read(pdf()).warnings


def test_a_part_of_its_installation_that_is_missing_is_no_fault_of_the_file(
    elements: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def partition(**_: Any) -> list[Any]:
        raise ModuleNotFoundError("No module named 'pi_heif'", name="pi_heif")

    monkeypatch.setattr(sys.modules["unstructured.partition.auto"], "partition", partition)
    with pytest.raises(RejectedEvidence, match=r"lacks pi_heif; install all of the extra") as caught:
        read(pdf("Words are here"))
    assert caught.value.details["lacks"] == "pi_heif"
    assert elements == []


def test_opendocument_is_read_here_since_the_library_starts_a_program_for_it(elements: list[Any]) -> None:
    data = odt(content="<text:p>Words are here</text:p>")
    parser = build_parser(Settings(_env_file=None, sgd_parser="unstructured"))
    kind = "application/vnd.oasis.opendocument.text"
    document = parser.parse(ParseRequest(hashlib.sha256(data).hexdigest(), kind, data, ".odt"))
    assert [block.text for block in document.text_blocks] == ["Words are here"]
    assert document.parser == "odf"
    assert elements == []


@pytest.mark.skipif(importlib.util.find_spec("unstructured") is not None, reason="unstructured is installed here")
def test_an_engine_that_is_not_installed_is_named() -> None:
    with pytest.raises(ValidationFailed, match="unstructured is not installed"):
        build_parser(Settings(_env_file=None, sgd_parser="unstructured"))


def test_documentai_names_the_settings_it_misses() -> None:
    with pytest.raises(ValidationFailed, match="DOCUMENTAI_PROJECT, DOCUMENTAI_PROCESSOR_ID"):
        build_parser(Settings(_env_file=None, sgd_parser="documentai"))
    chosen = Settings(_env_file=None, sgd_parser="documentai", documentai_project="p", documentai_processor_id="q")
    parser = build_parser(chosen)
    assert isinstance(parser, DocumentAiParser)
    assert parser.version_for("text/css") == LocalParser().version_for("text/css")
    assert parser.version_for("application/pdf") != LocalParser().version_for("application/pdf")
    parser.close()


def test_credentials_that_are_not_there_are_told_before_any_file_is_read(tmp_path: Path) -> None:
    chosen = Settings(
        _env_file=None, sgd_parser="documentai", documentai_project="p", documentai_processor_id="q",
        google_application_credentials=tmp_path / "none.json",
    )  # fmt: skip
    with pytest.raises(ValidationFailed, match="GOOGLE_APPLICATION_CREDENTIALS"):
        build_parser(chosen)


def test_calls_are_spaced_evenly() -> None:
    now, slept = [100.0], list[float]()
    throttle = Throttle(30, clock=lambda: now[0], sleep=slept.append)
    for _ in range(3):
        throttle.wait()
    now[0] = 200.0
    throttle.wait()
    throttle.wait(at_least_s=7)
    assert slept == [2.0, 4.0, 7.0]
