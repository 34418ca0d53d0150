"""Whose turn it is, what an org may have running, and what becomes of jobs whose worker is gone; real Postgres."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, text

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs
from sgd_resources.postgres.rows.jobs import Job, NewJob, Priority
from sgd_resources.postgres.rows.queue import MAX_WORKER_DEATHS, Claim, JobQueue, OrgShare, Reasons
from tests.fakes import job_ends
from tests.fakes.audit import list_entries

pytestmark = pytest.mark.embedded

KINDS = ("render", "ingest")
WHY = Reasons(
    worker_killer={"code": "INTERNAL_ERROR", "message": "killed its workers"},
    too_late={"code": "UNAVAILABLE", "message": "too late"},
)


def ask(
    database: Database,
    org_id: str,
    *,
    count: int = 1,
    kind: str = "render",
    priority: Priority = "interactive",
    **more: Any,
) -> list[str]:
    with database.org_transaction(org_id) as connection:
        new = NewJob(kind, {}, priority=priority, **more)
        return [jobs.create_job(connection, org_id, new).job_id for _ in range(count)]


def served(queue: JobQueue, *, worker: str = "w", kinds: tuple[str, ...] = KINDS) -> Claim:
    claim = queue.claim(worker, kinds)
    assert claim is not None
    return claim


def done(database: Database, claim: Claim) -> None:
    assert job_ends.succeed(database, claim.org_id, claim.job_id)


def job(database: Database, org_id: str, job_id: str) -> Job:
    with database.org_transaction(org_id) as connection:
        return jobs.get_job(connection, org_id, job_id)


@pytest.fixture
def queue(two_orgs: Database) -> JobQueue:
    return JobQueue(two_orgs, OrgShare(100, is_cap=False))


def test_a_job_after_a_thousand_of_another_org_is_served_next(two_orgs: Database, queue: JobQueue) -> None:
    ask(two_orgs, "acme", count=1000)
    assert served(queue).org_id == "acme"
    assert served(queue).org_id == "acme"
    ask(two_orgs, "globex")
    assert served(queue).org_id == "globex"
    assert served(queue).org_id == "acme"


def test_orgs_that_wait_are_served_in_turn_each_in_the_order_it_asked(two_orgs: Database, queue: JobQueue) -> None:
    ours, theirs = ask(two_orgs, "acme", count=4), ask(two_orgs, "globex", count=2)
    order = [served(queue) for _ in range(6)]
    assert [claim.org_id for claim in order] == ["acme", "globex", "acme", "globex", "acme", "acme"]
    assert [claim.job_id for claim in order if claim.org_id == "acme"] == ours
    assert [claim.job_id for claim in order if claim.org_id == "globex"] == theirs


def test_an_org_that_asks_again_and_again_is_not_always_first(two_orgs: Database, queue: JobQueue) -> None:
    ask(two_orgs, "acme", count=10)
    order = [served(queue).org_id]
    for _ in range(4):
        ask(two_orgs, "globex", count=2)
        order += [served(queue).org_id, served(queue).org_id]
    assert order.count("globex") == 4
    assert "globex" not in {one for one, other in pairwise(order) if one == other}


def test_a_long_rest_saves_up_no_turns(two_orgs: Database, queue: JobQueue) -> None:
    ask(two_orgs, "acme", count=50)
    for _ in range(50):
        done(two_orgs, served(queue))
    ask(two_orgs, "acme", count=3)
    ask(two_orgs, "globex", count=50)
    assert [served(queue).org_id for _ in range(6)].count("acme") == 3


def test_jobs_asked_for_at_once_by_one_org_get_turns_of_their_own(two_orgs: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = [ids[0] for ids in pool.map(lambda _: ask(two_orgs, "acme"), range(40))]
    assert sorted(job(two_orgs, "acme", job_id).turn for job_id in asked) == list(range(40))


def test_what_somebody_waits_for_goes_before_a_batch(two_orgs: Database, queue: JobQueue) -> None:
    ask(two_orgs, "acme", count=3, priority="batch")
    ask(two_orgs, "globex", count=1, priority="batch")
    waited_for = ask(two_orgs, "acme")
    assert served(queue).job_id == waited_for[0]
    assert [served(queue).org_id for _ in range(3)] == ["acme", "globex", "acme"]


def test_no_org_runs_more_than_its_cap_however_many_workers_ask_at_once(two_orgs: Database) -> None:
    ask(two_orgs, "acme", count=30)
    ask(two_orgs, "globex", count=1)
    capped = JobQueue(two_orgs, OrgShare(3, is_cap=True))
    with ThreadPoolExecutor(8) as pool:
        claims = [claim for claim in pool.map(lambda n: capped.claim(f"w{n}", KINDS), range(16)) if claim]
    assert sorted(claim.org_id for claim in claims) == ["acme"] * 3 + ["globex"]
    assert len({claim.job_id for claim in claims}) == 4
    done(two_orgs, next(claim for claim in claims if claim.org_id == "acme"))
    assert served(capped).org_id == "acme"
    assert capped.claim("w", KINDS) is None


def test_an_org_that_asks_alone_uses_every_worker_and_no_new_one_while_another_waits(two_orgs: Database) -> None:
    queue = JobQueue(two_orgs, OrgShare(1, is_cap=False))
    ask(two_orgs, "acme", count=6)
    first, second = served(queue), served(queue)
    ask(two_orgs, "globex", count=2)
    assert {first.org_id, second.org_id} == {"acme"}
    done(two_orgs, first)
    theirs = served(queue)
    assert theirs.org_id == "globex"
    done(two_orgs, second)
    assert served(queue).org_id == "acme"
    done(two_orgs, theirs)
    # Both run one: globex waits with its second, and has no turn before acme's jobs of the same turn.
    assert served(queue).org_id == "globex"
    assert [served(queue).org_id for _ in range(3)] == ["acme"] * 3
    assert queue.claim("w", KINDS) is None


def test_an_org_beyond_its_share_gets_nothing_new_even_when_its_turn_is_the_next(two_orgs: Database) -> None:
    queue = JobQueue(two_orgs, OrgShare(2, is_cap=False))
    ask(two_orgs, "globex", count=50)
    for _ in range(50):
        done(two_orgs, served(queue))
    ask(two_orgs, "acme", count=5)
    assert [served(queue).org_id for _ in range(3)] == ["acme"] * 3
    ask(two_orgs, "globex", count=5, priority="batch")
    assert [served(queue).org_id for _ in range(2)] == ["globex"] * 2
    # Neither may have more than its share before the other, so the worker goes to whose turn it is.
    assert served(queue).org_id == "acme"


def test_what_may_not_start_yet_keeps_no_worker_idle(two_orgs: Database) -> None:
    queue = JobQueue(two_orgs, OrgShare(1, is_cap=False))
    ask(two_orgs, "globex")
    assert queue.hand_back(served(queue), pause_s=60)
    ask(two_orgs, "acme", count=2)
    assert [served(queue).org_id for _ in range(2)] == ["acme"] * 2


def test_jobs_that_run_alone_follow_each_other_and_hold_nothing_else_up(two_orgs: Database, queue: JobQueue) -> None:
    first, _ = ask(two_orgs, "acme", count=2, kind="ingest", runs_alone=True)
    ask(two_orgs, "acme")
    ask(two_orgs, "globex", kind="ingest", runs_alone=True)
    claims = [served(queue) for _ in range(3)]
    assert {(claim.org_id, claim.kind) for claim in claims} == {
        ("acme", "ingest"), ("globex", "ingest"), ("acme", "render"),
    }  # fmt: skip
    assert queue.claim("w", KINDS) is None
    done(two_orgs, next(claim for claim in claims if claim.job_id == first))
    assert served(queue).kind == "ingest"


def test_a_worker_gets_only_kinds_it_serves(two_orgs: Database, queue: JobQueue) -> None:
    ask(two_orgs, "acme", kind="analyze")
    assert queue.claim("w", KINDS) is None
    assert served(queue, kinds=("analyze",)).kind == "analyze"


def test_a_job_that_was_handed_back_keeps_its_turn_and_waits_for_its_pause(two_orgs: Database, queue: JobQueue) -> None:
    first, second = ask(two_orgs, "acme", count=2)
    claim = served(queue)
    assert queue.hand_back(claim)
    assert not queue.hand_back(claim)
    assert served(queue).job_id == first
    assert queue.hand_back(claim, pause_s=60)
    assert served(queue).job_id == second
    assert queue.claim("w", KINDS) is None


def test_a_lease_holds_until_it_is_taken_and_while_an_ended_run_tidies_up(two_orgs: Database, queue: JobQueue) -> None:
    ask(two_orgs, "acme")
    claim = served(queue, worker="one")
    assert queue.renew(claim).is_held
    queue.sweep({"one": None}, why=WHY)
    assert not queue.renew(claim).is_held
    again = served(queue, worker="two")
    assert not queue.renew(claim).is_held
    done(two_orgs, again)
    assert queue.renew(again).is_held


def test_the_job_of_a_dead_worker_is_queued_again_and_failed_when_it_killed_the_next(
    two_orgs: Database, queue: JobQueue
) -> None:
    poison, innocent = ask(two_orgs, "acme", count=2)
    assert served(queue, worker="w0").job_id == poison
    for death in range(MAX_WORKER_DEATHS):
        moved = queue.sweep({f"w{death}": None}, why=WHY)
        assert [(lost.job_id, lost.is_over) for lost in moved] == [(poison, death + 1 == MAX_WORKER_DEATHS)]
        assert queue.sweep({f"w{death}": None}, why=WHY) == []
        next_one = served(queue, worker=f"w{death + 1}").job_id
    assert next_one == innocent
    found = job(two_orgs, "acme", poison)
    assert (found.status, found.error, found.worker_deaths) == ("failed", WHY.worker_killer, MAX_WORKER_DEATHS)
    with two_orgs.org_transaction("acme") as connection:
        (entry,) = list_entries(connection, "acme", subject=poison)
    assert entry.action == "render.failed"


def test_a_worker_that_ended_for_its_jobs_sake_fails_it_at_once(two_orgs: Database, queue: JobQueue) -> None:
    (job_id,) = ask(two_orgs, "acme")
    served(queue, worker="w")
    error = {"code": "INTERNAL_ERROR", "message": "took too long"}
    assert queue.sweep({"w": lambda kind: {**error, "details": {"kind": kind}}}, why=WHY)[0].is_over
    assert job(two_orgs, "acme", job_id).error == {**error, "details": {"kind": "render"}}


def test_a_silent_worker_loses_its_job_when_the_lease_has_run_out(two_orgs: Database, queue: JobQueue) -> None:
    (job_id,) = ask(two_orgs, "acme")
    served(queue)
    assert queue.sweep({}, why=WHY) == []
    with two_orgs.org_transaction("acme") as connection:
        connection.execute(text("UPDATE jobs SET lease_until = now() - interval '1 second'"))
    assert queue.sweep({}, why=WHY, with_stale=False) == []
    assert [lost.job_id for lost in queue.sweep({}, why=WHY)] == [job_id]


def test_the_job_of_a_worker_that_its_parent_knows_to_live_stays_its_own(two_orgs: Database, queue: JobQueue) -> None:
    ask(two_orgs, "acme", count=2)
    served(queue, worker="silent")
    served(queue, worker="gone")
    with two_orgs.org_transaction("acme") as connection:
        connection.execute(text("UPDATE jobs SET lease_until = now() - interval '1 second'"))
    assert queue.keep(["silent", "idle"]) == 1
    assert len(queue.sweep({}, why=WHY)) == 1


def test_of_parallel_sweeps_one_moves_the_job(two_orgs: Database, queue: JobQueue) -> None:
    ask(two_orgs, "acme")
    served(queue, worker="w")
    with ThreadPoolExecutor(4) as pool:
        moved = list(pool.map(lambda _: queue.sweep({"w": None}, why=WHY), range(4)))
    assert sorted(map(len, moved)) == [0, 0, 0, 1]


def test_a_job_nobody_served_before_its_deadline_says_so(two_orgs: Database, queue: JobQueue) -> None:
    (late,) = ask(two_orgs, "acme", deadline_at=datetime.now(UTC) - timedelta(seconds=1))
    (in_time,) = ask(two_orgs, "acme", deadline_at=datetime.now(UTC) + timedelta(hours=1))
    assert served(queue).job_id == in_time
    queue.sweep({}, why=WHY)
    assert job(two_orgs, "acme", late).error == WHY.too_late


def test_a_job_that_is_to_be_cancelled_ends_with_its_worker(two_orgs: Database, queue: JobQueue) -> None:
    (running,) = ask(two_orgs, "acme")
    claim = served(queue, worker="w")
    assert job_ends.want_cancelled(two_orgs, "acme", running)
    assert queue.renew(claim).is_cancelled
    queue.sweep({"w": None}, why=WHY)
    assert job(two_orgs, "acme", running).status == "cancelled"


def test_a_claim_among_many_waiting_jobs_reads_few_of_them(
    two_orgs: Database, queue: JobQueue, owner: Connection
) -> None:
    ask(two_orgs, "acme", count=1000)
    owner.execute(text("ANALYZE jobs"))  # as the server does by itself, but not at a moment that a test could wait for
    owner.commit()
    with two_orgs.directory() as connection:
        connection.execute(text("SELECT 1"))
        reads = text("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'jobs'")
        before = connection.scalar(reads)
        connection.execute(text("SELECT * FROM directory_claim_job('w', ARRAY['render'], interval '9 s', 5, false)"))
        assert connection.scalar(reads) - before < 50
