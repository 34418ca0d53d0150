"""An installation to be loaded: API and workers in a data directory of their own, orgs with a canon, their keys.

Limits are those that production ships, so that a scenario has as many keys and orgs as callers would need.
"""

import math
import os
import shutil
import socket
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sgd_api.api_client import ApiClient
from sgd_api.local.stack import LocalStack, local_stack
from sgd_api.samples.shelf import sample_kits
from sgd_resources.postgres.rows import renders
from sgd_resources.settings import load_settings
from tests.load.drive import Asked

KIT = "larkfold"
KEY_PER_MIN, KEY_PER_S, KEY_BURST = 100, 10, 30
ORG_WORK_PER_MIN = 600
_LONGEST_S = 900.0
REPLACED = (
    "DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "DAGSTER_DATABASE_URL", "REDIS_URL", "QDRANT_URL",
    "S3_ENDPOINT_URL", "CLAMAV_HOST", "OPENROUTER_API_KEY", "SGD_PUBLIC_URL", "SGD_POLICY_DIR",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    stack: LocalStack
    keys: tuple[tuple[str, str], ...]
    """(org, key), orgs taking turns."""

    @property
    def url(self) -> str:
        return self.stack.api_url

    def with_new_keys(self, per_s: float) -> "Place":
        """The same with keys that nobody has used yet: what an earlier load asked counts against its own."""
        return Place(self.stack, _keys(self.stack, *keys_needed(per_s)))

    def follow(self, asked: Sequence[Asked]) -> None:
        """Wait for the end of every accepted render, oldest first; asked of Postgres, so that no request is spent.

        What is open after a quarter of an hour stays open.
        """
        still = deque(one for one in asked if one.end == "open" and one.subject)
        deadline = time.monotonic() + _LONGEST_S
        while still and time.monotonic() < deadline:
            one = still[0]
            assert one.subject is not None
            with self.stack.database.org_transaction(one.org_id) as connection:
                status = renders.get_request(connection, one.org_id, one.subject).status
            if status in ("queued", "running"):
                time.sleep(0.2)
                continue
            one.end, one.done_ms = status, (time.monotonic() - one.began_at) * 1000
            still.popleft()

    def memory_mb(self) -> float:
        """Resident memory of API, workers and all their children."""
        children: dict[int, list[int]] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
        waiting, total = [child.popen.pid for child in self.stack.supervisor.children], 0
        while waiting:
            pid = waiting.pop()
            waiting += children.get(pid, [])
            try:
                total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            except (FileNotFoundError, ProcessLookupError):
                continue
        return total / 1e6


def keys_needed(per_s: float) -> tuple[int, int]:
    """(orgs, keys) that may start so many renders a second under the shipped limits, with a tenth to spare."""
    per_min = per_s * 60 * 1.1
    orgs = math.ceil(per_min / ORG_WORK_PER_MIN)
    return orgs, max(orgs, math.ceil(per_min / KEY_PER_MIN))


@contextmanager
def place(
    *,
    workers: int,
    per_s: float,
    is_limited: bool = True,
    environment: Mapping[str, str] | None = None,
    has_canons: bool = True,
) -> Iterator[Place]:
    """Running, with this in its environment, and canons of the sample kit or none; gone at the end.

    Not `is_limited`: a thousand times the limits.
    """
    folder = Path(tempfile.mkdtemp(prefix="sgd-load-"))
    before = dict(os.environ)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for name in REPLACED:
        os.environ.pop(name, None)
    share = 1 if is_limited else 1_000
    os.environ |= {
        "SGD_VAR_DIR": str(folder), "SGD_API_PORT": str(port), "SGD_KEY_LIMIT_PER_MIN": str(KEY_PER_MIN * share),
        "SGD_KEY_LIMIT_PER_S": str(KEY_PER_S * share), "SGD_KEY_LIMIT_BURST": str(KEY_BURST * share),
        "SGD_RATE_LIMIT_WORK_PER_MIN": str(ORG_WORK_PER_MIN * share),
        **(environment or {}),
    }  # fmt: skip
    try:
        with local_stack(load_settings(), workers=workers) as stack:
            yield Place(stack, _filled(stack, *keys_needed(per_s), has_canons=has_canons))
    finally:
        os.environ.clear()
        os.environ |= before
        shutil.rmtree(folder, ignore_errors=True)


def _filled(stack: LocalStack, orgs: int, keys: int, *, has_canons: bool) -> tuple[tuple[str, str], ...]:
    for number in range(orgs):
        with stack.client(f"load-{number}", makes_org=True) as client:
            if has_canons:
                take_in(client)
    return _keys(stack, orgs, keys)


def _keys(stack: LocalStack, orgs: int, keys: int) -> tuple[tuple[str, str], ...]:
    names = [f"load-{number % orgs}" for number in range(keys)]
    return tuple((name, stack.create_key(name, "load")[1]) for name in names)


def take_in(client: ApiClient) -> None:
    """The sample kit uploaded and read: the org has a canon afterwards."""
    ids = []
    for path in sorted(sample_kits()[KIT].rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                ids += [row["upload_id"] for row in client.upload(path.name, stream, project_id="load")["uploads"]]
    told = client.begin("/ingest", {"project_id": "load", "assets": ids})
    while told.get("status") in ("queued", "running"):
        time.sleep(2)  # a key of production may ask a hundred times a minute
        told = client.get(told["status_url"])
