"""Every kind of job, ended at every step of it: what becomes of the job, of its webhook and of the money.

What must not live here: how a worker dies (`dying.py`), or printing (`__main__.py`).
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from sgd_assets.on_demand.plain.analysis import document_of
from sgd_assets.on_demand.request import request_batch, request_job, request_plain, request_render
from sgd_assets.on_demand.webhook_lane import WebhookLane
from sgd_assets.prompts.model import Ask
from sgd_assets.renders.campaign.items import items_of
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.scopes import org_day, today
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.postgres.rows.jobs import OPEN, Job, get_job
from sgd_resources.postgres.rows.work import webhooks
from sgd_resources.postgres.rows.work.jobs_of_orgs import cancel_job
from sgd_resources.postgres.tables.access import audit_log
from sgd_resources.postgres.tables.work import webhook_deliveries
from sgd_resources.redis.shared_state import SharedState
from sgd_resources.storage.select import build_object_store
from sgd_resources.webhooks.secrets import WebhookSecrets
from sgd_resources.webhooks.sender import WebhookSender
from tests.benchmarks.graph_stack import BODY, GraphStack
from tests.benchmarks.prompt_case import ANSWER
from tests.fakes.openrouter import FakeOpenRouter, Step, chat_reply, good_reply, running
from tests.fakes.webhook_receiver import Names, Receiver
from tests.kills.dying import FOLDER_VARIABLE, GRAPH

PATIENCE_S = 600.0
MONEY_PATIENCE_S = 240.0
"""What a dead process held is settled by another within two minutes, on a machine that does nothing else."""
BATCH: Mapping[str, Any] = {
    "project_id": "bench", "prompts": {"task": "create", "instruction": "a card"},
    "copy": {"headline": "{city} awaits"},
    "outputs": {"format": "png", "sizes": ["64x64"]}, "rows": [{"city": "Berlin"}, {"city": "Rome"}],
}  # fmt: skip


@dataclass
class Row:
    """One job that was ended at one step, and what came of it."""

    kind: str
    step: str
    action: str
    org_id: str
    job_id: str
    is_hit: bool
    """Whether the step was reached, and a worker ended there."""
    status: str = ""
    ends_told: int = 0
    message_ids: int = 0
    held_usd_micros: int = 0
    error: str = ""
    """Of the job, when it failed."""
    faults: list[str] = field(default_factory=list)


class Matrix:
    """Kinds by steps, with real workers.

    Args:
        stack: services, and the real worker.
        provider: answers every analysis well, and counts what it billed.
        folder: where workers are told at which step to end.
    """

    def __init__(self, stack: GraphStack, provider: FakeOpenRouter, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        self._secrets = WebhookSecrets.of(stack.settings)
        self._orgs = 0
        provider.answer = _answered

    @contextmanager
    def worker(self, provider: FakeOpenRouter, processes: int) -> Iterator[None]:
        """Real workers that can be told to end, for as long as the block lasts."""
        told = {
            FOLDER_VARIABLE: str(self._folder), "OPENROUTER_API_KEY": "sk-test", "OPENROUTER_BASE_URL": provider.url,
        }  # fmt: skip
        with self._stack.worker(processes, graph=GRAPH, slow_render_s=0.0, module="tests.kills.worker", **told):
            yield

    def steps_of(self, kind: str) -> list[str]:
        """The steps that one job of the kind passes, in order; of many parts, those of the first one.

        What a process does with its first job only is no step of the others: the shortest of a few jobs.
        """
        return min((self._passed(kind) for _ in range(4)), key=len)

    def _passed(self, kind: str) -> list[str]:
        written = self._folder / "steps"
        org_id = self._new_org()
        asked = self._asks(kind, org_id)
        written.unlink(missing_ok=True)
        self._ended(org_id, asked())
        _until(lambda: bool(_first_whole(written.read_text("utf-8"))))
        return _first_whole(written.read_text("utf-8"))

    def ended_at(self, kind: str, place: int, step: str, action: str) -> Row:
        """A job of the kind whose worker is killed at this step, or hangs there until the job is cancelled."""
        org_id = self._new_org()
        asked = self._asks(kind, org_id)
        armed = self._folder / "armed"
        armed.write_text(f"{place} {action}", "utf-8")
        job_id = asked()
        if action == "hang":
            _until(lambda: not armed.exists() or self._job(org_id, job_id).status not in OPEN)
            with self._stack.database.org_transaction(org_id) as connection:
                cancel_job(connection, org_id, job_id)
        ended = self._ended(org_id, job_id)
        # The last step comes after the job's end.
        if step == "served":
            _until(lambda: not armed.exists(), patience_s=10.0)
        is_hit = not armed.exists()
        armed.unlink(missing_ok=True)
        return Row(
            kind, step, action, org_id, job_id, is_hit, ended.status, error=str((ended.error or {}).get("message", ""))
        )

    def judged(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with all that came of them. The workers have ended."""
        arrived = self._delivered()
        return [self._judged(row, arrived) for row in rows]

    def money_is_free(self, rows: Sequence[Row]) -> bool:
        """Wait until no org holds any; workers must be there, which settle for the dead."""
        return _until(lambda: not any(self._held(row.org_id) for row in rows), MONEY_PATIENCE_S, is_asserted=False)

    def _judged(self, row: Row, arrived: Mapping[str, set[str]]) -> Row:
        kind = "canon_derive" if row.kind == "canon" else row.kind
        with self._stack.database.org_transaction(row.org_id) as connection:
            ends = [f"{kind}.{status}" for status in ("succeeded", "failed", "cancelled")]
            told = select(func.count()).where(audit_log.c.subject == row.job_id, audit_log.c.action.in_(ends))
            count = connection.execute(told).scalar_one()
        found = replace(
            row, ends_told=count, message_ids=len(arrived.get(row.job_id, ())), held_usd_micros=self._held(row.org_id)
        )
        good = "failed" if row.kind == "replay" else "succeeded"  # there is no picture that could be made again
        wanted = ("cancelled", good) if row.action == "hang" else (good,)
        found.faults = [
            fault
            for fault, is_so in (
                (f"it is {found.status}: {found.error}", found.status not in wanted),
                (f"its end is told {count} times", count != 1),
                (f"{found.message_ids} webhook ids", found.message_ids != 1),
                (f"{found.held_usd_micros} held", found.held_usd_micros != 0),
                ("the step was not reached", not found.is_hit),
            )
            if is_so
        ]
        return found

    def _delivered(self) -> dict[str, set[str]]:
        """The ids of all messages, by job: sent to a receiver that takes everything."""
        for org_id in (f"org{number}" for number in range(1, self._orgs + 1)):
            with self._stack.database.org_transaction(org_id) as connection:
                waits = webhook_deliveries.c.status == "waiting"
                connection.execute(update(webhook_deliveries).where(waits).values(next_at=func.clock_timestamp()))
        receiver = Receiver()
        sender = WebhookSender(resolver=Names(), poster=receiver)
        store = build_object_store(self._stack.settings)
        WebhookLane(self._stack.database, store, sender=sender, secrets=self._secrets).deliver_due()
        arrived: dict[str, set[str]] = {}
        for got in receiver.got:
            job_id = str(json.loads(got.body)["data"]["job_id"])
            arrived.setdefault(job_id, set()).add(got.headers["webhook-id"])
        return arrived

    def _held(self, org_id: str) -> int:
        async def asked() -> int:
            assert self._stack.settings.redis_url is not None
            state = SharedState(self._stack.settings.redis_url.get_secret_value())
            try:
                budget = RedisBudget(state, BudgetLimits())
                return (await budget.spent(org_day(org_id, BudgetLimits(), today())))[0]
            finally:
                await state.close()

        return asyncio.run(asked())

    def _new_org(self) -> str:
        self._orgs += 1
        org_id = f"org{self._orgs}"
        self._stack.seed_org(org_id)
        with self._stack.database.org_transaction(org_id) as connection:
            webhooks.create_webhook(
                connection, org_id, url="https://hooks.invalid/in",
                check=lambda webhook_id, number: self._secrets.check_of(
                    self._secrets.secret(org_id, webhook_id, number)
                ),
            )  # fmt: skip
        return org_id

    def _asks(self, kind: str, org_id: str) -> Callable[[], str]:
        """Asks for a job of the kind and gives its id; what must be there before is."""
        database = self._stack.database
        if kind == "replay":
            render_id = request_render(database, org_id, BODY).render_id
            self._ended(org_id, render_id)
            return lambda: request_plain(database, org_id, "replay", {"render_id": render_id}).job_id
        canon = {"project_id": "p", "evidence_ids": [], "require_complete": False}
        asks: Mapping[str, Callable[[], str]] = {
            "analyze": lambda: request_plain(database, org_id, "analyze", document_of(Ask("Order 12 mugs."))).job_id,
            "render": lambda: request_render(database, org_id, BODY).render_id,
            "batch": lambda: request_batch(database, org_id, BATCH, items_of(BATCH)).batch_id,
            "ingest": lambda: request_job(database, org_id, "ingest", {"project_id": "p", "assets": []}).job_id,
            "canon": lambda: request_job(database, org_id, "canon_derive", canon).job_id,
        }
        return asks[kind]

    def _job(self, org_id: str, job_id: str) -> Job:
        with self._stack.database.org_transaction(org_id) as connection:
            return get_job(connection, org_id, job_id)

    def _ended(self, org_id: str, job_id: str) -> Job:
        _until(lambda: self._job(org_id, job_id).status not in OPEN)
        return self._job(org_id, job_id)


