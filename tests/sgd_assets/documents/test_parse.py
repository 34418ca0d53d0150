import hashlib

import pytest

from sgd_assets.documents.parse import parse_documents
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.errors import RejectedEvidence, SgdError, Unavailable
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest
from tests.fakes.object_store import FakeObjectStore

ORG = "acme"


class CountingParser(LocalParser):
    """The real parser, counting what it is asked."""

    def __init__(self) -> None:
        self.parsed: list[str] = []

    def parse(self, request: ParseRequest) -> ParsedDocument:
        self.parsed.append(request.sha256)
        return super().parse(request)


class RefusingParser:
    """Reads nothing, and counts what it is asked."""

    name, version, bounds = "refusing", "1", "10s"

    def __init__(self, error: SgdError | None = None) -> None:
        self.asked = 0
        self._error = error or RejectedEvidence("reject", "bomb", details={"message": "too much"})

    def parse(self, request: ParseRequest) -> ParsedDocument:
        self.asked += 1
        raise self._error


def evidence(store: FakeObjectStore, *files: tuple[str, str, bytes]) -> EvidenceManifest:
    items = []
    for name, media_type, data in files:
        sha = hashlib.sha256(data).hexdigest()
        key = f"org/{ORG}/evidence/{sha}"
        store.put(key, data)
        items.append(
            EvidenceItem(
                evidence_sha256=sha,
                source_sha256=sha,
                file_name=name,
                media_type=media_type,
                size_bytes=len(data),
                key=key,
            )
        )
    return EvidenceManifest(org_id=ORG, items=tuple(items))


def test_documents_come_sorted_with_counts_and_load_again() -> None:
    store = FakeObjectStore()
    manifest = evidence(store, ("b.css", "text/css", b"a{color:#123}"), ("a.md", "text/markdown", b"# Hi"))
    documents = parse_documents(manifest, store=store, parser=LocalParser())
    assert [entry.file_name for entry in documents.documents] == ["a.md", "b.css"]
    assert documents.parsed_now == 2
    sheet = DocumentShelf(store, LocalParser).load(documents.documents[1])
    assert (documents.documents[1].colours, sheet.colours[0].hex) == (1, "#112233")


def test_what_is_stored_is_not_parsed_again() -> None:
    store, parser = FakeObjectStore(), CountingParser()
    one = ("a.css", "text/css", b"a{color:#123}")
    first = parse_documents(evidence(store, one), store=store, parser=parser)
    again = parse_documents(evidence(store, one, ("b.css", "text/css", b"b{color:#456}")), store=store, parser=parser)
    assert len(parser.parsed) == 2
    assert again.parsed_now == 1
    assert again.documents[0] == first.documents[0]


def test_one_unreadable_file_is_recorded_and_the_rest_goes_on() -> None:
    store = FakeObjectStore()
    manifest = evidence(store, ("broken.pdf", "application/pdf", b"%PDF-1.7"), ("a.md", "text/markdown", b"# Hi"))
    documents = parse_documents(manifest, store=store, parser=LocalParser())
    assert [entry.file_name for entry in documents.documents] == ["a.md"]
    assert [(failure.file_name, failure.reason) for failure in documents.failures] == [("broken.pdf", "PDF is damaged")]


def test_a_refused_file_is_not_read_again_until_the_parser_or_its_bounds_change() -> None:
    store, parser = FakeObjectStore(), RefusingParser()
    manifest = evidence(store, ("slow.html", "text/html", b"<p>"))
    runs = [parse_documents(manifest, store=store, parser=parser).failures[0] for _ in range(3)]
    assert (parser.asked, [failure.is_remembered for failure in runs]) == (1, [False, True, True])
    assert {(failure.reason, failure.message) for failure in runs} == {("bomb", "too much")}
    parser.bounds = "20s"
    parse_documents(manifest, store=store, parser=parser)
    parser.version = "2"
    parse_documents(manifest, store=store, parser=parser)
    assert parser.asked == 3


def test_a_machine_too_busy_to_read_a_file_is_no_refusal_of_it() -> None:
    store, parser = FakeObjectStore(), RefusingParser(Unavailable("the machine is too busy"))
    manifest = evidence(store, ("slow.html", "text/html", b"<p>"))
    for _ in range(2):
        with pytest.raises(Unavailable):
            parse_documents(manifest, store=store, parser=parser)
    assert parser.asked == 2


