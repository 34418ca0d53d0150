"""Money never overspends: laws over random histories, four processes against one cap, and what a lost Redis does."""

import asyncio
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sgd_resources.errors import BudgetExceeded, Unavailable
from sgd_resources.llm.money.budget import BudgetAlert, RedisBudget, Reservation, Scope, scopes_of, today
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.redis.shared_state import SharedState

ROOT = Path(__file__).resolve().parents[4]
DAY = "2026-11-21"


def limits(**changes: int | None) -> BudgetLimits:
    found = BudgetLimits(org_day_usd_micros=5_000_000, global_day_usd_micros=50_000_000)
    return replace(found, **changes)  # type: ignore[arg-type]  # fields of the dataclass by name


def reservation(amount: int, policy: BudgetLimits, *, org: str = "acme", request: str | None = None) -> Reservation:
    call = uuid.uuid4().hex
    scopes = scopes_of(policy, org_id=org, call_id=call, task_cap_usd_micros=10**9, request_id=request, day=DAY)
    return Reservation(call, org, DAY, amount, scopes)


class Ledger:
    """A durable ledger that says what it is told to."""

    def __init__(self, org: int = 0, everybody: int = 0, *, is_down: bool = False) -> None:
        self.answer, self.is_down, self.asked = (org, everybody), is_down, 0

    def spent(self, day: str, org_id: str) -> tuple[int, int]:
        self.asked += 1
        if self.is_down:
            raise Unavailable("no database")
        return self.answer


async def test_a_reservation_over_any_scope_is_refused_and_takes_nothing(redis_url: str) -> None:
    state = SharedState(redis_url)
    policy = limits(request_usd_micros=250_000)
    budget = RedisBudget(state, policy)
    await budget.reserve(reservation(200_000, policy, request="r1"))
    with pytest.raises(BudgetExceeded) as refused:
        await budget.reserve(reservation(100_000, policy, request="r1"))
    assert refused.value.details["scope"] == "request"
    assert await budget.spent(Scope("org_day", f"org:{DAY}:acme", None)) == (200_000, 0)
    await state.close()


async def test_settling_twice_books_once_and_to_the_day_of_the_reservation(redis_url: str) -> None:
    state = SharedState(redis_url)
    budget = RedisBudget(state, limits())
    held = await budget.reserve(reservation(100_000, limits()))
    await budget.settle(held, 70_000)
    await budget.settle(held, 70_000)
    assert await budget.spent(Scope("org_day", f"org:{DAY}:acme", None)) == (0, 70_000)
    # Also long after, when Redis has forgotten the reservation itself.
    with redis.Redis.from_url(redis_url) as client:
        client.delete(f"sgd:llm:{{budget}}:held:{held.reservation_id}")
    await budget.settle(held, 70_000)
    assert await budget.spent(Scope("org_day", f"org:{DAY}:acme", None)) == (0, 70_000)
    await state.close()


async def test_a_release_gives_everything_back(redis_url: str) -> None:
    state = SharedState(redis_url)
    budget = RedisBudget(state, limits())
    held = await budget.reserve(reservation(5_000_000, limits()))
    await budget.settle(held, 0)
    await budget.reserve(reservation(5_000_000, limits()))
    await state.close()


async def test_alerts_come_once_per_mark(redis_url: str) -> None:
    state = SharedState(redis_url)
    budget = RedisBudget(state, limits())
    heard: list[BudgetAlert] = []
    for _ in range(50):
        held = await budget.reserve(reservation(100_000, limits()))
        heard += await budget.settle(held, 100_000)
    with pytest.raises(BudgetExceeded):
        await budget.reserve(reservation(100_000, limits()))
    assert [(alert.kind, alert.percent) for alert in heard] == [("org_day", 50), ("org_day", 80), ("org_day", 100)]
    assert budget.refusal_alerts == []
    await state.close()


