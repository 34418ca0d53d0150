"""Money never overspends: laws over random histories, four processes against one cap, and what a lost Redis does."""

import asyncio
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
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
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.money import scripts
from sgd_resources.llm.money.budget import BudgetAlert, RedisBudget
from sgd_resources.llm.money.scopes import Reservation, Scope, scopes_of, today
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.redis.shared_state import SharedState

ROOT = Path(__file__).resolve().parents[4]
DAY = "2026-11-21"


def limits(**changes: int | None) -> BudgetLimits:
    found = BudgetLimits(org_day_usd_micros=5_000_000, global_day_usd_micros=50_000_000)
    return replace(found, **changes)  # type: ignore[arg-type]  # fields of the dataclass by name


def reservation(amount: int, policy: BudgetLimits, *, org: str = "acme", request: str | None = None) -> Reservation:
    scopes = scopes_of(policy, Caller(org, request_id=request), DAY)
    return Reservation(uuid.uuid4().hex, org, DAY, amount, scopes)


class Ledger:
    """A durable ledger that says what it is told to."""

    def __init__(self, org: int = 0, everybody: int = 0, *, is_down: bool = False) -> None:
        self.answer, self.is_down, self.asked = (org, everybody), is_down, 0
        self.requests: dict[str, int] = {}

    def spent(self, org_id: str, scopes: Sequence[Scope]) -> Sequence[int]:
        self.asked += 1
        if self.is_down:
            raise Unavailable("no database")
        found = [self.answer[scope.kind.startswith("global")] for scope in scopes]
        return [
            self.requests.get(scope.name.rpartition(":")[2], 0) if scope.kind == "request" else spent
            for scope, spent in zip(scopes, found, strict=True)
        ]

    def of_requests(self, org_id: str, day: str) -> Mapping[str, int]:
        return self.requests


class Registry:
    """Processes in a set."""

    def __init__(self) -> None:
        self.known: set[str] = set()

    def living(self, process_id: str) -> Sequence[str]:
        self.known.add(process_id)
        return sorted(self.known)

    def left(self, process_id: str) -> None:
        self.known.discard(process_id)


async def test_a_reservation_over_any_scope_is_refused_and_takes_nothing(redis_url: str) -> None:
    state = SharedState(redis_url)
    policy = limits(request_usd_micros=250_000)
    budget = RedisBudget(state, policy)
    await budget.reserve(reservation(200_000, policy, request="r1"))
    with pytest.raises(BudgetExceeded) as refused:
        await budget.reserve(reservation(100_000, policy, request="r1"))
    assert refused.value.details["scope"] == "request"
    assert await budget.spent(Scope("org_day", DAY, "org:acme", None)) == (200_000, 0)
    await state.close()


async def test_settling_twice_books_once_and_to_the_day_of_the_reservation(redis_url: str) -> None:
    state = SharedState(redis_url)
    budget = RedisBudget(state, limits())
    held = await budget.reserve(reservation(100_000, limits()))
    await budget.settle(held, 70_000)
    await budget.settle(held, 70_000)
    assert await budget.spent(Scope("org_day", DAY, "org:acme", None)) == (0, 70_000)
    # Also long after, when Redis has forgotten the reservation itself.
    with redis.Redis.from_url(redis_url) as client:
        client.delete(f"sgd:{{llm}}:budget:held:{held.reservation_id}")
    await budget.settle(held, 70_000)
    assert await budget.spent(Scope("org_day", DAY, "org:acme", None)) == (0, 70_000)
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


async def test_what_a_dead_process_held_goes_to_another_once_and_is_settled_there(redis_url: str) -> None:
    state = SharedState(redis_url)
    dead, other = RedisBudget(state, limits()), RedisBudget(state, limits())
    row = {"org_id": "acme", "task": "planner"}
    held = await dead.reserve(replace(reservation(100_000, limits()), row=row))
    await other.epochs.ready()
    assert await other.adopt(youngest_epoch_s=0) == []
    await state.command("DEL", scripts.ALIVE + dead.process_id)
    assert await other.adopt(youngest_epoch_s=60) == []  # Redis has just begun: the living may not have said so yet
    (left,) = await other.adopt(youngest_epoch_s=0)
    assert (left.reservation.reservation_id, left.state, left.reservation.row) == (held.reservation_id, "flying", row)
    await other.settle(left.reservation, 100_000)
    await dead.settle(held, 30_000)
    assert await other.spent(Scope("org_day", DAY, "org:acme", None)) == (0, 100_000)
    assert await other.adopt(youngest_epoch_s=0) == []
    await state.close()