def test_the_suffix_of_the_user_s_name_is_a_hint_and_never_a_path() -> None:
    store = FakeObjectStore()
    manifest = evidence(store, ("..\\..\\etc/x.SCSS", "text/plain", b"$a: #0086bf;"))
    (entry,) = parse_documents(manifest, store=store, parser=LocalParser()).documents
    assert entry.parser == "css"
    assert ".." not in entry.document_key


def test_a_stored_document_that_is_damaged_is_read_again_by_whoever_needs_it() -> None:
    store = FakeObjectStore()
    (entry,) = parse_documents(
        evidence(store, ("a.md", "text/markdown", b"# Hi")), store=store, parser=LocalParser()
    ).documents
    whole = store.get(entry.document_key)
    other = whole.replace(entry.evidence_sha256.encode(), b"0" * 64)
    for damage in (b"", whole[:40], b'{"no": "document"}', b"\xff\x00", other):
        store.put(entry.document_key, damage)
        assert DocumentShelf(store, LocalParser).load(entry).text_blocks[0].text == "Hi"
        assert store.get(entry.document_key) == whole
        store.put(entry.document_key, damage)
        again = parse_documents(evidence(store, ("a.md", "text/markdown", b"# Hi")), store=store, parser=LocalParser())
        assert (again.parsed_now, again.documents) == (1, (entry,))


def test_a_document_that_nothing_gives_any_more_is_left_out_and_named(caplog: pytest.LogCaptureFixture) -> None:
    store = FakeObjectStore()
    manifest = parse_documents(
        evidence(store, ("a.md", "text/markdown", b"# Hi"), ("b.md", "text/markdown", b"# Ho")),
        store=store,
        parser=LocalParser(),
    )
    store.delete(manifest.documents[0].document_key)
    store.delete(manifest.documents[0].evidence_key)
    shelf = DocumentShelf(store, LocalParser)
    assert [entry.file_name for entry, _ in shelf.readable(manifest)] == ["b.md"]
    assert manifest.documents[0].document_key in caplog.text


def test_evidence_whose_bytes_are_gone_fails_alone() -> None:
    store, parser = FakeObjectStore(), CountingParser()
    manifest = evidence(store, ("a.md", "text/markdown", b"# Hi"), ("b.md", "text/markdown", b"# Ho"))
    store.delete(manifest.items[0].key)
    documents = parse_documents(manifest, store=store, parser=parser)
    assert [failure.reason for failure in documents.failures] == ["the stored bytes are gone"]
    assert [entry.file_name for entry in documents.documents] == ["b.md"]
    store.put(manifest.items[0].key, b"# Hi")
    assert len(parse_documents(manifest, store=store, parser=parser).documents) == 2


def test_a_parser_without_versions_by_type_uses_its_one_version() -> None:
    class Plain:
        name, version = "plain", "7"

        def parse(self, request: ParseRequest) -> ParsedDocument:
            if request.media_type != "text/plain":
                raise RejectedEvidence("reject", "not mine")
            return ParsedDocument(
                evidence_sha256=request.sha256,
                media_type=request.media_type,
                parser=self.name,
                parser_version=self.version,
            )

    store = FakeObjectStore()
    documents = parse_documents(evidence(store, ("a.txt", "text/plain", b"x")), store=store, parser=Plain())
    assert documents.documents[0].parser_version == "7"


def test_files_read_at_the_same_time_are_listed_as_if_one_by_one() -> None:
    class TwoAtOnce(LocalParser):
        at_once = 2

    store = FakeObjectStore()
    files = [(f"{number:02}.css", "text/css", f"a{{width:{number}px;color:#123}}".encode()) for number in range(9)]
    manifest = evidence(store, ("00.pdf", "application/pdf", b"no pdf"), *files)
    other = FakeObjectStore()
    other.objects = dict(store.objects)
    one_by_one = parse_documents(manifest, store=other, parser=LocalParser())
    assert parse_documents(manifest, store=store, parser=TwoAtOnce()) == one_by_one
    assert [failure.file_name for failure in one_by_one.failures] == ["00.pdf"]
