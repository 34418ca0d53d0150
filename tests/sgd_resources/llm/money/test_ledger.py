"""The call log: one bad row takes no other along, and stays to be seen."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from sgd_resources.errors import Unavailable, ValidationFailed
from sgd_resources.llm.money.ledger import CallRow, DatabaseLedger
from sgd_resources.llm.money.mended_row import MENDED, MOST_CHARACTERS, mended, plain
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.tables.models import inference_calls


def row(**facts: Any) -> CallRow:
    return replace(CallRow("acme", str(uuid4()), "planner", "succeeded", cost_usd_micros=700), **facts)


@pytest.fixture
def acme(database: Database) -> Database:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
    return database


def stored(database: Database) -> list[Any]:
    with database.org_transaction("acme") as connection:
        return list(connection.execute(select(inference_calls)))


@pytest.mark.embedded
@pytest.mark.parametrize("model", ["nul\x00model", "half \ud800 pair", "m" * 2_000_000])
def test_a_model_name_that_the_database_cannot_hold_costs_no_row(acme: Database, model: str) -> None:
    ledger = DatabaseLedger(acme)
    for number in range(20):
        ledger.record(row(served_model=model if number == 7 else "acme/good-1"))
    ledger.close()
    assert (ledger.written, ledger.dropped, ledger.mended) == (20, 0, 0)
    assert sum(found.cost_usd_micros for found in stored(acme)) == 20 * 700
    assert max(len(found.served_model) for found in stored(acme)) <= MOST_CHARACTERS


@pytest.mark.embedded
@pytest.mark.parametrize(
    "fault",
    [
        {"tokens_in": 10**30},
        {"tokens_out": -(10**30)},
        {"call_id": "not a uuid"},
        {"cost_source": "heaven"},
        {"day": "the 30th of February"},
        {"created_at": "yesterday"},
        {"latency_ms": float("nan")},
        {"attempt": 2**40},
    ],
)
def test_a_row_that_breaks_its_columns_is_written_cut_and_told(
    acme: Database, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []
    ledger = DatabaseLedger(acme, on_mend=told.append)
    for number in range(20):
        ledger.record(row(**(fault if number == 7 else {})))
    with caplog.at_level(logging.WARNING):
        ledger.close()
    assert (ledger.written, ledger.dropped, ledger.mended, told) == (20, 0, 1, [1])
    assert [found.error_kind for found in stored(acme) if found.error_kind] == [MENDED]
    assert sum(found.cost_usd_micros for found in stored(acme)) == 20 * 700
    assert "values cut" in caplog.text


class _Refusing:
    """A database that refuses one call whatever its row says, and may be away for a while."""

    def __init__(self, task: str, away: int = 0) -> None:
        self.task, self.away = task, away
        self.written: list[str] = []
        self.thread: int | None = None

    @contextmanager
    def org_transaction(self, org_id: str) -> Iterator["_Refusing"]:
        yield self

    def execute(self, statement: object, parameters: dict[str, Any]) -> None:
        self.thread = threading.get_ident()
        if self.away:
            self.away -= 1
            raise Unavailable("away", retry_after_s=0)
        tasks = [found["task"] for found in parameters["rows"].obj]
        if self.task in tasks:
            raise ValidationFailed("no")
        self.written += tasks


def test_a_row_that_is_refused_for_good_is_counted_and_told_with_its_money(caplog: pytest.LogCaptureFixture) -> None:
    database, dropped = _Refusing("bad"), list[int]()
    ledger = DatabaseLedger(database, on_drop=dropped.append)  # type: ignore[arg-type]  # a fake of two methods
    for task in ("a", "bad", "b"):
        ledger.record(row(task=task))
    ledger.close()
    assert database.written == ["a", "b"]
    assert (ledger.written, ledger.dropped, dropped) == (2, 1, [1])
    assert "'bad'" in caplog.text
    assert "700 micro-USD" in caplog.text


def test_a_database_that_is_away_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sgd_resources.llm.money.ledger._RETRY_S", 0.001)
    database = _Refusing("bad", away=3)
    ledger = DatabaseLedger(database)  # type: ignore[arg-type]  # a fake of two methods
    for task in ("a", "bad", "b"):
        ledger.record(row(task=task))
    assert ledger.drain()
    ledger.close()
    assert (sorted(database.written), ledger.dropped) == (["a", "b"], 1)


def test_a_mended_row_keeps_what_it_can() -> None:
    found = mended(row(call_id="x", tokens_in=10**30, served_model="m", day="2026-11-30", error_kind="timeout"))
    assert UUID(found.call_id) == UUID(mended(row(call_id="x")).call_id)
    assert (found.tokens_in, found.served_model, found.day) == (2**63 - 1, "m", "2026-11-30")
    assert (found.cost_usd_micros, found.error_kind) == (700, "timeout")
    assert plain(found)["served_model"] == "m"
