from pathlib import Path

import pytest
from typer.testing import CliRunner

from sgd_api.canon_page.sources import write_folder_page, write_org_page
from sgd_api.cli.commands.canon import app
from sgd_api.cli.folders.canon import CleanFile, FolderCanon, title_of
from sgd_assets.canon.model import Canon
from sgd_resources.errors import InvalidInput
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.evidence import upsert_evidence
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.settings import Settings
from sgd_resources.storage.keys import evidence_key
from sgd_resources.storage.select import build_object_store
from tests.sgd_api.canon_page.canons import CSS, colour_fact

pytestmark = pytest.mark.slow

CANON = Canon(palette_hex=("#1E4D3A",), facts=(colour_fact(),), evidence_sha256s=("a" * 64,))


@pytest.mark.parametrize(
    ("folder", "title"),
    [("blue_fox/evidence", "Blue fox"), ("acme", "Acme"), ("kits/ACME/brand", "ACME")],
)
def test_a_folder_of_evidence_is_named_after_its_brand(tmp_path: Path, folder: str, title: str) -> None:
    assert title_of(tmp_path / folder) == title


def test_a_folder_is_read_and_shown_without_any_service(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "brand.css").write_bytes(b":root { --brand-primary: #1e4d3a; --brand-accent: #f2a62b; }")
    target = tmp_path / "new" / "canon.html"
    target.parent.mkdir()
    result = CliRunner().invoke(app, ["derive", str(tmp_path / "acme"), "--html", str(target)])
    assert result.exit_code == 0, result.output
    html = target.read_text("utf-8")
    assert "<h1>Acme</h1>" in html
    assert "#1E4D3A" in html
    assert [path.name for path in target.parent.iterdir()] == ["canon.html"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    result = FolderCanon(Canon(), ())
    with pytest.raises(InvalidInput, match="cannot be written"):
        write_folder_page(tmp_path / "file" / "canon.html", result, title="Acme")


def test_a_folder_page_shows_the_clean_bytes(tmp_path: Path) -> None:
    result = FolderCanon(CANON, (), (CleanFile("a" * 64, "brand.css", "text/css", CSS),))
    write_folder_page(tmp_path / "canon.html", result, title="Acme")
    assert "<mark>#1e4d3a</mark>" in (tmp_path / "canon.html").read_text("utf-8")


@pytest.mark.embedded
def test_an_orgs_page_shows_its_stored_evidence_and_no_other_orgs(tmp_path: Path, database: Database) -> None:
    settings = Settings(sgd_var_dir=tmp_path / "var", s3_endpoint_url=None)
    store = build_object_store(settings)
    for org_id, file_name in (("acme", "brand.css"), ("other", "secret.css")):
        key = evidence_key(org_id, "a" * 64)
        store.put(key, CSS)
        with database.org_transaction(org_id) as connection:
            ensure_org(connection, org_id, f"{org_id} works")
            upsert_evidence(
                connection,
                org_id,
                EvidenceRecord("a" * 64, "a" * 64, file_name, "text/css", len(CSS), key, AvReport("clean")),
            )
    write_org_page(tmp_path / "canon.html", CANON, org_id="acme", database=database, settings=settings)
    html = (tmp_path / "canon.html").read_text("utf-8")
    assert "<h1>Acme works</h1>" in html
    assert "<mark>#1e4d3a</mark>" in html
    assert "secret.css" not in html
