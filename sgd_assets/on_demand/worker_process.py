"""One warm process: takes jobs from the queue and serves them, one Dagster run at a time, until told to stop.

A run has bounds (`running/limits.py`); one that passes them, is cancelled, or was given to another worker ends with
this process, which the parent replaces: nothing else can end native code, and no other job is in here. A stop (SIGTERM)
has a bound too, whatever hangs, a database that is gone before all: the run in progress gets `RUN_GRACE_S`, the tidying
up `GOODBYE_S`, then the process ends. A run that was cut short goes back to the queue. What must not live here:
starting processes (`worker.py`), or what a run does (`running/warm_runs.py`).
"""

import asyncio
import contextlib
import faulthandler
import importlib
import logging
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from sgd_assets.on_demand.kinds import type_of
from sgd_assets.running.limits import Limit, Meter, RunLimits, hard_limits
from sgd_resources.errors import NotFound, Unavailable
from sgd_resources.events import alarm, tell, warn
from sgd_resources.lazy import Lazy
from sgd_resources.observed.logs import about, write_logs
from sgd_resources.observed.spans import is_traced, span, start_tracing, stop_tracing
from sgd_resources.observed.told import stop_telling
from sgd_resources.ports import LlmGateway
from sgd_resources.postgres.notices import listen
from sgd_resources.postgres.rows.queue import NEW_JOB_CHANNEL, Claim, JobQueue, OrgShare
from sgd_resources.processes import die_with
from sgd_resources.settings import Settings

if TYPE_CHECKING:
    from sgd_assets.on_demand.plain.serve import PlainJobs
    from sgd_assets.running.warm_runs import Kind, WarmRuns

log = logging.getLogger(__name__)

HEARTBEAT_S = 2.0
LOOK_S = 0.5
"""How often a run is held against its limits."""
POLL_S = 1.0
"""LISTEN wakes a worker for new jobs. What may start because another ended, or because a pause is over, is polled."""
RETRY_WAIT_S = 2.0
MAX_ATTEMPTS = 4
"""A request during whose runs the database went away so often is failed; its caller comes again."""
RUN_GRACE_S = 8.0
"""What a run in progress gets to finish: below the 10 s that most supervisors wait before they kill."""
GOODBYE_S = 2.0
"""For handing a job back; a database that is away does not answer anyway."""
EXIT_LOST_LEASE = 83
EXIT_CANCELLED = 84
EXIT_GONE = 85
EXIT_OVER: dict[Limit, int] = {"wall": 85, "cpu": 86}
DATABASE_AWAY = {
    "code": "UNAVAILABLE",
    "message": "the database went away each time this request was served",
    "details": {"retry_after_s": 30},
}


@dataclass(frozen=True)
class WorkerPlan:
    """What a warm process needs to know.

    Attributes:
        settings: with every address filled in.
        dagster_home: directory with the `dagster.yaml` to use.
        graph: `module:function` that builds the definitions to serve.
        run_grace_s: seconds a run in progress gets after SIGTERM.
        share: what one org may have of all workers together.
    """

    settings: Settings
    dagster_home: str
    graph: str
    run_grace_s: float
    share: OrgShare


def serve(plan: WorkerPlan, worker: str, parent_pid: int) -> None:
    """Body of the process; does not return.

    Args:
        plan: how to serve.
        worker: the name under which this process holds jobs.
        parent_pid: with its death this process ends.
    """
    # A Ctrl-C reaches the whole terminal group: the parent decides, and tells its children once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    die_with(parent_pid)
    write_logs(plan.settings)
    asyncio.run(_serve_queue(plan, worker))
    end_at_once(0)


def end_at_once(exit_code: int) -> None:
    """End without unloading a thousand modules, which takes seconds on a busy machine; does not return."""
    stop_telling()
    stop_tracing()
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(exit_code)


