"""`sgd content`: an operator sees, changes and resets the policy of an org, and every change is audited."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sgd_api.cli import app as cli
from sgd_api.cli.commands import content as command
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.tables.access import audit_log

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def acme(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def use() -> Iterator[Database]:
        yield database

    monkeypatch.setattr(command, "_database", use)
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["sgd", "content", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out + shown.err


def audited(database: Database) -> list[tuple[str, Any]]:
    query = select(audit_log.c.action, audit_log.c.details).where(audit_log.c.action.like("content_policy.%"))
    with database.org_transaction("acme") as connection:
        return [(row.action, row.details) for row in connection.execute(query.order_by(audit_log.c.id))]


def test_changes_are_kept_shown_and_taken_back(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "changes.json"
    file.write_text(json.dumps({"categories": {"weapons": "allow"}, "allow": ["killer price"]}))
    assert run(monkeypatch, capsys, "set", "--org", "acme", str(file))[0] == 0
    code, shown = run(monkeypatch, capsys, "show", "--org", "acme", "--json")
    policy = json.loads(shown)["policy"]
    assert (code, policy["categories"]["weapons"], policy["categories"]["hate"]) == (0, "allow", "block")
    assert run(monkeypatch, capsys, "check", "AK-47 for sale", "--org", "acme")[0] == 0
    assert run(monkeypatch, capsys, "check", "AK-47 for sale")[0] == 2
    assert "weapons, " not in run(monkeypatch, capsys, "show", "--org", "acme")[1]
    assert run(monkeypatch, capsys, "reset", "--org", "acme")[0] == 0
    assert run(monkeypatch, capsys, "check", "AK-47 for sale", "--org", "acme")[0] == 2
    assert audited(database) == [
        ("content_policy.changed", {"changes": ["allow", "categories"], "categories": {"weapons": "allow"}}),
        ("content_policy.reset", {}),
    ]


def test_a_file_that_breaks_the_contract_changes_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "changes.json"
    file.write_text(json.dumps({"categories": {"politics": "block"}}))
    assert run(monkeypatch, capsys, "set", "--org", "acme", str(file))[0] == 2
    assert run(monkeypatch, capsys, "set", "--org", "acme", str(tmp_path / "none.json"))[0] == 2
    assert audited(database) == []


def test_an_org_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = run(monkeypatch, capsys, "show", "--org", "nobody")
    assert (code, "no such org" in shown) == (2, True)
