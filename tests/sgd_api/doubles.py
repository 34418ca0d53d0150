"""A double of what the API waits for: the worker."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import JobLedger, RequestLedger
from sgd_resources.postgres.tables.work import jobs
from sgd_resources.storage.keys import render_key

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
PLAN = {"goal": "A test picture", "ops": ["text_overlay"], "safety": {}}


class DoubleWorker:
    """Serves request rows the way a warm worker does, through the same ledgers, with made-up results."""

    def __init__(self, database: Database, store: ObjectStore, *, picture: bytes = PNG) -> None:
        self._database = database
        self._store = store
        self._picture = picture

    def finish_renders(
        self, org_id: str, *, violations: Sequence[str] = (), of_models: Mapping[str, Any] | None = None
    ) -> list[str]:
        """Succeed every open render of the org, `of_models` in its record; returns their ids."""
        ledger = RequestLedger(self._database)
        done = ledger.pending(org_id)
        for render_id in done:
            run_id = str(uuid4())
            body = ledger.claim(org_id, render_id, run_id=run_id)
            assert body is not None
            outputs = []
            for index in range(body["outputs"]["count"]):
                key = render_key(org_id, render_id, index, "png")
                stored = self._store.put(key, self._picture + bytes([index]), content_type="image/png")
                outputs.append(
                    {
                        "index": index,
                        "sha256": stored.sha256,
                        "key": key,
                        "media_type": "image/png",
                        "width_px": 100,
                        "height_px": 50,
                        "size_bytes": stored.size_bytes,
                        "plan": PLAN,
                        "critique": {"score": 1.0 if not violations else 0.5, "violations": list(violations)},
                    }
                )
            audit = {
                "canon_version": "c" * 64,
                "model_route": "local",
                "cost_usd_micros": 0,
                "verified_by": "none",
                "trace_id": run_id,
                **(of_models or {}),
            }
            assert ledger.finish(org_id, render_id, run_id=run_id, outputs=outputs, audit=audit)
        return done

    def fail_renders(self, org_id: str, error: Mapping[str, Any]) -> None:
        """Fail every open render of the org."""
        ledger = RequestLedger(self._database)
        for render_id in ledger.pending(org_id):
            run_id = str(uuid4())
            ledger.claim(org_id, render_id, run_id=run_id)
            assert ledger.fail(org_id, render_id, run_id=run_id, error=error)

    def end_jobs(
        self, org_id: str, *, result: Mapping[str, Any] | None = None, error: Mapping[str, Any] | None = None
    ) -> list[Mapping[str, Any]]:
        """End every queued job of the org with a result or an error; returns their bodies."""
        ledger = JobLedger(self._database)
        with self._database.org_transaction(org_id) as connection:
            ids = (
                connection.execute(select(jobs.c.job_id).where(jobs.c.status == "queued", jobs.c.kind != "render"))
                .scalars()
                .all()
            )
        bodies = []
        for job_id in map(str, ids):
            run_id = str(uuid4())
            body = ledger.claim(org_id, job_id, run_id=run_id)
            assert body is not None
            bodies.append(body)
            if error is not None:
                assert ledger.fail(org_id, job_id, run_id=run_id, error=error)
            else:
                assert ledger.finish(org_id, job_id, run_id=run_id, result=result or {})
        return bodies

    def count_renders(self, org_id: str) -> int:
        """Render requests of the org, whatever their status."""
        with self._database.org_transaction(org_id) as connection:
            return len(connection.execute(select(jobs.c.job_id).where(jobs.c.kind == "render")).all())


def sha256(data: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(data).hexdigest()