async def _serve_queue(plan: WorkerPlan, worker: str) -> None:
    from sgd_assets.graph.resources import resources_by_settings
    from sgd_assets.on_demand.plain.serve import PlainJobs
    from sgd_assets.running.warm_runs import WarmRuns, warm_instance

    start_tracing(plan.settings, "worker")
    resources = resources_by_settings(plan.settings, role="worker")
    module, _, function = plan.graph.partition(":")
    build_definitions = getattr(importlib.import_module(module), function)
    definitions = build_definitions(resources, settings=plan.settings)
    runs = WarmRuns(
        definitions, warm_instance(plan.dagster_home), resources["database"], resources["request_text"].client()
    )
    queue = JobQueue(resources["database"].client(), plan.share, plan.settings.sgd_request_text)
    server = _Server(queue, runs, PlainJobs(resources), worker, plan.settings, plan.run_grace_s)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.stop)
    assert plan.settings.database_url is not None
    url = plan.settings.database_url.get_secret_value()
    listening = asyncio.create_task(
        listen(url, NEW_JOB_CHANNEL, on_notice=lambda _: server.wake.set(), on_connected=server.wake.set)
    )
    books = asyncio.create_task(asyncio.to_thread(keep_books, resources["llm"]))
    await server.work()
    listening.cancel()
    books.cancel()


def keep_books(llm: Lazy[LlmGateway]) -> None:
    """Open the gateway before anybody asks a model.

    A worker that died may have held money. Who comes after it releases that, also when no model is ever asked again.
    """
    # With the first call it is tried again, and that one says what is wrong.
    with contextlib.suppress(Unavailable):
        bool(llm.client().is_cloud)


