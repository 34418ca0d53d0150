"""Parts of an installation fail while clients write: every acknowledged write is there afterwards, and none twice.

    python -m tests.load.faults [--seconds 60] [--local] [--s3]

Two installations, one after another: files on a small disk of their own (Postgres restarted, Redis and a worker killed,
the disk filled), then files in S3 that answers 5xx. Clients repeat what was not acknowledged, as the answers ask them
to. Code 1 when a rule broke. What must not live here: loads without faults (`scenarios.py`).
"""

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
from sqlalchemy import func, select

from sgd_api.local.stack import LocalStack, local_stack
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.tables.brand import uploads
from sgd_resources.postgres.tables.work import jobs
from sgd_resources.settings import load_settings
from sgd_resources.storage.select import build_object_store
from tests.benchmarks.report import free_port
from tests.load.drive import BODY
from tests.load.flaky_s3 import flaky_s3
from tests.load.place import REPLACED
from tests.load.scenarios import Rule

ORG, PROJECT = "faults", "load"
GUIDE = b"# Brand colours\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n\n# Typography\n\nOur font is Inter.\n"
MADE, NO_ROOM = "succeeded with 1", "failed with 0 (UNAVAILABLE)"
PATIENCE_S = 300.0
DISK = "24m"
_UNLIMITED = dict.fromkeys(
    (
        "SGD_KEY_LIMIT_PER_MIN", "SGD_KEY_LIMIT_PER_S", "SGD_KEY_LIMIT_BURST", "SGD_RATE_LIMIT_PER_MIN",
        "SGD_RATE_LIMIT_WORK_PER_MIN",
    ),
    "100000",
)  # fmt: skip
_REFUSED = (408, 429, 503)
"""Not accepted; the same may be asked again."""


@dataclass
class Written:
    """What clients were told was done, and what else they were told."""

    uploads: dict[str, str] = field(default_factory=dict)
    """Id -> SHA-256 of the bytes."""
    renders: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    """Answers that no fault excuses."""


class Clients:
    """Threads that write for the length of a block; each write is repeated until it is acknowledged."""

    def __init__(self, url: str, key: str, *, pause_s: float, with_renders: bool) -> None:
        self.written = Written()
        self._http = httpx.Client(base_url=url, headers={"X-API-Key": key, "Prefer": "respond-async"}, timeout=60)
        self._ends = threading.Event()
        # A render takes a worker a second or two: more would only wait for their turn.
        writers = {self._upload: pause_s} | ({self._render: 4 * pause_s} if with_renders else {})
        self._threads = [threading.Thread(target=self._go_on, args=found) for found in writers.items()]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join(PATIENCE_S)
        self._http.close()

    def _go_on(self, write: Callable[[], None], pause_s: float) -> None:
        while not self._ends.is_set():
            write()
            self._ends.wait(pause_s)

    def _upload(self) -> None:
        data = f"# Note {uuid4()}\n\nWe speak plainly.\n".encode()
        form = {"files": {"files": ("note.md", data, "text/markdown")}, "data": {"project_id": PROJECT}}
        answer = self._until_taken("upload", lambda: self._http.post("/uploads", **form))  # type: ignore[arg-type]  # httpx takes them
        if answer is not None and answer.is_success:
            (row,) = answer.json()["uploads"]
            self.written.uploads[row["upload_id"]] = hashlib.sha256(data).hexdigest()

    def _render(self) -> None:
        headers = {"Idempotency-Key": str(uuid4())}
        answer = self._until_taken("render", lambda: self._http.post("/render", json=BODY, headers=headers))
        if answer is None:
            return
        # Accepted before, by a request whose answer was lost: it runs still.
        told = answer.json() if answer.is_success else answer.json()["error"]["details"]
        self.written.renders.add(told["render_id"])

    def _until_taken(self, what: str, send: Callable[[], httpx.Response]) -> httpx.Response | None:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE_S:
            try:
                answer = send()
            except httpx.TransportError as error:
                self.written.answers[f"{what}: {type(error).__name__}"] += 1
                time.sleep(0.2)
                continue
            self.written.answers[f"{what}: {answer.status_code}"] += 1
            if answer.is_success or (what == "render" and answer.status_code == httpx.codes.CONFLICT):
                return answer
            if answer.status_code not in _REFUSED or "retry-after" not in answer.headers:
                self.written.odd.append(f"{what}: {answer.status_code} {answer.text[:200]}")
                return None
            time.sleep(min(1.0, float(answer.headers["retry-after"])))
        self.written.odd.append(f"{what}: not taken within {PATIENCE_S:.0f} s")
        return None


