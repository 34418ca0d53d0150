"""`sgd org export|delete|tombstone`: an operator takes an org out and erases it."""

import json
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from sgd_api.cli import app as cli
from sgd_api.cli import installation as whole
from sgd_api.cli import operator_database
from sgd_resources.erasure.places import places_of
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, orgs
from sgd_resources.postgres.rows.whole.erasure import count_rows
from sgd_resources.settings import Settings
from tests.fakes.object_store import FakeObjectStore
from tests.fakes.vectors import FakeVectorStore

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def acme(database: Database, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, vectors = FakeObjectStore(), FakeVectorStore()
    settings = Settings(_env_file=None, sgd_var_dir=tmp_path / "var")

    @contextmanager
    def use(_: object) -> Iterator[whole.Installation]:
        with redis.Redis.from_url(redis_url) as client:
            places = places_of(settings, store=store, vectors=vectors, client=client, dagster_url=None)
            yield whole.Installation(database, store, vectors, places)

    @contextmanager
    def database_only(_: object) -> Iterator[Database]:
        yield database

    monkeypatch.setattr(whole, "whole_installation", use)
    monkeypatch.setattr(operator_database, "operator_database", database_only)
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        audit.append(connection, "acme", actor="key:k1", action="key.created", subject="k1")
    store.put("org/acme/evidence/one", b"1")


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["sgd", "org", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out + shown.err


def test_an_org_is_exported_erased_and_remembered_by_counts_and_a_hash(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "acme.zip"
    assert run(monkeypatch, capsys, "export", "--org", "acme", "--to", str(target))[0] == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.read("objects/evidence/one") == b"1"
    assert run(monkeypatch, capsys, "delete", "--org", "acme", "--confirm", "globex")[0] == 2
    with database.org_transaction("acme") as connection:
        assert count_rows(connection, "acme")["orgs"] == 1
    code, shown = run(monkeypatch, capsys, "delete", "--org", "acme", "--confirm", "acme", "--json")
    assert code == 0
    assert json.loads(shown)["erased"] == {
        "postgres": {"audit_chain": 3, "audit_log": 3, "orgs": 1}, "objects": {"evidence": 1},
    }  # fmt: skip
    with database.org_transaction("acme") as connection:
        assert count_rows(connection, "acme") == {}
    told = json.loads(run(monkeypatch, capsys, "tombstone", "--org", "acme", "--json")[1])
    assert [(one["chain_seq"], one["is_finished"], one["is_chain_whole"]) for one in told] == [(3, True, True)]
    code, shown = run(monkeypatch, capsys, "delete", "--org", "acme", "--confirm", "acme")
    assert (code, "is no org any more" in shown) == (0, True)
    assert run(monkeypatch, capsys, "tombstone", "--org", "globex")[0] == 2
    assert run(monkeypatch, capsys, "export", "--org", "acme", "--to", str(target))[0] == 2
