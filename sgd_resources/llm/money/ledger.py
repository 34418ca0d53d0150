"""The call log: one row per try in `inference_calls`, written off the hot path, and never lost silently.

A bounded queue and one thread; rows of an org go in one statement in that org's transaction. When the database refuses
that statement each row goes by itself, and one that it still refuses goes with its values cut: no row takes another
along. What must not live here: what a call costs, or reports over the rows (`rows/inference.py`).
"""

import atexit
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Literal, Protocol

import orjson
from psycopg.types.json import Jsonb
from sqlalchemy import text

from sgd_resources.errors import SgdError, Unavailable
from sgd_resources.llm.money.mended_row import mended, plain

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database

MAX_QUEUED = 20_000
MAX_BATCH = 500
FLUSH_S = 0.2
_RETRY_S = 0.5
_log = logging.getLogger(__name__)

Outcome = Literal["succeeded", "failed", "cached", "refused", "unknown"]


@dataclass(frozen=True)
class CallRow:
    """One try, or one answer from the cache."""

    org_id: str
    call_id: str
    task: str
    outcome: Outcome
    project_id: str | None = None
    level: str | None = None
    requested_model: str | None = None
    served_model: str | None = None
    provider: str | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    tokens_reasoning: int = 0
    cost_usd_micros: int = 0
    cost_source: str = "none"
    """`provider` (usage.cost), `generation` (looked up later), `estimate` (nobody knows) or `none`."""
    saved_usd_micros: int = 0
    """What an answer from the cache had cost when it was made."""
    latency_ms: int = 0
    input_sha256: str | None = None
    cache_state: str = "off"
    attempt: int = 1
    error_kind: str | None = None
    trace_id: str | None = None
    request_id: str | None = None
    key_id: str | None = None
    day: str = ""
    """UTC day the money is booked on: the day of the reservation."""
    created_at: str = ""


class Ledger(Protocol):
    """Where rows go."""

    def record(self, row: CallRow) -> None:
        """Take a row; never waits."""
        ...


_COLUMNS = [name for name in CallRow.__dataclass_fields__ if name != "day"]
_TYPES = {name: "bigint" for name in _COLUMNS if name.startswith(("tokens_", "cost_usd", "saved_", "latency_"))}
_TYPES |= {"attempt": "integer", "created_at": "timestamptz", "call_id": "uuid", "day": "date"}
_ALL = [*_COLUMNS, "day"]
_SHAPE = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in _ALL)
_INSERT = text(
    f"""
    INSERT INTO inference_calls ({", ".join(_ALL)})
    SELECT {", ".join(_ALL)} FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r({_SHAPE})
    ON CONFLICT (org_id, call_id) DO NOTHING
    """  # noqa: S608 - assembled from the field names above
)


class DatabaseLedger:
    """The ledger in Postgres.

    Args:
        database: whose app role may insert and select.
        max_queued: rows held while the database is slow or away.
        on_drop: told how many rows were lost, each time; also logged as an error.
        on_mend: told how many rows were written with values cut, each time; also logged as a warning.

    Attributes:
        on_written: told the rows the database has, in the ledger's own thread.
    """

    def __init__(
        self,
        database: "Database",
        *,
        max_queued: int = MAX_QUEUED,
        on_drop: Callable[[int], None] | None = None,
        on_mend: Callable[[int], None] | None = None,
    ) -> None:
        self._database = database
        self._max = max_queued
        self._on_drop = on_drop
        self._on_mend = on_mend
        self._rows: deque[CallRow] = deque()
        self._wake = threading.Condition()
        self._is_closing = False
        self._busy = 0
        self.dropped = 0
        self.written = 0
        self.mended = 0
        self.on_written: Callable[[Sequence[CallRow]], None] | None = None
        self._thread: threading.Thread | None = None

    def record(self, row: CallRow) -> None:
        """See `Ledger.record`. A row that finds no room is a metric and an error."""
        if not row.created_at:
            now = datetime.now(UTC).isoformat()
            row = replace(row, created_at=now, day=row.day or now[:10])
        if len(self._rows) >= self._max:
            self._lose(1, "the queue is full")
            return
        self._rows.append(row)
        if self._thread is None:
            self._start()

    def drain(self, timeout_s: float = 10.0) -> bool:
        """Wait until all is written; False when it took too long."""
        ends_at = time.monotonic() + timeout_s
        while (self._rows or self._busy) and time.monotonic() < ends_at:
            with self._wake:
                self._wake.notify()
            time.sleep(0.005)
        return not self._rows and not self._busy

    def close(self, timeout_s: float = 10.0) -> None:
        """Write what is queued and stop; what cannot be written in time is counted as lost."""
        atexit.unregister(self.close)
        self.drain(timeout_s)
        with self._wake:
            self._is_closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(timeout=2.0)
        if self._rows:
            self._lose(len(self._rows), "the process ended before they could be written")
            self._rows.clear()

    def _start(self) -> None:
        with self._wake:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sgd-llm-ledger", daemon=True)
                self._thread.start()
                atexit.register(self.close)

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait(FLUSH_S)
                if self._is_closing and not self._rows:
                    return
            while self._rows:
                self._busy = 1
                batch = [self._rows.popleft() for _ in range(min(MAX_BATCH, len(self._rows)))]
                kept = self._write(batch)
                self._rows.extendleft(reversed(kept))
                self._busy = 0
                if kept:
                    if self._is_closing:
                        return
                    time.sleep(_RETRY_S)

    def _write(self, batch: Sequence[CallRow]) -> list[CallRow]:
        """Write by org; what a busy database did not take is given back."""
        kept: list[CallRow] = []
        for _, rows in groupby(sorted(batch, key=lambda row: row.org_id), key=lambda row: row.org_id):
            group = list(rows)
            refusal = self._try(group)
            if isinstance(refusal, Unavailable):
                kept += group
            elif refusal is not None:
                kept += [row for row in group if not self._settle_alone(row)]
        return kept

    def _settle_alone(self, row: CallRow) -> bool:
        """Write one row, cut if need be, or count it as lost; False when the database has to be asked again."""
        refusal = self._try([row])
        if refusal is None or isinstance(refusal, Unavailable):
            return refusal is None
        cut = mended(row)
        refusal = self._try([cut])
        if isinstance(refusal, Unavailable):
            return False
        if refusal is not None:
            self._lose(1, f"the database refused it ({type(refusal).__name__})")
            _log.error(
                "the lost row: org %r, call %r, task %r, %s, %d micro-USD",
                cut.org_id, cut.call_id, cut.task, cut.outcome, cut.cost_usd_micros,
            )  # fmt: skip
            return True
        self.mended += 1
        _log.warning("a row of the model call log was written with values cut: call %s of %s", cut.call_id, cut.org_id)
        if self._on_mend is not None:
            self._on_mend(1)
        return True

    def _try(self, rows: Sequence[CallRow]) -> Exception | None:
        """Write rows of one org in one statement; what stood against it."""
        try:
            payload = Jsonb([plain(row) for row in rows], dumps=orjson.dumps)
            with self._database.org_transaction(rows[0].org_id) as connection:
                connection.execute(_INSERT, {"rows": payload})
        except SgdError as error:
            return error
        except Exception as error:  # noqa: BLE001 - one row that cannot even be sent must not end the thread of all
            return error
        self.written += len(rows)
        if self.on_written is not None:
            self.on_written(rows)
        return None

    def _lose(self, count: int, reason: str) -> None:
        self.dropped += count
        _log.error("%d rows of the model call log are lost: %s", count, reason)
        if self._on_drop is not None:
            self._on_drop(count)
