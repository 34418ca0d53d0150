"""A process that is killed leaves no money held and no call without its row."""

import logging
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from sgd_resources.llm.call.books import Books
from sgd_resources.llm.call.keeper import Keeper
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money import scripts
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.ledger import DatabaseLedger
from sgd_resources.llm.money.registry import DatabaseRegistry
from sgd_resources.llm.money.scopes import org_day, today
from sgd_resources.llm.money.spend import DatabaseSpend
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.tables.models import inference_calls
from sgd_resources.redis.shared_state import SharedState
from tests.fakes.transport import FakeTransport

ROOT = Path(__file__).resolve().parents[4]
LIMITS = BudgetLimits(org_day_usd_micros=5_000_000, global_day_usd_micros=50_000_000)

HOLDER = """
import asyncio, sys, uuid
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.ledger import CallRow
from sgd_resources.llm.money.registry import DatabaseRegistry
from sgd_resources.llm.money.scopes import Reservation, scopes_of, today
from sgd_resources.llm.money.spend import DatabaseSpend
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.postgres.engine import Database
from sgd_resources.redis.shared_state import SharedState

async def main(redis_url, database_url, generation_id=None):
    limits = BudgetLimits(org_day_usd_micros=5_000_000, global_day_usd_micros=50_000_000)
    database = Database(database_url)
    budget = RedisBudget(
        SharedState(redis_url), limits, ledger=DatabaseSpend(database), registry=DatabaseRegistry(database)
    )
    entry = str(uuid.uuid4())
    row = CallRow("acme", entry, "planner", "unknown", cost_usd_micros=1_000_000, cost_source="estimate",
                  error_kind="process_died", day=today())
    held = Reservation(entry, "acme", today(), 1_000_000, scopes_of(limits, Caller("acme"), today()), vars(row))
    await budget.reserve(held)
    if generation_id:
        await budget.unknown(held, generation_id, vars(row))
    print(budget.process_id, flush=True)
    await asyncio.sleep(600)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.embedded
@pytest.mark.parametrize("generation_id", [None, "gen-7"])
async def test_what_a_killed_process_held_is_settled_in_redis_and_in_the_ledger(
    redis_url: str, database: Database, generation_id: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    """With something to ask by, the process that goes on asks the provider; without it the estimate is booked."""
    caplog.set_level(logging.WARNING, "sgd.events")
    cost, source = (700, "generation") if generation_id else (1_000_000, "estimate")
    wire = FakeTransport()
    wire.generations = {"gen-7": 0.0007}
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
    command = [sys.executable, "-c", HOLDER, redis_url, database.app_url, *filter(None, [generation_id])]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        dead = holder.stdout.readline().strip()
        holder.send_signal(signal.SIGKILL)
    state, ledger, registry = SharedState(redis_url), DatabaseLedger(database), DatabaseRegistry(database)
    budget = RedisBudget(state, LIMITS, ledger=DatabaseSpend(database), drain=ledger.drain, registry=registry)
    books = Books(lambda _: wire, budget=budget, ledger=ledger, metrics=LlmMetrics(), lookup_delays_s=(0.01, 0.1))
    keeper = Keeper(books, LlmMetrics())
    await budget.epochs.ready()
    ends_at = time.monotonic() + 20
    while dead in await budget.epochs.note_living() and time.monotonic() < ends_at:
        time.sleep(0.05)  # the database notices the end of a connection by itself
    assert dead not in await budget.epochs.note_living()
    await state.command("DEL", scripts.ALIVE + dead)  # in place of the 30 s after which it lapses
    assert await keeper.adopt(budget, youngest_epoch_s=0) == 1
    await books.settled(5)
    assert await budget.spent(org_day("acme", LIMITS, today())) == (0, cost)
    ledger.close()
    with database.org_transaction("acme") as connection:
        (row,) = connection.execute(select(inference_calls)).all()
    assert (row.cost_usd_micros, row.cost_source) == (cost, source)
    assert (row.outcome, row.error_kind) == ("unknown", "process_died")
    [told] = [record.getMessage() for record in caplog.records if "budget.reservations_swept" in record.getMessage()]
    assert '"attempts": 1, "usd_micros": 1000000' in told
    await books.close(1)
    await budget.epochs.leave()
    await state.close()