async def test_a_row_that_a_dead_process_had_not_written_is_left_to_another(redis_url: str) -> None:
    state = SharedState(redis_url)
    dead, other = RedisBudget(state, limits()), RedisBudget(state, limits())
    held = await dead.reserve(reservation(100_000, limits()))
    await dead.settle(held, 70_000, row={"org_id": "acme", "cost_usd_micros": 70_000})
    await other.epochs.ready()
    await state.command("DEL", scripts.ALIVE + dead.process_id)
    (left,) = await other.adopt(youngest_epoch_s=0)
    assert (left.state, left.reservation.row) == ("settled", {"org_id": "acme", "cost_usd_micros": 70_000})
    other.written([held.reservation_id])
    assert await other.adopt(youngest_epoch_s=0) == []
    await state.close()


async def test_a_new_epoch_waits_until_every_living_process_has_announced_what_it_holds(redis_url: str) -> None:
    state = SharedState(redis_url)
    registry, ledger = Registry(), Ledger()
    one, two = (RedisBudget(state, limits(), ledger=ledger, registry=registry) for _ in range(2))
    held = await one.reserve(reservation(3_000_000, limits()))
    await two.reserve(reservation(1_000_000, limits()))
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    early = asyncio.ensure_future(two.reserve(reservation(1_000_001, limits())))
    await asyncio.sleep(0.3)
    assert not early.done()
    assert not await one.epochs.beat()
    await one.epochs.ready()
    with pytest.raises(BudgetExceeded) as refused:
        await early
    assert refused.value.details["reserved_usd_micros"] == 4_000_000
    await one.settle(held, 2_000_000)
    assert await two.spent(Scope("org_day", DAY, "org:acme", None)) == (1_000_000, 2_000_000)
    await state.close()


async def test_a_process_that_does_not_announce_itself_stops_all_others_for_a_bounded_time(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sgd_resources.llm.money.epochs.MOST_WAIT_S", 0.2)
    state = SharedState(redis_url)
    registry = Registry()
    registry.known.add("0000dead")
    with pytest.raises(Unavailable):
        await RedisBudget(state, limits(), registry=registry).reserve(reservation(1, limits()))
    registry.known.discard("0000dead")
    await RedisBudget(state, limits(), registry=registry).reserve(reservation(1, limits()))
    await state.close()


async def test_a_redis_that_comes_back_with_an_old_snapshot_is_not_believed(redis_url: str) -> None:
    state = SharedState(redis_url)
    ledger = Ledger()
    budget = RedisBudget(state, limits(), ledger=ledger)
    await budget.settle(await budget.reserve(reservation(100_000, limits())), 100_000)
    ledger.answer = (4_900_000, 4_900_000)
    with redis.Redis.from_url(redis_url) as client:
        client.hset(scripts.EPOCH, "run", "another life")
    with pytest.raises(BudgetExceeded) as refused:
        await budget.reserve(reservation(100_001, limits()))
    assert refused.value.details["spent_usd_micros"] == 4_900_000
    await state.close()


async def test_pots_that_were_evicted_are_filled_again_with_what_is_held(redis_url: str) -> None:
    state = SharedState(redis_url)
    budget = RedisBudget(state, limits(), ledger=Ledger())
    await budget.reserve(reservation(4_000_000, limits()))
    with redis.Redis.from_url(redis_url) as client:
        client.delete(scripts.POTS + DAY)
    with pytest.raises(BudgetExceeded) as refused:
        await budget.reserve(reservation(1_000_001, limits()))
    assert refused.value.details["reserved_usd_micros"] == 4_000_000
    await state.close()


async def test_a_row_that_is_in_the_ledger_already_is_not_counted_twice_by_a_new_epoch(redis_url: str) -> None:
    state = SharedState(redis_url)
    ledger = Ledger()
    budget = RedisBudget(state, limits(), ledger=ledger)
    held = await budget.reserve(reservation(1_000_000, limits()))
    budget.recorded(held)
    ledger.answer = (700_000, 700_000)
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    await budget.settle(held, 700_000)
    await budget.reserve(reservation(1, limits()))
    assert await budget.spent(Scope("org_day", DAY, "org:acme", None)) == (1, 700_000)
    await state.close()


async def test_a_refusal_says_to_wait_for_calls_in_flight_or_for_the_next_day(redis_url: str) -> None:
    state = SharedState(redis_url)
    budget = RedisBudget(state, limits())
    held = await budget.reserve(reservation(4_990_000, limits()))
    with pytest.raises(BudgetExceeded) as in_flight:
        await budget.reserve(reservation(100_000, limits()))
    assert in_flight.value.retry_after_s == 5
    assert (in_flight.value.details["spent_usd_micros"], budget.refusal_alerts) == (0, [])
    await budget.settle(held, 4_990_000)
    with pytest.raises(BudgetExceeded) as spent:
        await budget.reserve(reservation(100_000, limits()))
    assert "this call may cost up to $0.100000, more than the $0.010000 left" in str(spent.value)
    # The settled call itself passed the marks: the refusal tells nothing new.
    assert spent.value.retry_after_s != in_flight.value.retry_after_s
    await state.close()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"key_day_usd_micros": 150}, "key_day"),
        ({"key_month_usd_micros": 150}, "key_month"),
        ({"project_day_usd_micros": 150}, "project_day"),
        ({"project_month_usd_micros": 150}, "project_month"),
        ({"org_month_usd_micros": 150}, "org_month"),
        ({"global_month_usd_micros": 150}, "global_month"),
    ],
)
async def test_a_key_a_project_and_a_month_have_caps_of_their_own(
    redis_url: str, changes: dict[str, int], kind: str
) -> None:
    state = SharedState(redis_url)
    policy = limits(**changes)
    budget = RedisBudget(state, policy)

    def wanted(day: str, key: str, project: str, org: str = "acme") -> Reservation:
        scopes = scopes_of(policy, Caller(org, project, key_id=key), day)
        return Reservation(uuid.uuid4().hex, org, day, 100, scopes)

    await budget.reserve(wanted("2026-11-20", "k1", "p1"))
    with pytest.raises(BudgetExceeded) as refused:
        await budget.reserve(wanted("2026-11-20", "k1", "p1"))
    assert refused.value.details["scope"] == kind
    others = {"key": ("k2", "p1", "acme"), "project": ("k1", "p2", "acme"), "org": ("k1", "p1", "globex")}
    if kind != "global_month":
        await budget.reserve(wanted("2026-11-20", *others[kind.partition("_")[0]]))
    await budget.reserve(wanted("2026-11-21" if kind.endswith("day") else "2026-12-01", "k1", "p1"))
    await state.close()