@dataclass
class _Server:
    """Takes one job after another."""

    queue: JobQueue
    runs: "WarmRuns"
    plain: "PlainJobs"
    worker: str
    settings: Settings
    run_grace_s: float
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    stop_at: float | None = None
    is_idle: threading.Event = field(default_factory=threading.Event)
    # One thread: never two Dagster runs at once, and the loop stays free to watch over the one.
    one_at_a_time: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="dagster-run")
    )

    def stop(self) -> None:
        """Let the first SIGTERM begin the end; the kernel sends another when the parent dies.

        Until this was installed SIGTERM had its default action, which is right for a process that serves nothing yet.
        """
        if self.stop_at is None:
            self.stop_at = asyncio.get_running_loop().time() + self.run_grace_s
            threading.Thread(target=self._end_in_any_case, name="end in any case", daemon=True).start()
            self.wake.set()

    async def work(self) -> None:
        """Serve until told to stop."""
        from sgd_assets.on_demand.plain.serve import KINDS
        from sgd_assets.running.warm_runs import JOB_OF

        self.is_idle.set()
        while self.stop_at is None:
            self.wake.clear()
            try:
                claim = await asyncio.to_thread(self.queue.claim, self.worker, (*JOB_OF, *KINDS))
            except Unavailable as error:
                warn("queue.unavailable", worker=self.worker, reason=error.message)
                await self._sleep(RETRY_WAIT_S)
                continue
            if claim is None:
                await self._sleep(POLL_S)
                continue
            self.is_idle.clear()
            await self._serve(claim)
            self.is_idle.set()

    async def _sleep(self, longest_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wake.wait(), longest_s)

    async def _serve(self, claim: Claim) -> None:
        if self.stop_at is not None:
            await self._hand_back(claim)
            return
        limits = _until_deadline(RunLimits.on_demand(self.settings, type_of(claim.kind)), claim)
        loop = asyncio.get_running_loop()
        began = loop.time()
        tell("job.taken", **_told(claim), attempt=claim.attempts + 1)
        with hard_limits(limits):
            meter = Meter(limits)
            run = loop.run_in_executor(self.one_at_a_time, self._run, claim)
            await self._watch(run, meter, claim)
        error = run.exception()
        if isinstance(error, Unavailable):
            warn("job.interrupted", **_told(claim), reason=error.message, duration_ms=_ms_since(began))
            await self._try_again(claim)
        elif error is not None:
            alarm("job.crashed", **_told(claim), reason=type(error).__name__,
                 duration_ms=_ms_since(began))  # fmt: skip
            log.error("job %s failed unexpectedly", claim.job_id, exc_info=error)
        else:
            tell("job.served", **_told(claim), run_id=run.result(), duration_ms=_ms_since(began))

    def _run(self, claim: Claim) -> str:
        parent = self.queue.traceparent(claim) if is_traced() else None
        known = about(job_id=claim.job_id, org_id=claim.org_id)
        with (
            known,
            span(
                f"job {claim.kind}",
                parent=parent,
                kind="consumer",
                sgd__job__id=claim.job_id,
                sgd__org__id=claim.org_id,
            ),
        ):
            if self.plain.takes(claim.kind, claim.org_id, claim.job_id):
                return self.plain.serve(claim.kind, claim.org_id, claim.job_id, self.worker)
            return self.runs.serve(cast("Kind", claim.kind), claim.org_id, claim.job_id, self.worker)

    async def _watch(self, run: "asyncio.Future[str]", meter: Meter, claim: Claim) -> None:
        loop = asyncio.get_running_loop()
        renewed_at = loop.time()
        while not (await asyncio.wait({run}, timeout=LOOK_S))[0]:
            if (limit := meter.passed()) is not None:
                alarm("job.over_limit", **_told(claim), reason=meter.limits.why(limit))
                faulthandler.dump_traceback(all_threads=True)
                end_at_once(EXIT_OVER[limit])
            if self.stop_at is not None and loop.time() > self.stop_at:
                await self._hand_back(claim)
                warn("job.handed_back", **_told(claim), reason="the worker stops")
                end_at_once(0)
            if loop.time() - renewed_at >= HEARTBEAT_S:
                renewed_at = loop.time()
                await self._renew(claim)

    async def _renew(self, claim: Claim) -> None:
        try:
            lease = await asyncio.to_thread(self.queue.renew, claim)
        except NotFound:
            # The org was erased, or the job removed: what it makes belongs to nobody.
            warn("job.gone", **_told(claim))
            end_at_once(EXIT_GONE)
        except Unavailable as error:
            warn("job.lease_not_renewed", **_told(claim), reason=error.message)
            return
        if lease.is_cancelled:
            warn("job.cancelled", **_told(claim))
            end_at_once(EXIT_CANCELLED)
        if not lease.is_held:
            warn("job.lost", **_told(claim), reason="it went to another worker")
            end_at_once(EXIT_LOST_LEASE)

    async def _try_again(self, claim: Claim) -> None:
        while self.stop_at is None:
            try:
                if claim.attempts + 1 >= MAX_ATTEMPTS:
                    await asyncio.to_thread(self.queue.end, claim, error=DATABASE_AWAY)
                else:
                    await asyncio.to_thread(self.queue.hand_back, claim, pause_s=RETRY_WAIT_S)
            except Unavailable:
                await asyncio.sleep(RETRY_WAIT_S)
            else:
                return

    async def _hand_back(self, claim: Claim) -> None:
        try:
            await asyncio.to_thread(self.queue.hand_back, claim)
        except Unavailable as error:
            warn("job.not_handed_back", **_told(claim), reason=error.message)

    def _end_in_any_case(self) -> None:
        self.is_idle.wait(self.run_grace_s)
        threading.Event().wait(GOODBYE_S)
        end_at_once(1)


def _told(claim: Claim) -> dict[str, str]:
    """What every event of a job says of it."""
    return {"job_id": claim.job_id, "kind": claim.kind, "org_id": claim.org_id, "worker": claim.worker}


def _ms_since(began: float) -> int:
    return round((asyncio.get_running_loop().time() - began) * 1000)


def _until_deadline(limits: RunLimits, claim: Claim) -> RunLimits:
    if claim.deadline_at is None:
        return limits
    left_s = (claim.deadline_at - datetime.now(UTC)).total_seconds()
    return replace(limits, wall_s=max(0.0, min(limits.wall_s, left_s)))