@contextmanager
def installation(environment: Mapping[str, str], *, workers: int, folder: Path) -> Iterator[LocalStack]:
    """API and workers whose data lies in the folder."""
    before = dict(os.environ)
    for name in REPLACED:
        os.environ.pop(name, None)
    try:
        os.environ |= {**_UNLIMITED, "SGD_VAR_DIR": str(folder), "SGD_API_PORT": str(free_port()), **environment}
        with local_stack(load_settings(), workers=workers) as stack:
            yield stack
    finally:
        os.environ.clear()
        os.environ |= before


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """The folder on a file system of some megabytes; None where this user may mount none."""
    folder.mkdir(parents=True, mode=0o700)
    options = f"size={DISK},mode=0700,uid={os.getuid()}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "sgd-test", str(folder)]
    is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield folder if is_mounted else None
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def local_faults(seconds: float) -> tuple[Written, list[Rule]]:
    """Postgres, Redis, a worker and the disk fail, one after another, each with a quarter of the time."""
    top = Path(tempfile.mkdtemp(prefix="sgd-faults-"))
    with ExitStack() as everything:
        everything.callback(shutil.rmtree, top, ignore_errors=True)
        disk = everything.enter_context(small_disk(top / "objects"))
        stack = everything.enter_context(installation({}, workers=1, folder=top))
        faults: list[Callable[[], None]] = [
            lambda: os.kill(_pid(top / "postgres" / "postmaster.pid"), signal.SIGINT),
            lambda: os.kill(_pid(top / "redis" / "redis.pid"), signal.SIGKILL),
            lambda: _kill_a_worker(stack),
        ]
        if disk is not None:
            faults.append(lambda: _full_for(disk, seconds / 8))
        _derive_a_canon(stack)
        with Clients(stack.api_url, _key(stack), pause_s=seconds / 60, with_renders=True) as clients:
            _one_after_another(stack, faults, seconds / 4)
        rules = _kept(stack, clients.written)
        rules.append(Rule("faults", f"{len(faults)} of 4; the disk {'' if disk else 'not '}filled", disk is not None))
        return clients.written, rules


def s3_faults(seconds: float) -> tuple[Written, list[Rule]]:
    """S3 answers 503, and 500, to everything for a quarter of the time each."""
    top = Path(tempfile.mkdtemp(prefix="sgd-faults-"))
    with ExitStack() as everything:
        everything.callback(shutil.rmtree, top, ignore_errors=True)
        s3 = everything.enter_context(flaky_s3(top / "s3"))
        stack = everything.enter_context(installation(s3.environment, workers=0, folder=top / "var"))
        with Clients(stack.api_url, _key(stack), pause_s=seconds / 60, with_renders=False) as clients:
            for status in (503, 500):
                time.sleep(seconds / 4)
                with s3.failing(status):
                    time.sleep(seconds / 4)
        return clients.written, _kept(stack, clients.written)


def _derive_a_canon(stack: LocalStack) -> None:
    """What renders are made by."""
    with stack.client(ORG, makes_org=True) as client:
        (row,) = client.upload("guide.md", BytesIO(GUIDE), project_id="guide")["uploads"]
        told = client.begin("/ingest", {"project_id": "guide", "assets": [row["upload_id"]]})
        while told.get("status") in ("queued", "running"):
            time.sleep(0.2)
            told = client.get(told["status_url"])


def _one_after_another(stack: LocalStack, faults: Sequence[Callable[[], None]], each_s: float) -> None:
    for fault in faults:
        time.sleep(each_s / 4)
        fault()
        until = time.monotonic() + each_s * 3 / 4
        while time.monotonic() < until or not _is_ready(stack):
            stack.supervisor.restart_dead()
            time.sleep(0.2)


