"""`sgd audit`: an operator reads the log of an org and has it checked."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text

from sgd_api.cli import app as cli
from sgd_api.cli import operator_database
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, orgs

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def acme(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def use(settings: object) -> Iterator[Database]:
        yield database

    monkeypatch.setattr(operator_database, "operator_database", use)
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        for subject in ("k1", "k2"):
            audit.append(connection, "acme", actor="operator", action="key.created", subject=subject)
        audit.append(connection, "acme", actor="key:k1", action="render.requested", subject="r1")


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["sgd", "audit", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out + shown.err


def test_rows_are_shown_newest_first_and_by_action(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = run(monkeypatch, capsys, "show", "--org", "acme", "--json")
    assert (code, [row["subject"] for row in json.loads(shown)]) == (0, ["r1", "k2", "k1"])
    shown = run(monkeypatch, capsys, "show", "--org", "acme", "--action", "key.")[1]
    assert ("k2" in shown, "r1" in shown) == (True, False)
    assert run(monkeypatch, capsys, "show", "--org", "nobody")[0] == 2


def test_a_whole_log_tells_its_head_and_a_broken_one_its_first_broken_row(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = run(monkeypatch, capsys, "verify", "--org", "acme")
    assert (code, shown.startswith("3 rows, all as they were written")) == (0, True)
    head = "".join(shown.rpartition("head")[2].split())
    assert run(monkeypatch, capsys, "verify", "--org", "acme", "--head", head)[0] == 0
    assert run(monkeypatch, capsys, "verify", "--org", "acme", "--head", "3:x")[0] == 2
    assert database.owner_url is not None
    engine = create_engine(database.owner_url)
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.org_id', 'acme', true)"))
        changed = connection.execute(
            text("UPDATE audit_log SET actor = 'x' WHERE subject = 'k2' RETURNING id")
        ).scalar()
    engine.dispose()
    code, shown = run(monkeypatch, capsys, "verify", "--org", "acme")
    assert (code, f"broken at row {changed}: its row was changed" in " ".join(shown.split())) == (1, True)
    found, _ = json.JSONDecoder().raw_decode(run(monkeypatch, capsys, "verify", "--org", "acme", "--json")[1])
    assert (found["rows"], found["broken"]) == (1, {"seq": 2, "audit_id": changed, "why": "its row was changed"})
