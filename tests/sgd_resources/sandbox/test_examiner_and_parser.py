"""What children return is checked before it is believed; documents are the same inside and outside the sandbox."""

import hashlib
from collections.abc import Iterator

import pytest

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsers.select import LocalParser, build_parser
from sgd_resources.ports import ParseRequest
from sgd_resources.sandbox.examiner import SandboxedExaminer
from sgd_resources.sandbox.fork_server import ForkServer
from sgd_resources.sandbox.parser import PRELOAD, SandboxedParser, build_sandboxed_parser
from sgd_resources.sandbox.pool import Answer, Sandbox
from sgd_resources.settings import Settings
from tests.hostile import made

pytestmark = pytest.mark.slow

STYLE = b":root { --brand: #0086BF; font-family: 'Acme Sans' }"


class Liar(Sandbox):
    """A sandbox whose child was taken over."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__()
        self._answers = list(answers)

    def call(self, *_: object, **__: object) -> Answer:
        return self._answers.pop(0)


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    """Loads the reading libraries once for all that reads here, as in the product."""
    with ForkServer(PRELOAD) as started:
        yield started


@pytest.fixture(scope="module")
def parser(server: ForkServer) -> Iterator[SandboxedParser]:
    built = build_sandboxed_parser(Settings(), server=server)
    assert isinstance(built, SandboxedParser)
    yield built
    built.close()


def request(data: bytes = STYLE, media_type: str = "text/css", suffix: str = ".css") -> ParseRequest:
    return ParseRequest(hashlib.sha256(data).hexdigest(), media_type, data, suffix)


@pytest.mark.slow
def test_a_document_is_the_same_inside_and_outside(parser: SandboxedParser) -> None:
    plain = build_parser(Settings())
    assert parser.parse(request()) == plain.parse(request())
    assert (parser.name, parser.version) == (plain.name, plain.version)


@pytest.mark.slow
def test_a_refusal_of_the_parser_comes_through(parser: SandboxedParser) -> None:
    with pytest.raises(RejectedEvidence):
        parser.parse(request(b"%PDF-1.7 nothing", "application/pdf", ".pdf"))


@pytest.mark.parametrize(
    "blobs", [(), (b"not json",), (b'{"evidence_sha256": "x"}',), (b"{}", b"{}")], ids=["none", "text", "part", "two"]
)
def test_a_document_that_is_none_is_not_believed(blobs: tuple[bytes, ...]) -> None:
    lying = SandboxedParser(LocalParser, Liar(Answer({}, blobs, 0)), Settings())
    with pytest.raises(RejectedEvidence, match="malformed"):
        lying.parse(request())


def test_a_document_of_other_bytes_is_not_believed() -> None:
    other = build_parser(Settings()).parse(request(b"a{color:#f60}"))
    told = Answer({}, (other.model_dump_json().encode(),), 0)
    with pytest.raises(RejectedEvidence, match="malformed"):
        SandboxedParser(LocalParser, Liar(told), Settings()).parse(request())


@pytest.mark.parametrize(
    "result",
    [{}, {"how": "magic", "details": {}, "parts": []}, {"how": "", "details": [], "parts": []},
     {"how": "", "details": {}, "parts": ["a"]}],
)  # fmt: skip
def test_a_cleaning_that_is_none_is_not_believed(result: dict[str, object]) -> None:
    with pytest.raises(RejectedEvidence, match="malformed"):
        SandboxedExaminer(Liar(Answer(result, (b"x",), 0))).clean(b"x", "text/plain")


@pytest.mark.parametrize("media_type", [None, "", "a b", "text/plain\r\nX: 1", "x" * 500])
def test_a_type_that_is_none_is_not_believed(media_type: object) -> None:
    with pytest.raises(RejectedEvidence, match="malformed"):
        SandboxedExaminer(Liar(Answer({"media_type": media_type}, (), 0))).detect(b"x")


def test_the_examiner_detects_cleans_and_unpacks(server: ForkServer) -> None:
    with Sandbox(processes=1, server=server) as sandbox:
        examiner = SandboxedExaminer(sandbox)
        assert examiner.detect(made.pdf_with_attachment(b"MZ")).media_type == "application/pdf"
        found = examiner.clean(made.pdf_with_attachment(b"MZ"), "application/pdf", wants_parts=True)
        assert [part.data for part in found.parts] == [b"MZ"]
        assert examiner.clean(STYLE, "text/css").data == STYLE
        assert examiner.peak_bytes > 0