async def test_the_first_request_of_a_day_asks_the_ledger_and_no_later_one_does(redis_url: str) -> None:
    state, ledger, policy = SharedState(redis_url), Ledger(), limits(request_usd_micros=250_000)
    budget = RedisBudget(state, policy, ledger=ledger)
    for number in range(5):
        held = await budget.reserve(reservation(200_000, policy, request=f"r{number}"))
        await budget.settle(held, 150_000)
    assert ledger.asked == 1
    with pytest.raises(BudgetExceeded) as refused:
        await budget.reserve(reservation(150_000, policy, request="r4"))
    assert refused.value.details["spent_usd_micros"] == 150_000
    await budget.reserve(reservation(150_000, policy, org="globex", request="r4"))
    assert ledger.asked == 2
    await state.close()


async def test_a_request_keeps_to_its_cap_over_a_lost_redis(redis_url: str) -> None:
    state, ledger, policy = SharedState(redis_url), Ledger(), limits(request_usd_micros=250_000)
    ledger.requests = {f"r{number}": 200_000 for number in range(2_500)}
    budget = RedisBudget(state, policy, ledger=ledger)
    for request in ("other", "r0", "r2499"):
        cap = 250_000 if request == "other" else 50_000
        with pytest.raises(BudgetExceeded):
            await budget.reserve(reservation(cap + 1, policy, request=request))
        await budget.reserve(reservation(cap, policy, request=request))
    assert ledger.asked == 1
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    # What is in flight is announced to the new life of Redis, what was spent comes from the ledger.
    with pytest.raises(BudgetExceeded):
        await budget.reserve(reservation(1, policy, request="r0"))
    await budget.reserve(reservation(50_000, policy, request="r1"))
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
            client.delete(f"sgd:{{llm}}:budget:held:{held.reservation_id}")

    @invariant()
    def books_agree(self) -> None:
        if not hasattr(self, "budget"):
            return
        for name in {*self.spent, *self.reserved}:
            found = self.loop.run_until_complete(self.budget.spent(Scope("x", DAY, name, None)))
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
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.scopes import Reservation, scopes_of
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.redis.shared_state import SharedState

async def main(url, day):
    limits = BudgetLimits(org_day_usd_micros=5_000_000, global_day_usd_micros=50_000_000)
    state = SharedState(url)
    budget = RedisBudget(state, limits)
    paid, alerts = 0, []
    async def call():
        nonlocal paid
        scopes = scopes_of(limits, Caller("acme"), day)
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
    assert await RedisBudget(state, limits()).spent(Scope("org_day", DAY, "org:acme", None)) == (0, 5_000_000)
    await state.close()


def test_the_day_is_utc() -> None:
    assert len(today()) == 10
