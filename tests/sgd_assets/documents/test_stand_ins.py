"""A parser that cannot be used for a while: another one's words serve meanwhile, and the file is read again later."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from sgd_assets.canon.derive import derive_org_canon
from sgd_assets.documents.parse import parse_documents
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.documents.stand_ins import FIRST_PAUSE, LONGEST_PAUSE, MAX_TRIES, due_at, is_due
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.parsed_document import Location, ParsedDocument, StandIn, TextBlock
from sgd_resources.parsers.engines.documentai import DocumentAiParser
from sgd_resources.parsers.engines.documentai_client import CallFailed
from sgd_resources.parsers.engines.throttle import Throttle
from sgd_resources.ports import AvReport, EvidenceRecord, ParseRequest
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.graph import READ_AGAIN, GraphLedger
from sgd_resources.postgres.rows import evidence, jobs, orgs
from sgd_resources.postgres.tables.work import jobs as jobs_table
from tests.fakes.audit import list_entries
from tests.fakes.object_store import FakeObjectStore

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


class FaultyEngine:
    """Reads a file by another parser's words while `is_down`."""

    name, version = "engine", "1"

    def __init__(self) -> None:
        self.is_down = True
        self.asked: list[int] = []
        self.now = NOW

    def parse(self, request: ParseRequest) -> ParsedDocument:
        self.asked.append(request.earlier_tries)
        said = "Primary: #0086BF" if self.is_down else "Primary: #0086BF\nSecondary: #FFD400"
        stand_in = StandIn(parser="engine", reason="away", tries=request.earlier_tries + 1, tried_at=self.now)
        return ParsedDocument(
            evidence_sha256=request.sha256,
            media_type=request.media_type,
            parser="local" if self.is_down else self.name,
            parser_version="1",
            text_blocks=tuple(TextBlock(text=line, location=Location(line=1)) for line in said.splitlines()),
            warnings=("engine was not used: away; the local parse stands in until it is asked again",)
            if self.is_down
            else (),
            stand_in=stand_in if self.is_down else None,
        )


def manifest(store: FakeObjectStore) -> EvidenceManifest:
    data = b"# Hi"
    sha = hashlib.sha256(data).hexdigest()
    store.put(f"org/acme/evidence/{sha}", data)
    item = EvidenceItem(
        evidence_sha256=sha, source_sha256=sha, file_name="guide.pdf", media_type="application/pdf",
        size_bytes=4, key=f"org/acme/evidence/{sha}",
    )  # fmt: skip
    return EvidenceManifest(org_id="acme", items=(item,))


def test_a_stand_in_serves_says_so_and_is_replaced_once_its_time_has_come() -> None:
    store, engine = FakeObjectStore(), FaultyEngine()
    found = manifest(store)
    first = parse_documents(found, store=store, parser=engine, clock=lambda: NOW)
    assert (first.retry_at, first.documents[0].text_blocks) == (NOW + FIRST_PAUSE, 1)
    assert "stands in" in first.documents[0].warnings[0]
    early = parse_documents(found, store=store, parser=engine, clock=lambda: NOW + FIRST_PAUSE / 2)
    assert (early.parsed_now, early.retry_at, early.documents) == (0, first.retry_at, first.documents)
    engine.now = NOW + FIRST_PAUSE
    again = parse_documents(found, store=store, parser=engine, clock=lambda: engine.now)
    assert (engine.asked, again.retry_at) == ([0, 1], engine.now + 2 * FIRST_PAUSE)
    engine.is_down = False
    last = parse_documents(found, store=store, parser=engine, clock=lambda: NOW + 9 * FIRST_PAUSE)
    assert (last.retry_at, last.documents[0].parser, last.documents[0].text_blocks) == (None, "engine", 2)
    assert parse_documents(found, store=store, parser=engine, clock=lambda: NOW + LONGEST_PAUSE * 9).parsed_now == 0
    assert engine.asked == [0, 1, 2]