def _is_ready(stack: LocalStack) -> bool:
    with suppress(httpx.TransportError):
        return bool(httpx.get(f"{stack.api_url}/readyz", timeout=10).json()["status"] == "ready")
    return False


def _full_for(disk: Path, seconds: float) -> None:
    ballast = disk / ".ballast"
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    time.sleep(seconds)
    ballast.unlink()


def _kill_a_worker(stack: LocalStack) -> None:
    parent = stack.supervisor.child("worker").popen.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def _pid(path: Path) -> int:
    return int(path.read_text().split()[0])


def _key(stack: LocalStack) -> str:
    return stack.create_key(ORG, "faults")[1]


def _kept(stack: LocalStack, written: Written) -> list[Rule]:
    """What is in the database and the store, held against what clients were told."""
    store = build_object_store(load_settings())
    with stack.database.org_transaction(ORG) as connection:
        rows = {
            str(row.upload_id): row
            for row in connection.execute(
                select(uploads).where(uploads.c.org_id == ORG, uploads.c.project_id == PROJECT)
            )
        }
        asked = connection.execute(
            select(func.count()).where(jobs.c.org_id == ORG, jobs.c.kind == renders.KIND)
        ).scalar_one()
    lost = [one for one in written.uploads if one not in rows]
    wrong = [
        one for one, sha256 in written.uploads.items()
        if one in rows and hashlib.sha256(store.get(rows[one].key)).hexdigest() != sha256
    ]  # fmt: skip
    ends = Counter(_end_of(stack, render_id) for render_id in sorted(written.renders))
    told, told_ends = len(written.uploads), ", ".join(f"{count} {end}" for end, count in ends.items())
    return [
        Rule(
            "only success, 408, 429 and 503 with Retry-After", "; ".join(written.odd[:3]) or "no other", not written.odd
        ),
        Rule(
            "every acknowledged upload has its row and its bytes",
            f"{len(lost)} lost, {len(wrong)} wrong of {told}",
            bool(told) and not lost and not wrong,
        ),
        Rule("no upload is there twice", f"{len(rows)} rows of {told}", len(rows) == told),
        Rule("no render is there twice", f"{asked} rows of {len(written.renders)}", asked == len(written.renders)),
        Rule(
            "every acknowledged render is made once, or says that there was no room and that it may be asked again",
            told_ends or "none asked",
            set(ends) <= {MADE, NO_ROOM} and (not ends or ends[MADE] > ends[NO_ROOM]),
        ),
    ]


def _end_of(stack: LocalStack, render_id: str) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with stack.database.org_transaction(ORG) as connection:
            row = renders.get_request(connection, ORG, render_id)
            made = renders.list_outputs(connection, ORG, render_id)
        if row.status not in ("queued", "running") or time.monotonic() > deadline:
            why = f" ({(row.error or {}).get('code')})" if row.status == "failed" else ""
            return f"{row.status} with {len(made)}{why}"
        stack.supervisor.restart_dead()
        time.sleep(0.2)


def main(argv: Sequence[str] | None = None) -> int:
    """Run both; print what clients were told and what is there."""
    parser = argparse.ArgumentParser(description="Faults under load.")
    parser.add_argument("--seconds", type=float, default=60.0, help="of writing, in each installation")
    parser.add_argument("--local", action="store_true", help="only the one with files on its own disk")
    parser.add_argument("--s3", action="store_true", help="only the one with files in S3")
    given = parser.parse_args(argv)
    is_broken = False
    parts = (("Postgres, Redis, worker, disk", given.local, local_faults), ("S3", given.s3, s3_faults))
    for name, is_chosen, run in parts:
        if (given.local or given.s3) and not is_chosen:
            continue
        written, rules = run(given.seconds)
        told = ", ".join(f"{count} x {what}" for what, count in sorted(written.answers.items()))
        print(f"{name}: {told}", flush=True)  # noqa: T201 - what a person waits for
        for rule in rules:
            is_broken |= not rule.is_kept
            print(f"{'kept  ' if rule.is_kept else 'BROKEN'} {rule.says}; found {rule.found}", flush=True)  # noqa: T201 - the same
    return int(is_broken)


if __name__ == "__main__":
    sys.exit(main())