async def test_a_refusal_is_the_100_percent_alert_when_no_booking_was(redis_url: str) -> None:
    state = SharedState(redis_url)
    policy = limits(org_day_usd_micros=950_000)
    budget = RedisBudget(state, policy)
    for _ in range(9):
        await budget.settle(await budget.reserve(reservation(100_000, policy)), 100_000)
    for _ in range(3):
        with pytest.raises(BudgetExceeded):
            await budget.reserve(reservation(100_000, policy))
    assert [alert.percent for alert in budget.refusal_alerts] == [100]
    await state.close()


async def test_a_lost_redis_is_rebuilt_from_the_ledger(redis_url: str) -> None:
    state = SharedState(redis_url)
    ledger = Ledger(org=4_950_000, everybody=6_000_000)
    budget = RedisBudget(state, limits(), ledger=ledger)
    with pytest.raises(BudgetExceeded):
        await budget.reserve(reservation(100_000, limits()))
    held = await budget.reserve(reservation(50_000, limits()))
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    await budget.settle(held, 40_000)  # what was in flight at the loss still counts
    ledger.answer = (4_950_000, 6_000_000)
    with pytest.raises(BudgetExceeded):
        await budget.reserve(reservation(50_001, limits()))
    await state.close()


async def test_without_redis_or_ledger_nothing_is_reserved(redis_url: str, tmp_path: Path) -> None:
    nowhere = SharedState(f"unix://{tmp_path}/none.sock")
    with pytest.raises(Unavailable):
        await RedisBudget(nowhere, limits()).reserve(reservation(1, limits()))
    state = SharedState(redis_url)
    with pytest.raises(Unavailable):
        await RedisBudget(state, limits(), ledger=Ledger(is_down=True)).reserve(reservation(1, limits()))
    await state.close()


async def test_what_a_dead_process_held_is_settled_at_its_estimate(redis_url: str) -> None:
    state = SharedState(redis_url)
    budget = RedisBudget(state, limits())
    held = await budget.reserve(reservation(100_000, limits()))
    assert await budget.sweep(older_than_s=60) == 0
    assert await budget.sweep(older_than_s=-1) == 1
    await budget.settle(held, 30_000)
    assert await budget.spent(Scope("org_day", f"org:{DAY}:acme", None)) == (0, 100_000)
    await state.close()


async def test_a_job_may_make_so_many_calls_and_no_more(redis_url: str) -> None:
    state = SharedState(redis_url)
    budget = RedisBudget(state, limits())
    for _ in range(3):
        await budget.reserve(reservation(1, limits()), job_id="run", max_calls=3)
    with pytest.raises(BudgetExceeded) as refused:
        await budget.reserve(reservation(1, limits()), job_id="run", max_calls=3)
    assert refused.value.details["scope"] == "job_calls"
    await state.close()