def test_the_canon_follows_the_better_reading() -> None:
    store, engine = FakeObjectStore(), FaultyEngine()
    found, shelf = manifest(store), DocumentShelf(store, lambda: engine)
    before = parse_documents(found, store=store, parser=engine, clock=lambda: NOW)
    assert derive_org_canon(before, store=store, shelf=shelf).palette_hex == ("#0086BF",)
    engine.is_down = False
    after = parse_documents(found, store=store, parser=engine, clock=lambda: NOW + LONGEST_PAUSE)
    assert derive_org_canon(after, store=store, shelf=shelf).palette_hex == ("#0086BF", "#FFD400")


def test_pauses_double_up_to_a_day_and_end() -> None:
    pauses = [due_at(StandIn(parser="p", reason="r", tries=tries, tried_at=NOW)) for tries in range(1, MAX_TRIES + 1)]
    assert [due - NOW if due else None for due in pauses[:3]] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert (pauses[-2], pauses[-1]) == (NOW + LONGEST_PAUSE, None)
    assert not is_due(None, NOW)


@pytest.mark.embedded
def test_the_later_try_is_queued_once_and_told(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        evidence.upsert_evidence(
            connection,
            "acme",
            EvidenceRecord("a" * 64, "a" * 64, "a.pdf", "application/pdf", 1, "k", AvReport("clean")),
        )
    entry = {
        "evidence_sha256": "a" * 64, "parser": "pdfium", "parser_version": "1", "document_key": "k", "pages": 1,
        "text_blocks": 1, "colours": 0, "fonts": 0, "images": 0,
    }  # fmt: skip
    due = datetime.now(UTC) + timedelta(hours=1)
    for _ in range(2):
        GraphLedger(database).record_documents("acme", [entry], retry_at=due)
    with database.org_transaction("acme") as connection:
        (job,) = jobs.pending_jobs(connection, "acme")
        assert (job.kind, job.body, job.priority) == ("ingest", READ_AGAIN, "batch")
        assert connection.execute(select(jobs_table.c.not_before)).scalar_one() == due
        assert [row.action for row in list_entries(connection, "acme")] == [
            "ingest.requested", "documents.parsed",
        ]  # fmt: skip


class _Local:
    name, version = "local", "1"

    def parse(self, request: ParseRequest) -> ParsedDocument:
        return ParsedDocument(
            evidence_sha256=request.sha256, media_type=request.media_type, parser="local", parser_version="1",
            text_blocks=(TextBlock(text="words", location=Location(page=1)),),
        )  # fmt: skip


class Failing:
    """A processor whose calls all end alike."""

    name = "https://sample.test/p:process"

    def __init__(self, failure: CallFailed) -> None:
        self.failure, self.calls = failure, 0

    def ask(self, data: bytes, media_type: str, pages: Sequence[int]) -> Mapping[str, Any]:
        self.calls += 1
        raise self.failure

    def close(self) -> None:
        self.calls = -1


@pytest.mark.parametrize(
    ("failure", "calls"),
    [
        (CallFailed("away", retry_after_s=1.0), 3),
        (CallFailed("busy", retry_after_s=3600.0), 1),
        (CallFailed("not allowed"), 1),
        (CallFailed("too large", is_lasting=True), 1),
    ],
)
def test_what_time_can_mend_is_tried_again_and_what_it_cannot_is_not(
    failure: CallFailed, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Throttle, "wait", lambda self, at_least_s=0.0: None)
    processor = Failing(failure)
    parser = DocumentAiParser(_Local(), processor, Throttle(60_000))
    document = parser.parse(ParseRequest("a" * 64, "application/pdf", b"%PDF", earlier_tries=2))
    assert processor.calls == calls
    parser.close()
    assert processor.calls == -1
    assert document.text_blocks[0].text == "words"
    assert "Document AI was not used" in document.warnings[-1]
    if failure.is_lasting:
        assert document.stand_in is None
    else:
        assert document.stand_in is not None
        assert (document.stand_in.tries, document.stand_in.parser) == (3, "documentai")
