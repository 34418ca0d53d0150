"""`sgd usage`: one org or all, grouped or call by call, as a table, JSON or CSV."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from typer.testing import CliRunner, Result

from sgd_api.cli import operator_database as operator
from sgd_api.cli.app import app
from sgd_resources.llm.money.ledger import CallRow, DatabaseLedger
from sgd_resources.postgres.engine import Database
from tests.sgd_api.conftest import make_key

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def spent(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def here(_: object) -> Iterator[Database]:
        yield database

    monkeypatch.setattr(operator, "operator_database", here)
    for org in ("acme", "globex", "hooli", "initech"):
        make_key(database, org)
    ledger = DatabaseLedger(database)
    call = CallRow("acme", "00000000-0000-4000-8000-000000000001", "planner", "succeeded", served_model="acme/good-1")
    ledger.record(replace(call, cost_usd_micros=700, tokens_in=10))
    ledger.record(
        replace(call, org_id="globex", call_id=call.call_id[:-1] + "2", served_model="=1+1", cost_usd_micros=50)
    )
    failed = replace(call, call_id=call.call_id[:-1] + "3", task="draft", outcome="failed", error_kind="timeout")
    ledger.record(replace(failed, org_id="hooli", cost_usd_micros=300))
    ledger.record(replace(failed, org_id="hooli", call_id=call.call_id[:-1] + "4", outcome="refused"))
    ledger.close()


def usage(*words: str) -> Result:
    return CliRunner().invoke(app, ["usage", *words])


def test_the_operator_sees_every_org_that_spent_and_csv_holds_a_row_each() -> None:
    rows = list(csv.DictReader(io.StringIO(usage("--all", "--csv", "--by", "model").stdout)))
    assert [(row["org_id"], row["model"], row["cost_usd_micros"]) for row in rows] == [
        ("acme", "acme/good-1", "700"),
        ("globex", "'=1+1", "50"),  # no formula for a spreadsheet
        ("hooli", "acme/good-1", "300"),
    ]


def test_failed_tries_that_cost_money_and_refused_ones_are_told_in_every_form() -> None:
    (row,) = csv.DictReader(io.StringIO(usage("--org", "hooli", "--csv").stdout))
    told = {name: row[name] for name in ("calls", "failed_tries", "failed_cost_usd_micros", "refused", "cached")}
    assert told == {"calls": "0", "failed_tries": "1", "failed_cost_usd_micros": "300", "refused": "1", "cached": "0"}
    said = "$0.0003 in all, $0.0003 of it for failed tries (1), 1 refused for want of budget"
    table = usage("--org", "hooli").stdout
    assert "1 for $0.0003" in " ".join(table.split())
    assert "1 refused" in " ".join(table.split())
    for words in (("--org", "hooli"), ("--org", "hooli", "--by", "call")):
        assert said in " ".join(usage(*words).stdout.split())
    assert "failed tries (1)" in " ".join(usage("--all").stdout.split())


def test_one_org_sees_its_own_calls_only() -> None:
    rows = list(csv.DictReader(io.StringIO(usage("--org", "acme", "--csv", "--by", "call").stdout)))
    assert [(row["org_id"], row["task"], row["tokens_in"], row["outcome"]) for row in rows] == [
        ("acme", "planner", "10", "succeeded")
    ]
    table = usage("--org", "acme").stdout
    assert "planner" in table
    assert "$0.0007 in all" in table


def test_csv_of_nothing_still_has_its_header() -> None:
    assert usage("--org", "initech", "--csv").stdout.startswith("org_id,task,calls,")


def test_org_and_all_exclude_each_other() -> None:
    assert usage().exit_code != 0
    assert usage("--org", "acme", "--all").exit_code != 0