class BudgetLaws(RuleBasedStateMachine):
    """Whatever is reserved, settled, repeated or evicted: spent + reserved stays at or under each cap."""

    url = ""

    @initialize(cap=st.integers(1, 40))
    def begin(self, cap: int) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushdb()
        self.cap = cap
        self.policy = BudgetLimits(org_day_usd_micros=cap, global_day_usd_micros=60, request_usd_micros=25)
        self.loop = asyncio.new_event_loop()
        self.state = SharedState(self.url)
        self.budget = RedisBudget(self.state, self.policy)
        self.open: list[Reservation] = []
        self.settled: list[tuple[Reservation, int]] = []
        self.spent: dict[str, int] = {}
        self.reserved: dict[str, int] = {}
        self.alerts: list[BudgetAlert] = []

    @rule(amount=st.integers(0, 12), org=st.sampled_from(["a1", "b1"]), request=st.sampled_from([None, "x", "y"]))
    def reserve(self, amount: int, org: str, request: str | None) -> None:
        wanted = reservation(amount, self.policy, org=org, request=request)
        fits = all(
            s.limit_usd_micros is None
            or self.spent.get(s.name, 0) + self.reserved.get(s.name, 0) + amount <= s.limit_usd_micros
            for s in wanted.scopes
        )
        try:
            held = self.loop.run_until_complete(self.budget.reserve(wanted))
        except BudgetExceeded:
            assert not fits
            return
        assert fits
        self.open.append(held)
        for scope in held.scopes:
            self.reserved[scope.name] = self.reserved.get(scope.name, 0) + amount

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        held = self.open.pop(data.draw(st.integers(0, len(self.open) - 1)))
        cost = data.draw(st.integers(0, held.amount_usd_micros))
        self.alerts += self.loop.run_until_complete(self.budget.settle(held, cost))
        self.settled.append((held, cost))
        for scope in held.scopes:
            self.reserved[scope.name] -= held.amount_usd_micros
            self.spent[scope.name] = self.spent.get(scope.name, 0) + cost

    @precondition(lambda self: self.settled)
    @rule(data=st.data())
    def settle_again(self, data: st.DataObject) -> None:
        held, cost = data.draw(st.sampled_from(self.settled))
        assert not self.loop.run_until_complete(self.budget.settle(held, cost + 5))

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def evict(self, data: st.DataObject) -> None:
        held = data.draw(st.sampled_from(self.open))
        with redis.Redis.from_url(self.url) as client:
            client.delete(f"sgd:llm:{{budget}}:held:{held.reservation_id}")

    @invariant()
    def books_agree(self) -> None:
        if not hasattr(self, "budget"):
            return
        for name in {*self.spent, *self.reserved}:
            if name.startswith("call:"):
                continue
            found = self.loop.run_until_complete(self.budget.spent(Scope("x", name, None)))
            assert found == (self.reserved.get(name, 0), self.spent.get(name, 0))
            cap = self.cap if name.startswith("org") else 60 if name.startswith("global") else 25
            assert sum(found) <= cap
        marks = [(alert.scope, alert.percent) for alert in self.alerts]
        assert len(marks) == len(set(marks))

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.loop.run_until_complete(self.state.close())
            self.loop.close()


def test_the_books_keep_their_laws(redis_url: str) -> None:
    BudgetLaws.url = redis_url
    run_state_machine_as_test(
        BudgetLaws,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


RACER = """
import asyncio, sys, uuid
from sgd_resources.errors import BudgetExceeded
from sgd_resources.llm.money.budget import RedisBudget, Reservation, scopes_of
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.redis.shared_state import SharedState

async def main(url, day):
    limits = BudgetLimits(org_day_usd_micros=5_000_000, global_day_usd_micros=50_000_000)
    state = SharedState(url)
    budget = RedisBudget(state, limits)
    paid, alerts = 0, []
    async def call():
        nonlocal paid
        scopes = scopes_of(
            limits, org_id="acme", call_id=uuid.uuid4().hex, task_cap_usd_micros=10**9, request_id=None, day=day
        )
        try:
            held = await budget.reserve(Reservation(uuid.uuid4().hex, "acme", day, 100_000, scopes))
        except BudgetExceeded:
            return
        await asyncio.sleep(0.001)
        alerts.extend(a.percent for a in await budget.settle(held, 100_000))
        paid += 1
    for _ in range(5):
        await asyncio.gather(*(call() for _ in range(50)))
    await state.close()
    print(paid, *alerts, *(alert.percent for alert in budget.refusal_alerts))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def racers(redis_url: str) -> Iterator[list["subprocess.Popen[str]"]]:
    started = [
        subprocess.Popen([sys.executable, "-c", RACER, redis_url, DAY], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    yield started
    for process in started:
        process.kill()
        process.wait()


async def test_a_thousand_calls_of_ten_cents_from_four_processes_stop_at_five_dollars(
    redis_url: str, racers: list["subprocess.Popen[str]"]
) -> None:
    lines = [process.communicate(timeout=60)[0].split() for process in racers]
    paid = sum(int(line[0]) for line in lines)
    alerts = sorted(int(word) for line in lines for word in line[1:])
    assert paid == 50
    assert alerts == [50, 80, 100]
    state = SharedState(redis_url)
    assert await RedisBudget(state, limits()).spent(Scope("org_day", f"org:{DAY}:acme", None)) == (0, 5_000_000)
    await state.close()


def test_the_day_is_utc() -> None:
    assert len(today()) == 10
