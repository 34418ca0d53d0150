"""The chain of engines: who is asked when, what becomes of one that cannot be used."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from sgd_resources.contracts import load_policy
from sgd_resources.errors import RejectedEvidence, ValidationFailed
from sgd_resources.parsed_document import Location, Page, ParsedDocument, StandIn, TextBlock
from sgd_resources.parsers.engines.chain import ChainedParser, Engine, reasons_to_ask
from sgd_resources.parsers.select import build_parser
from sgd_resources.ports import ParseRequest
from sgd_resources.settings import Settings

PDF = "application/pdf"
LIMITS = load_policy("parser_policy")["limits"]
WORDS = TextBlock(text="quite a few words stand here", location=Location(page=1))


def document(*blocks: TextBlock, pages: int = 1, media_type: str = PDF) -> ParsedDocument:
    return ParsedDocument(
        evidence_sha256="a" * 64, media_type=media_type, parser="local", parser_version="1", text_blocks=blocks,
        pages=tuple(Page(number=n, width=1, height=1, has_text_layer=True) for n in range(1, pages + 1)),
    )  # fmt: skip


class Local:
    name, version, at_once, bounds = "local", "1", 3, "b"

    def __init__(self, read: ParsedDocument) -> None:
        self.read = read

    def parse(self, request: ParseRequest) -> ParsedDocument:
        return self.read.model_copy(update={"media_type": request.media_type})


class Engines:
    """Two engines that note who was asked; each does what it was told."""

    def __init__(self, **does: Callable[[ParsedDocument], ParsedDocument]) -> None:
        self.asked: list[str] = []
        self.closed: list[str] = []
        self.does = does

    def named(self, name: str) -> Engine:
        def read(request: ParseRequest, before: ParsedDocument) -> ParsedDocument:
            assert before.stand_in is None
            self.asked.append(name)
            return self.does[name](before) if name in self.does else before.model_copy(update={"parser": name})

        return Engine(name, "1", frozenset({PDF, "image/png"}), read, lambda: self.closed.append(name))

    def parser(self, read: ParsedDocument) -> ChainedParser:
        both = {name: self.named(name) for name in ("unstructured", "documentai")}
        return ChainedParser(Local(read), both, load_policy("parser_policy"))


def parse(parser: ChainedParser, media_type: str = PDF, earlier_tries: int = 0) -> ParsedDocument:
    return parser.parse(ParseRequest("a" * 64, media_type, b"%PDF", earlier_tries=earlier_tries))


def fails(**details: Any) -> Callable[[ParsedDocument], ParsedDocument]:
    def read(_: ParsedDocument) -> ParsedDocument:
        raise RejectedEvidence("reject", "it gave nothing", details=details)

    return read


def is_down(before: ParsedDocument) -> ParsedDocument:
    stand_in = StandIn(parser="documentai", reason="away", tries=1, tried_at=datetime.now(UTC))
    return before.model_copy(update={"stand_in": stand_in})


def test_a_document_that_is_read_well_here_goes_nowhere() -> None:
    engines = Engines()
    parser = engines.parser(document(WORDS))
    found = parse(parser)
    assert (engines.asked, found.parser, found.stand_in) == ([], "local", None)
    assert found.parser_version == parser.version_for(PDF)
    assert (parser.at_once, parser.bounds) == (3, "b")
    parser.close()
    assert engines.closed == ["unstructured", "documentai"]


def test_one_without_words_is_read_by_the_next_and_the_last_engine_until_one_finds_some() -> None:
    engines = Engines()
    assert parse(engines.parser(document())).parser == "documentai"
    assert engines.asked == ["unstructured", "documentai"]
    finds = Engines(unstructured=lambda before: before.model_copy(update={"text_blocks": (WORDS,)}))
    parse(finds.parser(document()))
    assert finds.asked == ["unstructured"]


def test_a_scan_goes_to_the_engine_that_reads_pictures_of_words() -> None:
    engines = Engines()
    parse(engines.parser(document(WORDS.model_copy(update={"is_recognised": True}))))
    assert engines.asked == ["documentai"]


def test_an_engine_that_fails_is_told_of_and_the_next_one_stands_in_for_it() -> None:
    engines = Engines(unstructured=fails())
    found = parse(engines.parser(document()))
    assert (found.parser, found.stand_in) == ("documentai", None)
    assert found.warnings == ("unstructured was not used: it gave nothing; the reading before it stands",)


def test_a_failure_that_can_be_mended_is_never_stored_for_good() -> None:
    missing = Engines(unstructured=fails(lacks="x"), documentai=is_down)
    found = parse(missing.parser(document()))
    assert found.stand_in is not None
    assert found.stand_in.parser == "documentai"
    alone = ChainedParser(
        Local(document()),
        {"unstructured": missing.named("unstructured")},
        {"chain": [{"engine": "unstructured", "asked_when": ["no_words"]}], "limits": LIMITS},
    )
    again = parse(alone, earlier_tries=4).stand_in
    assert again is not None
    assert (again.parser, again.tries) == ("unstructured", 5)


def test_a_file_that_is_at_fault_itself_is_not_asked_about_again() -> None:
    found = parse(Engines(unstructured=fails(message="malformed"), documentai=lambda read: read).parser(document()))
    assert found.stand_in is None
    assert "malformed" in found.warnings[0]


def test_the_engine_that_was_asked_in_vain_is_asked_when_only_the_one_before_it_failed() -> None:
    policy = {
        "chain": [
            {"engine": "unstructured", "asked_when": ["always"]},
            {"engine": "documentai", "asked_when": ["failed"]},
        ],
        "limits": LIMITS,
    }
    for does, asked in ((fails(lacks="x"), ["unstructured", "documentai"]), (None, ["unstructured"])):
        engines = Engines(**({"unstructured": does} if does else {}))
        both = {name: engines.named(name) for name in ("unstructured", "documentai")}
        parse(ChainedParser(Local(document(WORDS)), both, policy))
        assert engines.asked == asked


def test_other_formats_keep_the_local_version_and_a_changed_policy_is_another_version() -> None:
    parser = Engines().parser(document(WORDS))
    assert parser.version_for("text/css") == "1"
    assert parser.version_for(PDF) != "1"
    changed = json.loads(json.dumps(load_policy("parser_policy")))
    changed["limits"]["most_pages"] = 7
    engines = Engines()
    both = {name: engines.named(name) for name in ("unstructured", "documentai")}
    assert ChainedParser(Local(document(WORDS)), both, changed).version_for(PDF) != parser.version_for(PDF)


@pytest.mark.parametrize(
    ("read", "reasons"),
    [
        (document(WORDS), {"always"}),
        (document(WORDS, pages=3), {"always", "no_words"}),
        (document(WORDS.model_copy(update={"is_hidden": True})), {"always", "no_words"}),
        (document(WORDS.model_copy(update={"is_recognised": True})), {"always", "scanned"}),
        (document(media_type="image/png"), {"always"}),
        (document(pages=201), set()),
    ],
)
def test_reasons(read: ParsedDocument, reasons: set[str]) -> None:
    assert reasons_to_ask(read, LIMITS) == reasons


def test_an_engine_of_the_policy_that_is_not_there_is_named() -> None:
    with pytest.raises(ValidationFailed, match="unstructured is not installed"):
        build_parser(Settings(_env_file=None, sgd_parser="chain"))
