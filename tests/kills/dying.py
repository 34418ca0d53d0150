"""The graph of a worker that dies at the step of a job that a file names.

A step is whatever another process could see of a job: a transaction about to be committed, a file about to be kept,
money about to be held or booked. What is durable changes at no other moment, so that a death in between leaves nothing
that a death at a step does not. What must not live here: which steps (`matrix.py`).
"""

import contextlib
import functools
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dagster import Definitions

from sgd_assets.on_demand.plain.serve import PlainJobs
from sgd_assets.running.warm_runs import WarmRuns
from sgd_resources.lazy import Lazy
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.postgres.engine import Database
from sgd_resources.settings import Settings
from sgd_resources.storage.local import LocalObjectStore, LocalWriter
from tests.benchmarks.graph_stack import paint_nothing

FOLDER_VARIABLE = "SGD_TEST_KILLS"
GRAPH = "tests.kills.dying:build"
_LONGER_THAN_A_TEST_S = 600.0


class Steps:
    """Counts the steps of the job that this process serves, writes them down, and ends at the one that is wanted.

    Args:
        folder: `steps` in it holds a line for each step that was passed; `armed` names the next one to end at: its
            place, and `kill` or `hang`. Whoever takes that file away is who ends.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._place: int | None = None

    def begin(self) -> None:
        """A job begins; its first step is that it was taken."""
        self._place = 0
        self.at("taken")

    def end(self) -> None:
        """The job was served, and its worker knows it."""
        self.at("served")
        self._place = None

    def at(self, name: str) -> None:
        """The job is about to do this, unless this process ends here."""
        with self._lock:
            if self._place is None:
                return
            place, self._place = self._place, self._place + 1
            with (self._folder / "steps").open("a", encoding="utf-8") as file:
                file.write(f"{place}\t{name}\n")
            action = self._taken(place)
        if action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif action == "hang":
            time.sleep(_LONGER_THAN_A_TEST_S)

    def _taken(self, place: int) -> str | None:
        armed = self._folder / "armed"
        with contextlib.suppress(FileNotFoundError):
            wanted, _, action = armed.read_text("utf-8").partition(" ")
            if int(wanted) == place:
                armed.unlink()
                return action
        return None


def build(resources: Mapping[str, Lazy[Any]], *, settings: Settings) -> Definitions:
    """The real graph with a renderer that paints nothing, in a process that is watched."""
    steps = Steps(Path(os.environ[FOLDER_VARIABLE]))
    for served in (PlainJobs, WarmRuns):
        _around(served, "serve", steps)
    _before_commits(steps)
    for kept, method in ((LocalObjectStore, "put"), (LocalWriter, "commit")):
        _before(kept, method, steps, "a file is kept")
    _before(RedisBudget, "granted", steps, "money is held")
    _before(RedisBudget, "settle", steps, "its cost is booked")
    return paint_nothing(resources, settings=settings)


def _around(of: type[Any], method: str, steps: Steps) -> None:
    original = getattr(of, method)

    @functools.wraps(original)
    def serve(*args: Any, **options: Any) -> Any:
        steps.begin()
        try:
            return original(*args, **options)
        finally:
            steps.end()

    setattr(of, method, serve)


def _before(of: type[Any], method: str, steps: Steps, name: str) -> None:
    original: Callable[..., Any] = getattr(of, method)

    @functools.wraps(original)
    def watched(*args: Any, **options: Any) -> Any:
        steps.at(f"before {name}")
        return original(*args, **options)

    setattr(of, method, watched)


def _before_commits(steps: Steps) -> None:
    original = Database.org_transaction

    @contextlib.contextmanager
    def watched(self: Database, org_id: str) -> Iterator[Any]:
        with original(self, org_id) as connection:
            yield connection
            # Leases are renewed and calls are written down beside the job, at moments of their own.
            if threading.current_thread().name.startswith("dagster-run"):
                steps.at("before a commit")

    Database.org_transaction = watched  # type: ignore[method-assign]  # this process is a test's alone
