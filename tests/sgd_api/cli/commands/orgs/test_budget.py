"""`sgd budget`: an operator gives an org caps of its own and sees what is left of them."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest

from sgd_api.cli import app as cli
from sgd_api.cli import operator_database
from sgd_resources.llm.money.ledger import CallRow, DatabaseLedger
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs, keys, orgs, uploads
from sgd_resources.postgres.rows.proof.lists import list_audit
from sgd_resources.postgres.rows.whole.caps import Caps, read_caps

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def acme(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def use(settings: object) -> Iterator[Database]:
        yield database

    monkeypatch.setattr(operator_database, "operator_database", use)
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["sgd", "budget", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out + shown.err


def caps_of(database: Database) -> Caps:
    with database.org_transaction("acme") as connection:
        return read_caps(connection, "acme")


def test_a_cap_is_set_told_audited_and_taken_back(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = run(monkeypatch, capsys, "set", "--org", "acme", "--day-usd", "2.5")
    assert (code, shown.startswith("acme: $2.5000 a day, the policy's cap a month")) == (0, True)
    run(monkeypatch, capsys, "set", "--org", "acme", "--month-usd", "40")
    assert caps_of(database) == Caps(2_500_000, 40_000_000)
    ledger = DatabaseLedger(database)
    ledger.record(CallRow("acme", "00000000-0000-4000-8000-000000000001", "planner", "succeeded", cost_usd_micros=500))
    ledger.close()
    found = {pot["kind"]: pot for pot in json.loads(run(monkeypatch, capsys, "show", "--org", "acme", "--json")[1])}
    assert (found["org_day"]["spent_usd_micros"], found["org_day"]["left_usd_micros"]) == (500, 2_499_500)
    assert found["org_month"]["limit_usd_micros"] == 40_000_000
    run(monkeypatch, capsys, "set", "--org", "acme", "--day-usd", "policy", "--month-usd", "policy")
    assert caps_of(database) == Caps()
    with database.org_transaction("acme") as connection:
        assert [row.action for row in list_audit(connection, "acme", limit=9)] == ["budget.set"] * 3


def test_a_key_and_a_project_have_caps_of_their_own(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.org_transaction("acme") as connection:
        key = keys.create_key(connection, "acme", label="ci").key_id
    assert run(monkeypatch, capsys, "set", "--org", "acme", "--key", key, "--day-usd", "1")[0] == 0
    assert run(monkeypatch, capsys, "set", "--org", "acme", "--project", "spring", "--month-usd", "2")[0] == 0
    assert caps_of(database).parts == {("key", key): (1_000_000, None), ("project", "spring"): (None, 2_000_000)}
    shown = json.loads(run(monkeypatch, capsys, "show", "--org", "acme", "--json")[1])
    assert {(pot["kind"], pot["of"]) for pot in shown} >= {("key_day", key), ("project_month", "spring")}
    assert run(monkeypatch, capsys, "set", "--org", "acme", "--key", key, "--day-usd", "policy")[0] == 0
    assert ("key", key) not in caps_of(database).parts
    for words in (("--key", "nobodys"), ("--key", key, "--project", "spring"), ("--project", "")):
        assert run(monkeypatch, capsys, "set", "--org", "acme", *words, "--day-usd", "1")[0] == 2


@pytest.mark.parametrize("by", ["call", "job", "upload"])
def test_a_cap_of_a_project_that_nothing_has_named_is_set_and_said(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    words = ("set", "--org", "acme", "--project", "spring [bold]", "--day-usd", "1")
    code, shown = run(monkeypatch, capsys, *words)
    assert (code, "has named the project spring [bold]" in " ".join(shown.split())) == (0, True)
    assert ("project", "spring [bold]") in caps_of(database).parts
    if by == "call":
        ledger = DatabaseLedger(database)
        call = CallRow("acme", "00000000-0000-4000-8000-000000000001", "planner", "succeeded")
        ledger.record(replace(call, project_id="spring [bold]"))
        ledger.close()
    with database.org_transaction("acme") as connection:
        if by == "job":
            jobs.create_job(connection, "acme", jobs.NewJob("ingest", {}, project_id="spring [bold]"))
        if by == "upload":
            uploads.record_upload(
                connection, "acme", upload_id=str(uuid4()), key="k", file_name="a.css", declared_type=None,
                size_bytes=1, project_id="spring [bold]",
            )  # fmt: skip
    assert "has named" not in run(monkeypatch, capsys, *words)[1]


@pytest.mark.parametrize(
    "words", [(), ("--day-usd", "much"), ("--day-usd", "-1"), ("--day-usd", "NaN"), ("--day-usd", "1e99")]
)
def test_what_is_no_amount_changes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(monkeypatch, capsys, "set", "--org", "acme", *words)[0] == 2
    assert caps_of(database) == Caps()


def test_an_org_that_is_none_has_no_budget(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, capsys, "show", "--org", "nobody")[0] == 2
    assert run(monkeypatch, capsys, "set", "--org", "nobody", "--day-usd", "1")[0] == 2