KINDS = ("analyze", "replay", "render", "batch", "ingest", "canon")
MONEY = ("before money is held", "before its cost is booked")


@contextmanager
def matrix(stack: GraphStack, folder: Path, *, processes: int) -> Iterator[Matrix]:
    """The matrix with a provider and workers; they end with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with running() as provider:
        made = Matrix(stack, provider, folder)
        with made.worker(provider, processes):
            yield made


def _first_whole(written: str) -> list[str]:
    """The steps of the first job that is written down from its beginning to its end; none, when none is."""
    steps: list[str] = []
    for line in written.splitlines():
        place, _, name = line.partition("\t")
        # The job before may write its last step late, and parts of one are served beside each other.
        if int(place) == len(steps):
            steps.append(name)
            if name == "served":
                return steps
    return []


def _answered(body: Mapping[str, Any]) -> Step:
    """An analysis for what asks for one; anything else gets what a healthy provider says."""
    if "intent" in json.dumps(body.get("response_format", {})):
        answer = {name: value for name, value in ANSWER.items() if name != "data"}
        return Step(body=chat_reply(json.dumps(answer), model=body["model"]))
    return Step(body=good_reply("/chat/completions", body))


def _until(is_so: Callable[[], bool], patience_s: float = PATIENCE_S, *, is_asserted: bool = True) -> bool:
    deadline = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > deadline:
            assert not is_asserted, "it did not come about"
            return False
        time.sleep(0.05)
    return True
