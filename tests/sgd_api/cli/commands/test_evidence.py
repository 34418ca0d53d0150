"""An operator's word on held uploads, through the command line, in real Postgres."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from sgd_api.cli.operator_database import operator_database
from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.drops import DropRules
from sgd_assets.evidence.ingest import ingest_org
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.postgres.tables.access import audit_log
from sgd_resources.settings import Settings, load_settings
from sgd_resources.storage.keys import quarantine_key
from sgd_resources.storage.select import build_object_store
from tests.hostile import made
from tests.sgd_api.cli.commands.test_cli import run

pytestmark = [pytest.mark.embedded, pytest.mark.slow]
ORG = "acme"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SGD_VAR_DIR", str(tmp_path / "var"))
    return load_settings()


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    with operator_database(settings) as opened:
        yield opened


def judged(settings: Settings, database: Database, name: str, data: bytes) -> uploads.Upload:
    """The row of a file after the gate has seen it."""
    store, ledger = build_object_store(settings), DatabaseUploadLedger(database)
    upload_id = str(uuid4())
    stored = store.put(quarantine_key(ORG, upload_id), data)
    with database.org_transaction(ORG) as connection:
        ensure_org(connection, ORG)
        uploads.record_upload(
            connection,
            ORG,
            upload_id=upload_id,
            key=stored.key,
            file_name=name,
            declared_type=None,
            size_bytes=len(data),
            source_sha256=stored.sha256,
        )
    with build_gate(settings, processes=1) as gate:
        ingest_org(ORG, store=store, ledger=ledger, gate=gate, drops=DropRules(0))
    return row(database, upload_id)


def row(database: Database, upload_id: str) -> uploads.Upload:
    with database.org_transaction(ORG) as connection:
        return uploads.get_upload(connection, ORG, upload_id)


def audited(database: Database, upload_id: str) -> list[tuple[str, str]]:
    asked = select(audit_log.c.actor, audit_log.c.action).where(audit_log.c.subject == upload_id)
    with database.org_transaction(ORG) as connection:
        return [(one.actor, one.action) for one in connection.execute(asked.order_by(audit_log.c.id))]


def commanded_letter() -> bytes:
    """A DOCX whose field sends a command to another program: held on suspicion."""
    field = '<w:p><w:fldSimple w:instr=" DDEAUTO excel book "/></w:p>'
    return made.docx(document=f'<w:document xmlns:w="{made.WORD}"><w:body>{field}</w:body></w:document>')


def test_a_held_file_is_released_once_as_it_is_and_audited(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = judged(settings, database, "letter.docx", commanded_letter())
    assert held.status == "quarantined"
    for _ in range(2):
        code, out, _ = run(capsys, monkeypatch, "evidence", "release", str(held.upload_id), "--org", ORG)
        assert (code, out) == (0, f"released {held.upload_id}\n")
    after = row(database, str(held.upload_id))
    assert (after.status, after.evidence_sha256) == ("promoted", held.source_sha256)
    assert audited(database, str(held.upload_id))[1:] == [("operator", "upload.released")]


def test_a_rejected_file_cannot_be_released(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected = judged(settings, database, "fake.png", b"MZ" + bytes(100))
    code, out, err = run(capsys, monkeypatch, "evidence", "release", str(rejected.upload_id), "--org", ORG)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert row(database, str(rejected.upload_id)).status == "rejected"


def test_a_discarded_file_is_gone_and_its_row_says_who_threw_it_away(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = judged(settings, database, "letter.docx", commanded_letter())
    for _ in range(2):
        code, _, _ = run(capsys, monkeypatch, "evidence", "discard", str(held.upload_id), "--org", ORG)
        assert code == 0
    assert row(database, str(held.upload_id)).status == "discarded"
    assert build_object_store(settings).stat(held.key) is None
    assert audited(database, str(held.upload_id))[1:] == [("operator", "upload.discarded")]


@pytest.mark.parametrize("command", ["release", "discard"])
@pytest.mark.parametrize("upload_id", ["4f0c1c5e-54f1-4d20-9c0e-5a1f2b3c4d5e", "no-such-thing"])
def test_an_upload_of_another_org_or_of_none_is_one_line_and_exit_code_2(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str,
    upload_id: str,
) -> None:  # fmt: skip
    code, out, err = run(capsys, monkeypatch, "evidence", command, upload_id, "--org", "globex")
    assert (code, out) == (2, ""), err
    assert err.startswith("error: ")
    assert err.count("\n") == 1
